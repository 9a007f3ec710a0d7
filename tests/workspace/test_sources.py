"""The sources screen: health in words, who may change what, hostile words, and a preview before anything is kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from models import Gap, Source, Spending, User
from models.base import utc_now
from models.database import Database
from models.values import Role, SourceKind, SourceState
from tests.house import make_brand, make_cast
from workspace.navigation import FOLDER

SCREEN = str(FOLDER / "sources.py")
HOSTILE = "**bold** ![](http://evil.example/p.png) <b>x</b>"
ERROR = "Reddit refuses our keys (401): check QUARTERDECK_REDDIT_CLIENT_ID"


def fill(database: Database) -> None:
    """Three sources: well and paid for, failing with a gap, paused."""
    make_cast(database)
    brand_id = make_brand(database)
    now = utc_now()
    with database.writing() as session:
        well = Source(brand_id=brand_id, kind=SourceKind.X_SEARCH, target="acme", every_seconds=60,
                      last_success_at=now, next_poll_at=now + timedelta(minutes=1))  # fmt: skip
        bad = Source(brand_id=brand_id, kind=SourceKind.REDDIT_SEARCH, target=HOSTILE, every_seconds=60, failures=3,
                     failed_since=now, last_error=ERROR)  # fmt: skip
        paused = Source(brand_id=brand_id, kind=SourceKind.FEED, target="http://b.example/f", name="Blog b",
                        every_seconds=60, match="*", state=SourceState.PAUSED)  # fmt: skip
        for source in (well, bad, paused):  # one by one, so that their numbers are known
            session.add(source)
            session.flush()
        session.add(Gap(source_id=bad.id or 0, key="k", since="", until="", reason="more than 10 pages"))
        session.add(Spending(day=now.strftime("%Y-%m-%d"), reader=f"source:{well.id}", usd=0.125))


def open_sources(run_as: Callable[..., AppTest], name: str) -> AppTest:
    """The screen as one of the cast sees it."""
    test = run_as(name).switch_page(SCREEN).run()
    assert not test.exception
    return test


def rows(test: AppTest, number: int = 0) -> list[dict[str, Any]]:
    """The cells of a table."""
    found: list[dict[str, Any]] = test.dataframe[number].value.to_dict("records")
    return found


def source(database: Database, number: int) -> Source:
    """A source as it is stored."""
    with database.reading() as session:
        found = session.get_one(Source, number)
        session.expunge(found)
        return found


def test_everybody_sees_the_health_of_every_source(run_as: Callable[..., AppTest], database: Database) -> None:
    fill(database)
    test = open_sources(run_as, "ana")
    found = rows(test)
    names = ("source", "kind", "state", "open gaps", "USD today", "what went wrong, what to do")
    assert [[row[name] for name in names] for row in found] == [
        ["acme", "X: search", "well", 0, "0.125", ""],
        [HOSTILE, "Reddit: search", "failing, 3 times in a row", 1, "–", ERROR],
        ["Blog b", "Blog: feed", "paused", 0, "–", ""],
    ]
    assert found[1]["last success"] == "never"
    assert found[2]["next poll"] == "–"
    assert found[0]["last success"].startswith("today ")
    assert rows(test, 1)[0]["why"] == "more than 10 pages"
    for kind in ("markdown", "html", "text", "caption", "heading", "button"):
        assert "evil.example" not in "".join(str(e.proto) for e in test.get(kind))


def test_only_admins_find_buttons(run_as: Callable[..., AppTest], database: Database) -> None:
    fill(database)
    for name in ("ana", "mia"):
        test = open_sources(run_as, name)
        assert [b.key for b in test.button if b.key] == []
    assert {"pause", "remove", "preview", "add"} <= {b.key for b in open_sources(run_as, "ada").button}


def test_an_admin_pauses_and_resumes(run_as: Callable[..., AppTest], database: Database) -> None:
    fill(database)
    test = open_sources(run_as, "ada")
    test.button(key="pause").click().run()
    assert source(database, 1).state == SourceState.PAUSED
    test.button(key="resume").click().run()
    assert source(database, 1).state == SourceState.ACTIVE
    test.button(key="remove").click().run()
    assert source(database, 1).removed_at is not None
    assert [row["source"] for row in rows(test)] == [HOSTILE, "Blog b"]


def test_a_role_that_was_taken_away_changes_nothing_any_more(
    run_as: Callable[..., AppTest], database: Database
) -> None:
    fill(database)
    test = open_sources(run_as, "ada")
    with database.writing() as session:
        ada = session.exec(select(User).where(User.email == "ada@example.org")).one()
        ada.role = Role.MANAGER
    test.button(key="pause").click().run()
    assert source(database, 1).state == SourceState.ACTIVE


def test_an_admin_adds_a_source_and_a_wrong_one_is_refused(run_as: Callable[..., AppTest], database: Database) -> None:
    fill(database)
    test = open_sources(run_as, "ada")
    test.selectbox(key="kind").select(SourceKind.FEED).run()
    test.text_input(key="target").input("https://new.example/feed")
    test.button(key="add").click().run()
    with database.reading() as session:
        assert len(session.exec(select(Source)).all()) == 3  # a feed needs words
    test.text_input(key="match").input("kettle")
    test.text_input(key="name").input("New blog")
    test.button(key="add").click().run()
    added = source(database, 4)
    assert (added.kind, added.target, added.match, added.name) == (
        SourceKind.FEED, "https://new.example/feed", "kettle", "New blog",
    )  # fmt: skip
    assert test.text_input(key="target").value == ""


def test_the_price_is_told_before_x_is_asked_and_a_refusal_in_words(
    run_as: Callable[..., AppTest], database: Database
) -> None:
    fill(database)
    test = open_sources(run_as, "ada")
    assert any("X bills what is read" in t.value for t in test.text)
    test.button(key="preview").click().run()
    assert any("needs a target" in t.value for t in test.text)
    test.selectbox(key="kind").select(SourceKind.FEED).run()
    assert not any("X bills" in t.value for t in test.text)
