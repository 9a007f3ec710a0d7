"""`up` and what it stands on: children that are started, started again, and stopped, whatever happens to us."""

import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil  # type: ignore[import-untyped]
import pytest

from models import Installation, User
from models.database import Database
from tests.house import make_cast
from tests.workspace.conftest import ROOT, free_port
from worker import installation
from worker.supervise import Child, supervise

LOOP = "import time, sys; print('here', flush=True)\nwhile True: time.sleep(0.05)"
PATIENCE = 60


def until(true: Callable[[], object], what: str) -> None:
    """Return when it is so; fail when it takes a minute."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            pytest.fail(f"waited a minute for: {what}")
        time.sleep(0.02)


def script(code: str) -> list[str]:
    return [sys.executable, "-c", code]


class Supervised:
    """`supervise` in a thread of this process."""

    def __init__(self, *children: Child) -> None:
        self.out, self.stopping, self.code = io.StringIO(), threading.Event(), -1
        self.thread = threading.Thread(target=self._run, args=(children,))

    def __enter__(self) -> "Supervised":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self.thread.join(PATIENCE)

    def _run(self, children: tuple[Child, ...]) -> None:
        self.code = supervise(children, stopping=self.stopping, out=self.out)


def test_each_line_says_which_child_said_it_and_all_stop_when_asked() -> None:
    with Supervised(Child("one", script(LOOP)), Child("two", script(LOOP))) as run:
        until(lambda: run.out.getvalue().count("here") == 2, "both to speak")
    assert run.code == 0
    assert sorted(run.out.getvalue().splitlines()) == ["one       | here", "two       | here"]


def test_a_child_that_ends_is_started_again() -> None:
    with Supervised(Child("short", script("print('here')"))) as run:
        until(lambda: run.out.getvalue().count("here") >= 2, "a second start")
    assert run.code == 0


def test_a_child_that_must_start_and_does_not_ends_everything_with_its_code() -> None:
    run = Supervised(Child("well", script(LOOP)), Child("ill", script("raise SystemExit(7)"), must_start=True))
    run.thread.start()
    run.thread.join(PATIENCE)
    assert run.code == 7


def test_a_child_gets_its_own_environment_on_top_of_ours() -> None:
    said = "import os; print(os.environ['ONE'], 'PATH' in os.environ, flush=True)\n" + LOOP
    with Supervised(Child("one", script(said), {"ONE": "1"})) as run:
        until(lambda: "1 True" in run.out.getvalue(), "its environment")


def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    child = f"from worker.supervise import end_with_parent; end_with_parent()\n{LOOP}"
    code = (
        "import sys, threading; from worker.supervise import Child, supervise\n"
        f"supervise([Child('one', [sys.executable, '-c', {child!r}])], stopping=threading.Event(), out=sys.stdout)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(script(code), stdout=subprocess.PIPE, text=True, env=environment, cwd=tmp_path) as parent:
        assert parent.stdout is not None
        assert "here" in parent.stdout.readline()
        (one,) = psutil.Process(parent.pid).children()
        parent.kill()
        until(lambda: not one.is_running() or one.status() == psutil.STATUS_ZOMBIE, "the child to notice")


# ---------------------------------------------------------------- quarterdeck up


class Up:
    """`quarterdeck up` as a process."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.port, self.folder = port or free_port(), folder
        given = {k: v for k, v in os.environ.items() if not k.startswith(("QUARTERDECK_", "DATABASE_URL"))}
        words = [sys.executable, "-P", "-m", "cli", "up", "--port", str(self.port)]
        self.log = (folder / "up.log").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            words, env={**given, "QUARTERDECK_DATA": str(folder)}, stdout=self.log, stderr=subprocess.STDOUT, cwd=folder
        )

    def __enter__(self) -> "Up":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        self.log.close()

    def ends(self) -> tuple[int, str]:
        """Its exit code and what it said."""
        code = self.process.wait(PATIENCE)
        return code, (self.folder / "up.log").read_text()

    def healthy(self) -> bool:
        """Whether the workspace answers; fails if `up` has ended."""
        if self.process.poll() is not None:
            pytest.fail((self.folder / "up.log").read_text())
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/health").status_code == 200
        except httpx.TransportError:
            return False

    def children(self) -> dict[str, psutil.Process]:
        """The worker and the workspace."""
        found = psutil.Process(self.process.pid).children()
        alive = [child for child in found if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
        return {"workspace" if "app" in child.cmdline() else "worker": child for child in alive}


@pytest.fixture
def folder(tmp_path: Path, sqlite_template: Path) -> Path:
    """A data folder with the cast, Ada with a password."""
    database = opened(tmp_path, sqlite_template)
    cast = make_cast(database)
    with database.writing() as session:
        session.get_one(User, cast["ada"]).password_hash = "$argon2id$never-verified-here"
    database.close()
    return tmp_path


def opened(folder: Path, template: Path) -> Database:
    (folder / "quarterdeck.sqlite").write_bytes(template.read_bytes())
    return Database(f"sqlite:///{folder / 'quarterdeck.sqlite'}")


def test_up_runs_both_starts_a_killed_one_again_and_stops_both_on_sigterm(folder: Path) -> None:
    with Up(folder) as up:
        until(up.healthy, "the workspace")
        before = up.children()
        assert set(before) == {"worker", "workspace"}
        before["workspace"].kill()
        until(lambda: up.children().get("workspace") not in (None, before["workspace"]), "another workspace")
        until(up.healthy, "the workspace again")
        after = up.children()
        up.process.terminate()
        code, said = up.ends()
    assert code == 0, said
    assert after["worker"] == before["worker"]
    assert not any(child.is_running() for child in after.values())
    with Database(f"sqlite:///{folder / 'quarterdeck.sqlite'}").reading() as session:
        assert installation.is_demo(session) is False


def test_up_without_anybody_says_which_command_makes_the_first_admin(tmp_path: Path) -> None:
    with Up(tmp_path) as up:
        code, said = up.ends()
    assert code == 1
    assert "quarterdeck user add you@example.org --role admin --password-stdin" in said.replace("\n", " ")


def test_up_refuses_a_demo_and_starts_nothing(folder: Path) -> None:
    with Database(f"sqlite:///{folder / 'quarterdeck.sqlite'}").writing() as session:
        session.add(Installation(demo=True))
    with Up(folder) as up:
        code, said = up.ends()
    assert code == 2
    assert "This folder holds a demo" in said
    assert "workspace |" not in said


def test_up_ends_with_one_when_its_port_is_taken(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with Up(folder, taken.getsockname()[1]) as up:
            code, said = up.ends()
    assert code == 1, said
