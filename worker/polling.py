"""WORKER: one poll of one source: lease, fetch, save mentions and cursor together, keep the outcome on the row.

Comes in: a source's id. Goes out: what happened, as a `Poll` row and the source's health. A poll cut off anywhere
leaves the cursor where its last saved batch was; the next poll goes on from there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

import structlog
from sqlalchemy import ColumnElement, or_, update
from sqlmodel import Session, col, select

from listeners.base import Listener, Ours, Target
from listeners.errors import BadTarget, Gone, ListenerError, RateLimited, Refused
from listeners.post import Batch
from listeners.saving import Sighting
from listeners.table import open_listener, origin
from models import Account, Brand, Poll, Source
from models.values import Platform, PollOutcome, SourceKind, SourceState
from settings import Settings
from worker.gaps import keep_gaps
from worker.intake import take_in
from worker.lease import LEASE, Worker
from worker.money import left_today, spend

log = structlog.get_logger("worker.polling")

MOST_FETCHES = 50
"""Batches one poll takes in a row; the rest waits for the next poll, which is due at once."""
PAUSE_AFTER = 12
PAUSE_AFTER_TIME = timedelta(days=2)
"""A source is paused after so many failures in a row, and only if they span that time."""
GONE_AFTER = 5
GONE_AFTER_TIME = timedelta(days=1)
"""A target that is not there any more may come back within the day: sites answer 404 while they are being moved."""
LONGEST_BACKOFF = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one poll ended."""

    outcome: PollOutcome
    found: int = 0
    new: int = 0
    said: str = ""
    more: bool = False
    """There is more to fetch right now: the source is due at once."""


class TakenOver(ListenerError):
    """The lease ran out and another hand took the source: nothing of the batch is kept, the row is theirs."""


def due_source(session: Session, now: datetime, skip: set[int]) -> int | None:
    """The source that has been due longest and that nobody polls; None when none is due."""
    query = (
        select(Source.id)
        .where(
            Source.state == SourceState.ACTIVE,
            col(Source.removed_at).is_(None),
            Source.next_poll_at <= now,
            _free(now),
            col(Source.id).not_in(skip),
        )
        .order_by(col(Source.next_poll_at), col(Source.id))
        .limit(1)
    )
    return session.exec(query).first()


def poll_source(worker: Worker, source_id: int, *, only_due: bool = False) -> Outcome | None:
    """Poll one source now, due or not. None when somebody else is polling it, or it is gone.

    `only_due`: None, too, when somebody else has polled it since we saw that it was due.
    """
    started = worker.now()
    hand = f"{worker.name} {token_hex(4)}"  # a visit of its own: threads of one worker take over from each other, too
    if not _lease(worker, source_id, hand, started, only_due):
        return None
    visit = _Visit(worker, source_id, hand)
    try:
        outcome = visit.run()
    except ListenerError as error:
        outcome = _failed(visit, error)
    except Exception as error:
        log.exception("poll.broke", source=source_id, error=type(error).__name__)
        outcome = _failed(visit, ListenerError(f"unexpected {type(error).__name__}; the log has its trace"))
    visit.finish(started, outcome)
    log.info("poll", source=source_id, outcome=outcome.outcome.value, found=outcome.found, new=outcome.new)
    return outcome


class _Visit:
    """One leased visit: its sums, its errors, its end."""

    def __init__(self, worker: Worker, source_id: int, hand: str) -> None:
        self.worker = worker
        self.source_id = source_id
        self.hand = hand
        self.found = self.new = self.requests = 0
        self.cost = 0.0
        self.retry_at: datetime | None = None
        self.more = False
        self.error: ListenerError | None = None
        self.notes: dict[str, None] = {}

    def run(self) -> Outcome:
        """Fetch and save until there is nothing more right now, or until asked to stop."""
        with self.worker.database.reading() as session:
            source = session.get_one(Source, self.source_id)
            cursor, created_at, brand_id = source.cursor, source.created_at, source.brand_id
        limited = ""
        for _ in range(MOST_FETCHES):
            batch = self._listener().fetch(cursor)
            cursor = batch.cursor if batch.cursor is not None else cursor  # type: ignore[assignment]
            self._save(batch, brand_id, created_at)
            limited, self.more = batch.limited, batch.more and not batch.limited
            if not self.more or self.worker.stopping.is_set():
                break
        self.notes |= {limited: None} if limited else {}
        outcome = PollOutcome.LIMITED if limited else PollOutcome.OK
        return Outcome(outcome, self.found, self.new, "; ".join(self.notes), more=self.more)

    def _listener(self) -> Listener:
        """Opened anew for each batch: what may be spent is what the batches before it have left of the day's money."""
        with self.worker.database.reading() as session:
            return _open(session, session.get_one(Source, self.source_id), self.worker)

    def _save(self, batch: Batch, brand_id: int, created_at: datetime) -> None:
        """Mentions, cursor, gaps and money, in one transaction."""
        now = self.worker.now()
        with self.worker.database.writing() as session:
            if not _renew(session, self.source_id, self.hand, now):
                raise TakenOver("another worker took this source over; nothing of this batch was kept here")
            sighting = Sighting(brand_id=brand_id, via=f"source:{self.source_id}", at=now)
            arrived = take_in(
                session, batch.posts, sighting, settings=self.worker.settings, older_than_source=created_at
            )
            source = session.get_one(Source, self.source_id)
            if batch.cursor is not None:
                source.cursor = dict(batch.cursor)
            keep_gaps(session, self.source_id, batch.gaps, now)
            spend(session, f"source:{self.source_id}", now, batch.cost_usd)
        self.found += len(batch.posts)
        self.new += arrived.mentions
        self.requests += batch.requests
        self.cost += batch.cost_usd
        self.retry_at = batch.retry_at or self.retry_at
        self.notes |= dict.fromkeys(batch.notes)

    def finish(self, started: datetime, outcome: Outcome) -> None:
        """The outcome goes onto the row and the lease back, unless another hand has taken the source over."""
        now = self.worker.now()
        with self.worker.database.writing() as session:
            if _renew(session, self.source_id, self.hand, now):
                source = session.get_one(Source, self.source_id)
                source.last_polled_at = now
                _settle_health(source, outcome, self, now)
                source.next_poll_at = _next_poll(source, self, now)
                source.leased_by = source.leased_until = None
            session.add(
                Poll(
                    source_id=self.source_id, started_at=started, ended_at=now, outcome=outcome.outcome,
                    found=self.found, new=self.new, requests=self.requests, cost_usd=self.cost, said=outcome.said,
                )
            )  # fmt: skip


def other_origin(session: Session, platform: Platform, settings: Settings) -> str:
    """Why threads and posts of a platform must not be asked about at the configured address; "" = they may.

    Asked about posts of another place, a platform knows none of them, and that would read as "all deleted".
    """
    here = origin(platform, settings)
    kinds = [k for k in SourceKind if k.platform == platform]
    query = select(Source.id).where(
        col(Source.kind).in_(kinds), col(Source.removed_at).is_(None), Source.origin != here
    )
    if session.exec(query.limit(1)).first() is None:
        return ""
    return f"sources of {platform} belong to another address than {here or 'the real platform'}: nothing was fetched"


def _open(session: Session, source: Source, worker: Worker) -> Listener:
    here = origin(source.kind.platform, worker.settings)
    if source.origin != here:
        # No BadTarget, which would pause: with the address corrected every source goes on by itself.
        raise Refused(
            f"this source belongs to {source.origin or 'the real platform'}, but {here or 'the real platform'} is "
            "configured: nothing was fetched. Correct the address, or add the source again"
        )
    left = left_today(session, f"source:{source.id}", worker.now(), worker.settings)
    return open_listener(
        Target(kind=source.kind, target=source.target, match=source.match, ours=ours_of(session), budget_usd=left),
        worker.settings,
    )


def ours_of(session: Session) -> tuple[Ours, ...]:
    """Every account of ours, as listeners know them; a competitor's are not ours."""
    query = select(Account).join(Brand, col(Brand.id) == Account.brand_id).where(col(Brand.competitor).is_(False))
    rows = session.exec(query.order_by(col(Account.id)))
    return tuple(
        Ours(platform=a.platform, handle=a.handle_key, external_id=a.external_id, automatic=a.automatic) for a in rows
    )


def _failed(visit: _Visit, error: ListenerError) -> Outcome:
    visit.error = error
    visit.retry_at = error.retry_at
    kind = PollOutcome.LIMITED if isinstance(error, RateLimited) else PollOutcome.FAILED
    return Outcome(kind, visit.found, visit.new, str(error))


def _settle_health(source: Source, outcome: Outcome, visit: _Visit, now: datetime) -> None:
    if outcome.outcome == PollOutcome.FAILED:
        source.failures += 1
        source.failed_since = source.failed_since or now
        source.last_error = outcome.said
        lasted = now - source.failed_since
        worn_out = source.failures >= PAUSE_AFTER and lasted >= PAUSE_AFTER_TIME
        gone = isinstance(visit.error, Gone) and source.failures >= GONE_AFTER and lasted >= GONE_AFTER_TIME
        if worn_out or gone or isinstance(visit.error, BadTarget):
            source.state = SourceState.PAUSED
            source.last_error = f"{outcome.said}. Paused; mend it, then `quarterdeck source resume {source.id}`"
        return
    source.failures, source.failed_since = 0, None
    source.last_error = outcome.said if outcome.outcome == PollOutcome.LIMITED else None
    if visit.error is None and (visit.requests or outcome.outcome == PollOutcome.OK):  # out of money, nothing was asked
        source.last_success_at = now


def _next_poll(source: Source, visit: _Visit, now: datetime) -> datetime:
    every = timedelta(seconds=source.every_seconds)
    if source.failures:
        every = min(every * (1 << min(source.failures - 1, 10)), max(LONGEST_BACKOFF, every))
    if visit.more and not visit.error:
        every = timedelta(0)
    return max(now + every, visit.retry_at or now)


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(col(Source.leased_until).is_(None), col(Source.leased_until) < now)


def _lease(worker: Worker, source_id: int, hand: str, now: datetime, only_due: bool) -> bool:
    with worker.database.writing() as session:
        take = update(Source).where(col(Source.id) == source_id, col(Source.removed_at).is_(None), _free(now))
        if only_due:
            take = take.where(col(Source.next_poll_at) <= now, col(Source.state) == SourceState.ACTIVE)
        done = session.connection().execute(take.values(leased_by=hand, leased_until=now + LEASE))
        return done.rowcount == 1


def _renew(session: Session, source_id: int, hand: str, now: datetime) -> bool:
    keep = update(Source).where(col(Source.id) == source_id, col(Source.leased_by) == hand)
    return session.connection().execute(keep.values(leased_until=now + LEASE)).rowcount == 1
