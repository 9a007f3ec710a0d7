"""A small world at a fixed moment, and a server that plays it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from sandbox.server import Sandbox, running
from sandbox.world import World, small_world

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    """The brand, its bot, Marta and Pavel; two subreddits, a blog; the clock stands at NOW."""
    return small_world(NOW)


@pytest.fixture
def sandbox(world: World) -> Iterator[Sandbox]:
    """The platforms around that world."""
    with running(world) as served:
        yield served
