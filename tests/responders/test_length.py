"""TESTS: texts are counted as the platforms count them, and links are seen that make a reply dearer."""

import pytest

from models.values import Platform
from responders.length import LIMITS, holds_link, length

COUNTS = [
    ("hello", 5), ("水壶", 4), ("é", 1), ("e\u0301", 1), ("👩\u200d👩\u200d👧", 2), ("🇩🇪", 2), ("👍🏽", 2), ("ok 👍", 5),  # noqa: E501
    ("https://acme.example", 23), ("see https://a.example/b/c/d/e/f/g?h=i and acme.com.", 56), ("@marta hi", 9),
    ("a.b", 3), ("…", 2), ("—", 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "weight"), COUNTS)
def test_x_counts_by_weight(text: str, weight: int) -> None:
    assert length(Platform.X, text) == weight


def test_reddit_counts_characters() -> None:
    assert length(Platform.REDDIT, "水壶 https://acme.example") == 23
    assert LIMITS[Platform.REDDIT] == 10_000


@pytest.mark.parametrize("text", ["https://a.example", "see acme.com", "acme.co.uk/x?y", "(acme.io)"])
def test_a_link_is_seen(text: str) -> None:
    assert holds_link(text)


@pytest.mark.parametrize("text", ["hello", "me@acme.com", "@acme", "3.5 litres", "e.g. this", "Well...then"])
def test_what_is_no_link_costs_no_more(text: str) -> None:
    assert not holds_link(text)
