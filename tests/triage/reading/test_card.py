"""The model card: its figures are written by a program and are those of the weights that ship."""

import json
import re
from pathlib import Path

import pytest

from triage.reading.accuracy import Accuracy, Everyday, Score, Sentiments
from triage.reading.head import INTENTS, SENTIMENTS, WEIGHTS
from triage.reading.shipped import shipped
from triage.training.card import by_irony, of_read, of_readers, whole, with_figures
from triage.training.measure import Intents, Irony, OnRead, Sentiment

CARD = (Path(__file__).parents[3] / "docs" / "model-card.md").read_text(encoding="utf-8")
ABOUT = json.loads((WEIGHTS / "model.json").read_text(encoding="utf-8"))

HALF = Score(0.5, 0.25, None, 8)
MOOD = Sentiments(2_000, 0.7, 0.71, 0.72, 0.43, 0.333, dict.fromkeys(SENTIMENTS, HALF))
ACCURACY = Accuracy(
    "reading-9-cafe",
    MOOD,
    325,
    MOOD,
    0.6,
    0.2,
    HALF,
    dict.fromkeys(INTENTS, HALF),
    Everyday(3_000, 0.01, 0.002, 0.1, 0.3),
)


def test_figures_go_between_the_marks_of_the_card_as_often_as_one_likes() -> None:
    card = "before\n<!-- figures -->\n<!-- end of figures -->\nafter"
    once = with_figures(card, "42 %")
    assert once == "before\n<!-- figures -->\n42 %\n<!-- end of figures -->\nafter"
    assert with_figures(with_figures(card, "41 %"), "42 %") == once


def test_figures_with_signs_of_a_pattern_are_written_as_they_are() -> None:
    assert r"\1 \g<0> \n" in with_figures("<!-- figures --><!-- end of figures -->", r"\1 \g<0> \n")


@pytest.mark.parametrize(
    "card",
    [
        "no marks",
        "<!-- figures --> only one",
        "<!-- end of figures --><!-- figures -->",
        "<!-- figures --><!-- end of figures -->" * 2,
    ],
)
def test_a_card_without_one_pair_of_marks_is_refused(card: str) -> None:
    with pytest.raises(ValueError, match="needs one <!-- figures -->"):
        with_figures(card, "42 %")


def test_the_whole_names_the_weights_and_every_label() -> None:
    told = "\n".join(whole(ACCURACY, Sentiment(0.71, 0.7, 0.6, 0.0234), {"encoder": "abc", "ngram": "def"}))
    assert all(part in told for part in ("`reading-9-cafe`", "`abc`", "`def`", "**71.0 %**", "0.023", "325"))
    assert all(f"| {name} | 8 | 50.0 % | 25.0 % | - |" in told for name in (*SENTIMENTS, *INTENTS, "needs a reply"))


def test_what_we_read_is_told_beside_both_halves_and_by_set() -> None:
    one, two, three = (Intents(90, macro, 0.6, dict.fromkeys(INTENTS, HALF)) for macro in (0.5, 0.4, 0.3))
    told = "\n".join(of_read(OnRead(one, two, three, {"sms_spam": (18, 0.9, 0.8)}, HALF, 0.87654, HALF)))
    assert "**50.0 %** (the encoder alone 40.0 %, the n-gram head alone 30.0 %)" in told
    assert "| sms_spam | 18 | 90.0 % | 80.0 % |" in told
    assert "0.877" in told


def test_irony_and_readers_are_told_in_tables() -> None:
    told = by_irony(Irony({"negative": (7, 0.512, 9, 0.634)}))
    assert "| negative | 7 | 0.51 | 9 | 0.63 |" in told
    assert any(line.startswith("| primary | ") for line in of_readers())


# ---------------------------------------------------------------- the card that ships


def test_the_card_names_the_weights_that_are_shipped() -> None:
    assert f"`{ABOUT['encoder']}`" in CARD
    assert f"`{ABOUT['ngram']}`" in CARD
    assert f"`{shipped().version}`" in CARD
    assert ABOUT["measured"]["model_version"] == shipped().version


def test_the_card_tells_the_measured_figures() -> None:
    for name in ("macro_recall", "macro_f1", "accuracy"):
        assert f"{100 * ABOUT['measured']['sentiment'][name]:.1f} %" in CARD
    halves = ABOUT["measured"]["halves"]
    assert f"the encoder alone {100 * halves['encoder']:.1f} %" in CARD
    assert f"expected calibration error {halves['calibration_error']:.3f}" in CARD
    for name, score in ABOUT["measured"]["intents"].items():
        assert (
            f"| {name} | {score['support']} | {100 * score['precision']:.1f} % | {100 * score['recall']:.1f} % |"
            in CARD
        )


def test_the_card_tells_how_far_our_readers_agree() -> None:
    written = CARD.split("<!-- figures -->")[1].split("<!-- end of figures -->")[0]
    assert "\n".join(of_readers()) in written


def test_the_card_holds_no_gap_that_somebody_meant_to_fill() -> None:
    assert re.findall(r"@@\w+@@|TODO|TBD|XXX", CARD) == []


def test_the_card_and_the_notice_name_every_data_set_licence() -> None:
    notice = (Path(__file__).parents[3] / "NOTICE").read_text(encoding="utf-8")
    for description in ABOUT["data_sets"].values():
        licence = description.rsplit(", ", 1)[1]
        assert licence in CARD
        assert licence in notice or licence == "Apache-2.0"
