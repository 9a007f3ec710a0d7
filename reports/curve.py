"""REPORT: the curve of being answered, as points to draw: everybody with its band, and the answered alone beside it.

Comes in: waits. Goes out: at most a few hundred points. The curve is the incidence of reports/incidence.py, read off at
times that are even on a logarithmic scale; it is not smoothed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from reports.incidence import Numbers, cumulative_incidence
from reports.response_times import KINDS
from reports.waits import Outcome, WaitRow, duration, outcome, population

FIRST = 60.0
"""The shortest time drawn, in seconds; what was answered sooner stands there."""
POINTS = 160


@dataclass(frozen=True)
class Point:
    """Shares (0..1) of waits answered within `seconds`. None = beyond what was observed, or no band there."""

    seconds: float
    everybody: float | None
    low: float | None
    high: float | None
    answered_only: float | None
    """The share of the answered alone, as help desks draw it; None without any."""


def curve(rows: Iterable[WaitRow], until: datetime, longest: float = 7 * 86_400.0) -> list[Point]:
    """The points from a minute to `longest` seconds; empty without a wait."""
    waits = population(rows, until)
    if not waits:
        return []
    kinds = [outcome(row, until) for row in waits]
    seconds: Numbers = np.array([duration(row, until) for row in waits], dtype=np.float64)
    found = cumulative_incidence(seconds, [KINDS[kind] for kind in kinds])
    answered = np.sort(seconds[np.array([kind is Outcome.ANSWERED for kind in kinds], dtype=bool)])
    return [
        Point(at, here.value, here.low, here.high, _share(answered, at))
        for at in np.geomspace(FIRST, max(longest, FIRST * 2), POINTS).tolist()
        for here in (found.at(at),)
    ]


def _share(answered: Numbers, at: float) -> float | None:
    return float(np.searchsorted(answered, at, side="right") / answered.size) if answered.size else None
