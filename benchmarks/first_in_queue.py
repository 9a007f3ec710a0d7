"""BENCHMARKS: who stands first in the queue. In come texts that need an answer or not; out goes how many of the first
fifth do, in the order of our priority, newest first, and as VADER sorts them. Pure but for what reads the texts.
"""

from collections.abc import Sequence
from random import Random
from statistics import mean

from commands.classify import urgency
from triage.reading import classify

FIRST = 0.2
DRAWS = 50
"""Orders of arrival that are tried: who arrived when decides every tie."""


def share_of_first(needs: Sequence[bool], points: Sequence[float], order: Sequence[int]) -> float:
    """The share of the first fifth that needs an answer, most points first; ties in `order` (places, newest first)."""
    queue = sorted(order, key=lambda place: -points[place])
    first = queue[: max(1, round(FIRST * len(queue)))]
    return mean(needs[place] for place in first)


def mean_share(needs: Sequence[bool], points: Sequence[float]) -> float:
    """The same over many orders of arrival, drawn with fixed seeds."""
    places = list(range(len(needs)))
    return mean(share_of_first(needs, points, Random(seed).sample(places, len(places))) for seed in range(DRAWS))


def at_best(needs: Sequence[bool]) -> float:
    """What an order that knows the answers would reach."""
    return mean_share(needs, [float(need) for need in needs])


def points_by_us(texts: Sequence[str]) -> list[float]:
    """Our priority, 0–100, as for posts of this minute by authors of unknown reach."""
    rows = urgency(classify(texts), list(texts))
    return [float(str(row["priority"])) for row in rows]


def points_by_need(texts: Sequence[str]) -> list[float]:
    """Only how likely a text needs an answer, 0–1."""
    return [each.needs_reply for each in classify(texts)]
