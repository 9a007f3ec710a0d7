"""REPORT: the waits by how many follow the person, so that it shows whether small accounts are left waiting.

Comes in: waits. Goes out: groups, each with the figures of the whole report over its own waits, and small accounts
beside the others. Many platforms tell no followers: who has an unknown number is never taken for small.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from reports.cohorts import Share, share_overdue
from reports.findings import ENOUGH
from reports.response_times import ResponseTimes, response_times
from reports.waits import Outcome, WaitRow, duration, outcome, population


class Reach(StrEnum):
    """How many follow the person, in powers of ten; the values are what programs read."""

    UNKNOWN = "unknown"  # the platform told none
    UNDER_100 = "0-99"
    UNDER_1_000 = "100-999"
    UNDER_10_000 = "1000-9999"
    UNDER_100_000 = "10000-99999"
    FROM_100_000 = "100000+"


WORDS = {
    Reach.UNKNOWN: "unknown", Reach.UNDER_100: "0–99", Reach.UNDER_1_000: "100–999", Reach.UNDER_10_000: "1 k–9.9 k",
    Reach.UNDER_100_000: "10 k–99 k", Reach.FROM_100_000: "100 k+",
}  # fmt: skip
"""The groups as people read them."""
SMALL = frozenset({Reach.UNDER_100, Reach.UNDER_1_000})
"""Under 1,000 followers, known."""
LARGE = frozenset(Reach) - SMALL - {Reach.UNKNOWN}
_BEGIN = (100, 1_000, 10_000, 100_000)
_KNOWN = tuple(Reach)[1:]


@dataclass(frozen=True)
class ReachGroup:
    """The waits of people with about the same reach, and the report over them."""

    key: Reach
    rows: tuple[WaitRow, ...]
    """The waits that are counted, in the order they were given; never empty."""
    times: ResponseTimes
    overdue: Share

    @property
    def answered(self) -> float:
        """The share that is answered by now, 0..1; the young ones count among the others."""
        return self.times.answered / self.times.waits


@dataclass(frozen=True)
class Side:
    """One side of the comparison."""

    times: ResponseTimes
    overdue: Share
    least: float | None
    """Seconds: the median is surely no less; None = nobody can say."""


@dataclass(frozen=True)
class SmallAndLarge:
    """The waits of accounts under 1,000 followers beside those of accounts with more."""

    small: Side
    large: Side
    unknown: int
    """Waits of people whose followers are not known: on neither side."""


def reach_of(followers: int | None) -> Reach:
    """The group of somebody whom so many follow; None = nobody told us.

    >>> reach_of(999).value, reach_of(1000).value
    ('100-999', '1000-9999')
    """
    return Reach.UNKNOWN if followers is None else _KNOWN[bisect_right(_BEGIN, followers)]


def by_reach(
    rows: Iterable[WaitRow], until: datetime, zone: ZoneInfo, *, needs_answer_only: bool = True
) -> list[ReachGroup]:
    """The groups that have waits: the unknown, then from small to large. Together they hold every counted wait once."""
    found: dict[Reach, list[WaitRow]] = defaultdict(list)
    for row in population(rows, until, needs_answer_only=needs_answer_only):
        found[reach_of(row.followers)].append(row)
    told = partial(response_times, until=until, zone=zone, needs_answer_only=needs_answer_only)
    return [
        ReachGroup(key, tuple(found[key]), told(found[key]), share_overdue(found[key], until))
        for key in Reach
        if key in found
    ]


def small_and_large(
    rows: Iterable[WaitRow], until: datetime, zone: ZoneInfo, *, needs_answer_only: bool = True
) -> SmallAndLarge:
    """Both sides; either may be without a wait."""
    counted = population(rows, until, needs_answer_only=needs_answer_only)
    small = [r for r in counted if reach_of(r.followers) in SMALL]
    large = [r for r in counted if reach_of(r.followers) in LARGE]
    told = partial(response_times, until=until, zone=zone, needs_answer_only=needs_answer_only)
    sides = [_side(rows, told(rows), until) for rows in (small, large)]
    return SmallAndLarge(sides[0], sides[1], len(counted) - len(small) - len(large))


def _side(rows: Sequence[WaitRow], times: ResponseTimes, until: datetime) -> Side:
    return Side(times, share_overdue(rows, until), _least(rows, times, until))


def _least(rows: Sequence[WaitRow], times: ResponseTimes, until: datetime) -> float | None:
    """The low end of the median's interval; where so few are answered that there is none, what twenty waited in vain.

    No low end means that the upper band never comes to a half, or that nobody was answered at all. Then a half is not
    reached as far as anybody looked, and that is as far as enough of them were there to look at.
    """
    if times.median.low is not None:
        return times.median.low
    vain = sorted((duration(r, until) for r in rows if outcome(r, until) is not Outcome.ANSWERED), reverse=True)
    return vain[ENOUGH - 1] if len(vain) >= ENOUGH else None
