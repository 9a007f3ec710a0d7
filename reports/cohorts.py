"""REPORT: how many were answered in time, by when they arrived.

Comes in: waits. Goes out: shares with the count they stand on. A wait that has not had the time yet is counted beside
the share, answered or not: else the quick answers of the last hour would flatter it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from reports.days import day_starts, local_day
from reports.incidence import Estimate, Incidence
from reports.waits import WaitRow, in_time, overdue

WITHIN = (15 * 60, 60 * 60, 4 * 60 * 60, 24 * 60 * 60)
"""The times, in seconds, that response rates are given for: 15 min, 1 h, 4 h, 24 h."""


@dataclass(frozen=True)
class Share:
    """So many of so many; `share` is None where nothing is due."""

    met: int
    due: int
    not_yet_due: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1."""
        return self.met / self.due if self.due else None


@dataclass(frozen=True)
class ResponseRate:
    """Of the waits that have had `within` seconds, the share answered by then; beside it P(answered ≤ within)."""

    within: int
    share: Share
    probability: Estimate
    """From the incidence, which uses the waits that are not yet due as well."""


@dataclass(frozen=True)
class DayCohort:
    """The waits that began on one local day."""

    day: date
    waits: int
    shares: dict[int, Share]
    """By seconds, for each of WITHIN."""
    mature: dict[int, bool]
    """Whether the whole day, to its last moment, has had that long."""


def share_within(rows: Sequence[WaitRow], seconds: float, until: datetime) -> Share:
    """The share of the given waits that was answered within `seconds`."""
    return _share([in_time(row, seconds, until) for row in rows])


def service_level(rows: Sequence[WaitRow], until: datetime) -> Share:
    """The share answered within each wait's own target. Waits without one (unread) are left out."""
    return _share([in_time(row, row.target_seconds, until) for row in rows if row.target_seconds is not None])


def share_overdue(rows: Sequence[WaitRow], until: datetime) -> Share:
    """The share that ran past its own target, of the waits that have had that long. Those without one are left out."""
    return _share([overdue(row, until) for row in rows if row.target_seconds is not None])


def response_rates(rows: Sequence[WaitRow], found: Incidence, until: datetime) -> tuple[ResponseRate, ...]:
    """The rates of all given waits as one cohort."""
    return tuple(ResponseRate(t, share_within(rows, t, until), found.at(t)) for t in WITHIN)


def day_cohorts(rows: Sequence[WaitRow], until: datetime, zone: ZoneInfo) -> tuple[DayCohort, ...]:
    """The waits by the local day of p, oldest first; days without a wait are left out."""
    days: dict[date, list[WaitRow]] = defaultdict(list)
    for row in rows:
        days[local_day(row.started_at, zone)].append(row)
    return tuple(_cohort(day, days[day], until, zone) for day in sorted(days))


def _cohort(day: date, rows: Sequence[WaitRow], until: datetime, zone: ZoneInfo) -> DayCohort:
    over = day_starts(day + timedelta(days=1), zone)
    return DayCohort(
        day,
        len(rows),
        {t: share_within(rows, t, until) for t in WITHIN},
        {t: over + timedelta(seconds=t) <= until for t in WITHIN},
    )


def _share(answers: Sequence[bool | None]) -> Share:
    return Share(answers.count(True), len(answers) - answers.count(None), answers.count(None))
