"""TRIAGE: take a conversation nobody has; put it back."""

from sqlmodel import Session, col

from models import Conversation
from models.values import Role
from triage.history import By, Refused
from triage.verbs.change import UNFINISHED, change, load, name_of, standing


def claim(session: Session, conversation_id: int, *, by: By) -> Conversation:
    """Take it, if nobody has it. Of any number who try at once exactly one gets it; the others hear who."""
    guard = col(Conversation.assignee_id).is_(None) & col(Conversation.status).in_(UNFINISHED)
    values = {"assignee_id": by.user_id, "claimed_at": by.at}
    claimed = change(session, conversation_id, "claimed", by, guard, values)
    if claimed is None:
        present = load(session, conversation_id)
        if present.status not in UNFINISHED:
            raise Refused(f"{standing(present)} Reopen it first.")
        if present.assignee_id == by.user_id:
            raise Refused("You have it already.")
        raise Refused(f"Somebody was faster: {name_of(session, present.assignee_id)} has it.")
    return claimed


def release(session: Session, conversation_id: int, *, by: By) -> Conversation:
    """Put it back for others. Its holder may, and managers may for anybody."""
    held = col(Conversation.assignee_id).is_not(None)
    guard = held if by.may(Role.MANAGER) else (col(Conversation.assignee_id) == by.user_id)
    released = change(session, conversation_id, "released", by, guard, {"assignee_id": None, "claimed_at": None})
    if released is None:
        present = load(session, conversation_id)
        if present.assignee_id is None:
            raise Refused("Nobody has it.")
        raise Refused(f"{name_of(session, present.assignee_id)} has it; only they or a manager can put it back.")
    return released
