from itertools import permutations

import pytest
from sqlmodel import select

from listeners.post import Post
from models import Mention
from models.database import Database
from tests.house import arrive, make_brand, post, waits_of


@pytest.fixture
def acme(database: Database) -> int:
    return make_brand(database)


def threads(database: Database) -> dict[str, str]:
    with database.reading() as session:
        return {m.external_id: m.thread_key for m in session.exec(select(Mention))}


def test_a_thread_that_was_told_is_never_moved(database: Database, acme: int) -> None:
    arrive(database, acme, [post("2", "marta", 0, to="1", thread="9"), post("1", "jo", 0, thread="8")], 1)
    assert threads(database) == {"1": "8", "2": "9"}


def test_posts_hang_together_below_one_that_never_comes(database: Database, acme: int) -> None:
    arrive(database, acme, [post("2", "marta", 0, to="1")], 1)
    arrive(database, acme, [post("4", "kim", 0, to="3"), post("3", "jo", 0, to="1")], 1)
    assert threads(database) == {"2": "1", "3": "1", "4": "1"}


def test_our_answer_tells_the_thread_of_the_post_it_answers(database: Database, acme: int) -> None:
    """An import knows neither thread nor parent of Marta's post, but our answer to it names both."""
    arrive(database, acme, [post("2", "marta", 0, to="1"), post("5", "jo", 0, thread="9")], 1)
    arrive(database, acme, [post("3", "acme", 7, to="2", thread="9")], 8)
    assert threads(database) == {"2": "9", "3": "9", "5": "9"}
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, 7, "answered")]
        assert waits_of(session, "jo") == [(0, None, None)]


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_the_order_of_telling_does_not_matter(database: Database, acme: int, order: tuple[int, ...]) -> None:
    told: list[Post] = [
        post("2", "marta", 1, to="1"),
        post("3", "jo", 2, to="2"),
        post("4", "kim", 3, to="3", thread="9"),
        post("5", "lee", 4, to="1"),
    ]
    for number in order:
        arrive(database, acme, [told[number]], 5)
    assert threads(database) == dict.fromkeys("2345", "9")


def test_of_two_threads_that_are_told_below_the_same_one_stands(database: Database, acme: int) -> None:
    arrive(database, acme, [post("2", "marta", 1), post("3", "jo", 2, to="2", thread="7")], 5)
    arrive(database, acme, [post("4", "jo", 2, to="2", thread="6")], 5)
    assert threads(database) == {"2": "6", "3": "7", "4": "6"}


def test_posts_that_answer_each_other_in_a_circle_are_one_thread(database: Database, acme: int) -> None:
    circle = [
        post("1", "a", 0, to="3"),
        post("2", "b", 0, to="1"),
        post("3", "c", 0, to="2"),
        post("0", "d", 0, to="3"),
    ]
    for found in circle:
        arrive(database, acme, [found], 1)
    assert set(threads(database).values()) == {"1"}


def test_a_chain_of_hundreds_from_the_bottom_up_is_one_thread(database: Database, acme: int) -> None:
    chain = [post(str(i), f"p{i}", i, to=str(i - 1) if i > 1000 else None) for i in range(1000, 1300)]
    arrive(database, acme, chain[1:][::-1], 400)
    arrive(database, acme, chain[:1], 401)
    assert set(threads(database).values()) == {"1000"}
