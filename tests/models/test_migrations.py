"""TESTS: migrations: all or nothing, by one process at a time, and never backwards."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from models.database import MIGRATIONS, Database, DatabaseError, newest_migration

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any schema."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'quarterdeck.sqlite'}"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture
def empty(empty_url: str) -> Iterator[Database]:
    opened = Database(empty_url)
    yield opened
    opened.close()


def migrate_elsewhere(url: str, point: str = "") -> subprocess.Popen[bytes]:
    """Migrate in a process of its own, which kills itself at the point, if one is named."""
    command = [sys.executable, "-m", "tests.models.storm_migration", url, point]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    out, error = process.communicate(timeout=120)
    assert process.returncode in (0, -signal.SIGKILL), error.decode()[-2000:]
    return process.returncode, out.decode().strip()


def tables(database: Database) -> set[str]:
    with database.engine.connect() as connection:
        return set(inspect(connection).get_table_names())


@pytest.mark.parametrize("point", ["migrate.create_table.1", "migrate.create_table.9", "migrate.before_commit"])
def test_a_migration_killed_half_way_leaves_the_old_schema_and_the_next_one_mends_it(
    empty: Database, point: str
) -> None:
    code, _ = ended(migrate_elsewhere(empty.url, point))
    assert code == -signal.SIGKILL
    assert empty.version() is None
    assert tables(empty) == set()
    assert empty.migrate() is True
    assert (empty.version(), tables(empty)) == (newest_migration(), set(SQLModel.metadata.tables) | {"alembic_version"})


BEFORE_CORRECTIONS = (
    "INSERT INTO brand (id, name, timezone, competitor, created_at) VALUES (1, 'Acme', 'UTC', false, '2026-03-04')",
    "INSERT INTO author (id, platform, handle, handle_key, key, name, url, first_seen_at) "
    "VALUES (1, 'x', 'jo', 'jo', 'jo', '', '', '2026-03-04')",
    "INSERT INTO thread (id, brand_id, platform, external_id, title, url, comments_url, failures) "
    "VALUES (1, 1, 'x', '1', '', '', '', 0)",
    "INSERT INTO conversation (id, brand_id, platform, thread_id, author_id, status, opened_by_rule, created_at, "
    "mentions, needs_answer, priority, rank, reasons) "
    "VALUES (1, 1, 'x', 1, 1, 'open', false, '2026-03-04', 2, true, 50, 50, '{}')",
    *(
        "INSERT INTO mention (id, platform, external_id, author_id, text, url, posted_at, date_given, thread_key, "
        "thread_given, mentioned, own, own_told, automatic, from_import, editions, first_seen_at) VALUES "
        f"({n}, 'x', '{n}', 1, 'it leaks', '', '2026-03-04', true, '1', true, '[]', false, false, false, false, 1, "
        "'2026-03-04')"
        for n in (1, 2)
    ),
    *(
        "INSERT INTO wait (conversation_id, brand_id, first_mention_id, started_at, needs_answer, band, band_said, "
        f"history) VALUES (1, 1, {n}, '2026-03-04', true, 'high', {said}, false)"
        for n, said in ((1, "false"), (2, "true"))
    ),
    "INSERT INTO reading (mention_id, sentiment, p_negative, p_neutral, p_positive, intent, intents, "
    "intent_confidence, about_brand, needs_reply, language, model_version, read_at) "
    "VALUES (1, 'negative', 1, 0, 0, 'complaint', '{}', 1, 1, 1, 'en', 'ngram-1', '2026-03-04')",
)
"""A house as it stood at schema 0002: one band that a reading gave, and one that a person said."""


def bring_to(database: Database, version: str) -> None:
    """Migrate only so far."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database._writer.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)


@pytest.mark.parametrize("point", ["migrate.create_table.2", "migrate.before_commit"])
def test_a_house_that_holds_work_gets_corrections_whole_or_not_at_all(empty: Database, point: str) -> None:
    empty._prepare_folder()
    bring_to(empty, "0002")
    with empty.writing() as session:
        for statement in BEFORE_CORRECTIONS:
            session.execute(text(statement))
    before = tables(empty)
    code, _ = ended(migrate_elsewhere(empty.url, point))
    assert code == -signal.SIGKILL
    assert (empty.version(), tables(empty)) == ("0002", before)
    assert empty.migrate() is True
    with empty.reading() as session:
        bands = session.execute(text("SELECT band, band_said, band_read FROM wait ORDER BY first_mention_id")).all()
        assert [(b, bool(said), read) for b, said, read in bands] == [("high", False, "high"), ("high", True, None)]
        assert session.execute(text("SELECT confidence FROM reading")).all() == [(None,)]
        assert session.execute(text("SELECT text FROM mention")).all() == [("it leaks",), ("it leaks",)]


def test_of_many_that_migrate_at_once_one_does_it_and_all_end_well(empty: Database) -> None:
    running = [migrate_elsewhere(empty.url) for _ in range(3)]
    said = sorted(ended(process)[1] for process in running)
    assert said == ["False", "False", "True"]
    assert empty.version() == newest_migration()


def test_a_database_newer_than_the_program_is_refused_and_left_alone(empty: Database) -> None:
    empty.migrate()
    with empty.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = tables(empty)
    with pytest.raises(DatabaseError, match=r"9999, newer than this program's .*: install the newer Quarterdeck"):
        empty.migrate()
    assert (empty.version(), tables(empty)) == ("9999", before)


def test_the_migrations_lead_to_what_the_tables_say(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_database_that_cannot_be_reached_says_where_and_hides_the_password(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"cannot use the database .*Check DATABASE_URL") as told:
        Database("postgresql+psycopg://ana:secret@127.0.0.1:1/none?connect_timeout=2").migrate()
    assert "secret" not in str(told.value)


def test_a_folder_in_the_place_of_a_file_says_what_to_set(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(DatabaseError, match="QUARTERDECK_DATA"):
        Database(f"sqlite:///{tmp_path / 'data' / 'q.sqlite'}").migrate()
