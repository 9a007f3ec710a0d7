from datetime import UTC, datetime, timedelta

from sandbox import ids

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def test_later_posts_on_x_have_larger_ids_that_tell_their_time() -> None:
    first, second = ids.snowflake(NOON, 9), ids.snowflake(NOON + timedelta(seconds=1), 1)
    assert first < second
    assert ids.snowflake_time(second) == NOON + timedelta(seconds=1)


def test_an_id_of_x_fits_the_nineteen_digits_of_the_real_ones() -> None:
    assert len(str(ids.snowflake(NOON))) == 19


def test_reddits_numbers_are_written_in_its_digits() -> None:
    assert ids.base36(0) == "0"
    assert ids.base36(36**6 + 35) == "100000z"
    assert int(ids.base36(ids.reddit_number(NOON, 3)), 36) == ids.reddit_number(NOON, 3)


def test_an_account_keeps_its_number_whatever_the_case() -> None:
    assert ids.person_number("Tarnbrook") == ids.person_number("tarnbrook")
