"""BENCHMARKS: who reads beside the shipped model: VADER, TextBlob, and the n-gram head alone.

In come texts; out go sentiments, and where a reader has a word for it, how much a text complains or suggests (a
probability or any number that sorts, and whether that is a yes). A reader that is not installed is named, and left out.
"""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from triage.reading import SENTIMENTS, classify
from triage.reading.chosen import chosen_model
from triage.reading.head import OUTPUTS, shipped_head
from triage.reading.normalise import normalise

NEUTRAL_BELOW = 0.05
"""Either side of zero: the bound that VADER's authors give for its compound score; TextBlob's polarity has none."""


@dataclass(frozen=True)
class Says:
    """What a reader says of some texts: the sentiment of each, and for an intent its score and whether it is a yes.

    `scores` and `yes` are empty where the reader has no word for the intent that was asked after.
    """

    sentiments: list[str]
    scores: list[float]
    yes: list[bool]


Reader = Callable[[Sequence[str], str], Says]
"""From texts and the intent that is asked after ("complaint", "suggestion") to what is said of them."""


def readers() -> tuple[dict[str, Reader], list[str]]:
    """Every reader that is installed, the shipped model last, and the names of those that are not."""
    found: dict[str, Reader] = {}
    missing = []
    for name, module, open_reader in (
        ("VADER", "vaderSentiment.vaderSentiment", _vader),
        ("TextBlob", "textblob", _textblob),
    ):
        try:
            found[name] = open_reader(importlib.import_module(module))
        except ImportError:
            missing.append(name)
    return found | {"n-gram head alone": _head, "shipped": _shipped}, missing


def _vader(module: Any) -> Reader:
    analyser = module.SentimentIntensityAnalyzer()
    return partial(_polar, lambda text: float(analyser.polarity_scores(text)["compound"]))


def _textblob(module: Any) -> Reader:
    return partial(_polar, lambda text: float(module.TextBlob(text).sentiment.polarity))


def _polar(polarity: Callable[[str], float], texts: Sequence[str], intent: str) -> Says:
    """A reader of polarity: what is negative is its best guess at a complaint; it has none at a suggestion."""
    found = [polarity(text) for text in texts]
    sentiments = [
        "positive" if each >= NEUTRAL_BELOW else "negative" if each <= -NEUTRAL_BELOW else "neutral" for each in found
    ]
    if intent != "complaint":
        return Says(sentiments, [], [])
    return Says(sentiments, [-each for each in found], [each == "negative" for each in sentiments])


def _head(texts: Sequence[str], intent: str) -> Says:
    head = shipped_head()
    rows = head.probabilities([normalise(text) for text in texts])
    scores = rows[:, OUTPUTS.index(intent)].tolist()
    sentiments = [SENTIMENTS[place] for place in rows[:, :3].argmax(axis=1)]
    return Says(sentiments, scores, [each >= head.thresholds[intent] for each in scores])


def _shipped(texts: Sequence[str], intent: str) -> Says:
    readings = classify(texts)
    scores = [each.intents[intent] for each in readings]
    return Says([each.sentiment for each in readings], scores, [s >= chosen_model().thresholds[intent] for s in scores])
