"""WORKER: which posts of threads we are in are about the brand? Comes in: posts. Goes out: those. Never stores one."""

import re
from collections.abc import Sequence

from sqlmodel import Session, col, select

from listeners.authors import handle_key
from listeners.matching import Matcher, matcher
from listeners.post import Post
from models import Account, Author, Brand, Conversation, Mention, Placement, Source, Thread
from models.database import chunks
from models.values import Platform


class Concerning:
    """Which posts of followed threads are about a brand, and so become mentions."""

    def __init__(self, session: Session, brand_id: int, platform: Platform) -> None:
        self.session = session
        self.brand_id = brand_id
        self.platform = platform
        ours = select(Account).join(Brand, col(Brand.id) == Account.brand_id)
        accounts = session.exec(ours.where(Account.platform == platform, col(Brand.competitor).is_(False))).all()
        self.handles = {a.handle_key for a in accounts} | {a.external_id for a in accounts if a.external_id}
        self.words = _words(session, brand_id)

    def kept(self, posts: Sequence[Post]) -> list[Post]:
        """By us, by somebody we talk with here, in answer to us, or with our name in it; or a post the brand has.

        One may follow from another of the same visit: whoever answers our reply is from then on somebody we talk with.
        """
        held, ours = self._held(posts)
        talkers = self._talkers({_thread(p) for p in posts})
        kept: dict[int, Post] = {}
        while True:
            before = len(kept)
            for n, post in enumerate(posts):
                if n in kept:
                    continue
                by_us = self._by_us(post)
                if by_us or post.external_id in held or self._names_us(post) or post.parent_id in ours:
                    ours |= {post.external_id} if by_us else set()
                    talkers |= set() if by_us else set(_people(post))
                elif talkers.isdisjoint(_people(post)):
                    continue
                kept[n] = post
            if len(kept) == before:
                return [kept[n] for n in sorted(kept)]

    def _by_us(self, post: Post) -> bool:
        return handle_key(post.author.handle) in self.handles or post.author.external_id in self.handles

    def _names_us(self, post: Post) -> bool:
        return bool(self.handles.intersection(post.mentioned)) or self.words.matches(post.text)

    def _held(self, posts: Sequence[Post]) -> tuple[set[str], set[str]]:
        """Of the posts and what they answer: what the brand has, and what is ours."""
        held, ours = set(), set()
        ids = {p.external_id for p in posts} | {p.parent_id for p in posts if p.parent_id}
        for part in chunks(sorted(ids)):
            query = (
                select(Mention.external_id, Mention.own)
                .join(Placement, col(Placement.mention_id) == Mention.id)
                .where(
                    Mention.platform == self.platform,
                    col(Mention.external_id).in_(part),
                    Placement.brand_id == self.brand_id,
                )
            )
            for external_id, own in self.session.exec(query):
                held.add(external_id)
                ours |= {external_id} if own else set()
        return held, ours

    def _talkers(self, threads: set[str]) -> set[tuple[str, str]]:
        """Thread and author (id or handle) of everybody we have a conversation with."""
        found: set[tuple[str, str]] = set()
        for part in chunks(sorted(threads)):
            query = (
                select(Thread.external_id, Author.external_id, Author.handle_key)
                .join(Conversation, col(Conversation.thread_id) == Thread.id)
                .join(Author, col(Author.id) == Conversation.author_id)
                .where(
                    Conversation.brand_id == self.brand_id,
                    Thread.platform == self.platform,
                    col(Thread.external_id).in_(part),
                )
            )
            for thread, external_id, handle in self.session.exec(query):
                found |= {(thread, name) for name in (external_id, handle) if name}
        return found


def _thread(post: Post) -> str:
    return post.thread_id or post.external_id


def _people(post: Post) -> list[tuple[str, str]]:
    return [(_thread(post), name) for name in (post.author.external_id, handle_key(post.author.handle)) if name]


def _words(session: Session, brand_id: int) -> Matcher:
    """The brand's name, and the words its sources ask for."""
    said = [f'"{session.get_one(Brand, brand_id).name}"']
    sources = select(Source.match).where(Source.brand_id == brand_id, col(Source.removed_at).is_(None))
    said += [m for m in session.exec(sources) if m and m != "*"]
    try:
        return matcher(" ".join(said))
    except ValueError:  # a name of one letter names nobody
        return Matcher(re.compile(r"(?!)"))
