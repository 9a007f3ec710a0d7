"""COMMANDS: `quarterdeck demo`: everything at work on this machine, with invented people. No key, no question asked.

Comes in: a port. Goes out: pretend platforms, worker and workspace, until stopped. What it starts knows nothing of the
caller's settings and keys (`worker/demo_apart.py`), and nothing in it reaches a real platform.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.common import FAILED, say, troubles
from models.database import Database
from settings import settings
from worker import demo as story
from worker.demo_apart import alone, data_folder, own_environment, platforms_environment, secret
from worker.house import SetupError
from worker.supervise import Child, python, stop_on_signals, supervise

HERE, PORT = "127.0.0.1", 8501
FILE = "quarterdeck.sqlite"
LOOK_SECONDS = 0.2
STORY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class _Demo:
    """What one start has come to."""

    folder: Path
    port: int
    platforms: int
    """The port of the pretend platforms."""
    browser: bool

    @property
    def url(self) -> str:
        return f"http://{HERE}:{self.port}"


def demo(
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Where the workspace listens; 0 = a free one.")] = PORT,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
) -> None:
    """Show everything at work with invented people, on this machine only, until stopped. Goes on where it was."""
    folder = data_folder(os.environ)
    _live_in(own_environment(os.environ, folder, story.BRAND))
    with stop_on_signals() as stopping, troubles():
        story.refuse_real_work(folder / FILE)
        with alone(folder), secret(folder) as proof:
            started = _Demo(folder, _workspace_port(port), _platforms_port(folder), not no_browser)
            database = _prepare(started, proof)
            try:
                code = 0 if stopping.is_set() else _run(started, database, stopping)
            finally:
                database.close()
    if code:
        raise typer.Exit(FAILED)


def _live_in(environment: Mapping[str, str]) -> None:
    """From now on this process and all it starts know nothing but these."""
    wanted = dict(environment)
    os.environ.clear()
    os.environ.update(wanted)
    settings.cache_clear()


def _prepare(started: _Demo, proof: Mapping[str, str]) -> Database:
    say("Setting up a demo: three weeks of an invented brand. Ready in some seconds.")
    with tempfile.TemporaryDirectory(prefix="quarterdeck-demo-") as scratch:
        places, history = _tell_story(started, Path(scratch))
        _live_in({**os.environ, **proof, **platforms_environment(f"http://{HERE}:{started.platforms}", places)})
        return story.prepare(settings(), places, history)


def _tell_story(started: _Demo, scratch: Path) -> tuple[dict[str, Any], Path]:
    """Where the story takes place, and a file of what happened before its last week."""
    places, history = scratch / "places.json", scratch / "history.csv"
    words = python("sandbox", "--data", _kept(started), "--places", str(places), "--history", str(history))
    done = subprocess.run(words, capture_output=True, text=True, timeout=STORY_SECONDS, start_new_session=True)
    if done.returncode:
        raise SetupError(f"The pretend platforms do not start: {done.stderr.strip().splitlines()[-1:]}")
    return json.loads(places.read_text(encoding="utf-8")), history


def _run(started: _Demo, database: Database, stopping: threading.Event) -> int:
    children = [
        Child("workspace", python("app", "--host", HERE, "--port", str(started.port)), must_start=True),
        Child(
            "platforms",
            python("sandbox", "--port", str(started.platforms), "--data", _kept(started), "--with-parent"),
            must_start=True,
            ready=lambda: _answers(started.platforms, "/sandbox/state"),
        ),
        Child("worker", python("cli", "worker")),
    ]
    greeter = threading.Thread(target=_greet, args=(started, database, stopping), name="greet")
    try:
        return supervise(children, stopping=stopping, ready=greeter.start)
    finally:
        stopping.set()
        if greeter.ident is not None:
            greeter.join()


def _kept(started: _Demo) -> str:
    return str(started.folder / "platforms")


def _greet(started: _Demo, database: Database, stopping: threading.Event) -> None:
    """Say where it is once it answers and everything is read; not before."""
    while not (_answers(started.port, "/health") and story.progress(database).ready):
        if stopping.wait(LOOK_SECONDS):
            return
    say(f"The demo is ready: {started.url}", "bold")
    for line in (
        f"{story.progress(database).waiting} people wait for an answer from {story.BRAND}. Come in with one click: as "
        "Ana or Ben, who answer; Mia, who manages; Ada, who sets everything up.",
        "Take one, answer, and stay a while: new posts come in, and some people answer back.",
        f"Nothing leaves this machine. It lies in {started.folder}; delete that folder to begin anew. Ctrl+C stops it.",
    ):
        say(line)
    if started.browser and _has_screen():
        webbrowser.open(started.url)


def _has_screen() -> bool:
    """Whether a browser would have a window, and not take over the terminal."""
    told = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in told)


def _answers(port: int, path: str) -> bool:
    """Whether one of ours answers there. Asked directly: no proxy stands between."""
    asked = HTTPConnection(HERE, port, timeout=5)
    try:
        asked.request("GET", path)
        return asked.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        asked.close()


def _workspace_port(wanted: int) -> int:
    if wanted and not _is_free(wanted):
        raise SetupError(f"Port {wanted} is taken. Say another one: quarterdeck demo --port {min(wanted + 1, 65_535)}.")
    return wanted or _any_port()


def _platforms_port(folder: Path) -> int:
    """The same as last time where it is free, so that addresses stay."""
    _, _, before = story.kept_address(folder / FILE).rpartition(":")
    return int(before) if before.isdigit() and _is_free(int(before)) else _any_port()


def _is_free(port: int) -> bool:
    try:
        socket.create_server((HERE, port)).close()
    except OSError:
        return False
    return True


def _any_port() -> int:
    with socket.create_server((HERE, 0)) as found:
        return int(found.getsockname()[1])
