"""TRIAGE, training: what the encoder is taught, as numbers.

In come examples; out go token ids with targets and weights for every head, and the order in which they are
shown: a pass shows the rare classes whole and the common ones in part. It never touches the network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from triage.reading.head import OUTPUTS, SENTIMENTS
from triage.reading.normalise import normalise
from triage.training.examples import LABEL_WEIGHT, Example

SAYS = OUTPUTS[3:]
LONGEST = 64
"""Tokens of a text while training; few texts are longer."""
TIMES = {"seeds": 3.0, "labelled": 3.0, "banking77": 0.4, "clinc150": 0.25, "bitext_intents": 0.4, "sms_spam": 0.5,
         "goemotions_reddit": 0.3}  # fmt: skip
"""How often a pass shows a text of a set (once where none is named)."""
TWEETS = {"negative": 1.0, "neutral": 0.52, "positive": 0.48}
"""How often a pass shows a tweet by its sentiment, so that the three come to the same number."""
WORDS_TIMES = 0.5
BORROWED = 0.25
"""What a label that a set says only roughly weighs beside one of ours, times the set's own weight."""
RARE, RARE_TIMES = frozenset({"crisis", "churn", "purchase", "suggestion"}), 3.0
"""Intents that hardly ever hold, and how much more it counts where they do."""
CHUNK = 64
"""Batches whose texts are sorted by length together."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Lessons:
    """Row for row: token ids, targets and weights. A weight of 0 = this text says nothing about that head."""

    ids: list[list[int]]
    sentiment: NDArray[np.int64]
    sentiment_weight: Floats
    says: Floats
    """Probabilities of SAYS, shape (rows, len(SAYS)), then irony."""
    says_weight: Floats
    emotions: Floats
    emotions_weight: Floats
    topic: NDArray[np.int64]
    """Place among `topics`; -1 = none."""
    topics: list[str]
    emotion_names: list[str]
    times: Floats
    """How often a pass shows the row, on average."""


def lessons(examples: Sequence[Example], tokenizer: Tokenizer) -> Lessons:
    """Turn examples into numbers."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    ids = [each.ids for each in tokenizer.encode_batch([normalise(each.text) for each in examples])]
    topics = sorted({each.topic for each in examples if each.topic})
    names = sorted({name for each in examples for name in each.emotions or ()})
    return Lessons(
        ids=ids,
        sentiment=np.array([SENTIMENTS.index(each.sentiment) if each.sentiment else 0 for each in examples]),
        sentiment_weight=_floats([_sentiment_weight(each) for each in examples]).clip(0, 2),
        says=_floats([[each.says.get(name, 0.0) for name in SAYS] + [each.irony or 0.0] for each in examples]),
        says_weight=_floats([_says_weight(each) for each in examples]),
        emotions=_floats([[float(name in (each.emotions or ())) for name in names] for each in examples]),
        emotions_weight=_floats([float(each.emotions is not None) for each in examples]),
        topic=np.array([topics.index(each.topic) if each.topic else -1 for each in examples]),
        topics=topics,
        emotion_names=names,
        times=_floats([_times(each) for each in examples]),
    )


def _floats(values: Sequence[object]) -> Floats:
    return np.array(values, dtype=np.float32)


def _sentiment_weight(each: Example) -> float:
    if each.sentiment is None:
        return 0.0
    if each.source == "sentiment_tweets":  # shown more often for what we read in it, which must not tilt the sentiments
        return each.sentiment_weight * TWEETS[each.sentiment] / _times(each)
    return each.sentiment_weight


def _says_weight(each: Example) -> list[float]:
    ours = each.source == "seeds" or _read(each)
    weight = min(1.0, each.weight / 4) * (1.0 if ours else BORROWED)
    said = [weight * _rare(name, each) if name in each.says else 0.0 for name in SAYS]
    return [*said, 0.0 if each.irony is None else 1.0]


def _rare(name: str, each: Example) -> float:
    return RARE_TIMES if name in RARE and each.says[name] > 0.5 else 1.0


def _read(each: Example) -> bool:
    return each.weight == LABEL_WEIGHT and len(each.says) == len(SAYS)


def _times(each: Example) -> float:
    if each.source == "seeds":
        return WORDS_TIMES if each.theme.startswith(("words/", "cues/")) else TIMES["seeds"]
    read = TIMES["labelled"] if _read(each) else 0.0
    if each.source == "sentiment_tweets":
        return max(read, TWEETS[str(each.sentiment)])
    return max(read, TIMES.get(each.source, 1.0))


def order_of(taught: Lessons, number: int, size: int, seed: int) -> list[list[int]]:
    """The batches of one pass: rows by chance as often as `times` says, of similar length within a batch."""
    random = Random(f"{seed}/{number}")
    rows = [row for row, times in enumerate(taught.times) for _ in range(_whole(float(times), random))]
    random.shuffle(rows)
    batches = [
        batch
        for start in range(0, len(rows), size * CHUNK)
        for batch in _sorted(taught, rows[start : start + size * CHUNK], size)
    ]
    random.shuffle(batches)
    return batches


def _whole(times: float, random: Random) -> int:
    return int(times) + (random.random() < times % 1)


def _sorted(taught: Lessons, rows: list[int], size: int) -> Iterator[list[int]]:
    ordered = sorted(rows, key=lambda row: len(taught.ids[row]))
    yield from (ordered[start : start + size] for start in range(0, len(ordered), size))
