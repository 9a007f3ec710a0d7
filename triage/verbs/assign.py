"""TRIAGE: give a conversation to a colleague; take it from whoever has it."""

from sqlalchemy import true
from sqlmodel import Session, col

from models import Conversation, User
from models.values import Role
from triage.history import By, Refused
from triage.verbs.change import UNFINISHED, change, load, standing


def assign(session: Session, conversation_id: int, to: int, *, by: By, why: str = "") -> Conversation:
    """Give it to the user `to`, whoever had it."""
    user = session.get(User, to)
    if user is None or user.disabled_at is not None:
        raise Refused("There is no such colleague, or their account is disabled.")
    guard = col(Conversation.status).in_(UNFINISHED) & col(Conversation.assignee_id).is_distinct_from(to)
    values = {"assignee_id": to, "claimed_at": by.at}
    assigned = change(session, conversation_id, "assigned", by, guard, values, why)
    if assigned is None:
        present = load(session, conversation_id)
        if present.assignee_id == to:
            raise Refused(f"{user.name or user.email} has it already.")
        raise Refused(f"{standing(present)} Reopen it first.")
    return assigned


def unassign(session: Session, conversation_id: int, *, by: By, why: str = "") -> Conversation:
    """Take it from whoever has it: managers may, and ambassadors what they have themselves."""
    theirs = col(Conversation.assignee_id) == by.user_id
    guard = col(Conversation.assignee_id).is_not(None) & (true() if by.may(Role.MANAGER) else theirs)
    values = {"assignee_id": None, "claimed_at": None}
    freed = change(session, conversation_id, "unassigned", by, guard, values, why)
    if freed is None:
        raise Refused("Nobody has it, or it is somebody else's: ask them or a manager.")
    return freed
