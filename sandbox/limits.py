"""Sandbox: how many requests a platform lets through. In: a name, a limit and the time, out: what is left.

Counts live in memory, windows follow the platforms' clock; `windows` and the start give them a longer life.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Allowance:
    """The state of one window after a request: `over` means this one must be refused."""

    limit: int
    used: int
    resets_at: datetime

    @property
    def remaining(self) -> int:
        """How many more requests the window has, never below 0."""
        return max(0, self.limit - self.used)

    @property
    def over(self) -> bool:
        """Whether this request was one too many."""
        return self.used > self.limit


class Limiter:
    """Counts requests per name in windows that start with the first request, or at fixed marks."""

    def __init__(self, windows: Mapping[str, tuple[datetime, int]] | None = None) -> None:
        self._windows: dict[str, tuple[datetime, int]] = dict(windows or {})

    def spend(self, name: str, limit: int, window: timedelta, now: datetime, *, marks: bool = False) -> Allowance:
        """Count one request. `marks`: windows begin at whole multiples of their length since 1970."""
        ends, used = self._windows.get(name, (now, 0))
        if ends <= now or ends > now + window:
            ends, used = _end(now, window, marks), 0
        self._windows[name] = ends, used + 1
        return Allowance(limit, used + 1, ends)

    def windows(self, prefix: str) -> dict[str, tuple[datetime, int]]:
        """Return when each window of a name with this beginning ends, and how much of it is used."""
        return {name: window for name, window in self._windows.items() if name.startswith(prefix)}

    def clear(self) -> None:
        """Forget every count."""
        self._windows.clear()


def _end(now: datetime, window: timedelta, marks: bool) -> datetime:
    gone = timedelta(seconds=now.timestamp() % window.total_seconds()) if marks else timedelta(0)
    return now + window - gone
