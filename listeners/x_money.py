"""LISTEN, X: what reading costs. Comes in: what a source may still spend today. Goes out: page sizes and a sum.

X sells each post and user it returns once per UTC day (docs.x.com, pricing and deduplication, August 2026). Whether
posts and users that ride along as expansions are billed is not said there; they are counted as if they were, so a
source stops too early rather than too late. Another source's reads are not known here: they count again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from listeners.x_client import Answer

POST_USD = 0.005
OWNED_POST_USD = 0.001
"""A post of the mentions or own timeline of the account the keys belong to ("owned read")."""
USER_USD = 0.010
MOST_REMEMBERED = 4_000
_LARGEST_PAGE = 100
_CENT_DUST = 1e-9


class OutOfMoney(Exception):
    """The next request could cost more than is left today. Never leaves this room."""


@dataclass(frozen=True, slots=True)
class Price:
    """What one post of a listing costs in US dollars, and what may ride along with it."""

    post: float
    users: int = 0
    """Most users one post can bring."""
    referenced: int = 0
    """Referenced posts one post brings at most; the rare post that answers one and quotes another may cost one more."""

    @property
    def worst(self) -> float:
        """Dollars for one post with everything it can bring."""
        return self.post + self.users * USER_USD + self.referenced * POST_USD


class Purse:
    """The rest of a source's daily money, and what was already paid for today.

    The day is the UTC day of our own clock, as is the worker's sum.
    """

    def __init__(self, budget_usd: float, today: date, paid: object = None) -> None:
        self.spent = 0.0
        """Dollars since this purse was opened."""
        self._budget = budget_usd
        self._today = today
        self._paid = dict.fromkeys(_remembered(paid, today))

    @property
    def left(self) -> float:
        """Dollars that may still be spent."""
        return self._budget - self.spent

    def page_size(self, price: Price, smallest: int) -> int:
        """The most posts (at most 100) a page may hold so that even its worst case is paid for; 0 = stop."""
        size = min(_LARGEST_PAGE, self.count(price.worst))
        return size if size >= smallest else 0

    def pay_user(self, answer: Answer) -> None:
        """Count a looked-up account."""
        self.pay((f"u{raw.get('id')}" for raw in answer.data), USER_USD)

    def need(self, dollars: float) -> None:
        """Raise `OutOfMoney` unless this much is left."""
        if self.left + _CENT_DUST < dollars:
            raise OutOfMoney

    def count(self, each: float) -> int:
        """How many things of this price are affordable."""
        return max(0, int(self.left / each + _CENT_DUST))

    def pay_page(self, answer: Answer, price: Price) -> None:
        """Count what an answer brought, each thing once a day."""
        self.pay((f"p{raw.get('id')}" for raw in answer.data), price.post)
        self.pay((f"p{raw.get('id')}" for raw in answer.posts), POST_USD)
        self.pay((f"u{user_id}" for user_id in answer.users), USER_USD)

    def pay(self, things: Iterable[str], each: float) -> None:
        """Count things by name ("p…" posts, "u…" users) that were not paid for today."""
        for thing in things:
            if thing not in self._paid:
                self._paid[thing] = None
                self.spent += each

    def memory(self) -> dict[str, Any]:
        """What the next poll must know, JSON values: the day and the latest things paid for (at most 4,000)."""
        return {"day": self._today.isoformat(), "things": list(self._paid)[-MOST_REMEMBERED:]}


def stopped_at(daily_usd: float) -> str:
    """Why a source rests until tomorrow, for people."""
    return f"stopped at the daily {daily_usd:.2f} USD (QUARTERDECK_X_DAILY_USD); it goes on at 00:00 UTC"


def next_day(now: datetime) -> datetime:
    """The next 00:00 UTC after `now` (aware UTC)."""
    return datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)


def _remembered(paid: object, today: date) -> list[str]:
    if not isinstance(paid, Mapping) or paid.get("day") != today.isoformat():
        return []
    return [str(thing) for thing in paid.get("things", ())]
