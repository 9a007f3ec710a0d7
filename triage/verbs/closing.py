"""TRIAGE: the closures that verbs put to a wait and take back. Never changes a status."""

from datetime import datetime

from sqlmodel import Session, col, select

from models import Closure, Conversation, Wait
from models.values import WaitEnd
from triage.history import By


def close(
    session: Session, conversation: Conversation, kind: WaitEnd, ended_at: datetime, by: By, url: str = ""
) -> None:
    """Say that what we hold of this conversation waits no more."""
    assert conversation.id is not None
    session.add(
        Closure(
            conversation_id=conversation.id, kind=kind, said_at=by.at, ended_at=ended_at, url=url, said_by=by.user_id
        )
    )


def undo(session: Session, conversation: Conversation, kind: WaitEnd, since: datetime | None, by: By) -> list[Wait]:
    """Take back the closures of this kind said at `since` or later: what they ended runs again from where it began.

    Earlier ones were said of other words and stand. The waits they ended are returned, before they are worked out.
    """
    closures = select(Closure).where(
        Closure.conversation_id == conversation.id, Closure.kind == kind, col(Closure.undone_at).is_(None)
    )
    taken = [c for c in session.exec(closures) if since is None or c.said_at >= since]
    for closure in taken:
        closure.undone_at = by.at
    ended = select(Wait).where(Wait.conversation_id == conversation.id, Wait.end == kind)
    return [w for w in session.exec(ended) if w.ended_at in {c.ended_at for c in taken}]


def running(session: Session, conversation: Conversation) -> Wait | None:
    """The wait that runs, if one does."""
    if conversation.waiting_since is None or conversation.wait_id is None:
        return None
    return session.get(Wait, conversation.wait_id, populate_existing=True)
