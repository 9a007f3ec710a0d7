"""REPORT: the titles of the charts: a finding only where the intervals support it, else what the chart shows.

Comes in: computed reports. Goes out: one line of words, ours alone. Two figures count as different only where their
95 % intervals do not meet, which is stricter than a test at 5 %; an interval that is open on one side is open. Of fewer
than twenty waits nothing is found: the bands rest on large samples, and of a single answer they are a point.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from models.values import Platform
from reports.groups import Group
from reports.incidence import Estimate
from reports.response_times import ResponseTimes

PLATFORMS = {Platform.X: "X", Platform.REDDIT: "Reddit", Platform.BLOG: "blogs"}
"""The platforms as people say them."""
ENOUGH = 20
"""Waits, below which no finding is stated."""
_WITHIN = {15 * 60: "a quarter of an hour", 60 * 60: "an hour", 4 * 60 * 60: "four hours", 24 * 60 * 60: "a day"}
_SHARES = ((0.9, "Nine in ten are"), (0.75, "Three in four are"), (2 / 3, "Two in three are"), (0.5, "Half are"))


def curve_title(times: ResponseTimes) -> str:
    """The strongest share, at the shortest time, that even the lower end of the interval reaches."""
    if times.waits < ENOUGH:
        return "How soon the public is answered"
    low = {rate.within: rate.probability.low or 0.0 for rate in times.response_rates}
    for share, words in _SHARES:
        reached = [within for within in _WITHIN if low.get(within, 0.0) >= share]
        if reached and reached[0] <= 60 * 60:
            return f"{words} answered within {_WITHIN[reached[0]]}"
    half = [within for within in _WITHIN if low.get(within, 0.0) >= 0.5]
    if half:
        return f"Half are answered within {_WITHIN[half[0]]}"
    day = next((r.probability for r in times.response_rates if r.within == 24 * 60 * 60), Estimate(None))
    if day.high is not None and day.high < 0.5:
        return "More than half have no answer after a day"
    return "How soon the public is answered"


def platform_title(groups: Sequence[Group[Platform]]) -> str:
    """Names the slowest platform where it is slower than every other one."""
    for group in groups:
        others = [g for g in groups if g is not group]
        if others and all(slower(group.times, other.times) for other in others):
            return f"The wait is longest on {PLATFORMS[group.key]}"
    return "Response times by platform"


def week_title(groups: Sequence[Group[date]]) -> str:
    """Compares the last two weeks, where they follow on each other."""
    if len(groups) >= 2 and groups[-1].key - groups[-2].key == timedelta(days=7):
        before, last = groups[-2].times, groups[-1].times
        name = f"the week of {groups[-1].key.day} {groups[-1].key:%B}"
        if slower(last, before):
            return f"Slower in {name} than the week before"
        if slower(before, last):
            return f"Faster in {name} than the week before"
    return "Response times by week"


def slower(one: ResponseTimes, other: ResponseTimes) -> bool:
    """Whether the first has the longer median wait beyond doubt."""
    return min(one.waits, other.waits) >= ENOUGH and longer(one.median, other.median)


def longer(one: Estimate, other: Estimate) -> bool:
    """Whether the first is longer beyond doubt: its whole interval lies above the other's whole interval."""
    return one.low is not None and other.high is not None and one.low > other.high
