"""The texts that we read and labelled ourselves: the files, the parts, and that they stay apart."""

import csv
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from triage.reading.head import INTENTS
from triage.training.labelled import LABELS, Label, agreement, read_labelled, read_labels, texts_of

COLUMNS = ["set", "id", "intents", "about_brand", "needs_reply", "pass", "order"]
PLACE = re.compile(r"[A-Za-z_.]+:\d+")
FILES = sorted(LABELS.glob("*.tsv"))

FOR_TRAINING = {f"reader_{number}" for number in range(10, 18)}
"""Files of texts of which some were drawn because an earlier model took them for what needs an answer."""

FIRST, SECOND = read_labels(), read_labels(reading=2)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def label(place: str, *intents: str, about_brand: float = 1, needs_reply: float = 0) -> Label:
    return Label("banking77", place, intents, about_brand, needs_reply, reading=1, order=0)


# ---------------------------------------------------------------- the files


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_holds_places_and_labels_and_no_text(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == COLUMNS
    assert all(line.count("\t") == len(COLUMNS) - 1 for line in lines)
    for row in rows(file):
        assert re.fullmatch(r"[a-z0-9_]+", row["set"])
        assert PLACE.fullmatch(row["id"]), row
        assert row["pass"] in ("1", "2")
        assert row["order"].isdigit()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_label_is_one_of_the_guide(file: Path) -> None:
    for row in rows(file):
        said = row["intents"].split(",")
        assert set(said) <= set(INTENTS), row
        assert len(set(said)) == len(said), row
        assert said == ["chatter"] or "chatter" not in said, row
        assert float(row["about_brand"]) in (0, 0.5, 1), row
        assert float(row["needs_reply"]) in (0, 0.25, 0.5, 0.75, 1), row


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_reader_reads_each_text_once_and_says_in_which_order(file: Path) -> None:
    told = rows(file)
    assert len({row["order"] for row in told}) == len(told)
    assert len({(row["set"], row["id"]) for row in told}) == len(told)


def test_there_are_enough_first_and_second_readings() -> None:
    assert len(FIRST) >= 1_500
    assert len(SECOND) >= 200
    assert len({(each.data_set, each.id) for each in FIRST}) == len(FIRST)
    assert len({(each.data_set, each.id) for each in SECOND}) == len(SECOND)


def test_whatever_is_read_twice_is_read_by_two_readers() -> None:
    by_reading: dict[str, dict[tuple[str, str], str]] = {"1": {}, "2": {}}
    for file in FILES:
        for row in rows(file):
            by_reading[row["pass"]][row["set"], row["id"]] = file.stem
    assert by_reading["2"].keys() <= by_reading["1"].keys()
    assert all(by_reading["1"][place] != reader for place, reader in by_reading["2"].items())


def test_every_label_occurs_and_several_may_hold() -> None:
    assert {code for each in FIRST for code in each.intents} == set(INTENTS)
    assert sum(len(each.intents) > 1 for each in FIRST) >= 50
    assert {each.about_brand for each in FIRST} == {0, 0.5, 1}


# ---------------------------------------------------------------- parts


@pytest.mark.parametrize(
    ("data_set", "place", "part"),
    [
        ("sentiment_tweets", "train.tsv:20513", "train"),
        ("goemotions_reddit", "train.tsv:33364", "train"),
        ("banking77", "train.csv:5893", "choice"),
        ("isarcasm", "train.En.csv:3125", "choice"),
        ("sms_spam", "sms.tsv:856", "test"),
        ("vader_rated", "tweets_GroundTruth.txt:3672", "test"),
    ],
)
def test_a_text_belongs_to_its_part_for_ever(data_set: str, place: str, part: str) -> None:
    assert Label(data_set, place, ("chatter",), 0, 0, 1, 0).part == part


def test_a_part_hangs_on_nothing_but_the_place() -> None:
    one = label("train.csv:7", "chatter")
    assert one.part == replace(one, intents=("crisis",), needs_reply=1.0, reading=2, order=99).part


def test_parts_have_the_sizes_that_they_are_told_to_have() -> None:
    drawn = {(row["set"], row["id"]) for file in FILES if file.stem not in FOR_TRAINING for row in rows(file)}
    first = [each for each in FIRST if (each.data_set, each.id) in drawn]
    counts = Counter(each.part for each in first)
    assert set(counts) == {"train", "choice", "test"}
    for part, share in (("train", 0.6), ("choice", 0.15), ("test", 0.25)):
        assert counts[part] / len(first) == pytest.approx(share, abs=0.03)


def test_what_an_earlier_model_helped_to_draw_is_neither_for_choices_nor_for_figures() -> None:
    drawn = {(row["set"], row["id"]) for file in FILES if file.stem in FOR_TRAINING for row in rows(file)}
    assert len(drawn) > 3_000
    assert {each.part for each in FIRST if (each.data_set, each.id) in drawn} == {"train"}


# ---------------------------------------------------------------- agreement


def test_agreement_is_counted_by_hand() -> None:
    first = [
        label("a:0", "complaint", needs_reply=1),
        label("a:1", "praise"),
        label("a:2", "chatter", about_brand=0),
        label("a:3", "complaint", "question", needs_reply=1),
    ]
    second = [first[3], replace(first[1], intents=("chatter",)), first[2], replace(first[0], needs_reply=0.25)]
    found = agreement(second, first)
    assert found["complaint"] == {"first": 2, "second": 2, "kappa": pytest.approx(1), "agreement": 1}
    assert found["praise"]["agreement"] == 0.75
    assert found["praise"]["kappa"] == pytest.approx(0)
    assert found["crisis"] == {"first": 0, "second": 0, "kappa": 1, "agreement": 1}
    assert found["primary"]["agreement"] == 0.75
    assert found["needs_reply"]["agreement"] == 0.75
    assert found["about_brand"]["kappa"] == pytest.approx(1)


def test_our_two_readers_agree_far_beyond_chance(corpus_report: Callable[[str, str], None]) -> None:
    found = agreement(SECOND, FIRST)
    corpus_report("labels", f"{len(FIRST):,} read, {len(SECOND)} twice: kappa {found['primary']['kappa']:.2f}")
    assert found["primary"]["kappa"] >= 0.6
    assert found["needs_reply"]["kappa"] >= 0.6


def test_the_primary_intent_is_the_gravest() -> None:
    assert label("a:0", "praise", "churn", "question").primary == "churn"


def test_a_missing_folder_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="No labels"):
        read_labels(tmp_path)


# ---------------------------------------------------------------- with the texts


@pytest.mark.corpus
def test_every_place_is_a_text_of_its_set(corpus: Path) -> None:
    for name in sorted({each.data_set for each in FIRST}):
        texts = texts_of(corpus, name)
        lost = [each.id for each in FIRST + SECOND if each.data_set == name and not texts.get(each.id, "").strip()]
        assert lost == [], name


@pytest.mark.corpus
def test_texts_come_with_their_labels_by_part(corpus: Path) -> None:
    parts = [read_labelled(corpus, part) for part in ("train", "choice", "test")]
    assert sum(map(len, parts)) == len(read_labelled(corpus)) == len(FIRST)
    for part in parts:
        assert len({each.label.part for each in part}) == 1


@pytest.mark.corpus
def test_no_text_that_we_read_stands_in_the_repository(corpus: Path) -> None:
    stored = "\n".join(file.read_text(encoding="utf-8") for file in FILES).casefold()
    assert [each.label.id for each in read_labelled(corpus) if each.text.strip().casefold() in stored] == []
