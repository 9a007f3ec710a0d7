"""The team screen: who sees whom, passwords that are shown once, targets, and roles that are checked again."""

from collections.abc import Callable
from typing import Any

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from models import Target, User
from models.base import utc_now
from models.database import Database
from models.values import Band, LearningMode, Role
from tests.house import make_brand, make_cast
from tests.triage.learning.test_store import RULE, head, in_use
from triage.learning import store
from worker import signins
from workspace.navigation import FOLDER

SCREEN = str(FOLDER / "team.py")
LEARNING = {"use-learned", "use-none", "learn-on"}


def open_team(run_as: Callable[..., AppTest], name: str) -> AppTest:
    """The screen as one of the cast sees it."""
    test = run_as(name).switch_page(SCREEN).run()
    assert not test.exception
    return test


def rows(test: AppTest, number: int = 0) -> list[dict[str, Any]]:
    """The cells of a table."""
    found: list[dict[str, Any]] = test.dataframe[number].value.to_dict("records")
    return found


def user(database: Database, email: str) -> User:
    """A person as they are stored."""
    with database.reading() as session:
        found = session.exec(select(User).where(User.email == email)).one()
        session.expunge(found)
        return found


def test_an_ambassador_sees_names_and_roles_and_nothing_else(
    run_as: Callable[..., AppTest], database: Database
) -> None:
    make_brand(database)
    make_cast(database)
    test = open_team(run_as, "ana")
    assert [list(row) for row in rows(test)] == [["name", "role"]] * 4
    assert [b.key for b in test.button if b.key] == []


def test_a_manager_sees_people_and_may_set_targets_but_change_nobody(
    run_as: Callable[..., AppTest], database: Database
) -> None:
    make_brand(database)
    make_cast(database)
    test = open_team(run_as, "mia")
    found = rows(test)
    assert [(row["email"], row["state"]) for row in found][:1] == [("ada@example.org", "works here")]
    assert next(row["signed in"] for row in found if row["name"] == "Mia") == 1
    assert [b.key for b in test.button if b.key and b.key not in LEARNING] == ["set-target"]
    test.selectbox(key="target-band").select(Band.URGENT)
    test.number_input(key="target-count").set_value(20)
    test.selectbox(key="target-unit").select("minutes")
    test.button(key="set-target").click().run()
    with database.reading() as session:
        (target,) = session.exec(select(Target)).all()
        assert (target.band, target.seconds) == (Band.URGENT, 1200)
    assert rows(test, 1)[0]["urgent"] == "20 min"


def test_a_new_person_gets_a_password_that_is_shown_once_and_opens_a_session(
    run_as: Callable[..., AppTest], database: Database
) -> None:
    make_brand(database)
    make_cast(database)
    test = open_team(run_as, "ada")
    test.text_input(key="new-email").input("Kim@example.org")
    test.text_input(key="new-name").input("**Kim**")
    test.selectbox(key="new-role").select(Role.MANAGER)
    test.button(key="add-person").click().run()
    (shown,) = test.code
    assert user(database, "kim@example.org").role == Role.MANAGER
    assert signins.sign_in(database, "kim@example.org", shown.value, utc_now())
    test.run()
    assert len(test.code) == 0
    assert "**Kim**" in [row["name"] for row in rows(test)]


def test_an_admin_changes_roles_and_disables(run_as: Callable[..., AppTest], database: Database) -> None:
    make_brand(database)
    cast = make_cast(database)
    test = open_team(run_as, "ada")
    test.selectbox(key="person").select(cast["ben"]).run()
    test.selectbox(key=f"role-{cast['ben']}").select(Role.MANAGER)
    test.button(key="save-role").click().run()
    assert user(database, "ben@example.org").role == Role.MANAGER
    test.button(key="disable").click().run()
    assert user(database, "ben@example.org").disabled_at is not None
    assert [(row["name"], row["state"]) for row in rows(test)][-1] == ("Ben", "disabled")


def test_an_admin_cannot_lock_everybody_out(run_as: Callable[..., AppTest], database: Database) -> None:
    make_brand(database)
    cast = make_cast(database)
    test = open_team(run_as, "ada")
    test.selectbox(key="person").select(cast["ada"]).run()
    test.button(key="disable").click().run()
    test.selectbox(key=f"role-{cast['ada']}").select(Role.AMBASSADOR)
    test.button(key="save-role").click().run()
    ada = user(database, "ada@example.org")
    assert (ada.disabled_at, ada.role) == (None, Role.ADMIN)


def test_who_is_no_admin_any_more_changes_nobody(run_as: Callable[..., AppTest], database: Database) -> None:
    make_brand(database)
    cast = make_cast(database)
    test = open_team(run_as, "ada")
    test.selectbox(key="person").select(cast["ben"]).run()
    with database.writing() as session:
        session.get_one(User, cast["ada"]).role = Role.AMBASSADOR
    test.button(key="disable").click().run()
    assert user(database, "ben@example.org").disabled_at is None


def keys(test: AppTest) -> set[str]:
    """The buttons about learning."""
    return {b.key for b in test.button if b.key} & LEARNING


def test_a_manager_sees_what_was_learned_goes_back_and_hears_why_never_from_x(
    run_as: Callable[..., AppTest], database: Database
) -> None:
    make_brand(database)
    make_cast(database)
    with database.writing() as session:
        for each in (head(0.1), head(0.2), head(refused="it forgets what the model knew")):
            store.add(session, each, by=RULE)
    test = open_team(run_as, "mia")
    found = rows(test, 2)
    assert [(row["version"], row["state"]) for row in found] == [
        (3, "refused: it forgets what the model knew"), (2, "in use"), (1, "passed"),
    ]  # fmt: skip
    assert (found[1]["right before"], found[1]["right with it"], found[1]["kept back"]) == ("50 %", "60 %", 13)
    assert "Reddit: on · Blog: on · X: off. X's terms forbid training on its posts." in [t.value for t in test.text]
    assert keys(test) == {"use-learned", "use-none"}
    test.selectbox(key="learned-version").select(1).run()
    test.button(key="use-learned").click().run()
    assert in_use(database) == (LearningMode.PINNED, "learned-1")
    test.button(key="use-none").click().run()
    assert in_use(database) == (LearningMode.OFF, None)
    test.button(key="learn-on").click().run()
    assert in_use(database) == (LearningMode.AUTO, "learned-2")


def test_an_ambassador_sees_nothing_of_it_and_before_anything_was_learned_it_says_so(
    run_as: Callable[..., AppTest], database: Database
) -> None:
    make_brand(database)
    make_cast(database)
    assert "Nothing was learned yet. It begins after 20 looked-at mentions." in [
        t.value for t in open_team(run_as, "mia").text
    ]
    assert keys(open_team(run_as, "ana")) == set()
