"""The demo's house: filled once, read to the end, moved with its platforms, and closed to everything real."""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlmodel import Session, col, func, select

from models import Account, Brand, Installation, Mention, Response, ResponseAttempt, Source, User
from models.base import utc_now
from models.database import Database
from models.response import ResponseStatus
from models.values import How, Platform, Role, SourceKind
from responders.options import options
from responders.origin import not_here
from responders.verbs import respond
from sandbox.__main__ import write_history
from sandbox.life import load_story
from sandbox.places import places
from sandbox.server import Sandbox, running
from settings import Settings
from tests.worker.stage import Hand, told
from triage.history import By
from triage.queue import page
from worker.demo import CAST, Progress, kept_address, prepare, progress, refuse_real_work
from worker.demo_apart import alone, data_folder, own_environment, platforms_environment, secret, visible_at
from worker.embedded import run_once
from worker.house import SetupError, open_house
from worker.installation import DEMO_FILE, DEMO_VARIABLE, in_demo, is_demo, mark
from worker.lease import Worker
from worker.responding import fire, respond_due

KEY = f"{'A' * 22}%2B{'k3y' * 25}"
"""Looks like a key of X, and is none."""


def cast_of(session: Session) -> list[tuple[str, str, Role, str | None]]:
    """Everybody who works there."""
    return [(u.email, u.name, u.role, u.password_hash) for u in session.exec(select(User).order_by(col(User.id)))]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """The story, now."""
    with running(load_story()) as served:
        yield served


@pytest.fixture(scope="module")
def history(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is older than a week, as a file."""
    path = tmp_path_factory.mktemp("history") / "history.csv"
    write_history(sandbox.world, path)
    return path


@pytest.fixture
def here(sandbox: Sandbox, tmp_path: Path) -> Settings:
    """The demo's settings, in an empty folder."""
    return told(sandbox, data=tmp_path / "demo", fetch_timeout=20.0, grace_seconds=0)


@pytest.fixture
def filled(sandbox: Sandbox, here: Settings, history: Path) -> Iterator[Database]:
    """A demo's house before anything was polled."""
    database = prepare(here, places(sandbox.world), history)
    yield database
    database.close()


# ---------------------------------------------------------------- filling it


def test_it_is_marked_and_has_brand_accounts_people_sources_and_a_past(filled: Database, sandbox: Sandbox) -> None:
    with filled.reading() as session:
        assert is_demo(session) is True
        assert [(b.name, b.timezone) for b in session.exec(select(Brand))] == [("Tarnbrook", "Europe/London")]
        assert cast_of(session) == [(email, name, role, None) for email, name, role in CAST]
        accounts = {(a.handle, a.automatic, a.origin) for a in session.exec(select(Account)) if a.platform != "blog"}
        expected = {("tarnbrook", False), ("tarnbrook_bot", True), ("tarnbrook_team", False)}
        assert accounts == {(*told, sandbox.url) for told in expected}
        sources = session.exec(select(Source)).all()
        assert {s.kind for s in sources} == set(SourceKind)
        assert all(s.every_seconds <= 20 and s.name for s in sources)
        assert session.exec(select(func.count(col(Mention.id)))).one() > 20


def test_a_worker_reads_everything_and_the_queue_is_full(filled: Database, here: Settings) -> None:
    assert not progress(filled).ready
    run_once(Worker(filled, here))
    done = progress(filled)
    assert done.ready
    assert done.waiting > 30
    with filled.reading() as session:
        assert [s.last_error for s in session.exec(select(Source)) if s.last_error] == []
        rows = page(session, now=utc_now(), settings=here, limit=None)
    assert {row.platform for row in rows} == {"x", "reddit", "blog"}


@pytest.mark.parametrize("short", [Progress(1, 0, 5), Progress(0, 1, 5), Progress(0, 0, 0)])
def test_it_is_not_ready_while_anything_is_missing(short: Progress) -> None:
    assert not short.ready
    assert replace(short, unpolled=0, unread=0, waiting=1).ready


def test_preparing_again_changes_nothing_that_a_visitor_did(
    filled: Database, here: Settings, sandbox: Sandbox, history: Path
) -> None:
    with filled.writing() as session:
        session.exec(select(User).where(User.email == "ben@example.org")).one().disabled_at = utc_now()
        session.exec(select(Source).where(Source.kind == SourceKind.X_OWN)).one().removed_at = utc_now()
        before = session.exec(select(func.count(col(Mention.id)))).one()
    prepare(here, places(sandbox.world), history).close()
    with filled.reading() as session:
        assert session.exec(select(func.count(col(Mention.id)))).one() == before
        assert session.exec(select(User).where(User.email == "ben@example.org")).one().disabled_at is not None
        assert len(session.exec(select(Source)).all()) == 15


def test_cut_off_before_its_sources_it_is_finished_at_the_next_start(
    here: Settings, sandbox: Sandbox, history: Path, tmp_path: Path
) -> None:
    with pytest.raises(Exception, match="missing"):
        prepare(here, places(sandbox.world), tmp_path / "missing.csv")
    database = prepare(here, places(sandbox.world), history)
    with database.reading() as session:
        assert len(cast_of(session)) == 4
        assert len(session.exec(select(Source)).all()) == 15
    database.close()


def test_platforms_on_another_port_take_everything_that_is_theirs_along(
    filled: Database, here: Settings, sandbox: Sandbox, history: Path
) -> None:
    run_once(Worker(filled, here))
    with running(sandbox.world) as moved:
        there = told(moved, data=here.data, fetch_timeout=20.0)
        prepare(there, places(moved.world), history).close()
        assert kept_address(here.data / "quarterdeck.sqlite") == moved.url
        with filled.reading() as session:
            known = session.exec(select(func.count(col(Mention.id)))).one()
            urls = [*session.exec(select(Mention.url)), *session.exec(select(Source.target))]
        assert any(url.startswith(moved.url) for url in urls)
        assert not any(url.startswith(sandbox.url) for url in urls)
        run_once(Worker(filled, there))
    with filled.reading() as session:
        assert [s.last_error for s in session.exec(select(Source)) if s.last_error] == []
        late = session.exec(select(func.count(col(Mention.id)))).one() - known
    assert 0 <= late < 5  # what was said in between, and nothing twice


# ---------------------------------------------------------------- nothing in it reaches a real platform


def answered(session: Session, settings: Settings) -> Response:
    """Approve an answer to the most pressing of those that the platform's API may answer."""
    ana = session.exec(select(User).where(User.name == "Ana")).one()
    by = By(at=utc_now(), user_id=ana.id, role=ana.role)
    for row in page(session, now=utc_now(), settings=settings, limit=None):
        if options(session, row.id, settings, utc_now()).how == How.API:
            return respond(session, row.id, "We are on it.", by=by, settings=settings)
    raise AssertionError("nobody can be answered")


def test_an_answer_approved_in_a_demo_is_never_sent_by_a_worker_of_the_real_platform(
    filled: Database, here: Settings, sandbox: Sandbox
) -> None:
    run_once(Worker(filled, here))
    with filled.writing() as session:
        response = answered(session, here)
        assert response.origin == sandbox.url
    real = here.model_copy(update={"x_url": "", "reddit_url": "", "reddit_oauth_url": ""})
    before = dict(sandbox.log.counts())
    for settings in (real, here.model_copy(update={"x_url": "https://x.example"})):
        with filled.writing() as session:
            held = session.get_one(Response, response.id)
            assert not_here(session, held, settings)
            held.origin = settings.x_url  # as if it had been approved over there
            session.flush()
            assert "nothing in it ever reaches a real platform" in not_here(session, held, settings)
        assert response.id is not None
        assert not fire(Hand(filled, settings), response.id)
        assert respond_due(Hand(filled, settings)) == 0
    with filled.writing() as session:
        held = session.get_one(Response, response.id)
        assert held.status == ResponseStatus.APPROVED
        assert session.exec(select(ResponseAttempt)).all() == []
        held.origin = sandbox.url
    assert sandbox.log.counts() == before
    run_once(Worker(filled, here))
    with filled.reading() as session:
        assert session.get_one(Response, response.id).status == ResponseStatus.SENT


def test_keys_of_somebody_who_looks_into_a_demo_are_no_accounts_of_it(filled: Database, here: Settings) -> None:
    theirs = {"reddit_username": "somebody", "x_access_token": SecretStr("4711-secret"), "x_url": ""}
    open_house(here.model_copy(update=theirs)).close()
    with filled.reading() as session:
        found = set(session.exec(select(Account.handle)))
    assert found == {"tarnbrook", "tarnbrook_bot", "tarnbrook_team", "Tarnbrook"}


def test_no_key_setting_or_proxy_of_the_caller_is_in_its_environment(tmp_path: Path) -> None:
    caller = {
        "PATH": "/bin", "LC_ALL": "C.UTF-8", "DATABASE_URL": "postgresql://real", "QUARTERDECK_X_BEARER_TOKEN": KEY,
        "QUARTERDECK_DATA": "/somewhere", "QUARTERDECK_CONFIG": "/etc/real", "QUARTERDECK_DEMO": KEY,
        "X_BEARER_TOKEN": KEY, "praw_client_id": KEY, "PGPASSWORD": KEY, "HTTPS_PROXY": KEY, "https_proxy": KEY,
    }  # fmt: skip
    own = own_environment(caller, tmp_path, "Tarnbrook")
    assert own["PATH"] == "/bin"
    assert own["QUARTERDECK_DATA"] == str(tmp_path)
    assert {n for n in own if not n.startswith("QUARTERDECK_")} == {"PATH", "LC_ALL"}
    assert {KEY, "/etc/real", "/somewhere"}.isdisjoint(own.values())


def test_settings_files_in_its_folder_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from settings import settings

    (tmp_path / ".env").write_text(f"QUARTERDECK_X_BEARER_TOKEN={KEY}\nDATABASE_URL=postgresql://real/one\n")
    (tmp_path / "quarterdeck.toml").write_text('grace_seconds = 77\nreddit_client_id = "real"\n')
    own = own_environment({}, tmp_path, "Tarnbrook")
    keys = platforms_environment("http://127.0.0.1:9", places(load_story()))
    for name, value in (own | keys).items():
        monkeypatch.setenv(name, value)
    read = settings()
    assert read.x_bearer_token.get_secret_value() == "sandbox-bearer"
    assert read.reddit_username == "tarnbrook_team"
    assert read.grace_seconds == 10
    assert read.database == f"sqlite:///{tmp_path}/quarterdeck.sqlite"
    assert read.allow_addresses == ("127.0.0.1:9",)


# ---------------------------------------------------------------- never in a real house


def database_file(folder: Path) -> tuple[Path, Database]:
    """A database of ours, without a mark."""
    path = folder / "quarterdeck.sqlite"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    return path, database


def test_a_missing_an_empty_and_an_unused_database_are_welcome(tmp_path: Path) -> None:
    refuse_real_work(tmp_path / "nothing.sqlite")
    (tmp_path / "empty.sqlite").touch()
    refuse_real_work(tmp_path / "empty.sqlite")
    path, database = database_file(tmp_path)
    refuse_real_work(path)
    with database.writing() as session:
        mark(session, demo=True)
        session.add(User(email="ana@example.org", role=Role.AMBASSADOR))
    refuse_real_work(path)
    database.close()


def test_a_database_with_users_sources_or_the_mark_of_real_work_is_refused_untouched(tmp_path: Path) -> None:
    for number, row in enumerate(
        (
            User(email="ana@example.org", role=Role.ADMIN),
            Installation(demo=False),
            Source(brand_id=1, kind=SourceKind.FEED, target="https://example.org/feed", every_seconds=900),
        )
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        path, database = database_file(folder)
        with database.writing() as session:
            session.add(Brand(id=1, name="Acme"))
            session.flush()
            session.add(row)
        database.close()
        before = sha256(path.read_bytes()).digest()
        with pytest.raises(SetupError, match="real work"):
            refuse_real_work(path)
        assert sha256(path.read_bytes()).digest() == before


def test_a_file_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.sqlite").write_text("Dear Sir or Madam")
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    for name in ("letter.sqlite", "other.sqlite"):
        with pytest.raises(SetupError, match="real work"):
            refuse_real_work(tmp_path / name)


# ---------------------------------------------------------------- a folder and a secret of its own


def test_its_folder_is_the_one_said_or_one_beside_that_of_real_work(tmp_path: Path) -> None:
    assert data_folder({"QUARTERDECK_DATA": str(tmp_path)}) == tmp_path
    assert data_folder({}).name == "quarterdeck-demo"
    assert data_folder({"QUARTERDECK_DATA": " "}) == data_folder({})


def test_one_folder_holds_one_demo_at_a_time(tmp_path: Path) -> None:
    with alone(tmp_path / "new"), pytest.raises(SetupError, match="already"), alone(tmp_path / "new"):
        pass
    with alone(tmp_path / "new"):
        pass


def test_only_who_knows_the_secret_of_the_demo_that_runs_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTERDECK_DATA", str(tmp_path))
    with secret(tmp_path) as first:
        assert os.stat(tmp_path / DEMO_FILE).st_mode & 0o077 == 0
        for told in ("1", "", "x" * 64):
            monkeypatch.setenv(DEMO_VARIABLE, told)
            assert not in_demo()
        monkeypatch.setenv(DEMO_VARIABLE, first[DEMO_VARIABLE])
        assert in_demo()
    assert not in_demo()
    with secret(tmp_path) as second:
        assert second != first
        assert not in_demo()


def test_an_empty_secret_file_opens_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTERDECK_DATA", str(tmp_path))
    monkeypatch.setenv(DEMO_VARIABLE, "")
    (tmp_path / DEMO_FILE).touch()
    assert not in_demo()


def test_in_a_demo_links_lead_to_the_pretend_platforms_and_elsewhere_to_the_real_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTERDECK_DATA", str(tmp_path))
    monkeypatch.setenv("QUARTERDECK_X_URL", "http://127.0.0.1:9")
    post = "https://x.com/marta/status/1"
    assert visible_at(post) == post
    with secret(tmp_path) as proof:
        monkeypatch.setenv(DEMO_VARIABLE, proof[DEMO_VARIABLE])
        assert visible_at(post) == "http://127.0.0.1:9/open?url=https%3A%2F%2Fx.com%2Fmarta%2Fstatus%2F1"
        assert visible_at("") == ""


def test_platform_names_are_those_of_the_models() -> None:
    assert {Platform(a["platform"]) for a in places(load_story())["accounts"]} == set(Platform)
