"""The one way in: texts to readings."""

import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from triage.reading import BATCH, INTENTS, SENTIMENTS, ReadingResult, classify, model_version
from triage.reading.encoder import LONGEST

TEXTS = [
    "My parcel never arrived and nobody answers, this is awful",
    "love it ❤️",
    "¿Abrís los domingos?",
    "我的包裹还没有到，太差了",
    "",
    "on my way to the office",
]


def read(text: str) -> ReadingResult:
    [reading] = classify([text])
    return reading


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("I love this, works perfectly, thank you so much!", "positive"),
        ("Absolutely terrible, the worst service I have ever had", "negative"),
        ("The meeting is on Tuesday at three", "neutral"),
        ("not happy at all, this is useless", "negative"),
        ("Me encanta, es excelente, muchas gracias", "positive"),
        ("Es horrible, estoy muy decepcionado, qué vergüenza", "negative"),
        ("Ich liebe es, perfekt, vielen Dank", "positive"),
        ("Schrecklich, eine Frechheit, ich bin sehr enttäuscht", "negative"),
        ("J'adore, c'est parfait, merci beaucoup", "positive"),
        ("C'est nul, je suis très déçu, une honte", "negative"),
        ("太棒了，非常喜欢，谢谢", "positive"),
        ("太差劲了，非常失望，垃圾", "negative"),
        ("最高です、大好き、ありがとうございます", "positive"),
        ("最悪、がっかりした、ひどいサービス", "negative"),
        ("😍😍 amazing", "positive"),
        ("😡😡 again??", "negative"),
    ],
)
def test_the_obvious_sentiment_is_found(text: str, sentiment: str) -> None:
    assert read(text).sentiment == sentiment


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("The toaster caught fire and my hand is burned", "crisis"),
        ("Der Wasserkocher ist explodiert, mein Kind ist verletzt", "crisis"),
        ("La tostadora se incendió, mi madre está en el hospital", "crisis"),
        ("充电器爆炸了，我的手被烧伤", "crisis"),
        ("ドライヤーから発火して、やけどしました", "crisis"),
        ("That's it, I'm cancelling my contract and switching to another provider", "churn"),
        ("Ich kündige meinen Vertrag, es reicht", "churn"),
        ("Je résilie mon abonnement", "churn"),
        ("もう解約します", "churn"),
        ("My order arrived broken and support does not reply, I want my money back", "complaint"),
        ("Funktioniert nicht, warte immer noch auf eine Antwort", "complaint"),
        ("又崩了，用不了，没人回复", "complaint"),
        ("How do I reset my password?", "question"),
        ("¿Cómo puedo cambiar mi contraseña?", "question"),
        ("I want to buy two of these, ready to order", "purchase"),
        ("想买一个，准备下单", "purchase"),
        ("Feature request: please add a dark mode", "suggestion"),
        ("Vorschlag: bitte baut eine Suche ein", "suggestion"),
        ("Thank you so much, great service, highly recommend", "praise"),
        ("Merci beaucoup, super service, je recommande", "praise"),
        ("50% off today only, use code SAVE, link in bio", "promo"),
        ("haha good morning, happy birthday", "chatter"),
    ],
)
def test_the_obvious_intent_is_found(text: str, intent: str) -> None:
    assert read(text).intent == intent


@pytest.mark.parametrize(
    "text",
    [
        "My account is blocked and nobody answers, please help",
        "How long does the delivery to Norway take?",
        "The heater sparked and set the curtain on fire",
        "Ich kündige meinen Vertrag",
        "我的订单三周了还没到，请处理",
    ],
)
def test_people_who_want_something_need_a_reply(text: str) -> None:
    assert read(text).needs_reply >= 0.5


@pytest.mark.parametrize(
    "text", ["50% off today only, use code SAVE, link in bio", "lol happy birthday 🎂", "http", "...", "", "😀"]
)
def test_people_who_want_nothing_need_no_reply(text: str) -> None:
    assert read(text).needs_reply < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\x00" * 50,
        "\ud800 broken \udfff halves",
        "word " * 8_000,
        "x" * 40_000,
        "很" * 40_000,
        "😡" * 10_000,
        "<script>alert('x')</script><img src=x onerror=alert(1)>",
        "&#0; &#55296; &#x110000; &bogus;",
        "\u202e right to left \u200f",
        "a\u0301\u0302" * 5_000,
        "=HYPERLINK('x')",
        "((((((((((" * 100,
        "<div><table>" * 3_000,
        "<p>" + "&amp;" * 8_000 + "</p>",
        "<!DOCTYPE html><html><head><style>p{color:red}</style></head><body onload=x()><p>Hi</p></body></html>",
        "\ud83d" * 40_000,
        "\udfff\ud800 the lid \ud83d cracked",
        "\x00the\x00lid\x00cracked\x00",
        "http://" + "a" * 40_000,
        "@" * 40_000,
        "#" + "Tag" * 10_000,
        "never again " * 3_500,
        "?!" * 20_000,
        "שלום עולם, המוצר שבור",
        "\U0010ffff\ue000\ufffe",
        "[CLS] [SEP] [PAD] [UNK] [MASK] ##ing",
    ],
)
def test_any_string_gets_a_complete_reading(text: str) -> None:
    reading = read(text)
    assert reading.sentiment in SENTIMENTS
    assert reading.intent in INTENTS
    assert math.isclose(reading.p_negative + reading.p_neutral + reading.p_positive, 1, abs_tol=1e-9)
    shares = [reading.about_brand, reading.needs_reply, reading.intent_confidence, *reading.intents.values()]
    assert all(0 <= share <= 1 for share in shares)
    assert tuple(reading.intents) == INTENTS
    assert 0 <= reading.confidence <= 1
    assert reading.embedding is not None
    vector = np.frombuffer(reading.embedding, "<f2").astype(np.float32)
    assert vector.shape == (384,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=0.01)


def test_mentions_as_long_as_a_book_are_read_by_their_ends() -> None:
    """Texts that share both ends and the length that is read are the same to the encoder."""
    start, end = "The lid cracked and I want my money back. ", " Please answer me."
    one, other = classify([start + "la " * 20_000 + end, start + "la " * 30_000 + end])
    assert len(start.split()) + len(end.split()) < LONGEST
    assert (one.intent, one.sentiment, one.embedding) == (other.intent, other.sentiment, other.embedding)
    assert one.intent == "complaint"


def test_a_batch_reads_like_its_texts_one_by_one_in_order() -> None:
    batch = classify(TEXTS * 200)
    assert len(batch) == len(TEXTS) * 200
    singles = [read(text) for text in TEXTS]
    for number, reading in enumerate(batch):
        single = singles[number % len(TEXTS)]
        assert (reading.intent, reading.sentiment, reading.language) == (
            single.intent,
            single.sentiment,
            single.language,
        )
        assert math.isclose(reading.p_negative, single.p_negative, abs_tol=1e-6)
        assert math.isclose(reading.needs_reply, single.needs_reply, abs_tol=1e-6)


def test_the_same_text_always_gets_the_same_reading() -> None:
    assert classify(TEXTS) == classify(TEXTS)


def test_threads_read_what_one_thread_reads() -> None:
    alone = classify(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        assert all(together == alone for together in pool.map(lambda _: classify(TEXTS), range(8)))


def test_no_texts_give_no_readings() -> None:
    assert classify([]) == []


def test_more_texts_than_are_read_at_once_keep_their_order() -> None:
    texts = [f"{TEXTS[number % 3]} {number}" for number in range(BATCH + 40)]
    together = classify(texts)
    for place in (0, 1, BATCH - 1, BATCH, BATCH + 39):
        assert together[place] == read(texts[place])


def test_the_same_text_in_another_language_is_another_reading() -> None:
    one, other = classify(["no, no", "no, no"], fallback_languages=["es", "it"])
    assert (one.language, other.language) == ("es", "it")
    assert [each.language for each in classify(["no, no"] * 2, fallback_languages=["it", "es"])] == ["it", "es"]


def test_the_fallback_language_decides_short_texts_only() -> None:
    short, long = classify(["ok", "My parcel never arrived and nobody answers"], fallback_languages=["fr", "fr"])
    assert (short.language, long.language) == ("fr", "en")


def test_as_many_fallback_languages_as_texts_are_needed() -> None:
    with pytest.raises(ValueError, match="2 texts but 1"):
        classify(["a", "b"], fallback_languages=["en"])


def test_the_gravest_intent_is_the_primary_one() -> None:
    reading = read("How do I cancel my contract? Your charger exploded in my hand")
    assert reading.intent == "crisis"
    assert reading.intents["churn"] >= 0.5
    assert reading.intent_confidence == reading.intents["crisis"]


def test_gladness_that_is_not_about_the_brand_is_no_praise() -> None:
    reading = read("happy birthday grandpa, what a lovely day by the sea")
    assert reading.intents["praise"] <= reading.about_brand
    assert reading.intent == "chatter"


def test_every_reading_names_the_weights_it_came_from() -> None:
    assert len({reading.model_version for reading in classify(TEXTS)}) == 1
    assert read("hello").model_version == model_version()
    assert model_version().startswith("reading-2-")


HEAVY = {"numpy", "scipy", "sklearn", "safetensors", "py3langid", "rich", "onnxruntime", "transformers", "torch"}


def test_importing_the_room_loads_no_heavy_library() -> None:
    code = (
        "import sys, triage.reading, triage.reading.files, triage.reading.accuracy; "
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
