"""LISTEN, X: money is counted once a day for each thing, and a page is only asked for when its worst case is paid."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listeners.x_client import Answer
from listeners.x_money import MOST_REMEMBERED, OutOfMoney, Price, Purse, next_day, stopped_at

TODAY = date(2026, 3, 4)
SEARCH = Price(0.005, users=1, referenced=1)


def page(posts: range, users: range) -> Answer:
    return Answer(data=tuple({"id": str(i)} for i in posts), users={str(i): {} for i in users})


@given(st.floats(0, 5), st.integers(0, 100))
def test_a_page_that_was_allowed_never_costs_more_than_is_left(budget: float, authors: int) -> None:
    purse = Purse(budget, TODAY)
    size = purse.page_size(SEARCH, 10)
    assert size == 0 or 10 <= size <= 100
    purse.pay_page(page(range(size), range(min(authors, size))), SEARCH)
    assert purse.spent <= budget + 1e-6


def test_posts_and_users_are_paid_once_a_day() -> None:
    purse = Purse(1, TODAY)
    purse.pay_page(page(range(10), range(3)), SEARCH)
    purse.pay_page(page(range(5, 12), range(2, 4)), SEARCH)
    assert purse.spent == pytest.approx(12 * 0.005 + 4 * 0.010)
    later = Purse(1, TODAY, purse.memory())
    later.pay_page(page(range(12), range(4)), SEARCH)
    assert later.spent == 0


def test_referenced_posts_are_counted_too() -> None:
    purse = Purse(1, TODAY)
    purse.pay_page(Answer(data=({"id": "1"},), posts=({"id": "2"}, {"id": "1"})), SEARCH)
    assert purse.spent == pytest.approx(0.010)


def test_the_next_day_begins_anew() -> None:
    purse = Purse(1, TODAY)
    purse.pay_page(page(range(3), range(0)), SEARCH)
    assert Purse(1, date(2026, 3, 5), purse.memory()).memory()["things"] == []


def test_what_is_remembered_stays_bounded() -> None:
    purse = Purse(1000, TODAY)
    purse.pay((f"p{n}" for n in range(MOST_REMEMBERED + 50)), 0.001)
    things = purse.memory()["things"]
    assert len(things) == MOST_REMEMBERED
    assert things[-1] == f"p{MOST_REMEMBERED + 49}"


def test_need_says_when_there_is_not_enough() -> None:
    Purse(0.01, TODAY).need(0.01)
    with pytest.raises(OutOfMoney):
        Purse(0.009, TODAY).need(0.01)


def test_the_next_day_is_midnight_utc_and_the_words_name_the_setting() -> None:
    assert next_day(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)) == datetime(2027, 1, 1, tzinfo=UTC)
    assert "1.00 USD" in stopped_at(1.0)
    assert "QUARTERDECK_X_DAILY_USD" in stopped_at(1.0)
