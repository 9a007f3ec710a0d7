"""WORKSPACE: who is asking. Comes in: every request and websocket. Goes out: the same with a header of ours that names
a live session, or an answer to somebody who is not signed in. Never believes a client's own header.

The header holds the hash of the cookie's token; the session's row in the database, looked up again at every run, gives
user and role. Streamlit carries it through its hidden option `server.trustedUserHeaders`, so before the first visitor
is let in, `check_identity` sends forged headers through the whole app and refuses to serve if one is believed.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import gather_user_info

from models.base import utc_now
from worker import signins
from worker.signins import SignedIn
from workspace.house import house
from workspace.options import IDENTITY_HEADER, IDENTITY_KEY, OptionsError, check_options

COOKIE = "quarterdeck_session"
OURS = b"x-quarterdeck-"
"""Headers that begin so come from us alone."""
OPEN_TO_ALL = frozenset({"/health", "/sign-in", "/sign-out", "/favicon.svg", "/favicon.png", "/assets/sign-in.css"})
OPEN_BELOW = "/static/"
"""What somebody who is not signed in may ask for besides the sign-in page; below /static/ lie Streamlit's own files."""
FORGED = "f" * 64
Find = Callable[[str], SignedIn | None]


def find_session(token_hash: str) -> SignedIn | None:
    """The live session with that hash, from the database."""
    database, _ = house()
    with database.reading() as session:
        return signins.find(session, token_hash, utc_now())


class Identity:
    """Pure ASGI, because Starlette's own base class for middleware never sees a websocket."""

    def __init__(self, app: ASGIApp, sign_in_page: ASGIApp, find: Find = find_session) -> None:
        self.app, self.sign_in_page, self.find = app, sign_in_page, find

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on who asks: `scope["state"]["signed_in"]`, and our header for Streamlit."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if not _is_ours(name)]
        token_hash, known = await self._known(scope)
        if known is not None:
            headers.append((IDENTITY_HEADER.encode(), token_hash.encode()))
        state = {**scope.get("state", {}), "signed_in": known, "token_hash": token_hash if known else ""}
        scope = {**scope, "headers": headers, "state": state}
        if known is None and not _is_open(scope):
            await self._turn_away(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _known(self, scope: Scope) -> tuple[str, SignedIn | None]:
        token = HTTPConnection(scope).cookies.get(COOKIE, "")
        if not token or str(scope["path"]).startswith(OPEN_BELOW):
            return "", None
        token_hash = signins.hash_of(token)
        return token_hash, await run_sync(self.find, token_hash)

    async def _turn_away(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A page for a person, a bare refusal for a program."""
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        elif scope["method"] in ("GET", "HEAD") and not _for_programs(str(scope["path"])):
            await self.sign_in_page(scope, receive, send)
        else:
            await send({"type": "http.response.start", "status": 401, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})


def _is_open(scope: Scope) -> bool:
    path = str(scope["path"])
    return scope["type"] == "http" and (path in OPEN_TO_ALL or path.startswith(OPEN_BELOW))


def _is_ours(name: bytes) -> bool:
    # Some servers and proxies read an underscore as a dash.
    return name.lower().replace(b"_", b"-").startswith(OURS)


def _for_programs(path: str) -> bool:
    return path.startswith(("/_stcore/", "/media/", "/component/", "/events", "/api/"))


async def check_identity(app: ASGIApp) -> None:
    """Refuse to serve (`OptionsError`) unless identity comes from our cookie alone, all the way into Streamlit."""
    check_options()
    forged = [(IDENTITY_HEADER.encode(), FORGED.encode()), (b"X_Quarterdeck_Session", FORGED.encode())]
    answer = await _ask(app, {"type": "websocket", "path": "/_stcore/stream", "subprotocols": ["streamlit"]}, forged)
    if not answer or answer[0]["type"] != "websocket.close":
        raise OptionsError("a forged identity header opened a websocket; this build is not safe to serve")
    believed = await _believed(forged, cookie=""), await _believed(forged, cookie="good")
    if believed != (None, signins.hash_of("good")):
        raise OptionsError("Streamlit takes identity from elsewhere than our header; install the version we depend on")


async def _believed(forged: list[tuple[bytes, bytes]], cookie: str) -> Any:
    """Whom Streamlit would take a request for that brings a forged header and a cookie; only "good" is a session's."""
    found: list[Any] = []

    async def inner(scope: Scope, _receive: Receive, _send: Send) -> None:
        found.append(gather_user_info(Headers(scope=scope)).get(IDENTITY_KEY, "unknown option"))

    gate = Identity(inner, inner, lambda told: _SOMEBODY if told == signins.hash_of("good") else None)
    headers = [*forged, (b"cookie", f"{COOKIE}={cookie}".encode())]
    await _ask(gate, {"type": "http", "method": "GET", "path": "/"}, headers)
    return found[0]


_SOMEBODY: Any = object()
"""Stands for a live session in the check; nothing reads it."""


async def _ask(app: ASGIApp, scope: dict[str, Any], headers: list[tuple[bytes, bytes]]) -> list[Message]:
    """Send one request or handshake into an app, in this process, and return what it answers."""
    answers: list[Message] = []
    incoming = [{"type": "websocket.connect"}] if scope["type"] == "websocket" else [{"type": "http.request"}]

    async def receive() -> Message:
        return incoming.pop(0) if incoming else {"type": "websocket.disconnect", "code": 1000}

    async def send(message: Message) -> None:
        answers.append(message)

    base = {
        "asgi": {"version": "3.0"}, "scheme": "http", "http_version": "1.1", "query_string": b"", "root_path": "",
        "raw_path": scope["path"].encode(), "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 1), "state": {},
    }  # fmt: skip
    told = [(b"host", b"127.0.0.1"), *headers]
    await asyncio.wait_for(app({**base, **scope, "headers": told}, receive, send), timeout=30)
    return answers
