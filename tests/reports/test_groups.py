"""Every group is computed as the whole is, and together the groups hold every wait once."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.values import Platform
from reports.groups import by_platform, by_week, monday
from tests.reports.conftest import MakeWait, minute

BERLIN = ZoneInfo("Europe/Berlin")
U = minute(600)


def test_each_platform_has_its_own_median_and_the_order_is_fixed(wait: MakeWait) -> None:
    rows = [
        wait(answered=30, platform=Platform.REDDIT),
        wait(answered=10),
        wait(answered=20),
        wait(platform=Platform.REDDIT, answered=50),
        wait(platform=Platform.REDDIT),
    ]
    found = by_platform(rows, U, BERLIN)
    assert [(g.key, g.times.waits, g.times.median.value) for g in found] == [
        (Platform.X, 2, 600.0),
        (Platform.REDDIT, 3, 3000.0),
    ]
    assert sorted(r.wait_id for g in found for r in g.rows) == sorted(r.wait_id for r in rows)


def test_what_the_report_does_not_count_is_in_no_group(wait: MakeWait) -> None:
    rows = [wait(needs_answer=False), wait(dismissed_as_no_answer=True), wait(at=601)]
    assert by_platform(rows, U, BERLIN) == []
    assert by_week(rows, U, BERLIN) == []


@pytest.mark.parametrize(
    ("hours", "week"),
    [
        (0, date(2026, 3, 2)),  # Wednesday 4 March, noon
        (-61, date(2026, 3, 2)),  # Sunday 23:00 UTC is Monday 00:00 in Berlin
        (-61.01, date(2026, 2, 23)),
    ],
)
def test_a_week_begins_on_monday_by_the_clocks_of_the_zone(hours: float, week: date) -> None:
    assert monday(minute(0) + timedelta(hours=hours), BERLIN) == week


def test_weeks_stand_oldest_first_and_empty_ones_are_left_out(wait: MakeWait) -> None:
    week = 7 * 24 * 60
    rows = [wait(at=-week * 3, answered=-week * 3 + 40), wait(at=0, answered=5), wait(at=1)]
    found = by_week(rows, U, BERLIN)
    assert [(g.key, g.times.waits, g.times.answered) for g in found] == [
        (date(2026, 2, 9), 1, 1),
        (date(2026, 3, 2), 2, 1),
    ]
