"""TRIAGE, learning: what was read and what people said of it, as arrays.

In come embeddings, a model's probabilities and labels; out go parts of them and figures. Pure, and without any words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from models.values import Intent, Label, Sentiment
from triage.learning.learned import SENTIMENTS, logits_of
from triage.reading.head import INTENTS, OUTPUTS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNKNOWN = -1.0
KEPT_BACK = 4
"""One lesson in so many is kept back to judge by, always the same ones."""
DANGER = (OUTPUTS.index("crisis"), OUTPUTS.index("churn"))
"""The columns of which nothing may be overlooked."""


@dataclass(frozen=True)
class Lessons:
    """n texts, in the order of `ids`. Columns as OUTPUTS."""

    ids: NDArray[np.int64]
    embeddings: NDArray[np.float16]
    """(n, width), rows of unit length."""
    probabilities: NDArray[np.float64]
    """(n, outputs): what the model says, without anything learned."""
    labels: NDArray[np.float32]
    """(n, outputs): 1 holds, 0 does not, −1 nobody said."""

    def part(self, chosen: NDArray[np.bool_]) -> Lessons:
        """Some of them."""
        return Lessons(self.ids[chosen], self.embeddings[chosen], self.probabilities[chosen], self.labels[chosen])

    def split(self) -> tuple[Lessons, Lessons]:
        """To learn from, and kept back: by a hash of the mention's number, whatever else is there."""
        import numpy as np  # here, because importing this room must stay cheap

        kept = np.array([is_kept_back(int(i)) for i in self.ids], dtype=bool)
        return self.part(~kept), self.part(kept)


def is_kept_back(mention_id: int) -> bool:
    """Whether what was said of this mention only judges."""
    return hashlib.sha256(str(mention_id).encode()).digest()[0] % KEPT_BACK == 0


def label_row(words: Mapping[Label, str]) -> list[float]:
    """What a person said of one mention, as a row. A primary intent says that none graver holds, and no more."""
    row = dict.fromkeys(OUTPUTS, UNKNOWN)
    if sentiment := words.get(Label.SENTIMENT):
        row |= {each.value: float(each == sentiment) for each in Sentiment}
    if intent := words.get(Label.INTENT):
        graver = list(Intent)[: list(Intent).index(Intent(intent))]
        row |= {each.value: 0.0 for each in graver} | {intent: 1.0}
    for label in (Label.ABOUT_BRAND, Label.NEEDS_REPLY):
        if label in words:
            row[label.value] = float(words[label] == "yes")
    return [row[name] for name in OUTPUTS]


@dataclass(frozen=True)
class Scale:
    """From where on each output counts, as its model has it: `scale · logit + shift ≥ 0`; of sentiments the largest."""

    scale: NDArray[np.float64]
    shift: NDArray[np.float64]

    @classmethod
    def of(cls, thresholds: Mapping[str, float], calibration: tuple[float, float]) -> Scale:
        """A model's thresholds of the intents and the calibration of its needs_reply."""
        import numpy as np  # here, for the same reason

        scale, shift = np.ones(len(OUTPUTS)), np.zeros(len(OUTPUTS))
        for name in INTENTS:
            shift[OUTPUTS.index(name)] = -log(thresholds[name] / (1 - thresholds[name]))
        scale[-1], shift[-1] = calibration
        return cls(scale, shift)

    def margins(self, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far each output is past where it counts, in logits."""
        return self.scale * logits_of(probabilities) + self.shift


@dataclass(frozen=True)
class Score:
    """How well probabilities tell what was said: sentiment, primary intent, about the brand, needs a reply."""

    right: int
    told: int
    danger_found: int
    """Of texts in which crisis or churn holds, those it tells."""
    sentiments_right: int
    sentiments_told: int

    @property
    def share(self) -> float:
        """0–1; 0 where nothing was told."""
        return self.right / self.told if self.told else 0.0


def score(probabilities: NDArray[np.float64], labels: NDArray[np.float32], scale: Scale) -> Score:
    """Count what is told right, of what is known."""
    import numpy as np  # here, for the same reason

    holds = scale.margins(probabilities) >= 0
    is_known = labels[:, :SENTIMENTS].max(axis=1) > 0
    right = [probabilities[:, :SENTIMENTS].argmax(axis=1) == labels[:, :SENTIMENTS].argmax(axis=1)]
    known = [is_known]
    intents = slice(SENTIMENTS, SENTIMENTS + len(INTENTS))
    known.append(labels[:, intents].max(axis=1) > 0)
    right.append(_primary(holds[:, intents]) == _primary(labels[:, intents] > 0))
    for column in (-2, -1):
        known.append(labels[:, column] >= 0)
        right.append(holds[:, column] == (labels[:, column] >= 0.5))
    danger = [int((holds[:, c] & (labels[:, c] > 0)).sum()) for c in DANGER]
    counted = np.array([r & k for r, k in zip(right, known, strict=True)])
    return Score(
        right=int(counted.sum()),
        told=int(np.array(known).sum()),
        danger_found=sum(danger),
        sentiments_right=int(counted[0].sum()),
        sentiments_told=int(known[0].sum()),
    )


def _primary(holds: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The gravest that holds; chatter, the last, where none does."""
    import numpy as np  # here, for the same reason

    first: NDArray[np.int64] = np.where(holds.any(axis=1), holds.argmax(axis=1), holds.shape[1] - 1)
    return first
