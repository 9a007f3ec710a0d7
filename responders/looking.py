"""RESPOND: a reply that may be public is looked for before anything else is done; three looks, then a person decides.

Comes in: responses in doubt, and what a look saw. Goes out: rows. Each function is one transaction's worth and commits
nothing. Never sends anything.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from listeners.post import Post
from models import Conversation, Response, ResponseAttempt
from models.response import AttemptOutcome as Ended
from models.response import ResponseStatus as Is
from responders.outcome import Report
from responders.protocol import (
    LOOK_FAILED,
    LOOK_LASTS,
    LOOKS,
    LOOKS_GIVEN_UP,
    close_attempt,
    mine,
    pay,
    settle_sent,
)
from settings import Settings
from triage.history import By, record


@dataclass(frozen=True, slots=True)
class Search:
    """One response to look for, ours for a while."""

    response_id: int
    attempt_id: int
    external_id: str
    """A post a person named as ours; "" = look for the words."""


def due_to_look(session: Session, now: datetime, settings: Settings) -> int | None:
    """The response in doubt that has been due longest: its attempt ambiguous, abandoned, or told to be there."""
    doubtful = (Is.FIRING, Is.UNCERTAIN, Is.HANDED_OFF)
    query = (
        select(Response.id)
        .where(col(Response.status).in_(doubtful), col(Response.due_at) <= now, mine(settings))
        .order_by(col(Response.due_at), col(Response.id))
    )
    return session.exec(query.limit(1)).first()


def begin_look(session: Session, response_id: int, now: datetime) -> Search | None:
    """Take one look upon us, by one conditional update. None = somebody else did, or nothing is to be looked at yet.

    An attempt without an outcome whose time is over belonged to a process that is gone: it counts as ambiguous.
    """
    response = session.get_one(Response, response_id, populate_existing=True)
    attempt = _last_attempt(session, response_id)
    take = update(Response).where(
        col(Response.id) == response_id,
        col(Response.status) == response.status,
        col(Response.due_at) == response.due_at,
    )
    if response.due_at is None or response.due_at > now:
        return None
    if response.status == Is.FIRING and (attempt is None or attempt.outcome is None):
        _abandoned(session, response, attempt, now)
        return None
    if session.connection().execute(take.values(due_at=now + LOOK_LASTS)).rowcount == 0:
        return None
    told = response.external_id if response.status != Is.FIRING else ""
    return Search(response_id, attempt.id if attempt and attempt.id else 0, told or "")


def _abandoned(session: Session, response: Response, attempt: ResponseAttempt | None, now: datetime) -> None:
    said = "The process that sent it ended on the way. It may be public or not; we look for it."
    if attempt is None or attempt.id is None:  # not by our hand: nobody can know what was sent
        _ask_a_person(session, response, "It is marked as going out, and no attempt is on record. Look yourself.", now)
        return
    if not close_attempt(session, attempt.id, Report(outcome=Ended.AMBIGUOUS, said=said), now):
        return
    pay(session, response, now)
    values = {"due_at": now + LOOKS[0], "said": said}
    firing = update(Response).where(col(Response.id) == response.id, col(Response.status) == Is.FIRING)
    session.execute(firing.values(**values))
    _history(session, response, "in_doubt", now, said)


def found(session: Session, search: Search, post: Post, now: datetime) -> bool:
    """It is there. The caller takes the post in, in the same transaction. False when it was settled before."""
    if search.attempt_id:
        close_attempt(session, search.attempt_id, Report(outcome=Ended.SENT), now)
    response = session.get_one(Response, search.response_id, populate_existing=True)
    if response.status not in (Is.FIRING, Is.UNCERTAIN, Is.HANDED_OFF):
        return False
    settle_sent(session, response, post, "", now)
    return True


def not_found(session: Session, search: Search, now: datetime) -> None:
    """A whole look did not show it: look again, or after the third ask a person."""
    response = session.get_one(Response, search.response_id, populate_existing=True)
    if search.external_id:
        said = "At that link is no answer of ours to this post. Look again, and give the link of our reply."
        _settle(session, response, (Is.UNCERTAIN, Is.HANDED_OFF), None, said, named=True)
        return
    attempt = session.get_one(ResponseAttempt, search.attempt_id, populate_existing=True)
    attempt.looks += 1
    session.flush()
    if attempt.looks < len(LOOKS):
        _settle(
            session, response, (Is.FIRING,), max(now, (attempt.ended_at or now) + LOOKS[attempt.looks]), attempt.said
        )
        return
    said = (
        f"We looked at our own newest posts {attempt.looks} times, last at {now:%H:%M:%S} UTC, and did not find it. "
        "Look yourself, and say: it is there, or send it again."
    )
    close_attempt(session, search.attempt_id, Report(outcome=Ended.ABSENT, said=attempt.said), now)
    _ask_a_person(session, response, f"{attempt.said} {said}", now)


def could_not_look(session: Session, search: Search, now: datetime, why: str, retry_at: datetime | None) -> None:
    """The look failed, so nothing is known; after an hour of that a person is asked."""
    response = session.get_one(Response, search.response_id, populate_existing=True)
    if search.external_id:
        again = max(retry_at or now, now + LOOK_FAILED)
        _settle(session, response, (Is.UNCERTAIN, Is.HANDED_OFF), again, f"Could not ask for it yet: {why}")
        return
    attempt = session.get_one(ResponseAttempt, search.attempt_id, populate_existing=True)
    if now - (attempt.ended_at or now) > LOOKS_GIVEN_UP:
        said = f"{attempt.said} We could not look for it: {why} Look yourself, and say: it is there, or send it again."
        _ask_a_person(session, response, said, now)
        return
    again = max(retry_at or now, now + LOOK_FAILED)
    again = min(again, (attempt.ended_at or now) + LOOKS_GIVEN_UP + LOOK_FAILED)
    _settle(session, response, (Is.FIRING,), again, f"{attempt.said} Could not look yet: {why}")


def _ask_a_person(session: Session, response: Response, said: str, now: datetime) -> None:
    values = {"status": Is.UNCERTAIN, "due_at": None, "said": said}
    firing = update(Response).where(col(Response.id) == response.id, col(Response.status) == Is.FIRING)
    if session.connection().execute(firing.values(**values)).rowcount:
        session.refresh(response)
        _history(session, response, "uncertain", now, said)


def _settle(
    session: Session,
    response: Response,
    where: tuple[Is, ...],
    due_at: datetime | None,
    said: str,
    *,
    named: bool = False,
) -> None:
    values = {"due_at": due_at, "said": said} | ({"external_id": None, "url": ""} if named else {})
    still = update(Response).where(col(Response.id) == response.id, col(Response.status).in_(where))
    session.execute(still.values(**values))


def _last_attempt(session: Session, response_id: int) -> ResponseAttempt | None:
    query = (
        select(ResponseAttempt)
        .where(ResponseAttempt.response_id == response_id)
        .order_by(col(ResponseAttempt.number).desc())
    )
    return session.exec(query.limit(1).execution_options(populate_existing=True)).first()


def _history(session: Session, response: Response, verb: str, now: datetime, why: str) -> None:
    conversation = session.get_one(Conversation, response.conversation_id)
    told = {"response": response.id, "status": response.status.value}
    record(session, conversation, verb, By(at=now, rule="respond"), {}, told, why)
