"""Somebody else's labels in our words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.reading import INTENTS, SENTIMENTS
from triage.reading.label_map import LEFT_OUT, LabelsRefused, map_labels


def test_our_own_words_map_by_themselves_in_any_case() -> None:
    found = map_labels({"Negative": 1, "NEUTRAL": 2, "positive": 3}, [])
    assert found.meanings == {"Negative": "negative", "NEUTRAL": "neutral", "positive": "positive"}
    assert (found.classes, found.yes, found.unused) == (SENTIMENTS, None, ())


def test_what_was_typed_goes_before_what_a_label_seems_to_say() -> None:
    assert map_labels({"positive": 1}, ["positive=-"]).meanings == {"positive": LEFT_OUT}


def test_a_label_may_hold_an_equals_sign_spaces_and_other_alphabets() -> None:
    found = map_labels({"a=b": 1, "so la la": 2, "好": 3}, ["a=b=negative", " so la la = Neutral", "好=positive"])
    assert list(found.meanings.values()) == ["negative", "neutral", "positive"]


def test_the_exact_label_goes_before_one_in_another_case() -> None:
    found = map_labels({"N": 1, "n": 1}, ["N=negative", "n=neutral"])
    assert found.meanings == {"N": "negative", "n": "neutral"}
    assert map_labels({"BAD": 1}, ["bad=negative"]).meanings == {"BAD": "negative"}


def test_unmapped_labels_are_listed_with_their_counts_and_what_to_type() -> None:
    with pytest.raises(LabelsRefused) as refused:
        map_labels({"2": 1_200, "0": 5, "positive": 3}, [])
    said = str(refused.value)
    assert "2 (1,200), 0 (5), positive (3)" in said
    assert "--map '2=?' --map '0=?'" in said
    assert "negative, neutral, positive, or - to leave" in said


def test_thousands_of_labels_and_a_novel_as_a_label_are_not_all_printed() -> None:
    with pytest.raises(LabelsRefused) as refused:
        map_labels({f"{n} {'x' * 10_000}": 1 for n in range(900)}, [])
    assert len(str(refused.value)) < 3_500
    assert "and 880 more" in str(refused.value)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("0", "LABEL=OURS"),
        ("=negative", "LABEL=OURS"),
        ("0=happy", "negative, neutral, positive"),
        ("0=", "negative, neutral, positive"),
        ("0=complaint", "no sentiment 'complaint'"),
        ("0=not-negative", "no sentiment"),
    ],
)
def test_a_map_that_says_nothing_is_refused(said: str, words: str) -> None:
    with pytest.raises(LabelsRefused, match=words):
        map_labels({"0": 1}, [said])


def test_two_meanings_for_one_label_are_refused() -> None:
    with pytest.raises(LabelsRefused, match="contradicts --map 0=negative"):
        map_labels({"0": 1}, ["0=negative", "0=neutral"])
    assert map_labels({"0": 1}, ["0=negative", "0=negative"]).meanings == {"0": "negative"}


def test_a_map_for_a_label_that_is_not_there_is_told() -> None:
    assert map_labels({"0": 1}, ["0=negative", "9=neutral"]).unused == ("9",)


def test_an_intent_and_its_negation_ask_yes_or_no() -> None:
    found = map_labels({"1": 3, "0": 4, "?": 1}, ["1=complaint", "0=not-complaint", "?=-"], "intent")
    assert (found.yes, found.classes) == ("complaint", ("complaint", "not-complaint"))


def test_the_negation_alone_asks_too() -> None:
    assert map_labels({"not-churn": 3}, [], "intent").classes == ("churn", "not-churn")


def test_intents_without_a_negation_are_one_of_all() -> None:
    found = map_labels({"Complaint": 1, "q": 1}, ["q=question"], "intent")
    assert (found.classes, found.yes) == (INTENTS, None)


@pytest.mark.parametrize("other", ["question", "not-question"])
def test_a_yes_no_question_has_no_third_answer(other: str) -> None:
    with pytest.raises(LabelsRefused, match=r"yes or no.*question"):
        map_labels({"1": 1, "0": 1, "2": 1}, ["1=complaint", "0=not-complaint", f"2={other}"], "intent")


@given(
    st.dictionaries(st.text(min_size=1).filter(str.strip), st.integers(1, 9), max_size=8), st.sampled_from(SENTIMENTS)
)
def test_any_label_is_mapped_or_refused_and_never_guessed(found: dict[str, int], meaning: str) -> None:
    labels = {label.strip(): count for label, count in found.items()}
    mapped = map_labels(labels, [f"{label}={meaning}" for label in labels])
    assert set(mapped.meanings.values()) <= {meaning}
    strange = {label for label in labels if label.casefold() not in SENTIMENTS}
    if strange:
        with pytest.raises(LabelsRefused):
            map_labels(labels, [])
