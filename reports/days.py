"""REPORT: dates as people write them, turned into moments.

Comes in: dates and an IANA zone. Goes out: aware UTC moments. A day is what the brand's clock calls one: 23 or 25 hours
long when the clocks change. Never reads the machine's own zone.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def day_starts(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day, in UTC. Where midnight is skipped, the moment the clocks jump."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day a moment falls on by the clocks of the zone."""
    return moment.astimezone(zone).date()


def bounds(from_: date | None, to: date | None, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """Both dates inclusive, as a half-open range of moments [first, after last). None = open on that side.

    A date whose moment lies beyond the calendar leaves its side open: nothing was posted there. Raises ValueError when
    `from_` lies after `to`.
    """
    if from_ and to and from_ > to:
        raise ValueError(f"the report would end ({to}) before it begins ({from_}): swap the two dates")
    return (_start(from_, zone, 0) if from_ else None, _start(to, zone, 1) if to else None)


def _start(day: date, zone: ZoneInfo, days_later: int) -> datetime | None:
    try:
        return day_starts(day + timedelta(days=days_later), zone)
    except OverflowError:
        return None
