"""RESPOND: exactly once, in effect: an intent is written before the shot, and somebody looks before any second shot.

Comes in: a response that is due, and what became of it. Goes out: rows. `worker/responding.py` walks the steps; each
function here is one transaction's worth and commits nothing. Nothing is sent again by itself once a request may have
been received (docs/responding.md draws it).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, update
from sqlmodel import Session, col, func, select

from listeners.post import Post
from models import Conversation, Mention, Response, ResponseAttempt, Spending, Thread, User
from models.database import insert_missing
from models.response import AttemptOutcome, ResponseStatus
from models.values import How, Platform, Resolution, Status
from responders.checks import answered_since
from responders.drafts import put_back
from responders.origin import has_keys, not_here, posting_origin
from responders.outcome import Report
from settings import Settings
from triage.history import By, record

Is = ResponseStatus
Ended = AttemptOutcome

TO_FIRE = (Is.APPROVED, Is.LATER)
"""Approved, and certainly not public."""
IN_FLIGHT = timedelta(minutes=2)
"""How long one attempt may be without an outcome; then its worker is gone, and others look. Above `wire.DEADLINE`."""
IN_TIME = timedelta(seconds=1)
"""Between intent and request; more, and the process was frozen or overwhelmed."""
LOOKS = (timedelta(seconds=10), timedelta(seconds=60), timedelta(minutes=5))
"""When to look for a reply that may be public, after the attempt turned out so."""
LOOK_LASTS = timedelta(seconds=90)
"""How long one look may take before another hand takes it."""
LOOK_FAILED = timedelta(seconds=30)
LOOKS_GIVEN_UP = timedelta(hours=1)
"""After this long without being able to look, a person decides."""
STALE = timedelta(hours=24)
"""A reply that could not go out for so long goes back: what fitted yesterday may not today."""
BACK_OFF = (5, 10, 30, 60, 120, 300)
"""Seconds until the next attempt after one that never left or was put off, by how many there were."""
SPENDER = "reply:x"


@dataclass(frozen=True, slots=True)
class Intent:
    """One attempt, committed. Whoever wrote it, and nobody else, may send its one request."""

    response_id: int
    attempt_id: int
    fired_at: datetime
    began: float
    """`monotonic` when it was written."""

    def in_time(self, now: Callable[[], datetime], monotonic: Callable[[], float]) -> bool:
        """Whether the request may still leave: by both clocks, for one stands still while a machine sleeps."""
        by_wall = now() - self.fired_at
        return monotonic() - self.began <= IN_TIME.total_seconds() and -IN_TIME <= by_wall <= IN_TIME


def mine(settings: Settings) -> ColumnElement[bool]:
    """The responses that a process of these settings may act on: of its addresses, and platforms it has keys for."""
    ours = [
        and_(col(Response.platform) == p, col(Response.origin) == posting_origin(p, settings))
        for p in Platform
        if has_keys(p, settings)
    ]
    return or_(false(), *ours)


def due_to_fire(session: Session, now: datetime, settings: Settings, skip: frozenset[int] = frozenset()) -> int | None:
    """The approved response that has been due longest; None when none is."""
    query = (
        select(Response.id)
        .where(
            col(Response.status).in_(TO_FIRE),
            Response.how == How.API,
            col(Response.due_at) <= now,
            mine(settings),
            col(Response.id).not_in(skip),
        )
        .order_by(col(Response.due_at), col(Response.id))
    )
    return session.exec(query.limit(1)).first()


def left_alone(session: Session, now: datetime, settings: Settings) -> dict[int, str]:
    """Approved responses that this process must not send, and that do not say why yet: id → reason."""
    query = select(Response).where(
        col(Response.status).in_(TO_FIRE), Response.how == How.API, col(Response.due_at) <= now, Response.said == ""
    )
    reasons = {r.id: not_here(session, r, settings) for r in session.exec(query.limit(100)) if r.id is not None}
    return {response_id: reason for response_id, reason in reasons.items() if reason}


def say_why(session: Session, reasons: dict[int, str]) -> None:
    """Tell it on their rows; another process, of the right configuration, sends them."""
    for response_id, reason in reasons.items():
        silent = update(Response).where(
            col(Response.id) == response_id, col(Response.status).in_(TO_FIRE), col(Response.said) == ""
        )
        session.execute(silent.values(said=reason))


# ---------------------------------------------------------------- before the shot


def begin(
    session: Session,
    response_id: int,
    hand: str,
    settings: Settings,
    now: Callable[[], datetime],
    monotonic: Callable[[], float],
) -> Intent | None:
    """Write the intent, if this response is still due, still fits, and is this process's. None = do not fire.

    What no longer fits goes back to its writer with the reason, in the same transaction.
    """
    response = session.get(Response, response_id, populate_existing=True, with_for_update={"key_share": True})
    fired_at, began = now(), monotonic()
    if response is None or not is_due(response, fired_at) or not_here(session, response, settings):
        return None
    if reason := unfit(session, response, fired_at, settings):
        give_back(session, response, reason, fired_at)
        return None
    take = update(Response).where(
        col(Response.id) == response_id,
        col(Response.status).in_(TO_FIRE),
        col(Response.due_at) <= fired_at,
    )
    values = {"status": Is.FIRING, "due_at": fired_at + IN_FLIGHT, "said": ""}
    if session.connection().execute(take.values(**values)).rowcount == 0:
        return None
    number = session.exec(
        select(func.coalesce(func.max(ResponseAttempt.number), 0)).where(ResponseAttempt.response_id == response_id)
    ).one()
    attempt = ResponseAttempt(response_id=response_id, number=number + 1, fired_at=fired_at, fired_by=hand)
    session.add(attempt)
    session.flush()
    assert attempt.id is not None
    return Intent(response_id, attempt.id, fired_at, began)


def is_due(response: Response, now: datetime) -> bool:
    """Whether it is to go out now, by its row."""
    ready = response.status in TO_FIRE and response.how == How.API
    return ready and response.due_at is not None and response.due_at <= now


def unfit(session: Session, response: Response, now: datetime, settings: Settings) -> str:
    """Why it must not go out any more although it was approved, for people; "" = it may."""
    conversation = session.get_one(Conversation, response.conversation_id)
    parent = session.get_one(Mention, response.parent_mention_id)
    if answered_since(session, response, response.approved_at or response.written_at):
        return "Somebody answered meanwhile: look whether this is still needed."
    if parent.deleted_at is not None:
        return "The post was deleted meanwhile."
    if session.get_one(Thread, conversation.thread_id).locked_at is not None:
        return "The thread was locked meanwhile: nobody can answer in it."
    if conversation.status == Status.DISMISSED:
        return "The conversation was dismissed meanwhile."
    if conversation.status == Status.RESOLVED and conversation.resolution != Resolution.ANSWERED:
        return "The conversation was resolved meanwhile."
    if response.account_id is None:
        return "The account it was approved for is no longer ours."
    if session.get_one(User, response.approved_by or response.written_by).disabled_at is not None:
        return "Whoever stood for it no longer works here: somebody else must look at it."
    if now - (response.approved_at or response.written_at) > STALE:
        return "It could not go out for a day: look whether it still fits."
    return _unaffordable(session, response, now, settings)


def _unaffordable(session: Session, response: Response, now: datetime, settings: Settings) -> str:
    if response.platform != Platform.X or not response.price_usd:
        return ""
    row = session.get(Spending, (now.strftime("%Y-%m-%d"), SPENDER), populate_existing=True)
    if (row.usd if row else 0.0) + response.price_usd <= settings.x_reply_daily_usd + 1e-9:
        return ""
    return (
        f"The {settings.x_reply_daily_usd:.2f} USD a day for replies on X (QUARTERDECK_X_REPLY_DAILY_USD) do not "
        f"suffice for its {response.price_usd:.3f} USD: raise it, or send it tomorrow."
    )


def give_back(session: Session, response: Response, reason: str, now: datetime) -> bool:
    """It does not go out: its words are the writer's draft again. False when it is going out already."""
    values = {"status": Is.DISCARDED, "due_at": None, "ended_at": now, "said": reason}
    back = update(Response).where(col(Response.id) == response.id, col(Response.status).in_(TO_FIRE))
    if session.connection().execute(back.values(**values)).rowcount == 0:
        return False
    session.refresh(response)
    put_back(session, response.conversation_id, response.written_by, response.text)
    _history(session, response, "came_back", now, reason)
    return True


def postpone(session: Session, response_id: int, reason: str, now: datetime, retry_at: datetime | None) -> None:
    """Signing in failed before any intent: try later. Nothing was sent."""
    values = {"status": Is.LATER, "said": reason, "due_at": max(retry_at or now, now + timedelta(seconds=60))}
    later = update(Response).where(col(Response.id) == response_id, col(Response.status).in_(TO_FIRE))
    session.execute(later.values(**values))


# ---------------------------------------------------------------- after the shot


def close_attempt(session: Session, attempt_id: int, report: Report, now: datetime) -> bool:
    """Write an attempt's outcome, once. A post that was found wins over every doubt; nothing else is ever changed."""
    open_: ColumnElement[bool] = col(ResponseAttempt.outcome).is_(None)
    if report.outcome == Ended.SENT:
        open_ = or_(open_, col(ResponseAttempt.outcome).in_((Ended.AMBIGUOUS, Ended.ABSENT)))
    elif report.outcome == Ended.ABSENT:
        open_ = col(ResponseAttempt.outcome) == Ended.AMBIGUOUS
    close = update(ResponseAttempt).where(col(ResponseAttempt.id) == attempt_id, open_)
    values = {"outcome": report.outcome, "said": report.said, "ended_at": now}
    return session.connection().execute(close.values(**values)).rowcount == 1


def record_report(session: Session, intent: Intent, report: Report, now: datetime) -> bool:
    """Write what became of a shot: attempt, response, event. False when somebody has settled it before.

    The caller takes `report.post` in, in the same transaction.
    """
    if not close_attempt(session, intent.attempt_id, report, now):
        return False
    response = session.get_one(Response, intent.response_id, populate_existing=True)
    if report.outcome in (Ended.SENT, Ended.AMBIGUOUS):
        pay(session, response, now)
    match report.outcome:
        case Ended.SENT:
            assert report.post is not None
            settle_sent(session, response, report.post, report.said, now)
        case Ended.REFUSED:
            _settle(session, response, {"status": Is.REFUSED, "due_at": None, "ended_at": now, "said": report.said})
            put_back(session, response.conversation_id, response.written_by, response.text)
            _history(session, response, "refused", now, report.said)
        case Ended.LATER | Ended.NOT_FIRED:
            due = max(report.retry_at or now, now + _back_off(session, response))
            _settle(session, response, {"status": Is.LATER, "due_at": due, "said": report.said})
        case _:
            _settle(session, response, {"due_at": now + LOOKS[0], "said": report.said})
            _history(session, response, "in_doubt", now, report.said)
    return True


def pay(session: Session, response: Response, now: datetime) -> None:
    """Count what a shot has cost, or may have."""
    if response.platform != Platform.X or not response.price_usd:
        return
    day = now.strftime("%Y-%m-%d")
    insert_missing(session, Spending, [{"day": day, "reader": SPENDER, "usd": 0.0}])
    row = update(Spending).where(col(Spending.day) == day, col(Spending.reader) == SPENDER)
    session.execute(row.values(usd=Spending.usd + response.price_usd))


def settle_sent(session: Session, response: Response, public: Post | Mention, said: str, now: datetime) -> None:
    """It is public: by the platform's word, or because a look or a poll found it."""
    if response.status == Is.SENT and response.external_id:
        if response.external_id != public.external_id:  # sent again by a person while the first was on its way
            _history(session, response, "sent_twice", now, public.external_id)
        return
    values = {
        "status": Is.SENT, "due_at": None, "ended_at": now, "said": said, "url": public.url,
        "external_id": public.external_id, "posted_at": public.posted_at,
    }  # fmt: skip
    session.execute(update(Response).where(col(Response.id) == response.id).values(**values))
    session.refresh(response)
    _history(session, response, "sent", now)


def _settle(session: Session, response: Response, values: dict[str, Any]) -> None:
    firing = update(Response).where(col(Response.id) == response.id, col(Response.status) == Is.FIRING)
    session.execute(firing.values(**values))
    session.refresh(response)


def _back_off(session: Session, response: Response) -> timedelta:
    """How long after an attempt that came to nothing: a little longer each time."""
    query = select(func.count()).where(
        ResponseAttempt.response_id == response.id,
        col(ResponseAttempt.outcome).in_((Ended.NOT_FIRED, Ended.LATER)),
    )
    tried = session.exec(query).one()
    return timedelta(seconds=BACK_OFF[min(max(tried, 1), len(BACK_OFF)) - 1])


def _history(session: Session, response: Response, verb: str, now: datetime, why: str = "") -> None:
    conversation = session.get_one(Conversation, response.conversation_id)
    told = {"response": response.id, "status": response.status.value, "external_id": response.external_id}
    record(session, conversation, verb, By(at=now, rule="respond"), {}, told, why)
