"""TRIAGE: ask for more help than one ambassador can give; take that back."""

from sqlmodel import Session, col

from models import Conversation
from triage.history import By, Refused
from triage.verbs.change import UNFINISHED, change


def escalate(session: Session, conversation_id: int, *, by: By, why: str) -> Conversation:
    """Mark it for managers. `why` is theirs to read and must say something."""
    if not why.strip():
        raise Refused("Say why, so that the manager who sees it knows.")
    guard = col(Conversation.escalated_at).is_(None) & col(Conversation.status).in_(UNFINISHED)
    raised = change(session, conversation_id, "escalated", by, guard, {"escalated_at": by.at}, why)
    if raised is None:
        raise Refused("It is escalated already, or finished.")
    return raised


def de_escalate(session: Session, conversation_id: int, *, by: By, why: str = "") -> Conversation:
    """Take the mark away."""
    guard = col(Conversation.escalated_at).is_not(None)
    lowered = change(session, conversation_id, "de_escalated", by, guard, {"escalated_at": None}, why)
    if lowered is None:
        raise Refused("It is not escalated.")
    return lowered
