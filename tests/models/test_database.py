from datetime import datetime

import pytest
from sqlalchemy import DateTime, text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlmodel import SQLModel, select
from sqlmodel.sql.sqltypes import UTCDateTime

from models import Brand
from models.database import Database
from tests.conftest import NOON


def test_reading_is_one_snapshot(database: Database) -> None:
    with database.writing() as session:
        session.add(Brand(name="first"))
    with database.reading() as snapshot:
        assert len(snapshot.exec(select(Brand)).all()) == 1
        with database.writing() as session:
            session.add(Brand(name="second"))
        snapshot.expire_all()
        assert len(snapshot.exec(select(Brand)).all()) == 1
    with database.reading() as later:
        assert len(later.exec(select(Brand)).all()) == 2


def test_writing_inside_reading_is_refused(database: Database) -> None:
    with database.reading() as session, pytest.raises(DBAPIError):
        session.execute(
            text("INSERT INTO brand (name, timezone, competitor, created_at) VALUES ('x', 'UTC', false, '2026-01-01')")
        )


def test_an_exception_inside_writing_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        session.add(Brand(name="half"))
        session.flush()
        1 / 0  # noqa: B018
    with database.reading() as session:
        assert session.exec(select(Brand)).all() == []


def test_times_come_back_aware_and_equal(database: Database) -> None:
    with database.writing() as session:
        session.add(Brand(name="b", created_at=NOON))
    with database.reading() as session:
        assert session.exec(select(Brand)).one().created_at == NOON


def test_a_naive_time_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="timezone"), database.writing() as session:
        session.add(Brand(name="b", created_at=datetime(2026, 1, 1)))  # noqa: DTZ001


def test_every_time_column_is_the_aware_type() -> None:
    columns = [c for t in SQLModel.metadata.sorted_tables for c in t.columns]
    times = [c for c in columns if isinstance(c.type, DateTime | UTCDateTime)]
    assert len(times) > 30
    assert [str(c) for c in times if not isinstance(c.type, UTCDateTime)] == []


def test_the_schema_is_what_the_tables_say_and_migrating_again_does_nothing(database: Database) -> None:
    assert database.migrate() is False
