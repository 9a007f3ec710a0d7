"""LISTEN: the one door to Reddit's public feeds. Comes in: a path at Reddit. Goes out: the posts of that feed.

Fetched by the guarded fetcher and parsed in a child process. It never follows Reddit to another site, and never asks
again before the time that Reddit named.
"""

from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

import httpx

from listeners.errors import Gone, ListenerError, RateLimited, Refused, Unreachable
from listeners.feed_parse import parse_feed
from listeners.fetching import Fetched, Fetcher
from listeners.post import Post
from listeners.reddit_client import WWW, user_agent
from listeners.reddit_feed import posts_in
from listeners.reddit_quota import quota_of
from settings import Settings

TURNED_AWAY = timedelta(hours=6)
"""How long a 403 keeps us away from what it was given for."""
TOO_MANY = timedelta(minutes=10)
"""How long a 429 without Retry-After keeps us away from all of Reddit: the length of its window."""


class PublicReddit:
    """Reads public feeds; a context manager. Raises `ListenerError`, and nothing else."""

    def __init__(self, settings: Settings) -> None:
        self._origin = settings.reddit_url or WWW
        self._agent = user_agent(settings)
        self._parse_seconds = settings.parse_timeout
        self._quota = quota_of(self._origin)
        self._fetcher = StayingFetcher(_allowing(settings, self._origin))
        self.requests = 0
        """Requests made so far."""

    def __enter__(self) -> Self:
        self._fetcher.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._fetcher.__exit__(kind, error, trace)

    def posts(self, path: str, **params: str) -> tuple[Post, ...]:
        """The posts of one feed, in its order: newest first as a rule. Empty when it lists none."""
        self._quota.check()
        self.requests += 1
        url = f"{self._origin}/{path}?{urlencode(params)}"
        try:
            got = self._fetcher.fetch(url, headers={"User-Agent": self._agent})
        except ListenerError as error:
            raise self._in_time(error) from error
        feed = parse_feed(got.body, got.content_type, got.url_final, seconds=self._parse_seconds)
        return posts_in(feed)

    def _in_time(self, error: ListenerError) -> ListenerError:
        """The same error with Reddit's manners: how long to stay away, and what a person can do."""
        now = datetime.now(UTC)
        if isinstance(error, RateLimited):
            until = self._quota.hold((error.retry_at or now + TOO_MANY) - now)
            return RateLimited("Reddit asks us to slow down (429); its public feeds allow few requests", retry_at=until)
        if isinstance(error, Refused):
            return Refused(
                f"Reddit turns us away ({error}): the subreddit is private, or it wants no feed readers from here; "
                "API keys would help. We stay away for some hours",
                retry_at=max(error.retry_at or now, now + TURNED_AWAY),
            )
        return error


class StayingFetcher(Fetcher):
    """Follows a redirect only within Reddit's own feeds: a missing subreddit is answered with one to a search page."""

    def _follow(self, asked: httpx.URL, first: Any, sent: dict[str, str]) -> Fetched:
        there = urlsplit(str(asked.join(first.location)))
        if there.path.startswith("/subreddits/search"):
            raise Gone("there is no such subreddit; check its name")
        if not there.path.endswith(".rss"):
            raise Unreachable("Reddit sends us elsewhere instead of answering; it is tried again")
        return super()._follow(asked, first, sent)


def _allowing(settings: Settings, origin: str) -> Settings:
    """The settings with Reddit's configured address allowed even where it is private: whoever set it meant it."""
    if not settings.reddit_url:
        return settings
    parts = urlsplit(origin)
    pair = f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"
    return settings.model_copy(update={"allow_addresses": (*settings.allow_addresses, pair)})
