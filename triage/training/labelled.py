"""TRIAGE, training: public texts that we read and labelled ourselves.

In come `labels/*.tsv` (data set, id in that set, labels, pass and order of reading; never a text) and the corpus;
out go the texts with their labels. A text belongs for ever to one part (train, choice or test) by a hash of its id.
It never writes. How the texts were read: docs/labelling.md.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sklearn.metrics import cohen_kappa_score

from triage.reading.head import INTENTS

LABELS = Path(__file__).parent / "labels"
TEST_SHARE, CHOICE_SHARE = 0.25, 0.15


@dataclass(frozen=True)
class Label:
    """What one reading of one text found. `reading` is 1 or 2; `order` its place in that reader's list."""

    data_set: str
    id: str
    intents: tuple[str, ...]
    about_brand: float
    needs_reply: float
    reading: int
    order: int

    @property
    def part(self) -> str:
        """test (a quarter, only for figures), choice (for thresholds and weights) or train."""
        digest = hashlib.sha256(f"{self.data_set}/{self.id}".encode()).digest()
        place = int.from_bytes(digest[:4], "big") / 2**32
        return "test" if place < TEST_SHARE else "choice" if place < TEST_SHARE + CHOICE_SHARE else "train"

    @property
    def primary(self) -> str:
        """The gravest intent."""
        return next(code for code in INTENTS if code in self.intents)


@dataclass(frozen=True)
class Labelled:
    """A text and what we read in it."""

    text: str
    label: Label


def read_labels(folder: Path = LABELS, reading: int = 1) -> list[Label]:
    """The labels of the first or the second reading. Errors: FileNotFoundError if there is no file."""
    files = sorted(folder.glob("*.tsv"))
    if not files:
        raise FileNotFoundError(f"No labels in {folder}; they come with the source, not with the wheel.")
    return [label for file in files for label in _rows(file) if label.reading == reading]


def read_labelled(corpus: Path, part: str | None = None) -> list[Labelled]:
    """The texts of the first reading, of one part or of all. Errors: OSError if a set is absent."""
    labels = [each for each in read_labels() if part in (None, each.part)]
    texts = {name: texts_of(corpus, name) for name in sorted({each.data_set for each in labels})}
    return [Labelled(texts[each.data_set][each.id], each) for each in labels]


def agreement(second: Sequence[Label], first: Sequence[Label]) -> dict[str, dict[str, float]]:
    """How far two readings of the same texts agree: for each intent the cases of both, Cohen's kappa and the share."""
    by_id = {(each.data_set, each.id): each for each in first}
    pairs = [(by_id[each.data_set, each.id], each) for each in second]
    found = {}
    for code in INTENTS:
        one, two = ([code in each.intents for each in side] for side in zip(*pairs, strict=True))
        same = sum(a == b for a, b in zip(one, two, strict=True)) / len(pairs)
        kappa = 1.0 if len(set(one) | set(two)) < 2 else float(cohen_kappa_score(one, two))
        found[code] = {"first": sum(one), "second": sum(two), "kappa": kappa, "agreement": same}
    one, two = ([each.primary for each in side] for side in zip(*pairs, strict=True))
    same = sum(a == b for a, b in zip(one, two, strict=True)) / len(pairs)
    found["primary"] = {
        "first": len(pairs),
        "second": len(pairs),
        "kappa": float(cohen_kappa_score(one, two)),
        "agreement": same,
    }
    for name in ("about_brand", "needs_reply"):
        one, two = ([getattr(each, name) >= 0.5 for each in side] for side in zip(*pairs, strict=True))
        same = sum(a == b for a, b in zip(one, two, strict=True)) / len(pairs)
        found[name] = {
            "first": sum(one),
            "second": sum(two),
            "kappa": float(cohen_kappa_score(one, two)),
            "agreement": same,
        }
    return found


def _rows(file: Path) -> Iterator[Label]:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            yield Label(
                data_set=row["set"],
                id=row["id"],
                intents=tuple(code for code in INTENTS if code in row["intents"].split(",")),
                about_brand=float(row["about_brand"]),
                needs_reply=float(row["needs_reply"]),
                reading=int(row["pass"]),
                order=int(row["order"]),
            )


@cache
def texts_of(corpus: Path, data_set: str) -> dict[str, str]:
    """The texts of a set by the ids that the labels use: "<file>:<row, from 0>". Errors: OSError, KeyError."""
    return dict(_READERS[data_set](corpus / "text" / data_set))


def _table(path: Path, column: str | int, **how: str) -> Iterator[tuple[str, str]]:
    encoding = how.get("encoding", "utf-8")
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        if isinstance(column, int):
            rows: Iterator[str] = (row[column] for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        elif path.suffix == ".tsv":
            rows = (row[column] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        else:
            rows = (row[column] for row in csv.DictReader(file))
        for number, text in enumerate(rows):
            yield f"{how.get('name', path.name)}:{number}", text


def _vader(folder: Path) -> Iterator[tuple[str, str]]:
    for name in ("tweets", "amazonReviewSnippets"):
        yield from _table(folder / "hutto_ICWSM_2014" / f"{name}_GroundTruth.txt", 2)


def _clinc(folder: Path) -> Iterator[tuple[str, str]]:
    rows = json.loads((folder / "train_val.json").read_text(encoding="utf-8"))["train"]
    yield from ((f"train:{number}", text) for number, (text, _) in enumerate(rows))


_BITEXT = "Bitext_Sample_Customer_Service_Training_Dataset.csv"
_READERS: dict[str, Callable[[Path], Iterator[tuple[str, str]]]] = {
    "sentiment_tweets": lambda folder: _table(folder / "train.tsv", "text_raw"),
    "goemotions_reddit": lambda folder: _table(folder / "train.tsv", 0),
    "vader_rated": _vader,
    "isarcasm": lambda folder: _table(folder / "train" / "train.En.csv", "tweet"),
    "banking77": lambda folder: _table(folder / "train.csv", "text"),
    "clinc150": _clinc,
    "bitext_intents": lambda folder: _table(
        folder / "train" / _BITEXT, "utterance", encoding="utf-8-sig", name="train.csv"
    ),
    "sms_spam": lambda folder: _table(folder / "sms.tsv", 1),
}
