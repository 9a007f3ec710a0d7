"""LISTEN: what became of Reddit posts we hold. Comes in: fullnames. Goes out: each post's present state.

Reddit asks those who keep its posts to remove what was deleted. It never takes one odd answer for a mass deletion.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from listeners.base import Rechecker
from listeners.post import Post, Writer
from listeners.reddit_client import RedditClient, client_of, has_keys
from listeners.reddit_listing import listing_in
from listeners.reddit_post import fullname, post_of
from models.values import Platform
from settings import Settings

AT_ONCE = 100
BELIEVED = 5
"""When more than this many are asked for and none is known, something else is wrong (a subreddit closed for a day)."""

_FULLNAME = re.compile(r"t[13]_[0-9a-z]+\Z", re.ASCII)


def open_reddit_recheck(settings: Settings) -> Rechecker | None:
    """How posts are looked at again; None without keys, for the public feeds do not tell."""
    return ApiRecheck(settings) if has_keys(settings) else None


class ApiRecheck:
    """Looks at posts again with keys."""

    cost_usd = 0.0
    """Reddit takes no money for it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def recheck(self, external_ids: Sequence[str]) -> tuple[Post, ...]:
        """Present state of at most 100 posts (ValueError for more); one that Reddit no longer knows is deleted.

        Deleted posts mostly come back emptied; an absent one is gone for good or closed to us. Empty when none of many
        is known: nothing is said then. Raises `ListenerError`.
        """
        asked = [name for name in external_ids if _FULLNAME.match(name)]
        states = states_of(client_of(self._settings), asked) if asked else {}
        if not states and len(asked) > BELIEVED:
            return ()
        found = {name: post_of({"kind": name[:2], "data": state}) for name, state in states.items()}
        return tuple(found.get(name) or _gone(name) for name in asked)


def states_of(client: RedditClient, names: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    """Reddit's own data of at most 100 posts, by fullname; absent ones are missing. One request."""
    if len(names) > AT_ONCE:
        raise ValueError(f"Reddit looks up at most {AT_ONCE} posts at once, not {len(names)}")
    children, _ = listing_in(client.get("api/info", id=",".join(names)))
    return {fullname(child): child["data"] for child in children if fullname(child) in names}


def _gone(name: str) -> Post:
    return Post(platform=Platform.REDDIT, external_id=name, author=Writer(handle=""), text="", deleted=True)
