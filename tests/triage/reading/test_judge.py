"""The trained head and the words, joined."""

import pytest

from triage.reading.head import OUTPUTS
from triage.reading.judge import ADVERT_AT_MOST, PASSED_ON_AT_MOST, calibrated, judged_intents, judged_need
from triage.reading.rules import evidence

SILENT = dict.fromkeys(OUTPUTS, 0.05) | {"neutral": 0.9}
ANGRY = SILENT | {"neutral": 0.2, "negative": 0.75}
GLAD = SILENT | {"neutral": 0.2, "positive": 0.75, "about_brand": 0.9}


def need(text: str, said: dict[str, float] = SILENT, intent: str = "chatter", head: float = 0.1) -> float:
    return judged_need(head, intent, said, evidence(text))


def test_calibrating_moves_the_middle_and_keeps_the_order() -> None:
    assert calibrated(0.5, 1, 0) == pytest.approx(0.5)
    assert calibrated(0.3, 0.6, 1) > 0.5
    assert 0 < calibrated(0, 0.6, 1) < calibrated(0.2, 0.6, 1) < calibrated(1, 0.6, 1) < 1


@pytest.mark.parametrize("intent", ["crisis", "churn", "complaint", "question", "purchase", "suggestion"])
def test_whoever_wants_something_by_primary_intent_gets_an_answer(intent: str) -> None:
    assert need("words", intent=intent) >= 0.5


@pytest.mark.parametrize(
    "text",
    ["does the small one beep", "order 88213 has not moved", "warte seit wochen", "请问怎么退货", "まだ届きません"],
)
def test_asking_and_waiting_need_a_reply_whatever_the_head_says(text: str) -> None:
    assert need(text) >= 0.5


def test_displeasure_addressed_to_a_name_needs_a_reply() -> None:
    assert need("@user so this is how you do it", ANGRY) >= 0.5
    assert need("so this is how they do it", ANGRY) < 0.5


def test_advertising_thanks_and_repeats_are_held_down() -> None:
    assert need("50% off today only, want one?", head=0.9) <= ADVERT_AT_MOST
    assert need("thank you, the replacement arrived", GLAD, "praise", head=0.9) < 0.5
    assert need("rt @user: the big sale", head=0.9) <= PASSED_ON_AT_MOST


def test_danger_is_held_down_by_nothing() -> None:
    assert need("rt @user: link in bio, thanks", intent="crisis", head=0.9) >= 0.9


def test_thanks_with_a_question_still_need_a_reply() -> None:
    assert need("thanks! can I also wash the lid?", GLAD, "praise") >= 0.5


def test_words_raise_crisis_churn_and_question_and_lower_nothing() -> None:
    said = SILENT | {"about_brand": 0.9}
    assert judged_intents(said, evidence("the plug melted"))["crisis"] >= 0.5
    assert judged_intents(said, evidence("you lost a customer"))["churn"] >= 0.5
    assert judged_intents(said, evidence("does it beep?"))["question"] >= 0.5
    sure = {**said, "crisis": 0.99}
    assert judged_intents(sure, evidence("lovely weather"))["crisis"] == 0.99


def test_laughter_lowers_danger_but_keeps_it() -> None:
    serious = judged_intents(SILENT, evidence("the kettle caught fire"))["crisis"]
    laughing = judged_intents(SILENT, evidence("the kettle caught fire lol"))["crisis"]
    assert 0.25 <= laughing < serious


def test_praise_is_of_the_brand_or_of_a_service() -> None:
    said = GLAD | {"about_brand": 0.1, "praise": 0.9}
    assert judged_intents(said, evidence("what a lovely day"))["praise"] == 0.1
    assert judged_intents(said, evidence("great service, thank you"))["praise"] >= 0.5


def test_a_question_among_people_is_no_question_to_the_brand() -> None:
    assert judged_intents(SILENT, evidence("how much is a tram ticket?"))["question"] < 0.4
    assert judged_intents(SILENT, evidence("@user how much is it?"))["question"] >= 0.5


def test_a_question_that_is_an_order_is_told_as_an_order() -> None:
    said = SILENT | {"about_brand": 0.9, "purchase": 0.8}
    assert judged_intents(said, evidence("can I order two of these?"))["question"] == SILENT["question"]


def test_something_gone_wrong_told_in_anger_is_a_complaint() -> None:
    assert judged_intents(ANGRY, evidence("stopped working after a week"))["complaint"] >= 0.56
    assert judged_intents(GLAD, evidence("stopped working after a week"))["complaint"] < 0.56
