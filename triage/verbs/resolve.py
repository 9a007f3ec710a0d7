"""TRIAGE: say that a conversation is finished, and how; take it up again."""

from datetime import datetime

from sqlmodel import Session, col

from models import Conversation
from models.values import Resolution, Status, WaitEnd
from triage.history import By, Refused
from triage.verbs.change import UNFINISHED, change, load, standing, work_out
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
    present = load(session, conversation_id)
    if reason == Resolution.ANSWERED and present.waiting_since is not None:
        raise Refused("They still wait for an answer: say whether they got one elsewhere, privately, or none.")
    if reason == Resolution.ANSWERED_ELSEWHERE and (answered_at is None or not url):
        raise Refused("Give the link and the time of the answer elsewhere: the wait ends there.")
    if answered_at is not None and answered_at > by.at:
        raise Refused("An answer cannot lie in the future.")
    guard = col(Conversation.status).in_(UNFINISHED)
    values = {"status": Status.RESOLVED, "resolution": reason, "ended_at": by.at, "snoozed_until": None}
    resolved = change(session, conversation_id, "resolved", by, guard, values, why)
    if resolved is None:
        raise Refused(standing(load(session, conversation_id)))
    if reason == Resolution.ANSWERED_ELSEWHERE and answered_at is not None:
        close(session, resolved, WaitEnd.ANSWERED_ELSEWHERE, answered_at, by, url)
        return work_out(session, resolved, by)
    return resolved


def reopen(session: Session, conversation_id: int, *, by: By, why: str = "") -> Conversation:
    """Take a resolved conversation up again. By a person it also takes back "answered elsewhere"."""
    guard = col(Conversation.status) == Status.RESOLVED
    values = {"status": Status.OPEN, "resolution": None, "ended_at": None}
    reopened = change(session, conversation_id, "reopened", by, guard, values, why)
    if reopened is None:
        raise Refused("It is not resolved.")
    if not by.rule:
        undo(session, reopened, WaitEnd.ANSWERED_ELSEWHERE, by)
        return work_out(session, reopened, by)
    return reopened
