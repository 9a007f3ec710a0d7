"""TESTS: a small world on the machine's clock, the platforms around it, and a house that listens there."""

from collections.abc import Iterator

import pytest

from models.database import Database
from sandbox.server import Sandbox, running
from sandbox.world import World, small_world
from settings import Settings
from tests.worker.stage import told
from worker.house import open_house


@pytest.fixture
def world() -> World:
    """The brand, its bot, Marta and Pavel; two subreddits, a blog."""
    return small_world()


@pytest.fixture
def sandbox(world: World) -> Iterator[Sandbox]:
    """The platforms around that world."""
    with running(world) as served:
        yield served


@pytest.fixture
def house(database: Database, sandbox: Sandbox) -> Settings:
    """Settings with every key of the sandbox; the first brand, Tarnbrook, is set up."""
    settings = told(sandbox, database_url=database.url)
    open_house(settings).close()
    return settings
