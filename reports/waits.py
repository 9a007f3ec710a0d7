"""REPORT: one wait as the reports see it, and what it had come to by the end of observation.

Comes in: rows of reports/query.py, or made by hand in tests. Goes out: outcomes, durations and parts, in seconds.
METRICS words: p started_at, g stored_at, c the claim, r or x ended_at, u until. Never rounds and never hides a
negative difference: where two clocks disagree the figure says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.values import Band, Platform, WaitEnd

ANSWERS = frozenset({WaitEnd.ANSWERED, WaitEnd.ANSWERED_ELSEWHERE})
"""The ends that count as an answer; every other end competes with one."""


class Outcome(StrEnum):
    """What a wait had come to at u. Every wait has exactly one."""

    ANSWERED = "answered"
    WAITING = "waiting"
    ENDED_UNANSWERED = "ended_unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitRow:
    """One wait, with everything a report needs and no words of anybody. All moments are aware."""

    wait_id: int
    conversation_id: int
    brand_id: int
    brand: str
    platform: Platform
    external_id: str
    """The platform's id of its first mention."""
    band: Band | None
    """None while unread."""
    started_at: datetime
    """p: platform time of the first unanswered mention."""
    stored_at: datetime | None
    """g: when we had it; None for history."""
    claimed_at: datetime | None = None
    """When the claim that holds at r was made; None = answered without one."""
    ended_at: datetime | None = None
    """r, or x for an end without an answer; None while it runs."""
    end: WaitEnd | None = None
    target_seconds: int | None = None
    needs_answer: bool = True
    dismissed_as_no_answer: bool = False
    """A person said it needed none: a correction of the reading, not an end."""
    resolved_unanswered: bool = False
    """A person resolved it with `answered_privately` or `no_answer`: it goes on waiting."""
    not_read: bool = False
    """Not wholly read yet, nor judged by a person: it counts as needing an answer."""
    history: bool = False
    followers: int | None = None
    """Of the person, when the first mention was found, else the newest known; None = the platform tells none."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the time of one answered wait went, in seconds. The parts that exist add up to r − p."""

    lag: float
    """g − p: until we had it."""
    queue: float
    """c − g: until somebody took it; r − g where nobody did."""
    handling: float | None
    """r − c: until it was answered; None without a claim."""


def population(rows: Iterable[WaitRow], until: datetime, *, needs_answer_only: bool = True) -> list[WaitRow]:
    """The waits a report is about: begun by `until` and, by default, in need of an answer.

    A wait dismissed as needing none leaves the default population whenever that was said, for it was never in it.
    """
    return [
        row
        for row in rows
        if row.started_at <= until and (not needs_answer_only or (row.needs_answer and not row.dismissed_as_no_answer))
    ]


def outcome(row: WaitRow, until: datetime) -> Outcome:
    """What was known at `until`: an end after it has not happened yet."""
    if row.ended_at is None or row.ended_at > until:
        return Outcome.WAITING
    return Outcome.ANSWERED if row.end in ANSWERS else Outcome.ENDED_UNANSWERED


def duration(row: WaitRow, until: datetime) -> float:
    """Seconds from p to its end, or to `until` while it waits. Negative if the end is dated before p."""
    end = until if outcome(row, until) is Outcome.WAITING else row.ended_at
    return ((end or until) - row.started_at).total_seconds()


def parts(row: WaitRow, until: datetime) -> Parts | None:
    """Lag, queue and handling of an answered wait.

    None for one that is not answered, and for history: it passed before we watched, so nobody knows where it went.
    """
    if outcome(row, until) is not Outcome.ANSWERED or row.stored_at is None or row.ended_at is None:
        return None
    lag = (row.stored_at - row.started_at).total_seconds()
    if row.claimed_at is None:
        return Parts(lag, (row.ended_at - row.stored_at).total_seconds(), None)
    claim = max(row.claimed_at, row.stored_at)
    return Parts(lag, (claim - row.stored_at).total_seconds(), (row.ended_at - claim).total_seconds())


def in_time(row: WaitRow, seconds: float, until: datetime) -> bool | None:
    """Whether it was answered within `seconds` of p. None = not yet due: it has not had that long, answered or not."""
    if (until - row.started_at).total_seconds() < seconds:
        return None
    return outcome(row, until) is Outcome.ANSWERED and duration(row, until) <= seconds


def overdue(row: WaitRow, until: datetime) -> bool | None:
    """Whether it ran past its target, whatever came later. None = it has no target, or has not had that long.

    What ended otherwise before its target is neither overdue nor in time.
    """
    if row.target_seconds is None or (until - row.started_at).total_seconds() < row.target_seconds:
        return None
    return duration(row, until) > row.target_seconds
