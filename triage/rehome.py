"""TRIAGE: when a conversation turns out to belong to another thread or another author row, or two turn out to be one.

Comes in: the mentions that arrived, changed or moved. Goes out: conversations where their posts are; of two that
are one the older keeps its id and history. Never commits.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, func, select

from models import Closure, Conversation, Event, Mention, Placement, Thread, Wait
from models.database import chunks, insert_missing
from models.values import Platform, Status
from triage.history import By, record
from triage.merging import merge_writing
from triage.verbs.change import plain

_ALIVE = (Status.OPEN, Status.NEW, Status.SNOOZED, Status.RESOLVED, Status.DISMISSED)
"""Of two merged conversations the one whose status stands first here lends its status."""
_STANDING = ("status", "resolution", "dismissal", "snoozed_until", "ended_at")
_DECIDED = (*_STANDING, "assignee_id", "claimed_at", "escalated_at")


def rehome(session: Session, mention_ids: Iterable[int], by: By) -> None:
    """Move or merge every conversation whose posts have all gone to one other place."""
    for conversation_id in sorted(_candidates(session, mention_ids)):
        conversation = session.get(Conversation, conversation_id)
        homes = _homes(session, conversation_id) if conversation else set()
        if conversation is None or len(homes) != 1:
            continue
        platform, key, author_id = next(iter(homes))
        thread = _thread(session, conversation.brand_id, platform, key, conversation.thread_id)
        if (thread.id, author_id) != (conversation.thread_id, conversation.author_id):
            _move(session, conversation, thread, author_id, by)


def _candidates(session: Session, mention_ids: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for part in chunks(sorted(set(mention_ids))):
        query = select(Placement.conversation_id).where(col(Placement.mention_id).in_(part)).distinct()
        found |= {c for c in session.exec(query) if c is not None}
    return found


def _homes(session: Session, conversation_id: int) -> set[tuple[Platform, str, int]]:
    query = (
        select(Mention.platform, Mention.thread_key, Mention.author_id)
        .join(Placement, col(Placement.mention_id) == Mention.id)
        .where(Placement.conversation_id == conversation_id, col(Mention.own).is_(False))
        .distinct()
    )
    return {(Platform(p), key, author) for p, key, author in session.exec(query)}


def _thread(session: Session, brand_id: int, platform: Platform, key: str, old_id: int) -> Thread:
    query = select(Thread).where(Thread.brand_id == brand_id, Thread.platform == platform, Thread.external_id == key)
    found = session.exec(query).first()
    if found is None:
        old = session.get_one(Thread, old_id)
        row = {
            "brand_id": brand_id, "platform": platform, "external_id": key, "title": old.title, "url": "",
            "comments_url": old.comments_url, "muted_at": old.muted_at, "failures": 0,
        }  # fmt: skip
        insert_missing(session, Thread, [row])
        found = session.exec(query).one()
    return found


def _move(session: Session, conversation: Conversation, thread: Thread, author_id: int, by: By) -> None:
    assert thread.id is not None
    query = select(Conversation).where(
        Conversation.brand_id == conversation.brand_id,
        col(Conversation.thread_id) == thread.id,
        col(Conversation.author_id) == author_id,
    )
    other = session.exec(query).first()
    if other is None or other.id == conversation.id:
        conversation.thread_id, conversation.author_id = thread.id, author_id
        session.flush()
        return
    older, younger = sorted((conversation, other), key=lambda c: (c.created_at, c.id or 0))
    _merge(session, older, younger, by)
    older.thread_id, older.author_id = thread.id, author_id
    session.flush()


def _merge(session: Session, older: Conversation, younger: Conversation, by: By) -> None:
    """Everything the younger holds goes to the older; what a person decided on either stands."""
    _open_closures(session, older, younger, by)
    before = {name: plain(getattr(older, name)) for name in _DECIDED}
    for table in (Placement, Closure, Event, Wait):
        statement = update(table).where(col(table.conversation_id) == younger.id)
        session.execute(statement.values(conversation_id=older.id))
    assert older.id is not None
    assert younger.id is not None
    merge_writing(session, older.id, younger.id, by)
    if _ALIVE.index(younger.status) < _ALIVE.index(older.status):
        for name in _STANDING:
            setattr(older, name, getattr(younger, name))
    if older.assignee_id is None:
        older.assignee_id, older.claimed_at = younger.assignee_id, younger.claimed_at
    older.escalated_at = older.escalated_at or younger.escalated_at
    after = {name: plain(getattr(older, name)) for name in _DECIDED}
    record(session, older, "merged", By(at=by.at, rule="merge"), before | {"conversation": younger.id}, after)
    session.flush()
    session.expunge(younger)
    session.execute(delete(Conversation).where(col(Conversation.id) == younger.id))


def _open_closures(session: Session, one: Conversation, other: Conversation, by: By) -> None:
    """Nobody who closed one had the other in front of them: a closure that would hide its words falls."""
    seen = {c.id: _closed_until(session, c) for c in (one, other)}
    for mine, theirs in ((one, other), (other, one)):
        unseen = (
            select(func.min(Placement.stored_at))
            .join(Mention, col(Mention.id) == Placement.mention_id)
            .where(Placement.conversation_id == theirs.id, col(Mention.own).is_(False))
        )
        if until := seen[theirs.id]:
            unseen = unseen.where(Placement.stored_at > until)
        if (stored := session.exec(unseen).one()) is None:
            continue
        hiding = update(Closure).where(
            col(Closure.conversation_id) == mine.id, col(Closure.undone_at).is_(None), col(Closure.said_at) >= stored
        )
        session.execute(hiding.values(undone_at=by.at))


def _closed_until(session: Session, conversation: Conversation) -> datetime | None:
    """What came by then, people have closed."""
    query = select(func.max(Closure.said_at)).where(
        Closure.conversation_id == conversation.id, col(Closure.undone_at).is_(None)
    )
    return session.exec(query).one()
