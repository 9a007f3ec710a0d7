"""Words that want an answer, and words that want none."""

import pytest

from triage.reading.asking import advertises, asks, follows_up, passes_on, thanks
from triage.reading.normalise import normalise


def plain(text: str) -> str:
    return normalise(text).lower()


@pytest.mark.parametrize(
    "text",
    [
        "Does the small one beep when it's done?",
        "will last year's filters fit the new model",
        "how long is the guarantee? The box says 2 years, the site says 3",
        "anyone know whether the lid is dishwasher safe",
        "can somebody tell me where to get spare parts",
        "@somebrand is the white one back in stock",
        "Thinking about the big one. Worth it?",
        "I'd like to know if it runs on 110 volts",
        "Not sure which size I need for a caravan",
        "¿Cuánto dura la garantía?",
        "alguien sabe si sirve para inducción",
        "Wie lange hält der Akku",
        "weiß jemand, ob es Ersatzfilter gibt",
        "Comment on détartre le réservoir",
        "quelqu'un sait si le joint se change",
        "Qualcuno sa se va in lavastoviglie",
        "Quanto dura la garanzia",
        "Alguém sabe se funciona em 220V",
        "Como faço para trocar o filtro",
        "有没有人知道滤芯哪里买",
        "这个可以洗碗机洗吗",
        "このフィルターは古い機種に使えますか",
        "部品はどこで買えますか。",
        "هل هو متوفر؟",
    ],
)
def test_a_question_is_found_with_or_without_its_mark(text: str) -> None:
    assert asks(plain(text))


@pytest.mark.parametrize(
    "text",
    [
        "who else is watching the final tonight?",
        "Guess what?",
        "would recommend to anyone",
        "Can't believe she chose him",
        "don't spoil it",
        "What a goal!",
        "Qué golazo",
        "Was für eine Parade",
        "Quelle belle journée",
        "che bella giornata",
        "que dia lindo",
        "今晚吃火锅",
        "今日は海へ行く",
        "see https://example.com/?q=1",
        "?",
    ],
)
def test_statements_cries_and_questions_to_the_crowd_are_none(text: str) -> None:
    assert not asks(plain(text))


@pytest.mark.parametrize(
    "text",
    [
        "order 88213 has not moved for a week",
        "Batch no. K-4471 on the underside",
        "#TK-99120 open since March",
        "still nothing in my inbox",
        "been on hold for forty minutes",
        "this is the third one that leaks",
        "nobody picks up the phone",
        "I want my money back",
        "Sigo sin respuesta desde el lunes",
        "warte seit drei Wochen auf die Erstattung",
        "toujours pas de réponse du SAV",
        "sto aspettando il rimborso da un mese",
        "ninguém responde, pedido 55120",
        "订单号 20391，还没收到",
        "返金がまだ来ません",
    ],
)
def test_waiting_and_things_gone_wrong_are_found(text: str) -> None:
    assert follows_up(plain(text))


@pytest.mark.parametrize(
    "text", ["on my way to the office", "what a lovely day", "buenos días", "今天天气真好", "おはよう"]
)
def test_everyday_talk_follows_nothing_up(text: str) -> None:
    assert not follows_up(plain(text))


@pytest.mark.parametrize(
    "text",
    [
        "We're hiring a service engineer in Leeds, apply now",
        "30% off everything today only",
        "Gewinnspiel: folgen und gewinnen",
        "Sorteo: gana una cafetera",
        "code promo dans la bio",
        "限时五折，点击链接",
        "フォロー＆リツイートで当たる",
    ],
)
def test_advertising_is_found(text: str) -> None:
    assert advertises(plain(text))


def test_a_customer_who_mentions_a_price_does_not_advertise() -> None:
    assert not advertises(plain("I paid 40 euros and it broke after a day"))


def test_thanks_are_short() -> None:
    assert thanks(plain("Thanks for the quick help"))
    assert thanks(plain("素早い対応ありがとう"))
    assert not thanks(plain("Thanks. " + "But then the other one stopped as well. " * 6))


def test_repeating_another_is_told_from_naming_one() -> None:
    assert passes_on(plain("RT @someone: look at this"))
    assert not passes_on(plain("@someone look at this"))
