"""TESTS: a world of texts without words: directions instead of topics, and a model that knows most of it.

Around one direction ("dialect") the model takes for neutral what is meant badly; everywhere else it is mostly right.
"""

import numpy as np
from numpy.typing import NDArray

from triage.learning.lessons import UNKNOWN, Lessons, Scale
from triage.reading.head import INTENTS, OUTPUTS

WIDTH = 384
SCALE = Scale.of(dict.fromkeys(INTENTS, 0.5), (1.0, 0.0))
_dice = np.random.default_rng(7)
DIALECT = _dice.normal(size=WIDTH)
MOODS = _dice.normal(size=(3, WIDTH))
"""A direction for each sentiment, elsewhere."""


def unit(rows: NDArray[np.float64]) -> NDArray[np.float16]:
    """Rows of length one."""
    lengthened: NDArray[np.float16] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)
    return lengthened


def said(sentiments: NDArray[np.int64], sure: float) -> NDArray[np.float64]:
    """Probabilities of a model that takes texts for these sentiments, and thinks little of anything else."""
    rows = np.full((len(sentiments), len(OUTPUTS)), 0.1)
    rows[:, :3] = (1 - sure) / 2
    rows[np.arange(len(rows)), sentiments] = sure
    return rows


def labels(sentiments: NDArray[np.int64]) -> NDArray[np.float32]:
    """What is true: these sentiments, and nobody said more."""
    rows = np.full((len(sentiments), len(OUTPUTS)), UNKNOWN, dtype=np.float32)
    rows[:, :3] = np.eye(3, dtype=np.float32)[sentiments]
    return rows


def world(number: int, seed: int) -> Lessons:
    """Texts of everywhere else; the model is right on four of five."""
    dice = np.random.default_rng(seed)
    true = dice.integers(0, 3, number)
    taken = np.where(dice.random(number) < 0.8, true, (true + dice.integers(1, 3, number)) % 3)
    embeddings = unit(MOODS[true] + 0.8 * dice.normal(size=(number, WIDTH)))
    return Lessons(np.arange(number), embeddings, said(taken, 0.7), labels(true))


def dialect(number: int, seed: int) -> Lessons:
    """Texts of the brand's own people, all meant badly; the model takes most for neutral."""
    dice = np.random.default_rng(seed)
    taken = np.where(dice.random(number) < 0.7, 1, 0)
    embeddings = unit(DIALECT + 0.8 * dice.normal(size=(number, WIDTH)))
    return Lessons(np.arange(number), embeddings, said(taken, 0.5), labels(np.zeros(number, dtype=np.int64)))


def flipped(lessons: Lessons) -> Lessons:
    """The same with good and bad exchanged, neutral taken for bad: somebody means harm."""
    true = lessons.labels[:, :3].argmax(axis=1)
    return Lessons(lessons.ids, lessons.embeddings, lessons.probabilities, labels(np.array([2, 0, 0])[true]))


def joined(*parts: Lessons) -> Lessons:
    """Several as one, numbered anew."""
    return Lessons(
        np.arange(sum(len(p.ids) for p in parts)),
        np.concatenate([p.embeddings for p in parts]),
        np.concatenate([p.probabilities for p in parts]),
        np.concatenate([p.labels for p in parts]),
    )
