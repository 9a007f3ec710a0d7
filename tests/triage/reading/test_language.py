"""Which language a text is written in."""

import pytest

from triage.reading.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("My parcel has not arrived and nobody answers the phone", "en"),
        ("Mi pedido no ha llegado y nadie contesta al teléfono", "es"),
        ("Mein Paket ist nicht angekommen und niemand geht ans Telefon", "de"),
        ("Mon colis n'est pas arrivé et personne ne répond au téléphone", "fr"),
        ("Il mio pacco non è arrivato e nessuno risponde al telefono", "it"),
        ("O meu pacote não chegou e ninguém atende o telefone", "pt"),
        ("Mijn pakket is niet aangekomen en niemand neemt de telefoon op", "nl"),
        ("我的包裹还没有到，客服电话也没有人接听", "zh"),
        ("荷物がまだ届きません。電話にも出てくれません", "ja"),
        ("택배가 아직 도착하지 않았고 아무도 전화를 받지 않아요", "ko"),
        ("لم يصل طردي ولا أحد يرد على الهاتف", "ar"),
        ("मेरा पार्सल नहीं आया और कोई फोन नहीं उठाता", "hi"),
        ("Моя посылка не пришла, и никто не берёт трубку", "ru"),
    ],
)
def test_a_sentence_is_recognised(text: str, language: str) -> None:
    assert detect(text) == language


def test_a_short_text_takes_the_language_its_author_usually_writes_in() -> None:
    assert detect("ok!", fallback="fr") == "fr"
    assert detect("ok!") == "und"


@pytest.mark.parametrize(
    ("text", "language"),
    [("最悪です", "ja"), ("太差了", "zh"), ("최악", "ko"), ("سيئ", "ar"), ("χάλια", "el"), ("רע", "he"), ("แย่", "th")],
)
def test_the_script_of_a_short_text_outweighs_the_fallback(text: str, language: str) -> None:
    assert detect(text, fallback="en") == language


def test_short_han_text_of_a_japanese_author_is_japanese() -> None:
    assert detect("最悪", fallback="ja") == "ja"
    assert detect("最悪") == "zh"


def test_a_latin_text_is_never_given_to_another_script() -> None:
    assert detect("ok", fallback="ja") == "und"


def test_links_names_and_emoji_say_nothing() -> None:
    assert detect("https://example.com/un-articulo-muy-largo @somebody_de 😍😍😍😍😍😍😍😍😍😍") == "und"
    assert detect("@KundenserviceDeutschland why is my order not here, please tell me") == "en"


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "12345 67890", "!!!???", "<div></div>", "😀" * 500])
def test_nothing_to_read_is_undetermined(text: str) -> None:
    assert detect(text) == "und"


def test_only_configured_languages_are_named() -> None:
    assert detect("Mijn pakket is niet aangekomen en niemand neemt de telefoon op", languages=("en", "de")) in (
        "en",
        "de",
    )


def test_an_unknown_configured_language_is_refused() -> None:
    with pytest.raises(ValueError, match="xx"):
        detect("My parcel has not arrived and nobody answers", languages=("en", "xx"))
