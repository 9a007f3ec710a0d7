"""LISTEN, X: the stretches of a source not read yet. Comes in: a cursor's gaps and a walk. Goes out: the gaps left.

X lists newest first, so a walk that stops early leaves an older stretch open: a gap, filled by later polls through
until_id. What X gives no more is kept as a lost gap and reported: a hole is never passed over in silence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from listeners.post import OpenGap
from listeners.x_ids import earlier, id_at, is_id, newest
from listeners.x_pages import Listing, Walk, bound_below

SEARCH_WINDOW = timedelta(days=7)
_EDGE = timedelta(minutes=1)
"""Kept clear of the window's edge, which moves while we ask."""
OVERLAP = timedelta(minutes=2)
"""Search shows a post some 30 s after it was made, and not in the order of ids: a post may appear below the newest
one already seen. So each poll begins this much before it. What is read twice is known by its id, and X bills it once
a day."""
_SETTLED = timedelta(hours=6)
"""Far more than search lags, and more than a Date header is ever wrong."""
MOST_LOST = 10
_TOO_OLD = "older than the 7 days X searches"
_NEARLY_ALL = 0.95
"""A listing of the newest 800 gives a little fewer when some of them were deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch since < id < until that was not read."""

    key: str
    since: str
    """"" = as far back as X goes: the rest of a first poll."""
    until: str
    reason: str
    lost: bool = False
    depth: int = 0
    """How many posts newer than this gap were read; a timeline gives only its newest 800 or 3,200."""

    @staticmethod
    def all_from(values: object) -> list["Gap"]:
        """The gaps of a cursor, newest first; what is unreadable is left out."""
        found = [Gap._from(value) for value in values if isinstance(value, Mapping)] if isinstance(values, list) else []
        return [gap for gap in found if gap]

    @staticmethod
    def _from(value: Mapping[str, Any]) -> "Gap | None":
        key, since, until = (str(value.get(name) or "") for name in ("key", "since", "until"))
        if not is_id(until) or not (since == "" or is_id(since)):
            return None
        return Gap(
            key=key or until,
            since=since,
            until=until,
            reason=str(value.get("reason") or ""),
            lost=bool(value.get("lost")),
            depth=int(value.get("depth") or 0),
        )

    def as_json(self) -> dict[str, Any]:
        """For the cursor."""
        return {name: getattr(self, name) for name in ("key", "since", "until", "reason", "lost", "depth")}

    def told(self) -> OpenGap:
        """For the source's row."""
        return OpenGap(key=self.key, since=self.since, until=self.until, reason=self.reason, lost=self.lost)


def after_new_posts(seen: Walk, since: str, listing: Listing, pages: int) -> list[Gap]:
    """The gap (or none) that reading from the newest post down to `since` left; `pages` was its cap."""
    if not seen.oldest:
        return []
    until = bound_below(seen.oldest)
    return _left(Gap(key=until, since=since, until=until, reason="", depth=len(seen.ids)), seen, listing, pages)


def rest_of(gap: Gap, seen: Walk, listing: Listing, pages: int) -> list[Gap]:
    """What is left of a gap after a walk through it: nothing, less, or a lost rest."""
    until = bound_below(seen.oldest, gap.until) if seen.oldest else gap.until
    return _left(replace(gap, until=until, depth=gap.depth + len(seen.ids)), seen, listing, pages)


def _left(gap: Gap, seen: Walk, listing: Listing, pages: int) -> list[Gap]:
    if not seen.ended:
        return [replace(gap, reason=seen.stopped_by(pages))]
    if gap.since and listing.depth and gap.depth >= _NEARLY_ALL * listing.depth:
        return [replace(gap, lost=True, reason=f"X gives only the newest {listing.depth} posts")]
    return []


def deeper(gaps: Iterable[Gap], by: int) -> list[Gap]:
    """The gaps after `by` newer posts were read."""
    return [gap if gap.lost else replace(gap, depth=gap.depth + by) for gap in gaps]


def within_window(gaps: Iterable[Gap], platform_now: datetime) -> list[Gap]:
    """The gaps with what has left the 7-day window split off as lost."""
    return [part for gap in gaps for part in ([gap] if gap.lost else _cut(gap, platform_now))]


def window_edge(platform_now: datetime) -> str:
    """The oldest id that may be asked for."""
    return id_at(platform_now - SEARCH_WINDOW + _EDGE)


def lost_before(since: str, platform_now: datetime) -> Gap:
    """The stretch from `since` to where X's search begins today."""
    until = newest([since, window_edge(platform_now)])
    return Gap(key=f"{since}-{until}", since=since, until=until, lost=True, reason=_TOO_OLD)


def rechecked(since: str) -> str:
    """Where the next poll begins when this one saw `since` as the newest; "" stays ""."""
    return earlier(since, OVERLAP) if since else ""


def settled(since: str, platform_now: datetime) -> bool:
    """Whether nothing can appear below this id any more: re-reading it daily would be paid for nothing."""
    return bool(since) and int(since) < int(id_at(platform_now - _SETTLED))


def beginning(begin: str, listing: Listing, platform_now: datetime) -> str:
    """The since_id X takes: `begin`, moved inside the window; "" = from the window's start, or no beginning yet."""
    if not begin or not listing.windowed:
        return begin
    return max(begin, window_edge(platform_now), key=int)


def outside(since: str, listing: Listing, platform_now: datetime) -> bool:
    """Whether what came right after `since` is no longer searched."""
    return listing.windowed and since != "" and int(since) < int(window_edge(platform_now))


def kept(gaps: Iterable[Gap]) -> list[Gap]:
    """All open gaps and the latest lost ones (at most 10), newest first."""
    ordered = sorted(gaps, key=lambda gap: int(gap.until), reverse=True)
    lost = [gap for gap in ordered if gap.lost][:MOST_LOST]
    return [gap for gap in ordered if not gap.lost or gap in lost]


def too_old(gap: Gap, name: str, platform_now: datetime) -> list[Gap]:
    """A gap after X refused its since_id or until_id (`name`) as older than it searches."""
    if name == "until_id" or not gap.since:
        return [replace(gap, lost=True, reason=_TOO_OLD)]
    return [replace(gap, since=""), lost_before(gap.since, platform_now)]


def _cut(gap: Gap, platform_now: datetime) -> list[Gap]:
    edge = int(window_edge(platform_now))
    if int(gap.until) <= edge:
        return too_old(gap, "until_id", platform_now)
    if gap.since and int(gap.since) < edge:
        return too_old(gap, "since_id", platform_now)
    return [gap]
