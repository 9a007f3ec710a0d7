"""LISTEN, X: a query that would flood a queue, or find nothing, is refused before it is saved."""

import pytest

from listeners.errors import BadTarget
from listeners.x_query import LONGEST, checked_query

GOOD = [
    "acme", '"blue kettle"', "#acme", "@acme", "$ACME", "from:acme", "to:acme -is:reply", "(acme OR tarnbrook) lang:en",
    "acme -giveaway", "品牌", "🫖", "-(free OR win) acme", "url:acme.example", 'url:"https://acme.example"',
    "conversation_id:123", "has:links acme", "acme (-is:nullcast)", "브랜드 has:images", "AT&T", "-\"not this\" acme",
]  # fmt: skip
BAD = [
    "", "   ", "#", "@", '""', '" "', "-acme", "-(acme OR tarnbrook)", "is:reply", "lang:en has:links", "OR", "a", "-",
    "...", "(acme", "acme)", '"acme', "-is:reply lang:en", "from:", "min_likes:5",
    "(-acme)", ")acme(", "!!! ???", "-(-acme)",
]  # fmt: skip


@pytest.mark.parametrize("query", GOOD)
def test_a_query_that_finds_something_passes(query: str) -> None:
    assert checked_query(query) == query


@pytest.mark.parametrize("query", BAD)
def test_a_query_that_finds_nothing_by_itself_is_refused(query: str) -> None:
    with pytest.raises(BadTarget):
        checked_query(query)


def test_spaces_are_evened_out() -> None:
    assert checked_query("  acme \n kettle ") == "acme kettle"


def test_length_is_counted_in_characters() -> None:
    assert checked_query("ä" * LONGEST)
    with pytest.raises(BadTarget, match="512"):
        checked_query("ä" * (LONGEST + 1))
