"""TRIAGE: load what the waits of some threads are worked out from. Comes in: thread keys. Goes out: plain facts.

Reads whole threads in a handful of statements, however many there are. Never changes a row.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from models import Closure, Conversation, Mention, Mute, Placement, Thread
from models.database import chunks, insert_missing
from models.values import Platform
from triage.thread_keys import ThreadKey
from triage.waits import ClosureFact, PostFact


@dataclass(frozen=True, slots=True)
class Said:
    """What of one mention the queue needs beside the waits."""

    followers: int | None
    mentioned: tuple[str, ...]
    parent_id: str | None
    stored_at: datetime
    history: bool


@dataclass(slots=True)
class ThreadFacts:
    """One thread of one brand."""

    thread: Thread
    posts: list[PostFact] = field(default_factory=list)
    said: dict[int, Said] = field(default_factory=dict)
    placed: dict[int, tuple[int | None, bool]] = field(default_factory=dict)
    """Mention id → (conversation id, ambiguous) as stored."""
    closures: list[ClosureFact] = field(default_factory=list)
    conversations: dict[int, Conversation] = field(default_factory=dict)
    """By author id."""
    own_ids: set[str] = field(default_factory=set)
    """external_id of our own posts."""
    by_author: dict[int, list[PostFact]] = field(default_factory=lambda: defaultdict(list))
    """Posts of others."""

    def add(self, post: PostFact) -> None:
        """Take a post in."""
        self.posts.append(post)
        if post.own:
            self.own_ids.add(post.external_id)
        else:
            self.by_author[post.author_id].append(post)


def load_threads(session: Session, brand_id: int, keys: Iterable[ThreadKey]) -> list[ThreadFacts]:
    """The facts of these threads for one brand; the thread rows are made where missing."""
    by_platform: dict[Platform, set[str]] = defaultdict(set)
    for key in keys:
        by_platform[key.platform].add(key.key)
    facts: list[ThreadFacts] = []
    for platform, names in sorted(by_platform.items()):
        for part in chunks(sorted(names), 400):
            facts += _load_part(session, brand_id, platform, part)
    return facts


def _load_part(session: Session, brand_id: int, platform: Platform, names: Sequence[str]) -> list[ThreadFacts]:
    rows = [{"brand_id": brand_id, "platform": platform, "external_id": n, "title": "", "url": "", "comments_url": "",
             "failures": 0} for n in names]  # fmt: skip
    insert_missing(session, Thread, rows)
    query = select(Thread).where(
        Thread.brand_id == brand_id, Thread.platform == platform, col(Thread.external_id).in_(names)
    )
    facts = {t.external_id: ThreadFacts(t) for t in session.exec(query)}
    _load_posts(session, brand_id, platform, facts)
    _load_conversations(session, facts)
    return list(facts.values())


def _load_posts(session: Session, brand_id: int, platform: Platform, facts: dict[str, ThreadFacts]) -> None:
    query = (
        select(  # type: ignore[call-overload, misc]
            Mention.id, Mention.external_id, Mention.author_id, Mention.posted_at, Placement.stored_at, Mention.own,
            Mention.automatic, Mention.parent_id, Mention.deleted_at, Mention.thread_key,
            Mention.followers, Mention.mentioned, Placement.history, Placement.conversation_id, Placement.ambiguous,
        )
        .join(Placement, Placement.mention_id == Mention.id)
        .where(Placement.brand_id == brand_id, Mention.platform == platform, col(Mention.thread_key).in_(list(facts)))
    )  # fmt: skip
    for row in session.exec(query):
        thread = facts[row.thread_key]
        is_root = row.parent_id is None and row.thread_key == row.external_id
        thread.add(
            PostFact(
                id=row.id, external_id=row.external_id, author_id=row.author_id, posted_at=row.posted_at,
                stored_at=row.stored_at, own=row.own, automatic=row.automatic, is_root=is_root,
                parent_id=row.parent_id, deleted_at=row.deleted_at,
            )
        )  # fmt: skip
        thread.said[row.id] = Said(row.followers, tuple(row.mentioned), row.parent_id, row.stored_at, row.history)
        thread.placed[row.id] = (row.conversation_id, row.ambiguous)


def _load_conversations(session: Session, facts: dict[str, ThreadFacts]) -> None:
    by_id = {f.thread.id: f for f in facts.values()}
    query = select(Conversation).where(col(Conversation.thread_id).in_(list(by_id)))
    for conversation in session.exec(query):
        by_id[conversation.thread_id].conversations[conversation.author_id] = conversation
    closed = (
        select(Closure, Conversation)
        .join(Conversation, col(Conversation.id) == Closure.conversation_id)
        .where(col(Conversation.thread_id).in_(list(by_id)), col(Closure.undone_at).is_(None))
    )
    for closure, conversation in session.exec(closed):
        by_id[conversation.thread_id].closures.append(
            ClosureFact(
                author_id=conversation.author_id, kind=closure.kind, said_at=closure.said_at, ended_at=closure.ended_at
            )
        )


def muted_authors(session: Session, brand_id: int) -> frozenset[int]:
    """The authors of no interest to a brand."""
    return frozenset(session.exec(select(Mute.author_id).where(Mute.brand_id == brand_id)))


def newest(times: Iterable[datetime | None]) -> datetime | None:
    """The latest of the times that are known."""
    known = [t for t in times if t]
    return max(known) if known else None
