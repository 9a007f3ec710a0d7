"""LISTEN: the one frozen shape in which every platform's posts leave this room.

Comes in: what a listener found. Goes out: `Post` and `Batch`. Never a platform's own object.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from models.values import Platform

LONGEST_ID = 600
"""Characters of an identifier; PostgreSQL refuses index rows over 2,700 bytes."""

Cursor = Mapping[str, Any]
"""What a source must remember between polls; JSON values only, opaque to everyone but its listener."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """The public account that wrote a post."""

    handle: str
    """Without @ or u/; the name as shown where the platform has no handles. Empty when unknown."""
    external_id: str | None = None
    """The platform's id of the account. Blogs: the author's URI, else None."""
    name: str = ""
    url: str = ""
    followers: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "handle", storable(self.handle).strip())
        object.__setattr__(self, "name", storable(self.name).strip())
        object.__setattr__(self, "url", storable(self.url))
        if self.external_id is not None:
            object.__setattr__(self, "external_id", storable(self.external_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One public post as found. Texts are plain text; html has been read into text by the listener."""

    platform: Platform
    external_id: str
    """X: the decimal id. Reddit: the fullname (t1_…, t3_…). Blogs: see CONTRACT of `feed_id`."""
    author: Writer
    text: str
    """The whole text: of long posts too; title, blank line, body where the platform has titles."""
    url: str = ""
    """Where people see it; http(s) only, empty when unknown."""
    posted_at: datetime | None = None
    """Platform time, aware UTC. None = the platform gave no believable one; the time of finding is used and marked."""
    thread_id: str | None = None
    """X conversation_id, Reddit submission fullname, blog article id. None = not told."""
    thread_title: str = ""
    parent_id: str | None = None
    """external_id of what this answers; None for a root or when not told."""
    quoted_id: str | None = None
    language: str | None = None
    """As the platform says, ISO 639-1, else None."""
    mentioned: tuple[str, ...] = ()
    """Handles (lower case, without @) and account ids this post addresses."""
    edit_of: str | None = None
    """external_id of the post's first edition, where an edit makes a new id (X)."""
    edited_at: datetime | None = None
    deleted: bool = False
    """The platform says the post is gone; text is then empty."""
    from_copy: bool = False
    """Told from a copy that keeps what was removed since (Reddit's inbox): no sign that the post stands."""
    locked: bool = False
    """The platform accepts no more answers in this thread."""
    comments_url: str = ""
    """Blogs: the feed of this article's comments."""

    def __post_init__(self) -> None:
        for name in ("external_id", "thread_id", "parent_id", "quoted_id", "edit_of"):
            value = getattr(self, name)
            object.__setattr__(self, name, bounded(storable(value)) if value else value)
        for name in ("text", "thread_title", "url", "comments_url"):
            object.__setattr__(self, name, storable(getattr(self, name)))
        object.__setattr__(self, "mentioned", tuple(storable(m) for m in self.mentioned))
        for name in ("posted_at", "edited_at"):
            value = getattr(self, name)
            if value is not None:
                if value.utcoffset() is None:
                    raise ValueError(f"{name} needs an offset; a naive time is nobody's time")
                object.__setattr__(self, name, value.astimezone(UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGap:
    """A stretch of a source that is known to exist and is not fetched yet: paging stopped early."""

    key: str
    """The same stretch keeps its key from poll to poll."""
    since: str
    """Where the stretch begins (older end), as the platform counts; empty = unknown."""
    until: str
    reason: str
    """For people: "stopped at the daily 1.00 USD", "more than 10 pages"."""
    lost: bool = False
    """The platform will not give it any more (older than its window)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one fetch brought. Saved whole, mentions and cursor in one transaction, or not at all."""

    posts: tuple[Post, ...] = ()
    cursor: Cursor | None = None
    """None = keep the cursor there was."""
    gaps: tuple[OpenGap, ...] = ()
    """Every stretch still open after this batch; one that is missing here has been filled."""
    more: bool = False
    """There is more to fetch right now: save this batch, then call fetch again with its cursor."""
    requests: int = 0
    cost_usd: float = 0.0
    limited: str = ""
    """Said to people when the poll stopped early by rate limit or money; empty otherwise."""
    retry_at: datetime | None = None
    """Do not poll before this time (rate limit, Retry-After, next UTC day)."""
    notes: tuple[str, ...] = field(default=())
    """Outcomes worth showing that are no failure: "moved to https://…", "3 entries without a date"."""


def bounded(identifier: str) -> str:
    """The identifier, or, where it is longer than an index takes, its beginning and a digest of the whole."""
    if len(identifier) <= LONGEST_ID:
        return identifier
    return identifier[: LONGEST_ID - 80] + "#sha256:" + hashlib.sha256(identifier.encode()).hexdigest()


def storable(text: str) -> str:
    """The text with what no database takes (NUL, lone surrogates) replaced by U+FFFD; all else untouched."""
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
