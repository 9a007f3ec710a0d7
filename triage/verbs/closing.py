"""TRIAGE: the closures that verbs put to a wait and take back. Never changes a status."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

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


def undo(session: Session, conversation: Conversation, kind: WaitEnd, by: By) -> None:
    """Take back every closure of this kind: the waits run again from where they began."""
    statement = update(Closure).where(
        col(Closure.conversation_id) == conversation.id, col(Closure.kind) == kind, col(Closure.undone_at).is_(None)
    )
    session.execute(statement.values(undone_at=by.at))


def running(session: Session, conversation: Conversation) -> Wait | None:
    """The wait that runs, if one does."""
    if conversation.waiting_since is None or conversation.wait_id is None:
        return None
    return session.get(Wait, conversation.wait_id)
