"""LISTEN, X: the listener of x-search, x-mentions and x-own. Comes in: a `Target` and its cursor. Goes out: a `Batch`.

The cursor: {"since_id", "recheck_from", "more", "gaps", "account", "paid", "ahead"}: the newest post read, where the
next poll begins, whether this one stopped at its page cap, the stretches not read, whose timeline it is, what was paid
for today, and how many seconds X's clock is ahead of ours. It never posts.

Retweets are nobody's own words: those X still sends are left out and counted in the notes, and own timelines are
asked without them. A search is not asked for "-is:retweet": X stopped returning retweets there in May 2026, and the
words would be lost to a query of 512 characters.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from listeners.base import Listener, Ours, Target
from listeners.errors import BadTarget
from listeners.matching import Matcher, matcher
from listeners.post import Batch, Cursor, Post
from listeners.x_account import Account, account, checked_handle
from listeners.x_client import Answer, XApi, check_keys, has_user_keys
from listeners.x_gaps import Gap, kept
from listeners.x_ids import is_id
from listeners.x_money import OWNED_POST_USD, POST_USD, OutOfMoney, Price, Purse, next_day, stopped_at
from listeners.x_pages import Listing
from listeners.x_post import TWEET_FIELDS, USER_FIELDS, Found, read_answer
from listeners.x_query import checked_query
from listeners.x_visit import Visit
from models.values import Platform, SourceKind
from settings import Settings

PAGES = 5
"""Most pages of new posts, and again of gaps, in one fetch."""
WITH_AUTHORS = {
    "tweet.fields": TWEET_FIELDS,
    "user.fields": USER_FIELDS,
    "expansions": ("author_id", "referenced_tweets.id"),
}
_ALONE = {"tweet.fields": TWEET_FIELDS, "exclude": ("retweets",)}
"""Own posts: we know who wrote them, and an expanded author would cost ten times the post."""


def open_x(target: Target, settings: Settings) -> Listener:
    """The listener of an X source. Asks nothing; raises `Refused` without keys, `BadTarget` for a useless target."""
    check_keys(settings)
    _wanted(target)
    if target.kind is SourceKind.X_SEARCH:
        checked_query(target.target)
    else:
        checked_handle(target.target, has_user_keys(settings))
    return XListener(target, settings)


class XListener:
    """Polls one search, mentions timeline or own timeline of X."""

    def __init__(
        self, target: Target, settings: Settings, connect: Callable[[Settings], XApi] = XApi, pages: int = PAGES
    ) -> None:
        self._target = target
        self._settings = settings
        self._connect = connect
        self._pages = pages

    def fetch(self, cursor: Cursor | None) -> Batch:
        """One visit: new posts, then gaps, within `target.budget_usd` (see `Listener.fetch`)."""
        state, wanted = dict(cursor or {}), _wanted(self._target)
        with self._connect(self._settings) as api:
            api.ahead = timedelta(seconds=float(state.get("ahead") or 0))
            purse = Purse(self._target.budget_usd, api.now().date(), state.get("paid"))
            try:
                listing, who = self._listing(api, purse, state)
            except OutOfMoney:
                return self._unaffordable(api, state)
            visit = self._visit(api, listing, purse, state)
            visit.go()
        return _batch(visit, wanted, self._ours(who), who)

    def _visit(self, api: XApi, listing: Listing, purse: Purse, state: dict[str, Any]) -> Visit:
        return Visit(
            api=api,
            listing=listing,
            purse=purse,
            since=_remembered_id(state, "since_id"),
            recheck_from=_remembered_id(state, "recheck_from"),
            going_on=bool(state.get("more")),
            gaps=Gap.all_from(state.get("gaps")),
            pages=self._pages,
            daily_usd=self._settings.x_daily_usd,
        )

    def _listing(self, api: XApi, purse: Purse, state: dict[str, Any]) -> tuple[Listing, Account | None]:
        if self._target.kind is SourceKind.X_SEARCH:
            return search(checked_query(self._target.target), WITH_AUTHORS, referenced=1), None
        who = account(api, purse, self._target.target, state.get("account"))
        return _TIMELINES[self._target.kind](who), who

    def _ours(self, who: Account | None) -> tuple[Ours, ...]:
        if who is None or not (who.owned or self._target.kind is SourceKind.X_OWN):
            return self._target.ours
        return (*self._target.ours, Ours(platform=Platform.X, handle=who.handle, external_id=who.id))

    def _unaffordable(self, api: XApi, state: dict[str, Any]) -> Batch:
        gaps = tuple(gap.told() for gap in kept(Gap.all_from(state.get("gaps"))))
        said = stopped_at(self._settings.x_daily_usd)
        return Batch(gaps=gaps, limited=said, retry_at=next_day(api.now()))


def search(query: str, asked: dict[str, Any], referenced: int) -> Listing:
    """The listing of a recent search: 7 days, 30 seconds late, 10 to 100 posts a page."""
    return Listing(
        path="/2/tweets/search/recent",
        params={"query": query, **asked},
        price=Price(POST_USD, users=1, referenced=referenced),
        smallest_page=10,
        token="next_token",
        windowed=True,
    )


def mentions(who: Account) -> Listing:
    """The listing of the posts that name an account: the newest 800."""
    return Listing(
        path=f"/2/users/{who.id}/mentions",
        params=WITH_AUTHORS,
        price=Price(_each(who), users=1, referenced=1),
        smallest_page=5,
        token="pagination_token",
        as_user=True,
        depth=800,
    )


def own(who: Account) -> Listing:
    """The listing of an account's posts, replies included: the newest 3,200."""
    return Listing(
        path=f"/2/users/{who.id}/tweets",
        params=_ALONE,
        price=Price(_each(who)),
        smallest_page=5,
        token="pagination_token",
        as_user=True,
        depth=3200,
    )


_TIMELINES = {SourceKind.X_MENTIONS: mentions, SourceKind.X_OWN: own}


def merged(answers: Iterable[Answer], ours: Iterable[Ours]) -> Found:
    """The posts of several answers, each once, oldest first."""
    ours = tuple(ours)
    read = [read_answer(answer, ours) for answer in answers]
    posts = _once(post for found in read for post in found.posts)
    parents = _once(post for found in read for post in found.own_parents if post.external_id not in posts)
    return Found(
        posts=tuple(posts[i] for i in sorted(posts, key=int)),
        own_parents=tuple(parents[i] for i in sorted(parents, key=int)),
        reposts=sum(found.reposts for found in read),
        unusable=sum(found.unusable for found in read),
    )


def _wanted(target: Target) -> Matcher | None:
    """The words a source keeps to; our own posts are all kept, since they end waits."""
    if not target.match or target.kind is SourceKind.X_OWN:
        return None
    try:
        return matcher(target.match)
    except ValueError as error:
        raise BadTarget(str(error)) from error


def _batch(visit: Visit, wanted: Matcher | None, ours: tuple[Ours, ...], who: Account | None) -> Batch:
    found = merged(visit.answers, ours)
    kept_posts = tuple(p for p in found.posts if wanted is None or wanted.matches(p.text))
    cursor: dict[str, Any] = {
        "since_id": visit.since,
        "recheck_from": visit.recheck_from,
        "more": visit.more,
        "gaps": [gap.as_json() for gap in visit.gaps],
        "paid": visit.purse.memory(),
        "ahead": round(visit.api.ahead.total_seconds()),
    }
    return Batch(
        posts=kept_posts + found.own_parents,
        cursor=cursor | ({"account": who.as_json()} if who else {}),
        gaps=tuple(gap.told() for gap in visit.gaps),
        more=visit.more,
        requests=visit.api.requests,
        cost_usd=round(visit.purse.spent, 6),
        limited=visit.limited,
        retry_at=visit.retry_at,
        notes=_notes(visit, found, len(found.posts) - len(kept_posts)),
    )


def _notes(visit: Visit, found: Found, unmatched: int) -> tuple[str, ...]:
    said = (
        (found.reposts, f"{found.reposts} retweets left out"),
        (found.unusable, f"{found.unusable} items without an id left out"),
        (unmatched, f"{unmatched} posts without the words of --match left out"),
        (visit.failure, f"broken off: {visit.failure}"),
    )
    return tuple(words for is_so, words in said if is_so)


def _remembered_id(state: dict[str, Any], name: str) -> str:
    value = state.get(name)
    return str(value) if is_id(value) else ""


def _each(who: Account) -> float:
    return OWNED_POST_USD if who.owned else POST_USD


def _once(posts: Iterable[Post]) -> dict[str, Post]:
    found: dict[str, Post] = {}
    for post in posts:
        found.setdefault(post.external_id, post)
    return found
