"""LISTEN, X: ids tell their time exactly, or nothing."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from listeners.x_ids import FIRST_SNOWFLAKE, earlier, id_at, is_id, next_second, time_of

MOMENTS = st.datetimes(datetime(2011, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis wants its bounds naive)


def test_a_known_id_tells_its_known_time() -> None:
    assert time_of("1576994746135764992") == datetime(2022, 10, 3, 17, 57, 1, tzinfo=UTC)  # as X's created_at says


def test_ids_from_before_snowflakes_hold_no_time() -> None:
    assert time_of("20") is None
    assert time_of(str(FIRST_SNOWFLAKE - 1)) is None
    assert time_of(str(FIRST_SNOWFLAKE)) is not None
    assert earlier("20", timedelta(minutes=2)) == "20"
    assert next_second("20") == "20"


@given(MOMENTS)
def test_an_id_made_for_a_moment_tells_that_moment(moment: datetime) -> None:
    assert time_of(id_at(moment.replace(microsecond=0))) == moment.replace(microsecond=0)


@given(MOMENTS, st.integers(0, 2**22 - 1), st.integers(0, 999))
def test_the_next_second_is_above_every_id_of_this_one(moment: datetime, low: int, thousandths: int) -> None:
    made = moment.replace(microsecond=thousandths * 1000)
    post = int(id_at(made)) + low
    border = int(next_second(str(post)))
    assert post < border
    assert time_of(str(border)) == made.replace(microsecond=0) + timedelta(seconds=1)


def test_earlier_goes_back_by_that_much_and_never_before_the_first() -> None:
    now = datetime(2026, 3, 4, 12, tzinfo=UTC)
    assert time_of(earlier(id_at(now), timedelta(minutes=2))) == now - timedelta(minutes=2)
    assert earlier(str(FIRST_SNOWFLAKE), timedelta(days=1)) == str(FIRST_SNOWFLAKE)


def test_only_short_decimal_text_is_an_id() -> None:
    assert is_id("123")
    assert not any(map(is_id, ("", "-1", "1.5", "٣", "t3_x", "9" * 20, None, 5)))
