"""`quarterdeck demo` as a newcomer runs it: a process of its own, with keys around that it must not see."""

import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil  # type: ignore[import-untyped]
import pytest
from pydantic import SecretStr
from sqlmodel import col, func, select

from models import Conversation, Mention, Response, Source, User, Wait
from models.base import utc_now
from models.database import Database
from models.response import ResponseStatus
from models.values import How, Role
from responders.options import options
from responders.verbs import respond
from settings import Settings
from tests.worker.stage import ROOT, command
from triage.history import By
from triage.queue import backlog, page

SECRET = f"{'A' * 22}%2B{'k3y' * 25}"
"""Looks like a key of X, and is none."""
DEADLINE = 120.0


@dataclass
class Running:
    """A demo that runs."""

    process: subprocess.Popen[str]
    folder: Path
    log: Path

    def __post_init__(self) -> None:
        self.database = Database(f"sqlite:///{self.folder}/quarterdeck.sqlite")

    @property
    def said(self) -> str:
        """What it told people."""
        return self.log.read_text(encoding="utf-8")

    @property
    def url(self) -> str:
        """Where its workspace is, as it told people."""
        found = re.search(r"The demo is ready: (http://127\.0\.0\.1:\d+)", self.said)
        assert found, self.said
        return found[1]

    def children(self) -> dict[str, psutil.Process]:
        """The processes it watches over, by the module they run."""
        found = psutil.Process(self.process.pid).children(recursive=True)
        named = {c.cmdline()[c.cmdline().index("-m") + 1]: c for c in found if "-m" in c.cmdline()}
        assert set(named) >= {"sandbox", "cli", "app"}
        return named

    def platforms(self) -> str:
        """The address of its pretend platforms."""
        words = self.children()["sandbox"].cmdline()
        return f"http://127.0.0.1:{words[words.index('--port') + 1]}"

    def settings(self, **more: Any) -> Settings:
        """What its worker was told."""
        told = self.children()["cli"].environ()
        names = {
            n: told[f"QUARTERDECK_{n.upper()}"] for n in Settings.model_fields if f"QUARTERDECK_{n.upper()}" in told
        }
        return Settings(**names | more)


def until(true: Callable[[], object], what: str) -> None:
    """Wait for a condition; fail when it does not come."""
    end = time.monotonic() + DEADLINE
    while not true():
        if time.monotonic() > end:
            pytest.fail(f"{what} did not happen within {DEADLINE:g} s")
        time.sleep(0.05)


def start(folder: Path, *words: str, **environment: str) -> Running:
    """Run the demo until it says that it is ready, or has ended."""
    given = {n: v for n, v in os.environ.items() if not n.startswith("QUARTERDECK_")}
    given |= {"QUARTERDECK_DATA": str(folder), **environment}
    log = Path(tempfile.mkdtemp(prefix="demo-log-", dir=folder.parent)) / "said.txt"
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            command("demo", "--no-browser", "--port", "0", *words), cwd=ROOT, env=given, text=True,
            stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    running = Running(process, folder, log)
    try:
        until(lambda: process.poll() is not None or "Ctrl+C stops it." in running.said, "being ready")
    except BaseException:
        process.terminate()
        raise
    return running


def stop(running: Running) -> None:
    """Ask it to stop; nothing of it may be left."""
    running.database.close()
    watched = [psutil.Process(running.process.pid), *running.children().values()]
    running.process.send_signal(signal.SIGTERM)
    _, alive = psutil.wait_procs(watched, timeout=60)
    for left in alive:
        left.kill()
    assert alive == []
    assert running.process.wait() == 0


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a caller with real work has around them."""
    folder = tmp_path_factory.mktemp("config")
    (folder / ".env").write_text(f"QUARTERDECK_X_CONSUMER_KEY={SECRET}\n")
    (folder / "quarterdeck.toml").write_text(f'x_access_token = "{SECRET}"\n')
    return {
        "QUARTERDECK_CONFIG": str(folder), "QUARTERDECK_X_BEARER_TOKEN": SECRET, "QUARTERDECK_X_URL": "https://x.invalid",
        "QUARTERDECK_REDDIT_PASSWORD": SECRET, "DATABASE_URL": f"postgresql://real:{SECRET}@127.0.0.1:9/real",
        "HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", "MY_KEY": SECRET,
    }  # fmt: skip


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, around: dict[str, str]) -> Iterator[Running]:
    """One demo for the tests below."""
    started = start(tmp_path_factory.mktemp("demo") / "data", **around)
    assert started.process.poll() is None, started.said
    try:
        yield started
    finally:
        started.database.close()
        if started.process.poll() is None:
            started.process.terminate()
            started.process.wait(60)


def test_when_it_says_ready_a_page_answers_and_the_queue_is_full(running: Running) -> None:
    answer = httpx.get(running.url, trust_env=False)
    assert answer.status_code == 200
    assert answer.text.count('name="as"') == 4
    with running.database.reading() as session:
        assert backlog(session) > 30
        assert session.exec(select(func.count(col(Mention.id))).where(col(Mention.read_at).is_(None))).one() == 0
        assert [s.last_error for s in session.exec(select(Source)) if s.last_error] == []


def test_it_listens_on_this_machine_only(running: Running) -> None:
    listening = [
        connection.laddr.ip
        for child in running.children().values()
        for connection in child.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert len(listening) >= 2
    assert set(listening) == {"127.0.0.1"}


def test_nothing_of_the_callers_keys_and_settings_is_in_it(running: Running, around: dict[str, str]) -> None:
    for child in running.children().values():
        told = child.environ()
        assert not [n for n, v in told.items() if SECRET in v or "x.invalid" in v]
        assert not {"DATABASE_URL", "HTTP_PROXY", "HTTPS_PROXY"} & set(told)
        assert told["QUARTERDECK_CONFIG"] != around["QUARTERDECK_CONFIG"]
    assert running.settings().x_bearer_token == SecretStr("sandbox-bearer")
    for file in running.folder.rglob("*"):
        assert not file.is_file() or SECRET.encode() not in file.read_bytes(), file
    assert SECRET not in running.said
    seen = httpx.get(f"{running.platforms()}/sandbox/requests", trust_env=False).json()["requests"]
    assert len(seen) > 10
    assert SECRET not in json.dumps(seen)
    assert {r["status"] for r in seen} & {401, 403} == set()


def test_one_click_signs_in_here_and_nobody_from_elsewhere(running: Running) -> None:
    with httpx.Client(base_url=running.url, headers={"origin": running.url}, trust_env=False) as client:
        evil = {"host": "evil.example", "origin": "http://evil.example"}
        assert client.post("/sign-in", data={"as": "ana@example.org"}, headers=evil).status_code == 401
        assert client.post("/sign-in", data={"as": "nobody@example.org"}).status_code == 401
        assert client.post("/sign-in", data={"email": "ada@example.org", "password": ""}).status_code == 401
        for name in ("ana", "ben", "mia", "ada"):
            assert client.post("/sign-in", data={"as": f"{name}@example.org"}).status_code == 303
            assert 'name="as"' not in client.get("/").text


def test_new_posts_and_people_who_answer_back_reach_the_queue_by_themselves(running: Running) -> None:
    database, told = running.database, running.settings()
    with database.writing() as session:
        ana = session.exec(select(User).where(User.name == "Ana")).one()
        by = By(at=utc_now(), user_id=ana.id, role=Role.AMBASSADOR)
        rows = [
            r for r in page(session, now=utc_now(), settings=told, limit=None)
            if options(session, r.id, told, utc_now()).how == How.API
        ]  # fmt: skip
        ours = [respond(session, r.id, f"We are on it, {r.author}.", by=by, settings=told).id for r in rows[:12]]
        assert {r.platform for r in rows[:12]} >= {"x"}
        answered = [r.id for r in rows[:12]]

    def states() -> list[ResponseStatus]:
        with database.reading() as session:
            return [r.status for r in session.exec(select(Response).where(col(Response.id).in_(ours)))]

    until(lambda: set(states()) == {ResponseStatus.SENT}, "sending every answer")
    # Nobody has to wait here: the platforms' clock is set ahead by more than they take to answer.
    httpx.post(f"{running.platforms()}/sandbox/clock", json={"advance": 1200}, trust_env=False)

    def back() -> int:
        with database.reading() as session:
            again = select(func.count(col(Conversation.id))).where(
                col(Conversation.id).in_(answered), col(Conversation.waiting_since).is_not(None)
            )
            return session.exec(again).one()

    def new() -> set[str]:
        with database.reading() as session:
            return set(session.exec(select(Mention.text).where(col(Mention.text).contains("does the Tarn Mini beep"))))

    until(lambda: back() >= 1, "somebody's answer to our answer")
    until(new, "what the story still has to tell")
    with database.reading() as session:
        ended = session.exec(
            select(Wait).where(col(Wait.conversation_id).in_(answered), col(Wait.ended_at).is_not(None))
        )
        assert len(ended.all()) >= 12


@pytest.mark.parametrize(
    ("words", "forged"),
    [(("up", "--port", "1"), ""), (("worker", "--once"), "1"), (("listen", "--once"), "f" * 64)],
)
def test_outside_the_demo_its_folder_is_refused(running: Running, words: tuple[str, ...], forged: str) -> None:
    given = {n: v for n, v in os.environ.items() if not n.startswith("QUARTERDECK_")}
    told = given | {"QUARTERDECK_DATA": str(running.folder), "QUARTERDECK_DEMO": forged}
    done = subprocess.run(command(*words), cwd=ROOT, env=told, capture_output=True, text=True, timeout=90)
    assert done.returncode == 2
    assert "holds a demo" in done.stderr


def test_a_second_demo_in_the_same_folder_is_refused(running: Running) -> None:
    second = start(running.folder)
    assert second.process.wait() == 2
    assert "already" in second.said
    assert running.process.poll() is None


def test_stopped_it_leaves_nothing_and_started_again_it_goes_on_even_on_another_port(running: Running) -> None:
    with running.database.reading() as session:
        known = set(session.exec(select(Mention.external_id)))
        sent = set(session.exec(select(Response.external_id)))
    before = running.platforms()
    secret = running.children()["app"].environ()["QUARTERDECK_DEMO"]
    stop(running)
    assert not (running.folder / "demo-running").exists()
    with socket.create_server(("127.0.0.1", int(before.rpartition(":")[2]))):
        again = start(running.folder)
        try:
            assert again.platforms() != before
            assert again.children()["app"].environ()["QUARTERDECK_DEMO"] != secret
            with again.database.reading() as session:
                assert set(session.exec(select(Mention.external_id))) >= known
                assert set(session.exec(select(Response.external_id))) >= sent
                assert set(session.exec(select(Source.origin).where(Source.kind == "x-own"))) == {again.platforms()}
                polled = {s.id: s.last_polled_at for s in session.exec(select(Source))}

            def fresh() -> bool:
                with again.database.reading() as session:
                    now = session.exec(select(Source)).all()
                    return all(s.last_polled_at != polled[s.id] and not s.last_error for s in now)

            until(fresh, "polling every source at the new address")
        finally:
            stop(again)


# ---------------------------------------------------------------- never in a real house


def test_a_folder_with_real_work_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/quarterdeck.sqlite")
    database.migrate()
    with database.writing() as session:
        session.add(User(email="ada@example.org", role=Role.ADMIN))
    database.close()
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    refused = start(tmp_path)
    assert refused.process.wait() == 2
    assert "real work" in refused.said
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if not p.name.endswith(("-shm", "-wal"))} == before


def test_a_port_that_is_taken_is_named_with_another_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        refused = start(tmp_path / "data", "--port", str(number))
    assert refused.process.wait() == 2
    assert f"Port {number} is taken" in refused.said


def test_one_click_opens_nothing_in_a_real_house_even_with_a_forged_secret(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/quarterdeck.sqlite")
    database.migrate()
    with database.writing() as session:
        session.add(User(email="ada@example.org", role=Role.ADMIN, password_hash="x"))
    database.close()
    (tmp_path / "demo-running").write_text("f" * 64)
    given = {n: v for n, v in os.environ.items() if not n.startswith("QUARTERDECK_")}
    told = given | {"QUARTERDECK_DATA": str(tmp_path), "QUARTERDECK_DEMO": "f" * 64}
    marked = subprocess.run(
        command("up", "--port", "1"), cwd=ROOT, env=told, capture_output=True, text=True, timeout=90
    )
    assert marked.returncode != 0
    assert "no demo runs in it" in marked.stderr
