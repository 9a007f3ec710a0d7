"""Sandbox: the strings behind the stage, at /sandbox/*. In: JSON commands, out: JSON; no platform has these.

GET state, requests; POST clock, post, edit, delete, lock, bar, sent, fault, reset. A wrong command answers 400
with the reason.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from sandbox.backtalk import answer_back, fall_silent
from sandbox.faults import Fault
from sandbox.records import Post

if TYPE_CHECKING:
    from sandbox.server import Sandbox

_Command = Callable[["Sandbox", dict[str, Any]], dict[str, Any]]


def routes(sandbox: "Sandbox") -> list[BaseRoute]:
    """Return the control addresses for one sandbox."""
    looks = {"state": _state, "requests": _requests}
    made: list[BaseRoute] = [Route(f"/sandbox/{name}", _look(sandbox, do)) for name, do in looks.items()]
    commands: dict[str, _Command] = {
        "clock": _clock,
        "post": _post,
        "edit": _edit,
        "delete": _delete,
        "lock": _lock,
        "bar": _bar,
        "sent": _sent,
        "fault": _fault,
        "reset": _reset,
    }
    for name, do in commands.items():
        made.append(Route(f"/sandbox/{name}", _command(sandbox, do), methods=["POST"]))
    return made


def _look(sandbox: "Sandbox", do: Callable[["Sandbox"], dict[str, Any]]) -> Callable[[Request], Any]:
    async def handle(request: Request) -> JSONResponse:
        return JSONResponse(do(sandbox))

    return handle


def _command(sandbox: "Sandbox", do: _Command) -> Callable[[Request], Any]:
    async def handle(request: Request) -> JSONResponse:
        try:
            given = await request.json() if await request.body() else {}
            return JSONResponse(do(sandbox, given))
        except (KeyError, TypeError, ValueError, JSONDecodeError) as wrong:
            return JSONResponse({"error": f"{type(wrong).__name__}: {wrong}"}, 400)

    return handle


def _state(sandbox: "Sandbox") -> dict[str, Any]:
    now = sandbox.clock.now()
    count = {name: len(sandbox.world.on(name, now)) for name in ("x", "reddit", "blog")}
    waiting = len(sandbox.world.drafts)
    return {"now": now.isoformat(), "stopped": sandbox.clock.stopped, "posts": count, "waiting": waiting}


def _requests(sandbox: "Sandbox") -> dict[str, Any]:
    return {"counts": sandbox.log.counts(), "requests": [asdict(seen) for seen in sandbox.log.seen]}


def _clock(sandbox: "Sandbox", given: dict[str, Any]) -> dict[str, Any]:
    if "at" in given:
        sandbox.clock.set(datetime.fromisoformat(given["at"]))
    if "advance" in given:
        sandbox.clock.advance(timedelta(seconds=float(given["advance"])))
    if "stop" in given:
        (sandbox.clock.stop if given["stop"] else sandbox.clock.run)()
    sandbox.settle()
    return _state(sandbox)


def _post(sandbox: "Sandbox", given: dict[str, Any]) -> dict[str, Any]:
    at = datetime.fromisoformat(given.pop("at")) if given.get("at") else None
    post = sandbox.world.add(**given, at=at)
    answer_back(sandbox.world, post)
    return _shown(post)


def _edit(sandbox: "Sandbox", given: dict[str, Any]) -> dict[str, Any]:
    return _shown(sandbox.world.edit(given["key"], given["text"]))


def _delete(sandbox: "Sandbox", given: dict[str, Any]) -> dict[str, Any]:
    post = sandbox.world.delete(given["key"], removed=bool(given.get("removed")))
    fall_silent(sandbox.world, post)
    return _shown(post)


def _lock(sandbox: "Sandbox", given: dict[str, Any]) -> dict[str, Any]:
    return _shown(sandbox.world.lock(given["key"]))


def _bar(sandbox: "Sandbox", given: dict[str, Any]) -> dict[str, Any]:
    place = sandbox.world.bar_us(given["subreddit"], barred=bool(given.get("barred", True)))
    return {"subreddit": place.name, "barred": place.bars_us}


def _sent(sandbox: "Sandbox", given: dict[str, Any]) -> dict[str, Any]:
    return {"times": sandbox.log.times_sent(given["parent"], given["text"]), "most": sandbox.log.most_sent()}


def _fault(sandbox: "Sandbox", given: dict[str, Any]) -> dict[str, Any]:
    sandbox.faults.arm(Fault(**given))
    return {"armed": [asdict(fault) for fault in sandbox.faults.armed]}


def _reset(sandbox: "Sandbox", given: dict[str, Any]) -> dict[str, Any]:
    sandbox.faults.clear()
    sandbox.log.clear()
    sandbox.limiter.clear()
    sandbox.world.remember("windows", {})
    return _state(sandbox)


def _shown(post: Post) -> dict[str, Any]:
    made_at = post.made_at.isoformat()
    return {"key": post.key, "platform": post.platform, "id": post.id, "made_at": made_at, "by": post.by}
