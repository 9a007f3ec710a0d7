"""LISTEN: one Reddit source = one or more newest-first listings. Comes in: a cursor. Goes out: a `Batch`.

The same for the API and for the public feeds: those differ in how a page is read, not in how a source is kept. It never
writes, and never waits for a rate limit.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from listeners.base import Target
from listeners.errors import BadTarget, ListenerError, Unreachable
from listeners.matching import EVERYTHING, Matcher, matcher
from listeners.post import Batch, Cursor
from listeners.reddit_answers import ending
from listeners.reddit_walk import Allowance, ReadPage, Walked, unique, visit
from models.values import Platform, SourceKind

SECONDS = 120.0
"""After this long no further page is asked for in one fetch."""

_SUBREDDIT = re.compile(r"[A-Za-z0-9_]{2,24}\Z")
_USER = re.compile(r"[A-Za-z0-9_-]{2,32}\Z")

Streams = Mapping[str, ReadPage]
"""Name of a listing (part of the cursor) → how its pages are read."""


def fetch_listings(
    streams: Streams, cursor: Cursor | None, words: Matcher, pages: int, requests: Callable[[], int]
) -> Batch:
    """Visit each listing, `pages` pages each at most. `requests` counts what was asked so far.

    Raises the first `ListenerError` when no listing could be read at all; later ones are told in the batch.
    """
    before, states = requests(), dict((cursor or {}).get("streams", {}))
    walks: dict[str, Walked] = {}
    failure: ListenerError | None = None
    for name, read in streams.items():
        allowance = Allowance(pages=pages, seconds=SECONDS, failure=failure)
        walks[name] = visit(name, read, states.get(name, {}), allowance)
        failure = allowance.failure
    if failure and not any(walk.reached for walk in walks.values()):
        raise failure
    states |= {name: walk.state for name, walk in walks.items()}
    gaps = [gap for walk in walks.values() for gap in walk.gaps]
    posts = unique(post for walk in walks.values() for post in walk.posts)
    return Batch(
        posts=tuple(post for post in posts if words.matches(post.text)),
        cursor={"streams": states},
        gaps=tuple(gaps),
        more=failure is None and any(not gap.lost for gap in gaps),
        requests=requests() - before,
        **ending(failure),
    )


def words_of(target: Target) -> Matcher:
    """What a post must hold. Raises `BadTarget` where a source that would bring a whole subreddit names nothing."""
    if not target.match and target.kind not in (SourceKind.REDDIT_NEW, SourceKind.REDDIT_COMMENTS):
        return matcher(EVERYTHING)
    try:
        return matcher(target.match)
    except ValueError as error:
        raise BadTarget(str(error)) from None


def subreddits_of(target: Target) -> str:
    """The subreddits as Reddit joins them (kettles+coffee), also from "r/kettles, coffee" and "/r/kettles+coffee"."""
    parts = [part.strip().strip("/") for part in re.split(r"[+,\s]+", target.target) if part.strip().strip("/")]
    names = [part[2:] if part[:2].lower() == "r/" else part for part in parts]
    if not names or not all(_SUBREDDIT.match(name) for name in names):
        raise BadTarget("name one or more subreddits, joined by +, as in kettles+coffee")
    return "+".join(names)


def user_of(target: Target, otherwise: str = "") -> str:
    """The account whose posts are polled: the target's, else `otherwise`, else our first on Reddit."""
    ours = next((account.handle for account in target.ours if account.platform is Platform.REDDIT), "")
    name = re.sub(r"\A/?(?:u|user)/", "", target.target.strip(), flags=re.I).strip("@/ ") or otherwise or ours
    if not _USER.match(name):
        raise BadTarget("name our Reddit account, as in tarnbrook_team")
    return name


def query_of(target: Target) -> str:
    """The search as typed. Raises `BadTarget` for one that finds anything: empty, or no letters (zammad#1606)."""
    query = target.target.strip()
    try:
        usable = query != EVERYTHING and matcher(query)
    except ValueError:
        usable = False
    if not usable:
        raise BadTarget("a search needs a word or phrase of at least two letters")
    return query


def listing_in(answer: Any) -> tuple[list[Any], str | None]:
    """The children and `after` of a Listing. Raises `Unreachable` for any other JSON."""
    data = answer.get("data") if isinstance(answer, Mapping) else None
    children = data.get("children") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(children, list):
        raise Unreachable("Reddit answered with something other than a listing; it is tried again")
    after = data.get("after")
    return children, after if isinstance(after, str) and after else None
