"""What the labels of somebody else's model mean."""

import pytest

from models.values import Intent, Sentiment
from triage.reading.other_labels import WORDS, ModelRefused, labels_of, map_labels


def refusal(labels: list[str], typed: str = "") -> str:
    with pytest.raises(ModelRefused) as refused:
        map_labels(labels, typed)
    return str(refused.value)


def test_the_words_are_our_sentiments_and_intents() -> None:
    assert list(WORDS) == [*Sentiment, *Intent]


@pytest.mark.parametrize(
    "labels", [["negative", "neutral", "positive"], ["NEG", "NEU", "POS"], ["Positive", " Neutral ", "Negative"]]
)
def test_labels_that_say_what_they_mean_need_no_setting(labels: list[str]) -> None:
    means = dict(zip((label.strip().lower()[:3] for label in labels), map_labels(labels, "").meanings, strict=True))
    assert means == {"neg": ("negative",), "neu": ("neutral",), "pos": ("positive",)}


def test_what_is_typed_goes_before_what_a_label_says() -> None:
    told = map_labels(["negative", "neutral", "positive"], "neutral=-, positive = praise+positive")
    assert told.meanings == (("negative",), (), ("positive", "praise"))
    assert told.said == ("negative", "positive", "praise")


def test_a_label_may_hold_an_equals_sign_and_go_by_its_number() -> None:
    labels = ["a=b", "anger, disgust", "none"]
    assert map_labels(labels, "a=b=positive,#1=negative,#2=-").meanings == (("positive",), ("negative",), ())


def test_the_case_of_a_label_matters_only_where_two_differ_by_it() -> None:
    assert map_labels(["Bad", "Good"], "bad=negative,GOOD=positive").meanings == (("negative",), ("positive",))
    assert map_labels(["Bad", "bad"], "Bad=negative,bad=-").meanings == (("negative",), ())
    assert "labels of the model are Bad, bad" in refusal(["Bad", "bad"], "BAD=negative")


def test_outputs_of_the_same_name_mean_the_same() -> None:
    assert map_labels(["x", "x", "POS"], "x=negative").meanings == (("negative",), ("negative",), ("positive",))


def test_labels_of_numbers_are_refused_with_the_line_to_write() -> None:
    words = refusal(["LABEL_0", "LABEL_1", "LABEL_2"], "LABEL_1=neutral")
    assert "Nothing says what the labels LABEL_0, LABEL_2 of the model mean" in words
    assert 'QUARTERDECK_MODEL_LABELS="LABEL_0=?,LABEL_1=neutral,LABEL_2=?"' in words
    assert "negative, neutral, positive, crisis" in words


def test_a_half_known_set_is_refused_and_the_known_half_is_filled_in() -> None:
    assert '"negative=negative,mixed=?,positive=positive"' in refusal(["negative", "mixed", "positive"])


def test_stars_are_refused_with_the_usual_reading_to_copy() -> None:
    words = refusal(["1 star", "2 stars", "3 stars", "4 stars", "5 stars"])
    line = "1 star=negative,2 stars=negative,3 stars=neutral,4 stars=positive,5 stars=positive"
    assert f'QUARTERDECK_MODEL_LABELS="{line}"' in words
    assert str(map_labels(["1 star", "2 stars", "3 stars", "4 stars", "5 stars"], line)) == line


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("LABEL_7=negative", "names the label 'LABEL_7', but the labels of the model are bad, good"),
        ("#2=negative", "names the label '#2'"),
        ("bad=negativ,good=positive", "'negativ' is no word of ours"),
        ("bad=negative+-,good=positive", "'-' is no word of ours"),
        ("bad=negative+neutral,good=positive", "write one sentiment"),
        ("bad", "bad should read LABEL=MEANING"),
        ("bad=,good=positive", "bad= should read LABEL=MEANING"),
        ("=negative", "should read LABEL=MEANING"),
        ("bad=negative,bad=positive,good=-", "tells bad twice"),
        ("bad=-,good=-", "ignores every label"),
    ],
)
def test_a_wrong_mapping_is_refused_and_named(typed: str, says: str) -> None:
    words = refusal(["bad", "good"], typed)
    assert says in words
    assert "QUARTERDECK_MODEL_LABELS" in words


def test_the_same_said_twice_and_a_comma_too_many_do_no_harm() -> None:
    assert map_labels(["bad", "POS"], "bad=negative,,BAD=negative,").meanings == (("negative",), ("positive",))


def test_a_line_for_hundreds_of_labels_stays_readable() -> None:
    assert len(refusal([f"LABEL_{n}" for n in range(500)])) < 1_500


def test_labels_come_in_the_order_of_the_outputs_whatever_the_order_in_the_file() -> None:
    assert labels_of({"id2label": {"2": "c", "0": "a", "1": "b"}}) == ("a", "b", "c")
    assert labels_of({"num_labels": 3}) == ("LABEL_0", "LABEL_1", "LABEL_2")
    assert labels_of({}) == ("LABEL_0", "LABEL_1")


@pytest.mark.parametrize("told", [{"0": "a", "2": "c"}, {"one": "a"}, ["a", "b"], "abc", 3, {"1": "a"}])
def test_labels_that_skip_an_output_are_refused(told: object) -> None:
    with pytest.raises(ModelRefused, match="id2label"):
        labels_of({"id2label": told})


def test_an_odd_number_of_labels_is_refused() -> None:
    with pytest.raises(ModelRefused, match="id2label"):
        labels_of({"num_labels": "many"})
