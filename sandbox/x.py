"""Sandbox, X: the HTTP side of API v2, reading. In: requests, out: X's answers, limits, errors.

Who asks, how often, and with which parameters is checked here; what is in an answer is decided elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox import x_answers as answers
from sandbox.limits import Allowance, Limiter
from sandbox.world import World
from sandbox.x_answers import Call
from sandbox.x_auth import Caller, caller
from sandbox.x_listing import BadRequest
from sandbox.x_params import PAGING, SEARCH, Words, check_params
from sandbox.x_shape import Asked, Json, problem_base

_WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address: its own parameters, and what an app and a user may ask per 15 minutes (None = not open)."""

    path: str
    answer: Callable[[Call], Json]
    per_app: int | None
    per_user: int
    params: frozenset[str] = frozenset()


ENDPOINTS = (
    Endpoint("/2/tweets/search/recent", answers.search_recent, 450, 300, SEARCH),
    Endpoint("/2/users/{id:str}/mentions", answers.mentions, 450, 300, PAGING),
    Endpoint("/2/users/{id:str}/tweets", answers.timeline, 10_000, 900, PAGING | {"exclude"}),
    Endpoint("/2/tweets", answers.tweets_by_ids, 3_500, 5_000, frozenset({"ids"})),
    Endpoint("/2/tweets/{id:str}", answers.tweet_by_id, 450, 900),
    Endpoint("/2/users/me", answers.me, None, 75),
    Endpoint("/2/users/by", answers.users_by_usernames, 300, 900, frozenset({"usernames"})),
    Endpoint("/2/users/by/username/{username:str}", answers.user_by_username, 300, 900),
    Endpoint("/2/users", answers.users_by_ids, 300, 900, frozenset({"ids"})),
    Endpoint("/2/users/{id:str}", answers.user_by_id, 300, 900),
)


def routes(world: World, limiter: Limiter, words: Words) -> list[BaseRoute]:
    """Return the routes of X, answering in the given words."""
    return [Route(e.path, _handler(e, world, limiter, words), methods=["GET"]) for e in ENDPOINTS]


def _handler(endpoint: Endpoint, world: World, limiter: Limiter, words: Words) -> Callable[[Request], Any]:
    async def handle(request: Request) -> Response:
        who = caller_of(request, world)
        if who is None:
            return problem(401, "Unauthorized", "Unauthorized")
        if who == "app" and endpoint.per_app is None:
            return user_needed(words)
        left = _spend(endpoint, who, world, limiter)
        if left.over:
            return problem(429, "Too Many Requests", "Too Many Requests", limit_headers(left))
        params = dict(request.query_params)
        try:
            check_params(params, endpoint.params, words)
            call = Call(world, params, dict(request.path_params), Asked.of(params, words.new))
            return JSONResponse(endpoint.answer(call), headers=limit_headers(left))
        except BadRequest as wrong:
            error = {"parameters": {wrong.name: [wrong.value]}, "message": str(wrong)}
            return invalid(error, words, limit_headers(left))

    return handle


def caller_of(request: Request, world: World) -> Caller | None:
    """Say who asks; None = nobody X knows."""
    url = request.url
    return caller(request.method, url.path, url.query, dict(request.headers), world.keys)


def _spend(endpoint: Endpoint, who: Caller, world: World, limiter: Limiter) -> Allowance:
    limit = endpoint.per_user if who == "user" or endpoint.per_app is None else endpoint.per_app
    return limiter.spend(f"x {who} {endpoint.path}", limit, _WINDOW, world.clock.now())


def limit_headers(left: Allowance) -> dict[str, str]:
    """Tell the state of a 15-minute window; the reset is in seconds since 1970."""
    return {
        "x-rate-limit-limit": str(left.limit),
        "x-rate-limit-remaining": str(left.remaining),
        "x-rate-limit-reset": str(int(left.resets_at.timestamp())),
    }


def problem(status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Answer with an error that has no type of its own."""
    body = {"title": title, "type": "about:blank", "status": status, "detail": detail}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def invalid(error: Json, words: Words, headers: dict[str, str]) -> JSONResponse:
    """Answer 400 with what is wrong with a request."""
    body = {
        "errors": [error],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": f"{problem_base(words.new)}invalid-request",
    }
    return JSONResponse(body, 400, headers, media_type="application/problem+json")


def user_needed(words: Words) -> JSONResponse:
    """Answer 403: an app's token is not enough here."""
    ways = "Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context]."
    body = {
        "title": "Unsupported Authentication",
        "detail": f"Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  {ways}",
        "type": f"{problem_base(words.new)}unsupported-authentication",
        "status": 403,
    }
    return JSONResponse(body, 403, media_type="application/problem+json")
