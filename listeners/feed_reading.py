"""LISTEN: bytes of a feed → `ParsedFeed`, with feedparser. Runs in the child process of feed_child.py only.

Comes in: a body of any size and kind, its content type and address. Goes out: plain shapes, whatever the body was.
Never opens an address or a file: feedparser is given a BytesIO, because it would open a text that is a file's name.
"""

import io
import re
import sys
from typing import Any
from urllib.parse import urljoin

import feedparser
from feedparser.datetimes.rfc822 import timezone_names

from listeners.feed_shapes import Moment, ParsedAuthor, ParsedEntry, ParsedFeed, ParsedLink, ParsedText
from listeners.html_text import as_text
from listeners.json_feed import read_json_feed

# feedparser takes a zone it does not know as UTC, hours off. These names mean one offset only (IST or BST would not).
timezone_names.update({
    "wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "sgt": 8, "hkt": 8, "awst": 8, "jst": 9,
    "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "brt": -3, "akdt": -8, "akst": -9, "hst": -10,
})  # fmt: skip

_MARKUP = ("html", "xml")
_REFERENCES = re.compile(rb"(?:&#(?:[0-9]+|[xX][0-9a-fA-F]+);?)+")
_REFERENCE = re.compile(rb"&#(?:0*([0-9]+)|[xX]0*([0-9a-fA-F]+))")


def read_feed(body: bytes, content_type: str, url: str) -> ParsedFeed:
    """Read any RSS, Atom, CDF or JSON Feed. `url` makes its links absolute, never its ids.

    Something that is no feed comes back without version and entries. HTML in the feed stays as it was, unsanitised:
    that is four times as fast, and feedparser's sanitiser does not protect anyway.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return read_json_feed(body)
    # A BytesIO, never the bytes; and feedparser is not told the address: it would also join it to relative ids.
    parsed = feedparser.parse(
        io.BytesIO(_REFERENCES.sub(_characters, body)),
        response_headers={"content-type": content_type},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    return _feed(parsed, url)


def _characters(run: re.Match[bytes]) -> bytes:
    """References to characters, as they are if each names one; else whole characters in the place of halves of them.

    Some blogs write an emoji as its two surrogates. feedparser breaks on these and on numbers beyond Unicode, which
    would cost every entry of the feed; and it hands on a NUL, which no database takes.
    """
    codes = [_code(*found) for found in _REFERENCE.findall(run.group())]
    if all(0 < c < 0xD800 or c >= 0xE000 for c in codes):
        return run.group()
    text = "".join(map(chr, codes)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return b"".join(b"&#%d;" % ord(c) for c in text.replace("\0", "\ufffd"))


def _code(decimal: bytes, hexadecimal: bytes) -> int:
    """The number a reference names; 0 where it is no character's."""
    digits, base = (decimal, 10) if decimal else (hexadecimal, 16)
    code = int(digits, base) if len(digits) < 9 else 0
    return code if code <= sys.maxunicode else 0


def _feed(parsed: Any, url: str) -> ParsedFeed:
    head = parsed.feed
    return ParsedFeed(
        version=parsed.get("version") or "",
        title=_text(head, "title"),
        link=_address(head, "link", url),
        author=_author(head),
        language=_text(head, "language"),
        warning=str(parsed.get("bozo_exception") or "")[:200] if parsed.bozo else "",
        entries=tuple(_entry(entry, url) for entry in parsed.entries),
    )


def _entry(entry: Any, url: str) -> ParsedEntry:
    links = tuple(_link(link, url) for link in entry.get("links") or () if isinstance(link, dict))
    reply = entry.get("thr_in-reply-to")
    return ParsedEntry(
        id=_text(entry, "id"),
        link=_address(entry, "link", url),
        links=links,
        title=_detail(entry, "title"),
        content=_content(entry),
        summary=_detail(entry, "summary"),
        author=_author(entry),
        published=_moment(entry, "published_parsed"),
        updated=_moment(entry, "updated_parsed"),
        comments=_address(entry, "comments", url),
        comments_feed=_address(entry, "wfw_commentrss", url) or _replies(links),
        comment_count=_count(_text(entry, "slash_comments") or _text(entry, "thr_total")),
        in_reply_to=_text(reply, "ref") if isinstance(reply, dict) else "",
        language=_language(entry),
    )


def _text(holder: Any, key: str) -> str:
    value = holder.get(key) if key in holder else None
    return value.strip() if isinstance(value, str) else ""


def _address(holder: Any, key: str, url: str) -> str:
    value = _text(holder, key)
    try:
        return urljoin(url, value) if value else ""
    except ValueError:
        return value


def _link(link: Any, url: str) -> ParsedLink:
    return ParsedLink(rel=_text(link, "rel"), type=_text(link, "type"), href=_address(link, "href", url))


def _replies(links: tuple[ParsedLink, ...]) -> str:
    """RFC 4685: rel="replies"; only those that say they are feeds, the others are pages."""
    feeds = (link.href for link in links if link.rel == "replies" and link.type.endswith(("atom+xml", "rss+xml")))
    return next(feeds, "")


def _detail(entry: Any, key: str) -> ParsedText:
    detail = entry.get(f"{key}_detail") if f"{key}_detail" in entry else None
    kind = _text(detail, "type") if isinstance(detail, dict) else "text/html"
    return as_text(_text(entry, key), any(word in kind for word in _MARKUP))


def _content(entry: Any) -> ParsedText:
    """The first content that is a text; pictures and other data that an entry may hold are passed over."""
    for content in entry.get("content") or ():
        kind = _text(content, "type") or "text/html"
        markup = any(word in kind for word in _MARKUP)
        if (markup or kind.startswith("text/")) and (value := _text(content, "value")):
            return as_text(value, markup)
    return ParsedText()


def _author(holder: Any) -> ParsedAuthor:
    detail = holder.get("author_detail") if "author_detail" in holder else None
    name = _text(holder, "author")
    if not isinstance(detail, dict):
        return ParsedAuthor(name=name)
    return ParsedAuthor(name=_text(detail, "name") or name, uri=_text(detail, "href"), email=_text(detail, "email"))


def _moment(entry: Any, key: str) -> Moment | None:
    value = entry.get(key) if key in entry else None
    return (value[0], value[1], value[2], value[3], value[4], value[5]) if value else None


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _language(entry: Any) -> str:
    for content in entry.get("content") or ():
        if found := _text(content, "language"):
            return found
    detail = entry.get("title_detail") or {}
    return _text(entry, "language") or _text(detail, "language")
