"""LISTEN, X: what became of posts we hold. Comes in: post ids. Goes out: their present state. It never guesses.

X's terms ask that stored posts follow deletions, protections, suspensions and edits; a look-up is billed once a day.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from listeners.base import Rechecker
from listeners.post import Post, Writer
from listeners.x_client import Answer, XApi
from listeners.x_ids import is_id
from listeners.x_money import POST_USD, Purse
from listeners.x_post import TWEET_FIELDS, newest_edition, read_post
from models.values import Platform
from settings import Settings

_IDS_A_CALL = 100
_GONE = ("not found", "authorization", "forbidden")
"""Titles of X's answers for posts that are deleted, of protected and of suspended accounts."""


def open_x_recheck(settings: Settings, budget_usd: float) -> Rechecker:
    """The rechecker of X; `budget_usd` is what all its look-ups together may still spend today."""
    return XRechecker(settings, budget_usd)


class XRechecker:
    """Looks posts up by id."""

    def __init__(self, settings: Settings, budget_usd: float, connect: Callable[[Settings], XApi] = XApi) -> None:
        self._settings = settings
        self._connect = connect
        self._purse = Purse(budget_usd, datetime.now(UTC).date())

    @property
    def cost_usd(self) -> float:
        """Dollars spent by this rechecker so far."""
        return round(self._purse.spent, 6)

    def recheck(self, external_ids: Sequence[str]) -> tuple[Post, ...]:
        """Present state of at most 100 posts, as far as the money goes; a post that is gone has deleted=True.

        Gone means X said so of this very id: deleted, its author protected, suspended or no longer there. An id of
        which X says nothing, or that could not be paid for, is missing in what comes back: ask again. An edited post
        comes back as its newest edition, with `edit_of`. Authors carry their id only: an expansion would cost twice
        the post. Raises `ListenerError`.
        """
        ids = [i for i in dict.fromkeys(external_ids) if is_id(i)][:_IDS_A_CALL]
        with self._connect(self._settings) as api:
            answer = self._look_up(api, ids)
            present = _by_id(answer)
            newer = [edition for raw in present.values() if (edition := newest_edition(raw)) not in present]
            present |= _by_id(self._look_up(api, newer))
        gone = [i for i in _said_gone(answer) if i in ids and i not in present]
        newest = [raw for i, raw in present.items() if newest_edition(raw) == i or newest_edition(raw) not in present]
        return (*(read_post(raw, {}) for raw in newest), *map(_gone, gone))

    def _look_up(self, api: XApi, ids: list[str]) -> Answer:
        affordable = ids[: self._purse.count(POST_USD)]
        if not affordable:
            return Answer()
        asked = {"ids": affordable, "tweet.fields": TWEET_FIELDS}
        answer = api.get("/2/tweets", asked, partial=True)
        self._purse.pay((f"p{raw.get('id')}" for raw in answer.data), POST_USD)
        return answer


def _by_id(answer: Answer) -> dict[str, Mapping[str, Any]]:
    return {str(raw["id"]): raw for raw in answer.data if is_id(str(raw.get("id")))}


def _said_gone(answer: Answer) -> list[str]:
    """Ids X says are gone. A refused field of a post ("Field Authorization Error") says nothing about the post."""
    return [
        str(error.get("resource_id") or error.get("value"))
        for error in answer.errors
        if "field" not in error and str(error.get("title", "")).casefold().startswith(_GONE)
    ]


def _gone(post_id: str) -> Post:
    return Post(platform=Platform.X, external_id=post_id, author=Writer(handle=""), text="", deleted=True)
