"""How good the readings are, measured."""

import io
import json
import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from triage.reading.accuracy import evaluate_rows, everyday_rows, false_alarms, measure, render, validation_rows
from triage.reading.head import WEIGHTS

CARD = Path(__file__).parents[3] / "docs" / "model-card.md"
ABOUT = json.loads((WEIGHTS / "ngram.json").read_text(encoding="utf-8"))


def test_the_model_card_names_the_weights_that_are_shipped() -> None:
    assert ABOUT["sha256"] in CARD.read_text(encoding="utf-8")


def test_the_model_card_tells_the_measured_figures() -> None:
    card = CARD.read_text(encoding="utf-8")
    for name in ("macro_recall", "macro_f1", "accuracy"):
        assert f"{100 * ABOUT['measured']['sentiment'][name]:.1f} %" in card


def test_the_model_card_and_the_notice_name_every_data_set_licence() -> None:
    notice = (CARD.parents[1] / "NOTICE").read_text(encoding="utf-8")
    for description in ABOUT["data_sets"].values():
        licence = description.rsplit(", ", 1)[1]
        assert licence in CARD.read_text(encoding="utf-8")
        assert licence in notice or licence == "Apache-2.0"


def test_figures_of_a_small_set_are_counted_by_hand() -> None:
    texts = [
        "I love this, perfect, thank you!",
        "I love it, wonderful",
        "terrible, awful, useless",
        "at three on Tuesday",
    ]
    found = evaluate_rows(texts, ["positive", "negative", "negative", "neutral"])
    assert found.rows == 4
    assert found.accuracy == 0.75
    assert found.majority_accuracy == 0.5
    assert found.classes["negative"].recall == 0.5
    assert found.classes["positive"].precision == 0.5
    assert found.macro_recall == pytest.approx(2.5 / 3)
    assert found.majority_macro_recall == pytest.approx(1 / 3)


@pytest.mark.corpus
def test_two_hundred_validation_texts_meet_the_model_card(corpus: Path) -> None:
    texts, labels = validation_rows(corpus)
    told = re.search(r"accuracy ([\d.]+) %", CARD.read_text(encoding="utf-8"))
    assert told
    share = float(told[1]) / 100
    found = evaluate_rows(texts[::10], labels[::10])
    assert found.rows == 200
    assert abs(found.accuracy - share) <= 2.58 * math.sqrt(share * (1 - share) / 200)


@pytest.mark.corpus
def test_the_whole_measurement_repeats_the_recorded_figures(
    corpus: Path, corpus_report: Callable[[str, str], None]
) -> None:
    accuracy = measure(corpus)
    told = ABOUT["measured"]["sentiment"]["macro_recall"]
    corpus_report(
        "sentiment", f"macro recall {accuracy.sentiment.macro_recall:.1%} over {accuracy.sentiment.rows} texts"
    )
    assert accuracy.sentiment.macro_recall == pytest.approx(told, abs=0.005)
    assert accuracy.sentiment.macro_recall > 2 * accuracy.sentiment.majority_macro_recall
    out = io.StringIO()
    Console(file=out, width=120).print(render(accuracy))
    assert "needs a reply" in out.getvalue()
    assert f"macro recall {accuracy.sentiment.macro_recall:.1%}" in out.getvalue().replace("\n", " ")


def test_false_alarms_are_shares_of_the_texts() -> None:
    found = false_alarms(
        ["the plug melted", "does it beep, @user?", "lovely morning by the sea", "on my way to the gym"]
    )
    assert (found.rows, found.crisis, found.question, found.churn) == (4, 0.25, 0.25, 0)
    assert found.needs_reply >= 0.5


@pytest.mark.corpus
def test_words_of_danger_cry_wolf_seldom(corpus: Path) -> None:
    assert false_alarms(everyday_rows(corpus)).crisis <= 0.02


@pytest.mark.corpus
def test_figures_clear_the_floor_we_ship_above(corpus: Path) -> None:
    accuracy = measure(corpus)
    assert accuracy.sentiment.macro_recall >= 0.66
    assert (accuracy.intents["crisis"].recall or 0) >= 0.8
    assert (accuracy.intents["churn"].recall or 0) >= 0.8
    assert (accuracy.needs_reply.recall or 0) >= 0.9
    assert (accuracy.needs_reply.precision or 0) >= 0.65


def test_a_missing_corpus_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        measure(tmp_path)
