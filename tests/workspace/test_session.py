"""What a screen may rely on: who it is at every run, verbs in one transaction, kind words, the viewer's zone."""

import re
from collections.abc import Callable, Iterator

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from models import Note, User
from models.base import utc_now
from models.database import Database
from models.values import Role
from settings import settings
from tests.house import arrive, conversation_of, make_brand, make_cast, post
from tests.workspace.conftest import ROOT, begin
from worker import signins
from workspace.house import close_house
from workspace.options import IDENTITY_KEY
from workspace.session import Person

WHO = """
import streamlit as st
from workspace.session import by, signed_in, zone
who = signed_in()
st.text(f"{who.name} {who.role} {by().user_id == who.user_id} {zone().key}")
"""
ACT = """
import streamlit as st
from models import Note
from models.base import utc_now
from triage.history import Refused
from workspace.notices import waiting
from workspace.session import act, by

def note(session, text, *, by):
    session.add(Note(conversation_id=st.session_state.conversation, user_id=by.user_id or 0, text=text))
    session.flush()
    if text == "refuse":
        raise Refused("Somebody was faster: **Ben** has it.")
    if text == "break":
        raise RuntimeError("some words of a person")
    return text

def pressed():
    st.session_state.result = act(note, st.session_state.text, by=by())

st.button("Act", key="act", on_click=pressed)
st.text(str(st.session_state.get("result", "nothing yet")))
for notice in waiting():
    st.text(f"{notice['kind']}: {notice['text']}")
"""


@pytest.fixture
def run(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Run a few lines as one of the cast, on `database`."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    settings.cache_clear()

    def start(code: str, name: str | None, *, timezone: str | None = "Europe/Berlin", **state: object) -> AppTest:
        test = AppTest.from_string(code, default_timeout=30)
        test.user = {IDENTITY_KEY: signins.hash_of(begin(database, name)) if name else None}
        test.context = {"timezone": timezone} if timezone else {}
        for key, value in state.items():
            test.session_state[key] = value
        return test.run()

    yield start
    close_house()
    settings.cache_clear()


def texts(test: AppTest) -> list[str]:
    assert not test.exception, test.exception
    return [element.value for element in test.text]


def test_a_script_knows_who_it_is_from_the_database(run: Callable[..., AppTest], database: Database) -> None:
    make_cast(database)
    assert texts(run(WHO, "ana")) == ["Ana ambassador True Europe/Berlin"]
    assert texts(run(WHO, "mia", timezone="Asia/Tokyo")) == ["Mia manager True Asia/Tokyo"]


def test_without_a_browsers_zone_the_accounts_counts(run: Callable[..., AppTest], database: Database) -> None:
    cast = make_cast(database)
    with database.writing() as session:
        session.get_one(User, cast["ana"]).timezone = "America/Lima"
    assert texts(run(WHO, "ana", timezone=None)) == ["Ana ambassador True America/Lima"]


@pytest.mark.parametrize("told", [None, "", "f" * 64, 7, True, ["x"]])
def test_nobody_in_particular_is_told_to_sign_in_and_nothing_below_runs(
    run: Callable[..., AppTest], database: Database, told: object
) -> None:
    make_cast(database)
    test = run(WHO, None)
    test.user = {IDENTITY_KEY: told}
    (said,) = texts(test.run())
    assert said.startswith("You are signed out.")


def test_a_role_changed_and_a_user_disabled_count_at_the_next_run(
    run: Callable[..., AppTest], database: Database
) -> None:
    cast = make_cast(database)
    test = run(WHO, "ana")
    with database.writing() as session:
        session.get_one(User, cast["ana"]).role = Role.MANAGER
    assert texts(test.run())[0].startswith("Ana manager")
    with database.writing() as session:
        session.get_one(User, cast["ana"]).disabled_at = utc_now()
    assert texts(test.run())[0].startswith("You are signed out.")


def test_a_session_that_was_ended_is_out_at_the_next_run(run: Callable[..., AppTest], database: Database) -> None:
    cast = make_cast(database)
    test = run(WHO, "ana")
    with database.writing() as session:
        signins.end_all(session, cast["ana"], utc_now())
    assert texts(test.run())[0].startswith("You are signed out.")


@pytest.fixture
def conversation(database: Database) -> int:
    """One conversation to note something about."""
    make_cast(database)
    arrive(database, make_brand(database), [post("1", "lena", -5)], 0)
    with database.reading() as session:
        return conversation_of(session, "lena").id or 0


def notes(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.exec(select(Note.text)))


def pressed(run: Callable[..., AppTest], conversation: int, text: str) -> AppTest:
    test = run(ACT, "ana", conversation=conversation, text=text)
    return test.button(key="act").click().run()


def test_a_verb_runs_in_one_transaction_and_returns_what_it_returns(
    run: Callable[..., AppTest], database: Database, conversation: int
) -> None:
    assert texts(pressed(run, conversation, "fine")) == ["fine"]
    assert notes(database) == ["fine"]


def test_a_refusal_keeps_nothing_and_is_told_as_text(
    run: Callable[..., AppTest], database: Database, conversation: int
) -> None:
    assert texts(pressed(run, conversation, "refuse")) == ["None", "refused: Somebody was faster: **Ben** has it."]
    assert notes(database) == []


def test_what_breaks_keeps_nothing_and_is_not_swallowed(
    run: Callable[..., AppTest], database: Database, conversation: int
) -> None:
    assert pressed(run, conversation, "break").exception
    assert notes(database) == []


def test_somebody_signed_out_meanwhile_changes_nothing(
    run: Callable[..., AppTest], database: Database, conversation: int
) -> None:
    test = run(ACT, "ana", conversation=conversation, text="fine")
    with database.writing() as session:
        user_id = session.exec(select(User.id).where(User.name == "Ana")).one()
        signins.end_all(session, user_id or 0, utc_now())
    told = texts(test.button(key="act").click().run())
    assert told[0] == "None"
    assert told[1].startswith("refused: You are signed out.")
    assert notes(database) == []


@pytest.mark.parametrize(
    ("role", "may"), [(Role.AMBASSADOR, (1, 0, 0)), (Role.MANAGER, (1, 1, 0)), (Role.ADMIN, (1, 1, 1))]
)
def test_roles_stand_above_each_other(role: Role, may: tuple[int, int, int]) -> None:
    who = Person(user_id=1, email="", name="", role=role, timezone="UTC")
    assert tuple(who.is_at_least(r) for r in (Role.AMBASSADOR, Role.MANAGER, Role.ADMIN)) == tuple(map(bool, may))


def test_the_example_in_the_docs_runs(run: Callable[..., AppTest], database: Database, conversation: int) -> None:
    page = (ROOT / "docs" / "workspace.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert not run(example, "ana").exception
