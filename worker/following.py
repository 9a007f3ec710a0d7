"""WORKER: the threads we are in: fetch their new posts while a conversation is open, or was resolved lately.

Comes in: threads that are due. Goes out: new posts of people we talk with, of ourselves, and of those who speak to us.
Strangers who talk about something else in the same thread are nobody's mention and are not stored.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from sqlalchemy import update
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from listeners.base import Followed, ThreadBatch
from listeners.errors import ListenerError
from listeners.saving import Sighting
from listeners.table import open_threads
from models import Brand, Conversation, Mention, Source, Thread
from models.values import Platform, Resolution, SourceKind, SourceState, Status
from triage.recompute import one_hand, recompute
from triage.rules import rules_for
from triage.thread_keys import ThreadKey
from worker.concerning import Concerning
from worker.intake import take_in
from worker.lease import Worker, leased
from worker.money import left_today, spend
from worker.polling import other_origin, ours_of

log = structlog.get_logger("worker.following")

BATCH = 40
SOON, LATER, SELDOM = timedelta(minutes=15), timedelta(hours=1), timedelta(hours=6)
LONGEST_BACKOFF = timedelta(hours=24)


def follow_threads(worker: Worker) -> int:
    """Visit the threads that are due, a platform and a brand at a time. How many were visited or let go."""
    done = 0
    for platform in Platform:
        if worker.stopping.is_set():
            break
        if not _anything_due(worker, platform):
            continue
        with leased(worker, f"threads:{platform}") as mine:
            done += _follow(worker, platform) if mine else 0
    return done


def _anything_due(worker: Worker, platform: Platform) -> bool:
    """Whether a thread is due. Threads somebody waits in again (a person reopened it) are taken up first."""
    now = worker.now()
    with worker.database.reading() as session:
        follows = timedelta(days=worker.settings.follow_days) > timedelta(0)  # else each would be let go at once
        forgotten = list(session.exec(_forgotten(platform).limit(BATCH))) if follows else []
        due = select(Thread.id).where(Thread.platform == platform, col(Thread.next_poll_at) <= now).limit(1)
        found = session.exec(due).first() is not None
    if forgotten:
        with worker.database.writing() as session:
            begin = update(Thread).where(col(Thread.id).in_(forgotten), col(Thread.next_poll_at).is_(None))
            session.execute(begin.values(next_poll_at=now))
    return found or bool(forgotten)


def _forgotten(platform: Platform) -> SelectOfScalar[int] | SelectOfScalar[None]:
    """Threads that nobody visits although somebody waits in them for an answer of ours."""
    return (
        select(Thread.id)
        .join(Conversation, col(Conversation.thread_id) == Thread.id)
        .join(Brand, col(Brand.id) == Thread.brand_id)
        .where(
            Thread.platform == platform,
            col(Thread.next_poll_at).is_(None),
            col(Conversation.status).in_((Status.NEW, Status.OPEN)),
            col(Conversation.waiting_since).is_not(None),
            col(Conversation.needs_answer),
            col(Brand.competitor).is_(False),
        )
        .distinct()
    )


class _Due(NamedTuple):
    """A thread that is due, as it stood when we looked."""

    id: int
    brand_id: int
    followed: Followed
    wanted: bool
    """Whether it is followed still; else it is let go."""


def _follow(worker: Worker, platform: Platform) -> int:
    now = worker.now()
    with worker.database.reading() as session:
        due = _due(session, platform, now, worker.settings.follow_days)
        ours = ours_of(session)
        budget = left_today(session, f"threads:{platform}", now, worker.settings)
        elsewhere = other_origin(session, platform, worker.settings)
    wanted = [t.followed for t in due if t.wanted]
    batch, error = ThreadBatch(), ListenerError(elsewhere) if elsewhere else None
    if wanted and error is None:
        try:
            reader = open_threads(platform, worker.settings, ours, budget)
            batch = reader.fetch_threads(wanted) if reader else batch
        except ListenerError as told:
            error = told
            log.warning("threads.failed", platform=platform.value, error=type(told).__name__)
        except Exception as broke:
            log.exception("threads.broke", platform=platform.value, error=type(broke).__name__)
            error = _unexpected(broke)
    if due:
        _keep(worker, platform, due, batch, error)
    return len(due)


def _keep(
    worker: Worker, platform: Platform, due: Sequence[_Due], batch: ThreadBatch, error: ListenerError | None
) -> None:
    """Save a visit. What cannot be saved is a failure of its threads, or they would be due again at once, for ever."""
    try:
        _save(worker, platform, due, batch, error)
    except Exception as broke:
        log.exception("threads.broke", platform=platform.value, error=type(broke).__name__)
        _save(worker, platform, due, ThreadBatch(cost_usd=batch.cost_usd), _unexpected(broke))


def _unexpected(broke: Exception) -> ListenerError:
    """What people are told of an error that nobody foresaw; the log has the rest."""
    return ListenerError(f"unexpected {type(broke).__name__}; the log has its trace")


def _due(session: Session, platform: Platform, now: datetime, follow_days: float) -> list[_Due]:
    """The threads that have been due longest, of one brand. One that failed before is visited alone: where a single
    thread cannot be read, the others would fail with it for ever."""
    query = (
        select(Thread)
        .where(Thread.platform == platform, col(Thread.next_poll_at) <= now)
        .order_by(col(Thread.next_poll_at), col(Thread.id))
        .limit(BATCH)
    )
    found = session.exec(query).all()
    together = found[:1] if found and found[0].failures else [t for t in found if not t.failures]
    return [
        _Due(t.id or 0, t.brand_id, _followed(t), follow_until(session, t, now, follow_days) is not None)
        for t in together
        if t.brand_id == together[0].brand_id
    ]


def _followed(thread: Thread) -> Followed:
    return Followed(
        thread_id=thread.external_id, url=thread.url, comments_url=thread.comments_url, cursor=thread.cursor or {}
    )


def _save(
    worker: Worker, platform: Platform, due: Sequence[_Due], batch: ThreadBatch, error: ListenerError | None
) -> None:
    """Posts, cursors and the next visit of each thread, in one transaction."""
    now = worker.now()
    brand_id = due[0].brand_id
    with worker.database.writing() as session:
        one_hand(session)
        posts = Concerning(session, brand_id, platform).kept(batch.posts)
        sighting = Sighting(brand_id=brand_id, via="thread", at=now)
        since = listening_since(session, brand_id, platform)
        take_in(session, posts, sighting, settings=worker.settings, older_than_source=since, found_again=True)
        spend(session, f"threads:{platform}", now, batch.cost_usd)
        rows = [session.get_one(Thread, t.id) for t in due]
        _note_locks(session, worker, rows, batch)
        for row in rows:
            row.cursor = dict(batch.cursors[row.external_id]) if row.external_id in batch.cursors else row.cursor
            row.last_error = str(error) if error else (batch.limited or None)
            row.failures = row.failures + 1 if error else 0
            row.next_poll_at = _next_visit(session, row, now, worker, batch, error)


def _note_locks(session: Session, worker: Worker, rows: Sequence[Thread], batch: ThreadBatch) -> None:
    """A locked thread takes no answer any more: its waits end."""
    locked = [r for r in rows if r.external_id in batch.locked and r.locked_at is None]
    for row in locked:
        row.locked_at = worker.now()
    if locked:
        session.flush()
        keys = [ThreadKey(r.platform, r.external_id) for r in locked]
        recompute(session, rules_for(session, locked[0].brand_id, worker.settings), keys, worker.now())


def _next_visit(
    session: Session, thread: Thread, now: datetime, worker: Worker, batch: ThreadBatch, error: ListenerError | None
) -> datetime | None:
    until = follow_until(session, thread, now, worker.settings.follow_days)
    if until is None:
        return None
    every = visit_every(session, thread, now)
    if error is not None:
        return max(now + min(every * (1 << min(thread.failures, 8)), LONGEST_BACKOFF), error.retry_at or now)
    if thread.external_id in batch.cursors or not batch.cursors:
        return max(now + every, batch.retry_at or now)
    if batch.limited or batch.retry_at:
        return max(now + LATER, batch.retry_at or now)
    return thread.next_poll_at  # it had no turn in a visit that is bounded: it is the next one's


def follow_until(session: Session, thread: Thread, now: datetime, days: float) -> datetime | None:
    """Until when a thread is followed; None = no longer. Open conversations count while somebody spoke lately."""
    kept = timedelta(days=days)
    ends: list[datetime] = []
    for c in session.exec(select(Conversation).where(col(Conversation.thread_id) == thread.id)):
        if c.status in (Status.NEW, Status.OPEN, Status.SNOOZED):
            heard = max(c.last_mention_at or now, thread_heard(session, thread) or now)
            ends.append(now + kept if c.waiting_since else heard + kept)
        elif c.status == Status.RESOLVED and c.resolution != Resolution.HISTORY and c.ended_at:
            ends.append(c.ended_at + kept)
    return max((e for e in ends if e > now), default=None)


def thread_heard(session: Session, thread: Thread) -> datetime | None:
    """Platform time of the newest post we hold of a thread."""
    query = (
        select(Mention.posted_at)
        .where(Mention.platform == thread.platform, Mention.thread_key == thread.external_id)
        .order_by(col(Mention.posted_at).desc())
        .limit(1)
    )
    heard: datetime | None = session.exec(query).first()
    return heard


def visit_every(session: Session, thread: Thread, now: datetime) -> timedelta:
    """How often: often while fresh. On X the mentions timeline brings most answers for a fifth of the price, so the
    search by conversation only makes sure; it is seldom where that timeline is polled."""
    if thread.platform == Platform.X:
        covered = select(Source.id).where(
            Source.brand_id == thread.brand_id,
            Source.kind == SourceKind.X_MENTIONS,
            Source.state == SourceState.ACTIVE,
            col(Source.removed_at).is_(None),
            Source.failures == 0,
        )
        return SELDOM if session.exec(covered.limit(1)).first() else LATER
    heard = thread_heard(session, thread)
    return SOON if heard is None or now - heard < timedelta(days=1) else LATER


def listening_since(session: Session, brand_id: int, platform: Platform) -> datetime | None:
    """Since when a brand listens on a platform; what is older is history. None where it has no source there."""
    kinds = [k for k in SourceKind if k.platform == platform]
    query = select(func.min(Source.created_at)).where(Source.brand_id == brand_id, col(Source.kind).in_(kinds))
    since: datetime | None = session.exec(query).one()
    return since
