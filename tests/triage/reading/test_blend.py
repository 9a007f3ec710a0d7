"""How the halves are joined, on arrays small enough to count by hand."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from triage.reading.head import INTENTS, OUTPUTS
from triage.training.blend import (
    CASES,
    EVEN,
    NEEDS_RECALL,
    NOT_BELOW,
    Kept,
    best_sentiment,
    calibration,
    others,
    sharpness,
    thresholds,
)

Floats = NDArray[np.float64]
TRUTH = np.array([0, 1, 2] * 20)
COMPLAINT, CRISIS, PRAISE = (INTENTS.index(code) for code in ("complaint", "crisis", "praise"))


def answers(said: NDArray[np.int64], sure: float = 0.8) -> Floats:
    """Probabilities of OUTPUTS of a reader that says these sentiments."""
    out = np.full((len(said), len(OUTPUTS)), (1 - sure) / 2)
    out[np.arange(len(said)), said] = sure
    return out


def kept(intents: NDArray[np.bool_], needs_reply: Sequence[float] | None = None) -> Kept:
    """Texts without any word of the lists, natural and English."""
    rows = len(intents)
    return Kept(
        texts=["rain"] * rows,
        english=np.ones(rows, dtype=bool),
        natural=np.ones(rows, dtype=bool),
        sentiment=np.full(rows, -1),
        intents=intents,
        about_brand=np.array([float(row % 2) for row in range(rows)]),
        needs_reply=np.array(needs_reply if needs_reply is not None else [0.0] * rows),
    )


# ---------------------------------------------------------------- sentiment


def test_the_half_that_is_right_gets_the_larger_share() -> None:
    right, wrong = answers(TRUTH), answers((TRUTH + 1) % 3)
    assert best_sentiment(right, wrong, TRUTH) > 0.5
    assert best_sentiment(wrong, right, TRUTH) < 0.5


def test_two_halves_that_say_the_same_share_alike() -> None:
    assert best_sentiment(answers(TRUTH), answers(TRUTH), TRUTH) == pytest.approx(0.5)


def test_halves_that_are_right_about_different_texts_are_both_heard() -> None:
    first = np.arange(60) < 30
    one = np.where(first[:, None], answers(TRUTH, 0.9), answers((TRUTH + 1) % 3, 0.4))
    other = np.where(first[:, None], answers((TRUTH + 1) % 3, 0.4), answers(TRUTH, 0.9))
    assert best_sentiment(one, other, TRUTH) == pytest.approx(0.5, abs=0.1)


def test_shares_that_are_too_modest_are_sharpened_and_vain_ones_are_dulled() -> None:
    some_wrong = np.where(np.arange(60) % 10 == 0, (TRUTH + 1) % 3, TRUTH)
    assert sharpness(answers(some_wrong, 0.6)[:, :3], TRUTH) > 1.5
    assert sharpness(answers(some_wrong, 0.99)[:, :3], TRUTH) < 0.7


def test_honest_shares_stay_as_they_are() -> None:
    some_wrong = np.where(np.arange(60) % 10 == 0, (TRUTH + np.arange(60) // 10 % 2 + 1) % 3, TRUTH)
    assert sharpness(answers(some_wrong, 0.9)[:, :3], TRUTH) == pytest.approx(1, abs=0.05)


# ---------------------------------------------------------------- intents


def test_thresholds_stand_where_they_part_the_cases_best() -> None:
    truth = np.zeros((60, len(INTENTS)), dtype=bool)
    truth[:20, COMPLAINT] = True
    said = np.full((60, len(OUTPUTS)), 0.1)
    said[:20, 3 + COMPLAINT], said[20:, 3 + COMPLAINT] = 0.7, 0.45
    found = thresholds(kept(truth | _chatter(truth)), said)
    assert 0.45 < found["complaint"] <= 0.7
    assert set(found) == set(INTENTS)


def test_crisis_is_rather_cried_too_often_than_missed() -> None:
    truth = np.zeros((100, len(INTENTS)), dtype=bool)
    truth[:40, CRISIS] = truth[:40, COMPLAINT] = True
    said = np.full((100, len(OUTPUTS)), 0.05)
    said[:40, 3 + CRISIS] = said[:40, 3 + COMPLAINT] = np.linspace(0.5, 0.95, 40)
    said[40:, 3 + CRISIS] = said[40:, 3 + COMPLAINT] = np.linspace(0.3, 0.75, 60)
    found = thresholds(kept(truth), said)
    assert found["crisis"] < found["complaint"]
    assert (said[:40, 3 + CRISIS] >= found["crisis"]).mean() >= 0.9


@pytest.mark.parametrize("code", sorted(NOT_BELOW))
def test_what_would_drown_the_rest_needs_a_little_more_to_be_believed(code: str) -> None:
    truth = np.zeros((40, len(INTENTS)), dtype=bool)
    truth[:20, INTENTS.index(code)] = True
    said = np.full((40, len(OUTPUTS)), 0.05)
    said[:20, 3 + INTENTS.index(code)] = 0.2
    assert thresholds(kept(truth | _chatter(truth)), said)[code] == NOT_BELOW[code]


def test_an_intent_that_never_occurs_has_a_threshold_too() -> None:
    truth = np.zeros((20, len(INTENTS)), dtype=bool)
    truth[:, -1] = True
    found = thresholds(kept(truth), np.full((20, len(OUTPUTS)), 0.3))
    assert all(0 < at < 1 for at in found.values())


def test_the_half_that_sorts_better_gets_the_larger_share_for_all_else() -> None:
    random = np.random.default_rng(20)
    rows = 3 * CASES
    truth = np.zeros((rows, len(INTENTS)), dtype=bool)
    truth[::2, PRAISE] = True
    needs = (np.arange(rows) % 3 == 0) * 1.0
    choices = kept(truth | _chatter(truth), needs.tolist())
    good, bad = np.full((rows, len(OUTPUTS)), 0.1), random.random((rows, len(OUTPUTS)))
    good[:, 3 : 3 + len(INTENTS)] += 0.8 * choices.intents
    good[:, OUTPUTS.index("about_brand")] += 0.8 * choices.about_brand
    good[:, OUTPUTS.index("needs_reply")] += 0.8 * needs
    everywhere = np.ones(rows, dtype=bool)
    for name in ("praise", "chatter", "about_brand", "needs_reply"):
        assert others(choices, good, bad, everywhere)[name] > 0.5
        assert others(choices, bad, good, everywhere)[name] < 0.5


def test_too_few_cases_leave_both_halves_alike() -> None:
    truth = np.zeros((3 * CASES, len(INTENTS)), dtype=bool)
    truth[: CASES - 1, CRISIS] = True
    choices = kept(truth | _chatter(truth))
    good = np.full((3 * CASES, len(OUTPUTS)), 0.1)
    good[:, 3 : 3 + len(INTENTS)] += 0.8 * choices.intents
    found = others(choices, good, 1 - good, np.ones(3 * CASES, dtype=bool))
    assert found["crisis"] == EVEN
    assert found["chatter"] > EVEN
    assert set(found) == {*INTENTS, "about_brand", "needs_reply"}


def test_nine_in_ten_that_need_a_reply_reach_the_middle() -> None:
    needs = np.arange(200) % 2 == 0
    said = np.full((200, len(OUTPUTS)), 0.1)
    said[:, OUTPUTS.index("needs_reply")] = np.where(needs, 0.3, 0.1) + np.linspace(-0.08, 0.08, 200)
    found = calibration(kept(np.zeros((200, len(INTENTS)), dtype=bool), needs.astype(float).tolist()), said)
    values = said[:, OUTPUTS.index("needs_reply")]
    reached = found["scale"] * np.log(values / (1 - values)) + found["shift"] >= 0
    assert NEEDS_RECALL <= reached[needs].mean() < NEEDS_RECALL + 0.05
    assert reached[~needs].mean() < 0.1


def _chatter(truth: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Chatter where nothing else holds."""
    out = np.zeros_like(truth)
    out[:, -1] = ~truth.any(axis=1)
    return out
