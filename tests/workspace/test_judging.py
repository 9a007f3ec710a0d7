"""The strip in words: what each mention was read as, which one is asked about, and whether it teaches anything."""

from dataclasses import replace
from typing import Any

import pytest

from models.values import Band, Intent, Label, Sentiment
from settings import Settings
from tests.workspace.test_rows import ROW
from triage.labels import Labels, with_words
from triage.review import Judged, to_look_at
from workspace.judging import strip
from workspace.rows import INTENTS

READ = Labels(
    sentiment=Sentiment.NEGATIVE, p_negative=0.6, p_neutral=0.3, p_positive=0.1, intent=Intent.COMPLAINT,
    intents={"complaint": 0.55, "churn": 0.2}, about_brand=0.8, needs_reply=0.7, language="de", confidence=0.31,
    model_version="m",
)  # fmt: skip
ONE = Judged(mention_id=5, edition=2, platform="reddit", labels=READ, in_doubt=True)


def shown(one: Judged = ONE, settings: Settings | None = None, *, learning: bool = True) -> dict[str, Any]:
    told = strip([one], ROW, settings or Settings(), learning=learning, open_=True)
    found: dict[str, Any] = told["mentions"][0]
    return found


def test_every_intent_has_a_digit_and_every_sentiment_a_sign() -> None:
    found = shown()
    assert [(c["key"], c["word"]) for c in found["intents"]] == [
        (str(n), INTENTS[i][0]) for n, i in enumerate(Intent, 1)
    ]
    assert [c["key"] for c in found["sentiments"]] == ["-", "0", "+"]
    assert [c["word"] for c in [*found["intents"], *found["sentiments"]] if c["on"]] == ["complaint", "negative"]
    assert [c["share"] for c in found["intents"]][:3] == [0, 20, 55]
    assert found["says"] == "31 % sure: please check"


def test_a_toggle_says_how_it_is_and_tells_the_opposite() -> None:
    needs, about = shown()["toggles"]
    assert (needs["word"], needs["told"]) == (
        "needs an answer",
        {"verb": "correct", "label": "needs_reply", "said": "no"},
    )
    assert (about["word"], about["on"], about["told"]["said"]) == ("about us", True, "no")
    needs, _ = shown(settings=Settings(needs_reply_at=0.9))["toggles"]
    assert (needs["word"], needs["on"], needs["told"]["said"]) == ("needs no answer", False, "yes")


def test_a_corrected_mention_shows_what_holds_and_with_what_share_it_was_read() -> None:
    held = with_words(READ, {Label.INTENT: "praise", Label.SENTIMENT: "positive"})
    found = shown(replace(ONE, labels=held, in_doubt=False))
    assert [c["word"] for c in [*found["intents"], *found["sentiments"]] if c["on"]] == ["praise", "positive"]
    assert [c["share"] for c in found["sentiments"]] == [60, 30, 10]
    assert found["says"] == "corrected by hand"
    agreed = with_words(READ, {Label.INTENT: "complaint"})
    assert shown(replace(ONE, labels=agreed, in_doubt=False))["says"] == "looked at, and right"


@pytest.mark.parametrize(("platform", "settings", "learning", "says"), [
    ("x", Settings(), True, "X forbids training on its posts: nothing is learned from this."),
    ("reddit", Settings(), True, "The reading learns from what you say."),
    ("reddit", Settings(), False, "Learning is switched off."),
    ("reddit", Settings(learn_from=("blog",)), True, "Nothing is learned from Reddit, as the settings say."),
])  # fmt: skip
def test_it_says_whether_anything_is_learned(platform: str, settings: Settings, learning: bool, says: str) -> None:
    assert shown(replace(ONE, platform=platform), settings, learning=learning)["learns"] == says


def test_the_least_sure_in_doubt_is_asked_about_else_the_newest() -> None:
    sure = replace(ONE, mention_id=6, in_doubt=False)
    less = replace(ONE, mention_id=7, labels=replace(READ, confidence=0.1))
    assert to_look_at([ONE, less, sure]) == 7
    assert to_look_at([replace(ONE, in_doubt=False), sure]) == 6
    assert to_look_at([]) is None


def test_how_soon_can_be_said_while_somebody_waits() -> None:
    bands = strip([ONE], ROW, Settings(), learning=True, open_=False)["bands"]
    assert [(b["word"], b["on"]) for b in bands] == [(b.value, b == "high") for b in Band]
    assert strip([ONE], replace(ROW, waiting_since=None), Settings(), learning=True, open_=False)["bands"] == []
    assert strip([], ROW, Settings(), learning=True, open_=False)["unread"] == "Nothing has read it yet."


def test_a_language_we_have_no_name_for_can_be_seen_and_kept() -> None:
    found = shown(replace(ONE, labels=replace(READ, language="sw")))
    assert found["languages"][0] == ("sw", "sw")
    assert dict(found["languages"])["und"] == "not to be told"
