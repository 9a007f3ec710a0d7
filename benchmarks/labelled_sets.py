"""BENCHMARKS: the labelled sets that readers are compared on. In comes the corpus folder; out go texts and labels.

Most may only be evaluated on, never trained on; none of their texts leaves this process.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from triage.reading import SENTIMENTS

TONGUES = ("arabic", "english", "french", "german", "hindi", "italian", "portuguese", "spanish")


@dataclass(frozen=True)
class LabelledSet:
    """Texts with one label each: a sentiment, or for `intent` "yes" or "no". `intent` "" = it is about sentiment."""

    name: str
    texts: list[str]
    labels: list[str]
    intent: str = ""

    def thinned(self, rows: int) -> "LabelledSet":
        """At most `rows` of them, evenly spread; 0 = all."""
        step = max(1, -(-len(self.texts) // rows)) if rows else 1
        return LabelledSet(self.name, self.texts[::step], self.labels[::step], self.intent)


def labelled_sets(corpus: Path) -> Iterator[LabelledSet]:
    """The validation set, eight languages, complaints and suggestions. Errors: OSError if one is absent."""
    text = corpus / "text"
    yield _lines(text / "sentiment_tweets", "validation set", ("val",))
    for tongue in TONGUES:
        # A sixth of the first English part are tweets that taught the shipped model; none of the second.
        parts = ("val",) if tongue == "english" else ("train", "val")
        yield _lines(text / "sentiment_8_languages" / tongue, tongue, parts)
    yield _yes_no(text / "complaints" / "complaints-data.csv", "complaint", 1)
    yield _yes_no(text / "suggestions" / "V1.4_Training.csv", "suggestion", 1)


def _lines(folder: Path, name: str, parts: tuple[str, ...]) -> LabelledSet:
    texts: list[str] = []
    labels: list[str] = []
    for part in parts:
        texts += (folder / f"{part}_text.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
        codes = (folder / f"{part}_labels.txt").read_text(encoding="utf-8").split()
        labels += [SENTIMENTS[int(code)] for code in codes]
    assert len(texts) == len(labels), f"{name}: {len(texts)} texts and {len(labels)} labels"
    return LabelledSet(name, texts, labels)


def _yes_no(path: Path, intent: str, column: int) -> LabelledSet:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = [(row[column], row[column + 1]) for row in csv.reader(file) if row]
    return LabelledSet(f"{intent}s", [text for text, _ in rows], ["yes" if c == "1" else "no" for _, c in rows], intent)
