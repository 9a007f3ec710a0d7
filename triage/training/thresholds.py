"""TRIAGE, training: from which probability on an intent counts.

In come probabilities of our seeds, each read by a head that has not seen its theme, and their true intents;
out goes one threshold an intent. Crisis and churn get theirs for recall; the others together, so that the
primary intent (the gravest past its threshold) is right most often.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triage.reading.head import INTENTS

RECALL_FIRST = {"crisis": 0.25, "churn": 0.3}
"""Low on purpose: what the words alone (`rules.py`) overlook should not need much evidence."""
GRID = tuple(float(at) for at in np.round(np.arange(0.36, 0.85, 0.04), 2))
"""Not lower: our seeds hold few of the everyday texts that a loose threshold would mistake for something."""
ROUNDS = 3


def choose(answers: NDArray[Any], labels: NDArray[Any]) -> dict[str, float]:
    """Thresholds by intent code; both arrays have a row for each seed and a column for each of INTENTS."""
    at = np.array([RECALL_FIRST.get(code, 0.5) for code in INTENTS])
    true = labels.argmax(axis=1)
    for _ in range(ROUNDS):
        for column, code in enumerate(INTENTS[:-1]):
            if code not in RECALL_FIRST:
                at[column] = max(GRID, key=lambda each: _right(answers, true, _with(at, column, each)))
    return dict(zip(INTENTS, at.tolist(), strict=True))


def _with(thresholds: NDArray[Any], column: int, value: float) -> NDArray[Any]:
    changed = thresholds.copy()
    changed[column] = value
    return changed


def _right(answers: NDArray[Any], true: NDArray[Any], thresholds: Sequence[float] | NDArray[Any]) -> float:
    """Mean share of right primary intents over the intents, so that the rare ones count as much."""
    past = answers >= thresholds
    past[:, -1] = True
    primary = past.argmax(axis=1)
    return float(np.mean([(primary[true == code] == code).mean() for code in np.unique(true)]))
