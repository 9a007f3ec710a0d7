"""One spelling for what the n-gram head sees."""

import pytest

from triage.reading.normalise import normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tom &amp;amp; Ana &lt;3", "Tom & Ana <3"),
        ("see https://example.com/a?b=1&c=2 now", "see http now"),
        ("www.example.com", "http"),
        ("看https://t.co/abc很好", "看 http 很好"),
        ("@ana_b and @Ben: hi", "@user and @user: hi"),
        ("你好@brand帮帮我", "你好@user帮帮我"),
        ("thanks u/some-body and /u/other1", "thanks @user and @user"),
        ("mail ana@example.com", "mail ana@example.com"),
        ("#BestDayEver #ILoveIt #up_and_away", "#Best Day Ever #I Love It #up and away"),
        ("soooooo goooood!!!!!!", "sooo goood!!!"),
        ("don’t “stop”", 'don\'t "stop"'),
        ("I ❤️ it 👍🏽", "I heavy black heart it thumbs up sign"),
        ("ｆｕｌｌ ｗｉｄｔｈ 𝗯𝗼𝗹𝗱", "full width bold"),
        ("<p>one</p><br/>two <a href='x'>three</a>", "one two three"),
        ("a\x00b\tc\r\nd", "a b c d"),
        ("", ""),
    ],
)
def test_a_text_gets_one_spelling(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_lone_surrogates_vanish_and_pairs_become_their_sign() -> None:
    assert normalise("a\ud800b") == "ab"
    assert normalise("\ud83d\ude00") == "grinning face"


def test_less_than_signs_that_open_no_tag_stay() -> None:
    assert normalise("3 < 4 and <3") == "3 < 4 and <3"


def test_hindi_vowel_signs_stay() -> None:
    assert normalise("यह बहुत अच्छा है") == "यह बहुत अच्छा है"


def test_of_a_long_text_the_beginning_and_the_end_are_kept() -> None:
    text = "start " + "ab " * 20_000 + "end"
    short = normalise(text)
    assert len(short) <= 10_001
    assert short.startswith("start")
    assert short.endswith("end")


def test_normalising_twice_changes_nothing_more_for_plain_words() -> None:
    once = normalise("@ana Why is #MyOrder late?? 😡 https://example.com")
    assert normalise(once.replace("http", "")) == once.replace("http", "").strip()


@pytest.mark.parametrize("unit", ["<", "<a", "&amp;", "@", "#a_", "http://", "u/", "a\u0301", "\ud800", "😀"])
def test_hostile_repetition_ends_and_stays_bounded(unit: str) -> None:
    assert len(normalise(unit * 40_000)) <= 30 * 10_001


def test_the_code_in_a_page_is_no_ones_words() -> None:
    page = "<style>b {color: red}</style>The lid cracked<script>track('love it')</script>"
    assert normalise(page) == "The lid cracked"
