"""Which letters a text must hold for a pattern to be worth trying."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.triage.reading.word_lists import WORD_LISTS
from triage.reading.literals import needed

ALTERNATIVES = sorted({each for words in WORD_LISTS for each in words.alternatives if len(each) < 400})


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        (r"(?<!\w)(?:fumes\b)", {"fumes"}),
        (r"(?:caught|took|on) fire\b", {"caught fire", "took fire", "on fire"}),
        (r"mou?ldy", {"mouldy", "moldy"}),
        (r"gr[ae]y", {"gray", "grey"}),
        (r"lo+l", {"lo"}),
        (r"(?:ja){2,}", {"jaja"}),
        (r"ha{2}!", {"haa!"}),
        (r"c(?:aa){0,3}bb", {"bb"}),
        (r"(?:any|a) (?:\w+ )?recall\b(?! election)", {"recall"}),
        (r"got (?:\w+ )?shocked|zapped", {"shocked", "zapped"}),
    ],
)
def test_the_most_telling_strings_are_needed(pattern: str, strings: set[str]) -> None:
    assert set(needed(pattern) or ()) == strings


@pytest.mark.parametrize(
    "pattern", [r"\w+", r"a*", r"(?:fire)?", r"fire|\d", r"(?i)fire", r"(?i:fire)", r"[^a]", "", "x{0}"]
)
def test_a_pattern_that_may_match_anything_needs_nothing(pattern: str) -> None:
    assert needed(pattern) is None


def joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Larger patterns of smaller ones."""
    more = st.lists(parts, min_size=1, max_size=3)
    return (
        more.map("".join)
        | more.map(lambda each: f"(?:{'|'.join(each)})")
        | st.tuples(parts, st.sampled_from("?*+"), st.sampled_from(["", "?"])).map(lambda p: f"(?:{p[0]}){p[1]}{p[2]}")
        | st.tuples(parts, st.integers(0, 6), st.integers(0, 3)).map(lambda p: f"(?:{p[0]}){{{p[1]},{p[1] + p[2]}}}")
        | parts.map(lambda part: f"(?<!z){part}(?!z)")
    )


PATTERNS = st.recursive(
    st.sampled_from(["a", "bc", "é", "猫", r"\w", ".", "[de]", "[^f]", r"\b", r"\s"]), joined, max_leaves=8
)


@given(PATTERNS | st.sampled_from(ALTERNATIVES), st.data())
@settings(deadline=None, max_examples=200)
def test_whatever_matches_holds_a_needed_string(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern))
    assume(re.search(pattern, text))
    strings = needed(pattern)
    assert strings is None or any(each in text for each in strings)


def test_none_of_our_words_must_be_tried_at_every_text() -> None:
    assert [each for words in WORD_LISTS for each in words.alternatives if needed(each) is None] == []
