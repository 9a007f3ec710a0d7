"""What the weights learn from, and what they must not."""

import csv
from pathlib import Path

import numpy as np
import pytest

from triage.reading.head import INTENTS, OUTPUTS, SENTIMENTS
from triage.reading.seeds import read_seeds
from triage.training import mapping
from triage.training.calibrate import fit
from triage.training.card import with_figures
from triage.training.examples import Example, read_examples, validation_texts
from triage.training.thresholds import choose
from triage.training.weights import DATA_SETS


@pytest.fixture(scope="module")
def examples(corpus: Path) -> list[Example]:
    return read_examples(corpus)


@pytest.mark.parametrize(
    "says",
    [
        *mapping.TWEETS.values(),
        *mapping.SMS.values(),
        mapping.CHAT,
        mapping.goemotions_says({"curiosity"}, "really?"),
        mapping.goemotions_says({"anger"}, "really"),
        mapping.review_says(-3),
        mapping.review_says(3),
        mapping.banking_says("transaction_charged_twice"),
        mapping.banking_says("terminate_account"),
        mapping.bitext_says("delete_account"),
        mapping.clinc_says("card_declined"),
    ],
)
def test_a_mapped_label_speaks_of_our_outputs_only_and_in_shares(says: mapping.Says) -> None:
    assert says
    assert set(says) <= set(OUTPUTS)
    assert all(0 <= share <= 1 for share in says.values())


def test_a_label_without_a_counterpart_says_nothing() -> None:
    assert mapping.clinc_says("tire_pressure") == {}
    assert mapping.rated_sentiment(0.6) is None
    assert mapping.goemotions_sentiment({"joy", "anger"}) is None


def test_a_customer_who_closes_the_account_leaves() -> None:
    assert mapping.banking_says("terminate_account")["churn"] == 1
    assert mapping.bitext_says("delete_account")["churn"] == 1
    assert mapping.banking_says("card_arrival")["complaint"] > 0.5


@pytest.mark.corpus
def test_only_sets_that_may_ship_train(examples: list[Example]) -> None:
    assert {each.source for each in examples} == set(DATA_SETS)


@pytest.mark.corpus
def test_no_validation_text_and_no_held_out_mention_trains(examples: list[Example], corpus: Path) -> None:
    learned = {each.text.strip() for each in examples}
    public = {each.text.strip() for each in examples if each.source != "seeds"}
    assert not public & {text.strip() for text in validation_texts(corpus)}
    assert not learned & {seed.text for seed in read_seeds() if seed.held_out}


@pytest.mark.corpus
def test_every_example_is_labelled_within_our_words(examples: list[Example]) -> None:
    for each in examples:
        assert each.sentiment is None or each.sentiment in SENTIMENTS
        assert set(each.says) <= set(OUTPUTS)


@pytest.mark.corpus
def test_every_tweet_of_the_training_set_is_read(examples: list[Example], corpus: Path) -> None:
    path = corpus / "text" / "sentiment_tweets" / "train.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = sum(1 for _ in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert sum(each.source == "sentiment_tweets" for each in examples) >= 0.99 * rows


def test_figures_go_between_the_marks_of_the_card_as_often_as_one_likes() -> None:
    card = "before\n<!-- figures -->\n<!-- end of figures -->\nafter"
    once = with_figures(card, "42 %")
    assert once == "before\n<!-- figures -->\n42 %\n<!-- end of figures -->\nafter"
    assert with_figures(with_figures(card, "41 %"), "42 %") == once


def test_a_card_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="needs one <!-- figures -->"):
        with_figures("no marks", "42 %")


def test_calibration_lets_nine_in_ten_reach_the_middle() -> None:
    needed = np.arange(200) % 2 == 0
    logits = np.where(needed, -1.0, -3.0) + np.linspace(-1, 1, 200)
    scale, shift = fit(logits, needed)
    reached = scale * logits + shift >= 0
    assert 0.9 <= reached[needed].mean() < 0.95
    assert reached[~needed].mean() < 0.2


def test_thresholds_make_the_primary_intent_right() -> None:
    answers = np.full((4, len(INTENTS)), 0.1)
    labels = np.zeros((4, len(INTENTS)), dtype=bool)
    complaint, praise = INTENTS.index("complaint"), INTENTS.index("praise")
    answers[:2, complaint], answers[2:, complaint], answers[:, praise] = 0.9, 0.5, 0.6
    labels[:2, complaint], labels[2:, praise] = True, True
    found = choose(answers, labels)
    assert 0.5 < found["complaint"] <= 0.9
    assert found["praise"] <= 0.6
    assert found["crisis"] < 0.3
