"""WORKSPACE: what the server is made of: routes, layers, its start and its end. Comes in: an address. Goes out: a
server that runs until asked to stop. Listens on this machine only, unless told otherwise.
"""

import argparse
import asyncio
import importlib
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from types import FrameType
from typing import Any

import streamlit as st
import structlog
import uvicorn
from anyio.to_thread import run_sync
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from logs import set_up_logs
from models.database import DatabaseError
from responders.origin import is_loopback
from settings import SettingsError, settings
from worker.house import SetupError
from worker.installation import in_demo
from worker.supervise import end_with_parent
from workspace.components import notices, topbar
from workspace.headers import SafeAnswers, answer_headers
from workspace.house import close_house, house
from workspace.identity import Identity, check_identity
from workspace.nudges import NUDGES, events
from workspace.options import OptionsError
from workspace.signin import SignInPage, sign_in, sign_out
from workspace.signin_page import FAVICON, style

log = structlog.get_logger("workspace.server")

HEAVY = ("pandas", "pyarrow", "altair", "numpy")
"""Loaded before the first visitor, who would otherwise wait a second for them."""
FAILED = 1
ADDRESS, PORT = "127.0.0.1", 8501
BROKEN = "Something went wrong here. Nothing of this step was kept; what you had typed is safe. Please try again."


async def health(_request: Request) -> Response:
    """GET /health: 200 when the database answers, else 503. Open to everybody, tells nothing more."""
    try:
        await run_sync(_ask_database)
    except Exception as error:  # whatever it is, the answer is no
        log.warning("health.failed", exc_info=error)
        return JSONResponse({"status": "the database does not answer"}, 503)
    return JSONResponse({"status": "ok"})


async def favicon(_request: Request) -> Response:
    """GET /favicon.svg and .png: ours."""
    return Response(FAVICON, media_type="image/svg+xml", headers={"cache-control": "max-age=86400"})


async def sign_in_style(_request: Request) -> Response:
    """GET /assets/sign-in.css."""
    return Response(style(), media_type="text/css", headers={"cache-control": "max-age=3600"})


ROUTES: list[BaseRoute] = [
    Route("/health", health),
    Route("/events", events),
    Route("/sign-in", sign_in, methods=["GET", "POST"]),
    Route("/sign-out", sign_out, methods=["GET", "POST"]),
    Route("/assets/sign-in.css", sign_in_style),
    Route("/favicon.svg", favicon),
    Route("/favicon.png", favicon),
]
LAYERS: list[tuple[Any, ...]] = [(SafeAnswers,), (Identity, SignInPage())]
"""Outermost first."""


async def broke(request: Request, error: Exception) -> Response:
    """Answer for what nobody foresaw: no detail, and the same strict headers."""
    log.error("request.broke", exc_info=error)
    return PlainTextResponse(BROKEN, 500, headers=dict(answer_headers(secure=request.url.scheme == "https")))


def script_broke(error: Exception) -> bool:
    """Log a screen that broke, without anybody's words, and say kindly what is safe."""
    log.error("screen.broke", exc_info=error)
    with st.container(key="page_alone"):
        st.error(BROKEN)
    return True


@asynccontextmanager
async def opened(asgi: ASGIApp) -> AsyncIterator[None]:
    """The house open, identity made sure of, the heavy libraries loaded, the nudges running; all closed at the end."""
    house()
    await check_identity(asgi)
    for name in HEAVY:
        importlib.import_module(name)
    for component in (topbar, notices):
        component.warm()
    watching = asyncio.create_task(NUDGES.watch(), name="nudges")
    try:
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        close_house()


def main(asgi: ASGIApp, words: list[str] | None = None) -> None:
    """Serve until SIGTERM or Ctrl+C. Ends the process with 1, and one line, where it cannot."""
    end_with_parent()
    parser = argparse.ArgumentParser(description="The workspace of Quarterdeck.")
    parser.add_argument("--host", default=ADDRESS)
    parser.add_argument("--port", type=int, default=PORT)
    asked = parser.parse_args(words)
    try:
        told = settings()
        set_up_logs(told.log_level)
        house()
    except (SettingsError, SetupError, DatabaseError) as error:
        sys.exit(_said(str(error)))
    if in_demo() and not is_loopback(f"//{asked.host}"):
        sys.exit(_said("A demo, where one click signs anybody in, is for this machine only: leave --host away."))
    keep_words_out_of_logs()
    server = uvicorn.Server(
        uvicorn.Config(
            asgi, host=asked.host, port=asked.port, log_config=None, log_level="warning", access_log=False,
            server_header=False,
            ws="websockets-sansio", ws_max_size=20_000_000, timeout_graceful_shutdown=2,
            proxy_headers=bool(told.trusted_proxies), forwarded_allow_ips=list(told.trusted_proxies),
        )
    )  # fmt: skip
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _asked_to_stop)  # uvicorn raises it again when it has stopped
    server.run()
    if not server.started:
        sys.exit(FAILED)


def keep_words_out_of_logs() -> None:
    """Streamlit and uvicorn log what broke with its message, which may quote anybody. We log it ourselves, without."""
    before = logging.getLogRecordFactory()

    def without(*told: Any, **named: Any) -> logging.LogRecord:
        record = before(*told, **named)
        if record.name.split(".")[0] in ("streamlit", "uvicorn"):
            record.exc_info = None
        return record

    logging.setLogRecordFactory(without)


def _asked_to_stop(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _said(text: str) -> int:
    print(text, file=sys.stderr)  # noqa: T201  (one line for people, before there is a screen)
    return FAILED


def _ask_database() -> None:
    database, _ = house()
    with database.reading() as session:
        session.execute(text("SELECT 1"))


__all__ = ["LAYERS", "ROUTES", "OptionsError", "broke", "main", "opened", "script_broke"]
