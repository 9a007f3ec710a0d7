"""WORKER: is a post of a thread we are in about the brand? Comes in: a post. Goes out: yes or no. Never stores one."""

import re

from sqlalchemy import or_
from sqlmodel import Session, col, select

from listeners.authors import handle_key
from listeners.matching import Matcher, matcher
from listeners.post import Post
from models import Account, Author, Brand, Conversation, Mention, Source, Thread
from models.values import Platform


class Concerning:
    """Whether a post of a followed thread is about a brand, and so becomes a mention."""

    def __init__(self, session: Session, brand_id: int, platform: Platform) -> None:
        self.session = session
        self.brand_id = brand_id
        self.platform = platform
        accounts = session.exec(select(Account).where(Account.platform == platform)).all()
        self.handles = {a.handle_key for a in accounts} | {a.external_id for a in accounts if a.external_id}
        self.words = _words(session, brand_id)

    def holds(self, post: Post) -> bool:
        """By us, by somebody we talk with here, in answer to us, or with our name in it; or a post we hold already."""
        if handle_key(post.author.handle) in self.handles or post.author.external_id in self.handles:
            return True
        if self.handles.intersection(post.mentioned) or self.words.matches(post.text):
            return True
        return self._known(post) or self._answers_us(post) or self._talks_with_us(post)

    def _known(self, post: Post) -> bool:
        return self._mention(post.external_id) is not None

    def _answers_us(self, post: Post) -> bool:
        parent = self._mention(post.parent_id) if post.parent_id else None
        return parent is not None and parent.own

    def _mention(self, external_id: str) -> Mention | None:
        query = select(Mention).where(Mention.platform == self.platform, Mention.external_id == external_id)
        return self.session.exec(query).first()

    def _talks_with_us(self, post: Post) -> bool:
        same = or_(
            (col(Author.external_id) == post.author.external_id) & col(Author.external_id).is_not(None),
            (col(Author.handle_key) == handle_key(post.author.handle)) & (col(Author.handle_key) != ""),
        )
        query = (
            select(Conversation.id)
            .join(Thread, col(Thread.id) == Conversation.thread_id)
            .join(Author, col(Author.id) == Conversation.author_id)
            .where(
                Conversation.brand_id == self.brand_id,
                Thread.platform == self.platform,
                Thread.external_id == (post.thread_id or post.external_id),
                same,
            )
        )
        return self.session.exec(query.limit(1)).first() is not None


def _words(session: Session, brand_id: int) -> Matcher:
    """The brand's name, and the words its sources ask for."""
    said = [f'"{session.get_one(Brand, brand_id).name}"']
    sources = select(Source.match).where(Source.brand_id == brand_id, col(Source.removed_at).is_(None))
    said += [m for m in session.exec(sources) if m and m != "*"]
    try:
        return matcher(" ".join(said))
    except ValueError:  # a name of one letter names nobody
        return Matcher(re.compile(r"(?!)"))
