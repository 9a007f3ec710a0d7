"""TRIAGE, training: make 0.5 the point from which on a mention needs a reply.

In come the public sets and our own mentions; out go the scale and the shift of the logit of `needs_reply`,
kept in `ngram.json`. They are fitted on mentions read by a head that has not seen their theme: the scale for
honest probabilities, the shift so that nine in ten of those that need a reply reach 0.5 by the head alone.
It never touches the weights.

    python -m triage.training.calibrate --corpus ../data
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from triage.reading.features import features
from triage.reading.head import WEIGHTS
from triage.reading.normalise import normalise
from triage.training.examples import Example, read_examples
from triage.training.ngram import FOLDS, fit_output, rarity
from triage.training.weights import write_json

RECALL = 0.9
NOT_MENTIONS = ("cues/", "words/")


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write both numbers. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Calibrate needs_reply without touching the weights.")
    parser.add_argument("--corpus", type=Path, required=True, help="folder that holds text/")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore", ConvergenceWarning)
    examples = read_examples(options.corpus)
    matrix = features([normalise(each.text) for each in examples])
    scaled = csr_matrix(matrix @ diags(rarity(matrix)), dtype=np.float32)
    scale, shift = fit(*_unseen(scaled, examples))
    sys.stderr.write(f"needs_reply: scale {scale}, shift {shift}\n")
    about: dict[str, Any] = json.loads((WEIGHTS / "ngram.json").read_text(encoding="utf-8"))
    write_json(WEIGHTS, {**about, "calibration": {"scale": scale, "shift": shift}})
    return 0


def fit(logits: NDArray[Any], needed: NDArray[np.bool_]) -> tuple[float, float]:
    """Scale and shift for logits of mentions and whether each needs a reply; at least RECALL of those reach 0.5."""
    scale = float(LogisticRegression(C=100).fit(logits[:, None], needed).coef_[0, 0])
    wanted = np.sort(logits[needed])
    last = wanted[math.floor((1 - RECALL) * len(wanted))]
    scale = math.floor(scale * 1000) / 1000
    return scale, math.ceil(-scale * last * 1000) / 1000


def _unseen(matrix: csr_matrix, examples: Sequence[Example]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Logits of `needs_reply` of our mentions, each by a head that has not seen its theme, and the truth."""
    asked = [row for row, each in enumerate(examples) if _is_mention(each)]
    themes = sorted({examples[row].theme for row in asked})
    logits = np.zeros(len(asked))
    for fold in range(FOLDS):
        left_out = set(themes[fold::FOLDS])
        kept = [row for row, each in enumerate(examples) if each.theme not in left_out]
        weights, bias = fit_output(matrix[kept], [examples[row] for row in kept], "needs_reply")
        places = [place for place, row in enumerate(asked) if examples[row].theme in left_out]
        logits[places] = matrix[[asked[place] for place in places]] @ weights + bias
    return logits, np.array([examples[row].says["needs_reply"] >= 0.5 for row in asked])


def _is_mention(each: Example) -> bool:
    return bool(each.theme) and not each.theme.startswith(NOT_MENTIONS) and "needs_reply" in each.says


if __name__ == "__main__":
    raise SystemExit(main())
