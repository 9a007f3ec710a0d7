"""How a text stands on X's wire."""

import html
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sandbox.world import World, small_world
from sandbox.x_text import WireText, full_text, short_link, weight, wire_text
from tests.sandbox.conftest import NOW

WORDS = st.sampled_from(
    ["@marta_brews", "#kettle", "https://example.org/a?b=1&c=2", "<b>", "R&D", "水壶", "tea,", "👩‍🍳", "ok"]
)
MARK = {"mentions": "@{username}", "hashtags": "#{tag}", "urls": "{url}"}


def on_wire(text: str) -> WireText:
    return wire_text(small_world(NOW), text, "https://twitter.com/a/status/1")


@given(st.lists(WORDS, max_size=120).map(" ".join))
def test_positions_point_at_what_they_name_in_every_text(text: str) -> None:
    wire = on_wire(text)
    for shown, entities in ((wire.text, wire.entities), (wire.note or "", wire.note_entities)):
        for kind, items in entities.items():
            for item in items:
                assert shown[item["start"] : item["end"]] == MARK[kind].format(**item)


@given(st.lists(WORDS, max_size=120).map(" ".join))
def test_no_text_is_heavier_than_280_and_nothing_of_a_cut_one_is_lost(text: str) -> None:
    wire = on_wire(text)
    assert weight(html.unescape(wire.text)) <= 280
    whole = html.unescape(wire.note or wire.text)
    assert whole == text.replace("https://example.org/a?b=1&c=2", short_link("https://example.org/a?b=1&c=2")).strip()


def test_chinese_weighs_double_so_141_letters_are_too_many() -> None:
    assert on_wire("水" * 140).note is None
    assert on_wire("水" * 141).note == "水" * 141


def test_a_mail_address_names_nobody_and_an_unknown_handle_has_no_id() -> None:
    assert on_wire("mail ana@tarnbrook.example").entities == {}
    assert on_wire("@nobody_here hi").entities["mentions"] == [{"start": 0, "end": 12, "username": "nobody_here"}]


def test_x_puts_in_front_whom_a_reply_answers_unless_named_or_oneself(world: World) -> None:
    root = world.add("x", "marta", "one", at=NOW - timedelta(hours=1))
    shown = [
        full_text(world, world.add("x", by, text, re=root.key), text)
        for by, text in (("brand", "sorry"), ("brand", "sorry @Marta_Brews"), ("marta", "and"))
    ]
    assert shown == ["@marta_brews sorry", "sorry @Marta_Brews", "and"]


def test_a_quote_ends_in_the_address_of_what_it_quotes(world: World) -> None:
    root = world.add("x", "marta", "one")
    quote = world.add("x", "brand", "look", re=root.key, kind="quote")
    assert full_text(world, quote, "look") == f"look https://twitter.com/marta_brews/status/{root.id}"
