"""LISTEN: what Reddit told us about our rate, shared by every client of the same keys in this process.

Comes in: the headers of each answer. Goes out: go on, or `RateLimited` with the time to come back. It never sleeps.
"""

import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from listeners.errors import RateLimited

SPARE = 3.0
"""Requests left to others of the same keys (answers above all) before a window is over."""
LONGEST = timedelta(hours=24)

_quotas: dict[str, "Quota"] = {}
_lock = threading.Lock()


class Quota:
    """One allowance of requests at Reddit. Safe to share between threads."""

    def __init__(self) -> None:
        self._not_before: datetime | None = None

    def check(self) -> None:
        """Raise `RateLimited` while Reddit wants us to wait."""
        until = self.waiting_until()
        if until:
            raise RateLimited(f"Reddit's rate limit is used up until {until:%H:%M:%S} UTC", retry_at=until)

    def waiting_until(self) -> datetime | None:
        """When the next request may be made (aware UTC); None = now."""
        until = self._not_before
        return until if until and until > datetime.now(UTC) else None

    def hear(self, headers: Mapping[str, str]) -> None:
        """Take in x-ratelimit-remaining and -reset (seconds). Missing or odd headers say nothing."""
        remaining, reset = number(headers.get("x-ratelimit-remaining")), number(headers.get("x-ratelimit-reset"))
        if remaining is not None and reset is not None and remaining < SPARE:
            self.hold(timedelta(seconds=max(reset, 1.0)))

    def hold(self, wait: timedelta) -> datetime:
        """Ask for nothing for that long, a day at most; returns until when."""
        until = datetime.now(UTC) + min(wait, LONGEST)
        self._not_before = max(until, self._not_before or until)
        return self._not_before


def quota_of(whose: str) -> Quota:
    """The allowance of this address and these keys; always the same object in one process."""
    with _lock:
        return _quotas.setdefault(whose, Quota())


def wait_told(headers: Mapping[str, str], otherwise: timedelta) -> timedelta:
    """How long a 429 or 503 asks us to wait: Retry-After (seconds, date), else x-ratelimit-reset, else `otherwise`."""
    for name in ("retry-after", "x-ratelimit-reset"):
        seconds = number(headers.get(name))
        if seconds is not None:
            return timedelta(seconds=max(1.0, min(seconds, LONGEST.total_seconds())))
    try:
        wait = parsedate_to_datetime(headers.get("retry-after", "")) - datetime.now(UTC)
    except (TypeError, ValueError):
        return otherwise
    return max(wait, timedelta(seconds=1))


def number(text: str | None) -> float | None:
    """A finite number of a header; None when there is none."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None
