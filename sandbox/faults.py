"""Sandbox: scripted trouble on the wire. In: faults armed for a path, out: requests that go wrong as told.

A fault hits as many requests as it says and is then gone. Trouble never depends on chance.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.writing import DELAY

Trouble = Literal["status", "stall", "late", "cut", "drop", "html", "list", "reorder"]
HANG_UP = "sandbox.hang_up"
"""Under this name a request carries what closes its connection at once."""
_REPEATED = re.compile(rb"<(item|entry)\b.*?</\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fault:
    """One piece of trouble for paths that begin with `path` (and, if given, one method).

    status: answer `status` with `headers` and `body`. html: a 200 page instead of the answer. list: a 200 `[]`.
    drop: the connection is closed without a byte. In these four the platform is not asked, unless `acts`.
    stall: no answer until the client gives up, nothing is done. late: the platform acts, the answer never comes;
    with `delay` it acts on a post or comment only so many seconds later, on its own clock. cut: half an answer,
    then silence. reorder: the answer's items in reverse. `after` requests pass first, then `times` are hit.
    """

    path: str
    trouble: Trouble = "status"
    times: int = 1
    after: int = 0
    method: str = ""
    status: int = 503
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    acts: bool = False
    delay: float = 0.0


class Faults:
    """The faults still to come, as ASGI middleware around the platforms."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._armed: list[Fault] = []

    def arm(self, fault: Fault) -> None:
        """Add a fault behind those already armed."""
        self._armed.append(fault)

    def clear(self) -> None:
        """Forget every fault."""
        self._armed.clear()

    @property
    def armed(self) -> list[Fault]:
        """What is still to come."""
        return list(self._armed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or do to it what the first fault that fits says."""
        fault = self._hit(scope) if scope["type"] == "http" else None
        if fault is None:
            await self._app(scope, receive, send)
        else:
            await _spoil(fault, self._app, scope, receive, send)

    def _hit(self, scope: Scope) -> Fault | None:
        for at, fault in enumerate(self._armed):
            if not scope["path"].startswith(fault.path) or fault.method not in ("", scope["method"]):
                continue
            if fault.after:
                self._armed[at] = replace(fault, after=fault.after - 1)
                return None
            if fault.times > 1:
                self._armed[at] = replace(fault, times=fault.times - 1)
            else:
                del self._armed[at]
            return fault
        return None


async def _spoil(fault: Fault, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    if fault.trouble == "stall":
        await _until_gone(receive)
        return
    made_up = fault.trouble in ("status", "html", "list", "drop")
    answer: tuple[int, dict[str, str], bytes] = 0, {}, b""
    if fault.acts or not made_up:
        answer = await _answer_of(app, {**scope, DELAY: fault.delay}, receive)
    if made_up and fault.trouble != "drop":
        await _send(send, *_made_up(fault))
    elif fault.trouble == "drop":
        scope[HANG_UP]()
        await _until_gone(receive)
    else:
        await _spoil_answer(fault, receive, send, *answer)


async def _spoil_answer(
    fault: Fault, receive: Receive, send: Send, status: int, headers: dict[str, str], body: bytes
) -> None:
    if fault.trouble == "late":
        await _until_gone(receive)
    elif fault.trouble == "reorder":
        await _send(send, status, headers, _reversed(body))
    else:
        await _send(send, status, headers, body, cut_at=len(body) // 2)


def _made_up(fault: Fault) -> tuple[int, dict[str, str], bytes]:
    if fault.trouble == "html":
        page = b"<!doctype html><title>One moment</title><p>Something went wrong."
        return 200, {"content-type": "text/html; charset=utf-8"}, page
    if fault.trouble == "list":
        return 200, {"content-type": "application/json"}, b"[]"
    headers = {"content-type": "application/json"} | {k.lower(): v for k, v in fault.headers.items()}
    return fault.status, headers, fault.body.encode()


async def _answer_of(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[int, dict[str, str], bytes]:
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, keep)
    start = messages[0]
    headers = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
    headers.pop("content-length", None)
    return start["status"], headers, b"".join(message.get("body", b"") for message in messages[1:])


async def _send(send: Send, status: int, headers: dict[str, str], body: bytes, cut_at: int | None = None) -> None:
    told = {**headers, "content-length": str(len(body))}
    pairs = [(name.encode(), value.encode("latin-1")) for name, value in told.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body[:cut_at], "more_body": cut_at is not None})
    if cut_at is not None:
        raise ConnectionAbortedError("answer cut short, as scripted")


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _reversed(body: bytes) -> bytes:
    if body.lstrip()[:1] in (b"{", b"["):
        return json.dumps(_turned(json.loads(body))).encode()
    blocks = [match[0] for match in _REPEATED.finditer(body)]
    turned: Iterable[bytes] = iter(reversed(blocks))
    return _REPEATED.sub(lambda _: next(iter(turned)), body)


def _turned(value: Any) -> Any:
    if isinstance(value, list):
        return [_turned(part) for part in reversed(value)]
    if isinstance(value, dict):
        turn = ("data", "children", "things")
        return {name: _turned(part) if name in turn else part for name, part in value.items()}
    return value
