"""LISTEN: the one table of listeners. Comes in: a source's kind. Goes out: the listener that polls it.

Modules are named, not imported: tweepy, praw and feedparser together cost a second of start time, and a command that
polls nothing should not pay it. To add a platform: write its file beside `feed.py`, and add its lines here.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, cast

from listeners.base import Listener, Ours, Rechecker, Target, ThreadListener
from models.values import Platform, SourceKind
from settings import Settings

LISTENERS: dict[SourceKind, str] = {
    SourceKind.X_SEARCH: "listeners.x:open_x",
    SourceKind.X_MENTIONS: "listeners.x:open_x",
    SourceKind.X_OWN: "listeners.x:open_x",
    SourceKind.REDDIT_SEARCH: "listeners.reddit:open_reddit",
    SourceKind.REDDIT_NEW: "listeners.reddit:open_reddit",
    SourceKind.REDDIT_COMMENTS: "listeners.reddit:open_reddit",
    SourceKind.REDDIT_INBOX: "listeners.reddit:open_reddit",
    SourceKind.REDDIT_OWN: "listeners.reddit:open_reddit",
    SourceKind.FEED: "listeners.feed:open_feed",
    SourceKind.COMMENTS: "listeners.feed:open_feed",
}

DEFAULT_EVERY: dict[SourceKind, int] = {
    SourceKind.X_MENTIONS: 120,
    SourceKind.X_OWN: 120,
    SourceKind.REDDIT_INBOX: 120,
}
"""Seconds between two polls, where 900 is not the default."""

NEEDS_MATCH = frozenset({SourceKind.REDDIT_NEW, SourceKind.REDDIT_COMMENTS, SourceKind.FEED})
"""Kinds that bring everything there is, so that --match must be said."""


def open_listener(target: Target, settings: Settings) -> Listener:
    """The listener for a target. Raises `ListenerError` when keys or the target are wrong."""
    return cast(Listener, _load(LISTENERS[target.kind])(target, settings))


def open_threads(
    platform: Platform, settings: Settings, ours: Sequence[Ours], budget_usd: float
) -> ThreadListener | None:
    """What fetches threads we are in on a platform; None where there is nothing that could."""
    if platform == Platform.X:
        return cast(ThreadListener, _load("listeners.x_threads:open_x_threads")(settings, ours, budget_usd))
    if platform == Platform.REDDIT:
        return cast(ThreadListener, _load("listeners.reddit_threads:open_reddit_threads")(settings, ours))
    return cast(ThreadListener, _load("listeners.feed_threads:open_feed_threads")(settings, ours))


def open_recheck(platform: Platform, settings: Settings, budget_usd: float) -> Rechecker | None:
    """What asks a platform about posts we hold; None where nothing can."""
    if platform == Platform.X:
        return cast(Rechecker, _load("listeners.x_recheck:open_x_recheck")(settings, budget_usd))
    if platform == Platform.REDDIT:
        return cast("Rechecker | None", _load("listeners.reddit_recheck:open_reddit_recheck")(settings))
    return None


def origin(platform: Platform, settings: Settings) -> str:
    """The platform address this installation talks to; empty = the real one. Blogs have an address each: empty."""
    return {Platform.X: settings.x_url, Platform.REDDIT: settings.reddit_url}.get(platform, "")


def _load(name: str) -> Any:
    module, attribute = name.split(":")
    return getattr(import_module(module), attribute)
