"""TESTS: a random storm leaves no double and loses nothing; the checker sees the doubles of a sender that just retries.

A tenth of what `benchmarks/respond_bench.py` does.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from models.database import Database
from sandbox.server import Sandbox
from tests.responders.stage import keys_for, open_house, platforms
from tests.responders.storm import Storm, weather, weather_naively

REPLIES = 12


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with platforms(timedelta(hours=-5)) as served:
        yield served


@pytest.mark.parametrize("seed", [1, 2])
def test_a_storm_of_faults_and_deaths_makes_no_double_and_loses_nothing(
    database: Database, sandbox: Sandbox, seed: int
) -> None:
    storm = Storm(open_house(database, keys_for(sandbox.url)), sandbox, seed)
    try:
        weather(storm, REPLIES)
    finally:
        storm.close()
    assert storm.deaths > 2
    assert (storm.doubles(), storm.published(), dict(storm.seen)) == (0, REPLIES, {"sent": REPLIES})


def test_the_checker_sees_the_doubles_of_a_sender_that_simply_tries_again(database: Database, sandbox: Sandbox) -> None:
    storm = Storm(open_house(database, keys_for(sandbox.url)), sandbox, seed=1)
    try:
        weather_naively(storm, REPLIES)
    finally:
        storm.close()
    assert storm.published() == REPLIES
    assert storm.doubles() > 0
