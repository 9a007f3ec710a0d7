"""Sandbox: what is too old for X's search, as rows to import. In: a world, out: rows in the columns of `import`.

Identities and texts are those a listener would find, so a row that is also polled is the same mention.
"""

import html
from collections.abc import Iterator
from datetime import UTC, datetime

from sandbox.blog_feeds import blog_guid
from sandbox.records import Post, is_public, text_at
from sandbox.reddit_shape import SITE, permalink
from sandbox.world import World
from sandbox.x_shape import newest_version
from sandbox.x_text import added_front, full_text, post_url, wire_text

COLUMNS = (
    "platform",
    "external_id",
    "author",
    "text",
    "posted_at",
    "parent_id",
    "conversation_id",
    "url",
    "followers",
    "own",
)


def history_rows(world: World, before: datetime) -> Iterator[dict[str, str]]:
    """Yield what was made before a moment and is still public, oldest first, with the keys COLUMNS.

    Reposts are left out: nobody says anything in them. `own` is "true" or "false".
    """
    now = world.clock.now()
    posts = [post for name in ("x", "reddit", "blog") for post in world.on(name, now)]
    for post in sorted(posts, key=lambda post: post.made_at):
        if post.made_at < before and is_public(post, now) and post.kind != "repost":
            yield _row(world, post, now)


def external_id(world: World, post: Post) -> str:
    """Return the identity a mention of this post has: decimal, fullname, or the feed entry's address."""
    if post.platform == "x":
        return newest_version(post, world.clock.now()).id
    return post.fullname if post.platform == "reddit" else blog_guid(world, post)


def _row(world: World, post: Post, now: datetime) -> dict[str, str]:
    author, parent = world.author(post), world.parent(post)
    followers = author.x.followers if post.platform == "x" and author.x else ""
    quoted = post.kind == "quote"
    return {
        "platform": post.platform,
        "external_id": external_id(world, post),
        "author": author.name_on(post.platform),
        "text": _text(world, post, now),
        "posted_at": post.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "parent_id": external_id(world, parent) if parent and not quoted else "",
        "conversation_id": _thread_id(world, post),
        "url": _url(world, post),
        "followers": str(followers),
        "own": "true" if author.ours else "false",
    }


def _thread_id(world: World, post: Post) -> str:
    root = world.root(post)
    return root.id if post.platform == "x" else external_id(world, root)


def _text(world: World, post: Post, now: datetime) -> str:
    wording = text_at(post, now)
    if post.platform == "x":
        full = full_text(world, post, wording)
        wire = wire_text(world, full, _url(world, post), added_front(post, wording, full))
        return html.unescape(wire.note or wire.text)
    return f"{post.title}\n\n{wording}".strip() if post.title else wording


def _url(world: World, post: Post) -> str:
    if post.platform == "x":
        return post_url(world.author(post).name_on("x"), external_id(world, post))
    if post.platform == "reddit":
        return SITE + permalink(post, world.root(post))
    return blog_guid(world, post)
