from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import NOON
from tests.house import at
from workspace.clock import edge, exact, spoken_due, spoken_length, spoken_when, zone_named

BERLIN = zone_named("Europe/Berlin")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0.5, "less than a minute"), (1, "1 min"), (12, "12 min"), (59.99, "59 min"), (60, "1 h"), (61, "1 h 01"),
        (100, "1 h 40"), (23 * 60 + 59, "23 h 59"), (24 * 60, "1 day"), (47 * 60, "1 day"), (72 * 60, "3 days"),
    ],
)  # fmt: skip
def test_lengths_are_said_as_people_say_them(minutes: float, said: str) -> None:
    assert spoken_length(timedelta(minutes=minutes)) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (12, "due in 12 min"), (0.5, "due in less than a minute"), (-0.5, "overdue"), (-41, "overdue 41 min"),
        (-26 * 60, "overdue 1 day"),
    ],
)  # fmt: skip
def test_what_is_owed_says_how_soon_or_how_late(minutes: float, said: str) -> None:
    assert spoken_due(at(minutes), NOON) == said


def test_what_is_not_owed_says_nothing() -> None:
    assert spoken_due(None, NOON) == ""


@pytest.mark.parametrize(
    ("minutes", "pressing"), [(0, ""), (44, ""), (46, "soon"), (59, "soon"), (60, "over"), (90, "over")]
)
def test_the_edge_turns_in_the_last_quarter_and_past_the_due_time(minutes: float, pressing: str) -> None:
    assert edge(NOON, at(60), at(minutes)) == pressing


def test_the_edge_of_what_is_not_owed_is_empty() -> None:
    assert edge(None, at(60), NOON) == edge(NOON, None, NOON) == ""


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 3, 4, 12, 2, tzinfo=UTC), "today 13:02"),
        (datetime(2026, 3, 3, 22, 59, tzinfo=UTC), "yesterday 23:59"),
        (datetime(2026, 3, 3, 23, 1, tzinfo=UTC), "today 00:01"),
        (datetime(2026, 3, 5, 8, 0, tzinfo=UTC), "tomorrow 09:00"),
        (datetime(2026, 2, 28, 8, 14, tzinfo=UTC), "Sat 09:14"),
        (datetime(2026, 2, 25, 8, 14, tzinfo=UTC), "25 Feb 09:14"),
        (datetime(2025, 11, 9, 8, 14, tzinfo=UTC), "9 Nov 2025 09:14"),
    ],
)
def test_days_are_those_of_the_viewer(moment: datetime, said: str) -> None:
    assert spoken_when(moment, NOON, BERLIN) == said


def test_the_exact_time_names_its_zone_and_offset() -> None:
    assert exact(NOON, BERLIN) == "2026-03-04 13:00:00 CET (UTC+01:00)"
    assert exact(NOON, zone_named("America/Sao_Paulo")) == "2026-03-04 09:00:00 (UTC-03:00)"


@pytest.mark.parametrize("name", [None, "", "Nowhere/Land", "../../etc/passwd", "\x00"])
def test_an_unknown_zone_is_utc(name: str | None) -> None:
    assert zone_named(name).key == "UTC"
