"""WORKSPACE: the figures of the reports screen, computed once for everybody who looks at the same period.

Comes in: brand and days. Goes out: everything the screen draws, from one snapshot of the database. Holds no figure of
its own: the rooms below compute. Kept for a minute, because 100,000 waits take seconds.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from models.base import utc_now
from models.database import Database
from models.values import Platform
from reports.curve import Point, curve
from reports.days import bounds
from reports.groups import Group, by_platform, by_week
from reports.promises import Promise, promises
from reports.query import Report, report_response_times, wait_rows
from reports.reach import ReachGroup, SmallAndLarge, by_reach, small_and_large
from reports.volume import DayVolume, volume_by_day
from reports.waiting import longest_waiting
from reports.waits import WaitRow
from worker.brands import list_brands

KEPT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class OurBrand:
    """A brand of ours, for choosing."""

    id: int
    name: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What the screen draws, all of one moment."""

    brand_ids: tuple[int, ...]
    report: Report
    curve: list[Point]
    platforms: list[Group[Platform]]
    weeks: list[Group[date]]
    promises: list[Promise]
    volume: list[DayVolume]
    waiting: list[WaitRow]
    """Everybody who waits, whenever they wrote; all else is about the days."""
    reach: list[ReachGroup]
    sides: SmallAndLarge

    @property
    def until(self) -> datetime:
        """The moment they are of."""
        return self.report.times.until

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose days they count."""
        return self.report.times.zone


def our_brands(database: Database) -> list[OurBrand]:
    """The brands a report can be about, the first one first."""
    with database.reading() as session:
        return [OurBrand(b.id or 0, b.name, b.timezone) for b in list_brands(session) if not b.competitor]


@st.cache_resource(
    ttl=KEPT_SECONDS, max_entries=16, show_spinner="Working it out…", hash_funcs={Database: lambda d: (d.url, id(d))}
)
def figures(database: Database, brand_ids: tuple[int, ...], from_: date, to: date) -> Figures:
    """Everything about these brands and days, inclusive, in the zone of the first brand. `waiting` has no days."""
    with database.reading() as session:
        now = utc_now()
        report = report_response_times(session, brand_ids=brand_ids, from_=from_, to=to, until=now)
        zone = report.times.zone
        start, end = bounds(from_, to, zone)
        assert start is not None and end is not None  # noqa: PT018  (both days are given)
        volume = volume_by_day(session, brand_ids=brand_ids, zone=zone, start=start, end=end)
        running = wait_rows(session, brand_ids=brand_ids, running_at=now)
    rows = report.rows
    return Figures(
        brand_ids, report, curve(rows, now), by_platform(rows, now, zone), by_week(rows, now, zone),
        promises(rows, now), volume, longest_waiting(running, now), by_reach(rows, now, zone),
        small_and_large(rows, now, zone),
    )  # fmt: skip
