"""Groups by reach hold every wait once, each with the figures of the whole, worked out by hand."""

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values import WaitEnd
from reports.cohorts import Share, service_level, share_overdue
from reports.export import as_json
from reports.reach import Reach, by_reach, reach_of, small_and_large
from reports.response_times import response_times
from reports.waits import WaitRow, overdue
from tests.reports.conftest import MakeWait, minute

BERLIN = ZoneInfo("Europe/Berlin")
U = minute(600)


@pytest.mark.parametrize(
    ("followers", "group"),
    [(None, "unknown"), (-1, "0-99"), (0, "0-99"), (99, "0-99"), (100, "100-999"), (999, "100-999"),
     (1_000, "1000-9999"), (9_999, "1000-9999"), (10_000, "10000-99999"), (99_999, "10000-99999"),
     (100_000, "100000+"), (10**12, "100000+")],
)  # fmt: skip
def test_every_number_of_followers_has_its_group(followers: int | None, group: str) -> None:
    assert reach_of(followers) == group


@pytest.fixture
def mixed(wait: MakeWait) -> list[WaitRow]:
    """Medians by hand. 0–99: answered after 10, 20, 30 min, one waits: F is 1/4, 1/2, 3/4.

    100–999: answered after 60, 180, 240 min, one deleted after 120: F is 1/4, then 1/4 + 1/2 · 1/2 = 1/2 at 180, 3/4.
    10 k–99 k: answered after 10 and 60 min, one has waited 30: F is 1/3, then 1/3 + 2/3 · 1 = 1 at 60.
    """
    young = 570
    return [
        *(wait(answered=after, followers=7) for after in (10, 20, 30)),
        wait(followers=0),
        *(wait(answered=after, followers=500) for after in (60, 180, 240)),
        wait(ended=(WaitEnd.DELETED, 120), followers=999),
        *(wait(answered=after, followers=12_000) for after in (10, 60)),
        wait(at=young, followers=12_000),
        wait(answered=5),
    ]


def test_each_group_has_its_median_its_p90_and_its_answered_share(mixed: list[WaitRow]) -> None:
    found = by_reach(mixed, U, BERLIN)
    told = [(g.key, g.times.waits, g.answered, g.times.median.value, g.times.p90.value) for g in found]
    assert told == [
        (Reach.UNKNOWN, 1, 1.0, 300.0, 300.0),
        (Reach.UNDER_100, 4, 0.75, 1200.0, None),
        (Reach.UNDER_1_000, 4, 0.75, 180 * 60.0, None),
        (Reach.UNDER_100_000, 3, pytest.approx(2 / 3), 3600.0, 3600.0),
    ]


def test_what_still_waits_is_not_left_out_of_a_group(wait: MakeWait) -> None:
    """Three were answered at once and five wait: of the answered alone the median would be ten minutes."""
    rows = [*(wait(answered=10, followers=5) for _ in range(3)), *(wait(followers=5) for _ in range(5))]
    (found,) = by_reach(rows, U, BERLIN)
    assert (found.times.median.value, found.times.answered_median) == (None, 600.0)


@given(followers=st.lists(st.one_of(st.none(), st.integers(-5, 10**7)), max_size=20))
def test_together_the_groups_hold_every_counted_wait_once(followers: list[int | None]) -> None:
    rows = [row(number, n) for number, n in enumerate(followers)]
    groups = by_reach(rows, U, BERLIN)
    assert sorted(r.wait_id for g in groups for r in g.rows) == list(range(len(rows)))
    assert [g.key for g in groups] == [key for key in Reach if key in {reach_of(n) for n in followers}]
    sides = small_and_large(rows, U, BERLIN)
    assert sides.small.times.waits == sum(n is not None and n < 1000 for n in followers)
    assert sides.unknown == followers.count(None)
    assert sides.small.times.waits + sides.large.times.waits + sides.unknown == len(rows)


def row(number: int, followers: int | None) -> WaitRow:
    from models.values import Band, Platform

    facts: dict[str, Any] = {"stored_at": minute(0), "started_at": minute(0), "band": Band.LOW}
    return WaitRow(
        wait_id=number, conversation_id=number, brand_id=1, brand="Tarnbrook", platform=Platform.X,
        external_id=str(number), followers=followers, **facts,
    )  # fmt: skip


def test_what_the_report_does_not_count_is_in_no_group(wait: MakeWait) -> None:
    rows = [wait(needs_answer=False, followers=5), wait(dismissed_as_no_answer=True, followers=5_000), wait(at=601)]
    assert by_reach(rows, U, BERLIN) == []
    assert small_and_large(rows, U, BERLIN).unknown == 0
    everything = by_reach(rows, U, BERLIN, needs_answer_only=False)
    assert [(g.key, g.times.everything) for g in everything] == [(Reach.UNDER_100, True), (Reach.UNDER_10_000, True)]


# ---------------------------------------------------------------- overdue


def test_overdue_is_what_ran_past_its_target_whatever_came_later(wait: MakeWait) -> None:
    hour = {"target_seconds": 3600}
    cases = [
        (wait(answered=59, **hour), False), (wait(answered=60, **hour), False), (wait(answered=61, **hour), True),
        (wait(at=480, **hour), True), (wait(ended=(WaitEnd.DELETED, 10), **hour), False),
        (wait(ended=(WaitEnd.DELETED, 90), **hour), True), (wait(at=570, **hour), None),
        (wait(at=590, answered=595, **hour), None), (wait(target_seconds=None), None),
    ]  # fmt: skip
    assert [overdue(row, U) for row, _ in cases] == [said for _, said in cases]
    rows = [row for row, _ in cases]
    assert share_overdue(rows, U) == Share(met=3, due=6, not_yet_due=2)
    assert service_level(rows, U) == Share(met=2, due=6, not_yet_due=2), "the one deleted in time is in neither"


def test_an_answer_after_the_report_was_no_answer_in_it(wait: MakeWait) -> None:
    late = wait(answered=61, target_seconds=3600)
    assert [overdue(late, minute(m)) for m in (59, 60, 60.5, 61)] == [None, False, True, True]


# ---------------------------------------------------------------- JSON


def test_json_says_the_same(mixed: list[WaitRow]) -> None:
    found = json.loads(json.dumps(as_json(response_times(mixed, U, BERLIN), by_reach(mixed, U, BERLIN))))
    assert sum(g["waits"] for g in found["by_reach"]) == found["waits"]
    assert found["by_reach"][2] == {
        "followers": "100-999", "waits": 4, "answered": 3, "waiting": 0, "median_seconds": 10800.0,
        "median_interval": found["by_reach"][2]["median_interval"], "p90_seconds": None,
        "p90_interval": found["by_reach"][2]["p90_interval"],
        "overdue": {"share": 0.0, "met": 0, "due": 4, "not_yet_due": 0},
    }  # fmt: skip
