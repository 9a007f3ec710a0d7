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

SEED_WEIGHT = 6.0
WORD_WEIGHT = 2.0
"""How much a mention of ours, and a single word or phrase of ours, counts beside one public text."""


@dataclass(frozen=True)
class Example:
    """A text with the labels it can vouch for.

    `sentiment` None and outputs missing from `says` mean: this set does not know. `says` holds probabilities
    by output name; `weight` is how much the example counts for `says`, `sentiment_weight` for the sentiment.
    """

    text: str
    source: str
    sentiment: str | None = None
    says: Mapping[str, float] = field(default_factory=dict)
    weight: float = 1.0
    sentiment_weight: float = 1.0
    theme: str = ""


def read_examples(corpus: Path) -> list[Example]:
    """All examples, without those whose text stands in the validation set. Errors: OSError if a set is absent."""
    text = corpus / "text"
    held_back = {_key(line) for line in validation_texts(corpus)}
    readers: tuple[Callable[[Path], Iterator[Example]], ...] = (
        _tweets, _goemotions, _vader_rated, _vader_words, _isarcasm, _isarcasm_arabic, _banking, _clinc, _bitext, _sms,
    )  # fmt: skip
    examples = [example for reader in readers for example in reader(text)]
    seen: set[str] = set()
    unique = [each for each in examples if not _seen(_key(each.text), seen) and _key(each.text) not in held_back]
    return unique + list(_seeds())


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
                yield Example(row[0], "goemotions_reddit", sentiment, says, weight=0.4, sentiment_weight=0.3)


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
                yield Example(row["tweet"], "isarcasm", "negative", mapping.CHAT, weight=0.3, sentiment_weight=0.3)
            elif row["tweet"]:
                yield Example(row["tweet"], "isarcasm", None, mapping.CHAT, weight=0.3)


def _isarcasm_arabic(text: Path) -> Iterator[Example]:
    """Talk among people in a language that is not English, so that being foreign does not mean needing a reply."""
    with (text / "isarcasm" / "train" / "train.Ar.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Example(row["text"], "isarcasm", None, mapping.CHAT, weight=0.2)


def _banking(text: Path) -> Iterator[Example]:
    with (text / "banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        for row in islice(csv.DictReader(file), 0, None, 2):
            yield Example(row["text"], "banking77", None, mapping.banking_says(row["category"]), weight=0.6)


def _clinc(text: Path) -> Iterator[Example]:
    rows = json.loads((text / "clinc150" / "train_val.json").read_text(encoding="utf-8"))["train"]
    for words, intent in rows:
        says = mapping.clinc_says(intent)
        if says:
            yield Example(words, "clinc150", None, says, weight=0.5)


def _bitext(text: Path) -> Iterator[Example]:
    path = text / "bitext_intents" / "train" / "Bitext_Sample_Customer_Service_Training_Dataset.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield Example(row["utterance"], "bitext_intents", None, mapping.bitext_says(row["intent"]), weight=0.4)


def _sms(text: Path) -> Iterator[Example]:
    with (text / "sms_spam" / "sms.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Example(row[1], "sms_spam", None, mapping.SMS[row[0]], weight=0.5)


def _seeds() -> Iterator[Example]:
    """Our own mentions, without the held-out themes, each also with another brand's name in it."""
    random = Random(20)
    seeds = [seed for seed in read_seeds() if not seed.held_out]
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
    return Example(seed.text, "seeds", seed.sentiment, says, weight, sentiment_weight=weight / 2, theme=seed.theme)
