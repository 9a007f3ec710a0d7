"""Sandbox: which requests came in, and when by the platforms' clock. Out: counts per method and path.

It never keeps a word of a text, only a digest to count by. The Date header is written here, because it tells
clients the platform's time.
"""

import json
from collections import Counter
from dataclasses import dataclass
from email.utils import format_datetime
from hashlib import blake2b
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.clock import Clock


@dataclass(frozen=True, slots=True)
class Seen:
    """One request and the status it was answered with (0 = the answer never came)."""

    method: str
    path: str
    query: str
    status: int


class RequestLog:
    """ASGI middleware that remembers requests to the platforms; the control paths are left out."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock
        self.seen: list[Seen] = []
        self._sent: Counter[tuple[str, str]] = Counter()

    def counts(self) -> dict[str, int]:
        """Return how often each "METHOD /path" was asked for, most often first."""
        return dict(Counter(f"{seen.method} {seen.path}" for seen in self.seen).most_common())

    def times_sent(self, parent: str, text: str) -> int:
        """Return how many POSTs wanted to say a text under a parent (X id or Reddit fullname; "" = a new post).

        Each that arrived counts, whatever became of it.
        """
        return self._sent[parent, _digest(text)]

    def most_sent(self) -> int:
        """Return how many POSTs the most repeated of all texts and parents had; 0 if nothing was sent."""
        return max(self._sent.values(), default=0)

    def clear(self) -> None:
        """Forget every request."""
        self.seen.clear()
        self._sent.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note it before its answer ends, or when it is over without one."""
        if scope["type"] != "http" or scope["path"].startswith("/sandbox/"):
            await self._app(scope, receive, send)
            return
        status, noted = 0, False

        def note() -> None:
            nonlocal noted
            if not noted:
                query = scope["query_string"].decode("latin-1")
                self.seen.append(Seen(scope["method"], scope["path"], query, status))
            noted = True

        async def noting(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            if message["type"] == "http.response.start":
                date = format_datetime(self._clock.now(), usegmt=True).encode()
                message = {**message, "headers": [*message["headers"], (b"date", date)]}
            elif not message.get("more_body"):
                note()
            await send(message)

        try:
            await self._app(scope, await self._read(scope, receive), noting)
        finally:
            note()

    async def _read(self, scope: Scope, receive: Receive) -> Receive:
        if scope["method"] != "POST":
            return receive
        messages: list[Message] = []
        while not messages or messages[-1].get("more_body"):
            messages.append(await receive())
        intent = _intent(scope["path"], b"".join(message.get("body", b"") for message in messages))
        if intent:
            self._sent[intent] += 1

        async def again() -> Message:
            return messages.pop(0) if messages else await receive()

        return again


def _intent(path: str, body: bytes) -> tuple[str, str] | None:
    try:
        if path == "/2/tweets":
            given = json.loads(body)
            return str(given.get("reply", {}).get("in_reply_to_tweet_id", "")), _digest(str(given["text"]))
        if path.rstrip("/") == "/api/comment":
            form = dict(parse_qsl(body.decode()))
            return form["thing_id"], _digest(form["text"])
    except (ValueError, KeyError, AttributeError):
        return None  # no text under a parent: counted by path alone
    return None


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
