"""TRIAGE, training: make the weights of the n-gram head.

In come the public sets that may ship and our own seeds; out go `ngram.safetensors` and `ngram.json` in the
weights folder. Same input, same weights: nothing here is random. It needs only what Quarterdeck itself
needs, takes a few minutes on two cores, prints what it does and never reads the sets marked for evaluation.

    python -m triage.training.ngram --corpus ../data --out triage/weights
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from triage.reading.features import COLUMNS, features
from triage.reading.head import INTENTS, OUTPUTS, SENTIMENTS
from triage.reading.normalise import normalise
from triage.training.examples import Example, read_examples
from triage.training.thresholds import choose
from triage.training.weights import save

KEPT = 105_000
"""Hashed columns that are kept; the others weigh next to nothing. 105,000 x 14 half floats are 2.9 MB."""
FOLDS = 3
STRENGTH_SENTIMENT = 0.3
STRENGTH_SAYS = 10.0

Floats = NDArray[np.float32]


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, choose thresholds, save, measure. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Train the n-gram head.")
    parser.add_argument("--corpus", type=Path, required=True, help="folder that holds text/")
    parser.add_argument("--out", type=Path, required=True, help="where the weights go")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore", ConvergenceWarning)
    examples = read_examples(options.corpus)
    _tell(f"{len(examples)} examples: {dict(Counter(each.source for each in examples))}")
    matrix = features([normalise(each.text) for each in examples])
    scale = rarity(matrix)
    scaled = csr_matrix(matrix @ diags(scale), dtype=np.float32)
    _tell(f"{matrix.nnz} n-grams in {matrix.shape[1]} columns")
    thresholds = _thresholds(scaled, examples)
    for code, at in thresholds.items():
        _tell(f"{code}: threshold {at:.2f}")
    table, bias = _fit(scaled, examples)
    save(options.out, *_prune(table * scale[:, None], bias, matrix), thresholds)
    _tell(f"saved to {options.out}")
    return 0


def _tell(words: str) -> None:
    sys.stderr.write(f"{time.process_time():6.0f} s  {words}\n")
    sys.stderr.flush()


def rarity(matrix: csr_matrix) -> Floats:
    """Inverse document frequency a column, so that rare n-grams are not held back; folded into the weights."""
    count = np.bincount(matrix.indices, minlength=matrix.shape[1])
    return np.asarray((np.log((1 + matrix.shape[0]) / (1 + count)) + 1) / 4, dtype=np.float32)


def _fit(matrix: csr_matrix, examples: Sequence[Example]) -> tuple[Floats, Floats]:
    """Weights (columns x outputs) and bias: one softmax for the sentiments, one logistic for each other output."""
    table = np.zeros((COLUMNS, len(OUTPUTS)), dtype=np.float32)
    bias = np.zeros(len(OUTPUTS), dtype=np.float32)
    table[:, :3], bias[:3] = _fit_sentiment(matrix, examples)
    for column, output in enumerate(OUTPUTS[3:], start=3):
        table[:, column], bias[column] = fit_output(matrix, examples, output)
        _tell(f"fitted {output}")
    return table, bias


def _fit_sentiment(matrix: csr_matrix, examples: Sequence[Example]) -> tuple[Floats, Floats]:
    rows = [number for number, each in enumerate(examples) if each.sentiment]
    labels = np.array([SENTIMENTS.index(str(examples[row].sentiment)) for row in rows])
    weights = np.array([examples[row].sentiment_weight for row in rows])
    totals = np.bincount(labels, weights=weights)
    model = LogisticRegression(C=STRENGTH_SENTIMENT, max_iter=150)
    model.fit(matrix[rows], labels, sample_weight=weights * (weights.sum() / 3 / totals)[labels])
    _tell(f"fitted sentiment on {len(rows)} texts")
    return model.coef_.T, model.intercept_


def fit_output(matrix: csr_matrix, examples: Sequence[Example], output: str) -> tuple[Floats, float]:
    """A logistic head; a label of 0.7 counts as 0.7 of a yes and 0.3 of a no; both sides weigh the same."""
    parts = [
        (row, label, each.weight * share)
        for row, each in enumerate(examples)
        if output in each.says
        for label, share in ((1, each.says[output]), (0, 1 - each.says[output]))
        if share > 0
    ]
    rows, labels, weights = (np.array(column) for column in zip(*parts, strict=True))
    totals = np.bincount(labels, weights=weights)
    balance = totals.sum() / 2 / totals
    model = LogisticRegression(C=STRENGTH_SAYS, max_iter=100, tol=1e-3)
    model.fit(matrix[rows], labels, sample_weight=weights * balance[labels])
    return model.coef_[0], float(model.intercept_[0])


def _thresholds(matrix: csr_matrix, examples: Sequence[Example]) -> dict[str, float]:
    """One threshold an intent, from our seeds, each theme read by a head that has not seen it."""
    themes = sorted({each.theme for each in examples if each.says and each.theme and "cues/" not in each.theme})
    answers: list[NDArray[Any]] = []
    labels: list[list[bool]] = []
    for fold in range(FOLDS):
        left_out = set(themes[fold::FOLDS])
        kept = [row for row, each in enumerate(examples) if each.theme not in left_out]
        asked = [row for row, each in enumerate(examples) if each.theme in left_out]
        fitted = [fit_output(matrix[kept], [examples[row] for row in kept], code) for code in INTENTS]
        answers.append(np.array([1 / (1 + np.exp(-(matrix[asked] @ weights + bias))) for weights, bias in fitted]).T)
        labels += [[examples[row].says[code] > 0.5 for code in INTENTS] for row in asked]
        _tell(f"thresholds: fold {fold + 1} of {FOLDS}")
    return choose(np.concatenate(answers), np.array(labels))


def _prune(table: Floats, bias: Floats, matrix: csr_matrix) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Keep the columns that move a result most: weight against its output's spread, times the root of their count."""
    spread = table.std(axis=0)
    count = np.bincount(matrix.indices, minlength=COLUMNS)
    gain = np.abs(table / spread).max(axis=1) * np.sqrt(count)
    kept = np.zeros(COLUMNS, dtype=bool)
    kept[np.argsort(-gain, kind="stable")[:KEPT]] = True
    _tell(f"kept {KEPT} columns with {gain[kept].sum() / gain.sum():.1%} of the weight")
    return table[kept], bias, kept


if __name__ == "__main__":
    raise SystemExit(main())
