"""REPORT: the response times as people read them.

Comes in: a computed report. Goes out: a table for the terminal. It only words what was computed, and it states no
finding ("faster than last month") of its own.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reports.cohorts import Share
from reports.incidence import LEVEL, Estimate
from reports.response_times import MeanParts, ResponseTimes

if TYPE_CHECKING:
    from rich.table import Table

UNITS = (("d", 86_400), ("h", 3_600), ("min", 60))


def as_table(report: ResponseTimes) -> "Table":
    """The report for people: figure, value, and what it stands on."""
    from rich.table import Table  # rich costs start time, and only people need it

    which = "all waits" if report.everything else "waits that need an answer"
    table = Table(title=f"Response times: {which}, {_period(report)}", caption=_caption(report))
    table.add_column("figure")
    table.add_column("value", justify="right")
    table.add_column("stands on")
    for line in _lines(report):
        table.add_row(*line)
    return table


def spoken(seconds: float | None) -> str:
    """A duration as people say it: "42 s", "12 min", "3 h 5 min", "2 d 4 h"; None is "not reached"."""
    if seconds is None:
        return "not reached"
    sign, rest = ("−" if seconds < 0 else ""), round(abs(seconds))
    if rest < 60:
        return f"{sign if rest else ''}{rest} s"
    words: list[str] = []
    for name, size in UNITS:
        count, rest = divmod(rest, size)
        if count and len(words) < 2:
            words.append(f"{count} {name}")
        elif words:
            break  # 3 d 5 min is 3 d to anybody who reads days
    return sign + " ".join(words)


def _lines(report: ResponseTimes) -> Iterator[tuple[str, str, str]]:
    yield "waits", str(report.waits), "answered + still waiting + ended unanswered"
    yield "answered", str(report.answered), f"{report.negative} dated before the mention" if report.negative else ""
    longest = f"the oldest for {spoken(report.longest_waiting)}" if report.waiting else ""
    yield "still waiting", str(report.waiting), longest
    yield "  of them resolved unanswered", str(report.resolved_unanswered), ""
    yield "ended unanswered", str(report.ended_unanswered), "deleted, locked or dismissed"
    yield "dismissed as needing no answer", str(report.dismissed), "" if report.everything else "not in the waits"
    yield "not read yet", str(report.not_read), "counted as needing an answer"
    yield "median response time", spoken(report.median.value), _between(report.median)
    yield "answered for 9 of 10 within", spoken(report.p90.value), _between(report.p90)
    answered = spoken(report.answered_median) if report.answered else "none answered"
    yield "median of the answered alone", answered, "leaves out everybody who still waits"
    yield "answered within target", _percent(report.service_level), _counts(report.service_level)
    for rate in report.response_rates:
        yield f"answered within {spoken(rate.within)}", _percent(rate.share), _counts(rate.share)
    if report.parts:
        yield from _part_lines(report.parts)


def _part_lines(parts: MeanParts) -> Iterator[tuple[str, str, str]]:
    yield "middle half of the answered, mean", spoken(parts.total), f"{parts.waits} waits"
    yield "  lag until we had it", spoken(parts.lag), ""
    yield "  queue until it was taken", spoken(parts.queue), ""
    yield "  handling until answered", spoken(parts.handling), f"{parts.claimed} of {parts.waits} were claimed"


def _between(estimate: Estimate) -> str:
    if estimate.low is None and estimate.high is None:
        return ""
    low = "unknown" if estimate.low is None else spoken(estimate.low)
    return f"{LEVEL:.0%} interval {low} to {spoken(estimate.high)}"


def _percent(share: Share) -> str:
    return "nothing due" if share.share is None else f"{share.share:.0%}"


def _counts(share: Share) -> str:
    later = f", {share.not_yet_due} not yet due" if share.not_yet_due else ""
    return f"{share.met} of {share.due}{later}"


def _period(report: ResponseTimes) -> str:
    if not report.from_ and not report.to:
        return "all time"
    first = f"from {report.from_}" if report.from_ else ""
    last = f"to {report.to}" if report.to else ""
    return f"{first} {last}".strip()


def _caption(report: ResponseTimes) -> str:
    local = report.until.astimezone(report.zone)
    return f"as of {local:%Y-%m-%d %H:%M}, days and times of {report.zone.key}"
