"""Who stands first in the queue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.first_in_queue import at_best, mean_share, points_by_us, share_of_first

NEEDS = [True, False, False, True, False, False, False, False, False, False]


def test_the_first_fifth_is_taken_by_points_and_ties_by_arrival() -> None:
    points = [5.0, 9.0, 5.0, 5.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    places = list(range(10))
    assert share_of_first(NEEDS, points, places) == 0.5
    assert share_of_first(NEEDS, points, places[::-1]) == 0.5
    assert share_of_first(NEEDS, [0.0] * 10, places) == 0.5
    assert share_of_first(NEEDS, [0.0] * 10, places[::-1]) == 0


def test_who_knows_the_answers_is_best_and_who_knows_nothing_is_near_the_mean() -> None:
    assert at_best(NEEDS) == 1
    assert mean_share(NEEDS * 30, [0.0] * 300) == pytest.approx(0.2, abs=0.03)


def test_more_need_than_places_and_fewer_too() -> None:
    assert at_best([True] * 5) == 1
    assert at_best([True] + [False] * 19) == 0.25
    assert at_best([True]) == 1


@given(st.lists(st.booleans(), min_size=1, max_size=30), st.data())
def test_no_order_is_better_than_the_best(needs: list[bool], data: st.DataObject) -> None:
    points = data.draw(st.lists(st.floats(0, 100), min_size=len(needs), max_size=len(needs)))
    assert 0 <= mean_share(needs, points) <= at_best(needs) + 1e-9


def test_danger_has_more_points_than_small_talk() -> None:
    danger, talk = points_by_us(["@acme my kettle caught fire and burned my hand", "what a lovely day"])
    assert danger > talk
