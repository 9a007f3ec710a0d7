"""LISTEN: blogs. Comes in: a feed of articles (`feed`) or of comments (`comments`). Goes out: one `Batch`.

Every visit gives every entry of the feed that matches; known ones are known by their id. The cursor only saves work
(validators, a digest) and is never a cut-off: back-dated, same-second, undated and future-dated entries all arrive.
It never follows a move, or believes a 304, without a way back.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from listeners.base import Listener, Target
from listeners.errors import BadTarget, Gone, Unreachable
from listeners.feed_parse import parse_feed
from listeners.feed_posts import FeedPlace, feed_id, posts_of
from listeners.feed_shapes import ParsedFeed
from listeners.fetching import Fetched, Fetcher
from listeners.guard import Resolve, system_resolve
from listeners.matching import Matcher, matcher
from listeners.post import Batch, Cursor, OpenGap, Post
from models.values import SourceKind
from settings import Settings

REMEMBERED = 1_000
"""Entries whose digest the cursor keeps: the first ones of the feed as last seen."""
FULL_EVERY = timedelta(days=1)
"""So often a feed is fetched without validators: some servers say 304, or keep a date, for ever."""


def utc_now() -> datetime:
    """The machine's present time, aware UTC."""
    return datetime.now(UTC)


def open_feed(target: Target, settings: Settings) -> Listener:
    """The listener of the kinds `feed` and `comments`. Raises `BadTarget` when the row can never work."""
    return FeedListener(target, settings)


class FeedListener:
    """Polls one feed: of articles, which are their own threads, or of comments."""

    def __init__(
        self,
        target: Target,
        settings: Settings,
        *,
        article_id: str | None = None,
        now: Callable[[], datetime] = utc_now,
        resolve: Resolve = system_resolve,
    ) -> None:
        """`article_id` is the article under which all comments stand, where it is known."""
        self._target = target
        self._settings = settings
        self._article_id = article_id
        self._now = now
        self._resolve = resolve
        self._matcher = _matcher(target)

    def fetch(self, cursor: Cursor | None) -> Batch:
        """One visit: one request, redirects and one retry at the first address apart. Raises `ListenerError`.

        304, or a body that is the same to the byte, gives no posts. After 301 or 308 the new address is kept, once it
        has given a feed; the first address stays in ids, and is tried again when the new one fails.
        """
        with Fetcher(self._settings, resolve=self._resolve) as fetcher:
            return self.visit(fetcher, cursor)

    def visit(self, fetcher: Fetcher, cursor: Cursor | None) -> Batch:
        """As `fetch`, over a fetcher that several visits share."""
        memory = _Memory.of(cursor, self._target, self._article_id, self._now())
        try:
            return self._visit(fetcher, memory)
        except (Gone, Unreachable):
            if memory.url == memory.first_url:
                raise
            return self._visit(fetcher, memory.back())

    def _visit(self, fetcher: Fetcher, memory: "_Memory") -> Batch:
        got = fetcher.fetch(memory.url, etag=memory.etag, last_modified=memory.last_modified)
        digest = hashlib.sha256(got.body).hexdigest()
        if got.not_modified or digest == memory.body:
            return Batch(cursor=memory.after(got), requests=got.requests, retry_at=got.retry_after)
        seconds = self._settings.parse_timeout
        feed = parse_feed(got.body, got.content_type, got.moved_permanently_to or memory.url, seconds=seconds)
        return self._batch(feed, got, memory)

    def _batch(self, feed: ParsedFeed, got: Fetched, memory: "_Memory") -> Batch:
        comments = self._target.kind is SourceKind.COMMENTS
        place = FeedPlace(first_url=memory.first_url, comments=comments, article_id=self._article_id)
        found = posts_of(feed, place, memory.now)
        seen = [_short(feed_id(entry, memory.first_url)) for entry in feed.entries]
        return Batch(
            posts=tuple(p for p in found if self._matcher.matches(p.text)),
            cursor=memory.after(got, hashlib.sha256(got.body).hexdigest(), seen),
            gaps=_gaps(memory, seen),
            requests=got.requests,
            retry_at=got.retry_after,
            notes=_notes(feed, found, got, comments),
        )


def _matcher(target: Target) -> Matcher:
    """Articles need --match; comments, which stand under something chosen, are all taken unless it is given."""
    try:
        if target.kind is SourceKind.COMMENTS and not target.match.strip():
            return Matcher(None)
        return matcher(target.match)
    except ValueError as error:
        raise BadTarget(str(error)) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Memory:
    """The cursor, read: what is worth sending to the server, and what was there last time."""

    now: datetime
    first_url: str
    url: str
    match: str
    etag: str | None = None
    last_modified: str | None = None
    body: str = ""
    """Digest of the last body that was read."""
    seen: tuple[str, ...] = ()
    full_at: str = ""

    @classmethod
    def of(cls, cursor: Cursor | None, target: Target, article_id: str | None, now: datetime) -> "_Memory":
        """Validators count only for the words and article they were had with, and for a day at most."""
        told: dict[str, Any] = dict(cursor or {})
        first = str(told.get("first_url") or target.target.strip())
        match = f"{article_id or ''} {target.match}".strip()
        url, seen, full_at = (
            str(told.get("url") or first),
            tuple(told.get("seen") or ()),
            str(told.get("full_at") or ""),
        )
        memory = cls(now=now, first_url=first, url=url, match=match, seen=seen, full_at=full_at)
        if told.get("match") != match or _is_old(full_at, now):
            return memory
        return cls(
            now=now, first_url=first, url=url, match=match, seen=seen, full_at=full_at,
            etag=told.get("etag"), last_modified=told.get("last_modified"), body=str(told.get("body") or ""),
        )  # fmt: skip

    def back(self) -> "_Memory":
        """The same feed at its first address, without validators: they belong to the other one."""
        return _Memory(now=self.now, first_url=self.first_url, url=self.first_url, match=self.match, seen=self.seen)

    def after(self, got: Fetched, body: str = "", seen: list[str] | None = None) -> Cursor:
        """What to remember after an answer; a feed that came back empty does not make us forget its entries."""
        conditional = bool(self.etag or self.last_modified)
        return {
            "first_url": self.first_url,
            "url": got.moved_permanently_to or self.url,
            "match": self.match,
            "etag": got.etag or (self.etag if got.not_modified else None),
            "last_modified": got.last_modified or (self.last_modified if got.not_modified else None),
            "body": body or self.body,
            "seen": list(seen[:REMEMBERED] if seen else self.seen),
            "full_at": self.full_at if conditional and self.full_at else self.now.isoformat(),
        }


def _is_old(full_at: str, now: datetime) -> bool:
    try:
        return not now - FULL_EVERY < datetime.fromisoformat(full_at) <= now
    except (ValueError, TypeError):
        return True


def _short(identity: str) -> str:
    return hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:12]


def _gaps(memory: _Memory, seen: list[str]) -> tuple[OpenGap, ...]:
    """A feed that shows nothing of what it showed last time may have shown more in between. It cannot say what."""
    if not seen or not memory.seen or not set(seen).isdisjoint(memory.seen):
        return ()
    reason = "more was published than the feed shows: none of its entries was there at the last visit"
    return (OpenGap(key=f"feed:{memory.seen[0]}", since=memory.seen[0], until=seen[-1], reason=reason, lost=True),)


def _notes(feed: ParsedFeed, found: list[Post], got: Fetched, comments: bool) -> tuple[str, ...]:
    """What is worth telling and no failure."""
    undated, doubled = sum(p.posted_at is None for p in found), len(feed.entries) - len(found)
    notes = [
        f"moved to {got.moved_permanently_to}" if got.moved_permanently_to else "",
        f"{undated} of {len(found)} entries without a believable date" if undated else "",
        f"{doubled} entries share an id with another; the first of each was taken" if doubled else "",
        "the feed is empty" if not feed.entries and not comments else "",
    ]
    return tuple(note for note in notes if note)
