"""Figures of labelled rows as one picture."""

from io import BytesIO

import pytest
from PIL import Image

from triage.reading import INTENTS
from triage.reading.evaluation import Answers, Evaluation, evaluate
from triage.reading.pictures import draw


def figures(rows: int = 40, classes: tuple[str, ...] = ("negative", "neutral", "positive")) -> Evaluation:
    places = [n % len(classes) for n in range(rows)]
    said = [(n * 7 // 5) % len(classes) for n in range(rows)]
    shares = [n / rows for n in range(rows)]
    return evaluate(Answers(classes, places, said, shares, shares, ["en"] * rows))


def test_a_png_is_a_picture_with_something_on_it() -> None:
    with Image.open(BytesIO(draw(figures(), "test"))) as image:
        image.load()
        assert (image.format, image.width > 1_500) == ("PNG", True)
        assert len(image.convert("RGB").getcolors(1_000_000) or []) > 50


def test_an_svg_says_its_words_as_text() -> None:
    told = draw(figures(), "40 texts", "svg").decode("utf-8")
    for word in ("40 texts", "negative", "Confusion", "Reliability (ECE", "read as"):
        assert f">{word}" in told


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_same_figures_give_the_same_bytes(kind: str) -> None:
    assert draw(figures(), "test", kind) == draw(figures(), "test", kind)
    assert draw(figures(), "test", kind) != draw(figures(41), "test", kind)


def test_one_row_and_nine_classes_and_two_are_drawn() -> None:
    for drawn in (figures(1), figures(90, INTENTS), figures(9, ("complaint", "not-complaint"))):
        assert draw(drawn, "test").startswith(b"\x89PNG")


def test_a_name_with_dollars_and_other_alphabets_is_no_trouble() -> None:
    assert b"$\\frac$ ??" in draw(figures(), "$\\frac$ 模型", "svg")


def test_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="png, svg"):
        draw(figures(), "test", "pdf")
