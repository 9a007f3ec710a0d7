"""JSON Feed, which feedparser does not read."""

import json

import pytest

from listeners.json_feed import read_json_feed

FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Kettles",
    "home_page_url": "https://blog.example/",
    "language": "de",
    "authors": [{"name": "Ana", "url": "https://ana.example/"}],
    "items": [
        {
            "id": 7,
            "url": "https://blog.example/7",
            "content_text": "a <b> c",
            "date_published": "2026-03-04T13:00:00+01:00",
        },
        {
            "id": "8",
            "content_html": "<p>Hot</p>",
            "title": "Ben & Co",
            "author": {"name": "Ben"},
            "date_modified": "soon",
        },
    ],
}


def test_a_json_feed_is_read() -> None:
    feed = read_json_feed(json.dumps(FEED).encode())
    first, second = feed.entries
    assert (feed.version, feed.title, feed.link, feed.language) == ("json", "Kettles", "https://blog.example/", "de")
    assert (feed.author.name, feed.author.uri) == ("Ana", "https://ana.example/")
    assert (first.id, first.link, first.content.text) == ("7", "https://blog.example/7", "a <b> c")
    assert (first.published, first.updated) == ((2026, 3, 4, 12, 0, 0), None)
    assert (second.id, second.title.text, second.content.text) == ("8", "Ben & Co", "Hot")
    assert (second.author.name, second.published, second.updated) == ("Ben", None, None)


@pytest.mark.parametrize(
    "body",
    [
        b"{", b'{"items": []}', b'{"version": 1, "items": []}', b'{"version": "https://jsonfeed.org/version/1"}',
        b'{"version": "https://jsonfeed.org/version/1", "items": {}}', b"[" * 200_000, b"\xff\xfe{",
        b'{"a":' * 200_000,
    ],
)  # fmt: skip
def test_other_json_is_said_to_be_no_feed(body: bytes) -> None:
    feed = read_json_feed(body)
    assert (feed.version, feed.entries) == ("", ())
    assert "JSON" in feed.warning


def test_values_of_a_wrong_type_count_as_absent() -> None:
    wrong = {"id": [], "url": 7, "content_html": {}, "title": None, "authors": ["Ana"], "date_published": 5}
    body = {"version": "https://jsonfeed.org/version/1", "items": [wrong, "no item", None]}
    (entry,) = read_json_feed(json.dumps(body).encode()).entries
    assert (entry.id, entry.link, entry.content.text, entry.author.name, entry.published) == ("", "", "", "", None)
