"""Sandbox, Reddit: the public Atom feeds. In: posts and a feed's address, out: XML as Reddit serves it.

Feeds name no parent of a comment and no deletion; they never hold more than the listing they stand for.
"""

import html
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from sandbox.records import Post
from sandbox.reddit_shape import SITE, author_of, body_html, permalink, words_of
from sandbox.world import World


def feed(world: World, posts: list[Post], path: str, title: str) -> str:
    """Return an Atom document; `path` is where it was asked for, query included."""
    now = world.clock.now()
    entries = "".join(_entry(world, post, now) for post in posts)
    alternate = path.replace("/.rss", "/").replace(".rss", "")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<updated>{_iso(now)}</updated>"
        f"<icon>https://www.redditstatic.com/icon.png/</icon><id>{escape(path)}</id>"
        f'<link rel="self" href={quoteattr(SITE + path)} type="application/atom+xml" />'
        f'<link rel="alternate" href={quoteattr(SITE + alternate)} type="text/html" />'
        f"<title>{escape(title)}</title>{entries}</feed>"
    )


def _entry(world: World, post: Post, now: datetime) -> str:
    root, place = world.root(post), world.subreddits[post.place.casefold()].name
    name = author_of(world, post, now)
    person = (
        f"<author><name>/u/{escape(name)}</name><uri>{SITE}/user/{escape(name)}</uri></author>"
        if name != "[deleted]"
        else ""
    )
    submission = post.kind == "submission"
    title = post.title if submission else f"/u/{name} on {root.title}"
    content = _submitted(world, post, now) if submission else body_html(words_of(post, now))
    published = f"<published>{_iso(post.made_at)}</published>" if submission else ""
    return (
        f"<entry>{person}<category term={quoteattr(place)} label={quoteattr('r/' + place)}/>"
        f'<content type="html">{escape(content)}</content><id>{post.fullname}</id>'
        f"<link href={quoteattr(SITE + permalink(post, root))} />"
        f"<updated>{_iso(post.made_at)}</updated>{published}<title>{escape(title)}</title></entry>"
    )


def _submitted(world: World, post: Post, now: datetime) -> str:
    text, name = words_of(post, now), html.escape(author_of(world, post, now))
    body = body_html(text) if text else ""
    url = html.escape(f"{SITE}{permalink(post)}")
    return (
        f'{body} &#32; submitted by &#32; <a href="{SITE}/user/{name}"> /u/{name} </a> <br/> '
        f'<span><a href="{url}">[link]</a></span> &#32; <span><a href="{url}">[comments]</a></span>'
    )


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
