"""Nobody is believed who brings no live cookie of ours, whatever else they bring."""

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from starlette.types import Receive, Scope, Send
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from models import User
from models.base import utc_now
from tests.workspace.conftest import Running, begin, serving
from worker import signins
from workspace.identity import COOKIE, Identity, check_identity
from workspace.options import IDENTITY_HEADER, OptionsError

NAMES = [IDENTITY_HEADER, "X-Quarterdeck-Session", "X_Quarterdeck_Session", "x-quarterdeck-role"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Running]:
    """One workspace for the tests below."""
    with serving(tmp_path_factory.mktemp("identity"), sqlite_template) as started:
        yield started


def open_socket(running: Running, headers: dict[str, str], origin: str | None = None) -> None:
    """Open Streamlit's websocket and close it again; `InvalidStatus` when it is refused."""
    address = running.url.replace("http", "ws") + "/_stcore/stream"
    told: Any = origin or running.url
    with connect(address, additional_headers=headers, origin=told, subprotocols=[Subprotocol("streamlit")]):
        pass


@pytest.mark.parametrize("name", NAMES)
def test_a_forged_header_opens_no_page_and_no_websocket(running: Running, name: str) -> None:
    live = signins.hash_of(begin(running.database, "ada"))  # even one that knows what stands in the database
    with running.client() as client:
        assert "Sign in" in client.get("/", headers={name: live}).text
        assert client.get("/events", headers={name: live}).status_code == 401
    with pytest.raises(InvalidStatus) as told:
        open_socket(running, {name: live})
    assert told.value.response.status_code == 403


def test_a_live_cookie_opens_the_websocket_from_our_own_page_only(running: Running) -> None:
    cookie = {"cookie": f"{COOKIE}={running.token('ana')}"}
    open_socket(running, cookie)
    with pytest.raises(InvalidStatus):
        open_socket(running, cookie, origin="https://evil.example")


@pytest.mark.parametrize("cookie", ["", "x", "f" * 64, "a" * 4000, "ü"])
def test_a_made_up_cookie_opens_nothing(running: Running, cookie: str) -> None:
    with running.client() as client:
        told = client.get("/", headers={b"cookie": f"{COOKIE}={cookie}".encode()})
    assert told.status_code == 200
    assert "Sign in" in told.text


def test_the_hash_that_is_kept_is_no_key(running: Running) -> None:
    with running.client() as client:
        kept = signins.hash_of(running.token("ana"))
        assert "Sign in" in client.get("/", headers={"cookie": f"{COOKIE}={kept}"}).text


@pytest.mark.parametrize(
    "path",
    ["/_stcore/host-config", "/_stcore/health", "/media/x.png", "/component/x/y.js", "/_stcore/agent/openapi.json"],
)
def test_streamlit_tells_a_stranger_nothing(running: Running, path: str) -> None:
    with running.client() as client:
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (401, b"")


def test_a_disabled_user_is_out_at_the_next_request(running: Running) -> None:
    with running.client("ben") as client:
        assert "Sign in" not in client.get("/").text
        with running.database.writing() as session:
            session.exec(select(User).where(User.email == "ben@example.org")).one().disabled_at = utc_now()
        assert "Sign in" in client.get("/").text


def test_the_database_holds_no_cookie(running: Running) -> None:
    path = str(running.database.engine.url.database)
    with sqlite3.connect(path) as connection:
        kept = " ".join(str(row) for row in connection.execute("SELECT * FROM signin"))
    connection.close()
    assert running.token("ana") not in kept


def test_a_server_that_lets_a_forged_websocket_in_refuses_to_serve() -> None:
    async def lets_all_in(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})

    with pytest.raises(OptionsError):
        asyncio.run(check_identity(lets_all_in))


@pytest.mark.parametrize("told", [{}, {"x-somebody": "session"}, {IDENTITY_HEADER: "session", "x-other": "more"}])
def test_a_server_whose_identity_option_is_not_ours_refuses_to_serve(told: dict[str, str]) -> None:
    from streamlit import config

    from workspace.options import IDENTITY_OPTION, set_options

    config.set_option(IDENTITY_OPTION, told)
    try:
        with pytest.raises(OptionsError):
            asyncio.run(check_identity(Identity(_closes, _closes, lambda _: None)))
    finally:
        set_options()
    asyncio.run(check_identity(Identity(_closes, _closes, lambda _: None)))


async def _closes(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "websocket.close", "code": 1008})
