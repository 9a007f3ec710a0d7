import pytest
from sqlmodel import select

from models import Installation, Source, User
from models.database import Database
from models.values import Role, SourceKind
from tests.house import make_brand
from worker.house import SetupError
from worker.installation import is_demo, mark, require


def marked(database: Database, demo: bool) -> None:
    with database.writing() as session:
        mark(session, demo=demo)


@pytest.mark.parametrize("demo", [True, False])
def test_a_fresh_database_takes_a_mark_and_keeps_it(database: Database, demo: bool) -> None:
    with database.reading() as session:
        assert is_demo(session) is None
        require(session, demo=demo)
    marked(database, demo)
    marked(database, demo)
    with database.reading() as session:
        assert is_demo(session) is demo
        assert len(session.exec(select(Installation)).all()) == 1
        with pytest.raises(SetupError):
            require(session, demo=not demo)
    with pytest.raises(SetupError):
        marked(database, not demo)
    with database.reading() as session:
        assert is_demo(session) is demo


def test_a_demo_never_takes_a_database_with_users_or_sources(database: Database) -> None:
    brand = make_brand(database)
    for row in (
        User(email="ana@example.org", role=Role.AMBASSADOR),
        Source(brand_id=brand, kind=SourceKind.FEED, target="https://example.org/feed", every_seconds=900),
    ):
        with database.writing() as session:
            session.add(row)
        with pytest.raises(SetupError, match="users or sources"):
            marked(database, True)
        with database.writing() as session:
            assert is_demo(session) is None
            session.delete(session.merge(row))


def test_a_brand_alone_does_not_keep_a_demo_out(database: Database) -> None:
    make_brand(database)
    marked(database, True)
    with database.reading() as session:
        assert is_demo(session) is True
