"""Sandbox: which requests came in. In: every request, out: counts per method and path; never a word of a text."""

from collections import Counter
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Seen:
    """One request and the status it was answered with (0 = the answer never came)."""

    method: str
    path: str
    query: str
    status: int


class RequestLog:
    """ASGI middleware that remembers requests to the platforms; the control paths are left out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
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
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            query = scope["query_string"].decode("latin-1")
            self.seen.append(Seen(scope["method"], scope["path"], query, status))
