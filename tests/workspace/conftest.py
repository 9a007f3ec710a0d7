"""TESTS: a workspace that really runs, and a browser that looks at it.

`serve(fill)` starts the app as a process of its own on a free port, on a database that `fill` filled. `visit(…)` opens
a page as one of the cast; at the end of the test it fails if anything left this machine, if a script failed or if the
content policy had to stop something. `run_as(…)` runs the script without a browser.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from models import User
from models.base import utc_now
from models.database import Database
from settings import settings
from tests.conftest import missing
from tests.house import make_cast
from worker import signins
from workspace.house import close_house
from workspace.identity import COOKIE
from workspace.options import IDENTITY_KEY

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("QUARTERDECK_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
"""An installed one; None = Playwright's own, if it has been fetched."""
FLAGS = [
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
    "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
START_SECONDS = 120
PATIENCE_MS = 60_000
"""How long a page may take on a machine that is busy with other tests."""
DESK = {"width": 1440, "height": 780}
PHONE = {"width": 390, "height": 844}
LOOKED_FOR = ("/_stcore/health", "/_stcore/host-config")
"""Below the address of a screen Streamlit's page first looks for its server there, in vain, and says so."""
Fill = Callable[[Database], object]


# ---------------------------------------------------------------- a workspace that runs


@dataclass
class Running:
    """A workspace that runs in a process of its own."""

    url: str
    database: Database
    process: subprocess.Popen[str]
    log: Path
    tokens: dict[str, str] = field(default_factory=dict)

    def token(self, name: str) -> str:
        """A live session of one of the cast: the cookie's value."""
        if name not in self.tokens:
            self.tokens[name] = begin(self.database, name)
        return self.tokens[name]

    def client(self, name: str | None = None) -> httpx.Client:
        """A client with the cookie of one of the cast, or none. It says where its forms come from, as browsers do."""
        cookies = {COOKIE: self.token(name)} if name else {}
        return httpx.Client(base_url=self.url, cookies=cookies, headers={"origin": self.url}, timeout=60)


def begin(database: Database, name: str) -> str:
    """Open a session for one of the cast and return its token."""
    with database.writing() as session:
        user_id = session.exec(select(User.id).where(User.email == f"{name}@example.org")).one()
        assert user_id is not None
        return signins.begin(session, user_id, utc_now())


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(folder: Path, template: Path, fill: Fill = make_cast, **environment: str) -> Iterator[Running]:
    """Start the app on an embedded database in the folder, filled; stop it at the end. For fixtures of any scope."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "quarterdeck.sqlite"
    shutil.copy(template, path)
    database = Database(f"sqlite:///{path}")
    fill(database)
    port = free_port()
    words = [sys.executable, "-P", "-m", "app", "--port", str(port)]
    given = {k: v for k, v in os.environ.items() if not k.startswith(("QUARTERDECK_", "STREAMLIT_", "DATABASE_URL"))}
    given |= {"QUARTERDECK_DATA": str(folder), **environment}
    log = folder / "workspace.log"
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(words, env=given, cwd=folder, stdout=out, stderr=subprocess.STDOUT, text=True)
    running = Running(f"http://127.0.0.1:{port}", database, process, log)
    try:
        wait_until_healthy(running)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        finally:
            process.kill()
            process.wait()
            database.close()


def wait_until_healthy(running: Running) -> None:
    """Return when the app answers; fail with its log when it ends or takes too long."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and running.process.poll() is None:
        try:
            if httpx.get(f"{running.url}/health", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    pytest.fail(f"the workspace did not start ({running.process.poll()}):\n{running.log.read_text()}")


@pytest.fixture
def serve(tmp_path: Path, sqlite_template: Path) -> Iterator[Callable[..., Running]]:
    """`serve(fill, QUARTERDECK_X="…")` starts a workspace; all stop when the test ends."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        numbers = iter(range(1, 100))

        def start(fill: Fill = make_cast, **environment: str) -> Running:
            folder = tmp_path / f"served{next(numbers)}"
            return stack.enter_context(serving(folder, sqlite_template, fill, **environment))

        yield start


# ---------------------------------------------------------------- a browser that looks at it


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a window. One a file: while it is open, no test of this process can run a loop of its own."""
    with sync_playwright() as playwright:
        if CHROMIUM is None and not Path(playwright.chromium.executable_path).exists():
            missing("browser", "no Chromium is installed")
        expect.set_options(timeout=PATIENCE_MS)
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@dataclass
class Watch:
    """What a page did that it should not have done."""

    left: list[str] = field(default_factory=list)
    """Addresses asked for that are not on this machine."""
    errors: list[str] = field(default_factory=list)
    """Errors on the console, failed scripts, and what the content policy stopped."""

    def over(self, page: Page) -> None:
        """Watch this page from now on."""
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.errors.append(f"page error: {error}"))

    def _asked(self, request: Request) -> None:
        where = urlsplit(request.url)
        if where.scheme in ("http", "https", "ws", "wss") and where.hostname != "127.0.0.1":
            self.left.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        where = str(message.location.get("url", ""))
        if message.type == "error" and not (where.endswith(LOOKED_FOR) and "404" in message.text):
            self.errors.append(f"console: {message.text} ({where})")


@pytest.fixture
def watch() -> Watch:
    """What the pages of this test did; a test that expects an error takes it out of `errors`."""
    return Watch()


@pytest.fixture
def visit(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """`visit(running, "ana", path="/", viewport=PHONE, color_scheme="dark")` opens a page; None = not signed in."""
    contexts: list[BrowserContext] = []

    def open_page(running: Running, name: str | None, path: str = "/", **told: Any) -> Page:
        context = browser.new_context(**{"viewport": DESK, "timezone_id": "Europe/Berlin", "locale": "en-GB", **told})
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        if name is not None:
            cookie = {"name": COOKIE, "value": running.token(name), "url": running.url, "httpOnly": True}
            context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        watch.over(page)
        page.goto(running.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not watch.left, f"left this machine: {watch.left}"
    assert not watch.errors, watch.errors


# ---------------------------------------------------------------- the script without a browser


@pytest.fixture
def run_as(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """`run_as("ana")` runs the workspace's script as one of the cast on `database`; None = not signed in."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    settings.cache_clear()

    def run(name: str | None, *, timezone: str = "Europe/Berlin", **query: str) -> AppTest:
        test = AppTest.from_file(str(ROOT / "workspace" / "main.py"), default_timeout=60)
        test.user = {IDENTITY_KEY: signins.hash_of(begin(database, name)) if name else None}
        test.context = {"timezone": timezone}
        for key, value in query.items():
            test.query_params[key] = value
        return test.run()

    yield run
    close_house()
    settings.cache_clear()
