"""Front door for people: the ASGI app with screens, sign-in and health. `quarterdeck up` serves it.

Comes in: requests and websockets. Goes out: screens for those who are signed in, a sign-in page for everybody else.
Refuses to serve where it cannot tell for sure who is asking.
"""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from workspace.options import set_options

set_options()  # before Streamlit builds its routes from them

from workspace import server  # noqa: E402


@asynccontextmanager
async def lifespan(asgi: st.App) -> AsyncIterator[None]:
    """Open the house, make sure of identity, warm up, then let people in."""
    async with server.opened(asgi):
        # Else every script run pays for a collection of all that pandas and altair brought along: 158 ms, not 25.
        gc.collect()
        gc.freeze()
        yield


app = st.App(
    Path(__file__).parent / "workspace" / "main.py",
    lifespan=lifespan,
    routes=server.ROUTES,
    middleware=[Middleware(layer, *given) for layer, *given in server.LAYERS],
    exception_handlers={Exception: server.broke},
    on_script_error=server.script_broke,
)

if __name__ == "__main__":
    server.main(app)
