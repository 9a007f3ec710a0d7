"""Every recorded feed goes through the listener, over HTTP, and gives what feedparser's own entries hold.

Expected ids come from feedparser (a plain walk of the JSON for JSON Feeds) by a rule written down here a second time.
Exceptions are counted by reason and printed.
"""

import calendar
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest

from listeners.base import Target
from listeners.errors import Unreachable
from listeners.feed import FeedListener
from listeners.post import LONGEST_ID, Post
from models.values import SourceKind
from settings import Settings
from tests.listeners.feed_stage import server
from tests.listeners.tiny_server import Answer, TinyServer

__all__ = ["server"]
pytestmark = [pytest.mark.corpus, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

# set → (files, files that must give entries), at least
SETS = {
    "feedparser": (1_200, 600), "feeds_kagi": (120, 110), "feeds_feedjira": (20, 15), "feeds_gofeed": (600, 100),
    "feeds_w3c": (1_200, 780),
}  # fmt: skip
ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:[^\s]+$")
# Names of zones that feedparser takes for UTC and we do not.
ZONES = re.compile(r"\b(WEST|CES?T|EES?T|MSK|SGT|HKT|AWST|JST|KST|AE[SD]T|NZ[SD]T|BRT|AK[SD]T|HST)\b", re.IGNORECASE)


@pytest.mark.parametrize("name", SETS)
def test_every_feed_ends_in_its_entries_or_a_clear_outcome(
    name: str, corpus: Path, server: TinyServer, corpus_report: Callable[[str, str], None]
) -> None:
    files = sorted(path for path in (corpus / "recorded" / name).rglob("*") if path.is_file())
    settings = Settings(allow_addresses=(server.pair,))
    tally: Counter[str] = Counter()
    wrong: list[str] = []
    for number, path in enumerate(files):
        try:
            _check(path, server, f"/{number}", settings, tally)
        except AssertionError as error:
            wrong.append(f"{path.relative_to(corpus)}: {error}")
    corpus_report(
        f"feeds of {name}", f"{len(files):,} files, " + ", ".join(f"{n:,} {what}" for what, n in tally.items() if n)
    )
    assert wrong == []
    least_files, least_with_entries = SETS[name]
    assert len(files) >= least_files
    assert tally["with entries"] >= least_with_entries


def _check(path: Path, server: TinyServer, route: str, settings: Settings, tally: Counter[str]) -> None:
    body = path.read_bytes()
    url = server.url(route)
    server.routes[route] = Answer(200, {"Content-Type": "application/xml"}, body)
    raw = _raw_entries(body)
    posts, refusal = _poll(url, settings)
    if refusal is not None:
        assert not raw, f"{len(raw)} entries, but: {refusal}"
        assert "no feed" in refusal
        tally["said to be no feed"] += 1
        return
    tally["with entries" if posts else "empty"] += 1
    tally["posts"] += len(posts)
    found = {post.external_id: post for post in posts}
    expected = [(_identity(entry, url), entry) for entry in raw]
    nameless = [entry for identity, entry in expected if identity is None]
    named = {identity for identity, _ in expected if identity is not None}
    by_words = {i for i in found if re.fullmatch(re.escape(url) + r"#[0-9a-f]{64}", i) and i not in named}
    assert set(found) - by_words == named
    assert len(by_words) == len({_words(entry) for entry in nameless})
    tally["known by their words"] += len(by_words)
    tally["ids given twice"] += len(raw) - len(nameless) - len(named)
    first: dict[str, Any] = {}
    for identity, entry in expected:
        first.setdefault(identity or "", entry)
    for identity, entry in first.items():
        if identity:
            _same(found[identity], entry, tally)


def _poll(url: str, settings: Settings) -> tuple[tuple[Post, ...], str | None]:
    try:
        return FeedListener(Target(kind=SourceKind.FEED, target=url, match="*"), settings).fetch(None).posts, None
    except Unreachable as error:
        return (), str(error)


def _raw_entries(body: bytes) -> list[Any]:
    if body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{":
        return _json_items(body)
    parsed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    for entry in parsed.entries:
        entry["_feed_author"] = parsed.feed.get("author_detail") or parsed.feed.get("author")
    return list(parsed.entries)


def _json_items(body: bytes) -> list[Any]:
    try:
        raw = json.loads(body)
    except ValueError:
        return []
    items = raw.get("items")
    if not str(raw.get("version", "")).startswith("https://jsonfeed.org/") or not isinstance(items, list):
        return []
    entries = []
    for item in (item for item in items if isinstance(item, dict)):
        text = item.get("content_html") or item.get("content_text") or item.get("summary")
        fields = {"id": item.get("id"), "link": item.get("url") or item.get("external_url")}
        fields |= {"title": item.get("title"), "summary": text, "author": item.get("author") or item.get("authors")}
        entries.append({key: str(value) for key, value in fields.items() if value not in (None, "")})
    return entries


def _identity(entry: Any, url: str) -> str | None:
    identifier, link = entry.get("id", "").strip(), entry.get("link", "").strip()
    if identifier:
        whole = identifier if ABSOLUTE.match(identifier) else f"{url}#{identifier}"
        assert len(whole) <= LONGEST_ID
        return whole
    return urljoin(url, link) if link else None


def _words(entry: Any) -> tuple[str, str]:
    content = entry.get("content") or [{"value": ""}]
    return entry.get("title", ""), content[0].get("value") or entry.get("summary", "")


def _same(post: Post, entry: Any, tally: Counter[str]) -> None:
    """Author, time, text and url are there wherever the raw entry has them."""
    if _author(entry):
        assert post.author.handle, "author"
    title, text = _words(entry)
    if re.sub(r"<[^>]*>|&#?\w+;|\s", "", title + text):
        _text(post, title + text, tally)
    link = entry.get("link", "").strip()
    if re.match(r"https?://[^/@\s]+", link, re.IGNORECASE):
        assert post.url, f"url {link!r}"
    elif link:
        tally["links that are no web address" if not post.url else "relative links or another link in their place"] += 1
    _time(post, entry, tally)


def _author(entry: Any) -> bool:
    detail = entry.get("author_detail")
    return bool(any(detail.values()) if isinstance(detail, dict) else entry.get("author") or entry.get("_feed_author"))


def _text(post: Post, raw: str, tally: Counter[str]) -> None:
    if not post.text:
        assert re.search(r"<(script|style|object|svg|iframe|title|!\[CDATA)|<[^>]*$", raw, re.IGNORECASE), (
            f"text {raw[:80]!r}"
        )
        tally["texts of machinery only"] += 1


def _time(post: Post, entry: Any, tally: Counter[str]) -> None:
    now = datetime.now(UTC)
    told = [entry[key] for key in ("published_parsed", "updated_parsed") if key in entry]
    told = [t for t in told if t]
    if not told:
        return
    times = [datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=calendar.timegm(t)) for t in told]
    usable = [t for t in times if datetime(2000, 1, 1, tzinfo=UTC) <= t <= now + timedelta(days=1)]
    if not usable:
        assert post.posted_at is None
        tally["dates outside 2000 to tomorrow"] += 1
    elif ZONES.search(f"{entry.get('published', '')} {entry.get('updated', '')}"):
        assert post.posted_at is not None
        tally["dates in a zone feedparser does not know"] += 1
    else:
        assert post.posted_at == usable[0], f"time {post.posted_at} for {usable[0]}"
