"""How lists of words are looked for in texts."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.triage.reading.test_danger import NO, YES
from tests.triage.reading.word_lists import WORD_LISTS
from triage.reading.lexicon import WordList, near, one_of
from triage.reading.normalise import normalise
from triage.reading.seeds import read_seeds

MENTIONS = [normalise(text).lower() for text in [seed.text for seed in read_seeds()] + [text for _, text in YES] + NO]
GAPS = st.sampled_from([" ", ", ", ". ", "-", "", " a ", " not ", "?", "！", "\n", " 1234 ", "#"])


@st.composite
def mixtures(draw: st.DrawFn) -> str:
    """Pieces of mentions of ours, joined at random."""
    text = ""
    for mention in draw(st.lists(st.sampled_from(MENTIONS), min_size=1, max_size=6)):
        start = draw(st.integers(0, len(mention)))
        text += mention[start : start + draw(st.integers(0, 40))] + draw(GAPS)
    return text


@cache
def plainly(words: WordList) -> re.Pattern[str]:
    return re.compile(words.pattern)


def assert_same(text: str) -> None:
    for words in WORD_LISTS:
        assert words.found_in(text) == (plainly(words).search(text) is not None)
        assert words.taken_from(text) == plainly(words).sub(" ", text)


@given(mixtures())
@settings(deadline=None, max_examples=200)
def test_every_list_finds_in_any_text_just_what_its_pattern_finds(text: str) -> None:
    assert_same(text)


@pytest.mark.parametrize("start", range(4))
def test_every_list_finds_in_our_mentions_just_what_its_pattern_finds(start: int) -> None:
    for text in MENTIONS[start::4]:
        assert_same(text)


def test_a_line_is_found_only_where_a_word_starts() -> None:
    words = one_of("fire\nsmok(?:e|ing)\\b")
    assert words.found_in("a fire!")
    assert words.found_in("it is smoking")
    assert not words.found_in("a misfire, smokes")


def test_unspaced_parts_are_found_anywhere() -> None:
    assert one_of("", "着火 冒(?:烟|火)").found_in("水壶冒烟了")
    assert not one_of("", "着火 冒(?:烟|火)").found_in("水壶冒险")


def test_words_near_each_other_are_found_in_any_order() -> None:
    words = near("child", "chok(?:ed|ing)", 10)
    assert words.found_in("my child choked")
    assert words.found_in("choking child")
    assert not words.found_in("my child. he choked")
    assert not words.found_in("choking on it was my own child")


def test_what_is_found_is_taken_out() -> None:
    words = one_of("(?:she is )?on fire\nfire")
    assert words.taken_from("today she is on fire, no fire") == "today  , no  "
    assert words.taken_from("no smoke") == "no smoke"


def test_a_pattern_that_may_match_anything_is_still_tried() -> None:
    assert one_of(r"\d+%").found_in("only 20% left")
    assert one_of(r"\w\w\w\b").found_in("abc")
