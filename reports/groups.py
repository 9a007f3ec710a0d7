"""REPORT: the response times of each platform and of each week.

Comes in: waits. Goes out: the same report for each group, with the waits it is of. It defines no figure of its own:
every group is computed as the whole is, and the groups together hold every wait once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from models.values import Platform
from reports.days import local_day
from reports.response_times import ResponseTimes, response_times
from reports.waits import WaitRow, population

Key = TypeVar("Key", Platform, date)


@dataclass(frozen=True)
class Group(Generic[Key]):
    """Some of the waits, and the report over them."""

    key: Key
    rows: tuple[WaitRow, ...]
    """The waits that are counted, in the order they were given."""
    times: ResponseTimes


def by_platform(rows: Iterable[WaitRow], until: datetime, zone: ZoneInfo) -> list[Group[Platform]]:
    """The platforms that have waits, in the order models.values names them."""
    found = _together((row.platform, row) for row in population(rows, until))
    return [_group(platform, found[platform], until, zone) for platform in Platform if platform in found]


def by_week(rows: Iterable[WaitRow], until: datetime, zone: ZoneInfo) -> list[Group[date]]:
    """Weeks of p, each named by its Monday in the zone, oldest first; weeks without a wait are left out."""
    found = _together((monday(row.started_at, zone), row) for row in population(rows, until))
    return [_group(week, found[week], until, zone) for week in sorted(found)]


def monday(moment: datetime, zone: ZoneInfo) -> date:
    """The Monday of the local week a moment falls in (ISO 8601)."""
    day = local_day(moment, zone)
    return day - timedelta(days=day.weekday())


def _together(keyed: Iterable[tuple[Key, WaitRow]]) -> dict[Key, list[WaitRow]]:
    found: dict[Key, list[WaitRow]] = defaultdict(list)
    for key, row in keyed:
        found[key].append(row)
    return found


def _group(key: Key, rows: Sequence[WaitRow], until: datetime, zone: ZoneInfo) -> Group[Key]:
    return Group(key, tuple(rows), response_times(rows, until, zone))
