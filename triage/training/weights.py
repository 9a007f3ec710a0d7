"""TRIAGE, training: write the weights and what is known about them.

In come the fitted weights; out go `ngram.safetensors` (half floats and a bit mask, no words) and
`ngram.json` (version, thresholds, data sets, checksum).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save as encode

from triage.reading.head import OUTPUTS

VERSION = "ngram-1"
DATA_SETS = {
    "sentiment_tweets": "SemEval 2013-2016 task 4A, CC BY 3.0",
    "goemotions_reddit": "GoEmotions, CC BY 4.0",
    "banking77": "Banking77, CC BY 4.0",
    "clinc150": "CLINC150, CC BY 3.0",
    "bitext_intents": "Bitext customer service sample, CDLA-Sharing-1.0",
    "vader_rated": "VADER ground truth and lexicon, MIT",
    "isarcasm": "iSarcasmEval (English), MIT",
    "sms_spam": "SMS Spam Collection, CC BY 4.0",
    "seeds": "written for Quarterdeck, Apache-2.0",
}


def save(
    folder: Path,
    weights: NDArray[np.float32],
    bias: NDArray[np.float32],
    kept: NDArray[np.bool_],
    thresholds: Mapping[str, float],
) -> None:
    """Write both files, replacing older ones."""
    tensors: dict[str, NDArray[Any]] = {
        "weights": weights.astype(np.float16),
        "bias": bias.astype(np.float32),
        "kept": np.packbits(kept),
    }
    data = encode(tensors)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ngram.safetensors").write_bytes(data)
    card = {
        "version": VERSION,
        "sha256": hashlib.sha256(data).hexdigest(),
        "outputs": OUTPUTS,
        "thresholds": thresholds,
        "data_sets": DATA_SETS,
    }
    write_json(folder, card)


def write_json(folder: Path, card: Mapping[str, object]) -> None:
    """Write `ngram.json`, readable by people."""
    (folder / "ngram.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
