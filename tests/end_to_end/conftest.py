"""TESTS: the platforms whose clock is 3 h 7 min behind ours."""

from collections.abc import Iterator

import pytest

from sandbox.server import Sandbox
from tests.end_to_end.stage import platforms_behind


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Nothing said yet."""
    with platforms_behind() as served:
        yield served
