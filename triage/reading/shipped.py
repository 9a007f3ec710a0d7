"""TRIAGE, reading: the shipped model: a small transformer and the n-gram head, averaged.

In come normalised texts and their languages; out go probabilities, irony and embeddings. It reads its weights once and
checks them against `model.json`, which also holds how much each half counts, the thresholds and the calibration; all of
it comes from `triage/training/blend.py`. It never changes anything.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triage.reading.encoder import Encoder
from triage.reading.head import OUTPUTS, WEIGHTS, Head, WeightsDamaged, load
from triage.reading.model import Said
from triage.reading.rules import RULES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENGLISH = "en"
WRITTEN = frozenset({"es", "de", "fr", "it", "pt", "nl", "zh", "ja"})
WRITTEN_TRUST, UNKNOWN_TRUST = 0.75, 0.5
NAMED = ("version", "encoder", "tokenizer", "ngram", "shares", "sharpness", "thresholds", "calibration")
"""What `model.json` must say."""
DAMAGED = "The classifier's weights in {} are missing or damaged: install Quarterdeck again."
_loading = threading.Lock()


@dataclass(frozen=True)
class Blend:
    """How the halves are joined: the encoder's shares (0-1) for sentiment, each intent, about_brand and needs_reply."""

    english: Mapping[str, float]
    other: Mapping[str, float]
    """In every other language: the encoder was made for English."""
    sharpness: float
    """The power that the mean's sentiments are raised to, because a mean of two is too modest."""
    thresholds: Mapping[str, float]
    calibration: tuple[float, float]


@dataclass(frozen=True)
class Shipped:
    """Both halves, ready for use. Implements `triage.reading.model.Model`."""

    encoder: Encoder
    head: Head
    blend: Blend
    version: str

    @property
    def thresholds(self) -> Mapping[str, float]:
        """From which probability on an intent counts."""
        return self.blend.thresholds

    @property
    def calibration(self) -> tuple[float, float]:
        """Scale and shift of the logit of `needs_reply`."""
        return self.blend.calibration

    def trust(self, language: str) -> float:
        """English whole, the languages we wrote mentions in less, all others little."""
        return 1.0 if language == ENGLISH else WRITTEN_TRUST if language in WRITTEN else UNKNOWN_TRUST

    def read(self, normalised: Sequence[str], languages: Sequence[str]) -> Said:
        """What both halves together say."""
        import numpy as np  # here, because importing this room must stay cheap

        if not normalised:
            nothing = np.zeros((0, len(OUTPUTS)))
            return Said(nothing, np.zeros(0), np.zeros((0, 0), np.float16))
        logits, embeddings = self.encoder.read(normalised)
        one, irony = told(logits)
        both = mixed(one, self.head.probabilities(normalised), self._shares(languages))
        both[:, :3] **= self.blend.sharpness
        both[:, :3] /= both[:, :3].sum(axis=1, keepdims=True)
        return Said(both, irony, embeddings.astype(np.float16))

    def _shares(self, languages: Sequence[str]) -> NDArray[np.float64]:
        english, other = (shares_of(side) for side in (self.blend.english, self.blend.other))
        return _rows([english if language == ENGLISH else other for language in languages])


def told(logits: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The encoder's logits as probabilities, shape (n, len(OUTPUTS)), and irony, shape (n,)."""
    import numpy as np  # here, for the same reason

    raw = logits.astype(np.float64)
    out = 1 / (1 + np.exp(-raw))
    share = np.exp(raw[:, :3] - raw[:, :3].max(axis=1, keepdims=True))
    out[:, :3] = share / share.sum(axis=1, keepdims=True)
    return out[:, : len(OUTPUTS)], out[:, len(OUTPUTS)]


def mixed(one: NDArray[np.float64], other: NDArray[np.float64], share: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of two answers, `share` (0-1, one a column) of it from the first."""
    return share * one + (1 - share) * other


def shares_of(side: Mapping[str, float]) -> list[float]:
    """A share for each of OUTPUTS: one for the three sentiments, one for each other output."""
    return [side["sentiment"]] * 3 + [side[name] for name in OUTPUTS[3:]]


def _rows(values: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    import numpy as np  # here, for the same reason

    return np.array(values, dtype=np.float64)


def shipped() -> Shipped:
    """The shipped model, loaded at the first call (about two seconds, 150 MB). Errors: WeightsDamaged."""
    with _loading:
        return open_folder(WEIGHTS)


@lru_cache(maxsize=2)
def open_folder(folder: Path) -> Shipped:
    """Read a folder of weights. Errors: WeightsDamaged if a file is missing or is not the one `model.json` names."""
    head = load(folder)
    card = _card(folder)
    for file, name in (("encoder.onnx", "encoder"), ("tokenizer.json", "tokenizer")):
        if _checksum(folder / file) != card[name]:
            raise WeightsDamaged(DAMAGED.format(folder))
    if head.sha256 != card["ngram"]:
        raise WeightsDamaged(DAMAGED.format(folder))
    calibration = (float(card["calibration"]["scale"]), float(card["calibration"]["shift"]))
    shares, sharpness, thresholds = card["shares"], float(card["sharpness"]), card["thresholds"]
    blend = Blend(shares["english"], shares["other"], sharpness, thresholds, calibration)
    return Shipped(Encoder(folder), head, blend, version_of(card))


def _card(folder: Path) -> dict[str, Any]:
    """What `model.json` says, with everything it must say."""
    try:
        card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WeightsDamaged(DAMAGED.format(folder)) from error
    if not isinstance(card, dict) or any(name not in card for name in NAMED):
        raise WeightsDamaged(DAMAGED.format(folder))
    return card


def _checksum(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise WeightsDamaged(DAMAGED.format(file.parent)) from error


def version_of(card: Mapping[str, Any]) -> str:
    """Changes with the weights of either half, their shares, the thresholds, the calibration and the rules' edition."""
    told = [*(card[name] for name in NAMED if name != "version"), RULES]
    checksum = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return f"{card['version']}-{checksum[:8]}"
