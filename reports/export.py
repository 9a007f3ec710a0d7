"""REPORT: the response times for programs: JSON, and CSV wait by wait.

Comes in: a computed report, or the waits it was computed from. Goes out: values and lines. It computes no figure of its
own: the CSV lists exactly the waits that the report counted.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

from reports.cohorts import DayCohort, ResponseRate, Share
from reports.incidence import LEVEL, Estimate
from reports.reach import ReachGroup
from reports.response_times import MeanParts, ResponseTimes
from reports.waits import WaitRow, duration, in_time, outcome, parts, population

COLUMNS = (
    "wait_id", "conversation_id", "brand", "platform", "external_id", "band", "outcome", "end", "started_at",
    "stored_at", "claimed_at", "ended_at", "seconds", "lag_seconds", "queue_seconds", "handling_seconds",
    "target_seconds", "within_target", "needs_answer", "dismissed_as_no_answer", "resolved_unanswered", "not_read",
    "history", "followers",
)  # fmt: skip
"""The CSV's columns. `seconds` runs to the answer, to the other end, or to `until` for a wait that runs."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


# ---------------------------------------------------------------- JSON


def as_json(report: ResponseTimes, reach: Iterable[ReachGroup] = ()) -> dict[str, Any]:
    """The report as plain values for `json.dumps`. Seconds are numbers, null = not reached, times are UTC with Z."""
    return {
        "waits": report.waits,
        "answered": report.answered,
        "waiting": report.waiting,
        "ended_unanswered": report.ended_unanswered,
        "resolved_unanswered": report.resolved_unanswered,
        "dismissed": report.dismissed,
        "not_read": report.not_read,
        "median_seconds": report.median.value,
        "median_interval": _interval(report.median),
        "p90_seconds": report.p90.value,
        "p90_interval": _interval(report.p90),
        "answered_median_seconds": report.answered_median,
        "longest_waiting_seconds": report.longest_waiting,
        "negative": report.negative,
        "service_level": _share(report.service_level) | {"without_target": report.without_target},
        "response_rates": [_rate(r) for r in report.response_rates],
        "mean_parts_of_the_middle_half": _parts(report.parts) if report.parts else None,
        "days": [_day(d) for d in report.days],
        "by_reach": [_reach(group) for group in reach],
        "confidence_level": LEVEL,
        "population": "all" if report.everything else "needs_answer",
        "from": report.from_.isoformat() if report.from_ else None,
        "to": report.to.isoformat() if report.to else None,
        "timezone": report.zone.key,
        "until": _utc(report.until),
    }


def _interval(estimate: Estimate) -> list[float | None]:
    return [estimate.low, estimate.high]


def _share(share: Share) -> dict[str, Any]:
    return {"share": share.share, "met": share.met, "due": share.due, "not_yet_due": share.not_yet_due}


def _rate(rate: ResponseRate) -> dict[str, Any]:
    beside = {"probability": rate.probability.value, "probability_interval": _interval(rate.probability)}
    return {"within_seconds": rate.within} | _share(rate.share) | beside


def _parts(parts: MeanParts) -> dict[str, Any]:
    return {
        "waits": parts.waits,
        "claimed": parts.claimed,
        "lag_seconds": parts.lag,
        "queue_seconds": parts.queue,
        "handling_seconds": parts.handling,
        "total_seconds": parts.total,
    }


def _day(cohort: DayCohort) -> dict[str, Any]:
    rates = [{"within_seconds": t} | _share(share) | {"mature": cohort.mature[t]} for t, share in cohort.shares.items()]
    return {"day": cohort.day.isoformat(), "waits": cohort.waits, "response_rates": rates}


def _reach(group: ReachGroup) -> dict[str, Any]:
    return {
        "followers": group.key.value,
        "waits": group.times.waits,
        "answered": group.times.answered,
        "waiting": group.times.waiting,
        "median_seconds": group.times.median.value,
        "median_interval": _interval(group.times.median),
        "p90_seconds": group.times.p90.value,
        "p90_interval": _interval(group.times.p90),
        "overdue": _share(group.overdue),
    }


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


# ---------------------------------------------------------------- CSV


def as_csv(rows: Iterable[WaitRow], until: datetime, *, needs_answer_only: bool = True) -> Iterator[str]:
    """Lines with their line ends: a header, then one for each wait the report counts, oldest first.

    Text that a spreadsheet would run as a formula gets a leading apostrophe; numbers of ours stay numbers.
    """
    yield _line(COLUMNS)
    waits = population(rows, until, needs_answer_only=needs_answer_only)
    for row in sorted(waits, key=lambda r: (r.started_at, r.wait_id)):
        cells = _cells(row, until)
        yield _line([cells[name] for name in COLUMNS])


def table_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table of a screen as CSV: a header, then its rows in their order, neutralised as waits are. None is empty."""
    return "".join(_line(line) for line in (columns, *rows))


def neutral(cell: str) -> str:
    """Text that no spreadsheet takes for a formula (OWASP, "CSV injection")."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(row: WaitRow, until: datetime) -> dict[str, object]:
    """The cells of one wait by column; None is an empty cell."""
    part = parts(row, until)
    known_end = row.ended_at if row.ended_at and row.ended_at <= until else None
    return {
        "wait_id": row.wait_id,
        "conversation_id": row.conversation_id,
        "brand": row.brand,
        "platform": row.platform.value,
        "external_id": row.external_id,
        "band": row.band.value if row.band else None,
        "outcome": outcome(row, until).value,
        "end": row.end.value if row.end and known_end else None,
        "started_at": _utc(row.started_at),
        "stored_at": _utc(row.stored_at) if row.stored_at else None,
        "claimed_at": _utc(row.claimed_at) if row.claimed_at else None,
        "ended_at": _utc(known_end) if known_end else None,
        "seconds": duration(row, until),
        "lag_seconds": part.lag if part else None,
        "queue_seconds": part.queue if part else None,
        "handling_seconds": part.handling if part else None,
        "target_seconds": row.target_seconds,
        "within_target": _within_target(row, until),
        "needs_answer": row.needs_answer,
        "dismissed_as_no_answer": row.dismissed_as_no_answer,
        "resolved_unanswered": row.resolved_unanswered,
        "not_read": row.not_read,
        "history": row.history,
        "followers": row.followers,
    }


def _within_target(row: WaitRow, until: datetime) -> str | None:
    if row.target_seconds is None:
        return None
    return {True: "yes", False: "no", None: "not yet due"}[in_time(row, row.target_seconds, until)]


def _line(cells: Iterable[object]) -> str:
    """One row. Before Python 3.13 a lone carriage return is quoted only where the line end holds one."""
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_cell(c) for c in cells])
    return out.getvalue().removesuffix("\r\n") + "\n"


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime):
        return _utc(value)
    if isinstance(value, date):
        return value.isoformat()
    return neutral(value) if isinstance(value, str) else value
