"""Many small strings hashed at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.utils import murmurhash3_32

from triage.reading.hashing import hashes

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text("ab é猫😀", max_size=40)


@given(TEXTS, st.data())
def test_every_piece_has_the_hash_that_scikit_learn_gives_it(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    pieces = [sorted(each) for each in data.draw(st.lists(st.tuples(place, place), max_size=8))]
    starts, ends = (np.array([piece[side] for piece in pieces], np.int64) for side in (0, 1))

    found = hashes(text, starts, ends)

    assert found.tolist() == [murmurhash3_32(text[start:end], positive=True) for start, end in pieces]


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        hashes("a\ud800", np.array([0]), np.array([2]))
