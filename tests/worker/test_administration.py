"""What admins do in the workspace: the role is checked in each function, whoever asks; and what each one refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, select

from models import Source, Spending, Target, User
from models.database import Database
from models.values import Band, Role, SourceKind, SourceState
from settings import Settings
from tests.house import at, by, make_brand, make_cast
from triage.history import By, Refused
from triage.rules import rules_for
from worker import administration as admin
from worker import signins
from worker.brands import set_target
from worker.money import spent_today
from worker.team import members

FEED = "https://blog.example/feed.xml"
Do = Callable[[Session, By], Any]
THINGS: dict[str, Do] = {
    "add source": lambda s, who: admin.add_source(s, SourceKind.FEED, FEED, settings=Settings(), by=who, match="*"),
    "pause": lambda s, who: admin.pause_source(s, 1, by=who),
    "resume": lambda s, who: admin.resume_source(s, 1, by=who),
    "remove": lambda s, who: admin.remove_source(s, 1, by=who),
    "add person": lambda s, who: admin.add_person(s, "new@example.org", Role.AMBASSADOR, by=who),
    "new password": lambda s, who: admin.new_password(s, 1, by=who),
    "change role": lambda s, who: admin.change_role(s, 1, Role.ADMIN, by=who),
    "disable": lambda s, who: admin.disable_person(s, 1, by=who),
    "end sessions": lambda s, who: admin.end_sessions(s, 1, by=who),
}


@pytest.fixture
def cast(database: Database) -> dict[str, int]:
    make_brand(database)
    return make_cast(database)


@pytest.mark.parametrize("name", ["ana", "mia", None])
@pytest.mark.parametrize("thing", THINGS)
def test_nobody_but_an_admin_may(database: Database, cast: dict[str, int], thing: str, name: str | None) -> None:
    who = by(cast, name) if name else By(at=at(0))
    with pytest.raises(Refused, match="admin"), database.writing() as session:
        THINGS[thing](session, who)
    with pytest.raises(Refused, match="admin"):
        admin.preview(database, Settings(), SourceKind.FEED, FEED, "*", by=who)


def test_an_admin_adds_pauses_resumes_and_removes_a_source(database: Database, cast: dict[str, int]) -> None:
    ada = by(cast, "ada")
    with database.writing() as session:
        source = admin.add_source(
            session, SourceKind.FEED, FEED, settings=Settings(), by=ada, match=" kettle ", name=" Blog ", every=60
        )
        told = (source.match, source.name, source.every_seconds, source.state)
        assert told == ("kettle", "Blog", 60, SourceState.ACTIVE)
        number = source.id or 0
        assert admin.pause_source(session, number, by=ada).state == SourceState.PAUSED
        assert admin.resume_source(session, number, by=ada).state == SourceState.ACTIVE
        assert admin.remove_source(session, number, by=ada).removed_at is not None
        with pytest.raises(Refused, match="no source"):
            admin.pause_source(session, number, by=ada)


@pytest.mark.parametrize(
    ("kind", "target", "match", "why"),
    [
        (SourceKind.FEED, FEED, " ", "words or phrases"),
        (SourceKind.FEED, "no address", "*", "http"),
        (SourceKind.X_SEARCH, "", "", "needs a target"),
    ],
)
def test_what_could_never_work_is_refused_with_what_to_do(
    database: Database, cast: dict[str, int], kind: SourceKind, target: str, match: str, why: str
) -> None:
    with pytest.raises(Refused, match=why), database.writing() as session:
        admin.add_source(session, kind, target, settings=Settings(), by=by(cast, "ada"), match=match)
    with pytest.raises(Refused, match=why):
        admin.preview(database, Settings(), kind, target, match, by=by(cast, "ada"))
    with database.reading() as session:
        assert session.exec(select(Source)).all() == []


def test_a_preview_of_an_address_inside_is_refused_in_words(database: Database, cast: dict[str, int]) -> None:
    with pytest.raises(Refused):
        admin.preview(database, Settings(), SourceKind.FEED, "http://127.0.0.1:9/", "*", by=by(cast, "ada"))


def test_somebody_new_signs_in_with_the_password_that_was_told_once(database: Database, cast: dict[str, int]) -> None:
    ada = by(cast, "ada")
    with database.writing() as session:
        first = admin.add_person(session, " Kim@Example.org ", Role.AMBASSADOR, by=ada, name=" Kim ")
    assert signins.sign_in(database, "kim@example.org", first, at(0))
    with database.writing() as session:
        kim = session.exec(select(User).where(User.email == "kim@example.org")).one()
        assert kim.name == "Kim"
        assert first not in str(kim.password_hash)
        second = admin.new_password(session, kim.id or 0, by=ada)
    with pytest.raises(signins.SignInRefused):
        signins.sign_in(database, "kim@example.org", first, at(1))
    token = signins.sign_in(database, "kim@example.org", second, at(1))
    with database.writing() as session:
        admin.end_sessions(session, kim.id or 0, by=By(at=at(2), user_id=cast["ada"], role=Role.ADMIN))
    with database.reading() as session:
        assert signins.find(session, signins.hash_of(token), at(3)) is None


def test_a_new_password_and_disabling_end_every_session(database: Database, cast: dict[str, int]) -> None:
    ada = by(cast, "ada")
    with database.writing() as session:
        tokens = {name: signins.begin(session, cast[name], at(0)) for name in ("ana", "ben")}
        assert [m.sessions for m in members(session, at(1))] == [0, 1, 1, 0]
        admin.new_password(session, cast["ana"], by=ada)
        admin.disable_person(session, cast["ben"], by=ada)
    with database.reading() as session:
        assert [signins.find(session, signins.hash_of(t), at(1)) for t in tokens.values()] == [None, None]
        found = members(session, at(1))
        assert [(m.email[:3], m.sessions, m.disabled) for m in found] == [
            ("ada", 0, False), ("ana", 0, False), ("mia", 0, False), ("ben", 0, True),
        ]  # fmt: skip
        assert found[1].seen_at == at(0)


def test_there_is_always_an_admin(database: Database, cast: dict[str, int]) -> None:
    ada, mia = by(cast, "ada"), By(at=at(0), user_id=cast["mia"], role=Role.ADMIN)
    with database.writing() as session:
        with pytest.raises(Refused, match="only admin"):
            admin.change_role(session, cast["ada"], Role.MANAGER, by=ada)
        with pytest.raises(Refused, match="themselves"):
            admin.disable_person(session, cast["ada"], by=ada)
        with pytest.raises(Refused, match="only admin"):
            admin.disable_person(session, cast["ada"], by=mia)
        admin.change_role(session, cast["mia"], Role.ADMIN, by=ada)
        assert admin.change_role(session, cast["ada"], Role.MANAGER, by=ada).role == Role.MANAGER


def test_somebody_who_is_gone_is_changed_no_more(database: Database, cast: dict[str, int]) -> None:
    ada = by(cast, "ada")
    with database.writing() as session:
        admin.disable_person(session, cast["ben"], by=ada)
        for do in (admin.new_password, admin.disable_person, admin.end_sessions):
            with pytest.raises(Refused, match="not here any more"):
                do(session, cast["ben"], by=ada)


# ---------------------------------------------------------------- targets and money


def test_a_target_holds_for_waits_that_begin_after_it_was_set(database: Database, cast: dict[str, int]) -> None:
    mia = by(cast, "mia", 60)
    with database.writing() as session:
        set_target(session, 1, Band.HIGH, 1800, by=mia)
        set_target(session, 1, Band.HIGH, 600, by=by(cast, "ada", 90))
        rules = rules_for(session, 1, Settings())
        default = round(Settings().target_minutes_high * 60)
        assert [rules.target_seconds(Band.HIGH, at(m)) for m in (59, 60, 89, 90)] == [default, 1800, 1800, 600]
        assert rules.target_seconds(Band.LOW, at(90)) == round(Settings().target_minutes_low * 60)
        assert len(session.exec(select(Target)).all()) == 2


def test_only_managers_set_targets_and_only_sensible_ones(database: Database, cast: dict[str, int]) -> None:
    with database.writing() as session:
        for who, brand, seconds, why in (
            (by(cast, "ana"), 1, 600, "manager"),
            (by(cast, "mia"), 1, 59, "one minute"),
            (by(cast, "mia"), 1, 30 * 86_400 + 1, "thirty days"),
            (by(cast, "mia"), 4711, 600, "not here any more"),
        ):
            with pytest.raises(Refused, match=why):
                set_target(session, brand, Band.HIGH, seconds, by=who)
        assert session.exec(select(Target)).all() == []


def test_what_was_spent_today_is_told_by_reader(database: Database) -> None:
    with database.writing() as session:
        day = at(0).strftime("%Y-%m-%d")
        session.add(Spending(day=day, reader="source:1", usd=0.25))
        session.add(Spending(day="2026-01-01", reader="source:2", usd=9))
    with database.reading() as session:
        assert spent_today(session, at(0)) == {"source:1": 0.25}
