"""TRIAGE, reading: the words of texts and their runs of characters, as hashes.

In come lower-case texts; out go two arrays: in which text each word or run stands, and its hash. `features.py` says
what for. It keeps nothing. It loads numpy, so it is loaded at the first text only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from triage.reading.hashing import Hashes, Places, hashes
from triage.reading.normalise import CJK

SHORTEST, LONGEST = 2, 5
"""Characters of a run."""
_WORD = re.compile(rf"[{CJK}]|[^\W{CJK}]+|[!?]+")


def words(texts: Sequence[str]) -> tuple[Places, Hashes]:
    """Words and pairs of neighbouring words, as often as they are met, in any order: number of the text, and hash."""
    found = [_WORD.findall(text) for text in texts]
    row = np.repeat(np.arange(len(texts)), [len(each) for each in found])
    every = [word for each in found for word in each]
    ends = np.cumsum([len(word) + 1 for word in every], dtype=np.int64) - 1
    starts = np.concatenate([[0], ends + 1])[:-1]
    first = np.flatnonzero(row[1:] == row[:-1])  # of a pair: both words with the space between them
    starts, ends = np.concatenate([starts, starts[first]]), np.concatenate([ends, ends[first + 1]])
    return np.concatenate([row, row[first]]), hashes(" ".join(every), starts, ends)


def runs(texts: Sequence[str]) -> tuple[Places, Hashes]:
    """Runs of SHORTEST to LONGEST characters likewise. A space is only a run's first or last character."""
    spaced = [f" {' '.join(text.split())} " for text in texts]
    together = "".join(spaced)
    letter = np.frombuffer(together.encode("utf-32-le"), "<u4") != ord(" ")
    within = letter[1:]  # from where a run has only letters between its first and its last character
    starts = [np.flatnonzero(letter[:-1] | within)]
    for size in range(SHORTEST + 1, LONGEST + 1):
        starts.append(np.flatnonzero(within))
        within = within[:-1] & letter[size - 1 :]
    start = np.concatenate(starts)
    size_of = np.repeat(np.arange(SHORTEST, LONGEST + 1), [len(each) for each in starts])
    row = np.repeat(np.arange(len(texts)), [len(text) for text in spaced])
    return row[start], hashes(together, start, start + size_of)
