"""Sandbox: the server that plays all platforms on one address. In: a world, out: HTTP on 127.0.0.1 only."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox import blog, by_hand, control, reddit, x, x_writing
from sandbox.clock import Clock
from sandbox.faults import HANG_UP, Faults
from sandbox.limits import Limiter
from sandbox.log import RequestLog
from sandbox.store import keep_in
from sandbox.world import World
from sandbox.writing import settle
from sandbox.x_params import Words


@dataclass(slots=True)
class Sandbox:
    """The platforms around one world: the ASGI `app`, and what a test may turn."""

    world: World
    app: ASGIApp
    faults: Faults
    log: RequestLog
    limiter: Limiter
    url: str = ""

    @property
    def clock(self) -> Clock:
        """The platforms' clock."""
        return self.world.clock

    def settle(self) -> None:
        """Act on what was taken in late and is due by now; every request does this first by itself."""
        settle(self.world)

    @property
    def address(self) -> str:
        """Return host:port, as QUARTERDECK_ALLOW_ADDRESSES wants it."""
        return self.url.removeprefix("http://")


def build(world: World, *, new_names: bool = False, old_names: bool = True, reddit_limit: int = 10_000) -> Sandbox:
    """Put the platforms around a world.

    `new_names`: X answers in the words of API 2.167; without `old_names` it refuses `tweet.fields` too.
    `reddit_limit`: requests a Reddit app has per 10 minutes; praw slows itself down by it (really 1,000 for
    a small app).
    """
    limiter = Limiter(world.windows)
    words = Words(new_names, old_names)
    platforms = Starlette(
        routes=[
            *x.routes(world, limiter, words),
            *x_writing.routes(world, limiter, words),
            *blog.routes(world),
            Mount("/", reddit.app(world, limiter, reddit_limit)),
        ]
    )
    faults = Faults(platforms)
    log = RequestLog(faults, world.clock)
    sandbox = Sandbox(world, log, faults, log, limiter)
    around = [*control.routes(sandbox), *by_hand.routes(world), Mount("/", log)]
    sandbox.app = _settling(world, Starlette(routes=around))
    return sandbox


def _settling(world: World, app: ASGIApp) -> ASGIApp:
    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        settle(world)
        await app(scope, receive, send)

    return serve


@contextmanager
def running(
    world: World,
    port: int = 0,
    *,
    new_names: bool = False,
    old_names: bool = True,
    reddit_limit: int = 10_000,
    folder: Path | None = None,
) -> Iterator[Sandbox]:
    """Serve a world from a thread while the block runs; port 0 takes a free one. The rest as in `build`.

    The address is in `.url`. On leaving, requests that hang are dropped. With a `folder` the world is kept there,
    or, if one is kept there already, that one is served instead (see `store.keep_in`; raises StoreError).
    """
    with keep_in(world, folder) if folder else nullcontext():
        sandbox = build(world, new_names=new_names, old_names=old_names, reddit_limit=reddit_limit)
        with _served(sandbox, port):
            yield sandbox


@contextmanager
def _served(sandbox: Sandbox, port: int) -> Iterator[None]:
    with socket.create_server(("127.0.0.1", port)) as listening:
        sandbox.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = _Server(server_config(sandbox.app))
        thread = threading.Thread(target=server.run, args=([listening],), name="sandbox")
        thread.start()
        try:
            yield
        finally:
            server.stop()
            thread.join()


class _Server(uvicorn.Server):
    """A server that ends when told, not at its next look at the clock."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over = asyncio.Event()

    async def main_loop(self) -> None:
        """Wait for `stop`."""
        self._loop = asyncio.get_running_loop()
        if not self.should_exit:
            await self._over.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close every connection without the pause uvicorn makes for those that are busy."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            if isinstance(connection, H11Protocol):
                connection.transport.abort()
        await asyncio.sleep(0)

    def stop(self) -> None:
        """End the server from another thread; requests that hang are dropped."""
        self.should_exit = self.force_exit = True
        if self._loop:
            self._loop.call_soon_threadsafe(self._over.set)


class _Line(H11Protocol):
    """A connection whose requests can hang up."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        app = self.app

        async def with_line(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, HANG_UP: transport.abort}, receive, send)

        self.app = with_line


def server_config(app: ASGIApp) -> uvicorn.Config:
    """Return quiet settings: no request line and no traceback of scripted faults on the screen."""
    return uvicorn.Config(
        app,
        http=_Line,
        log_config=None,
        log_level="critical",
        lifespan="off",
        server_header=False,
        date_header=False,
    )
