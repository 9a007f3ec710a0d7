"""TRIAGE, training: how the halves are joined, and from which probability on an intent counts.

In come the weights of both halves, and what of the tweets, of what we read and of what we wrote is kept for choices;
out goes `model.json`: shares, thresholds, calibration, checksums. It never touches the weights nor looks at what is
kept for the figures.

    python -m triage.training.blend --corpus ../data --weights triage/weights
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, fbeta_score, recall_score

from triage.reading.encoder import Encoder
from triage.reading.head import INTENTS, OUTPUTS, SENTIMENTS, load
from triage.reading.judge import judged_intents
from triage.reading.normalise import normalise
from triage.reading.rules import evidence
from triage.reading.seeds import Seed, read_seeds
from triage.reading.shipped import mixed, shares_of, told
from triage.training.examples import kept_tweets
from triage.training.labelled import Label, read_labelled
from triage.training.weights import DATA_SETS

VERSION = "reading-2"
EVEN = 0.5
GRID = tuple(float(each) for each in np.round(np.arange(0.0, 1.01, 0.05), 2))
RECALL_FIRST = {"crisis": 3.0, "churn": 2.0}
"""Intents whose recall counts so many times as much as their precision (the beta of F-beta); the others have F1."""
NOT_BELOW = {"crisis": 0.46, "churn": 0.4, "promo": 0.5}
"""Below these, a brand in trouble has its plain complaints read as danger or leaving, so that who is in danger drowns;
and a joke on hold is read as an advertisement, which holds down that it needs an answer."""
LEAST = 0.3
"""No intent is said that is less likely than this, whatever the few kept texts of it advise."""
CASES = 30
"""So many texts of an output must be kept for a share of its own; with fewer both halves count the same."""
NEEDS_RECALL = 0.9
"""So many of those that need a reply reach 0.5 by the models alone."""

Floats = NDArray[np.float64]
_Row = tuple[str, str, bool, int, Label | Seed]


@dataclass(frozen=True)
class Kept:
    """What choices are made on: normalised texts, their languages and labels; `sentiment` -1 = unknown."""

    texts: list[str]
    english: NDArray[np.bool_]
    natural: NDArray[np.bool_]
    """Read, not written by us: as frequent as in the wild."""
    sentiment: NDArray[np.int64]
    intents: NDArray[np.bool_]
    about_brand: Floats
    needs_reply: Floats


def main(arguments: Sequence[str] | None = None) -> int:
    """Choose and write `model.json`. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Join the two halves of the classifier.")
    parser.add_argument("--corpus", type=Path, required=True, help="folder that holds text/")
    parser.add_argument("--weights", type=Path, required=True, help="folder with both halves; model.json goes there")
    options = parser.parse_args(arguments)
    head, encoder = load(options.weights), Encoder(options.weights)
    kept = read_kept(options.corpus)
    one, two = told(encoder.read(kept.texts)[0])[0], head.probabilities(kept.texts)
    tweets = kept_tweets(options.corpus)
    words = [normalise(text) for text, _ in tweets]
    tweet_one, tweet_two = told(encoder.read(words)[0])[0], head.probabilities(words)
    truth = np.array([SENTIMENTS.index(label) for _, label in tweets])
    english = {"sentiment": best_sentiment(tweet_one, tweet_two, truth), **others(kept, one, two, kept.english)}
    scale = sharpness(mixed(tweet_one, tweet_two, _all(english["sentiment"]))[:, :3], truth)
    foreign = ~kept.english & (kept.sentiment >= 0)
    other = {
        "sentiment": best_sentiment(one[foreign], two[foreign], kept.sentiment[foreign]),
        **others(kept, one, two, ~kept.english),
    }
    share = np.array([shares_of(english if each else other) for each in kept.english])
    said = mixed(one, two, share)
    card = {
        "version": VERSION,
        "encoder": encoder.sha256,
        "tokenizer": hashlib.sha256((options.weights / "tokenizer.json").read_bytes()).hexdigest(),
        "ngram": head.sha256,
        "shares": {"english": english, "other": other},
        "sharpness": scale,
        "thresholds": thresholds(kept, said),
        "calibration": calibration(kept, said),
        "data_sets": DATA_SETS,
    }
    (options.weights / "model.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    sys.stderr.write(
        json.dumps({k: card[k] for k in ("shares", "sharpness", "thresholds", "calibration")}, indent=1) + "\n"
    )
    return 0


def read_kept(corpus: Path) -> Kept:
    """The texts kept for choices: what we read (English) and the seeds of CHOICE_THEMES."""
    read: list[_Row] = [(each.text, "en", True, -1, each.label) for each in read_labelled(corpus, "choice")]
    ours: list[_Row] = [
        (each.text, each.language, False, SENTIMENTS.index(each.sentiment), each)
        for each in read_seeds()
        if each.for_choices and each.intents is not None
    ]
    rows = [*read, *ours]
    return Kept(
        texts=[normalise(text) for text, *_ in rows],
        english=np.array([language == "en" for _, language, *_ in rows]),
        natural=np.array([natural for _, _, natural, *_ in rows]),
        sentiment=np.array([sentiment for _, _, _, sentiment, _ in rows]),
        intents=np.array([[code in (label.intents or ()) for code in INTENTS] for *_, label in rows]),
        about_brand=np.array([float(label.about_brand or 0) for *_, label in rows]),
        needs_reply=np.array([float(label.needs_reply or 0) for *_, label in rows]),
    )


def best_sentiment(one: Floats, two: Floats, truth: NDArray[np.int64]) -> float:
    """The encoder's share with the best macro recall; of a level stretch, its middle."""
    found = [
        float(recall_score(truth, mixed(one[:, :3], two[:, :3], _all(share)).argmax(1), average="macro"))
        for share in GRID
    ]
    return _middle(found)


def sharpness(said: Floats, truth: NDArray[np.int64]) -> float:
    """The power of the sentiments' shares that makes the truth likeliest (Guo et al. 2017): a mean is too modest."""
    logs = np.log(np.clip(said, 1e-9, 1))

    def surprise(scale: float) -> float:
        raised = logs * scale
        raised -= raised.max(axis=1, keepdims=True)
        shares = raised - np.log(np.exp(raised).sum(axis=1, keepdims=True))
        return float(-shares[np.arange(len(truth)), truth].mean())

    return round(float(minimize_scalar(surprise, bounds=(0.3, 4.0), method="bounded").x), 3)


def others(kept: Kept, one: Floats, two: Floats, where: NDArray[np.bool_]) -> dict[str, float]:
    """The encoder's share for each intent, about_brand and needs_reply that sorts the kept texts best."""
    truths = {code: kept.intents[where, column] for column, code in enumerate(INTENTS)}
    truths |= {"about_brand": kept.about_brand[where] >= 0.75, "needs_reply": kept.needs_reply[where] >= 0.5}
    return {name: _best_share(truth, one[where, n], two[where, n]) for n, (name, truth) in enumerate(truths.items(), 3)}


def _best_share(truth: NDArray[np.bool_], one: Floats, two: Floats) -> float:
    if truth.sum() < CASES:
        return EVEN
    return _middle([float(average_precision_score(truth, mixed(one, two, _all(share)))) for share in GRID], 0.005)


def _all(share: float) -> Floats:
    return np.array(share)


def _middle(found: Sequence[float], near: float = 0.001) -> float:
    level = [share for share, value in zip(GRID, found, strict=True) if value >= max(found) - near]
    return level[len(level) // 2]


def judged(kept: Kept, said: Floats) -> Floats:
    """The probabilities of INTENTS after the rules, as a reading tells them."""
    rows = [
        judged_intents(dict(zip(OUTPUTS, row, strict=True)), evidence(text))
        for text, row in zip(kept.texts, said.tolist(), strict=True)
    ]
    return np.array([[row[code] for code in INTENTS] for row in rows])


def thresholds(kept: Kept, said: Floats) -> dict[str, float]:
    """For each intent where F1 on the kept texts is best, F-beta where recall comes first; the rules are included."""
    told_of = judged(kept, said)
    return {
        code: max(
            NOT_BELOW.get(code, LEAST),
            _best(kept.intents[:, column], told_of[:, column], kept.natural, RECALL_FIRST.get(code, 1.0)),
        )
        for column, code in enumerate(INTENTS)
    }


def _best(truth: NDArray[np.bool_], values: Floats, natural: NDArray[np.bool_], beta: float) -> float:
    """The threshold where texts as found in the wild count double beside those that we wrote."""
    weights = np.where(natural, 2.0, 1.0)
    grid = np.round(np.arange(0.06, 0.81, 0.02), 2)
    scores = np.array(
        [fbeta_score(truth, values >= at, beta=beta, sample_weight=weights, zero_division=0.0) for at in grid]
    )
    smooth = np.convolve(scores, [0.25, 0.5, 0.25], mode="same")
    return float(grid[int(smooth.argmax())])


def calibration(kept: Kept, said: Floats) -> Mapping[str, float]:
    """Scale and shift of the logit of needs_reply (Platt 1999), the shift so that NEEDS_RECALL of them reach 0.5."""
    values = np.clip(said[:, OUTPUTS.index("needs_reply")], 1e-6, 1 - 1e-6)
    logits = np.log(values / (1 - values))
    needed: Any = kept.needs_reply >= 0.5
    weights = np.where(kept.natural, 2.0, 1.0)
    scale = float(LogisticRegression(C=100).fit(logits[:, None], needed, sample_weight=weights).coef_[0, 0])
    wanted = np.sort(logits[needed & kept.natural])
    last = wanted[int((1 - NEEDS_RECALL) * len(wanted))]
    return {"scale": round(scale, 3), "shift": round(float(-scale * last) + 0.001, 3)}


if __name__ == "__main__":
    raise SystemExit(main())
