"""TRIAGE, reading: a labelled file read by the classifier, and the figures of it.

In come a file of labelled texts and what its labels mean; out go figures, with a count of every row that is not in
them. It streams: of each row only a few numbers stay. It writes nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from triage.reading import ReadingResult, classify
from triage.reading.chosen import chosen_model
from triage.reading.evaluation import Answers, Evaluation, evaluate
from triage.reading.files import FileRefused
from triage.reading.label_map import LEFT_OUT, LabelMap, map_labels
from triage.reading.labelled_files import LabelledFile, Row, Survey

BATCH = 512

Progress = Callable[[int, int], None]
"""Called after each batch with the rows read by the classifier, and how many there will be."""


@dataclass(frozen=True)
class FileEvaluation:
    """Figures of a file: what stood in it, what its labels were taken to mean, and which model was asked."""

    figures: Evaluation
    survey: Survey
    labels: LabelMap
    model_version: str

    @property
    def left_out(self) -> int:
        """Usable rows whose label means "leave out"."""
        return sum(n for label, n in self.survey.labels.items() if self.labels.meanings[label] == LEFT_OUT)


@dataclass
class _Columns:
    """What is kept of the rows: some 40 bytes of each."""

    true: array[int] = field(default_factory=lambda: array("B"))
    said: array[int] = field(default_factory=lambda: array("B"))
    probability: array[float] = field(default_factory=lambda: array("d"))
    confidence: array[float] = field(default_factory=lambda: array("d"))
    scores: array[float] = field(default_factory=lambda: array("d"))
    languages: list[str] = field(default_factory=list)


def evaluate_file(
    file: LabelledFile,
    mapped: Sequence[str] = (),
    *,
    of: str = "sentiment",
    on_progress: Progress | None = None,
) -> FileEvaluation:
    """Read every usable row of a file and score it. `mapped` holds "LABEL=OURS"; `of` is one of FIELDS.

    The labels are all checked before the first text is read. Errors: FileRefused, LabelsRefused, OSError.
    """
    survey = file.survey()
    labels = map_labels(survey.labels, mapped, of)
    total = sum(n for label, n in survey.labels.items() if labels.meanings[label] != LEFT_OUT)
    if not total:
        raise FileRefused(_nothing(survey))
    columns = _Columns()
    version = ""
    rows = (row for row in file.rows() if row.usable and labels.meanings[row.label] != LEFT_OUT)
    while batch := list(islice(rows, BATCH)):
        readings = classify([row.text for row in batch])
        version = readings[0].model_version
        _keep(columns, batch, readings, labels, of)
        if on_progress:
            on_progress(len(columns.true), total)
    answers = Answers(labels.classes, **vars(columns))
    return FileEvaluation(evaluate(answers), survey, labels, version)


def answered(reading: ReadingResult, labels: LabelMap, of: str) -> tuple[str, float]:
    """What a reading says in the words of the labels, and the probability it gives to that.

    A yes/no question is answered yes if the intent is past its threshold, whether or not a graver one is too.
    """
    if labels.yes is not None:
        probability = reading.intents[labels.yes]
        yes = reading.intent == labels.yes or probability >= chosen_model().thresholds[labels.yes]
        return (labels.classes[0], probability) if yes else (labels.classes[1], 1 - probability)
    if of == "intent":
        return reading.intent, reading.intent_confidence
    return reading.sentiment, max(reading.p_negative, reading.p_neutral, reading.p_positive)


def _keep(
    columns: _Columns, batch: Sequence[Row], readings: Sequence[ReadingResult], labels: LabelMap, of: str
) -> None:
    place = {name: n for n, name in enumerate(labels.classes)}
    for row, reading in zip(batch, readings, strict=True):
        said, probability = answered(reading, labels, of)
        columns.true.append(place[labels.meanings[row.label]])
        columns.said.append(place[said])
        columns.probability.append(probability)
        columns.confidence.append(reading.confidence)
        columns.languages.append(reading.language)
        if labels.yes is not None:
            columns.scores.append(reading.intents[labels.yes])


def _nothing(survey: Survey) -> str:
    return (
        f"No row is left to evaluate: of {survey.rows:,} rows {survey.missing_labels:,} have no label, "
        f"{survey.empty_texts:,} have no text, and the rest is left out by --map."
    )
