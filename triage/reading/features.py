"""TRIAGE, reading: texts as hashed n-grams.

In come normalised texts; out goes one sparse row each: words and word pairs in the first half of the
columns, runs of 2 to 5 characters in the second, each half of length one. Chinese and Japanese characters
count as words of their own. There is no vocabulary: a column is a hash, so nothing of anybody's words is
kept. Training and reading share these functions; changing them means training anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from triage.reading.normalise import CJK

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import HashingVectorizer

HALF = 2**17
COLUMNS = 2 * HALF
_WORD = rf"[{CJK}]|[^\W{CJK}]+|[!?]+"


def features(texts: Sequence[str]) -> csr_matrix:
    """Hash normalised texts to a float32 matrix of shape (len(texts), 2**18). Thread-safe; keeps no state."""
    import numpy as np  # these two here: a second of imports that a command without texts saves
    from scipy.sparse import csr_matrix, hstack

    if not texts:
        return csr_matrix(np.zeros((0, COLUMNS), dtype=np.float32))
    words, characters = _vectorizers()
    return csr_matrix(hstack([words.transform(texts), characters.transform(texts)], format="csr"))


@lru_cache(maxsize=1)
def _vectorizers() -> tuple[HashingVectorizer, HashingVectorizer]:
    from sklearn.feature_extraction.text import HashingVectorizer  # here, for the same second

    shared = {"n_features": HALF, "alternate_sign": False, "binary": True, "norm": "l2", "dtype": "float32"}
    words = HashingVectorizer(ngram_range=(1, 2), token_pattern=_WORD, **shared)
    return words, HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), **shared)
