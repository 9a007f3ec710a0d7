"""WORKER: send what was approved, look for what may be public, notice what people posted by hand.

Comes in: a worker. Goes out: public replies, none of them twice by itself, taken in like every other post of ours, so
that the wait ends at the platform's time. `responders/protocol.py` holds the rules; docs/responding.md draws the steps.
"""

import time
from datetime import datetime

import structlog
from sqlmodel import Session

from listeners.errors import ListenerError
from listeners.post import Post
from listeners.saving import Sighting
from models import Response, Spending
from responders import looking, notice, protocol, table
from responders.order import Order, ParentGone, Shot, order_of
from responders.origin import not_here
from responders.outcome import Report
from responders.protocol import Intent
from settings import Settings
from triage.recompute import one_hand
from worker.intake import take_in
from worker.lease import Worker
from worker.money import spend

log = structlog.get_logger("worker.responding")

LOOKER = "look:x"
"""Whose daily money looks are paid from, as much as one X source may spend."""


def respond_due(worker: Worker) -> int:
    """Send the approved reply that has been due longest. 1 if anything came of it, 0 if nothing is due here."""
    tried: set[int] = set()
    while not worker.stopping.is_set():
        with worker.database.reading() as session:
            response_id = protocol.due_to_fire(session, worker.now(), worker.settings, frozenset(tried))
        if response_id is None:
            break
        try:
            if fire(worker, response_id):
                return 1
        except Exception as error:
            # A mistake of ours with one reply must not hold up the others. An intent stays written: it is looked for.
            log.exception("respond.broke", response=response_id, error=type(error).__name__)
            _put_off(worker, response_id, f"Unexpected {type(error).__name__}; the log has its trace.")
        tried.add(response_id)
    with worker.database.reading() as session:
        silent = protocol.left_alone(session, worker.now(), worker.settings)
    if silent:
        with worker.database.writing() as session:
            protocol.say_why(session, silent)
    return 0


def fire(worker: Worker, response_id: int) -> bool:
    """Send one approved reply, if it is due, still fits, and is ours to send. Whether anything came of it."""
    with worker.database.reading() as session:
        response = session.get(Response, response_id)
        order = order_of(session, response) if response and protocol.is_due(response, worker.now()) else None
        elsewhere = not_here(session, response, worker.settings) if response else ""
    if order is not None and elsewhere:
        with worker.database.writing() as session:
            protocol.say_why(session, {response_id: elsewhere})
    if order is None or elsewhere:
        return False
    shot = _open(worker, order)
    if shot is None:
        return True
    try:
        return _fire(worker, order, shot)
    finally:
        shot.close()


def _open(worker: Worker, order: Order) -> Shot | None:
    """Sign in before the intent; where that fails, nothing was sent, and the row says so."""
    try:
        return table.open_shot(order, worker.settings)
    except ParentGone as gone:
        with worker.database.writing() as session:
            response = session.get_one(Response, order.response_id)
            protocol.give_back(session, response, str(gone), worker.now())
    except ListenerError as error:
        log.warning("respond.not_ready", response=order.response_id, error=type(error).__name__)
        _put_off(worker, order.response_id, str(error), error.retry_at)
    return None


def _put_off(worker: Worker, response_id: int, why: str, retry_at: datetime | None = None) -> None:
    with worker.database.writing() as session:
        protocol.postpone(session, response_id, why, worker.now(), retry_at)


def _fire(worker: Worker, order: Order, shot: Shot) -> bool:
    with worker.database.writing() as session:
        intent = protocol.begin(session, order.response_id, worker.name, worker.settings, worker.now, time.monotonic)
        settled = intent is None and session.get_one(Response, order.response_id).status not in protocol.TO_FIRE
    if intent is None:
        return settled
    report = shot.fire(lambda: intent.in_time(worker.now, time.monotonic))
    log.info("respond.fired", response=order.response_id, attempt=intent.attempt_id, outcome=report.outcome.value)
    _record(worker, order, intent, report)
    return True


def _record(worker: Worker, order: Order, intent: Intent, report: Report) -> None:
    """Outcome, platform id, the post itself and so the wait, event: in one transaction."""
    with worker.database.writing() as session:
        one_hand(session)
        now = worker.now()
        if protocol.record_report(session, intent, report, now) and report.post is not None:
            _take_in(session, order, report.post, now, worker.settings)


def look_due(worker: Worker) -> int:
    """Notice what polls brought; then look for one reply that may be public. How many things were done."""
    done = _notice(worker)
    with worker.database.reading() as session:
        response_id = looking.due_to_look(session, worker.now(), worker.settings)
    if response_id is None:
        return done
    with worker.database.writing() as session:
        search = looking.begin_look(session, response_id, worker.now())
        order = order_of(session, session.get_one(Response, response_id))
        left = _left_for_looks(session, worker)
    if search is not None:
        _look(worker, search, order, left)
    return done + 1


def _look(worker: Worker, search: looking.Search, order: Order, left: float) -> None:
    try:
        if search.external_id:
            seen = table.find_post(order, search.external_id, worker.settings, left)
        else:
            seen = table.look(order, worker.settings, left)
    except ListenerError as error:
        log.warning("respond.look_failed", response=search.response_id, error=type(error).__name__)
        with worker.database.writing() as session:
            looking.could_not_look(session, search, worker.now(), str(error), error.retry_at)
        return
    post = seen.post
    if post is not None and search.external_id and post.parent_id not in (None, *order.parent_editions):
        post = None  # ours, but an answer to somebody else
    log.info("respond.looked", response=search.response_id, found=post is not None)
    with worker.database.writing() as session:
        one_hand(session)
        now = worker.now()
        spend(session, LOOKER, now, seen.cost_usd)
        if post is None:
            looking.not_found(session, search, now)
        elif looking.found(session, search, post, now):
            _take_in(session, order, post, now, worker.settings)


def _notice(worker: Worker) -> int:
    with worker.database.reading() as session:
        expected = notice.expected(session)
    done = 0
    for response_id in expected:
        with worker.database.writing() as session:
            done += notice.notice(session, response_id, worker.now(), worker.settings)
    return done


def _take_in(session: Session, order: Order, post: Post, now: datetime, settings: Settings) -> None:
    """Our own post comes in like every other; it is ours whatever the accounts say today."""
    sighting = Sighting(
        brand_id=order.brand_id,
        via=f"response:{order.response_id}",
        at=now,
        own_ids=frozenset({post.external_id}),
    )
    take_in(session, [post], sighting, settings=settings)


def _left_for_looks(session: Session, worker: Worker) -> float:
    row = session.get(Spending, (worker.now().strftime("%Y-%m-%d"), LOOKER))
    return max(0.0, worker.settings.x_daily_usd - (row.usd if row else 0.0))
