"""TRIAGE, reading: how good the readings are, measured.

In come the corpus folder (its validation set) and our own held-out mentions; out go figures and a table.
It measures the whole of `classify`, rules included, and never what the weights were trained on.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triage.reading import INTENTS, SENTIMENTS, ReadingResult, classify, model_version
from triage.reading.seeds import Seed, read_seeds

if TYPE_CHECKING:
    from rich.table import Table

NEEDS_REPLY_FROM = 0.5
EVERYDAY = 3_000


@dataclass(frozen=True)
class Score:
    """How well one label was found: shares from 0 to 1, `support` true cases. None = there was nothing to divide."""

    precision: float | None
    recall: float | None
    f1: float | None
    support: int


@dataclass(frozen=True)
class Sentiments:
    """Figures of the three sentiments over `rows` labelled texts; `majority_…` is always saying the commonest."""

    rows: int
    accuracy: float
    macro_recall: float
    macro_f1: float
    majority_accuracy: float
    majority_macro_recall: float
    classes: dict[str, Score]


@dataclass(frozen=True)
class Everyday:
    """Shares of `rows` tweets about anything that are read as each: nearly all are false alarms."""

    rows: int
    crisis: float
    churn: float
    question: float
    needs_reply: float


@dataclass(frozen=True)
class Accuracy:
    """What `measure` found. The intents and needs_reply are over `seeds` held-out mentions of ours."""

    model_version: str
    sentiment: Sentiments
    seeds: int
    seed_sentiment: Sentiments
    primary_accuracy: float
    primary_majority_accuracy: float
    needs_reply: Score
    intents: dict[str, Score]
    everyday: Everyday

    def as_dict(self) -> dict[str, Any]:
        """The same figures as plain values, rounded to four digits."""
        rounded: dict[str, Any] = _rounded(asdict(self))
        return rounded


def measure(corpus: Path) -> Accuracy:
    """Read the validation set and our held-out mentions and score them (a few seconds).

    Errors: FileNotFoundError if the corpus or the seeds are absent.
    """
    seeds = [seed for seed in read_seeds() if seed.held_out and seed.intents is not None]
    readings = classify([seed.text for seed in seeds], fallback_languages=[seed.language for seed in seeds])
    primary = [primary_intent(seed) for seed in seeds]
    texts, labels = validation_rows(corpus)
    return Accuracy(
        model_version=model_version(),
        sentiment=evaluate_rows(texts, labels),
        seeds=len(seeds),
        seed_sentiment=_sentiments([each.sentiment for each in readings], [seed.sentiment for seed in seeds]),
        primary_accuracy=_agreement([each.intent for each in readings], primary),
        primary_majority_accuracy=max(Counter(primary).values()) / len(primary),
        needs_reply=_needs_reply(readings, seeds),
        intents={code: _intent(code, readings, seeds) for code in INTENTS},
        everyday=false_alarms(everyday_rows(corpus)),
    )


def evaluate_rows(texts: Sequence[str], labels: Sequence[str]) -> Sentiments:
    """Score the sentiment of labelled texts. Labels are of SENTIMENTS; both sequences are equally long."""
    return _sentiments([each.sentiment for each in classify(texts)], labels)


def validation_rows(corpus: Path) -> tuple[list[str], list[str]]:
    """Texts and labels of the validation set. Errors: FileNotFoundError if the corpus is not there."""
    folder = corpus / "text" / "sentiment_tweets"
    texts = (folder / "val_text.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    labels = [SENTIMENTS[int(code)] for code in (folder / "val_labels.txt").read_text(encoding="utf-8").split()]
    return texts, labels


def everyday_rows(corpus: Path) -> list[str]:
    """3,000 tweets about anything, evenly spread. They taught the head sentiment, so their shares may flatter it."""
    path = corpus / "text" / "sentiment_tweets" / "train.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        texts = [row["text_raw"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return texts[:: max(1, len(texts) // EVERYDAY)][:EVERYDAY]


def false_alarms(texts: Sequence[str]) -> Everyday:
    """How often everyday texts (at least one) are read as something that wants attention."""
    readings = classify(texts)
    intents = Counter(each.intent for each in readings)
    needs = sum(each.needs_reply >= NEEDS_REPLY_FROM for each in readings)
    rows = len(readings)
    return Everyday(rows, intents["crisis"] / rows, intents["churn"] / rows, intents["question"] / rows, needs / rows)


def primary_intent(seed: Seed) -> str:
    """The gravest of a mention's intents."""
    return next(code for code in INTENTS if code in (seed.intents or ("chatter",)))


def render(accuracy: Accuracy) -> Table:
    """The figures as a table for the shell."""
    from rich.table import Table  # here: only this function draws

    table = Table(title=f"Accuracy of {accuracy.model_version}", caption=_caption(accuracy))
    for heading, side in (
        ("what", "left"),
        ("cases", "right"),
        ("precision", "right"),
        ("recall", "right"),
        ("F1", "right"),
    ):
        table.add_column(heading, justify="left" if side == "left" else "right")
    for name, score in accuracy.sentiment.classes.items():
        table.add_row(f"sentiment {name} (validation set)", *_cells(score))
    table.add_section()
    for name, score in accuracy.intents.items():
        table.add_row(f"intent {name} (our held-out mentions)", *_cells(score))
    table.add_row("needs a reply (our held-out mentions)", *_cells(accuracy.needs_reply))
    return table


def _caption(accuracy: Accuracy) -> str:
    said = accuracy.sentiment
    return (
        f"Sentiment over {said.rows} texts: macro recall {said.macro_recall:.1%}, macro F1 {said.macro_f1:.1%}, "
        f"accuracy {said.accuracy:.1%} (always the commonest: {said.majority_macro_recall:.1%} and "
        f"{said.majority_accuracy:.1%}). First intent right in {accuracy.primary_accuracy:.1%} of {accuracy.seeds} "
        f"mentions (always the commonest: {accuracy.primary_majority_accuracy:.1%})."
    )


def _cells(score: Score) -> list[str]:
    shares = ("-" if share is None else f"{share:.1%}" for share in (score.precision, score.recall, score.f1))
    return [str(score.support), *shares]


def _sentiments(said: Sequence[str], labels: Sequence[str]) -> Sentiments:
    classes = {
        name: score_of([each == name for each in said], [each == name for each in labels]) for name in SENTIMENTS
    }
    present = [score for score in classes.values() if score.support]
    return Sentiments(
        rows=len(labels),
        accuracy=_agreement(said, labels),
        macro_recall=sum(score.recall or 0.0 for score in present) / len(present),
        macro_f1=sum(score.f1 or 0.0 for score in present) / len(present),
        majority_accuracy=max(Counter(labels).values()) / len(labels),
        majority_macro_recall=1 / len(present),
        classes=classes,
    )


def _intent(code: str, readings: Sequence[ReadingResult], seeds: Sequence[Seed]) -> Score:
    """Whether an intent was said (as the primary one or beside it) where a mention of ours holds it."""
    said = [each.intent == code or code in passed(each) for each in readings]
    return score_of(said, [code in (seed.intents or ()) for seed in seeds])


def passed(reading: ReadingResult) -> set[str]:
    """The intents of a reading that are past their thresholds."""
    from triage.reading.chosen import chosen_model  # here, because it loads the weights

    thresholds = chosen_model().thresholds
    return {code for code, probability in reading.intents.items() if probability >= thresholds[code]}


def _needs_reply(readings: Sequence[ReadingResult], seeds: Sequence[Seed]) -> Score:
    said = [each.needs_reply >= NEEDS_REPLY_FROM for each in readings]
    return score_of(said, [(seed.needs_reply or 0.0) >= NEEDS_REPLY_FROM for seed in seeds])


def score_of(said: Sequence[bool], true: Sequence[bool]) -> Score:
    """Precision, recall and F1 of yes/no answers against the truth."""
    hits = sum(a and b for a, b in zip(said, true, strict=True))
    precision = hits / sum(said) if any(said) else None
    recall = hits / sum(true) if any(true) else None
    f1 = 2 * hits / (sum(said) + sum(true)) if any(said) or any(true) else None
    return Score(precision, recall, f1, sum(true))


def _agreement(said: Sequence[str], true: Sequence[str]) -> float:
    return sum(a == b for a, b in zip(said, true, strict=True)) / len(true)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return round(value, 6) if isinstance(value, float) else value
