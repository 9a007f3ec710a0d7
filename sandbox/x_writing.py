"""Sandbox, X: the HTTP side of API v2, writing. In: POST /2/tweets and DELETE /2/tweets/:id, out: X's answers.

Who asks, how often and in which shape is checked here; what may be said is decided in `x_rules`. What a post costs
is never told.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.limits import Allowance, Limiter
from sandbox.records import Draft, is_public
from sandbox.world import World
from sandbox.writing import DELAY, accept, retract
from sandbox.x import caller_of, invalid, limit_headers, problem, user_needed
from sandbox.x_params import Words
from sandbox.x_rules import GONE, NOT_OURS, XRefusal
from sandbox.x_shape import Asked, Json, newest_version, tweet

_WINDOW, _DAY = timedelta(minutes=15), timedelta(hours=24)
_PER_USER, _PER_APP, _DELETES = 100, 10_000, 50
_ID = re.compile(r"[0-9]{1,19}")
_PLAYED = {"text", "reply"}
_NOT_PLAYED = frozenset(
    {
        *("card_uri", "community_id", "direct_message_deep_link", "edit_options", "for_super_followers_only", "geo"),
        *("made_with_ai", "media", "nullcast", "paid_partnership", "poll", "quote_tweet_id", "reply_settings"),
        "share_with_followers",
    }
)


class Malformed(ValueError):
    """A body that is not what X's description asks for; the text says where."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """What both addresses need."""

    world: World
    limiter: Limiter
    words: Words


def routes(world: World, limiter: Limiter, words: Words) -> list[BaseRoute]:
    """Return the routes by which a post is made and taken back."""
    desk = _Desk(world, limiter, words)
    return [
        Route("/2/tweets", _handler(desk, _create), methods=["POST"]),
        Route("/2/tweets/{id:str}", _handler(desk, _delete), methods=["DELETE"]),
    ]


def _handler(desk: _Desk, act: Callable[[_Desk, Request, bytes], Response]) -> Callable[[Request], Any]:
    async def handle(request: Request) -> Response:
        who = caller_of(request, desk.world)
        if who is None:
            return problem(401, "Unauthorized", "Unauthorized")
        if who == "app":
            return user_needed(desk.words)
        return act(desk, request, await request.body())

    return handle


def _create(desk: _Desk, request: Request, body: bytes) -> Response:
    left, of_app = _spend(desk, "x write user", _PER_USER, _WINDOW), _spend(desk, "x write app", _PER_APP, _DAY)
    headers = limit_headers(left) | _day_headers(of_app)
    if left.over or of_app.over:
        return problem(429, "Too Many Requests", "Too Many Requests", headers)
    try:
        draft = _draft(desk.world, request, body)
        if draft.at > desk.world.clock.now():
            desk.world.put_off(draft)
            return JSONResponse({}, 202)
        made = newest_version(accept(desk.world, draft), draft.at)
        return JSONResponse({"data": tweet(desk.world, made, Asked(new_names=desk.words.new))}, 201, headers)
    except Malformed as wrong:
        return invalid({"parameters": {}, "message": str(wrong)}, desk.words, headers)
    except XRefusal as refused:
        return problem(refused.status, HTTPStatus(refused.status).phrase, str(refused), headers)


def _delete(desk: _Desk, request: Request, body: bytes) -> Response:
    left = _spend(desk, "x write delete", _DELETES, _WINDOW)
    headers = limit_headers(left)
    if left.over:
        return problem(429, "Too Many Requests", "Too Many Requests", headers)
    post, us = desk.world.find("x", request.path_params["id"]), desk.world.keys.user
    if post is None or post.by != us:
        return problem(403, "Forbidden", NOT_OURS, headers)
    if is_public(post, desk.world.clock.now()):
        retract(desk.world, post)
    return JSONResponse({"data": {"deleted": True}}, headers=headers)


def _spend(desk: _Desk, name: str, limit: int, window: timedelta) -> Allowance:
    left = desk.limiter.spend(name, limit, window, desk.world.clock.now())
    desk.world.remember("windows", desk.limiter.windows("x write"))
    return left


def _draft(world: World, request: Request, body: bytes) -> Draft:
    given = _read(body)
    at = world.clock.now() + timedelta(seconds=request.scope.get(DELAY, 0))
    parent = None
    if "reply" in given:
        parent = world.find("x", _replied_to(given["reply"]))
        if parent is None:
            raise XRefusal(GONE)
    return Draft("x", world.keys.user, parent.key if parent else None, given["text"], at)


def _read(body: bytes) -> Json:
    try:
        given = json.loads(body)
    except ValueError:
        raise Malformed("Request body is not valid JSON") from None
    if not isinstance(given, dict):
        raise Malformed("$: is not an object")
    for name in sorted(given.keys() - _PLAYED):
        known = "is known to X and not played by this sandbox"
        unknown = "is not defined in the schema and the schema does not allow additional properties"
        raise Malformed(f"$.{name}: {known if name in _NOT_PLAYED else unknown}")
    if not isinstance(given.get("text", ""), str):
        raise Malformed("$.text: is not a string")
    if not given.get("text", "").strip():
        raise Malformed("$.text: a Post needs a text")
    return given


def _replied_to(reply: Any) -> str:
    wanted = reply.get("in_reply_to_tweet_id") if isinstance(reply, dict) else None
    if wanted is None:
        raise Malformed("$.reply.in_reply_to_tweet_id: is missing but it is required")
    if not isinstance(wanted, str) or not _ID.fullmatch(wanted):
        raise Malformed("$.reply.in_reply_to_tweet_id: does not match the regex pattern ^[0-9]{1,19}$")
    return wanted


def _day_headers(left: Allowance) -> dict[str, str]:
    return {name.replace("x-rate-limit", "x-app-limit-24hour"): value for name, value in limit_headers(left).items()}
