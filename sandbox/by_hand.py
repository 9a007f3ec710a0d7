"""Sandbox: a page for any post, where the brand's people can answer by hand, as they do where no API lets them.

In: the address a mention has (`/open?url=…`), out: HTML with the thread so far and a form. No platform looks like this.
"""

import html
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.backtalk import answer_back
from sandbox.blog_feeds import BlogView, blog_guid
from sandbox.records import Post, is_public, locked, text_at
from sandbox.reddit_shape import permalink
from sandbox.world import World
from sandbox.writing import LISTED_AFTER

_STATUS = re.compile(r"/status/(\d+)")
_NAMES = {"x": "X", "reddit": "Reddit", "blog": "a blog"}
_STYLE = """
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
article { border-left: 3px solid #8886; padding: .1rem 1rem; margin: 1rem 0; white-space: pre-wrap }
article.this { border-color: #0b5d73 }
small { opacity: .7 }
textarea { width: 100%; box-sizing: border-box; font: inherit }
"""


def routes(world: World) -> list[BaseRoute]:
    """Return the one address: GET shows, POST answers as the brand."""

    async def show(request: Request) -> Response:
        post = find(world, request.query_params.get("url", ""))
        if post is None:
            return HTMLResponse("<!doctype html><title>Not found</title><p>There is no such post here (any more).", 404)
        if request.method != "POST":
            return HTMLResponse(_page(world, post))
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return HTMLResponse("<!doctype html><title>Refused</title><p>This form came from elsewhere.", 403)
        text = dict(parse_qsl((await request.body()).decode("utf-8", "replace"))).get("text", "").strip()
        if text and not _closed(world, post):
            answer(world, post, text)
        return RedirectResponse(f"/open?{urlencode(dict(request.query_params))}", 303)

    return [Route("/open", show, methods=["GET", "POST"])]


def find(world: World, url: str) -> Post | None:
    """Return the public post that a mention's address leads to; None if there is none."""
    now = world.clock.now()
    return next((p for p in world.posts.values() if _is_at(world, p, url) and is_public(p, now)), None)


def answer(world: World, post: Post, text: str) -> Post:
    """Say something as the brand under a post, as people do on the platform's own page; its author may answer back."""
    now = world.clock.now()
    said = world.add(
        post.platform, world.keys.user, text, at=now, re=post.key, language=post.language, listed_at=now + LISTED_AFTER
    )
    answer_back(world, said)
    return said


def _is_at(world: World, post: Post, url: str) -> bool:
    parts = urlsplit(url)
    if post.platform == "x":
        found = _STATUS.search(parts.path)
        return found is not None and found[1] in {post.id, *(edit.id for edit in post.edits)}
    if post.platform == "reddit":
        return parts.path.rstrip("/") == permalink(post, world.root(post)).rstrip("/")
    shown = BlogView(world, world.blogs[post.place], "", None).url(post)
    return url == blog_guid(world, post) or f"{parts.path}{parts.fragment and '#' + parts.fragment}" == shown


def _closed(world: World, post: Post) -> bool:
    return locked(world.root(post), world.clock.now())


def _page(world: World, post: Post) -> str:
    now = world.clock.now()
    below = [p for p in world.posts.values() if p.re == post.key and is_public(p, now) and p.kind != "repost"]
    parts = [_shown(world, above, "") for above in _above(world, post)] + [_shown(world, post, "this")]
    parts += [_shown(world, p, "") for p in sorted(below, key=lambda p: p.made_at)]
    form = (
        '<form method="post"><p><label>Answer by hand, as the brand<br><textarea name="text" rows="4" required>'
        "</textarea></label></p><button>Post it</button></form>"
    )
    closed = "<p>Nobody can answer here any more.</p>" if _closed(world, post) else form
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>A pretend page of {_NAMES[post.platform]}</title>'
        f"<style>{_STYLE}</style><p><small>A pretend page of {_NAMES[post.platform]}: everybody here is invented."
        f"</small></p>{''.join(parts)}{closed}</html>"
    )


def _above(world: World, post: Post) -> list[Post]:
    found: list[Post] = []
    parent = world.parent(post)
    while parent is not None:
        found.insert(0, parent)
        parent = world.parent(parent)
    return found


def _shown(world: World, post: Post, mark: str) -> str:
    now = world.clock.now()
    said = text_at(post, now) if is_public(post, now) else "(deleted)"
    title = f"<b>{html.escape(post.title)}</b>\n" if post.title else ""
    name = html.escape(world.author(post).name_on(post.platform))
    return (
        f'<article class="{mark}">{title}{html.escape(said)}\n'
        f"<small>{name} · {post.made_at:%Y-%m-%d %H:%M} UTC</small></article>"
    )
