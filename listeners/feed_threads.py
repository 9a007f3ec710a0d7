"""LISTEN: blog threads we are in. Comes in: articles with their comment feeds. Goes out: their new comments.

Cheapest way: one conditional request an article. An article that did not tell its comment feed is asked for it once,
on its page. One broken comment feed never stops the others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from listeners.base import Followed, Ours, Target, ThreadBatch, ThreadListener
from listeners.errors import Gone, ListenerError, RateLimited
from listeners.feed import FeedListener, utc_now
from listeners.feed_parse import NotAFeed
from listeners.fetching import Fetcher
from listeners.guard import Resolve, system_resolve
from listeners.html_text import http_url
from listeners.post import Cursor, Post
from models.values import SourceKind
from settings import Settings

PAGE_HEAD = 200_000
"""Bytes of an article's page in which its comment feed is looked for."""


def open_feed_threads(settings: Settings, ours: Sequence[Ours] = ()) -> ThreadListener:
    """The thread listener of blogs. `ours` is not needed: a comment feed shows everybody, and saving knows us."""
    return FeedThreads(settings)


class FeedThreads:
    """Fetches the comments of articles."""

    def __init__(
        self, settings: Settings, *, now: Callable[[], datetime] = utc_now, resolve: Resolve = system_resolve
    ) -> None:
        self._settings = settings
        self._now = now
        self._resolve = resolve

    def fetch_threads(self, threads: Sequence[Followed]) -> ThreadBatch:
        """New comments of these articles. A thread whose feed failed is noted and visited again the next time.

        An article without a comment feed, or whose feed is gone, counts as visited and brings nothing. Raises the
        `ListenerError` of the last one when every single thread failed.
        """
        visit = _Visit()
        with Fetcher(self._settings, resolve=self._resolve) as fetcher:
            for thread in threads:
                host = _host(thread.comments_url or thread.url)
                if host in visit.failing:
                    continue
                try:
                    self._one(fetcher, thread, visit)
                except Gone:
                    visit.keep(thread, {**thread.cursor, "none": True}, "an article's comment feed is gone")
                except NotAFeed as error:
                    visit.failed(error)
                except ListenerError as error:
                    visit.failed(error)
                    visit.failing.add(host)
        if visit.error and not visit.cursors:
            raise visit.error
        return visit.batch()

    def _one(self, fetcher: Fetcher, thread: Followed, visit: "_Visit") -> None:
        cursor = dict(thread.cursor)
        feed = thread.comments_url or str(cursor.get("comments_url") or "")
        if not feed and not cursor.get("none"):
            feed = self._discover(fetcher, thread, visit)
        if not feed:
            visit.keep(thread, {**cursor, "none": True})
            return
        target = Target(kind=SourceKind.COMMENTS, target=feed)
        listener = FeedListener(target, self._settings, article_id=thread.thread_id, now=self._now)
        batch = listener.visit(fetcher, cursor if cursor.get("first_url") == feed else None)
        visit.posts.extend(batch.posts)
        visit.requests += batch.requests
        visit.keep(thread, {**(batch.cursor or {}), "comments_url": feed}, *batch.notes)

    def _discover(self, fetcher: Fetcher, thread: Followed, visit: "_Visit") -> str:
        if not thread.url:
            return ""
        page = fetcher.fetch(thread.url)
        visit.requests += page.requests
        return comment_feed_of(page.body, page.url_final)


@dataclass(slots=True)
class _Visit:
    """What has been gathered so far."""

    posts: list[Post] = field(default_factory=list)
    cursors: dict[str, Cursor] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    failing: set[str] = field(default_factory=set)
    """Hosts that did not answer, or asked us to wait: their other threads are left for the next visit."""
    error: ListenerError | None = None
    limited: str = ""
    retry_at: datetime | None = None

    def keep(self, thread: Followed, cursor: Cursor, *notes: str) -> None:
        self.cursors[thread.thread_id] = cursor
        for note in notes:
            self.notes[note] = self.notes.get(note, 0) + 1

    def failed(self, error: ListenerError) -> None:
        self.error = error
        if isinstance(error, RateLimited):
            self.limited, self.retry_at = str(error), error.retry_at
        else:
            self.notes[str(error)] = self.notes.get(str(error), 0) + 1

    def batch(self) -> ThreadBatch:
        return ThreadBatch(
            posts=tuple(self.posts),
            cursors=self.cursors,
            requests=self.requests,
            limited=self.limited,
            retry_at=self.retry_at,
            notes=tuple(note if n == 1 else f"{note} ({n} times)" for note, n in self.notes.items()),
        )


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def comment_feed_of(page: bytes, url: str) -> str:
    """The feed of an article's comments that its page announces, "" when it announces none.

    Blogs announce their own feed on every page, too: the comment feed is the one whose path lies below the article's.
    """
    head = page[:PAGE_HEAD].decode("utf-8", "replace").partition("<body")[0]
    links = LexborHTMLParser(head).css('link[rel="alternate"]')
    feeds = [
        http_url(link.attributes.get("href") or "", url)
        for link in links
        if (link.attributes.get("type") or "") in ("application/rss+xml", "application/atom+xml")
    ]
    path = urlsplit(url).path.rstrip("/")
    return next((feed for feed in feeds if path and urlsplit(feed).path.startswith(f"{path}/")), "")
