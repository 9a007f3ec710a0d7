"""TRIAGE: new → open: read, or opened by rule because nobody read it in time. A broken classifier hides nothing."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from models import Conversation, Mention, Placement
from models.values import Status
from triage.history import By
from triage.verbs.change import change


def open_read(session: Session, conversation_ids: Iterable[int], *, by: By) -> int:
    """Open those of these conversations that are new and hold no unread mention. How many were opened."""
    opened = 0
    for conversation_id in sorted(conversation_ids):
        if not _unread(session, conversation_id):
            guard = col(Conversation.status) == Status.NEW
            opened += change(session, conversation_id, "opened", by, guard, {"status": Status.OPEN}) is not None
    return opened


def open_unread(session: Session, stored_before: datetime, *, by: By, limit: int = 500) -> int:
    """Open, marked "not read yet", what was stored before that time and is still new. How many were opened."""
    query = (
        select(Conversation.id)
        .where(Conversation.status == Status.NEW, Conversation.created_at <= stored_before)
        .order_by(col(Conversation.id))
        .limit(limit)
    )
    opened = 0
    for conversation_id in session.exec(query).all():
        assert conversation_id is not None
        guard = col(Conversation.status) == Status.NEW
        values = {"status": Status.OPEN, "opened_by_rule": True}
        opened += change(session, conversation_id, "opened", by, guard, values) is not None
    return opened


def open_unreadable(session: Session, conversation_ids: Iterable[int], *, by: By) -> int:
    """Open, marked "not read yet", those of these that are new: the classifier broke on their words. How many."""
    opened = 0
    for conversation_id in sorted(conversation_ids):
        guard = col(Conversation.status) == Status.NEW
        values = {"status": Status.OPEN, "opened_by_rule": True}
        opened += change(session, conversation_id, "opened", by, guard, values) is not None
    return opened


def _unread(session: Session, conversation_id: int) -> bool:
    query = (
        select(Mention.id)
        .join(Placement, col(Placement.mention_id) == Mention.id)
        .where(Placement.conversation_id == conversation_id, col(Mention.read_at).is_(None))
        .limit(1)
    )
    return session.exec(query).first() is not None
