"""The whole app as a process: what every answer carries, what is hidden, health, nudges, logs."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from models import Event, Installation
from models.base import utc_now
from models.database import Database
from tests.house import make_cast
from tests.workspace.conftest import Running, serving
from worker.installation import DEMO_FILE, SHORTEST_SECRET
from workspace.headers import inline_scripts, policy


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Running]:
    """One workspace for the tests below."""
    with serving(tmp_path_factory.mktemp("app"), sqlite_template) as started:
        yield started


@pytest.mark.parametrize("name", [None, "ana"])
@pytest.mark.parametrize(
    "path",
    ["/", "/health", "/nowhere/at", "/_stcore/host-config", "/_stcore/metrics", "/static/nothing.js", "/favicon.svg",
     "/sign-in", "/assets/sign-in.css", "/media/nothing", "//double", "/%2e%2e/%2e%2e/etc/passwd"],
)  # fmt: skip
def test_every_answer_carries_the_strict_headers(running: Running, name: str | None, path: str) -> None:
    with running.client(name) as client:
        answer = client.get(path)
    told = answer.headers["content-security-policy"]
    scripts = next((part for part in told.split("; ") if part.startswith("script-src")), "default-src 'none'")
    assert "unsafe-inline" not in scripts
    assert "unsafe-eval" not in scripts.replace("wasm-unsafe-eval", "")
    assert "frame-ancestors 'none'" in told
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "server" not in answer.headers


def test_the_sign_in_page_may_run_no_script_at_all(running: Running) -> None:
    with running.client() as client:
        told = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in told
    assert "script-src" not in told


def test_what_a_screen_loads_comes_from_here(running: Running) -> None:
    assert not re.search(r"https?:|ws:|wss:|\*", policy())
    with running.client("ana") as client:
        page = client.get("/").text
    assert len(inline_scripts()) == page.count("<script>")


@pytest.mark.parametrize("name", [None, "ada"])
def test_the_metrics_of_streamlit_are_hidden_from_everybody(running: Running, name: str | None) -> None:
    with running.client(name) as client:
        for path in ("/_stcore/metrics", "/_stcore/metrics/"):
            answer = client.get(path)
            assert (answer.status_code, answer.content) == (404, b"")


def test_a_stranger_sees_the_sign_in_page_with_200_and_health_without_a_cookie(running: Running) -> None:
    with running.client() as client:
        assert client.get("/").status_code == 200
        assert client.get("/health").json() == {"status": "ok"}
        assert client.head("/").status_code == 200


def test_health_says_no_when_the_database_is_gone(serve: Callable[..., Running]) -> None:
    running = serve()
    path = Path(str(running.database.engine.url.database))
    running.database.close()
    for file in path.parent.glob("quarterdeck.sqlite*"):
        file.unlink()
    path.mkdir()
    with running.client() as client:
        answer = client.get("/health")
        assert answer.status_code in (200, 503)  # an open connection may still answer
        broken = client.get("/", headers={"cookie": "quarterdeck_session=" + "x" * 43})
    assert "content-security-policy" in broken.headers
    assert "Traceback" not in broken.text


def test_something_new_nudges_an_open_stream_and_an_ended_session_closes_it(running: Running) -> None:
    with running.client("mia") as client, client.stream("GET", "/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.iter_lines()
        assert next(line for line in lines if line) == "retry: 3000"
        with running.database.writing() as session:
            session.add(Event(verb="claimed", at=utc_now()))
        assert next(line for line in lines if line.startswith("data:")).startswith("data: ")
        client.post("/sign-out")
        assert "event: ended" in list(lines)


def test_a_demo_database_is_not_served_outside_the_demo(tmp_path: Path, sqlite_template: Path) -> None:
    def demo(database: Database) -> None:
        make_cast(database)
        with database.writing() as session:
            session.add(Installation(demo=True))

    with pytest.raises(pytest.fail.Exception) as told, serving(tmp_path / "one", sqlite_template, demo):
        pass
    assert "This folder holds a demo" in str(told.value)
    with pytest.raises(pytest.fail.Exception), serving(tmp_path / "1", sqlite_template, demo, QUARTERDECK_DEMO="1"):
        pass
    secret = "s" * SHORTEST_SECRET
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / DEMO_FILE).write_text(secret)
    with (
        serving(tmp_path / "two", sqlite_template, demo, QUARTERDECK_DEMO=secret) as running,
        running.client() as client,
    ):
        page = client.get("/").text
        assert page.count('name="as"') == 4
        assert client.post("/sign-in", data={"as": "mia@example.org"}).status_code == 303
        assert client.post("/sign-in", data={"as": "stranger@example.org"}).status_code == 401
        elsewhere = {"host": "evil.example", "origin": "http://evil.example"}
        assert client.post("/sign-in", data={"as": "mia@example.org"}, headers=elsewhere).status_code == 401


def test_the_folder_it_is_started_in_changes_nothing(tmp_path: Path, sqlite_template: Path) -> None:
    folder = tmp_path / "served" / ".streamlit"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(
        "[server]\nenableStaticServing = true\nenableAgentApi = true\n"
        '[server.trustedUserHeaders]\nx-evil = "session"\n[browser]\ngatherUsageStats = true\n'
    )
    (tmp_path / "served" / "settings.py").write_text("raise SystemExit('the wrong settings')")
    with serving(tmp_path / "served", sqlite_template, STREAMLIT_SERVER_BASE_URL_PATH="elsewhere") as running:
        answer = httpx.get(running.url + "/")
        assert "Sign in" in answer.text
        with running.client("ana") as client:
            assert client.get("/_stcore/health").status_code == 200


def test_sigterm_ends_it_while_a_stream_is_open(serve: Callable[..., Running]) -> None:
    running = serve()
    with running.client("ana") as client, client.stream("GET", "/events") as stream:
        next(stream.iter_lines())
        running.process.terminate()
        assert running.process.wait(60) == 0
