"""TRIAGE, reading: texts as hashed n-grams.

In come normalised texts; out goes one sparse row each: words and word pairs in the first half of the
columns, runs of 2 to 5 characters in the second, each half of length one. Chinese and Japanese characters
count as words of their own. There is no vocabulary: a column is a hash, so nothing of anybody's words is
kept. Training and reading share these functions; changing them means training anew.

The rows are those of scikit-learn's HashingVectorizer: words with `ngram_range=(1, 2)`, and runs, which stay within a
word and the space on either side of it, with `analyzer="char_wb", ngram_range=(2, 5)`; both without signs and counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from triage.reading.hashing import Hashes, Places

HALF = 2**17
COLUMNS = 2 * HALF
AT_ONCE = 50_000
"""Characters that are hashed together: enough to be fast, little memory."""


def features(texts: Sequence[str]) -> csr_matrix:
    """Hash normalised texts to a float32 matrix of shape (len(texts), 2**18). Thread-safe; keeps no state."""
    import numpy as np  # these two here: imports that a command without texts saves
    from scipy.sparse import csr_matrix, vstack

    nothing = csr_matrix(np.zeros((0, COLUMNS), np.float32))
    return csr_matrix(vstack([nothing, *map(_rows, _portions(texts))], format="csr"))


def _portions(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in lower case, in groups of about AT_ONCE characters."""
    portion, size = list[str](), 0
    for text in texts:
        portion.append(text.lower())
        size += len(text)
        if size >= AT_ONCE:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _rows(texts: list[str]) -> csr_matrix:
    """A column counts once, however often it is met; then each half of a row is made to have length one."""
    import numpy as np  # these here, for the same reason
    from scipy.sparse import csr_matrix

    from triage.reading.ngrams import runs, words

    places = np.sort(np.concatenate([_places(*words(texts), 0), _places(*runs(texts), HALF)]))
    places = places[np.diff(places, prepend=-1) > 0]
    half = places // HALF
    sizes = np.bincount(half, minlength=2 * len(texts))
    values = (1 / np.sqrt(np.maximum(sizes, 1))).astype(np.float32)
    ends = np.concatenate([[0], np.cumsum(sizes)[1::2]])
    return csr_matrix((values[half], places % COLUMNS, ends), shape=(len(texts), COLUMNS))


def _places(row: Places, hashed: Hashes, first: int) -> Places:
    """Rows and columns in one number; a hash becomes a column as in scikit-learn: without its sign, and folded."""
    return row * COLUMNS + first + abs(hashed.view("int32").astype("int64")) % HALF
