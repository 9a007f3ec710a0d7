from datetime import date
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from reports.response_times import ResponseTimes, response_times
from reports.table import as_table, spoken
from tests.reports.conftest import MakeWait, minute

BERLIN = ZoneInfo("Europe/Berlin")
U = minute(600)


def printed(report: ResponseTimes) -> list[str]:
    out = StringIO()
    Console(file=out, width=140).print(as_table(report))
    return [" ".join(line.replace("│", " ").split()) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "not reached"),
        (0, "0 s"),
        (-0.2, "0 s"),
        (42.4, "42 s"),
        (59.6, "1 min"),
        (720, "12 min"),
        (11_100, "3 h 5 min"),
        (3_600, "1 h"),
        (187_200, "2 d 4 h"),
        (259_500, "3 d"),
        (-11_220, "−3 h 7 min"),
    ],
)
def test_durations_are_said_as_people_say_them(seconds: float | None, words: str) -> None:
    assert spoken(seconds) == words


def test_the_table_says_what_it_counts_when_and_in_which_zone(wait: MakeWait) -> None:
    lines = printed(response_times([wait(answered=12)], U, BERLIN, from_=date(2026, 3, 1), to=date(2026, 3, 4)))
    assert "Response times: waits that need an answer, from 2026-03-01 to 2026-03-04" in lines
    assert "as of 2026-03-04 23:00, days and times of Europe/Berlin" in lines


def test_the_table_shows_the_same_figures_as_the_report(wait: MakeWait) -> None:
    rows = [wait(answered=m) for m in range(10, 30)] + [wait(), wait(at=599)]
    report = response_times(rows, U, BERLIN)
    lines = printed(report)
    assert "waits 22 answered + still waiting + ended unanswered" in lines
    assert "still waiting 2 the oldest for 10 h" in lines
    assert "median response time 20 min 95% interval 16 min to 25 min" in lines
    assert "answered for 9 of 10 within 28 min 95% interval 26 min to not reached" in lines
    assert "answered within 15 min 29% 6 of 21, 1 not yet due" in lines
    assert "answered within 1 d nothing due 0 of 0, 22 not yet due" in lines


def test_not_reached_is_said_and_nothing_is_made_up_for_an_empty_report() -> None:
    lines = printed(response_times([], U, BERLIN))
    assert "median response time not reached" in lines
    assert "median of the answered alone none answered leaves out everybody who still waits" in lines
    assert "answered within target nothing due 0 of 0" in lines
