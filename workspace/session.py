"""WORKSPACE: who looks at this screen, and the one way in which a screen changes anything.

Comes in: the session that `workspace.identity` made sure of. Goes out: the person, from the database, at every run; and
verbs run in one transaction. Never trusts what a browser says about a role.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, NoReturn, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import streamlit as st
from sqlmodel import Session

from models.base import utc_now
from models.database import Database
from models.values import Role
from settings import Settings
from triage.history import By, Refused
from worker import signins
from workspace import house as _house
from workspace.clock import zone_named
from workspace.frame import alone
from workspace.notices import Notice, say
from workspace.options import IDENTITY_KEY

P = ParamSpec("P")
T = TypeVar("T")
SIGNED_OUT = "You are signed out. Reload the page to sign in again; what you had typed is safe."


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whoever is signed in, as the database knows them now."""

    user_id: int
    email: str
    name: str
    role: Role
    timezone: str
    """What their account says; `zone()` prefers what their browser says."""

    def is_at_least(self, role: Role) -> bool:
        """Whether they may what that role may: ambassador < manager < admin. The verbs check again."""
        order = (Role.AMBASSADOR, Role.MANAGER, Role.ADMIN)
        return order.index(self.role) >= order.index(role)


def house() -> tuple[Database, Settings]:
    """The database and the settings of this process."""
    return _house.house()


def person() -> Person | None:
    """Whoever is signed in, looked up now; None if the session has ended or its user was disabled."""
    found = _row()
    if found is None:
        return None
    return Person(
        user_id=found.user_id, email=found.email, name=found.name, role=found.role, timezone=found.timezone
    )  # fmt: skip


def signed_in() -> Person:
    """Whoever is signed in. Without anybody it says so and stops the script, so nothing below it runs."""
    return person() or _stop()


def by() -> By:
    """The person as one who acts, now. Somebody signed out is nobody, who may nothing; `act` says so kindly."""
    acting = person()
    if acting is None:
        return By(at=utc_now())
    return By(at=utc_now(), user_id=acting.user_id, role=acting.role)


def act(verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    """Run a verb in one transaction and return what it returns.

    `Refused` becomes a notice, kindly, and None comes back; nothing is kept then. The screen shows it with the fragment
    "notices". Anything else that goes wrong is raised.
    """
    database, _ = house()
    try:
        found = _row()
        if found is None:
            raise Refused(SIGNED_OUT)
        with database.writing() as session:
            result = verb(session, *args, **kwargs)
    except Refused as refused:
        say(Notice(str(refused), kind="refused"))
        return None
    signins.seen(database, found, utc_now())
    return result


def seen() -> None:
    """Note that the person uses the workspace. Called at every full run; a live nudge is no use."""
    found = _row()
    if found is not None:
        signins.seen(house()[0], found, utc_now())


def zone() -> ZoneInfo:
    """The viewer's zone: their browser's, else their account's."""
    told = st.context.timezone
    if told:
        return zone_named(told)
    found = person()
    return zone_named(found.timezone if found else None)


def _row() -> signins.SignedIn | None:
    token_hash = st.user.get(IDENTITY_KEY)
    if not isinstance(token_hash, str) or not token_hash:
        return None
    database, _ = house()
    with database.reading() as session:
        return signins.find(session, token_hash, utc_now())


def _stop() -> NoReturn:
    alone(SIGNED_OUT)
    st.stop()
