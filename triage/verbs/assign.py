"""TRIAGE: give a conversation to a colleague; take it from whoever has it.

What somebody else has, only they and managers pass on: an ambassador who wants it asks.
"""

from sqlalchemy import ColumnElement, true
from sqlmodel import Session, col

from models import Conversation, User
from models.values import Role
from triage.history import By, Refused
from triage.verbs.change import UNFINISHED, change, load, name_of, standing


def assign(session: Session, conversation_id: int, to: int, *, by: By, why: str = "") -> Conversation:
    """Give it to the user `to`: what nobody has or one has oneself; managers give whoever had it."""
    user = session.get(User, to)
    if user is None or user.disabled_at is not None:
        raise Refused("There is no such colleague, or their account is disabled.")
    free = col(Conversation.assignee_id).is_(None) | _theirs(by)
    guard = col(Conversation.status).in_(UNFINISHED) & col(Conversation.assignee_id).is_distinct_from(to) & free
    values = {"assignee_id": to, "claimed_at": by.at}
    assigned = change(session, conversation_id, "assigned", by, guard, values, why)
    if assigned is None:
        present = load(session, conversation_id)
        if present.assignee_id == to:
            raise Refused(f"{user.name or user.email} has it already.")
        if present.status not in UNFINISHED:
            raise Refused(f"{standing(present)} Reopen it first.")
        raise Refused(f"{name_of(session, present.assignee_id)} has it; only they or a manager can pass it on.")
    return assigned


def unassign(session: Session, conversation_id: int, *, by: By, why: str = "") -> Conversation:
    """Take it from whoever has it: managers may, and ambassadors what they have themselves."""
    guard = col(Conversation.assignee_id).is_not(None) & _theirs(by)
    values = {"assignee_id": None, "claimed_at": None}
    freed = change(session, conversation_id, "unassigned", by, guard, values, why)
    if freed is None:
        present = load(session, conversation_id)
        if present.assignee_id is None:
            raise Refused("Nobody has it.")
        raise Refused(f"{name_of(session, present.assignee_id)} has it; only they or a manager can take it away.")
    return freed


def _theirs(by: By) -> ColumnElement[bool]:
    return true() if by.may(Role.MANAGER) else col(Conversation.assignee_id) == by.user_id
