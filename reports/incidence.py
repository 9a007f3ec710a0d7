"""REPORT: how probable an answer is within a time, when some still wait and some ended in another way.

Comes in: durations in seconds and how each ended. Goes out: the Aalen–Johansen estimate with pointwise 95 % bands.
Pure numbers: it knows no wait, no clock and no database, and never drops a case because it was not answered.

At each distinct duration t with Y still at risk, d ended in any way and a of them answered:
    surviving S(t) = Π (1 − d/Y)             the Kaplan–Meier estimate of "nothing has happened yet"
    answered  F(t) = Σ S(before t) · a/Y     Aalen and Johansen 1978
A case censored at t is still at risk at t. Where nothing ends otherwise F is 1 − Kaplan–Meier.

Variance: Greenwood's type (the multinomial delta method: Marubini and Valsecchi 1995 ch. 10; Choudhury 2002; Andersen,
Borgan, Gill and Keiding 1993 §IV.4). It is Greenwood's own with one kind of end and the binomial one without censoring.
Bands: log(−log F), that is F^exp(±z·se/(F·ln F)); they stay inside 0..1 (Pintilie 2006).
"""

from dataclasses import dataclass
from enum import IntEnum
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

LEVEL = 0.95
"""Confidence level of every interval in this room."""
_NOTHING = 1e-9  # sums of probabilities closer than this to a bound are that bound


class Kind(IntEnum):
    """How one duration ended."""

    CENSORED = 0  # still waiting when observation ended
    ANSWERED = 1
    OTHER = 2  # a competing end: it can no longer be answered


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval. None = not reached, or beyond what was observed."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, eq=False)
class Incidence:
    """Step functions over `times`; each value holds from its time up to the next one."""

    times: Numbers
    """Distinct durations at which something ended, ascending, in seconds; negative ones included."""
    at_risk: Numbers
    """How many had neither ended nor been censored just before each time."""
    answered: Numbers
    """Probability of having been answered by then."""
    ended: Numbers
    """Probability of having ended otherwise by then."""
    surviving: Numbers
    """Probability that nothing has happened yet; the three add up to 1."""
    error: Numbers
    """Standard error of `answered`."""
    low: Numbers
    high: Numbers
    """Bands of `answered`. Before the first answer `high` is NaN: these data set no upper bound."""
    longest: float
    """The longest duration seen, censored or not; −inf without any."""

    def at(self, seconds: float) -> Estimate:
        """P(answered ≤ seconds). None past the longest duration seen while some were still waiting there."""
        if not np.isfinite(self.longest):
            return Estimate(None)
        step = int(np.searchsorted(self.times, seconds, side="right")) - 1
        if seconds > self.longest and (step < 0 or self.surviving[step] > _NOTHING):
            return Estimate(None)
        if step < 0:
            return Estimate(0.0)
        high = self.high[step]
        return Estimate(float(self.answered[step]), float(self.low[step]), None if np.isnan(high) else float(high))

    def quantile(self, share: float) -> Estimate:
        """The smallest duration by which at least `share` (0..1) of all were answered; None = not reached.

        Its interval is where the bands cross `share` (Brookmeyer and Crowley 1982); None where a band never does.
        """
        return Estimate(self._first(self.answered, share), self._first(self.high, share), self._first(self.low, share))

    def _first(self, curve: Numbers, share: float) -> float | None:
        reached = np.flatnonzero(curve >= share - _NOTHING)
        return float(self.times[reached[0]]) if reached.size else None


def cumulative_incidence(durations: ArrayLike, kinds: ArrayLike) -> Incidence:
    """Estimate the incidence of being answered from durations in seconds and the `Kind` of each, in any order.

    Only the order of durations enters, so a negative one (two clocks disagree) counts as it is: answered before
    every longer one. Raises ValueError for durations that are no numbers or do not match the kinds.

    >>> cumulative_incidence([60, 120, 180, 240], [1, 2, 1, 0]).quantile(0.5).value
    180.0
    """
    seconds, how = np.asarray(durations, dtype=np.float64), np.asarray(kinds, dtype=np.int64)
    if seconds.shape != how.shape or seconds.ndim != 1 or not np.isfinite(seconds).all():
        raise ValueError("durations must be finite numbers, one for each kind")
    times, at_risk, answered, other = _counts(seconds, how)
    gone = answered + other
    surviving: Numbers = np.cumprod(1 - gone / at_risk).astype(np.float64)
    before = np.ones_like(surviving)
    before[1:] = surviving[:-1]
    incidence: Numbers = np.minimum(np.cumsum(before * answered / at_risk), 1.0)
    error = _greenwood(incidence, before, at_risk, answered, gone)
    low, high = _bands(incidence, error)
    ended: Numbers = np.cumsum(before * other / at_risk)
    longest = float(seconds.max()) if seconds.size else -np.inf
    return Incidence(times, at_risk, incidence, ended, surviving, error, low, high, longest)


def _counts(seconds: Numbers, how: NDArray[np.int64]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Distinct times with an end; at risk, answered and otherwise ended at each."""
    times, place = np.unique(seconds, return_inverse=True)
    seen, answered, other = (
        np.bincount(place[chosen], minlength=times.size).astype(np.float64)
        for chosen in (np.ones(how.shape, dtype=bool), how == Kind.ANSWERED, how == Kind.OTHER)
    )
    at_risk = np.cumsum(seen[::-1])[::-1]
    happened = answered + other > 0
    return times[happened], at_risk[happened], answered[happened], other[happened]


def _greenwood(incidence: Numbers, before: Numbers, at_risk: Numbers, answered: Numbers, gone: Numbers) -> Numbers:
    """Standard error of the incidence F at each time t, by sums over the times l ≤ t.

    Σ (F(t)−F(l))²·d/(Y(Y−d)) + Σ S²·a(Y−a)/Y³ − 2 Σ (F(t)−F(l))·S·a/Y², with S just before l. The squares are
    multiplied out so that running sums serve every t at once. Where all the rest end at once (Y = d) nothing
    follows, and the first sum has no part of it.
    """
    left = at_risk - gone
    hazard = np.divide(gone, at_risk * left, out=np.zeros_like(left), where=left > 0)
    first = (
        incidence**2 * np.cumsum(hazard)
        - 2 * incidence * np.cumsum(incidence * hazard)
        + np.cumsum(incidence**2 * hazard)
    )
    second = np.cumsum(before**2 * answered * (at_risk - answered) / at_risk**3)
    cross = before * answered / at_risk**2
    third = incidence * np.cumsum(cross) - np.cumsum(incidence * cross)
    error: Numbers = np.sqrt(np.maximum(first + second - 2 * third, 0.0))
    return error


def _bands(incidence: Numbers, error: Numbers) -> tuple[Numbers, Numbers]:
    """Pointwise log(−log) bands. At 0 there is no upper bound; at 1 the lower one is that of the step before."""
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    low, high = np.zeros_like(incidence), np.full_like(incidence, np.nan)
    inside = (incidence > _NOTHING) & (incidence < 1 - _NOTHING)
    value = incidence[inside]
    width = np.minimum(z * error[inside] / (value * -np.log(value)), 700.0)  # e^700 is still a float
    low[inside], high[inside] = value ** np.exp(width), value ** np.exp(-width)
    certain = incidence >= 1 - _NOTHING
    high[certain] = 1.0
    low[certain] = low[inside][-1] if inside.any() else 0.0
    return low, high
