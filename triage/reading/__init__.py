"""TRIAGE, reading: what a public text says and whether it needs an answer.

In come texts, out go readings, one for each and in the same order. `classify` is the only way in; today a
hashed n-gram head stands behind it, later a transformer beside it. It never sees, stores or logs who wrote
a text, never touches the database and never opens a connection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from triage.reading.head import INTENTS, OUTPUTS, SENTIMENTS, Head, shipped_head
from triage.reading.language import detect
from triage.reading.normalise import normalise
from triage.reading.rules import speaks_of_danger, speaks_of_leaving

__all__ = ["INTENTS", "SENTIMENTS", "ReadingResult", "classify", "model_version"]

BATCH = 512
RULE_SAYS = 0.75
"""What a lexical rule raises the probability of crisis or churn to."""
NEEDS_REPLY_AT_LEAST = {"crisis": 0.95, "churn": 0.8}
"""Whoever is in danger or leaves gets an answer, whatever the head says."""
LIKELY_NEEDS_REPLY = {"complaint": 0.55, "question": 0.55, "purchase": 0.6, "suggestion": 0.5}
TO_THE_BRAND = 0.3
"""From this `about_brand` on, the intents of LIKELY_NEEDS_REPLY lift `needs_reply`."""
NEEDS_REPLY_AT_MOST = {"promo": 0.3}
NOTHING_SAID = 0.1
"""What `needs_reply` of a text without a single letter or emoji is held down to."""


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
    intents = _intents(words, said)
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
        needs_reply=_needs_reply(words, said, intent),
        language=language,
        model_version=model.version,
    )


def _intents(words: str, said: Mapping[str, float]) -> dict[str, float]:
    """The head's intents; praise must be of the brand; rules are OR'ed in for the two that must not be missed."""
    intents = {code: said[code] for code in INTENTS}
    intents["praise"] = min(intents["praise"], said["about_brand"])
    if speaks_of_danger(words):
        intents["crisis"] = max(intents["crisis"], RULE_SAYS)
    if speaks_of_leaving(words):
        intents["churn"] = max(intents["churn"], RULE_SAYS)
    return intents


def _needs_reply(words: str, said: Mapping[str, float], intent: str) -> float:
    """The head's answer, kept consistent with the primary intent: rather one answer too many than one missing."""
    probability = said["needs_reply"]
    if not any(character.isalnum() for character in words):
        return min(probability, NOTHING_SAID)
    probability = max(probability, NEEDS_REPLY_AT_LEAST.get(intent, 0.0))
    if said["about_brand"] >= TO_THE_BRAND:
        probability = max(probability, LIKELY_NEEDS_REPLY.get(intent, 0.0))
    return min(probability, NEEDS_REPLY_AT_MOST.get(intent, 1.0))
