"""Fitting: no corrections teach nothing, their order does not matter, and many alike are learned from."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from models.values import Intent, Label
from tests.triage.learning.stage import SCALE, WIDTH, dialect, world
from triage.learning.fitting import MAY_MOVE, fit, fit_held
from triage.learning.lessons import Lessons, Scale, is_kept_back, label_row, score
from triage.reading.head import INTENTS, OUTPUTS

OTHERS = world(300, 7)


def chosen(lessons: Lessons, numbers: list[int]) -> Lessons:
    """Some of them, in this order."""
    order = np.array(numbers, dtype=np.int64)
    return Lessons(lessons.ids[order], lessons.embeddings[order], lessons.probabilities[order], lessons.labels[order])


def test_no_corrections_teach_nothing() -> None:
    learned = fit(chosen(world(5, 1), []), SCALE, "learned-1", "base", among=OTHERS.embeddings)
    assert not learned.weights.any()
    assert not learned.bias.any()
    assert learned.weights.shape == (WIDTH, len(OUTPUTS))


@settings(max_examples=10, deadline=None)
@given(some.permutations(range(30)))
def test_the_order_of_the_corrections_does_not_matter(order: list[int]) -> None:
    lessons = dialect(30, 2)
    one, other = (
        fit(chosen(lessons, n), SCALE, "learned-1", "base", among=OTHERS.embeddings) for n in (list(range(30)), order)
    )
    assert (one.weights == other.weights).all()
    assert (one.bias == other.bias).all()


def test_what_nobody_spoke_of_is_left_alone() -> None:
    learned = fit(dialect(50, 3), SCALE, "learned-1", "base", among=OTHERS.embeddings)
    assert np.abs(learned.weights[:, :3]).max() > 0
    assert np.count_nonzero(learned.weights[:, 3:]) == 0


def test_many_alike_are_learned_from_and_hold_for_others_like_them() -> None:
    learned, others = fit(dialect(120, 4), SCALE, "learned-1", "base", among=OTHERS.embeddings), dialect(200, 5)
    before = score(others.probabilities, others.labels, SCALE)
    after = score(learned.adjust(others.probabilities, others.embeddings), others.labels, SCALE)
    assert before.share < 0.4
    assert after.share > 0.95


def test_a_head_that_is_held_moves_the_answers_to_other_texts_less() -> None:
    free = fit(dialect(120, 6), SCALE, "learned-1", "base", among=OTHERS.embeddings)
    held = fit(dialect(120, 6), SCALE, "learned-1", "base", among=OTHERS.embeddings, hold=300)
    as_it_was = OTHERS.probabilities
    moved = [np.abs(h.adjust(as_it_was, OTHERS.embeddings) - as_it_was).mean() for h in (free, held)]
    assert moved[1] < 0.5 * moved[0]


def test_it_is_held_just_as_hard_as_what_is_known_needs() -> None:
    lessons = dialect(120, 6)
    known = Lessons(OTHERS.ids, OTHERS.embeddings, OTHERS.probabilities, OTHERS.labels)
    before = score(known.probabilities, known.labels, SCALE)
    held = fit_held(lessons, SCALE, "learned-1", "base", known)
    after = score(held.adjust(known.probabilities, known.embeddings), known.labels, SCALE)
    assert after.share >= before.share - MAY_MOVE
    nobody = fit_held(lessons, SCALE, "learned-1", "base", known.part(known.ids < 0))
    assert np.abs(nobody.weights).sum() >= np.abs(held.weights).sum()


def test_a_brand_whose_people_only_complain_does_not_teach_that_everybody_does() -> None:
    """What is learned is how they speak, not how many of them are angry."""
    learned = fit(dialect(120, 8), SCALE, "learned-1", "base", among=OTHERS.embeddings)
    moved = learned.adjust(OTHERS.probabilities, OTHERS.embeddings)[:, 0].mean() - OTHERS.probabilities[:, 0].mean()
    assert abs(moved) < 0.1


def test_danger_that_was_not_told_is_no_lesson() -> None:
    """A thousand complaints must not teach that nothing is ever dangerous."""
    rows = np.array([label_row({Label.INTENT: Intent.COMPLAINT})] * 50, dtype=np.float32)
    texts = dialect(50, 9)
    lessons = Lessons(texts.ids, texts.embeddings, texts.probabilities, rows)
    column = OUTPUTS.index("crisis")
    learned = fit(lessons, SCALE, "learned-1", "base", among=OTHERS.embeddings)
    assert not learned.weights[:, column].any()
    lessons.probabilities[:, column] = 0.6
    again = fit(lessons, SCALE, "learned-1", "base", among=OTHERS.embeddings)
    assert (again.adjust(lessons.probabilities, lessons.embeddings)[:, column] < 0.5).all()


def test_a_primary_intent_says_that_none_graver_holds_and_nothing_of_lighter_ones() -> None:
    row = dict(zip(OUTPUTS, label_row({Label.INTENT: Intent.QUESTION, Label.NEEDS_REPLY: "yes"}), strict=True))
    assert {n: row[n] for n in ("crisis", "churn", "complaint", "question")} == {
        "crisis": 0, "churn": 0, "complaint": 0, "question": 1,
    }  # fmt: skip
    assert {row[n] for n in ("purchase", "suggestion", "praise", "promo", "chatter", "negative", "about_brand")} == {-1}
    assert row["needs_reply"] == 1


@pytest.mark.parametrize(("said", "told"), [
    ({Label.SENTIMENT: "negative"}, 1), ({Label.INTENT: "chatter"}, 1), ({Label.NEEDS_REPLY: "no"}, 1),
    ({Label.ABOUT_BRAND: "no", Label.SENTIMENT: "positive"}, 2), ({Label.LANGUAGE: "de"}, 0),
])  # fmt: skip
def test_each_word_of_a_person_counts_once(said: dict[Label, str], told: int) -> None:
    labels = np.array([label_row(said)], dtype=np.float32)
    assert score(np.full((1, len(OUTPUTS)), 0.3), labels, SCALE).told == told


def test_the_intent_is_told_right_where_the_model_s_own_threshold_says_so() -> None:
    rows = np.full((2, len(OUTPUTS)), 0.05)
    rows[:, OUTPUTS.index("crisis")] = [0.3, 0.1]
    labels = np.array([label_row({Label.INTENT: "crisis"})] * 2, dtype=np.float32)
    low = Scale.of(dict.fromkeys(INTENTS, 0.5) | {"crisis": 0.2}, (1.5, 3.0))
    assert [score(rows, labels, s).right for s in (SCALE, low)] == [0, 1]
    assert [score(rows, labels, s).danger_found for s in (SCALE, low)] == [0, 1]
    assert low.margins(np.full((1, len(OUTPUTS)), 0.5))[0, -1] == pytest.approx(3.0)


def test_about_a_quarter_is_kept_back_and_always_the_same() -> None:
    kept = [n for n in range(4000) if is_kept_back(n)]
    assert 900 < len(kept) < 1100
    to_learn, back = world(200, 9).split()
    assert sorted([*to_learn.ids, *back.ids]) == list(range(200))
    assert [n for n in range(200) if is_kept_back(n)] == list(back.ids)
