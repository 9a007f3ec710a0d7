"""TRIAGE, reading: what every model behind `classify` offers.

In come normalised texts, out go probabilities. The shipped model (`shipped.py`) and other people's (`other.py`) both
look like this to `classify`. Types only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Said:
    """What a model says of n texts.

    `probabilities`: shape (n, len(OUTPUTS)), float64; the three sentiments of a row sum to 1. `irony`: shape (n,), 0-1,
    how likely the text means the opposite of its words. `embeddings`: shape (n, width), float16, rows of unit length;
    None where the model has none.
    """

    probabilities: NDArray[np.float64]
    irony: NDArray[np.float64]
    embeddings: NDArray[np.float16] | None


class Model(Protocol):
    """A model ready for use. Thread-safe. The same texts always get the same answer, whatever stands beside them."""

    @property
    def version(self) -> str:
        """Changes whenever an answer may change."""

    @property
    def thresholds(self) -> Mapping[str, float]:
        """From which probability on an intent counts."""

    @property
    def calibration(self) -> tuple[float, float]:
        """Scale and shift of the logit of `needs_reply`."""

    def trust(self, language: str) -> float:
        """How far a reading in a language (ISO 639-1 or "und") is to be believed, 0-1."""

    def read(self, normalised: Sequence[str], languages: Sequence[str]) -> Said:
        """Read texts; `languages` (ISO 639-1 or "und", one a text) say how far an English encoder is to be believed."""
