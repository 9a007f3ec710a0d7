"""LISTEN, X: threads we are in. Comes in: thread ids and their cursors. Goes out: a `ThreadBatch`.

Threads are searched by conversation_id, a dozen in one query, 7 days back. Each new post of them costs as much as any
search hit ($0.005, and $0.010 for an author not seen today), so the cheapest way comes first: replies that name us
arrive by the mentions timeline for a fifth of that, and most replies in a thread of ours do name us. The worker
decides when the rest of a thread is worth it. It never posts.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from listeners.base import Followed, Ours, ThreadBatch, ThreadListener
from listeners.errors import ListenerError, RateLimited
from listeners.post import Cursor
from listeners.x import merged, search
from listeners.x_client import Answer, XApi
from listeners.x_errors import TooOld
from listeners.x_gaps import Gap, after_new_posts, beginning, outside, rechecked, rest_of, within_window
from listeners.x_ids import is_id, newest, oldest
from listeners.x_money import Purse, next_day, stopped_at
from listeners.x_pages import Walk, walk
from listeners.x_post import TWEET_FIELDS, USER_FIELDS
from listeners.x_query import LONGEST
from listeners.x_recheck import open_x_recheck
from settings import Settings

__all__ = ["XThreads", "open_x_recheck", "open_x_threads"]

REQUESTS = 20
"""Most requests for new posts, and again for gaps, in one visit; threads that had no turn come first next time."""
_ASKED: dict[str, object] = {"tweet.fields": TWEET_FIELDS, "user.fields": USER_FIELDS, "expansions": ("author_id",)}
SEARCH = search("", _ASKED, referenced=0)
"""Every thread's listing; the query is filled in for each group."""


def open_x_threads(settings: Settings, ours: Sequence[Ours], budget_usd: float) -> ThreadListener:
    """The thread listener of X; `budget_usd` is what all its visits together may still spend today."""
    return XThreads(settings, ours, budget_usd)


@dataclass(slots=True)
class _Thread:
    """A followed thread and its cursor, read."""

    id: str
    since: str
    gaps: list[Gap]
    visited: str
    """When it was last visited, ISO 8601, by our clock; "" = never."""

    @staticmethod
    def of(followed: Followed) -> "_Thread":
        since, held = followed.cursor.get("since_id"), followed.cursor
        return _Thread(
            id=followed.thread_id,
            since=str(since) if is_id(since) else "",
            gaps=Gap.all_from(held.get("gaps")),
            visited=str(held.get("visited") or ""),
        )

    def cursor(self) -> Cursor:
        return {"since_id": self.since, "gaps": [gap.as_json() for gap in self.gaps], "visited": self.visited}


@dataclass(slots=True)
class _Round:
    """What one visit to several threads has brought so far."""

    api: XApi
    purse: Purse
    left: int
    """Requests that may still be sent."""
    answers: list[Answer] = field(default_factory=list)
    visited: dict[str, _Thread] = field(default_factory=dict)
    error: ListenerError | None = None
    out_of_money: bool = False
    lost: int = 0

    @property
    def over(self) -> bool:
        """Whether nothing more may be asked."""
        return self.out_of_money or self.error is not None or self.left <= 0

    def read_new(self, threads: list[_Thread]) -> None:
        """Read every thread's new posts, as far as requests and money go."""
        now = self.api.platform_now()
        for group in _packed(self._in_window(threads, now)):
            if self.over:
                return
            since = beginning(rechecked(oldest([t.since for t in group if t.since])), SEARCH, now)
            seen = self._walk(group, since, "")
            left = [] if seen.ended else after_new_posts(seen, since, SEARCH, self.left)
            for thread in group:
                known = "" if isinstance(seen.error, TooOld) else thread.since
                thread.since = newest([i for i in (known, seen.newest) if i])
                thread.gaps += left

    def fill_gaps(self, threads: list[_Thread]) -> None:
        """Go on with what earlier visits left; threads that share a gap share the query."""
        held = [thread for thread in threads if thread.gaps]
        for gap in dict.fromkeys(gap for thread in held for gap in thread.gaps):
            for group in _packed([thread for thread in held if gap in thread.gaps]):
                if self.over:
                    return
                seen = self._walk(group, gap.since, gap.until)
                too_old = isinstance(seen.error, TooOld) and not seen.answers
                rest = [] if too_old else rest_of(gap, seen, SEARCH, self.left)
                for thread in group:
                    thread.gaps = [g for g in thread.gaps if g != gap] + rest

    def limited(self, daily_usd: float) -> str:
        """What stopped the visit early, for people."""
        if self.out_of_money:
            return stopped_at(daily_usd)
        return str(self.error) if isinstance(self.error, RateLimited) else ""

    def retry_at(self) -> datetime | None:
        """When going on is of use again."""
        if self.out_of_money:
            return next_day(self.api.now())
        return self.error.retry_at if self.error else None

    def _in_window(self, threads: list[_Thread], now: datetime) -> list[_Thread]:
        for thread in threads:
            parts = within_window(thread.gaps, now)
            thread.gaps = [gap for gap in parts if not gap.lost]
            self.lost += len(parts) - len(thread.gaps)
            if outside(thread.since, SEARCH, now):
                thread.since = ""  # nothing newer than 7 days was seen, and what is older cannot be had
        return threads

    def _walk(self, group: list[_Thread], since: str, until: str) -> Walk:
        listing = replace(SEARCH, params=_ASKED | {"query": _query(group)})
        seen = walk(self.api, listing, self.purse, since=since, until=until, pages=self.left)
        self._take(seen, group)
        return seen

    def _take(self, seen: Walk, threads: Iterable[_Thread]) -> None:
        self.left -= max(1, len(seen.answers))
        self.answers += seen.answers
        self.out_of_money = seen.out_of_money
        if isinstance(seen.error, TooOld):
            self.lost += 1
        else:
            self.error = seen.error
        for thread in threads if seen.answers or isinstance(seen.error, TooOld) else ():
            thread.visited = self.api.now().isoformat()
            self.visited[thread.id] = thread


class XThreads:
    """Fetches new posts of threads we are in by recent search."""

    def __init__(
        self,
        settings: Settings,
        ours: Sequence[Ours],
        budget_usd: float,
        connect: Callable[[Settings], XApi] = XApi,
        requests: int = REQUESTS,
    ) -> None:
        self._settings = settings
        self._ours = tuple(ours)
        self._purse = Purse(budget_usd, datetime.now(UTC).date())
        self._connect = connect
        self._requests = requests

    def fetch_threads(self, threads: Sequence[Followed]) -> ThreadBatch:
        """New posts of these threads, by anybody, ours included (see `ThreadListener.fetch_threads`).

        A thread's first visit reads 7 days. Raises `ListenerError` only when nothing at all was had.
        """
        spent = self._purse.spent
        known = [_Thread.of(followed) for followed in threads if is_id(followed.thread_id)]
        with self._connect(self._settings) as api:
            done = _Round(api=api, purse=self._purse, left=self._requests)
            done.read_new(known)
            done.left = self._requests
            done.fill_gaps(known)
        if done.error and not done.answers:
            raise done.error
        found = merged(done.answers, self._ours)
        return ThreadBatch(
            posts=found.posts,
            cursors={thread.id: thread.cursor() for thread in done.visited.values()},
            requests=api.requests,
            cost_usd=round(self._purse.spent - spent, 6),
            limited=done.limited(self._settings.x_daily_usd),
            retry_at=done.retry_at(),
            notes=_notes(done, found.reposts),
        )


def _query(threads: Iterable[_Thread]) -> str:
    return " OR ".join(f"conversation_id:{thread.id}" for thread in threads)


def _packed(threads: Iterable[_Thread]) -> list[list[_Thread]]:
    """Groups whose query fits, those not visited for longest first.

    Threads visited together were read to about the same post and stay together; those without a beginning go by
    themselves, since one beginning holds for a whole group and none should drag others back 7 days.
    """
    groups: list[list[_Thread]] = []
    for thread in sorted(threads, key=lambda t: (t.visited, int(t.since or 0))):
        last = groups[-1] if groups else []
        alike = last and (last[0].since == "") is (thread.since == "")
        if alike and len(_query([*last, thread])) <= LONGEST:
            last.append(thread)
        else:
            groups.append([thread])
    return groups


def _notes(done: _Round, reposts: int) -> tuple[str, ...]:
    said = (
        (reposts, f"{reposts} retweets left out"),
        (done.lost, f"{done.lost} stretches of threads are older than the 7 days X searches"),
        (done.error and not isinstance(done.error, RateLimited), f"broken off: {done.error}"),
    )
    return tuple(words for is_so, words in said if is_so)
