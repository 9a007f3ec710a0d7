"""TRIAGE: put a conversation aside until a time; take it up again. Snoozing never stops a wait."""

from datetime import datetime

from sqlmodel import Session, col

from models import Conversation
from models.values import Status
from triage.history import By, Refused
from triage.verbs.change import LIVE, change, heard, why_not


def snooze(session: Session, conversation_id: int, until: datetime, *, by: By, why: str = "") -> Conversation:
    """Out of the queue until then (aware, in the future), or until the person speaks again."""
    if until <= by.at:
        raise Refused("That time has passed: choose one in the future.")
    guard = col(Conversation.status).in_(LIVE) & heard(by)
    values = {"status": Status.SNOOZED, "snoozed_until": until}
    snoozed = change(session, conversation_id, "snoozed", by, guard, values, why)
    if snoozed is None:
        raise why_not(session, conversation_id, by)
    return snoozed


def wake(session: Session, conversation_id: int, *, by: By) -> Conversation:
    """Back into the queue."""
    guard = col(Conversation.status) == Status.SNOOZED
    woken = change(session, conversation_id, "woken", by, guard, {"status": Status.OPEN, "snoozed_until": None})
    if woken is None:
        raise Refused("It is not snoozed.")
    return woken
