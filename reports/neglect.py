"""REPORT: whether small accounts are left waiting, in plain words. Comes in: the two sides. Goes out: words of ours.

It says that one side waits longer only where the 95 % intervals of the medians do not meet, and so many times as long
only where even their nearest ends lie that far apart. Who is hardly ever answered has no median: there the low end is
what twenty of them have waited in vain. Of fewer than twenty waits on a side it says only how many.
"""

from reports.findings import ENOUGH
from reports.reach import Side, SmallAndLarge
from reports.table import spoken

TIMES = (
    (10.0, "ten times"), (5.0, "five times"), (3.0, "three times"), (2.0, "twice"), (1.5, "one and a half times"),
)  # fmt: skip
"""The multiples that are named, the largest first."""


def neglect_title(found: SmallAndLarge) -> str:
    """The title of the chart: a finding where there is one."""
    if small_wait_longer(found):
        return "Small accounts wait longer"
    return "Larger accounts wait longer" if large_wait_longer(found) else "Response times by reach"


def neglect_finding(found: SmallAndLarge) -> str:
    """One sentence with both medians; where there are too few waits, how many there are."""
    if not is_comparable(found):
        few = f"{found.small.times.waits:,} and {found.large.times.waits:,} waits; each side needs {ENOUGH}"
        return f"Too few to compare small accounts (under 1,000 followers) with larger ones: {few}."
    small, large = _figure(found.small), _figure(found.large)
    if large_wait_longer(found):
        finding = "Larger accounts wait longer than small ones (under 1,000 followers)"
        return f"{finding}: half of them wait {large}, half of the others {small}."
    return f"{_finding(found)}: half of them wait {small}, half of the others {large}."


def neglect_basis(found: SmallAndLarge) -> str:
    """What the sentence stands on: intervals, numbers of waits, shares past the target. May be empty."""
    told = []
    if is_comparable(found):
        told.append(f"95 % intervals: {_interval(found.small)} and {_interval(found.large)}.")
    small, large = found.small.overdue.share, found.large.overdue.share
    if is_comparable(found) and small is not None and large is not None:
        told.append(f"Past their target: {small * 100:.0f} % and {large * 100:.0f} %.")
    if found.unknown:
        told.append(f"Waits of unknown reach, on neither side: {found.unknown:,}.")
    return " ".join(told)


def is_comparable(found: SmallAndLarge) -> bool:
    """Whether both sides have enough waits to say anything."""
    return min(found.small.times.waits, found.large.times.waits) >= ENOUGH


def small_wait_longer(found: SmallAndLarge) -> bool:
    """Beyond doubt, as every finding here."""
    return is_comparable(found) and _is_longer(found.small, found.large)


def large_wait_longer(found: SmallAndLarge) -> bool:
    """The other way round."""
    return is_comparable(found) and _is_longer(found.large, found.small)


def _is_longer(one: Side, other: Side) -> bool:
    high = other.times.median.high
    return one.least is not None and high is not None and one.least > high


def _finding(found: SmallAndLarge) -> str:
    if not small_wait_longer(found):
        return "Small accounts (under 1,000 followers) wait no longer than larger ones, as far as this can tell"
    apart = least_ratio(found.small.least, found.large.times.median.high)
    times = next((f"more than {words} as long as" for many, words in TIMES if apart > many), "longer than")
    return f"Small accounts (under 1,000 followers) wait {times} larger ones"


def least_ratio(low: float | None, high: float | None) -> float:
    """How many times as long, by the nearest ends of both intervals; 0 where clocks that disagree allow no ratio."""
    return low / high if low is not None and high is not None and high > 0 else 0.0


def _figure(side: Side) -> str:
    """The median, or what is known of it."""
    known = side.least if side.times.median.value is None else side.times.median.value
    return "a time not known yet" if known is None else f"{spoken(known)} or longer"


def _interval(side: Side) -> str:
    low, high, waits = side.least, side.times.median.high, f"({side.times.waits:,} waits)"
    if low is None:
        return f"unknown {waits}"
    return f"{spoken(low)} {'or longer' if high is None else f'to {spoken(high)}'} {waits}"
