"""TRIAGE, training: how good readings are on texts that we read ourselves, and which half brings what.

In come the weights and the texts kept for figures; out go figures for the whole reading and for each half alone, each
half with thresholds of its own, chosen in the same way. Nothing here chooses or trains.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, recall_score, roc_auc_score

from triage.reading import SENTIMENTS, classify
from triage.reading.accuracy import NEEDS_REPLY_FROM, Score, score_of, validation_rows
from triage.reading.evaluation import binned, calibration_error
from triage.reading.head import INTENTS, OUTPUTS, WEIGHTS
from triage.reading.normalise import normalise
from triage.reading.shipped import Shipped, open_folder, told
from triage.training.blend import Kept, judged, read_kept, thresholds
from triage.training.examples import held_back_irony
from triage.training.labelled import read_labelled

Floats = NDArray[np.float64]
BINS = 15


@dataclass(frozen=True)
class Intents:
    """Figures of intents over `rows` texts: macro F1 over those that occur, how often the primary one is right."""

    rows: int
    macro_f1: float
    primary_accuracy: float
    scores: dict[str, Score]


@dataclass(frozen=True)
class OnRead:
    """What `measure_read` found. `by_set`: macro F1 of the whole reading by the set a text is from, and its rows."""

    reading: Intents
    encoder: Intents
    ngram: Intents
    by_set: dict[str, tuple[int, float, float]]
    """Rows, macro F1, primary accuracy."""
    needs_reply: Score
    needs_reply_auc: float
    about_brand: Score


def measure_read(corpus: Path, weights: Path = WEIGHTS) -> OnRead:
    """Score the test part of what we read. Errors: OSError if a set is absent."""
    model = open_folder(weights)
    rows = read_labelled(corpus, "test")
    truth = np.array([[code in each.label.intents for code in INTENTS] for each in rows])
    kept = Kept(
        texts=[normalise(each.text) for each in rows],
        english=np.ones(len(rows), dtype=bool),
        natural=np.ones(len(rows), dtype=bool),
        sentiment=np.full(len(rows), -1),
        intents=truth,
        about_brand=np.array([each.label.about_brand for each in rows]),
        needs_reply=np.array([each.label.needs_reply for each in rows]),
    )
    said = model.read(kept.texts, ["en"] * len(rows)).probabilities
    whole = judged(kept, said) >= np.array([model.thresholds[code] for code in INTENTS])
    choices = read_kept(corpus)
    halves = {
        name: _half(half, kept, choices)
        for name, half in (("encoder", _encoder(model)), ("ngram", model.head.probabilities))
    }
    readings = classify([each.text for each in rows], fallback_languages=["en"] * len(rows))
    needs = np.array([each.needs_reply for each in readings])
    sets = sorted({each.label.data_set for each in rows})
    by_set = {}
    for name in sets:
        here = np.array([each.label.data_set == name for each in rows])
        found = intents_of(whole[here], truth[here])
        by_set[name] = (found.rows, found.macro_f1, found.primary_accuracy)
    return OnRead(
        reading=intents_of(whole, truth),
        encoder=intents_of(halves["encoder"], truth),
        ngram=intents_of(halves["ngram"], truth),
        by_set=by_set,
        needs_reply=score_of((needs >= NEEDS_REPLY_FROM).tolist(), (kept.needs_reply >= 0.5).tolist()),
        needs_reply_auc=float(roc_auc_score(kept.needs_reply >= 0.5, needs)),
        about_brand=score_of([each.about_brand >= 0.5 for each in readings], (kept.about_brand >= 0.75).tolist()),
    )


def _encoder(model: Shipped) -> Callable[[Sequence[str]], Floats]:
    return lambda texts: told(model.encoder.read(texts)[0])[0]


def _half(half: Callable[[Sequence[str]], Floats], asked: Kept, choices: Kept) -> NDArray[np.bool_]:
    """Which intents one half alone says, rules included, with thresholds chosen for it as for the whole."""
    chosen = thresholds(choices, half(choices.texts))
    return judged(asked, half(asked.texts)) >= np.array([chosen[code] for code in INTENTS])


def intents_of(said: NDArray[np.bool_], truth: NDArray[np.bool_]) -> Intents:
    """Figures of what was said (chatter where nothing was) against the truth; both have a column an intent."""
    said = said.copy()
    said[:, -1] = ~said[:, :-1].any(axis=1)
    present = truth.any(axis=0)
    scores = {code: score_of(said[:, n].tolist(), truth[:, n].tolist()) for n, code in enumerate(INTENTS)}
    macro = float(f1_score(truth[:, present], said[:, present], average="macro", zero_division=0.0))
    primary = float((said.argmax(axis=1) == truth.argmax(axis=1)).mean())
    return Intents(len(truth), macro, primary, scores)


@dataclass(frozen=True)
class Sentiment:
    """Macro recall of the whole and of each half, the whole's expected calibration error (a share, 15 bins)."""

    reading: float
    encoder: float
    ngram: float
    calibration_error: float


def measure_sentiment(corpus: Path, weights: Path = WEIGHTS) -> Sentiment:
    """Over the validation set."""
    model = open_folder(weights)
    texts, labels = validation_rows(corpus)
    tweets = [normalise(text) for text in texts]
    truth = np.array([SENTIMENTS.index(label) for label in labels])
    whole = np.array([[each.p_negative, each.p_neutral, each.p_positive] for each in classify(texts)])

    def recall(said: Any) -> float:
        return float(recall_score(truth, said[:, :3].argmax(1), average="macro"))

    return Sentiment(
        reading=recall(whole),
        encoder=recall(_encoder(model)(tweets)),
        ngram=recall(model.head.probabilities(tweets)),
        calibration_error=calibration_error(
            binned(whole.max(axis=1).tolist(), whole.argmax(axis=1) == truth, np.linspace(0, 1, BINS + 1).tolist())
        ),
    )


@dataclass(frozen=True)
class Irony:
    """Mean confidence of ironic and of plain tweets that are read as the same sentiment, by sentiment, and how many."""

    by_sentiment: dict[str, tuple[int, float, int, float]]
    """Ironic tweets, their mean confidence; plain tweets, theirs."""


def measure_irony(corpus: Path) -> Irony:
    """Over the fifth of isarcasm that never trains."""
    rows = held_back_irony(corpus)
    readings = classify([text for text, _ in rows])
    found = {}
    for sentiment in SENTIMENTS:
        sides = [
            [
                each.confidence
                for each, (_, ironic) in zip(readings, rows, strict=True)
                if each.sentiment == sentiment and ironic is side
            ]
            for side in (True, False)
        ]
        found[sentiment] = (len(sides[0]), float(np.mean(sides[0])), len(sides[1]), float(np.mean(sides[1])))
    return Irony(found)


assert OUTPUTS[3:12] == INTENTS
