"""LISTEN: Reddit through its API (praw): searches, subreddits, our inbox, our own posts.

Comes in: a `Target` and its cursor. Goes out: a `Batch`. Without keys `reddit_public.py` does the same from the public
feeds. It never marks anything as read, and never fetches private messages.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from listeners.base import Listener, Target
from listeners.errors import Refused
from listeners.post import Batch, Cursor
from listeners.reddit_client import RedditClient, client_of, has_keys
from listeners.reddit_listing import Streams, fetch_listings, listing_in, query_of, subreddits_of, user_of, words_of
from listeners.reddit_post import fullname, posts_of
from listeners.reddit_public import PublicListener
from listeners.reddit_walk import Page
from models.values import SourceKind
from settings import Settings

PAGE = 100
PAGES = 5
"""Pages of one listing in one fetch; the rest is a gap that the next fetch goes on with."""


def open_reddit(target: Target, settings: Settings) -> Listener:
    """The listener for a Reddit source: through the API where a client id is set, else through the public feeds."""
    return RedditListener(target, settings) if has_keys(settings) else PublicListener(target, settings)


class RedditListener:
    """Polls one Reddit source with keys. Makes no request before `fetch`."""

    def __init__(self, target: Target, settings: Settings) -> None:
        self._target = target
        self._settings = settings

    def fetch(self, cursor: Cursor | None) -> Batch:
        """New posts since the cursor. Bounded: five pages of each listing. Raises `ListenerError`; see `Listener`."""
        words, listings = words_of(self._target), listings_of(self._target, self._settings)
        client = client_of(self._settings)
        if self._target.kind is SourceKind.REDDIT_INBOX and not client.signed_in:
            raise Refused("the inbox needs QUARTERDECK_REDDIT_USERNAME and _PASSWORD beside the client id and secret")
        streams: Streams = {name: partial(read_page, client, path, params) for name, (path, params) in listings.items()}
        batch = fetch_listings(streams, cursor, words, PAGES, lambda: client.requests)
        return replace(batch, retry_at=batch.retry_at or client.waiting_until())


def listings_of(target: Target, settings: Settings) -> Mapping[str, tuple[str, dict[str, str | int]]]:
    """Which listings of the API make up a source: name → path and parameters. Raises `BadTarget`."""
    match target.kind:
        case SourceKind.REDDIT_SEARCH:
            # All times: sorted by newness the window ends where we know the posts, not at a date.
            query: dict[str, str | int] = {"q": query_of(target), "sort": "new", "t": "all", "type": "link"}
            return {"search": ("r/all/search", query)}
        case SourceKind.REDDIT_NEW:
            return {"new": (f"r/{subreddits_of(target)}/new", {})}
        case SourceKind.REDDIT_COMMENTS:
            return {"comments": (f"r/{subreddits_of(target)}/comments", {})}
        case SourceKind.REDDIT_INBOX:
            # Three boxes instead of message/inbox: that one holds private messages too. mark: leave them unread.
            return {box: (f"message/{box}", {"mark": "false"}) for box in ("mentions", "comments", "selfreply")}
        case SourceKind.REDDIT_OWN:
            name = user_of(target, settings.reddit_username)
            return {part: (f"user/{name}/{part}", {"sort": "new"}) for part in ("comments", "submitted")}
    raise ValueError(f"{target.kind} is no source on Reddit")


def read_page(client: RedditClient, path: str, params: Mapping[str, str | int], after: str) -> Page:
    """One page of a listing, behind `after` ("" = the newest). Raises `ListenerError`."""
    more = {"after": after} if after else {}
    children, next_after = listing_in(client.get(path, limit=PAGE, **params, **more))
    names = tuple(name for child in children if (name := fullname(child)))
    return Page(posts=posts_of(children), names=names, after=next_after)
