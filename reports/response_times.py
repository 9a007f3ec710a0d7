"""REPORT: how long the public waited, counting those who still do.

Comes in: waits and the end of observation. Goes out: one `ResponseTimes`. docs/metrics.md defines every figure.
It never leaves a wait out because it was not answered, and never reads a database.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np

from reports.cohorts import DayCohort, ResponseRate, Share, day_cohorts, response_rates, service_level
from reports.incidence import Estimate, Kind, Numbers, cumulative_incidence
from reports.waits import Outcome, WaitRow, duration, outcome, parts, population

KINDS = {Outcome.ANSWERED: Kind.ANSWERED, Outcome.WAITING: Kind.CENSORED, Outcome.ENDED_UNANSWERED: Kind.OTHER}


@dataclass(frozen=True)
class MeanParts:
    """Mean seconds of the answered waits between the 25th and the 75th percentile. Lag + queue + handling = total."""

    waits: int
    """How many waits the means are of; never 0."""
    claimed: int
    """How many of them somebody had claimed; the others add nothing to handling."""
    lag: float
    queue: float
    handling: float
    total: float


@dataclass(frozen=True, kw_only=True)
class ResponseTimes:
    """The report. waits = answered + waiting + ended_unanswered. Durations are seconds."""

    waits: int
    answered: int
    """Our public reply, or an answer elsewhere that a person gave place and time of."""
    waiting: int
    ended_unanswered: int
    """Deleted, locked, or dismissed otherwise than as needing no answer."""
    resolved_unanswered: int
    """Of those waiting: resolved by a person without an answer anybody can see."""
    dismissed: int
    """Dismissed as needing no answer; outside `waits` unless the report is about all."""
    not_read: int
    """Of the waits: in the population only because nobody has read them yet."""
    median: Estimate
    p90: Estimate
    answered_median: float | None
    """Median of the answered alone, as help desks report it; None without any. It flatters: read the median."""
    service_level: Share
    without_target: int
    """Waits that have no target yet; outside the service level."""
    response_rates: tuple[ResponseRate, ...]
    parts: MeanParts | None
    """None when no answered wait has parts."""
    negative: int
    """Answered waits whose answer is dated before p: two clocks disagree. Kept as they are."""
    longest_waiting: float | None
    """How long the oldest of those waiting has waited; None when nobody does."""
    days: tuple[DayCohort, ...]
    everything: bool
    """All waits, not only those that need an answer."""
    from_: date | None
    to: date | None
    zone: ZoneInfo
    until: datetime


def response_times(
    rows: Iterable[WaitRow],
    until: datetime,
    zone: ZoneInfo,
    *,
    needs_answer_only: bool = True,
    from_: date | None = None,
    to: date | None = None,
) -> ResponseTimes:
    """Compute the report of the given waits as known at `until` (aware). The rows' order does not matter.

    The rows are taken as they are: `from_` and `to` say how they were chosen and are only repeated. Empty input
    gives zeros and None, never an error.
    """
    given = [row for row in rows if row.started_at <= until]
    waits = population(given, until, needs_answer_only=needs_answer_only)
    outcomes = [outcome(row, until) for row in waits]
    seconds: Numbers = np.array([duration(row, until) for row in waits], dtype=np.float64)
    answered, waiting = (
        seconds[np.array([o is wanted for o in outcomes], dtype=bool)] for wanted in (Outcome.ANSWERED, Outcome.WAITING)
    )
    found = cumulative_incidence(seconds, [KINDS[o] for o in outcomes])
    count = Counter(outcomes)
    return ResponseTimes(
        waits=len(waits),
        answered=count[Outcome.ANSWERED],
        waiting=count[Outcome.WAITING],
        ended_unanswered=count[Outcome.ENDED_UNANSWERED],
        resolved_unanswered=sum(
            row.resolved_unanswered and o is Outcome.WAITING for row, o in zip(waits, outcomes, strict=True)
        ),
        dismissed=sum(row.dismissed_as_no_answer for row in given),
        not_read=sum(row.not_read for row in waits),
        median=found.quantile(0.5),
        p90=found.quantile(0.9),
        answered_median=_median(answered),
        service_level=service_level(waits, until),
        without_target=sum(row.target_seconds is None for row in waits),
        response_rates=response_rates(waits, found, until),
        parts=mean_parts(waits, until),
        negative=int((answered < 0).sum()),
        longest_waiting=float(waiting.max()) if waiting.size else None,
        days=day_cohorts(waits, until, zone),
        everything=not needs_answer_only,
        from_=from_,
        to=to,
        zone=zone,
        until=until,
    )


def mean_parts(rows: Sequence[WaitRow], until: datetime) -> MeanParts | None:
    """Mean lag, queue and handling of the middle half of the answered waits that have parts.

    The means are of the same waits, so they add up, as medians would not; the middle half, so that one forgotten wait
    does not draw the picture. Both percentiles are waits of ours and belong to the half.
    """
    known = [(duration(row, until), p) for row in rows if (p := parts(row, until)) is not None]
    if not known:
        return None
    totals = np.array([seconds for seconds, _ in known])
    first, last = np.quantile(totals, 0.25, method="lower"), np.quantile(totals, 0.75, method="higher")
    middle = [(seconds, p) for seconds, p in known if first <= seconds <= last]
    return MeanParts(
        waits=len(middle),
        claimed=sum(p.handling is not None for _, p in middle),
        lag=_mean([p.lag for _, p in middle]),
        queue=_mean([p.queue for _, p in middle]),
        handling=_mean([p.handling or 0.0 for _, p in middle]),
        total=_mean([seconds for seconds, _ in middle]),
    )


def _mean(values: list[float]) -> float:
    return float(np.mean(values))


def _median(seconds: Numbers) -> float | None:
    """The smallest value that half of them reach: the incidence's own definition, so that the two compare."""
    return float(np.quantile(seconds, 0.5, method="inverted_cdf")) if seconds.size else None
