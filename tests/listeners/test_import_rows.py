from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from listeners.import_rows import NO_URL, TWICE, BadRow, Row, read_row
from models.values import Platform
from tests.conftest import NOON

GOOD = {
    "platform": "x",
    "external_id": "17",
    "author": "marta",
    "text": "it leaks",
    "posted_at": "2026-03-01T10:00:00+01:00",
    "parent_id": "16",
    "conversation_id": "15",
    "url": "https://x.com/marta/status/17",
    "followers": "12",
    "own": "false",
}


def read(zone: str | None = None, **changed: str) -> Row:
    return read_row(GOOD | changed, zone=ZoneInfo(zone) if zone else None, now=NOON)


def reason(zone: str | None = None, **changed: str) -> str:
    with pytest.raises(BadRow) as told:
        read(zone, **changed)
    return str(told.value)


def test_a_row_becomes_a_post_with_everything_it_says() -> None:
    row = read(author_id="900", author_name="Marta M.", brand=" Acme ")
    post = row.post
    assert (post.platform, post.external_id, post.text) == (Platform.X, "17", "it leaks")
    assert (post.author.handle, post.author.external_id, post.author.name) == ("marta", "900", "Marta M.")
    assert (post.parent_id, post.thread_id, post.author.followers) == ("16", "15", 12)
    assert (post.url, post.posted_at) == (GOOD["url"], datetime(2026, 3, 1, 9, tzinfo=UTC))
    assert (row.own, row.brand, row.notes) == (False, "Acme", ())


def test_empty_cells_are_nothing() -> None:
    row = read(parent_id="", conversation_id=" ", url="", followers="", own="", text="")
    post = row.post
    assert (post.parent_id, post.thread_id, post.url, post.author.followers) == (None, None, "", None)
    assert (row.own, post.text, row.brand) == (False, "", "")


@pytest.mark.parametrize(
    ("written", "platform"),
    [("X", "x"), ("Twitter", "x"), (" REDDIT ", "reddit"), ("blog", "blog"), ("twitter", "x")],
)
def test_a_platform_is_known_in_any_case_and_by_its_old_name(written: str, platform: str) -> None:
    assert read(platform=written).post.platform == platform


@pytest.mark.parametrize("written", ["true", "TRUE", "1", "yes", " Yes "])
def test_these_words_mean_ours(written: str) -> None:
    assert read(own=written).own


@pytest.mark.parametrize("written", ["false", "0", "no", "", "y", "on", "2", "wahr"])
def test_every_other_word_means_not_ours(written: str) -> None:
    assert not read(own=written).own


@pytest.mark.parametrize("written", ["@marta", "u/marta", "/u/marta", " marta "])
def test_the_sign_before_a_handle_is_taken_off(written: str) -> None:
    assert read(author=written).post.author.handle == "marta"


@pytest.mark.parametrize(
    "written",
    ["2026-03-01T09:00:00Z", "2026-03-01 10:00+01:00", "2026-03-01T09:00:00.000000+00:00", "20260301T090000Z",
     "2026-03-01T03:30:00-05:30"],
)  # fmt: skip
def test_times_with_an_offset_are_one_moment(written: str) -> None:
    assert read(posted_at=written).post.posted_at == datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"platform": "myspace"}, 'platform "myspace" is not known'),
        ({"platform": ""}, "platform is empty"),
        ({"external_id": " "}, "external_id is empty"),
        ({"external_id": "1.74E+18"}, "lost its digits"),
        ({"external_id": "1,74E+18"}, "lost its digits"),
        ({"author_id": "1E+9"}, "author_id has lost"),
        ({"author": "@"}, "author is empty"),
        ({"followers": "many"}, "followers"),
        ({"followers": "-3"}, "followers"),
        ({"followers": "1,234"}, "followers"),
        ({"followers": "99999999999"}, "followers"),
        ({"posted_at": ""}, "posted_at is empty"),
        ({"posted_at": "yesterday"}, "no ISO 8601 time"),
        ({"posted_at": "03/01/2026 09:00"}, "no ISO 8601 time"),
        ({"posted_at": "1772355600"}, "no ISO 8601 time"),
        ({"posted_at": "2026-03-01"}, "a day without a time"),
        ({"posted_at": "2026-03-01T09:00:00"}, "no offset"),
        ({"posted_at": "1999-12-31T23:59:59Z"}, "before 2000"),
        ({"posted_at": "0001-01-01T00:00:00+10:00"}, "is no time"),
        ({"posted_at": "2026-03-05T12:00:01Z"}, "in the future"),
    ],
)
def test_each_bad_cell_has_its_reason(cells: dict[str, str], said: str) -> None:
    assert said in reason(**cells)


def test_a_platforms_clock_may_run_a_day_ahead_of_ours() -> None:
    ahead = (NOON + timedelta(days=1)).isoformat()
    assert read(posted_at=ahead).post.posted_at == NOON + timedelta(days=1)


def test_a_reason_shows_a_long_value_cut() -> None:
    assert len(reason(platform="y" * 5000)) < 120


def test_followers_may_have_passed_through_a_spreadsheet() -> None:
    assert read(followers="12.0").post.author.followers == 12
    assert read(followers="0").post.author.followers == 0


@pytest.mark.parametrize(
    "written",
    ["javascript:alert(1)", "ftp://example.org/x", "example.org/x", "https://", "https://exa mple.org/", "http://[::1",
     "https://example.org/\x00", "data:text/html,x"],
)  # fmt: skip
def test_an_address_that_is_no_web_address_is_left_out_and_said(written: str) -> None:
    row = read(url=written)
    assert (row.post.url, row.notes) == ("", (NO_URL,))


def test_a_naive_time_is_read_in_the_zone_that_was_given() -> None:
    assert read("Europe/Berlin", posted_at="2026-01-05T10:00").post.posted_at == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert read("Europe/Berlin", posted_at="2025-07-05T10:00").post.posted_at == datetime(2025, 7, 5, 8, tzinfo=UTC)


def test_an_offset_goes_before_the_zone_that_was_given() -> None:
    assert read("Asia/Tokyo", posted_at="2026-01-05T10:00Z").post.posted_at == datetime(2026, 1, 5, 10, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_taken_as_the_first_and_said() -> None:
    row = read("Europe/Berlin", posted_at="2025-10-26T02:30:00")
    assert row.post.posted_at == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert row.notes == (TWICE,)


def test_an_hour_that_never_was_is_refused() -> None:
    assert "jumped over" in reason("Europe/Berlin", posted_at="2025-03-30T02:30:00")
    assert read("Europe/Berlin", posted_at="2025-03-30T03:00:00").post.posted_at is not None


def test_the_accounts_a_text_names_are_noted() -> None:
    assert read(text="@Acme and .@Ben_1, not me@home.org @acme").post.mentioned == ("acme", "ben_1")
    assert read(platform="reddit", text="see u/Acme or /u/ben-2, not menu/x").post.mentioned == ("acme", "ben-2")
    assert read(platform="blog", text="@acme").post.mentioned == ()


def test_what_no_database_takes_is_replaced() -> None:
    row = read(text="a\x00b\ud800", author_id="9\x00", external_id="1\x007")
    assert row.post.text == "a\ufffdb\ufffd"
    assert "\x00" not in f"{row.post.author.external_id}{row.post.external_id}"


def test_missing_columns_count_as_empty() -> None:
    least = {k: GOOD[k] for k in ("platform", "external_id", "author", "posted_at")}
    assert read_row(least, zone=None, now=NOON).post.text == ""
