"""RESPOND: what one shot came to. Comes in: what passed over the wire. Goes out: one of a few outcomes. Pure.

The one question behind it all: may the platform have received the request and acted on it? Where that cannot be
excluded the outcome is *ambiguous*, and nothing is sent again before somebody has looked.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from listeners.post import Post
from models.response import AttemptOutcome

REFUSED_STATUSES = frozenset({400, 404, 410, 422})
"""A platform's final no; 403 too, unless it says that it has this text already."""
LATER_STATUSES = frozenset({401, 402, 429})
"""Keys, money, pace: it was received and not acted on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wired:
    """What passed over the wire in one shot."""

    written: bool
    """The first byte of the request went out, or may have."""
    late: bool = False
    """Too much time had passed since the intent: the request was broken off before it was whole."""
    status: int = 0
    """0 = no answer came."""
    whole: bool = True
    """The answer's body came to its end."""
    headers: dict[str, str] = field(default_factory=dict)
    """Names in lower case."""
    body: Any = None
    """Parsed JSON; None = none, or none that can be read."""
    words: str = ""
    """The platform's own reason, one line."""
    error: str = ""
    """What broke, by the name of its type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of one attempt."""

    outcome: AttemptOutcome
    said: str = ""
    """For people: what happened, and what to do."""
    post: Post | None = None
    """Our reply as the platform has it, where it was sent."""
    retry_at: datetime | None = None
    """Not before this time (aware UTC); None = we choose."""


def plain_outcome(wired: Wired) -> AttemptOutcome | None:
    """The outcome as far as it follows from the wire alone; None = a 2xx or 403 whose body decides."""
    if wired.late:
        return AttemptOutcome.NOT_FIRED
    if not wired.status:
        return AttemptOutcome.AMBIGUOUS if wired.written else AttemptOutcome.NOT_FIRED
    if wired.status in REFUSED_STATUSES:
        return AttemptOutcome.REFUSED
    if wired.status in LATER_STATUSES:
        return AttemptOutcome.LATER
    readable = wired.whole and (200 <= wired.status < 300 or wired.status == 403)
    return None if readable else AttemptOutcome.AMBIGUOUS


def unclear(wired: Wired, place: str) -> Report:
    """An ambiguous outcome, in words."""
    if not wired.status:
        what = f"the connection broke ({wired.error or 'no answer'})"
    else:
        what = f"{place} answered with {wired.status}" + ("" if wired.whole else ", cut short")
    return Report(outcome=AttemptOutcome.AMBIGUOUS, said=f"It may be public or not: {what}. We look for it.")


def unsent(wired: Wired, place: str) -> Report:
    """An attempt that never left, in words."""
    why = "This machine was too slow" if wired.late else f"{place} cannot be reached ({wired.error})"
    return Report(outcome=AttemptOutcome.NOT_FIRED, said=f"{why}; nothing was sent, and it is tried again.")
