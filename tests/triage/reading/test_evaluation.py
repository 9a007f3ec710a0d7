"""Figures of labelled rows."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import balanced_accuracy_score, f1_score

from triage.reading.evaluation import Answers, binned, calibration_error, evaluate

CLASSES = ("negative", "neutral", "positive")


def answers(
    true: list[int],
    said: list[int],
    probability: list[float] | None = None,
    languages: list[str] | None = None,
    scores: list[float] | None = None,
    classes: tuple[str, ...] = CLASSES,
) -> Answers:
    shares = probability or [0.5] * len(true)
    return Answers(classes, true, said, shares, shares, languages or ["en"] * len(true), scores or [])


ROWS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.floats(0, 1), st.sampled_from(["en", "de", "und"])),
    min_size=1,
    max_size=60,
)


def of_rows(rows: list[tuple[int, int, float, str]]) -> Answers:
    true, said, probability, languages = ([*column] for column in zip(*rows, strict=True))
    return answers(true, said, probability, languages)


def test_figures_of_a_small_set_are_counted_by_hand() -> None:
    found = evaluate(answers([0, 0, 1, 2], [0, 1, 1, 1], [0.9, 0.8, 0.4, 0.6]))
    assert found.rows == 4
    assert found.accuracy.value == 0.5
    assert found.macro_recall.value == pytest.approx((0.5 + 1 + 0) / 3)
    assert found.macro_f1.value == pytest.approx((2 / 3 + 0.5 + 0) / 3)
    assert found.commonest == 0.5
    assert found.confusion == [[1, 1, 0], [0, 1, 0], [0, 1, 0]]
    assert found.by_class["neutral"].precision == pytest.approx(1 / 3)
    assert found.by_class["positive"].precision is None
    assert [found.by_class[name].support for name in CLASSES] == [2, 1, 1]
    assert found.calibration_error == pytest.approx((0.1 + 0.8 + 0.6 + 0.6) / 4)
    assert found.yes_no is None


def test_a_class_that_never_occurs_is_in_no_mean() -> None:
    found = evaluate(answers([0, 0, 2, 2], [0, 1, 2, 2]))
    assert found.macro_recall.value == 0.75
    assert found.by_class["neutral"].recall is None
    assert found.macro_f1.value == pytest.approx((2 / 3 + 1) / 2)


def test_perfect_and_sure_is_calibrated_and_wrong_and_sure_is_not() -> None:
    assert evaluate(answers([0, 1, 2], [0, 1, 2], [1.0] * 3)).calibration_error == 0
    assert evaluate(answers([0, 1, 2], [1, 2, 0], [1.0] * 3)).calibration_error == 1


def test_figures_by_language_stand_apart_the_commonest_first() -> None:
    found = evaluate(answers([0, 0, 1, 1], [0, 1, 1, 1], languages=["de", "en", "en", "en"]))
    assert list(found.languages) == ["en", "de"]
    assert found.languages["en"].rows == 3
    assert found.languages["en"].accuracy == pytest.approx(2 / 3)
    assert found.languages["en"].macro_recall == 0.5
    assert found.languages["de"].accuracy == 1


def test_a_yes_no_question_has_its_f1_and_how_well_the_probability_sorts() -> None:
    found = evaluate(answers([0, 0, 1, 1], [0, 1, 1, 1], scores=[0.9, 0.4, 0.3, 0.2], classes=("yes", "not-yes")))
    assert found.yes_no is not None
    assert found.yes_no.f1.value == pytest.approx(2 / 3)
    assert found.yes_no.f1.low <= found.yes_no.f1.value <= found.yes_no.f1.high
    assert (found.yes_no.average_precision, found.yes_no.auc) == (1, 1)


def test_a_yes_no_question_with_one_answer_only_has_no_order() -> None:
    found = evaluate(answers([1, 1], [0, 1], scores=[0.9, 0.4], classes=("yes", "not-yes")))
    assert found.yes_no is not None
    assert (found.yes_no.average_precision, found.yes_no.auc) == (None, None)
    assert found.yes_no.f1.value == 0


def test_a_share_on_an_edge_counts_upwards_and_one_stays_inside() -> None:
    bins = binned([0.0, 0.5, 1.0], np.array([True, False, True]), [0.0, 0.5, 1.0])
    assert [each.rows for each in bins] == [1, 2]
    assert (bins[1].mean, bins[1].accuracy) == (0.75, 0.5)


def test_an_empty_bin_has_no_figures() -> None:
    (_, empty) = binned([0.1], np.array([True]), [0.0, 0.5, 1.0])
    assert (empty.rows, empty.mean, empty.accuracy) == (0, None, None)


def test_more_rows_make_a_narrower_interval() -> None:
    few, many = (evaluate(answers([0, 0, 1, 2] * n, [0, 1, 1, 1] * n)).accuracy for n in (5, 500))
    assert few.value == pytest.approx(many.value)
    assert many.high - many.low < (few.high - few.low) / 5


def test_the_interval_is_as_wide_as_theory_has_it() -> None:
    found = evaluate(answers([0] * 1_000, [0] * 700 + [1] * 300)).accuracy
    expected = 1.96 * math.sqrt(0.7 * 0.3 / 1_000)
    assert found.high - 0.7 == pytest.approx(expected, rel=0.15)
    assert 0.7 - found.low == pytest.approx(expected, rel=0.15)


def test_nothing_and_uneven_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="no row"):
        evaluate(answers([], []))
    with pytest.raises(ValueError, match="length"):
        evaluate(answers([0, 1], [0]))
    with pytest.raises(ValueError, match="length"):
        evaluate(answers([0, 1], [0, 1], scores=[0.5]))


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_figures_agree_with_scikit_learn_and_are_the_same_again(rows: list[tuple[int, int, float, str]]) -> None:
    given_answers = of_rows(rows)
    found = evaluate(given_answers)
    true, said = list(given_answers.true), list(given_answers.said)
    present = sorted(set(true))
    expected = f1_score(true, said, labels=present, average="macro", zero_division=0)
    assert found.macro_f1.value == pytest.approx(expected)
    if len(present) > 1 and set(said) <= set(true):
        assert found.macro_recall.value == pytest.approx(balanced_accuracy_score(true, said))
    assert found == evaluate(given_answers)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_every_row_is_in_one_bin_one_band_one_cell_and_one_language(rows: list[tuple[int, int, float, str]]) -> None:
    found = evaluate(of_rows(rows))
    assert sum(each.rows for each in found.bins) == len(rows)
    assert sum(each.rows for each in found.bands) == len(rows)
    assert sum(map(sum, found.confusion)) == len(rows)
    assert sum(each.rows for each in found.languages.values()) == len(rows)
    weighed = sum(each.rows * each.accuracy for each in found.languages.values())
    assert weighed / len(rows) == pytest.approx(found.accuracy.value)


@settings(max_examples=100, deadline=None)
@given(ROWS)
def test_the_calibration_error_is_a_share_that_no_order_changes(rows: list[tuple[int, int, float, str]]) -> None:
    found = evaluate(of_rows(rows))
    assert 0 <= found.calibration_error <= 1
    far = abs(found.accuracy.value - sum(row[2] for row in rows) / len(rows))
    assert found.calibration_error >= far - 1e-9
    again = evaluate(of_rows(rows[::-1]))
    assert again.calibration_error == pytest.approx(found.calibration_error)
    assert calibration_error(found.bins) == found.calibration_error
