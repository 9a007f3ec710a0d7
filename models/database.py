"""MODELS: the one way to the database: a snapshot to read from, a transaction to write in, migrations at start.

Comes in: a database address. Goes out: sessions. SQLite and PostgreSQL run the same code; only this file and the
ingest statement know which of the two it is. Never commits on its own but at the end of `writing()`.
"""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 0x51444B  # any number nobody else uses for pg_advisory_lock: "QDK"
_WRITING = "quarterdeck_writing"
_WAITED = "quarterdeck_waited"
T = TypeVar("T")


class DatabaseError(Exception):
    """The database cannot be used; the text says what to do."""


class Database:
    """One database, embedded or PostgreSQL. Safe to share between threads; sessions are not."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @cached_property
    def _writer(self) -> Engine:
        return self.engine.execution_options(**{_WRITING: True})

    @cached_property
    def _reader(self) -> Engine:
        if self.is_sqlite:
            return self.engine
        return self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One snapshot: everything read inside belongs to the same moment. Writing inside is an error."""
        with Session(self._reader) as session:
            yield session
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back by any exception. On SQLite writers queue up here."""
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    def migrate(self) -> bool:
        """Bring the schema up to this program, under a lock, in one transaction. True if anything changed.

        Safe to call by many processes at once. Raises `DatabaseError` when the database is newer than the program.
        """
        newest = newest_migration()
        if self.version() == newest:
            return False
        self._prepare_folder()
        with self._writer.begin() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
            present = _version(connection)
            if present is not None and present > newest:
                raise DatabaseError(
                    f"this database has schema {present}, newer than this program's {newest}: "
                    "install the newer Quarterdeck that wrote it"
                )
            if present == newest:
                return False
            _upgrade(connection)
        return True

    def version(self) -> str | None:
        """The schema's version, None before the first migration. Raises `DatabaseError` if it cannot be reached."""
        path = self._file()
        if path and not path.exists():
            return None
        try:
            with self.engine.connect() as connection:
                return _version(connection)
        except DBAPIError as error:
            where = make_url(self.url).render_as_string(hide_password=True)
            cause = str(error.orig).strip().split("\n")[0]
            raise DatabaseError(f"cannot use the database {where}: {cause}. Check DATABASE_URL.") from None

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()

    def _file(self) -> Path | None:
        name = make_url(self.url).database
        return Path(name) if self.is_sqlite and name else None

    def _prepare_folder(self) -> None:
        path = self._file()
        if path:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise DatabaseError(
                    f"cannot make the data folder {path.parent}: {error.strerror}. "
                    "Set QUARTERDECK_DATA to a folder you may write"
                ) from None


def newest_migration() -> str:
    """The version this program needs: the highest number among the migration files."""
    numbers = [m[1] for p in (MIGRATIONS / "versions").glob("*.py") if (m := re.match(r"(\d{4})_", p.name))]
    return max(numbers, default="")


def _engine(url: str) -> Engine:
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # Autocommit in the driver: Python's own isolation_level opens nothing before SELECT, DDL or WITH … INSERT.
    connection.isolation_level = None
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = bool(connection.get_execution_options().get(_WRITING))
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
    began = time.monotonic()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
    connection.info[_WAITED] = time.monotonic() - began


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    # Alembic costs 100 ms of start time and is needed only when the schema changes.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def waited_to_write(session: Session) -> timedelta:
    """How many whole seconds this transaction stood in line behind other writers. Known on SQLite only, else 0."""
    return timedelta(seconds=int(session.connection().info.get(_WAITED, 0.0)))


def chunks(items: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """The items in slices no longer than `size`: a statement takes only so many values (SQLite: 32,766)."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def insert_missing(session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows whose unique keys are not there yet; leave the others as they are. One statement a slice."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    for part in chunks(rows):
        session.execute(insert(table.__table__).on_conflict_do_nothing(), list(part))  # type: ignore[attr-defined]
