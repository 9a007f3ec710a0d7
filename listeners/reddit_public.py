"""LISTEN: Reddit without keys, through the feeds it serves to everybody.

Comes in: a `Target` and its cursor. Goes out: a `Batch`, read-only: such conversations are answered on Reddit itself.
One polite request at a time (fetching.py); it stays away for hours when Reddit turns it away. It never signs in.
"""

from collections.abc import Mapping
from functools import partial

from listeners.base import Target
from listeners.errors import Refused
from listeners.post import Batch, Cursor
from listeners.reddit_listing import Streams, fetch_listings, query_of, subreddits_of, user_of, words_of
from listeners.reddit_site import PublicReddit
from listeners.reddit_walk import Page
from models.values import SourceKind
from settings import Settings

PAGE = 100
PAGES = 3
SHORT_PAGE = 25
"""A feed names no next page; one with fewer entries than Reddit's own default is the last."""

NO_INBOX = (
    "Reddit shows the inbox to its owner only: set QUARTERDECK_REDDIT_CLIENT_ID, _CLIENT_SECRET, _USERNAME and "
    "_PASSWORD, or watch the subreddits with reddit-comments and the threads you answered in"
)


class PublicListener:
    """Polls one Reddit source without keys."""

    def __init__(self, target: Target, settings: Settings) -> None:
        self._target = target
        self._settings = settings

    def fetch(self, cursor: Cursor | None) -> Batch:
        """New posts since the cursor. Bounded: three pages of each feed. Raises `ListenerError`; see `Listener`."""
        words, feeds = words_of(self._target), feeds_of(self._target, self._settings.reddit_username)
        with PublicReddit(self._settings) as reddit:
            streams: Streams = {
                name: partial(_read_page, reddit, path, params) for name, (path, params) in feeds.items()
            }
            return fetch_listings(streams, cursor, words, PAGES, lambda: reddit.requests)


def feeds_of(target: Target, username: str = "") -> Mapping[str, tuple[str, dict[str, str]]]:
    """Which public feeds make up a source: name → path and parameters. `BadTarget`, and `Refused` for the inbox."""
    match target.kind:
        case SourceKind.REDDIT_SEARCH:
            return {"search": ("search/.rss", {"q": query_of(target), "sort": "new", "t": "all", "type": "link"})}
        case SourceKind.REDDIT_NEW:
            return {"new": (f"r/{subreddits_of(target)}/new/.rss", {})}
        case SourceKind.REDDIT_COMMENTS:
            return {"comments": (f"r/{subreddits_of(target)}/comments/.rss", {})}
        case SourceKind.REDDIT_INBOX:
            raise Refused(NO_INBOX)
        case SourceKind.REDDIT_OWN:
            own = f"user/{user_of(target, username)}"
            return {part: (f"{own}/{part}/.rss", {"sort": "new"}) for part in ("comments", "submitted")}
    raise ValueError(f"{target.kind} is no source on Reddit")


def _read_page(reddit: PublicReddit, path: str, params: Mapping[str, str], after: str) -> Page:
    more = {"after": after} if after else {}
    posts = reddit.posts(path, limit=str(PAGE), **params, **more)
    names = tuple(post.external_id for post in posts)
    return Page(posts=posts, names=names, after=names[-1] if len(names) >= SHORT_PAGE else None)
