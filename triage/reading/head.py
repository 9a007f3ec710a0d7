"""TRIAGE, reading: the trained n-gram head.

In come normalised texts; out go probabilities: three sentiments and one each for the nine intents, for
"about the brand" and for "needs a reply". It reads its weights once, checks them against their checksum,
and never changes them. The weights come from `triage/training/ngram.py`.
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

from triage.reading.features import COLUMNS, features
from triage.reading.rules import RULES
from triage.unavailable import ModelUnavailable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).parents[1] / "weights"
SENTIMENTS = ("negative", "neutral", "positive")
INTENTS = (
    "crisis", "churn", "complaint", "question", "purchase", "suggestion", "praise", "promo", "chatter",
)  # fmt: skip
"""Intent codes, the gravest first: the first one past its threshold is the primary one."""
OUTPUTS = (*SENTIMENTS, *INTENTS, "about_brand", "needs_reply")
"""What each column of the weights says, in order."""

_loading = threading.Lock()


class WeightsDamaged(ModelUnavailable):
    """The weights in triage/weights are missing or are not the ones their description names. Permanent."""


@dataclass(frozen=True)
class Head:
    """Weights ready for use: `table` has a row for each hashed column and a column for each of OUTPUTS."""

    table: NDArray[np.float32]
    bias: NDArray[np.float32]
    thresholds: Mapping[str, float]
    version: str
    sha256: str

    def probabilities(self, normalised: Sequence[str]) -> NDArray[np.float64]:
        """Read texts; shape (len(normalised), len(OUTPUTS)). The sentiments of a row sum to 1."""
        import numpy as np  # here, because importing this room must stay cheap

        logits = np.asarray(features(normalised) @ self.table, dtype=np.float64) + self.bias
        out = 1 / (1 + np.exp(-logits))
        share = np.exp(logits[:, :3] - logits[:, :3].max(axis=1, keepdims=True))
        out[:, :3] = share / share.sum(axis=1, keepdims=True)
        return out


def shipped_head() -> Head:
    """The shipped head, loaded at the first call (about a second, 15 MB). Errors: WeightsDamaged."""
    with _loading:
        return load(WEIGHTS)


@lru_cache(maxsize=2)
def load(folder: Path) -> Head:
    """Read `ngram.safetensors` and `ngram.json` of a folder. Errors: WeightsDamaged."""
    import numpy as np  # these two here, because importing this room must stay cheap
    from safetensors.numpy import load as parse

    data, card = _read(folder)
    tensors = parse(data)
    table = np.zeros((COLUMNS, len(OUTPUTS)), dtype=np.float32)
    kept = np.unpackbits(tensors["kept"], count=COLUMNS).astype(bool)
    table[kept] = tensors["weights"]
    return Head(table, tensors["bias"].astype(np.float32), card["thresholds"], _version(card), card["sha256"])


def _version(card: Mapping[str, Any]) -> str:
    """Changes with the weights, the thresholds and the edition of the rules."""
    parts = [card["sha256"], card["thresholds"], RULES]
    checksum = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    return f"{card['version']}-{checksum[:8]}"


def _read(folder: Path) -> tuple[bytes, dict[str, Any]]:
    try:
        data = (folder / "ngram.safetensors").read_bytes()
        card = json.loads((folder / "ngram.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WeightsDamaged(f"Cannot read the classifier's weights in {folder}: install Quarterdeck again.") from error
    if not isinstance(card, dict) or not {"version", "sha256", "thresholds"} <= card.keys():
        raise WeightsDamaged(f"The classifier's weights in {folder} are damaged: install Quarterdeck again.")
    if hashlib.sha256(data).hexdigest() != card["sha256"]:
        raise WeightsDamaged(f"The classifier's weights in {folder} are damaged: install Quarterdeck again.")
    return data, card
