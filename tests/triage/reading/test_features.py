"""Texts as hashed n-grams."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer

from triage.reading import features as room
from triage.reading.features import COLUMNS, HALF, features
from triage.reading.normalise import CJK, normalise
from triage.reading.seeds import read_seeds

WORDS = sorted({word for seed in read_seeds() for word in normalise(seed.text).split(" ")})
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=9), max_size=20).map(
    lambda words: normalise(" ".join(words))
)


@cache
def vectorizers() -> list[HashingVectorizer]:
    """What the shipped weights were trained with."""
    shared = {"n_features": HALF, "alternate_sign": False, "binary": True, "norm": "l2", "dtype": "float32"}
    words = rf"[{CJK}]|[^\W{CJK}]+|[!?]+"
    return [
        HashingVectorizer(ngram_range=(1, 2), token_pattern=words, **shared),
        HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), **shared),
    ]


def assert_same(texts: list[str]) -> None:
    expected = csr_matrix(hstack([each.transform(texts) for each in vectorizers()], format="csr"))
    found = features(texts)
    assert (found.shape, found.dtype) == (expected.shape, expected.dtype)
    for side in ("indptr", "indices", "data"):
        assert np.array_equal(getattr(found, side), getattr(expected, side))


@given(st.lists(TEXTS, min_size=1, max_size=5))
@settings(deadline=None)
def test_rows_are_those_of_scikit_learn_to_the_last_bit(texts: list[str]) -> None:
    assert_same(texts)


def test_rows_of_our_own_mentions_are_those_of_scikit_learn() -> None:
    assert_same([normalise(seed.text) for seed in read_seeds()])


@pytest.mark.parametrize("text", ["", " ", "a", "!", "ab  cd\tef", "x" * 9_000, "猫", "İstanbul ǅ ß", "a\u2028b\xa0c"])
def test_odd_texts_too(text: str) -> None:
    assert_same([text, "in between", text])


def test_how_texts_are_put_together_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [normalise(seed.text) for seed in read_seeds()[:60]]
    at_once = features(texts)
    monkeypatch.setattr(room, "AT_ONCE", 1)
    assert np.array_equal(features(texts).toarray(), at_once.toarray())


def test_no_texts_make_no_rows() -> None:
    assert features([]).shape == (0, COLUMNS)
