"""TRIAGE, reading: what a public text says and whether it needs an answer.

In come texts, out go readings, one for each and in the same order. `classify` is the only way in; today a
hashed n-gram head stands behind it, later a transformer beside it. It never sees, stores or logs who wrote
a text, never touches the database and never opens a connection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from triage.reading.head import INTENTS, OUTPUTS, SENTIMENTS, Head, shipped_head
from triage.reading.judge import calibrated, judged_intents, judged_need
from triage.reading.language import detect
from triage.reading.normalise import normalise
from triage.reading.rules import evidence

__all__ = ["INTENTS", "SENTIMENTS", "ReadingResult", "classify", "model_version"]

BATCH = 512


@dataclass(frozen=True)
class ReadingResult:
    """What the classifier made of one text.

    `sentiment` is the likeliest of SENTIMENTS; the three p_… sum to 1. `intents` holds a probability for
    each of INTENTS (several may be high); `intent` is the gravest past its threshold, "chatter" if none is.
    `about_brand` and `needs_reply` are probabilities. `language` is ISO 639-1 or "und".
    """

    sentiment: str
    p_negative: float
    p_neutral: float
    p_positive: float
    intent: str
    intents: Mapping[str, float]
    intent_confidence: float
    about_brand: float
    needs_reply: float
    language: str
    model_version: str


def classify(texts: Sequence[str], *, fallback_languages: Sequence[str | None] | None = None) -> list[ReadingResult]:
    """Read texts; one result for each, in order; the same text always gets the same reading.

    `fallback_languages` (as long as `texts`) names the language each author or source usually writes in,
    for texts too short to tell; None = not known. Any string is read, whatever it holds. Thread-safe. The
    first call loads the weights (about a second). Errors: WeightsDamaged, permanent; ValueError if the two
    sequences differ in length.

    >>> [one] = classify(["My parcel never arrived and nobody answers, this is awful"])
    >>> one.sentiment, one.intent, one.needs_reply > 0.5, one.language
    ('negative', 'complaint', True, 'en')
    """
    fallbacks = [None] * len(texts) if fallback_languages is None else list(fallback_languages)
    if len(fallbacks) != len(texts):
        raise ValueError(f"{len(texts)} texts but {len(fallbacks)} fallback languages")
    results: list[ReadingResult] = []
    for start in range(0, len(texts), BATCH):
        results += _read_batch(texts[start : start + BATCH], fallbacks[start : start + BATCH])
    return results


def model_version() -> str:
    """The version that readings of the shipped weights carry. Loads the weights."""
    return shipped_head().version


def _read_batch(texts: Sequence[str], fallbacks: Sequence[str | None]) -> list[ReadingResult]:
    model = shipped_head()
    normalised = [normalise(text) for text in texts]
    rows = model.probabilities(normalised).tolist()
    return [
        _result(model, words, row, detect(text, fallback))
        for text, fallback, words, row in zip(texts, fallbacks, normalised, rows, strict=True)
    ]


def _result(model: Head, words: str, row: Sequence[float], language: str) -> ReadingResult:
    said = dict(zip(OUTPUTS, row, strict=True))
    sentiment = max(SENTIMENTS, key=lambda each: said[each])
    found = evidence(words)
    intents = judged_intents(said, found)
    intent = next((code for code in INTENTS if intents[code] >= model.thresholds[code]), "chatter")
    return ReadingResult(
        sentiment=sentiment,
        p_negative=said["negative"],
        p_neutral=said["neutral"],
        p_positive=said["positive"],
        intent=intent,
        intents=intents,
        intent_confidence=intents[intent],
        about_brand=said["about_brand"],
        needs_reply=judged_need(calibrated(said["needs_reply"], *model.calibration), intent, said, found),
        language=language,
        model_version=model.version,
    )
