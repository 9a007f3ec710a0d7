"""TRIAGE: say that a conversation is none of ours to answer; take that back."""

from sqlmodel import Session, col

from models import Conversation, Wait
from models.values import Dismissal, Status, WaitEnd
from triage.history import By, Refused
from triage.verbs.change import UNFINISHED, change, load, standing, work_out
from triage.verbs.closing import close, running, undo


def dismiss(session: Session, conversation_id: int, reason: Dismissal, *, by: By, why: str = "") -> Conversation:
    """Out of the queue; the running wait ends as dismissed. `no_answer_needed` also corrects the reading."""
    guard = col(Conversation.status).in_(UNFINISHED)
    values = {"status": Status.DISMISSED, "dismissal": reason, "ended_at": by.at, "snoozed_until": None}
    dismissed = change(session, conversation_id, "dismissed", by, guard, values, why)
    if dismissed is None:
        raise Refused(standing(load(session, conversation_id)))
    wait = running(session, dismissed)
    if wait is not None:
        if reason == Dismissal.NO_ANSWER_NEEDED:
            wait.needs_answer_said = False
        close(session, dismissed, WaitEnd.DISMISSED, by.at, by)
        return work_out(session, dismissed, by)
    return dismissed


def restore(session: Session, conversation_id: int, *, by: By, why: str = "") -> Conversation:
    """Back into the queue. By a person the wait runs again from its beginning; by a rule only new words wait."""
    guard = col(Conversation.status) == Status.DISMISSED
    values = {"status": Status.OPEN, "dismissal": None, "ended_at": None}
    restored = change(session, conversation_id, "restored", by, guard, values, why)
    if restored is None:
        raise Refused("It is not dismissed.")
    if not by.rule:
        undo(session, restored, WaitEnd.DISMISSED, by)
        wait = session.get(Wait, restored.wait_id) if restored.wait_id else None
        if wait is not None and wait.needs_answer_said is False:
            wait.needs_answer_said = None
        return work_out(session, restored, by)
    return restored
