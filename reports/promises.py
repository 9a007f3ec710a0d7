"""REPORT: how well each promise was kept: the service level of every band and target, with its interval.

Comes in: waits. Goes out: shares. A share of few waits says little, so each comes with Wilson's 95 % interval.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from statistics import NormalDist

from models.values import Band
from reports.cohorts import Share, service_level
from reports.incidence import LEVEL, Estimate
from reports.waits import WaitRow, population


@dataclass(frozen=True)
class Promise:
    """One band with one target, for it may have changed within the period, and how it was kept."""

    band: Band | None
    """None for waits measured while unread."""
    target_seconds: int
    share: Share
    estimate: Estimate
    rows: tuple[WaitRow, ...]


def promises(rows: Iterable[WaitRow], until: datetime) -> list[Promise]:
    """Every band and target there is a wait for, the most urgent first; waits without a target are left out."""
    found: dict[tuple[Band | None, int], list[WaitRow]] = defaultdict(list)
    for row in population(rows, until):
        if row.target_seconds is not None:
            found[row.band, row.target_seconds].append(row)
    order = list(Band)
    keys = sorted(found, key=lambda key: (order.index(key[0]) if key[0] else len(order), key[1]))
    return [_promise(band, seconds, found[band, seconds], until) for band, seconds in keys]


def wilson(share: Share) -> Estimate:
    """The share with its score interval (Wilson 1927); all None where nothing is due.

    >>> wilson(Share(0, 0, 5)).low is None
    True
    """
    if share.share is None:
        return Estimate(None)
    z, n, p = NormalDist().inv_cdf((1 + LEVEL) / 2), share.due, share.share
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Estimate(p, max(0.0, middle - half), min(1.0, middle + half))


def _promise(band: Band | None, seconds: int, rows: list[WaitRow], until: datetime) -> Promise:
    share = service_level(rows, until)
    return Promise(band, seconds, share, wilson(share), tuple(rows))
