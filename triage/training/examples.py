"""TRIAGE, training: what every set we may learn from says, in our words.

In comes the corpus folder and our own seeds; out go examples, each with the labels it can vouch for and no
others (a missing label is silence, not "no"). Only sets that may ship are read. The mapping of foreign
labels to ours stands in `mapping.py`. It never writes.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from random import Random

from triage.reading.head import INTENTS
from triage.reading.normalise import normalise
from triage.reading.seeds import Seed, read_seeds
from triage.training import mapping
from triage.training.labelled import Label, Labelled, read_labelled

SEED_WEIGHT = 6.0
WORD_WEIGHT = 2.0
LABEL_WEIGHT = 4.0
"""How much a mention of ours, a single word or phrase of ours, and a text that we read count beside one public text."""
TWEETS_KEPT = 25
"""Each 25th tweet never trains: shares and calibration are chosen on them, so the validation set stays for figures."""
IRONY_HELD_BACK = 5
"""Each fifth ironic or plain tweet of isarcasm never trains: what confidence in irony is measured on."""


@dataclass(frozen=True)
class Example:
    """A text with the labels it can vouch for.

    `sentiment` None and outputs missing from `says` mean: this set does not know. `says` holds probabilities
    by output name; `weight` is how much the example counts for `says`, `sentiment_weight` for the sentiment.
    `irony` (0 or 1), `emotions` (of GoEmotions) and `topic` ("set/class") teach the encoder beside them.
    """

    text: str
    source: str
    sentiment: str | None = None
    says: Mapping[str, float] = field(default_factory=dict)
    weight: float = 1.0
    sentiment_weight: float = 1.0
    theme: str = ""
    irony: float | None = None
    emotions: frozenset[str] | None = None
    topic: str = ""


def read_examples(corpus: Path) -> list[Example]:
    """All examples, without those whose text is held back: the validation set, the texts that we read for choices and
    figures, a fifth of the ironic ones. What we read ourselves counts before what a set says of it.
    Errors: OSError if a set is absent.
    """
    text = corpus / "text"
    read = read_labelled(corpus)
    held_back = {_key(line) for line in validation_texts(corpus)}
    held_back |= {_key(each.text) for each in read if each.label.part != "train"}
    held_back |= {_key(each) for each, _ in held_back_irony(corpus)}
    held_back |= {_key(each) for each, _ in kept_tweets(corpus)}
    labels = {_key(each.text): each for each in read if each.label.part == "train"}
    readers: tuple[Callable[[Path], Iterator[Example]], ...] = (
        _tweets, _goemotions, _vader_rated, _vader_words, _isarcasm, _isarcasm_arabic, _banking, _clinc, _bitext, _sms,
    )  # fmt: skip
    examples = [example for reader in readers for example in reader(text)]
    seen: set[str] = set()
    unique = [each for each in examples if not _seen(_key(each.text), seen) and _key(each.text) not in held_back]
    unread = {key: each for key, each in labels.items() if key not in seen}
    unique += [Example(each.text, each.label.data_set) for each in unread.values()]
    return [_with_label(each, labels.get(_key(each.text))) for each in unique] + list(_seeds())


def _with_label(example: Example, read: Labelled | None) -> Example:
    return replace(example, says=says_of(read.label), weight=LABEL_WEIGHT) if read else example


def says_of(label: Label) -> dict[str, float]:
    """Our label as probabilities by output."""
    intents = {code: float(code in label.intents) for code in INTENTS}
    return {**intents, "about_brand": label.about_brand, "needs_reply": label.needs_reply}


def kept_tweets(corpus: Path) -> list[tuple[str, str]]:
    """Tweets that never train, and their sentiments: for the choice of shares and calibration."""
    with (corpus / "text" / "sentiment_tweets" / "train.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[::TWEETS_KEPT]
    figures = {_key(line) for line in validation_texts(corpus)}
    return [(row["text_raw"], row["label"]) for row in rows if _key(row["text_raw"]) not in figures]


def held_back_irony(corpus: Path) -> list[tuple[str, bool]]:
    """Tweets of isarcasm that never train, and whether each is ironic by its author's own word."""
    with (corpus / "text" / "isarcasm" / "train" / "train.En.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["tweet"], row["sarcastic"] == "1") for row in csv.DictReader(file) if row["tweet"]]
    return rows[::IRONY_HELD_BACK]


def validation_texts(corpus: Path) -> list[str]:
    """The 2,000 texts of the validation set: for choices and figures, never for training."""
    path = corpus / "text" / "sentiment_tweets" / "val_text.txt"
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def _key(text: str) -> str:
    return re.sub(r"[^\w]+", "", re.sub(r"@user|http", "", normalise(text).lower()))


def _seen(key: str, seen: set[str]) -> bool:
    if key in seen:
        return True
    seen.add(key)
    return False


def _tweets(text: Path) -> Iterator[Example]:
    with (text / "sentiment_tweets" / "train.tsv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
            says = mapping.TWEETS[row["label"]] if number % 5 == 0 else {}
            yield Example(row["text_raw"], "sentiment_tweets", row["label"], says, weight=0.3)


def _goemotions(text: Path) -> Iterator[Example]:
    names = (text / "goemotions_reddit" / "labels.txt").read_text(encoding="utf-8").split()
    for part in ("train.tsv", "dev.tsv"):
        with (text / "goemotions_reddit" / part).open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
                emotions = {names[int(each)] for each in row[1].split(",")}
                says = mapping.goemotions_says(emotions, row[0]) if number % 3 == 0 else {}
                sentiment = mapping.goemotions_sentiment(emotions)
                yield Example(row[0], "goemotions_reddit", sentiment, says, 0.4, 0.3, emotions=frozenset(emotions))


def _vader_rated(text: Path) -> Iterator[Example]:
    for name in ("tweets", "amazonReviewSnippets", "movieReviewSnippets", "nytEditorialSnippets"):
        path = text / "vader_rated" / "hutto_ICWSM_2014" / f"{name}_GroundTruth.txt"
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                mean = float(row[1])
                says = mapping.review_says(mean) if name.startswith("amazon") else {}
                sentiment = mapping.rated_sentiment(mean)
                yield Example(row[2], "vader_rated", sentiment, says, weight=0.5, sentiment_weight=0.5)


def _vader_words(text: Path) -> Iterator[Example]:
    path = text / "vader_rated" / "hutto_ICWSM_2014" / "vader_sentiment_lexicon.txt"
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if abs(float(row[1])) > 1:
                sentiment = "positive" if float(row[1]) > 0 else "negative"
                yield Example(row[0], "vader_rated", sentiment, sentiment_weight=0.3)


def _isarcasm(text: Path) -> Iterator[Example]:
    with (text / "isarcasm" / "train" / "train.En.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["sarcastic"] == "1":
                yield Example(row["tweet"], "isarcasm", "negative", mapping.CHAT, 0.3, 0.3, irony=1.0)
            elif row["tweet"]:
                yield Example(row["tweet"], "isarcasm", None, mapping.CHAT, weight=0.3, irony=0.0)


def _isarcasm_arabic(text: Path) -> Iterator[Example]:
    """Talk among people in a language that is not English, so that being foreign does not mean needing a reply."""
    with (text / "isarcasm" / "train" / "train.Ar.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Example(row["text"], "isarcasm", None, mapping.CHAT, weight=0.2)


def _banking(text: Path) -> Iterator[Example]:
    with (text / "banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        for row in islice(csv.DictReader(file), 0, None, 2):
            topic = f"banking77/{row['category']}"
            yield Example(row["text"], "banking77", None, mapping.banking_says(row["category"]), 0.6, topic=topic)


def _clinc(text: Path) -> Iterator[Example]:
    rows = json.loads((text / "clinc150" / "train_val.json").read_text(encoding="utf-8"))["train"]
    for words, intent in rows:
        yield Example(words, "clinc150", None, mapping.clinc_says(intent), weight=0.5, topic=f"clinc150/{intent}")


def _bitext(text: Path) -> Iterator[Example]:
    path = text / "bitext_intents" / "train" / "Bitext_Sample_Customer_Service_Training_Dataset.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            topic = f"bitext_intents/{row['intent']}"
            yield Example(
                row["utterance"], "bitext_intents", None, mapping.bitext_says(row["intent"]), 0.4, topic=topic
            )


def _sms(text: Path) -> Iterator[Example]:
    with (text / "sms_spam" / "sms.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Example(row[1], "sms_spam", None, mapping.SMS[row[0]], weight=0.5)


def _seeds() -> Iterator[Example]:
    """Our own mentions, without the themes kept back, each also with another brand's name in it."""
    random = Random(20)
    seeds = [seed for seed in read_seeds() if not seed.held_out and not seed.for_choices]
    for seed in seeds:
        example = _from_seed(seed)
        yield example
        other = mapping.BRAND.sub(lambda _: random.choice(mapping.BRANDS), seed.text)
        if other != seed.text:
            yield replace(example, text=other)


def _from_seed(seed: Seed) -> Example:
    says: dict[str, float] = {}
    if seed.intents is not None:
        says = {code: float(code in seed.intents) for code in INTENTS}
    if seed.about_brand is not None:
        says["about_brand"] = seed.about_brand
    if seed.needs_reply is not None:
        says["needs_reply"] = seed.needs_reply
    weight = WORD_WEIGHT if seed.theme.startswith(("words/", "cues/")) else SEED_WEIGHT
    irony = None if weight == WORD_WEIGHT else float("irony" in seed.theme)
    return Example(seed.text, "seeds", seed.sentiment, says, weight, weight / 2, theme=seed.theme, irony=irony)
