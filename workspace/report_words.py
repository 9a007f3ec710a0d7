"""WORKSPACE: the sentence and the four figures on top of the reports. Comes in: a computed report. Goes out: words.

Only words of ours and numbers leave here, so they may be drawn as HTML. It states no finding: it says what is counted.
"""

from dataclasses import dataclass

from reports.incidence import Estimate
from reports.promises import wilson
from reports.response_times import ResponseTimes
from reports.table import spoken


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the four: what it is, the number, and what it stands on."""

    name: str
    value: str
    beside: str


def lead(times: ResponseTimes) -> list[tuple[str, bool]]:
    """The sentence in pieces; True = a number to stress."""
    if not times.waits:
        return [("Nobody waited for an answer in these days.", False)]
    return [*_median(times), *_unanswered(times), *_usual(times)]


def figures(times: ResponseTimes) -> list[Figure]:
    """Median, nine in ten, service level, still unanswered: each with its interval, the last with its oldest."""
    level, due = wilson(times.service_level), times.service_level
    later = f" · {due.not_yet_due:,} not yet due" if due.not_yet_due else ""
    inside = f"{due.met:,} of {due.due:,}{later}"
    return [
        Figure("Median wait", spoken(times.median.value) if times.waits else "–", _stands_on(times, times.median)),
        Figure("Nine in ten within", spoken(times.p90.value) if times.waits else "–", _stands_on(times, times.p90)),
        Figure("Within target", percent(level.value), f"{percents(level)} · {inside}" if due.due else later[3:]),
        Figure(
            "Still unanswered",
            f"{times.waiting:,}",
            f"oldest {spoken(times.longest_waiting)}" if times.waiting else "counted, not estimated",
        ),
    ]


def _stands_on(times: ResponseTimes, estimate: Estimate) -> str:
    found = between(estimate)
    return found or ("too few answered to say" if times.waits and estimate.value is None else "")


def between(estimate: Estimate) -> str:
    """The interval of a time: "20 min to 24 min", "20 min or longer"; empty where the data set no bound."""
    if estimate.low is None and estimate.high is None:
        return ""
    if estimate.high is None:
        return f"{spoken(estimate.low)} or longer"
    if estimate.low is None:
        return f"{spoken(estimate.high)} or shorter"
    return f"{spoken(estimate.low)} to {spoken(estimate.high)}"


def percent(share: float | None) -> str:
    """A share of 0..1 as people read it."""
    return "–" if share is None else f"{share * 100:.0f} %"


def percents(estimate: Estimate) -> str:
    """The interval of a share: "64 to 72 %"."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{estimate.low * 100:.0f} to {estimate.high * 100:.0f} %"


def count(number: int, one: str, many: str) -> str:
    """ "1 wait", "1,840 waits"."""
    return f"{number:,} {one if number == 1 else many}"


def _median(times: ResponseTimes) -> list[tuple[str, bool]]:
    if times.waits == 1:
        return [("One wait needed an answer. ", False)]
    if times.median.value is None:
        return [
            ("There is no median yet: too few of the ", False),
            (f"{times.waits:,}", True),
            (" waits that needed an answer have had one. ", False),
        ]
    return [
        (f"Half of the {times.waits:,} waits that needed an answer had one within ", False),
        (spoken(times.median.value), True),
        (". ", False),
    ]


def _unanswered(times: ResponseTimes) -> list[tuple[str, bool]]:
    ended = ""
    if times.ended_unanswered:
        ended = count(times.ended_unanswered, "ended", "ended") + " without an answer. "
    if not times.waiting:
        return [("Nobody is still waiting. " + ended, False)]
    still = count(times.waiting, "is still unanswered, and it is", "are still unanswered, and they are")
    return [(f"{still} counted. {ended}", False)]


def _usual(times: ResponseTimes) -> list[tuple[str, bool]]:
    if times.answered_median is None:
        return [("None was answered yet, and the usual figure would show nothing at all.", False)]
    if times.answered_median == times.median.value:
        return [("The usual figure, of the answered alone, shows the same here.", False)]
    return [
        ("Counting the answered alone, as most tools do, would show ", False),
        (spoken(times.answered_median), True),
        (".", False),
    ]
