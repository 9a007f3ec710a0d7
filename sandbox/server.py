"""Sandbox: the server that plays all platforms on one address. In: a world, out: HTTP on 127.0.0.1 only."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from sandbox import blog, control, reddit, x
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.limits import Limiter
from sandbox.log import RequestLog
from sandbox.world import World
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
    limiter = Limiter()
    platforms = Starlette(
        routes=[
            *x.routes(world, limiter, Words(new_names, old_names)),
            *blog.routes(world),
            Mount("/", reddit.app(world, limiter, reddit_limit)),
        ]
    )
    faults = Faults(platforms)
    log = RequestLog(faults, world.clock)
    sandbox = Sandbox(world, log, faults, log, limiter)
    sandbox.app = Starlette(routes=[*control.routes(sandbox), Mount("/", log)])
    return sandbox


@contextmanager
def running(
    world: World, port: int = 0, *, new_names: bool = False, old_names: bool = True, reddit_limit: int = 10_000
) -> Iterator[Sandbox]:
    """Serve a world from a thread while the block runs; port 0 takes a free one. The rest as in `build`.

    The address is in `.url`. On leaving, requests that hang are dropped.
    """
    sandbox = build(world, new_names=new_names, old_names=old_names, reddit_limit=reddit_limit)
    with socket.create_server(("127.0.0.1", port)) as listening:
        sandbox.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = uvicorn.Server(server_config(sandbox.app))
        thread = threading.Thread(target=server.run, args=([listening],), name="sandbox")
        thread.start()
        try:
            yield sandbox
        finally:
            server.should_exit = True
            server.force_exit = True
            thread.join()


def server_config(app: ASGIApp) -> uvicorn.Config:
    """Return quiet settings: no request line and no traceback of scripted faults on the screen."""
    return uvicorn.Config(
        app, log_config=None, log_level="critical", lifespan="off", server_header=False, date_header=False
    )
