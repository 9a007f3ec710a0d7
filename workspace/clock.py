"""WORKSPACE: times as people say them. Comes in: aware times, the viewer's zone. Goes out: words, and the exact time
for hovering over them. Never reads a clock: the caller says what time it is.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MINUTE, HOUR = 60, 3600
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def zone_named(name: str | None) -> ZoneInfo:
    """The zone of that IANA name; UTC where it is none that this machine knows."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def spoken_length(length: timedelta) -> str:
    """How long, to two places at most: "less than a minute", "12 min", "1 h 40", "3 days".

    >>> spoken_length(timedelta(minutes=100))
    '1 h 40'
    """
    seconds = abs(length.total_seconds())
    if seconds < MINUTE:
        return "less than a minute"
    minutes = int(seconds // MINUTE)
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {rest:02}" if rest else f"{hours} h"
    days = hours // 24
    return "1 day" if days == 1 else f"{days} days"


def spoken_due(due_at: datetime | None, now: datetime) -> str:
    """When an answer is owed: "due in 12 min", "overdue 41 min"; empty without a due time."""
    if due_at is None:
        return ""
    left = due_at - now
    if left < timedelta(0):
        return f"overdue {spoken_length(left)}" if left <= -timedelta(minutes=1) else "overdue"
    return f"due in {spoken_length(left)}"


def edge(started_at: datetime | None, due_at: datetime | None, now: datetime) -> str:
    """How pressing a wait is: "over" past its due time, "soon" in the last quarter of its target, else empty."""
    if started_at is None or due_at is None:
        return ""
    if now >= due_at:
        return "over"
    return "soon" if (due_at - now) * 4 < (due_at - started_at) else ""


def spoken_when(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """When it was or will be, in the viewer's zone: "today 13:02", "yesterday 09:14", "Tue 09:14", "9 Nov 09:14"."""
    here, today = moment.astimezone(zone), now.astimezone(zone)
    clock = f"{here:%H:%M}"
    apart = (here.date() - today.date()).days
    if apart == 0:
        return f"today {clock}"
    if apart in (-1, 1):
        return f"{'yesterday' if apart < 0 else 'tomorrow'} {clock}"
    if abs(apart) < 7:
        return f"{DAYS[here.weekday()]} {clock}"
    year = "" if here.year == today.year else f" {here.year}"
    return f"{here.day} {MONTHS[here.month - 1]}{year} {clock}"


def exact(moment: datetime, zone: ZoneInfo) -> str:
    """The time for hovering over its words, to the second, with its zone: "2026-03-04 13:02:07 CET (UTC+01:00)"."""
    here = moment.astimezone(zone)
    offset = here.strftime("%z")
    name = here.tzname() or ""
    named = "" if name.startswith(("+", "-")) else f"{name} "
    return f"{here:%Y-%m-%d %H:%M:%S} {named}(UTC{offset[:3]}:{offset[3:5]})"
