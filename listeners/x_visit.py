"""LISTEN, X: one visit to one listing. Comes in: where the last one ended and its gaps. Goes out: answers, new state.

New posts come first, then gaps, newest first. A page's failure after others came keeps those; a first page's failure
raises. Nothing is written: the caller saves posts and state together or not at all, so a visit may be repeated.

A visit begins two minutes below the newest post known (`x_gaps.OVERLAP`), except when it only goes on with the gaps
of the one before: then a crowd of posts within those minutes would be read again for ever. What those two minutes
still owe is kept in `recheck_from` for the next regular visit.
"""

from dataclasses import dataclass, field
from datetime import datetime

from listeners.errors import ListenerError, RateLimited, Unreachable
from listeners.x_client import Answer, XApi
from listeners.x_errors import TooOld
from listeners.x_gaps import (
    Gap,
    after_new_posts,
    beginning,
    deeper,
    kept,
    lost_before,
    outside,
    rechecked,
    rest_of,
    settled,
    too_old,
    within_window,
)
from listeners.x_ids import newest
from listeners.x_money import Purse, next_day, stopped_at
from listeners.x_pages import Listing, Walk, walk


@dataclass(slots=True, kw_only=True)
class Visit:
    """Reads a listing from `since` on and fills `gaps`; its fields are then what the next visit needs."""

    api: XApi
    listing: Listing
    purse: Purse
    since: str
    """The newest id read so far, "" = none yet."""
    recheck_from: str
    """Where a regular visit begins, at or below `since`."""
    going_on: bool
    """Whether this visit only goes on where the last one stopped at its page cap."""
    gaps: list[Gap]
    pages: int
    """Most requests for new posts, and again for gaps."""
    daily_usd: float
    answers: list[Answer] = field(default_factory=list)
    limited: str = ""
    retry_at: datetime | None = None
    failure: ListenerError | None = None
    """What broke the visit off after something had come; None for money, rate limit and page cap."""
    reached_since: bool = False
    """Whether all new posts were read, so that gaps had their turn."""

    def go(self) -> None:
        """Read. Raises the first request's `ListenerError`, or nothing."""
        if self.listing.windowed:
            self.gaps = within_window(self.gaps, self.api.platform_now())
        self._read_new()
        if self.reached_since:
            self._fill_gaps()
        self.gaps = kept(self.gaps)

    @property
    def stopped(self) -> bool:
        """Whether going on right now is of no use."""
        return bool(self.limited or self.failure)

    @property
    def more(self) -> bool:
        """Whether a further visit right now would bring more."""
        return not self.stopped and any(not gap.lost for gap in self.gaps)

    def _read_new(self) -> None:
        begin = self._beginning()
        seen = self._walk(begin, "", self.pages)
        if isinstance(seen.error, TooOld) and begin and not seen.answers:
            self._lose_beginning()
            begin, seen = "", self._walk("", "", self.pages)
        if seen.error and not seen.answers:
            raise seen.error
        self._take(seen)
        self.gaps = deeper(self.gaps, sum(not self.since or int(i) > int(self.since) for i in seen.ids))
        self.gaps += after_new_posts(seen, begin, self.listing, self.pages)
        self.since = newest([i for i in (self.since, seen.newest) if i])
        if not (self.going_on and self.recheck_from):
            self.recheck_from = rechecked(self.since)
        self.reached_since = seen.ended

    def _beginning(self) -> str:
        now = self.api.platform_now()
        if outside(self.since, self.listing, now):
            self._lose_beginning()
        exact = self.going_on or settled(self.since, now)
        return beginning(self.since if exact else self.recheck_from, self.listing, now)

    def _lose_beginning(self) -> None:
        self.gaps.append(lost_before(self.since, self.api.platform_now()))
        self.since = self.recheck_from = ""

    def _fill_gaps(self) -> None:
        left = self.pages
        for gap in [gap for gap in kept(self.gaps) if not gap.lost]:
            if self.stopped or left <= 0:
                return
            seen = self._walk(gap.since, gap.until, left)
            left -= max(1, len(seen.answers))
            self.gaps.remove(gap)
            if isinstance(seen.error, TooOld) and not seen.answers:
                self.gaps += too_old(gap, seen.error.name, self.api.platform_now())
                continue
            self._take(seen)
            self.gaps += rest_of(gap, seen, self.listing, self.pages)

    def _walk(self, since: str, until: str, pages: int) -> Walk:
        return walk(self.api, self.listing, self.purse, since=since, until=until, pages=pages)

    def _take(self, seen: Walk) -> None:
        self.answers += seen.answers
        if seen.out_of_money:
            self.limited, self.retry_at = stopped_at(self.daily_usd), next_day(self.api.now())
        elif isinstance(seen.error, RateLimited):
            self.limited, self.retry_at = str(seen.error), seen.error.retry_at
        elif seen.error:
            self.failure = seen.error
        elif not seen.ended and not seen.ids:
            self.failure = Unreachable("X gave pages without posts and says there are more")
