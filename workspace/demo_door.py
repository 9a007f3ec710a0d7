"""WORKSPACE: the demo's one-click sign-in. Comes in: who somebody wants to be. Goes out: a session's token.

Open only where both agree: the database is marked as a demo's, and `quarterdeck demo` started this process. Anywhere
else there is nobody to choose and every try is refused.
"""

from typing import NamedTuple

from sqlmodel import Session

from models.base import utc_now
from worker import signins, users
from worker.installation import in_demo, is_demo
from worker.signins import SignInRefused
from workspace.house import house


class Person(NamedTuple):
    """Somebody of the demo's cast, for a button."""

    email: str
    name: str
    role: str


def people() -> list[Person]:
    """Whom a visitor of the demo may be with one click; nobody outside it."""
    if not in_demo():
        return []
    database, _ = house()
    with database.reading() as session:
        return _cast(session)


def sign_in_as(email: str) -> str:
    """Begin a session as one of the demo's cast and return its token. Raises `SignInRefused`. Commits."""
    database, _ = house()
    with database.writing() as session:
        cast = {p.email for p in _cast(session)} if in_demo() else set()
        user = next((u for u in users.list_users(session) if u.email in cast and u.email == email), None)
        if user is None or user.id is None:
            raise SignInRefused("That works in the demo only. Please sign in with your email and password.")
        return signins.begin(session, user.id, utc_now())


def _cast(session: Session) -> list[Person]:
    if not is_demo(session):
        return []
    active = [u for u in users.list_users(session) if u.disabled_at is None]
    return [Person(u.email, u.name or u.email, u.role.value) for u in active]
