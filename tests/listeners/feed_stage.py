"""TESTS: what the feed tests share: a server, settings that may reach it, a fetcher."""

from collections.abc import Iterator

import pytest

from listeners.fetching import Fetcher
from settings import Settings
from tests.listeners.tiny_server import TinyServer


@pytest.fixture
def server() -> Iterator[TinyServer]:
    with TinyServer() as running:
        yield running


@pytest.fixture
def told(server: TinyServer) -> Settings:
    return Settings(allow_addresses=(server.pair,), fetch_max_bytes=100_000)


@pytest.fixture
def fetcher(told: Settings) -> Iterator[Fetcher]:
    with Fetcher(told) as opened:
        yield opened
