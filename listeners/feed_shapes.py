"""LISTEN: a feed as read, in plain frozen shapes. What crosses from the parsing child process to us is this, as JSON.

Comes in: nothing. Goes out: `ParsedFeed` and its parts. Never an object of feedparser; texts and addresses are as the
feed has them, hostile ones too: html_text.py makes text and safe addresses of them.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

Moment = tuple[int, int, int, int, int, int]
"""Year, month, day, hour, minute, second in UTC, as written; year 1 or 2099 too. `feed_posts.believable` judges it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedLink:
    """One link of an entry or feed; `rel` is "alternate" where the feed says nothing."""

    rel: str = ""
    type: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedAuthor:
    """Who wrote an entry; every part may be empty."""

    name: str = ""
    uri: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedText:
    """A text of an entry."""

    value: str = ""
    """As the feed has it."""
    html: bool = False
    """Whether `value` is HTML; plain text must not be stripped of what only looks like tags."""
    text: str = ""
    """As plain text, paragraphs kept; made in the child, so that hostile HTML costs nobody else's time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEntry:
    """One entry (item) of a feed; what the feed leaves out is empty or None."""

    id: str = ""
    link: str = ""
    links: tuple[ParsedLink, ...] = ()
    title: ParsedText = ParsedText()
    content: ParsedText = ParsedText()
    """The full content; empty when the feed gives a summary only."""
    summary: ParsedText = ParsedText()
    author: ParsedAuthor = ParsedAuthor()
    published: Moment | None = None
    updated: Moment | None = None
    comments: str = ""
    """The page of the comments (RSS <comments>)."""
    comments_feed: str = ""
    """The feed of the comments: wfw:commentRss, or a link with rel="replies" and a feed's type."""
    comment_count: int | None = None
    """slash:comments or thr:total."""
    in_reply_to: str = ""
    """thr:in-reply-to's ref: the id of what this answers."""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed with its entries, in the feed's own order (newest first, as a rule)."""

    version: str = ""
    """feedparser's word for the format ("rss20", "atom10"), "json" for JSON Feed; empty = not recognised."""
    title: str = ""
    link: str = ""
    author: ParsedAuthor = ParsedAuthor()
    language: str = ""
    warning: str = ""
    """Why the feed is not well-formed, in the parser's words; empty = it is. A hint only: entries may be whole."""
    entries: tuple[ParsedEntry, ...] = ()


def to_json(feed: ParsedFeed) -> bytes:
    """The feed as ASCII JSON; lone surrogates survive as escapes."""
    return json.dumps(asdict(feed)).encode("ascii")


def from_json(data: bytes) -> ParsedFeed:
    """What `to_json` wrote. ValueError, TypeError or KeyError when it is something else."""
    raw: dict[str, Any] = json.loads(data)
    entries = tuple(_entry(entry) for entry in raw.pop("entries"))
    return ParsedFeed(**{**raw, "author": ParsedAuthor(**raw["author"]), "entries": entries})


def _entry(raw: dict[str, Any]) -> ParsedEntry:
    parts: dict[str, Any] = {name: ParsedText(**raw[name]) for name in ("title", "content", "summary")}
    parts["links"] = tuple(ParsedLink(**link) for link in raw["links"])
    parts["author"] = ParsedAuthor(**raw["author"])
    parts.update({name: tuple(raw[name]) if raw[name] else None for name in ("published", "updated")})
    return ParsedEntry(**{**raw, **parts})
