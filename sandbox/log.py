"""Sandbox: which requests came in, and when by the platforms' clock. Out: counts per method and path.

It never keeps a word of a text. The Date header is written here, because it tells clients the platform's time.
"""

from collections import Counter
from dataclasses import dataclass
from email.utils import format_datetime

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

    def counts(self) -> dict[str, int]:
        """Return how often each "METHOD /path" was asked for, most often first."""
        return dict(Counter(f"{seen.method} {seen.path}" for seen in self.seen).most_common())

    def clear(self) -> None:
        """Forget every request."""
        self.seen.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note it when it is over, however it ends."""
        if scope["type"] != "http" or scope["path"].startswith("/sandbox/"):
            await self._app(scope, receive, send)
            return
        status = 0

        async def noting(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            if message["type"] == "http.response.start":
                date = format_datetime(self._clock.now(), usegmt=True).encode()
                message = {**message, "headers": [*message["headers"], (b"date", date)]}
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            query = scope["query_string"].decode("latin-1")
            self.seen.append(Seen(scope["method"], scope["path"], query, status))
