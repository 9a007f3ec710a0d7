"""A labelled file read by the classifier, and the figures of it."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from triage.reading import classify
from triage.reading.evaluating import answered, evaluate_file
from triage.reading.files import FileRefused
from triage.reading.label_map import LabelMap, LabelsRefused
from triage.reading.labelled_files import LabelledFile

TEXTS = [
    "I love this kettle, perfect, thank you so much!",
    "terrible service, awful, I want my money back",
    "the shop opens at nine on Tuesday",
    "Is the large one back in stock?",
]


def labelled(path: Path, rows: list[tuple[str, str]]) -> LabelledFile:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "label"), *rows])
    return LabelledFile(path, "text", "label")


def test_labels_that_are_the_readings_are_all_right(tmp_path: Path) -> None:
    said = [reading.sentiment for reading in classify(TEXTS)]
    found = evaluate_file(labelled(tmp_path / "in.csv", list(zip(TEXTS, said, strict=True))))
    assert found.figures.accuracy.value == 1
    assert (found.figures.rows, found.left_out) == (4, 0)
    assert found.model_version == classify(TEXTS[:1])[0].model_version


def test_labels_that_are_never_the_readings_are_all_wrong(tmp_path: Path) -> None:
    wrong = {"negative": "a", "neutral": "b", "positive": "c"}
    rows = [(text, wrong[reading.sentiment]) for text, reading in zip(TEXTS, classify(TEXTS), strict=True)]
    found = evaluate_file(labelled(tmp_path / "in.csv", rows), ["a=neutral", "b=positive", "c=negative"])
    assert found.figures.accuracy.value == 0


def test_what_is_left_out_is_counted_and_not_read(tmp_path: Path) -> None:
    rows = [(TEXTS[0], "positive"), (TEXTS[1], "?"), (TEXTS[2], "?"), ("", "?"), (TEXTS[3], "")]
    found = evaluate_file(labelled(tmp_path / "in.csv", rows), ["?=-"])
    assert (found.figures.rows, found.left_out) == (1, 2)
    assert (found.survey.rows, found.survey.empty_texts, found.survey.missing_labels) == (5, 1, 1)


def test_a_label_nobody_mapped_is_refused_before_any_text_is_read(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    file = labelled(tmp_path / "in.csv", [("hi", "positive")] * 600 + [("hi", "odd")])
    with pytest.raises(LabelsRefused, match="odd"):
        evaluate_file(file, on_progress=lambda done, total: seen.append((done, total)))
    assert seen == []


def test_progress_counts_what_is_read_up_to_what_will_be(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    rows = [(f"number {n}", "neutral" if n % 2 else "-") for n in range(1_200)]
    evaluate_file(labelled(tmp_path / "in.csv", rows), ["-=-"], on_progress=lambda *both: seen.append(both))
    assert seen == [(512, 600), (600, 600)]


@pytest.mark.parametrize("rows", [[], [("", "positive")], [("hi", "?")]])
def test_nothing_to_evaluate_is_told(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    with pytest.raises(FileRefused, match="No row is left"):
        evaluate_file(labelled(tmp_path / "in.csv", rows), ["?=-"])


def test_an_intent_is_asked_after_as_the_first_one(tmp_path: Path) -> None:
    rows = [(text, reading.intent) for text, reading in zip(TEXTS, classify(TEXTS), strict=True)]
    found = evaluate_file(labelled(tmp_path / "in.csv", rows), of="intent")
    assert found.figures.accuracy.value == 1
    assert found.figures.yes_no is None


def test_a_yes_no_question_is_answered_with_its_probability(tmp_path: Path) -> None:
    rows = [(TEXTS[1], "1"), (TEXTS[0], "0"), (TEXTS[2], "0")]
    found = evaluate_file(labelled(tmp_path / "in.csv", rows), ["1=complaint", "0=not-complaint"], of="intent").figures
    assert found.classes == ("complaint", "not-complaint")
    assert found.yes_no is not None
    assert (found.yes_no.f1.value, found.yes_no.auc) == (1, 1)


def test_an_intent_beside_a_graver_one_is_a_yes() -> None:
    [reading] = classify([TEXTS[2]])
    both = replace(reading, intent="crisis", intents={**reading.intents, "crisis": 0.99, "complaint": 0.98})
    asked = LabelMap(("complaint", "not-complaint"), {}, "complaint")
    assert answered(both, asked, "intent") == ("complaint", 0.98)
    neither = replace(both, intents={**both.intents, "complaint": 0.0})
    assert answered(neither, asked, "intent") == ("not-complaint", 1.0)


def test_hostile_texts_are_read_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(
        b"text,label\nna\xefve \x00 caf\xe9,neutral\n<b>&amp;</b>,neutral\n" + b"long " * 50_000 + b",neutral\n"
    )
    assert evaluate_file(LabelledFile(path, "text", "label")).figures.rows == 3
