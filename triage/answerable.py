"""TRIAGE: whether and how a conversation can be answered, and what that costs, before anyone types.

Comes in: what we hold of the post to answer and which keys there are. Goes out: api, hand_off or no, with the reason in
words. Sources: X's reply rule of 2026-02-23, its price list of 2026-08, Reddit's Responsible Builder Policy.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from models.values import How, Platform
from settings import Settings

X_SUMMONED_USD = 0.010
"""A reply somebody asked for by mentioning or quoting us; with a link in it 0.200."""


@dataclass(frozen=True, slots=True)
class Answerable:
    """How, why, and for how much (US dollars; None where it costs nothing or cannot be said)."""

    how: How
    reason: str
    price_usd: float | None = None


def answerable(
    platform: Platform,
    *,
    mentioned: Iterable[str],
    quotes_us: bool,
    gone: bool,
    locked: bool,
    handles: frozenset[tuple[Platform, str]],
    settings: Settings,
) -> Answerable:
    """Decide for the posts one may answer. `mentioned`: handles and account ids they name; `handles`: ours.

    On X being answered to is no summons: the author must name or quote us, in whatever thread.
    """
    if gone:
        return Answerable(How.NO, "The post was deleted.")
    if locked:
        return Answerable(How.NO, "The thread is locked: nobody can answer in it.")
    if platform == Platform.X:
        summoned = quotes_us or any((platform, name) in handles for name in mentioned)
        return _on_x(summoned, settings)
    if platform == Platform.REDDIT:
        return _on_reddit(settings)
    return Answerable(How.HAND_OFF, "Blogs have no way in for us: copy the text and open the article.")


def _on_x(summoned: bool, settings: Settings) -> Answerable:
    keys = (
        settings.x_consumer_key,
        settings.x_consumer_secret,
        settings.x_access_token,
        settings.x_access_token_secret,
    )
    if not summoned:
        return Answerable(
            How.HAND_OFF,
            "X does not let us reply here: they did not mention us. Copy the text, open the post, and we will notice "
            "your reply.",
        )
    if not all(k.get_secret_value() for k in keys):
        return Answerable(How.HAND_OFF, "No X keys for posting are set: copy the text and open the post.")
    return Answerable(How.API, "They mentioned us.", X_SUMMONED_USD)


def _on_reddit(settings: Settings) -> Answerable:
    keys = (settings.reddit_client_id, settings.reddit_client_secret, settings.reddit_password)
    if settings.reddit_username and all(k.get_secret_value() for k in keys):
        return Answerable(How.API, "Reddit takes replies from our account.")
    return Answerable(How.HAND_OFF, "No Reddit keys are set: copy the text and open the post.")
