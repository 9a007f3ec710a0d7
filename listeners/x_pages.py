"""LISTEN, X: one listing, page by page, newest first. Comes in: where to begin and to end. Goes out: a `Walk`.

A walk ends with the last page, at its page cap, where the next page could cost more than is left, or at an error;
what was had until then is kept. It never decides what an unfinished walk means: that is `x_gaps`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from listeners.errors import ListenerError, RateLimited
from listeners.x_client import Answer, XApi
from listeners.x_ids import is_id, newest, next_second, oldest
from listeners.x_money import Price, Purse


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list of posts of X and the rules of its endpoint."""

    path: str
    params: Mapping[str, object]
    price: Price
    smallest_page: int
    """Least max_results the endpoint takes; the most is 100 everywhere."""
    token: str
    """The parameter that asks for the next page."""
    as_user: bool = False
    windowed: bool = False
    """Whether only the last 7 days exist, and an older since_id is refused."""
    depth: int | None = None
    """How many of the newest posts the endpoint gives at all; None = no such limit."""


@dataclass(slots=True)
class Walk:
    """What one walk along a listing brought."""

    answers: list[Answer] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    ended: bool = False
    """Nothing is left between the bounds."""
    out_of_money: bool = False
    error: ListenerError | None = None

    @property
    def newest(self) -> str:
        """The newest id seen, "" = none; X's own meta.newest_id counts too."""
        return newest([*self.ids, *(a.newest_id for a in self.answers[:1] if is_id(a.newest_id))])

    @property
    def oldest(self) -> str:
        """The oldest id seen, "" = none."""
        return oldest(self.ids)

    def stopped_by(self, most_pages: int) -> str:
        """Why the walk did not end, for people."""
        if self.out_of_money:
            return "the daily money was spent"
        if isinstance(self.error, RateLimited):
            return "X's rate limit was reached"
        if self.error:
            return "X failed on the way"
        return f"more than {most_pages} pages at once"

    def take(self, answer: Answer) -> None:
        """Add a page."""
        self.answers.append(answer)
        self.ids += [str(raw["id"]) for raw in answer.data if is_id(str(raw.get("id")))]


def walk(api: XApi, listing: Listing, purse: Purse, *, since: str = "", until: str = "", pages: int) -> Walk:
    """Read posts with since < id < until (empty = unbounded), at most `pages` requests. Raises nothing."""
    found, token, held = Walk(), "", 0
    for _ in range(pages):
        size = purse.page_size(listing.price, listing.smallest_page)
        if size < held and found.oldest:
            # A page token belongs to its page size; with less money left the walk goes on by id instead.
            token, until = "", bound_below(found.oldest, until)
        held = size
        if not size:
            found.out_of_money = True
            break
        try:
            answer = api.get(listing.path, _asked(listing, since, until, token, size), as_user=listing.as_user)
        except ListenerError as error:
            found.error = error
            break
        purse.pay_page(answer, listing.price)
        found.take(answer)
        token = answer.next_token
        if not token:
            found.ended = True
            break
    return found


def bound_below(oldest_seen: str, until: str = "") -> str:
    """The until_id with which an unfinished walk goes on.

    Within one second X's order is not that of the ids, so the whole second of the oldest post is read again; if that
    would not get further than `until`, the post itself is the bound.
    """
    for bound in (next_second(oldest_seen), str(int(oldest_seen) + 1)):
        if not until or int(bound) < int(until):
            return bound
    return oldest_seen


def _asked(listing: Listing, since: str, until: str, token: str, size: int) -> dict[str, object]:
    return {
        **listing.params,
        "max_results": size,
        "since_id": since,
        "until_id": until,
        listing.token: token,
    }
