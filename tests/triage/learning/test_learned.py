"""The light head: nothing learned changes nothing, and what comes out is always probabilities."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from tests.triage.learning.stage import WIDTH, unit, world
from triage.learning import Learned
from triage.reading.head import OUTPUTS

Rows = arrays(np.float64, (3, len(OUTPUTS)), elements=some.floats(0, 1))


def head(weights: float = 0.0, bias: float = 0.0) -> Learned:
    shape = (WIDTH, len(OUTPUTS))
    return Learned("learned-1", np.full(shape, weights, np.float32), np.full(shape[1], bias, np.float32), "base")


@given(Rows)
def test_nothing_learned_is_the_model_s_own_answer(rows: NDArray[np.float64]) -> None:
    rows[:, :3] = (rows[:, :3] + 0.01) / (rows[:, :3] + 0.01).sum(axis=1, keepdims=True)
    embeddings = unit(np.ones((3, WIDTH)))
    assert head().adjust(rows, embeddings) == pytest.approx(rows, abs=1e-8)


@given(Rows, some.integers(0, 2**32 - 1))
def test_whatever_is_learned_gives_probabilities_and_sentiments_that_sum_to_one(
    rows: NDArray[np.float64], seed: int
) -> None:
    dice = np.random.default_rng(seed)
    weights = dice.normal(scale=50, size=(WIDTH, len(OUTPUTS))).astype(np.float32)
    learned = Learned("learned-1", weights, weights[0], "base")
    moved = learned.adjust(rows, unit(dice.normal(size=(3, WIDTH))))
    assert moved[:, :3].sum(axis=1) == pytest.approx(1)
    assert (moved >= 0).all()
    assert (moved <= 1).all()


def test_what_is_kept_as_bytes_comes_back_the_same() -> None:
    dice = np.random.default_rng(1)
    weights = dice.normal(size=(WIDTH, len(OUTPUTS))).astype(np.float32)
    learned = Learned("learned-3", weights, weights[5], "reading-2-abc")
    again = Learned.from_bytes(learned.to_bytes(), "learned-3", "reading-2-abc")
    texts = world(20, 1)
    one, other = (each.adjust(texts.probabilities, texts.embeddings) for each in (learned, again))
    assert (one == other).all()
    assert (again.version, again.base_version) == (learned.version, learned.base_version)


def test_bytes_that_are_no_head_are_refused() -> None:
    with pytest.raises(Exception, match="header"):
        Learned.from_bytes(b"cos\nsystem\n(S'true'\ntR.", "learned-1", "base")
