"""Sources that could never work, or would flood the queue, are refused before they are saved."""

from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlmodel import Session, col, select

from models import Account, Gap, Source
from models.base import utc_now
from models.database import Database
from models.values import Platform, SourceKind, SourceState
from settings import Settings
from tests.house import make_brand
from triage.history import By
from worker.accounts import add_account
from worker.house import SetupError
from worker.sources import add_source, get_source, list_sources, pause, remove, resume

SETTINGS = Settings(x_bearer_token=SecretStr("key"))
FEED = "https://blog.example/feed.xml"


def by() -> By:
    return By(at=utc_now(), rule="shell")


def add(session: Session, kind: SourceKind, target: str, **more: object) -> Source:
    return add_source(session, kind, target, settings=SETTINGS, by=by(), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "target", "more", "says"),
    [
        (SourceKind.FEED, FEED, {}, "--match"),
        (SourceKind.REDDIT_NEW, "kettles", {}, "--match"),
        (SourceKind.REDDIT_COMMENTS, "kettles", {"match": "  "}, "--match"),
        (SourceKind.FEED, FEED, {"match": "#"}, "at least two letters"),
        (SourceKind.X_SEARCH, "#", {}, "finds nothing by itself"),
        (SourceKind.X_SEARCH, "", {}, "needs a target"),
        (SourceKind.REDDIT_SEARCH, " ", {}, "needs a target"),
        (SourceKind.FEED, "file:///etc/passwd", {"match": "*"}, "http"),
        (SourceKind.COMMENTS, "blog.example/comments", {}, "http"),
        (SourceKind.FEED, "https://[::1/feed", {"match": "*"}, "http"),
        (SourceKind.FEED, FEED, {"match": "*", "every": 0}, "to 604800"),
        (SourceKind.FEED, FEED, {"match": "*", "every": 604_801}, "to 604800"),
        (SourceKind.FEED, FEED, {"match": "*", "brand": "Nobody"}, "There are: Acme"),
    ],
)
def test_what_could_never_work_is_refused(
    kind: SourceKind, target: str, more: dict[str, object], says: str, database: Database
) -> None:
    make_brand(database)
    with database.writing() as session, pytest.raises(SetupError, match=says):
        add(session, kind, target, **more)
    with database.reading() as session:
        assert session.exec(select(Source)).all() == []


def test_a_source_is_due_at_once_with_its_kinds_interval(database: Database) -> None:
    make_brand(database)
    with database.writing() as session:
        often = add(session, SourceKind.X_MENTIONS, "@Acme")
        feed = add(session, SourceKind.FEED, FEED, match="kettle")
        exact = add(session, SourceKind.REDDIT_NEW, "/r/kettles+r/coffee", match="*", every=30)
        assert [s.every_seconds for s in (often, feed, exact)] == [120, 900, 30]
        assert [often.target, exact.target] == ["Acme", "kettles+coffee"]
        assert max(s.next_poll_at for s in (often, feed, exact)) <= utc_now()


def test_the_same_source_twice_is_refused_and_a_removed_one_comes_back_with_its_cursor(database: Database) -> None:
    make_brand(database)
    with database.writing() as session:
        source = add(session, SourceKind.FEED, FEED, match="kettle")
        source.cursor, source.failures, source.failed_since = {"etag": "e"}, 3, utc_now()
        first, began = source.id, source.created_at
        with pytest.raises(SetupError, match=f"Source {first} polls that already"):
            add(session, SourceKind.FEED, f" {FEED} ", match="kettle")
        remove(session, first or 0)
    with database.writing() as session:
        assert list_sources(session) == []
        again = add(session, SourceKind.FEED, FEED, match="pan", name="Blog")
        assert (again.id, again.cursor, again.match, again.name) == (first, {"etag": "e"}, "pan", "Blog")
        assert (again.state, again.failures, again.failed_since) == (SourceState.ACTIVE, 0, None)
        assert again.created_at > began, "what was posted while nobody listened is history"


def test_pause_resume_and_remove_come_in_pairs(database: Database) -> None:
    make_brand(database)
    with database.writing() as session:
        number = add(session, SourceKind.FEED, FEED, match="*").id or 0
        assert pause(session, number).state == SourceState.PAUSED
        row = get_source(session, number)
        row.failures, row.failed_since, row.next_poll_at = 9, utc_now(), utc_now() + timedelta(days=1)
        back = resume(session, number)
        assert (back.state, back.failures, back.failed_since) == (SourceState.ACTIVE, 0, None)
        assert back.next_poll_at <= utc_now()
        remove(session, number)
        for verb in (pause, resume, remove, get_source):
            with pytest.raises(SetupError, match="source list"):
                verb(session, number)


def test_open_gaps_are_counted(database: Database) -> None:
    make_brand(database)
    with database.writing() as session:
        number = add(session, SourceKind.FEED, FEED, match="*").id or 0
        for key, closed in (("a", None), ("b", None), ("c", utc_now())):
            session.add(Gap(source_id=number, key=key, since="", until="", reason="", closed_at=closed))
        session.flush()
        assert [(s.id, gaps) for s, gaps in list_sources(session)] == [(number, 2)]


def test_an_own_source_names_the_account_and_forgets_nothing_about_one_there_is(database: Database) -> None:
    make_brand(database)
    with database.writing() as session:
        add_account(session, Platform.X, "bot", settings=SETTINGS, by=by(), automatic=True)
        add(session, SourceKind.X_OWN, "@bot")
        add(session, SourceKind.X_OWN, "care")
    with database.reading() as session:
        found = select(Account.handle, Account.automatic).where(Account.platform == Platform.X)
        assert session.exec(found.order_by(col(Account.id))).all() == [("acme", False), ("bot", True), ("care", False)]


def test_a_competitors_own_source_makes_nobody_ours(database: Database) -> None:
    make_brand(database)
    make_brand(database, "Rival", competitor=True)
    with database.writing() as session:
        add(session, SourceKind.X_OWN, "rival_care", brand="Rival")
    with database.reading() as session:
        assert session.exec(select(Account).where(Account.handle == "rival_care")).all() == []
