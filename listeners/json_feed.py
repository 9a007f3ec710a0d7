"""LISTEN: JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), which feedparser does not read.

Comes in: a body that begins with "{". Goes out: a `ParsedFeed`; without version when it is some other JSON. Never
trusts a type: a value that is not what the format says counts as absent.
"""

import json
from datetime import UTC, datetime
from typing import Any

from listeners.feed_shapes import Moment, ParsedAuthor, ParsedEntry, ParsedFeed
from listeners.html_text import as_text

_VERSION = "https://jsonfeed.org/version/"


def read_json_feed(body: bytes) -> ParsedFeed:
    """Read a JSON Feed; anything else comes back as a feed without version, and `warning` says what it is."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return ParsedFeed(warning="it begins like JSON but is none")
    items = raw.get("items")
    if not _text(raw, "version").startswith(_VERSION) or not isinstance(items, list):
        return ParsedFeed(warning="it is JSON, but no JSON Feed")
    return ParsedFeed(
        version="json",
        title=_text(raw, "title"),
        link=_text(raw, "home_page_url"),
        author=_author(raw),
        language=_text(raw, "language"),
        entries=tuple(_entry(item) for item in items if isinstance(item, dict)),
    )


def _entry(item: dict[str, Any]) -> ParsedEntry:
    html, plain = _text(item, "content_html"), _text(item, "content_text")
    return ParsedEntry(
        id=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=as_text(_text(item, "title"), html=False),
        content=as_text(html or plain, html=bool(html)),
        summary=as_text(_text(item, "summary"), html=False),
        author=_author(item),
        published=_moment(_text(item, "date_published")),
        updated=_moment(_text(item, "date_modified")),
        language=_text(item, "language"),
    )


def _text(holder: dict[str, Any], key: str) -> str:
    value = holder.get(key)
    if isinstance(value, str):
        return value.strip()
    # The format asks readers to take an id that is a number as its text.
    return str(value) if key == "id" and isinstance(value, int | float) and not isinstance(value, bool) else ""


def _author(holder: dict[str, Any]) -> ParsedAuthor:
    """1.1 has `authors`, 1.0 has `author`."""
    several = holder.get("authors")
    first = several[0] if isinstance(several, list) and several else holder.get("author")
    return (
        ParsedAuthor(name=_text(first, "name"), uri=_text(first, "url")) if isinstance(first, dict) else ParsedAuthor()
    )


def _moment(text: str) -> Moment | None:
    try:
        when = datetime.fromisoformat(text)
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return (when.year, when.month, when.day, when.hour, when.minute, when.second)
