"""RESPOND: the one table of platforms that take a reply by API. Comes in: an order. Goes out: its platform's half.

Modules are named, not imported: tweepy and praw cost a second of start time. To add a platform: write its file beside
`reddit.py`, and add its line here.
"""

from importlib import import_module
from typing import Any, cast

from models.values import Platform
from responders.order import Looked, Order, Shot
from settings import Settings

RESPONDERS: dict[Platform, tuple[str, str]] = {
    Platform.X: ("responders.x", "XShot"),
    Platform.REDDIT: ("responders.reddit", "RedditShot"),
}


def open_shot(order: Order, settings: Settings) -> Shot:
    """One reply, ready to go. Raises `ListenerError` when signing in fails, `ParentGone` when nobody can answer."""
    module, shot = RESPONDERS[order.platform]
    return cast(Shot, getattr(import_module(module), shot)(order, settings))


def look(order: Order, settings: Settings, budget_usd: float) -> Looked:
    """Look for the reply among our own newest posts. Raises `ListenerError` unless the look was whole."""
    return cast(Looked, _module(order).look(order, settings, budget_usd))


def find_post(order: Order, external_id: str, settings: Settings, budget_usd: float) -> Looked:
    """One post of ours by its id, or nothing. Raises `ListenerError`."""
    return cast(Looked, _module(order).find_post(order, external_id, settings, budget_usd))


def _module(order: Order) -> Any:
    return import_module(RESPONDERS[order.platform][0])
