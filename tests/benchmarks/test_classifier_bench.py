"""The shipped model beside others: the table, and what happens where something is missing."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import classifier_bench
from benchmarks.labelled_sets import LabelledSet, labelled_sets
from benchmarks.readers import Says, readers
from triage.reading import classify


def always_neutral(texts: Sequence[str], intent: str) -> Says:
    return Says(["neutral"] * len(texts), [], [])


def all_knowing(texts: Sequence[str], intent: str) -> Says:
    return Says(list(texts), [float(text == "yes") for text in texts], [text == "yes" for text in texts])


READERS = {"neutral": always_neutral, "shipped": all_knowing}


def table(told: str) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in (line.split() for line in told.splitlines()) if row}


def test_sentiment_is_told_as_macro_recall_and_accuracy(capsys: pytest.CaptureFixture[str]) -> None:
    labels = ["negative", "neutral", "neutral", "positive"]
    classifier_bench.compare(LabelledSet("four", labels, labels), READERS)
    found = table(capsys.readouterr().out)
    assert found["neutral"][:2] == ["33.3%", "50.0%"]
    assert found["shipped"][:2] == ["100.0%", "100.0%"]
    assert found["shipped"][-1] == "1.00"


def test_a_reader_without_a_word_for_an_intent_has_a_dash(capsys: pytest.CaptureFixture[str]) -> None:
    labels = ["yes", "no", "no"]
    classifier_bench.compare(LabelledSet("complaints", labels, labels, "complaint"), READERS)
    found = table(capsys.readouterr().out)
    assert found["neutral"][:2] == ["-", "-"]
    assert found["shipped"][:2] == ["100.0%", "100.0%"]


def test_a_set_is_thinned_evenly() -> None:
    whole = LabelledSet("ten", [str(n) for n in range(10)], [str(n) for n in range(10)], "complaint")
    assert whole.thinned(5).texts == whole.thinned(5).labels == ["0", "2", "4", "6", "8"]
    assert len(whole.thinned(7).texts) <= 7
    assert (whole.thinned(0), whole.thinned(99)) == (whole, whole)


def test_without_the_corpus_it_says_so_and_ends_well(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["classifier_bench"])
    monkeypatch.delenv("QUARTERDECK_CORPUS", raising=False)
    classifier_bench.main()
    assert "QUARTERDECK_CORPUS" in capsys.readouterr().out


def test_who_is_not_installed_is_named_and_the_shipped_model_reads_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "vaderSentiment.vaderSentiment", None)
    monkeypatch.setitem(sys.modules, "textblob", None)
    found, missing = readers()
    assert missing == ["VADER", "TextBlob"]
    texts = ["I love it, wonderful", "my parcel never arrived, awful"]
    says = found["shipped"](texts, "complaint")
    assert says.sentiments == [reading.sentiment for reading in classify(texts)]
    assert says.yes == [False, True]
    assert found["n-gram head alone"](texts, "complaint").sentiments == ["positive", "negative"]


@pytest.mark.corpus
def test_every_set_has_a_label_for_each_text(corpus: Path) -> None:
    sets = {each.name: each for each in labelled_sets(corpus)}
    assert len(sets) == 11
    assert all(len(each.texts) == len(each.labels) > 300 for each in sets.values())
    assert set(sets["german"].labels) == {"negative", "neutral", "positive"}
    assert set(sets["complaints"].labels) == set(sets["suggestions"].labels) == {"yes", "no"}
