"""TRIAGE: say that a conversation is finished, and how; take it up again."""

from datetime import datetime

from sqlmodel import Session, col

from models import Conversation
from models.values import Resolution, Status, WaitEnd
from triage.history import By, Refused
from triage.recompute import one_hand
from triage.verbs.change import UNFINISHED, change, heard, load, why_not, work_out
from triage.verbs.closing import close, undo


def resolve(
    session: Session,
    conversation_id: int,
    reason: Resolution,
    *,
    by: By,
    url: str = "",
    answered_at: datetime | None = None,
    why: str = "",
) -> Conversation:
    """Finish it. While they still wait a reason other than `answered` is needed, and the wait goes on being counted.

    Only `answered_elsewhere` ends the wait: it needs the link and the time of that answer (aware).
    """
    one_hand(session)
    present = load(session, conversation_id)
    if reason == Resolution.HISTORY and not by.rule:
        raise Refused("Only the house itself files things as history: choose another reason.")
    if reason == Resolution.ANSWERED and present.waiting_since is not None:
        raise Refused("They still wait for an answer: say whether they got one elsewhere, privately, or none.")
    elsewhere = reason == Resolution.ANSWERED_ELSEWHERE
    if elsewhere:
        _check_answer(present, url, answered_at, by)
    guard = col(Conversation.status).in_(UNFINISHED) & heard(by)
    values = {"status": Status.RESOLVED, "resolution": reason, "ended_at": by.at, "snoozed_until": None}
    resolved = change(session, conversation_id, "resolved", by, guard, values, why)
    if resolved is None:
        raise why_not(session, conversation_id, by)
    if elsewhere and answered_at is not None and present.waiting_since is not None:
        close(session, resolved, WaitEnd.ANSWERED_ELSEWHERE, answered_at, by, url)
        return work_out(session, resolved, by)
    return resolved


def _check_answer(present: Conversation, url: str, answered_at: datetime | None, by: By) -> None:
    """An answer elsewhere has a link and a time, neither to come nor before what it answers."""
    if answered_at is None or not url.strip():
        raise Refused("Give the link and the time of the answer elsewhere: the wait ends there.")
    if answered_at > by.at:
        raise Refused("An answer cannot lie in the future.")
    if present.waiting_since is not None and answered_at < min(present.waiting_since, by.at):
        raise Refused("That is before they wrote: give the time of the answer to what they wait for.")


def reopen(session: Session, conversation_id: int, *, by: By, why: str = "") -> Conversation:
    """Take a resolved conversation up again. By a person it also takes back "answered elsewhere"."""
    one_hand(session)
    since = load(session, conversation_id).ended_at
    guard = col(Conversation.status) == Status.RESOLVED
    values = {"status": Status.OPEN, "resolution": None, "ended_at": None}
    reopened = change(session, conversation_id, "reopened", by, guard, values, why)
    if reopened is None:
        raise Refused("It is not resolved.")
    if not by.rule:
        undo(session, reopened, WaitEnd.ANSWERED_ELSEWHERE, since, by)
        return work_out(session, reopened, by)
    return reopened
