"""TRIAGE: what people said of earlier words does not hold for new ones.

Comes in: conversations in which a person was heard, inside the caller's transaction. Goes out: which of them must be
worked out again. Never changes a status: that is what verbs are for.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from models import Closure, Conversation, Mention, Placement, Thread, Wait
from models.database import chunks
from triage.history import By, record


def outlast(session: Session, brand_id: int, mention_ids: Collection[int], by: By) -> None:
    """A closure said while these mentions were on their way knew nothing of them: they count as stored after it.

    To be called when their threads are known, before anything is worked out.
    """
    for part in chunks(sorted(mention_ids)):
        said = (
            select(Placement.mention_id, func.max(Closure.said_at))
            .join(Mention, col(Mention.id) == Placement.mention_id)
            .join(
                Thread,
                (col(Thread.external_id) == Mention.thread_key)
                & (col(Thread.platform) == Mention.platform)
                & (col(Thread.brand_id) == Placement.brand_id),
            )
            .join(
                Conversation,
                (col(Conversation.thread_id) == Thread.id) & (col(Conversation.author_id) == Mention.author_id),
            )
            .join(Closure, col(Closure.conversation_id) == Conversation.id)
            .where(
                Placement.brand_id == brand_id,
                col(Placement.mention_id).in_(part),
                Placement.stored_at == by.at,
                Closure.said_at >= by.at,
                col(Closure.undone_at).is_(None),
            )
            .group_by(col(Placement.mention_id))
        )
        for mention_id, moment in session.exec(said).all():
            placed = update(Placement).where(
                col(Placement.mention_id) == mention_id, col(Placement.brand_id) == brand_id
            )
            session.execute(placed.values(stored_at=moment + timedelta(microseconds=1)))


def ask_again(session: Session, conversation: Conversation, by: By, *, fallen: Collection[Closure] = ()) -> bool:
    """That no answer was needed was said without knowing what is to be heard now: the readings decide anew.

    Whether there was such a word on the wait that runs, or on one that a closure which falls (`fallen`) had ended.
    """
    ended = {(c.kind, c.ended_at) for c in fallen}
    waits = select(Wait).where(Wait.conversation_id == conversation.id, col(Wait.needs_answer_said).is_(False))
    concerned = [w for w in session.exec(waits) if w.end is None or (w.end, w.ended_at) in ended]
    for wait in concerned:
        wait.needs_answer_said = None
    if concerned:
        record(session, conversation, "needs_answer_set", by, {"needs_answer": False}, {"needs_answer": None})
    return bool(concerned)


def let_fall(session: Session, conversation: Conversation, since: datetime, by: By) -> None:
    """The words changed that closures said at `since` or later may cover: they fall; earlier ones stand."""
    query = select(Closure).where(
        Closure.conversation_id == conversation.id, col(Closure.undone_at).is_(None), Closure.said_at >= since
    )
    fallen = session.exec(query).all()
    ask_again(session, conversation, by, fallen=fallen)
    for closure in fallen:
        closure.undone_at = by.at
