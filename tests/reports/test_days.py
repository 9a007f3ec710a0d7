from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.days import bounds, day_starts, local_day

BERLIN = ZoneInfo("Europe/Berlin")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def length(day: date, zone: ZoneInfo) -> timedelta:
    first, last = bounds(day, day, zone)
    assert first is not None
    assert last is not None
    return last - first


def test_a_day_is_23_hours_long_when_the_clocks_go_forward_and_25_when_they_go_back() -> None:
    assert length(SPRING, BERLIN) == timedelta(hours=23)
    assert length(AUTUMN, BERLIN) == timedelta(hours=25)
    assert length(date(2026, 6, 1), BERLIN) == timedelta(hours=24)


def test_both_dates_are_inclusive_and_in_the_brands_zone() -> None:
    assert bounds(date(2026, 1, 1), date(2026, 1, 31), BERLIN) == (
        datetime(2025, 12, 31, 23, tzinfo=UTC),
        datetime(2026, 1, 31, 23, tzinfo=UTC),
    )


def test_a_missing_date_leaves_its_side_open() -> None:
    assert bounds(None, None, BERLIN) == (None, None)
    assert bounds(None, SPRING, BERLIN)[0] is None


def test_the_ends_of_the_calendar_leave_their_side_open() -> None:
    assert bounds(SPRING, date.max, BERLIN)[1] is None
    assert bounds(date.max, date.max, ZoneInfo("America/New_York"))[1] is None
    assert bounds(date.min, SPRING, ZoneInfo("Asia/Tokyo"))[0] is None
    assert bounds(date.min, None, ZoneInfo("UTC"))[0] == datetime(1, 1, 1, tzinfo=UTC)


def test_dates_the_wrong_way_round_are_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match="swap"):
        bounds(AUTUMN, SPRING, BERLIN)


def test_a_day_whose_midnight_is_skipped_begins_when_the_clocks_jump() -> None:
    beirut = ZoneInfo("Asia/Beirut")  # 00:00 became 01:00 on 28 March 2021
    assert day_starts(date(2021, 3, 28), beirut) == datetime(2021, 3, 27, 22, tzinfo=UTC)
    assert local_day(datetime(2021, 3, 27, 22, tzinfo=UTC), beirut) == date(2021, 3, 28)
    assert length(date(2021, 3, 28), beirut) == timedelta(hours=23)


@given(
    st.integers(1_420_000_000, 2_050_000_000),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Santiago"]),
)
def test_every_moment_lies_inside_the_day_it_is_said_to_fall_on(epoch: int, name: str) -> None:
    zone, moment = ZoneInfo(name), datetime.fromtimestamp(epoch, UTC)
    first, last = bounds(local_day(moment, zone), local_day(moment, zone), zone)
    assert first is not None
    assert last is not None
    assert first <= moment < last
