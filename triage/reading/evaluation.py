"""TRIAGE, reading: figures of labelled rows: how often a reading was right, and whether its confidence can be believed.

In come answers: what each row is, what was said of it and how surely; out go figures. Pure: it reads no text and calls
no classifier, so the same answers give the same figures, intervals included. Metrics are scikit-learn's where it has
them; the calibration error is ours (Guo et al. 2017, section 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import (
    average_precision_score,
    confusion_matrix,
    precision_recall_fscore_support,
    roc_auc_score,
)

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

CALIBRATION_BINS = 15
BAND_EDGES = (0.0, 0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Of the bands of confidence; what is below 0.5 goes to review, unless a setting says otherwise."""
RESAMPLES = 2_000
SEED = 20
"""Of the bootstrap: the same answers have the same intervals."""


@dataclass(frozen=True)
class Answers:
    """Labelled rows as columns of one length. `true` and `said` are places in `classes`.

    `probability` (0–1) was given to what was said; `confidence` (0–1) is how sure the reading is as a whole, which
    decides what goes to review. `scores` is for yes/no questions only: the probability of the first class, which is
    then the "yes"; empty = no such question.
    """

    classes: tuple[str, ...]
    true: Sequence[int]
    said: Sequence[int]
    probability: Sequence[float]
    confidence: Sequence[float]
    languages: Sequence[str]
    scores: Sequence[float] = ()


@dataclass(frozen=True)
class Estimate:
    """A share (0–1) and its 95 % interval: percentiles of a bootstrap over the rows."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class ClassFigures:
    """How well one class was found, in shares; `support` rows truly are it. None = there was nothing to divide by."""

    precision: float | None
    recall: float | None
    f1: float | None
    support: int


@dataclass(frozen=True)
class Bin:
    """The rows whose probability or confidence lies between `low` and `high`. `mean` is of it; None = no row."""

    low: float
    high: float
    rows: int
    mean: float | None
    accuracy: float | None


@dataclass(frozen=True)
class LanguageFigures:
    """The rows found to be in one language."""

    rows: int
    accuracy: float
    macro_recall: float


@dataclass(frozen=True)
class YesNo:
    """Figures of a yes/no question: F1 of "yes", and how well its probability sorts (None = all rows are the same)."""

    f1: Estimate
    average_precision: float | None
    auc: float | None


@dataclass(frozen=True)
class Evaluation:
    """What `evaluate` found. Macro figures are means over the classes that occur among the true ones.

    `commonest` is the accuracy of always saying the commonest class. `confusion` has a row for each true class and a
    column for each one said. `calibration_error` is the expected calibration error as a share, over `bins` of the
    probability; `bands` are of the confidence.
    """

    classes: tuple[str, ...]
    rows: int
    accuracy: Estimate
    macro_recall: Estimate
    macro_f1: Estimate
    commonest: float
    by_class: dict[str, ClassFigures]
    confusion: list[list[int]]
    calibration_error: float
    bins: list[Bin]
    bands: list[Bin]
    languages: dict[str, LanguageFigures]
    yes_no: YesNo | None

    def as_dict(self) -> dict[str, Any]:
        """The same figures as plain values."""
        return asdict(self)


def evaluate(answers: Answers) -> Evaluation:
    """Every figure of at least one row. Errors: ValueError without a row, or if the columns differ in length."""
    _check(answers)
    true, said = np.asarray(answers.true), np.asarray(answers.said)
    right = true == said
    matrix: Counts = confusion_matrix(true, said, labels=range(len(answers.classes)))
    drawn = _drawn(matrix)
    bins = binned(answers.probability, right, np.linspace(0, 1, CALIBRATION_BINS + 1).tolist())
    return Evaluation(
        classes=answers.classes,
        rows=len(true),
        accuracy=_estimate(accuracies(matrix), accuracies(drawn)),
        macro_recall=_estimate(macro_recalls(matrix), macro_recalls(drawn)),
        macro_f1=_estimate(macro_f1s(matrix), macro_f1s(drawn)),
        commonest=float(matrix.sum(axis=1).max() / len(true)),
        by_class=_by_class(answers.classes, true, said),
        confusion=matrix.tolist(),
        calibration_error=calibration_error(bins),
        bins=bins,
        bands=binned(answers.confidence, right, BAND_EDGES),
        languages=_by_language(answers.languages, true, said, len(answers.classes)),
        yes_no=_yes_no(true, np.asarray(answers.scores), matrix, drawn) if len(answers.scores) else None,
    )


def binned(shares: Sequence[float], right: NDArray[np.bool_], edges: Sequence[float]) -> list[Bin]:
    """The rows by a share of theirs, in bins [low, high); the last one holds its upper edge too."""
    place = np.clip(np.searchsorted(edges, shares, side="right") - 1, 0, len(edges) - 2)
    rows = np.bincount(place, minlength=len(edges) - 1)
    sums = np.bincount(place, weights=shares, minlength=len(rows))
    hits = np.bincount(place, weights=right, minlength=len(rows))
    return [
        Bin(low, high, int(n), float(total / n) if n else None, float(hit / n) if n else None)
        for low, high, n, total, hit in zip(edges[:-1], edges[1:], rows, sums, hits, strict=True)
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Mean distance of accuracy from probability over the bins, weighted by their rows: 0 (believable) to 1.

    >>> calibration_error([Bin(0, 0.5, 1, 0.25, 0.0), Bin(0.5, 1, 1, 0.75, 1.0)])
    0.25
    """
    total = sum(each.rows for each in bins)
    far = sum(each.rows * abs((each.accuracy or 0.0) - (each.mean or 0.0)) for each in bins)
    return far / total


def accuracies(matrix: Counts) -> Floats:
    """Share of right answers. Here and below: one confusion matrix, or many along the first axis."""
    hits: Floats = np.trace(matrix, axis1=-2, axis2=-1) / matrix.sum(axis=(-2, -1))
    return hits


def macro_recalls(matrix: Counts) -> Floats:
    """Mean recall over the classes that occur among the true ones."""
    support = matrix.sum(axis=-1)
    return _mean_of_present(_diagonal(matrix) / np.maximum(support, 1), support)


def macro_f1s(matrix: Counts) -> Floats:
    """Mean F1 over the classes that occur among the true ones."""
    return _mean_of_present(f1s(matrix), matrix.sum(axis=-1))


def f1s(matrix: Counts) -> Floats:
    """F1 of each class; 0 for one that neither occurs nor is said."""
    both = matrix.sum(axis=-1) + matrix.sum(axis=-2)
    found: Floats = 2 * _diagonal(matrix) / np.maximum(both, 1)
    return found


def _check(answers: Answers) -> None:
    columns = (answers.true, answers.said, answers.probability, answers.confidence, answers.languages)
    lengths = {len(column) for column in columns}
    if len(lengths) > 1 or len(answers.scores) not in (0, len(answers.true)):
        raise ValueError("the columns of the answers differ in length")
    if lengths == {0}:
        raise ValueError("there is no row to evaluate")


def _drawn(matrix: Counts) -> Counts:
    """Confusion matrices of rows drawn with replacement: cells drawn at once, which is the same and needs no rows."""
    rows = int(matrix.sum())
    cells = np.random.default_rng(SEED).multinomial(rows, matrix.ravel() / rows, size=RESAMPLES)
    return cells.reshape(RESAMPLES, *matrix.shape)


def _estimate(value: Floats, drawn: Floats) -> Estimate:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Estimate(float(value), float(low), float(high))


def _diagonal(matrix: Counts) -> Counts:
    return np.diagonal(matrix, axis1=-2, axis2=-1)


def _mean_of_present(figures: Floats, support: Counts) -> Floats:
    present = support > 0
    mean: Floats = (figures * present).sum(axis=-1) / present.sum(axis=-1)
    return mean


def _by_class(classes: tuple[str, ...], true: Counts, said: Counts) -> dict[str, ClassFigures]:
    columns = precision_recall_fscore_support(true, said, labels=range(len(classes)), zero_division=np.nan)
    return {
        name: ClassFigures(_share(precision), _share(recall), _share(f1), int(support))
        for name, precision, recall, f1, support in zip(classes, *columns, strict=True)
    }


def _share(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _by_language(languages: Sequence[str], true: Counts, said: Counts, classes: int) -> dict[str, LanguageFigures]:
    """By code, those with the most rows first."""
    names, place, rows = np.unique(np.asarray(languages), return_inverse=True, return_counts=True)
    found: dict[str, LanguageFigures] = {}
    for n in np.argsort(-rows, kind="stable"):
        of_it = place == n
        matrix: Counts = confusion_matrix(true[of_it], said[of_it], labels=range(classes))
        found[str(names[n])] = LanguageFigures(int(rows[n]), float(accuracies(matrix)), float(macro_recalls(matrix)))
    return found


def _yes_no(true: Counts, scores: Floats, matrix: Counts, drawn: Counts) -> YesNo:
    yes = true == 0
    both = 0 < yes.sum() < len(yes)
    return YesNo(
        f1=_estimate(f1s(matrix)[0], f1s(drawn)[:, 0]),
        average_precision=float(average_precision_score(yes, scores)) if both else None,
        auc=float(roc_auc_score(yes, scores)) if both else None,
    )
