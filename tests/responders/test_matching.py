"""TESTS: a reply is known again although the platform changed its words, and no other post is taken for it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values import Platform
from responders import reddit, x
from responders.matching import bare, same_words
from tests.responders.stage import complaint, keys_for, platforms
from tests.responders.test_shots import fire, order_for

X, REDDIT = Platform.X, Platform.REDDIT

SAME = [
    (X, "Sorry! Which kettle?", "@marta_brews Sorry! Which kettle?"),
    (X, "Sorry! Which kettle?", "@marta_brews @pavel Sorry! Which kettle?"),
    (X, "@marta_brews sorry", "@marta_brews sorry"),
    (X, "See https://acme.example/a?b=c#d, please", "@m See https://t.co/AbC123, please"),
    (X, "See acme.com or help.acme.co.uk/x.", "See https://t.co/1 or https://t.co/2"),
    (X, "見てacme.comください", "見てhttps://t.co/1ください"),
    (X, "a & b < c > d", "a &amp; b &lt; c &gt; d"),
    (X, "we say &amp; and mean it", "we say &amp;amp; and mean it"),
    (X, "two\n\nlines  and   more ", "two\n\nlines and more"),
    (X, "cafe\u0301", "café"),
    (X, "thanks ❤️", "thanks ❤"),
    (X, "left\u200e to\u202e right", "left to right"),
    (REDDIT, "*We* are on it_", r"\*We\* are on it\_"),
    (REDDIT, "# Not a heading", r"\# Not a heading"),
    (REDDIT, "1 < 2 & 3", "1 &lt; 2 &amp; 3"),
    (REDDIT, "a line\r\nand another", "a line\nand another"),
]
OTHER = [
    (X, "Sorry! Which kettle?", "Sorry! Which kettle"),
    (X, "Sorry, 12 cups", "Sorry, 13 cups"),
    (X, "write to @acme", "write to @other"),
    (X, "no link", "no link https://t.co/1"),
    (X, "Thanks", "THANKS"),
    (REDDIT, "see https://acme.example/1", "see https://acme.example/2"),
    (REDDIT, "hello", "u/marta hello"),
]


@pytest.mark.parametrize(("platform", "typed", "shown"), SAME)
def test_the_platforms_changes_are_undone(platform: Platform, typed: str, shown: str) -> None:
    assert same_words(platform, typed, shown)


@pytest.mark.parametrize(("platform", "typed", "shown"), OTHER)
def test_other_words_are_other_words(platform: Platform, typed: str, shown: str) -> None:
    assert not same_words(platform, typed, shown)


@given(st.text(max_size=80), st.sampled_from([X, REDDIT]))
def test_any_text_is_itself_and_stays_so_when_bared_again(text: str, platform: Platform) -> None:
    assert same_words(platform, text, text)
    assert same_words(platform, text, f"  {text}\n")


@pytest.mark.parametrize("text", [
    "We are sorry, @marta_brews & all! 1 < 2",
    "Read https://tarnbrook.example/help?x=1&y=2. And tarnbrook.example/faq, too",
    "水壶漏水 👩‍👩‍👧 ❤️ café", "line one\n\n  line two\t tab",
])  # fmt: skip
@pytest.mark.parametrize("on", ["x", "reddit"])
def test_what_the_sandbox_shows_of_a_reply_is_known_again(on: str, text: str) -> None:
    with platforms(timedelta(hours=-2)) as sandbox:
        report = fire(sandbox, on, text)
        assert report.post is not None
        assert report.post.text
        sandbox.clock.advance(timedelta(seconds=11))
        parent = next(p for p in sandbox.world.posts.values() if p.by == "marta" and p.platform == on)
        order = order_for(parent, text)
        look = x.look if on == "x" else reddit.look
        seen = look(order, keys_for(sandbox.url), 1.0)
    assert seen.post is not None
    assert seen.post.external_id == report.post.external_id
    assert seen.post.posted_at == report.post.posted_at
    assert seen.post.author.handle.casefold() in ("tarnbrook", "tarnbrook_team")


def test_the_same_words_to_somebody_else_are_not_this_reply() -> None:
    with platforms() as sandbox:
        assert fire(sandbox, "reddit", "Please write to us").post is not None
        sandbox.clock.advance(timedelta(seconds=11))
        other = order_for(complaint(sandbox, "reddit", by="pavel"), "Please write to us")
        assert reddit.look(other, keys_for(sandbox.url), 1.0).post is None


def test_our_own_timeline_is_read_from_the_parent_on_and_paid_from_the_looks_money() -> None:
    with platforms() as sandbox:
        for number in range(12):
            sandbox.world.add(
                "x", "brand", f"announcement {number}", at=sandbox.clock.now() - timedelta(hours=number + 1)
            )
        assert fire(sandbox, "x", "Here we are").post is not None
        sandbox.clock.advance(timedelta(seconds=11))
        parent = next(p for p in sandbox.world.posts.values() if p.by == "marta")
        seen = x.look(order_for(parent, "Here we are"), keys_for(sandbox.url), 1.0)
    assert seen.post is not None
    assert seen.cost_usd == pytest.approx(0.011)  # who we are, once a process, and one owned post
    assert bare(X, "@a @b") == ""
