"""A title says what was found only where the intervals support it; else it says what is shown."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from models.values import Platform
from reports.findings import curve_title, longer, platform_title, week_title
from reports.groups import by_platform, by_week
from reports.incidence import Estimate
from reports.response_times import ResponseTimes, response_times
from reports.waits import WaitRow
from tests.reports.conftest import MakeWait, minute

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = 7 * 24 * 60
U = minute(3 * WEEK)


def times(rows: Sequence[WaitRow]) -> ResponseTimes:
    return response_times(rows, U, BERLIN)


def test_a_share_is_named_only_where_the_lower_end_of_the_interval_reaches_it(wait: MakeWait) -> None:
    few = [wait(answered=5) for _ in range(3)] + [wait(), wait()]
    assert curve_title(times(few)) == "How soon the public is answered"  # 3 of 5: the interval goes far below a half
    many = [wait(answered=5 + n / 10) for n in range(90)] + [wait() for _ in range(10)]
    found = times(many).response_rates[0].probability
    assert found.low is not None
    assert 0.75 <= found.low < 0.9
    assert curve_title(times(many)) == "Three in four are answered within a quarter of an hour"


def test_long_waits_are_a_finding_too(wait: MakeWait) -> None:
    rows = [wait(answered=5 + n) for n in range(10)] + [wait() for _ in range(90)]
    assert curve_title(times(rows)) == "More than half have no answer after a day"


def test_nothing_is_found_where_nobody_waited() -> None:
    assert curve_title(times([])) == "How soon the public is answered"
    assert platform_title([]) == "Response times by platform"
    assert week_title([]) == "Response times by week"


def test_a_platform_is_called_slowest_only_beyond_doubt(wait: MakeWait) -> None:
    quick = [wait(answered=10 + n / 10) for n in range(60)]
    slow = [wait(answered=200 + n, platform=Platform.REDDIT) for n in range(60)]
    assert platform_title(by_platform(quick + slow, U, BERLIN)) == "The wait is longest on Reddit"
    one = [wait(answered=200, platform=Platform.REDDIT)]
    assert platform_title(by_platform(quick + one, U, BERLIN)) == "Response times by platform"
    assert platform_title(by_platform(slow, U, BERLIN)) == "Response times by platform"


def test_two_weeks_are_compared_only_where_they_follow_each_other_and_differ(wait: MakeWait) -> None:
    def week(number: int, minutes: float) -> list[WaitRow]:
        return [wait(at=number * WEEK, answered=number * WEEK + minutes + n / 10) for n in range(60)]

    def title(*rows: list[WaitRow]) -> str:
        return week_title(by_week([r for part in rows for r in part], U, BERLIN))

    assert title(week(0, 10), week(1, 100)) == "Slower in the week of 9 March than the week before"
    assert title(week(0, 100), week(1, 10)) == "Faster in the week of 9 March than the week before"
    assert title(week(0, 10), week(1, 10.5)) == "Response times by week"  # the intervals meet
    assert title(week(0, 10), week(2, 100)) == "Response times by week"
    assert date(2026, 3, 9) == date(2026, 3, 2) + timedelta(days=7)


def test_an_open_end_decides_nothing() -> None:
    assert longer(Estimate(9, 8, None), Estimate(2, 1, 3))
    assert not longer(Estimate(9, 8, 10), Estimate(2, 1, None))
    assert not longer(Estimate(9, None, 10), Estimate(2, 1, 3))
    assert not longer(Estimate(9, 3, 10), Estimate(2, 1, 3))
