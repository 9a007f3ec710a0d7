"""TRIAGE, reading: what a public text says and whether it needs an answer.

In come texts, out go readings, one for each and in the same order. `classify` is the only way in. It never sees,
stores or logs who wrote a text, never touches the database and (with the shipped model) never opens a connection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from triage.reading.chosen import chosen_model
from triage.reading.head import INTENTS, OUTPUTS, SENTIMENTS
from triage.reading.judge import calibrated, judged_intents, judged_need, sureness
from triage.reading.language import detect
from triage.reading.memory import Memory
from triage.reading.model import Model, Said
from triage.reading.normalise import normalise
from triage.reading.rules import Evidence, evidence

if TYPE_CHECKING:
    from triage.learning import Learned

__all__ = ["INTENTS", "SENTIMENTS", "ReadingResult", "classify", "model_version"]

BATCH = 512
REMEMBERED = 4_096
"""Texts whose readings are kept in memory: reposts and quotes cost nothing."""


@dataclass(frozen=True)
class ReadingResult:
    """What the classifier made of one text.

    `sentiment` is the likeliest of SENTIMENTS; the three p_… sum to 1. `intents` holds a probability for
    each of INTENTS (several may be high); `intent` is the gravest past its threshold, "chatter" if none is.
    `about_brand` and `needs_reply` are probabilities. `language` is ISO 639-1 or "und". `confidence` (0-1) says how
    far the whole is to be believed: little where sentiment or intent is close to another, where irony is likely, and in
    languages that the model hardly knows. `embedding`: half floats of unit length, little-endian; None = the model has
    none.
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
    confidence: float
    embedding: bytes | None = None


def classify(
    texts: Sequence[str],
    *,
    fallback_languages: Sequence[str | None] | None = None,
    learned: Learned | None = None,
) -> list[ReadingResult]:
    """Read texts; one result for each, in order.

    `fallback_languages` (as long as `texts`) names the language each author or source usually writes in,
    for texts too short to tell; None = not known. `learned`: what this installation's corrections taught, if anything.
    Any string is read, whatever it holds. Thread-safe. The first call loads the weights (about two seconds). Errors:
    WeightsDamaged and ModelRefused, permanent; ValueError if the two sequences differ in length.

    >>> [one] = classify(["My parcel never arrived and nobody answers, this is awful"])
    >>> one.sentiment, one.intent, one.needs_reply > 0.5, one.language
    ('negative', 'complaint', True, 'en')
    """
    fallbacks = [None] * len(texts) if fallback_languages is None else list(fallback_languages)
    if len(fallbacks) != len(texts):
        raise ValueError(f"{len(texts)} texts but {len(fallbacks)} fallback languages")
    results: list[ReadingResult] = []
    for start in range(0, len(texts), BATCH):
        results += _read_batch(texts[start : start + BATCH], fallbacks[start : start + BATCH], learned)
    return results


def model_version() -> str:
    """The version that readings of the chosen model carry. Loads the weights."""
    return chosen_model().version


Key = tuple[tuple[str, str], str, str]
"""Versions of the model and of what is learned, the normalised text, its language."""
_memory: Memory[Key, ReadingResult] = Memory(REMEMBERED)


def _read_batch(texts: Sequence[str], fallbacks: Sequence[str | None], learned: Learned | None) -> list[ReadingResult]:
    model = chosen_model()
    learned = learned if learned is not None and learned.base_version == model.version else None
    edition = (model.version, learned.version if learned else "")
    keys = [(edition, normalise(text), detect(text, fallback)) for text, fallback in zip(texts, fallbacks, strict=True)]
    return _memory.all_of(keys, lambda new: _read(model, learned, [key[1] for key in new], [key[2] for key in new]))


def _read(
    model: Model, learned: Learned | None, normalised: Sequence[str], languages: Sequence[str]
) -> list[ReadingResult]:
    with ThreadPoolExecutor(1) as beside:  # the encoder leaves the interpreter free
        words = beside.submit(lambda: [evidence(text) for text in normalised])
        said = model.read(normalised, languages)
        found = words.result()
    if learned is not None and said.embeddings is not None:
        said = replace(said, probabilities=learned.adjust(said.probabilities, said.embeddings))
    version = f"{model.version}+{learned.version}" if learned else model.version
    return [
        _result(model, version, said, row, language, words_of)
        for row, (language, words_of) in enumerate(zip(languages, found, strict=True))
    ]


def _result(model: Model, version: str, said: Said, row: int, language: str, words: Evidence) -> ReadingResult:
    told = dict(zip(OUTPUTS, said.probabilities[row].tolist(), strict=True))
    sentiment = max(SENTIMENTS, key=lambda each: told[each])
    intents = judged_intents(told, words)
    intent = next((code for code in INTENTS if intents[code] >= model.thresholds[code]), "chatter")
    return ReadingResult(
        sentiment=sentiment,
        p_negative=told["negative"],
        p_neutral=told["neutral"],
        p_positive=told["positive"],
        intent=intent,
        intents=intents,
        intent_confidence=intents[intent],
        about_brand=told["about_brand"],
        needs_reply=judged_need(calibrated(told["needs_reply"], *model.calibration), intent, told, words),
        language=language,
        model_version=version,
        confidence=sureness(
            told[sentiment], intents, intent, model.thresholds, float(said.irony[row]), model.trust(language)
        ),
        embedding=None if said.embeddings is None else said.embeddings[row].astype("<f2").tobytes(),
    )
