"""LISTEN: walk a newest-first listing back to what we know, and remember the stretches that are still to be walked.

Comes in: a way to read one page and what the last visit left. Goes out: posts and what to remember. Time is never the
cursor: a listing is recognised by the ids in it, and `before` is never used (it breaks when its post is deleted).
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from listeners.errors import ListenerError, RateLimited
from listeners.post import OpenGap, Post

WINDOW = 1000
"""A listing of Reddit ends after about this many posts, whatever lies behind."""
NEAR_WINDOW = 900
RECOGNISED = 10
"""A page that holds this many known posts has reached what we know; one alone might be pinned."""
SEEN = 400
"""Newest known ids kept: four pages, so that deletions and late arrivals do not hide them all."""
GAPS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a listing."""

    posts: tuple[Post, ...]
    names: tuple[str, ...]
    """Every id on the page in its order, also of what is no post for us."""
    after: str | None
    """Where the next page begins; None = the listing ends here."""


ReadPage = Callable[[str], Page]
"""Reads the page behind this id ("" = the newest); raises `ListenerError`."""


@dataclass(slots=True)
class Allowance:
    """What one visit may still do."""

    pages: int
    """At least 2: one for what is new, the others for what was left open."""
    seconds: float
    read: int = 0
    failure: ListenerError | None = None
    _began: float = field(default_factory=time.monotonic)

    def take(self) -> bool:
        """Whether one more page may be read; counts it."""
        if self.failure or self.read >= self.pages or time.monotonic() - self._began > self.seconds:
            return False
        self.read += 1
        return True


@dataclass(slots=True)
class Stretch:
    """A part of a listing on its way from newer to older."""

    known: frozenset[str]
    """What we know behind it; empty = nothing, so it ends where the listing ends."""
    after: list[str] = field(default_factory=list)
    """Ids to go on from, best first: when Reddit has dropped one (deleted), the next is tried. Empty = from the top."""
    walked: int = 0
    restarted: bool = False
    posts: list[Post] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    done: bool = False
    lost: bool = False
    """It ended before it met what we know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What a visit to one listing brought."""

    posts: tuple[Post, ...]
    state: dict[str, Any]
    gaps: tuple[OpenGap, ...]
    reached: bool
    """Its newest page was read."""


def visit(name: str, read: ReadPage, state: Mapping[str, Any], allowance: Allowance) -> Walked:
    """Read what is new on top, then go on with the stretches left open. `name` tells this listing's gaps apart.

    A failure ends the visit; it is left in `allowance.failure`, with everything read before it kept.
    """
    seen = list(state.get("seen", ()))
    top = Stretch(known=frozenset(seen))
    descend(read, top, allowance)
    going, ended, older = _resumed(read, state.get("gaps", ()), allowance)
    if top.lost:
        ended.append(_gap(name, top, seen))
    elif not top.done and top.names:
        going.insert(0, _gap(name, top, seen))
    state_now = {
        "seen": list(dict.fromkeys([*top.names, *seen]))[:SEEN],
        "gaps": _joined(going),
    }
    gaps = _told_of(state_now["gaps"], ended, allowance.failure)
    return Walked(posts=(*top.posts, *older), state=state_now, gaps=gaps, reached=top.done or bool(top.names))


def _resumed(
    read: ReadPage, gaps: Sequence[dict[str, Any]], allowance: Allowance
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[Post]]:
    """Go on with each gap: those still open, those that ended without meeting what we know, and the posts found."""
    going, ended, posts = [], [], []
    for gap in gaps:
        stretch = _stretch(gap)
        descend(read, stretch, allowance)
        posts += stretch.posts
        if stretch.lost:
            ended.append(gap)
        elif not stretch.done:
            going.append(gap | _progress(stretch))
    return going, ended, posts


def descend(read: ReadPage, stretch: Stretch, allowance: Allowance) -> None:
    """Read pages until known posts, the listing's end, a failure, or the allowance's end."""
    while not stretch.done and allowance.take():
        try:
            page = read(stretch.after[0] if stretch.after else "")
        except ListenerError as failure:
            allowance.failure = failure
            return
        if page.names:
            _step(stretch, page)
        else:
            _empty(stretch)


def _step(stretch: Stretch, page: Page) -> None:
    stretch.walked += len(page.names)
    stretch.posts += page.posts
    stretch.names += page.names
    found = stretch.known.intersection(page.names)
    if found and (len(found) >= min(RECOGNISED, len(stretch.known)) or page.names[-1] in stretch.known):
        stretch.done = True
    elif page.after is None or stretch.walked > WINDOW + 200:
        stretch.done = True
        stretch.lost = bool(stretch.known) and stretch.walked >= NEAR_WINDOW
    else:
        stretch.after = _anchors(page.names)


def _empty(stretch: Stretch) -> None:
    """Behind a deleted post Reddit shows an empty page: go on from the one before it, at last once from the top."""
    if len(stretch.after) > 1:
        del stretch.after[0]
    elif stretch.after and not stretch.restarted:
        stretch.after, stretch.walked, stretch.restarted = [], 0, True
    else:
        stretch.done = True
        stretch.lost = bool(stretch.known) and bool(stretch.after)


def _anchors(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names[-back] for back in (1, 2, 4, 8, 16, 32, 64) if back <= len(names)))


def _gap(name: str, stretch: Stretch, seen: Sequence[str]) -> dict[str, Any]:
    since = seen[0] if seen else ""
    first = stretch.names[-1] if stretch.names else ""
    return {"key": f"{name}:{since}:{first}", "until": list(seen[:100]), **_progress(stretch)}


def _progress(stretch: Stretch) -> dict[str, Any]:
    return {"after": list(stretch.after), "walked": stretch.walked, "restarted": stretch.restarted}


def _stretch(gap: Mapping[str, Any]) -> Stretch:
    return Stretch(
        known=frozenset(gap["until"]),
        after=list(gap["after"]),
        walked=int(gap["walked"]),
        restarted=bool(gap["restarted"]),
    )


def _joined(gaps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """At most `GAPS` of them: the oldest ones become one, walked from the newer's place to the older's end."""
    if len(gaps) <= GAPS:
        return gaps
    return [*gaps[: GAPS - 1], gaps[GAPS - 1] | {"until": gaps[-1]["until"]}]


def _told_of(
    going: Sequence[dict[str, Any]], ended: Sequence[dict[str, Any]], failure: ListenerError | None
) -> tuple[OpenGap, ...]:
    """The stretches as people are told of them; a lost one is told once, with the batch in which it was given up."""
    why = "more pages than one visit reads"
    if failure:
        why = "Reddit's rate limit" if isinstance(failure, RateLimited) else "an error at Reddit"
    still = [_told(gap, f"{why}; it goes on from there", lost=False) for gap in going]
    gone = [_told(gap, "older than the 1000 posts Reddit lists", lost=True) for gap in ended]
    return tuple(still + gone)


def _told(gap: Mapping[str, Any], reason: str, *, lost: bool) -> OpenGap:
    until, after = gap["until"], gap["after"]
    return OpenGap(
        key=gap["key"],
        since=until[0] if until else "",
        until=after[0] if after else "",
        reason=reason,
        lost=lost,
    )


def unique(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Each post once, in the form told first."""
    first: dict[str, Post] = {}
    for post in posts:
        first.setdefault(post.external_id, post)
    return tuple(first.values())
