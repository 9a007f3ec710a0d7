import csv
import json
from collections import Counter
from datetime import UTC, date, datetime
from io import StringIO
from statistics import fmean
from zoneinfo import ZoneInfo

import pytest

from models.values import Platform, WaitEnd
from reports.export import COLUMNS, as_csv, as_json, neutral, table_csv
from reports.response_times import response_times
from reports.waits import WaitRow
from tests.reports.conftest import MakeWait, minute

BERLIN = ZoneInfo("Europe/Berlin")
U = minute(600)
PROMISED = {
    "waits", "answered", "waiting", "ended_unanswered", "resolved_unanswered", "dismissed", "not_read",
    "median_seconds", "p90_seconds", "answered_median_seconds", "timezone", "until",
}  # fmt: skip


def read(rows: list[WaitRow], **options: bool) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO("".join(as_csv(rows, U, **options)))))


@pytest.fixture
def mixed(wait: MakeWait) -> list[WaitRow]:
    return [
        wait(at=3, stored=4, claimed=6, answered=9),
        wait(at=1, answered=200, target_seconds=1800),
        wait(at=2, answered=1),
        wait(resolved_unanswered=True),
        wait(at=599),
        wait(ended=(WaitEnd.DELETED, 8)),
        wait(ended=(WaitEnd.DISMISSED, 8), dismissed_as_no_answer=True),
        wait(needs_answer=False),
        wait(answered=700),
        wait(at=700),
    ]


def test_json_holds_every_promised_name_and_is_plain(mixed: list[WaitRow]) -> None:
    found = json.loads(json.dumps(as_json(response_times(mixed, U, BERLIN, from_=date(2026, 3, 1)))))
    assert set(found) >= PROMISED
    assert found["timezone"] == "Europe/Berlin"
    assert found["until"] == "2026-03-04T22:00:00Z"
    assert (found["from"], found["to"], found["population"]) == ("2026-03-01", None, "needs_answer")


def test_json_says_null_where_a_figure_is_not_reached() -> None:
    found = as_json(response_times([], U, BERLIN))
    assert (found["median_seconds"], found["p90_seconds"], found["answered_median_seconds"]) == (None, None, None)
    assert found["service_level"]["share"] is None
    assert found["mean_parts_of_the_middle_half"] is None


@pytest.mark.parametrize("needing", [True, False])
def test_the_csv_is_the_report_wait_by_wait(mixed: list[WaitRow], needing: bool) -> None:
    shown = as_json(response_times(mixed, U, BERLIN, needs_answer_only=needing))
    lines = read(mixed, needs_answer_only=needing)
    outcomes = Counter(line["outcome"] for line in lines)
    assert len(lines) == shown["waits"]
    assert outcomes == {k: shown[k] for k in ("answered", "waiting", "ended_unanswered")}
    resolved = [x for x in lines if x["resolved_unanswered"] == "yes" and x["outcome"] == "waiting"]
    assert len(resolved) == shown["resolved_unanswered"]
    within = Counter(line["within_target"] for line in lines)
    level = shown["service_level"]
    assert (within["yes"], within["yes"] + within["no"], within["not yet due"]) == (
        level["met"],
        level["due"],
        level["not_yet_due"],
    )
    answered = sorted(float(x["seconds"]) for x in lines if x["outcome"] == "answered")
    assert answered[(len(answered) - 1) // 2] == shown["answered_median_seconds"]


def test_the_parts_of_the_csv_give_the_mean_parts_of_the_report(mixed: list[WaitRow]) -> None:
    parts = as_json(response_times(mixed, U, BERLIN))["mean_parts_of_the_middle_half"]
    answered = [x for x in read(mixed) if x["lag_seconds"]]  # three: all are between the two percentiles
    assert parts["waits"] == len(answered) == 3
    assert parts["lag_seconds"] == fmean(float(x["lag_seconds"]) for x in answered)
    assert parts["queue_seconds"] == fmean(float(x["queue_seconds"]) for x in answered)
    assert parts["handling_seconds"] == fmean(float(x["handling_seconds"] or 0) for x in answered)


def test_the_csv_stands_in_order_of_arrival_with_ids_and_utc_times(mixed: list[WaitRow]) -> None:
    lines = read(mixed)
    assert list(lines[0]) == list(COLUMNS)
    assert [x["started_at"] for x in lines] == sorted(x["started_at"] for x in lines)
    first = next(x for x in lines if x["claimed_at"])
    assert (first["wait_id"], first["external_id"], first["started_at"], first["ended_at"]) == (
        "1",
        "1001",
        "2026-03-04T12:03:00Z",
        "2026-03-04T12:09:00Z",
    )


def test_the_csv_shows_no_end_that_lies_after_the_end_of_observation(wait: MakeWait) -> None:
    (line,) = read([wait(answered=700)])
    assert (line["outcome"], line["end"], line["ended_at"], line["seconds"]) == ("waiting", "", "", "36000")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_is_neutralised(wait: MakeWait, start: str) -> None:
    hostile = f'{start}HYPERLINK("https://example.com","see")'
    (line,) = read([wait(platform=Platform.BLOG, external_id=hostile, brand=hostile)])
    assert line["external_id"] == line["brand"] == f"'{hostile}"


def test_harmless_text_and_negative_numbers_stay_as_they_are(wait: MakeWait) -> None:
    assert neutral("t1_abc=1") == "t1_abc=1"
    (line,) = read([wait(stored=-1, answered=-2)])
    assert (line["seconds"], line["lag_seconds"]) == ("-120", "-60")


def test_no_waits_export_as_a_header_alone() -> None:
    assert list(as_csv([], U)) == [",".join(COLUMNS) + "\n"]


def test_a_table_of_a_screen_is_neutralised_and_its_values_are_plain() -> None:
    rows = [("=cmd", "a,b\n", datetime(2026, 3, 4, 12, tzinfo=UTC), date(2026, 3, 4), 60.0, None, -3, 0.25, True)]
    text = table_csv(tuple("abcdefghi"), rows)
    assert list(csv.reader(StringIO(text))) == [
        list("abcdefghi"),
        ["'=cmd", "a,b\n", "2026-03-04T12:00:00Z", "2026-03-04", "60", "", "-3", "0.25", "yes"],
    ]


def test_a_lone_carriage_return_breaks_no_row_and_smuggles_no_formula() -> None:
    said = "one\r=HYPERLINK(1)"
    text = table_csv(("who", "said"), [("a\rb", said), ("c", "x")])
    assert text.endswith("c,x\n")
    assert list(csv.reader(StringIO(text, newline=""))) == [["who", "said"], ["a\rb", said], ["c", "x"]]
