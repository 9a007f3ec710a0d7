"""Hand-made sentences in nine languages: the obvious is found, and what is not found is told as doubtful."""

from collections.abc import Callable
from statistics import mean

import pytest

from settings import settings
from tests.triage.reading.sentences import ASKS_TO_BUY, INTENTS, IRONIC, NEGATIONS, PLAIN, SIGNS
from triage.reading import INTENTS as CODES
from triage.reading import SENTIMENTS, ReadingResult, classify
from triage.reading.normalise import normalise
from triage.reading.seeds import read_seeds
from triage.reading.shipped import shipped

RIGHT_IN_ENGLISH, RIGHT_ELSEWHERE, RIGHT_OF_A_LABEL = 0.9, 0.5, 0.6
"""Shares of the sentences whose first intent must be right: in English, in each other language, of each label."""


def read(text: str) -> ReadingResult:
    [reading] = classify([text])
    return reading


def doubtful(reading: ReadingResult) -> bool:
    """Whether a person is asked to look at it."""
    return reading.confidence < settings().review_below


@pytest.mark.parametrize(("intent", "language", "text"), INTENTS)
def test_an_intent_is_found_or_a_person_is_asked(intent: str, language: str, text: str) -> None:
    reading = read(text)
    assert reading.intent == intent or doubtful(reading)


@pytest.mark.parametrize(("intent", "language", "text"), [row for row in INTENTS if row[0] in ("crisis", "churn")])
def test_danger_and_leaving_are_never_overlooked(intent: str, language: str, text: str) -> None:
    assert read(text).intent == intent


@pytest.mark.parametrize("language", sorted({language for _, language, _ in INTENTS}))
def test_most_intents_are_found_in_every_language(language: str, corpus_report: Callable[[str, str], None]) -> None:
    rows = [(intent, text) for intent, code, text in INTENTS if code == language]
    found = sum(read(text).intent == intent for intent, text in rows)
    corpus_report("sentences", f"{language}: {found} of {len(rows)} intents found")
    assert found >= (RIGHT_IN_ENGLISH if language == "en" else RIGHT_ELSEWHERE) * len(rows)


@pytest.mark.parametrize("intent", CODES)
def test_most_sentences_of_every_label_are_found(intent: str) -> None:
    rows = [text for code, _, text in INTENTS if code == intent]
    assert len(rows) >= 10
    assert sum(read(text).intent == intent for text in rows) >= RIGHT_OF_A_LABEL * len(rows)


@pytest.mark.parametrize(
    ("intent", "text"), [(i, t) for i, _, t in INTENTS if i in ("crisis", "churn", "complaint", "question")]
)
def test_whoever_is_in_trouble_or_asks_needs_a_reply(intent: str, text: str) -> None:
    assert read(text).needs_reply >= 0.5


@pytest.mark.parametrize("text", [text for intent, _, text in INTENTS if intent == "promo"])
def test_advertising_needs_no_reply(text: str) -> None:
    assert read(text).needs_reply < 0.5


@pytest.mark.parametrize("text", ASKS_TO_BUY)
def test_a_question_that_is_an_order_is_told_as_both(text: str) -> None:
    reading = read(text)
    assert reading.intent in ("question", "purchase")
    assert reading.intents["purchase"] >= shipped().thresholds["purchase"]


# ---------------------------------------------------------------- sentiment


@pytest.mark.parametrize(("sentiment", "language", "text"), NEGATIONS)
def test_a_negation_is_understood_or_a_person_is_asked(sentiment: str, language: str, text: str) -> None:
    reading = read(text)
    assert reading.sentiment == sentiment or doubtful(reading)


def test_most_negations_are_understood_in_english() -> None:
    rows = [(sentiment, text) for sentiment, language, text in NEGATIONS if language == "en"]
    assert sum(read(text).sentiment == sentiment for sentiment, text in rows) >= 0.75 * len(rows)


@pytest.mark.parametrize(("sentiment", "text"), SIGNS)
def test_emoji_are_understood_or_a_person_is_asked(sentiment: str, text: str) -> None:
    reading = read(text)
    assert reading.sentiment == sentiment or doubtful(reading)


@pytest.mark.parametrize(("glad", "sad"), [("❤️", "💔"), ("😍", "😡"), ("🎉", "😭"), ("👍", "👎"), ("🥰", "🤮")])
def test_the_same_words_are_gladder_with_a_glad_emoji(glad: str, sad: str) -> None:
    with_glad, with_sad = classify([f"my parcel came today {glad}{glad}", f"my parcel came today {sad}{sad}"])
    assert with_glad.p_positive - with_glad.p_negative > with_sad.p_positive - with_sad.p_negative


# ---------------------------------------------------------------- irony


@pytest.mark.parametrize("text", IRONIC)
def test_an_ironic_complaint_is_no_certain_praise(text: str) -> None:
    reading = read(text)
    assert reading.sentiment != "positive" or doubtful(reading)


def test_irony_is_read_with_less_confidence_than_plain_words(corpus_report: Callable[[str, str], None]) -> None:
    ironic, plain = (mean(each.confidence for each in classify(texts)) for texts in (IRONIC, PLAIN))
    corpus_report("sentences", f"mean confidence {ironic:.2f} in irony, {plain:.2f} in plain words")
    assert ironic < plain - 0.1


def test_plain_words_are_read_right() -> None:
    for text, reading in zip(PLAIN, classify(PLAIN), strict=True):
        assert reading.sentiment == ("negative" if PLAIN.index(text) < 8 else "positive"), text


# ---------------------------------------------------------------- other people's text


HTML = "<div class='x'><p>The <b>lid</b> cracked &amp; I want my money back</p><script>track('love it')</script></div>"


def test_markup_around_a_complaint_does_not_hide_it() -> None:
    reading = read(HTML)
    assert (reading.intent, reading.sentiment) == ("complaint", "negative")
    assert reading.needs_reply >= 0.5


def test_a_complaint_at_either_end_of_a_very_long_text_is_seen() -> None:
    filler = "we walked along the river and had a sandwich near the bridge . " * 700
    complaint = "Your charger caught fire and burned my hand."
    assert len(filler) > 40_000
    assert read(f"{complaint} {filler}").intent == "crisis"
    assert read(f"{filler} {complaint}").intent == "crisis"


@pytest.mark.parametrize("noise", ["\ud83d", "\x00\x00", "\ufeff", "\u200b\u200d", "\udc00\ud800"])
def test_broken_characters_do_not_change_what_is_read(noise: str) -> None:
    broken = read(f"My order arrived smashed {noise} and nobody helps me")
    assert (broken.intent, broken.sentiment, broken.language) == ("complaint", "negative", "en")


def test_a_language_that_taught_nothing_always_asks_a_person() -> None:
    texts = [
        "Посылка не пришла уже три недели, никто не отвечает",
        "الطرد لم يصل منذ ثلاثة أسابيع ولا أحد يرد",
        "택배가 삼 주째 오지 않고 아무도 답하지 않아요",
        "तीन हफ्ते से पार्सल नहीं आया और कोई जवाब नहीं देता",
        "Paczka nie dotarła od trzech tygodni i nikt nie odpowiada",
    ]
    for reading in classify(texts):
        assert reading.language in {"ru", "ar", "ko", "hi", "pl"}
        assert reading.confidence <= 0.5
        assert reading.sentiment in SENTIMENTS


# ---------------------------------------------------------------- the sentences themselves


def test_no_sentence_here_has_taught_the_model_anything() -> None:
    learned = {normalise(seed.text).casefold() for seed in read_seeds()}
    ours = [text for _, _, text in (*INTENTS, *NEGATIONS)] + [*ASKS_TO_BUY, *IRONIC, *PLAIN]
    assert [text for text in ours if normalise(text).casefold() in learned] == []
    assert len(set(ours)) == len(ours)
