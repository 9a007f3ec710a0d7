"""Sandbox, Reddit: which things a listing holds. In: subreddits, people, queries, out: posts, newest first.

Search knows submissions only; comments are found by listing them. Paging goes by fullname.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from sandbox.query import Node, QueryError, Term, contains, holds, parse
from sandbox.records import Person, Post, is_listed, is_public, text_at
from sandbox.reddit_shape import known
from sandbox.world import World

NEWEST = 1000
_SPANS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 31, "year": 366}


@dataclass(frozen=True, slots=True)
class Page:
    """A run of things, and the fullname to go on from (None at the end)."""

    posts: list[Post]
    after: str | None


def newest(world: World, kind: str, subreddits: set[str] | None) -> list[Post]:
    """Return the public submissions or comments of some subreddits (folded names; None = all public ones)."""
    now = world.clock.now()
    open_places = {name for name, place in world.subreddits.items() if place.state == "public"}
    wanted = open_places if subreddits is None else subreddits & open_places
    found = [post for post in world.on("reddit", now) if post.kind == kind and post.place.casefold() in wanted]
    return [post for post in reversed(found) if is_listed(post, now)][:NEWEST]


def written_by(world: World, person: Person, kinds: set[str]) -> list[Post]:
    """Return what one account has said and not deleted."""
    now = world.clock.now()
    own = [post for post in world.on("reddit", now) if post.by == person.key and post.kind in kinds]
    return [post for post in reversed(own) if is_listed(post, now)][:NEWEST]


def search(world: World, query: str, subreddits: set[str] | None, span: str) -> list[Post]:
    """Return the submissions a query finds; `span` is hour … year or all. A broken query finds nothing."""
    try:
        node = parse(query)
    except QueryError:
        return []
    now = world.clock.now()
    since = now - timedelta(days=_SPANS[span]) if span in _SPANS else None
    recent = [post for post in newest(world, "submission", subreddits) if not since or post.made_at >= since]
    return [post for post in recent if matches(world, node, post)]


def matches(world: World, node: Node, post: Post) -> bool:
    """Whether a submission's title or text, as worded now, is what the query asks for."""
    text = text_at(post, world.clock.now())
    fields = {
        "title": post.title,
        "selftext": text,
        "subreddit": post.place,
        "author": world.author(post).name_on("reddit"),
    }

    def term(asked: Term) -> bool:
        if asked.field in fields:
            return contains(fields[asked.field], asked.value)
        return contains(f"{post.title}\n{text}", asked.value)

    return holds(node, term)


def page(world: World, posts: list[Post], params: dict[str, str], default: int = 25) -> Page:
    """Cut a page by limit, after and before. `before` something deleted or unknown gives an empty page."""
    limit = min(100, max(1, int(params["limit"]))) if params.get("limit", "").isdigit() else default
    after, before = params.get("after"), params.get("before")
    if before:
        names = [post.fullname for post in posts]
        if before not in names:
            return Page([], None)
        end = names.index(before)
        return Page(posts[max(0, end - limit) : end], None)
    if after:
        anchor = known(world, after)
        posts = [post for post in posts if anchor and post.order < anchor.order]
    shown = posts[:limit]
    return Page(shown, shown[-1].fullname if len(posts) > limit else None)


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of the inbox: a comment, and why the brand hears of it."""

    post: Post
    why: str


def inbox(world: World, person: Person) -> list[Notice]:
    """Return what others wrote to an account: answers to it, and comments that name it; newest first."""
    now, name = world.clock.now(), person.name_on("reddit")
    named = re.compile(rf"(?<![\w/])/?u/{re.escape(name)}(?![\w-])", re.IGNORECASE)
    made: list[Notice] = []
    for post in reversed(world.on("reddit", now)):
        why = _why(world, post, person, named)
        if why and is_public(post, now):
            made.append(Notice(post, why))
    return made[:NEWEST]


def _why(world: World, post: Post, person: Person, named: re.Pattern[str]) -> str:
    parent = world.parent(post)
    if post.kind != "comment" or parent is None or post.by == person.key:
        return ""
    if parent.by == person.key:
        return "post_reply" if parent.kind == "submission" else "comment_reply"
    return "username_mention" if named.search(text_at(post, world.clock.now())) else ""
