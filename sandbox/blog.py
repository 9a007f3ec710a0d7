"""Sandbox, blogs: feeds, comment feeds and article pages at /blog/<slug>/. In: requests, out: what a blog serves.

Feeds hold the newest ten items, answer conditional requests with 304, a moved blog with 301 and a closed
one with 410.
"""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import blake2b
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.blog_feeds import BlogView, article_page, articles_atom, articles_rss, comments_atom, comments_rss
from sandbox.records import Post, edits_by, exists, is_public
from sandbox.world import World

NEWEST = 10
_Feed = Callable[[BlogView, list[Post]], str]
_RSS, _ATOM = "application/rss+xml", "application/atom+xml"


def routes(world: World) -> list[BaseRoute]:
    """Return the routes of every blog of the world, those added later included."""
    return [
        Route("/blog/{slug}/feed.xml", _articles(world, articles_rss, _RSS)),
        Route("/blog/{slug}/atom.xml", _articles(world, articles_atom, _ATOM)),
        Route("/blog/{slug}/{article}/comments.xml", _comments(world, comments_rss, _RSS)),
        Route("/blog/{slug}/{article}/comments.atom", _comments(world, comments_atom, _ATOM)),
        Route("/blog/{slug}/{article}/", _page(world)),
        Route("/blog/{slug}/{article}", _page(world)),
    ]


def _articles(world: World, render: _Feed, media_type: str) -> Callable[[Request], Any]:
    async def handle(request: Request) -> Response:
        view = _view(world, request)
        if isinstance(view, Response):
            return view
        posts = [post for post in _newest(world, view.blog.slug) if post.kind == "article"]
        return _feed_answer(world, request, render(view, posts[:NEWEST]), posts[:NEWEST], media_type)

    return handle


def _comments(world: World, render: _Feed, media_type: str) -> Callable[[Request], Any]:
    async def handle(request: Request) -> Response:
        view = _view(world, request)
        if isinstance(view, Response):
            return view
        article = _article(world, view, request)
        if article is None:
            return HTMLResponse("<title>Not found</title>", 404)
        below = [post for post in _newest(world, view.blog.slug) if post.root == article.key]
        posts = [post for post in below if post.kind == "comment"][:NEWEST]
        view.article = article
        return _feed_answer(world, request, render(view, posts), posts, media_type)

    return handle


def _page(world: World) -> Callable[[Request], Any]:
    async def handle(request: Request) -> Response:
        view = _view(world, request)
        if isinstance(view, Response):
            return view
        view.article = _article(world, view, request)
        if view.article is None:
            return HTMLResponse("<title>Not found</title>", 404)
        below = [post for post in _newest(world, view.blog.slug) if post.root == view.article.key]
        return HTMLResponse(article_page(view, [post for post in below[::-1] if post.kind == "comment"]))

    return handle


def _view(world: World, request: Request) -> BlogView | Response:
    blog = world.blogs.get(request.path_params["slug"])
    if blog is None:
        return HTMLResponse("<title>Not found</title>", 404)
    if blog.gone:
        return HTMLResponse("<title>Gone</title>", 410)
    if blog.moved_to:
        path = request.url.path.replace(f"/blog/{blog.slug}/", f"/blog/{blog.moved_to}/", 1)
        return RedirectResponse(str(request.url.replace(path=path)), 301)
    return BlogView(world, blog, f"{request.url.scheme}://{request.url.netloc}", None)


def _newest(world: World, slug: str) -> list[Post]:
    now = world.clock.now()
    return [post for post in reversed(world.on("blog", now)) if post.place == slug and is_public(post, now)]


def _article(world: World, view: BlogView, request: Request) -> Post | None:
    wanted = request.path_params["article"]
    found = (post for post in _newest(world, view.blog.slug) if post.kind == "article")
    return next((post for post in found if view.name_of(post) == wanted), None)


def _feed_answer(world: World, request: Request, xml: str, posts: list[Post], media_type: str) -> Response:
    changed = _last_change(world, posts)
    etag = f'"{blake2b(xml.encode(), digest_size=8).hexdigest()}"'
    headers = {"etag": etag, "last-modified": format_datetime(changed, usegmt=True), "vary": "accept-encoding"}
    if _unchanged(request, etag, changed):
        return Response(status_code=304, headers=headers)
    body = xml.encode()
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["content-encoding"] = gzip.compress(body, mtime=0), "gzip"
    return Response(body, headers=headers, media_type=media_type)


def _last_change(world: World, posts: list[Post]) -> datetime:
    now = world.clock.now()
    times = [edit.at for post in posts for edit in edits_by(post, now)]
    times += [post.made_at for post in posts]
    below = [post for post in world.posts.values() if post.root in {p.key for p in posts} and exists(post, now)]
    times += [post.made_at for post in below]
    return max(times, default=datetime(2020, 1, 1, tzinfo=UTC)).replace(microsecond=0)


def _unchanged(request: Request, etag: str, changed: datetime) -> bool:
    given = request.headers.get("if-none-match")
    if given is not None:
        return etag in given
    since = request.headers.get("if-modified-since")
    try:
        return since is not None and changed <= parsedate_to_datetime(since)
    except ValueError:
        return False
