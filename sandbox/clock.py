"""Sandbox: the platforms' own clock. In: the machine's clock, out: the platforms' time; it never sleeps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class ClockState:
    """How a clock goes: `offset` from the machine's clock, or `stopped_at` (aware; None = it runs)."""

    offset: timedelta
    stopped_at: datetime | None


class Clock:
    """Time as the pretend platforms see it: the machine's plus an offset, or stopped at one moment."""

    def __init__(self, offset: timedelta = timedelta(0), stopped_at: datetime | None = None) -> None:
        self._offset = offset
        self._stopped_at = stopped_at
        self.on_change: Callable[[ClockState], None] = lambda state: None

    @property
    def state(self) -> ClockState:
        """How it goes, to be put back by `restore`."""
        return ClockState(self._offset, self._stopped_at)

    def restore(self, state: ClockState) -> None:
        """Go as another clock went; `on_change` is not told."""
        self._offset, self._stopped_at = state.offset, state.stopped_at

    def now(self) -> datetime:
        """Return the platforms' time, aware, UTC."""
        return self._stopped_at or datetime.now(UTC) + self._offset

    @property
    def stopped(self) -> bool:
        """Whether time stands still until `advance`, `set` or `run`."""
        return self._stopped_at is not None

    def set(self, at: datetime) -> None:
        """Jump to `at` (aware); a stopped clock stays stopped, a running one runs on from there."""
        at = at.astimezone(UTC)
        if self.stopped:
            self._stopped_at = at
        else:
            self._offset = at - datetime.now(UTC)
        self.on_change(self.state)

    def advance(self, by: timedelta) -> None:
        """Move on (or back, if negative) by a duration."""
        self.set(self.now() + by)

    def stop(self) -> None:
        """Let time stand still from now on. Calling twice is safe."""
        self._stopped_at = self.now()
        self.on_change(self.state)

    def run(self) -> None:
        """Let time run again from where it stands. Calling twice is safe."""
        at, self._stopped_at = self.now(), None
        self.set(at)
