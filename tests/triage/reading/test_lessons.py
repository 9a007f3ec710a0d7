"""What the encoder is taught, as numbers; no torch is needed for that."""

from collections import Counter

import numpy as np
import pytest
from tokenizers import Tokenizer

from triage.reading.head import INTENTS, WEIGHTS
from triage.training.examples import LABEL_WEIGHT, Example
from triage.training.lessons import CHUNK, LONGEST, SAYS, Lessons, lessons, order_of

EVERYTHING = {**dict.fromkeys(INTENTS, 0.0), "complaint": 1.0, "about_brand": 1.0, "needs_reply": 0.75}
SEED = Example("the kettle leaks", "seeds", "negative", EVERYTHING, 6.0, 3.0, theme="complaint/leak", irony=0.0)
WORD = Example("awful", "seeds", "negative", {"complaint": 0.5}, 2.0, 1.0, theme="words/bad")
TWEET = Example("rain again", "sentiment_tweets", "neutral", {"chatter": 0.9})
READ_TWEET = Example("where is my bag", "sentiment_tweets", "neutral", EVERYTHING, LABEL_WEIGHT)
FEELING = Example("so happy", "goemotions_reddit", "positive", emotions=frozenset({"joy"}))
TOPIC = Example("my card did not come", "banking77", None, {"question": 1.0}, topic="banking77/card_arrival")
IRONIC = Example("great, rain again", "isarcasm", None, irony=1.0)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))


@pytest.fixture(scope="module")
def taught(tokenizer: Tokenizer) -> Lessons:
    return lessons([SEED, WORD, TWEET, READ_TWEET, FEELING, TOPIC, IRONIC], tokenizer)


@pytest.fixture(scope="module")
def many(tokenizer: Tokenizer) -> Lessons:
    """400 common texts, of which a pass shows about half, and ten rare ones, shown more than once each."""
    common = [
        Example(f"{'so ' * (number % 40)} it rains {number}", "sentiment_tweets", "neutral") for number in range(400)
    ]
    return lessons([*common, *[SEED] * 10], tokenizer)


def test_every_row_has_its_targets_and_only_what_is_known_weighs(taught: Lessons) -> None:
    assert taught.sentiment.tolist() == [0, 0, 1, 1, 2, 0, 0]
    assert (taught.sentiment_weight > 0).tolist() == [True, True, True, True, True, False, False]
    assert taught.says.shape == taught.says_weight.shape == (7, len(SAYS) + 1)
    complaint = SAYS.index("complaint")
    assert taught.says[:2, complaint].tolist() == [1.0, 0.5]
    assert (taught.says_weight[:, complaint] > 0).tolist() == [True, True, False, True, False, False, False]
    assert (taught.says_weight[:, -1] > 0).tolist() == [True, False, False, False, False, False, True]
    assert taught.says[6, -1] == 1


def test_emotions_and_topics_teach_where_they_are_known(taught: Lessons) -> None:
    assert taught.emotion_names == ["joy"]
    assert taught.emotions_weight.tolist() == [0, 0, 0, 0, 1, 0, 0]
    assert taught.topics == ["banking77/card_arrival"]
    assert taught.topic.tolist() == [-1, -1, -1, -1, -1, 0, -1]


def test_texts_are_cut_to_the_longest(tokenizer: Tokenizer) -> None:
    [ids] = lessons([Example("word " * 500, "sms_spam")], tokenizer).ids
    assert len(ids) == LONGEST


def test_what_we_wrote_or_read_is_shown_more_often_than_what_is_common(taught: Lessons) -> None:
    seed, word, tweet, read, feeling, *_ = taught.times.tolist()
    assert min(read, seed) > tweet > feeling
    assert seed > word


def test_the_same_seed_shows_the_same_order(many: Lessons) -> None:
    assert order_of(many, 0, 16, seed=1) == order_of(many, 0, 16, seed=1)


def test_another_pass_or_another_seed_shows_another_order(many: Lessons) -> None:
    orders = [order_of(many, number, 16, seed) for number, seed in ((0, 1), (1, 1), (0, 2))]
    assert orders[0] != orders[1]
    assert orders[0] != orders[2]


def test_rare_texts_are_shown_whole_and_common_ones_in_part(many: Lessons) -> None:
    shown = Counter(row for batch in order_of(many, 0, 16, seed=3) for row in batch)
    times = float(many.times[400])
    assert times >= 2
    assert all(int(times) <= shown[row] <= int(times) + 1 for row in range(400, 410))
    common = [shown[row] for row in range(400)]
    assert set(common) == {0, 1}
    assert sum(common) / 400 == pytest.approx(float(many.times[0]), abs=0.1)


def test_many_passes_show_every_text(many: Lessons) -> None:
    shown = {row for number in range(12) for batch in order_of(many, number, 16, seed=4) for row in batch}
    assert shown == set(range(410))


def test_batches_are_no_larger_than_asked_and_of_similar_length(many: Lessons) -> None:
    batches = order_of(many, 0, 16, seed=5)
    assert max(map(len, batches)) == 16
    rows = sum(map(len, batches))
    assert rows < 16 * CHUNK, "all of it is sorted as one"
    spread = [max(lengths) - min(lengths) for batch in batches if (lengths := [len(many.ids[row]) for row in batch])]
    by_chance = np.ptp([len(many.ids[row]) for row in range(410)])
    assert np.mean(spread) < by_chance / 4
