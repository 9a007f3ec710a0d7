"""TRIAGE: say that a conversation is none of ours to answer; take that back."""

from sqlmodel import Session, col, select

from models import Conversation, Event
from models.values import Dismissal, Status, WaitEnd
from triage.history import By, Refused
from triage.recompute import one_hand
from triage.verbs.change import UNFINISHED, change, heard, load, why_not, work_out
from triage.verbs.closing import close, running, undo


def dismiss(session: Session, conversation_id: int, reason: Dismissal, *, by: By, why: str = "") -> Conversation:
    """Out of the queue; the running wait ends as dismissed. `no_answer_needed` also corrects the reading."""
    one_hand(session)
    wait = running(session, load(session, conversation_id))
    said = wait.needs_answer_said if wait else None
    corrects = wait is not None and reason == Dismissal.NO_ANSWER_NEEDED
    values = {"status": Status.DISMISSED, "dismissal": reason, "ended_at": by.at, "snoozed_until": None}
    guard = col(Conversation.status).in_(UNFINISHED) & heard(by)
    beside = {"needs_answer": (said, False)} if corrects else None
    dismissed = change(session, conversation_id, "dismissed", by, guard, values, why, beside)
    if dismissed is None:
        raise why_not(session, conversation_id, by)
    if wait is None:
        return dismissed
    if corrects:
        wait.needs_answer_said = False
    close(session, dismissed, WaitEnd.DISMISSED, by.at, by)
    return work_out(session, dismissed, by)


def restore(session: Session, conversation_id: int, *, by: By, why: str = "") -> Conversation:
    """Back into the queue. By a person the wait runs again from its beginning; by a rule only new words wait."""
    one_hand(session)
    since = load(session, conversation_id).ended_at
    guard = col(Conversation.status) == Status.DISMISSED
    values = {"status": Status.OPEN, "dismissal": None, "ended_at": None}
    restored = change(session, conversation_id, "restored", by, guard, values, why)
    if restored is None:
        raise Refused("It is not dismissed.")
    if by.rule:
        return restored
    before = _said_before(session, conversation_id)
    for wait in undo(session, restored, WaitEnd.DISMISSED, since, by):
        wait.needs_answer_said = before if wait.needs_answer_said is False else wait.needs_answer_said
    return work_out(session, restored, by)


def _said_before(session: Session, conversation_id: int) -> bool | None:
    """What a person had said of needing an answer before the latest dismissal corrected it."""
    query = (
        select(Event)
        .where(Event.conversation_id == conversation_id, Event.verb == "dismissed")
        .order_by(col(Event.id).desc())
    )
    latest = session.exec(query.limit(1)).first()
    if latest is None:
        return None
    said = latest.before.get("needs_answer") if "needs_answer" in latest.after else False
    return said if said is None else bool(said)
