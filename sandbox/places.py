"""Sandbox: where a listener would listen to this story, and as whom. In: a world, out: plain values for JSON.

Addresses of feeds are paths below the sandbox's address. The keys open nothing but a sandbox.
"""

from dataclasses import asdict
from typing import Any

from sandbox.blog_feeds import BlogView
from sandbox.world import World


def places(world: World) -> dict[str, Any]:
    """Return what the story has: `accounts` of ours, `subreddits`, `feeds`, `comments` (feeds of articles), `keys`.

    Comment feeds are those of articles under which somebody comments, now or later in the story.
    """
    return {
        "accounts": _accounts(world),
        "subreddits": sorted(s.name for s in world.subreddits.values() if s.state == "public"),
        "feeds": [f"/blog/{blog.slug}/feed.xml" for blog in world.blogs.values() if not (blog.gone or blog.moved_to)],
        "comments": _comment_feeds(world),
        "keys": asdict(world.keys),
    }


def _accounts(world: World) -> list[dict[str, Any]]:
    found = []
    for person in (p for p in world.people.values() if p.ours):
        named = {
            "x": person.x.handle if person.x else "",
            "reddit": person.reddit.name if person.reddit else "",
            "blog": person.blog.name if person.blog else "",
        }
        found += [{"platform": p, "handle": h, "automatic": person.automatic} for p, h in named.items() if h]
    return found


def _comment_feeds(world: World) -> list[str]:
    roots = {post.root for post in world.posts.values() if post.platform == "blog" and post.kind == "comment"}
    found = []
    for key in sorted(roots):
        article = world.posts[key]
        view = BlogView(world, world.blogs[article.place], "", None)
        found.append(f"{view.url(article)}comments.xml")
    return found
