"""Sandbox, Reddit: the HTTP side. In: requests with a token, or for .json and .rss, out: Reddit's answers.

Limits, tokens, honest User-Agents and errors are kept here; what is in an answer is decided elsewhere.
"""

import html
import re
from datetime import timedelta
from typing import Literal
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.limits import Allowance, Limiter
from sandbox.reddit_auth import Caller, Tokens
from sandbox.reddit_feeds import feed
from sandbox.reddit_paths import Ask, Refused, find
from sandbox.reddit_shape import Json, escaped
from sandbox.reddit_writing import Deed, act
from sandbox.world import World
from sandbox.writing import DELAY

_WINDOW = timedelta(minutes=10)
_PUBLIC_LIMIT = 100
_EXPIRED = {"www-authenticate": 'Bearer realm="reddit", error="invalid_token"'}
_LIBRARY_AGENT = re.compile(r"(python|curl|wget|java|go-http|httpx|okhttp|feedparser|aiohttp)", re.IGNORECASE)
Format = Literal["json", "rss", ""]


def app(world: World, limiter: Limiter, limit: int) -> ASGIApp:
    """Return Reddit as an ASGI app; `limit` requests per 10 minutes are open to the one known client."""
    tokens = Tokens(world)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        form = dict(parse_qsl((await request.body()).decode()))
        response = _answer(request, form, world, tokens, limiter, limit)
        await response(scope, receive, send)

    return serve


def cleaned(path: str) -> tuple[str, Format]:
    """Return a path without trailing slash and suffix, and the format the suffix asked for."""
    for suffix in ("json", "rss"):
        if path.endswith(f".{suffix}"):
            bare = path[: -len(suffix) - 1].rstrip("/")
            return bare or "/", "json" if suffix == "json" else "rss"
    return path.rstrip("/") or "/", ""


def _answer(
    request: Request, form: dict[str, str], world: World, tokens: Tokens, limiter: Limiter, limit: int
) -> Response:
    path, wanted = cleaned(request.url.path)
    sent = request.headers.get("authorization", "")
    if path == "/api/v1/access_token":
        status, body = tokens.grant(sent, form)
        return JSONResponse(body, status)
    if sent:
        who = tokens.caller(sent)
        if who is None:
            return JSONResponse({"message": "Unauthorized", "error": 401}, 401, _EXPIRED)
        left = limiter.spend("reddit app", limit, _WINDOW, world.clock.now(), marks=True)
        return _too_many(left, world) or _with(left, world, _api(request, form, world, who, path))
    if not wanted:
        return _page(path)
    if not honest(request.headers.get("user-agent", "")):
        return _blocked(wanted)
    left = limiter.spend("reddit public", _PUBLIC_LIMIT, _WINDOW, world.clock.now(), marks=True)
    return _too_many(left, world) or _with(left, world, _public(request, world, path, wanted))


def honest(agent: str) -> bool:
    """Whether a User-Agent says whose it is; a bare library's name does not."""
    return bool(agent) and not _LIBRARY_AGENT.match(agent)


def _api(request: Request, form: dict[str, str], world: World, who: Caller, path: str) -> Response:
    params = dict(request.query_params) | form
    try:
        if request.method == "POST" and path != "/api/morechildren":
            return _json(act(Deed(world, who, params, request.scope.get(DELAY, 0.0)), path), params)
        return _json(find(Ask(world, who, {}, params), path).json, params)
    except Refused as refused:
        return _refusal(refused)


def _public(request: Request, world: World, path: str, wanted: Format) -> Response:
    params = dict(request.query_params)
    try:
        found = find(Ask(world, None, {}, params), path)
    except Refused as refused:
        return _refusal(refused)
    if wanted == "json":
        return _json(found.json, params)
    if found.posts is None:
        return _refusal(Refused(404, "Not Found"))
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    xml = feed(world, found.posts, asked, found.title)
    return Response(xml, media_type="application/atom+xml")


def _json(answer: Json | list[Json], params: dict[str, str]) -> JSONResponse:
    return JSONResponse(answer if params.get("raw_json") == "1" else escaped(answer))


def _refusal(refused: Refused) -> Response:
    headers = {"location": refused.location} if refused.location else None
    return JSONResponse(refused.body, refused.status, headers)


def _too_many(left: Allowance, world: World) -> Response | None:
    if not left.over:
        return None
    body = {"message": "Too Many Requests", "error": 429}
    wait = str(_seconds_left(left, world))
    return _with(left, world, JSONResponse(body, 429, {"retry-after": wait}))


def _with(left: Allowance, world: World, response: Response) -> Response:
    response.headers["x-ratelimit-used"] = str(left.used)
    response.headers["x-ratelimit-remaining"] = f"{left.remaining}.0"
    response.headers["x-ratelimit-reset"] = str(_seconds_left(left, world))
    return response


def _seconds_left(left: Allowance, world: World) -> int:
    return max(1, int((left.resets_at - world.clock.now()).total_seconds()))


def _blocked(wanted: Format) -> Response:
    if wanted == "rss":
        return HTMLResponse("<title>Too Many Requests</title>", 429)
    return HTMLResponse("<title>Blocked</title><p>Tell us who you are in the User-Agent.", 403)


def _page(path: str) -> Response:
    return HTMLResponse(f"<!doctype html><title>reddit</title><p>{html.escape(path)}")
