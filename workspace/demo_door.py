"""WORKSPACE: the demo's one-click sign-in. Comes in: who somebody wants to be. Goes out: a session's token.

Open only where all agree: the database is marked as a demo's, a `quarterdeck demo` that runs now started this process,
and the visitor is on this machine. Anywhere else there is nobody to choose and every try is refused.
"""

from typing import NamedTuple

from sqlmodel import Session
from starlette.requests import Request

from models.base import utc_now
from responders.origin import is_loopback
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


def on_this_machine(request: Request) -> bool:
    """Whether both ends of the connection are this machine, and so is the name that the visitor asked for."""
    # The name: a site elsewhere may make its own name mean 127.0.0.1, and send forms in a visitor's browser.
    ends = (request.scope.get("client"), request.scope.get("server"), (request.headers.get("host", ""),))
    return all(end is not None and is_loopback(f"//{_bracketed(str(end[0]))}") for end in ends)


def _bracketed(host: str) -> str:
    return f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host


def sign_in_as(email: str, *, local: bool) -> str:
    """Begin a session as one of the demo's cast and return its token. Raises `SignInRefused`. Commits.

    `local`: whether the visitor is `on_this_machine`.
    """
    database, _ = house()
    with database.writing() as session:
        cast = {p.email for p in _cast(session)} if local and in_demo() else set()
        user = next((u for u in users.list_users(session) if u.email in cast and u.email == email), None)
        if user is None or user.id is None:
            raise SignInRefused("That works in the demo only. Please sign in with your email and password.")
        return signins.begin(session, user.id, utc_now())


def _cast(session: Session) -> list[Person]:
    if not is_demo(session):
        return []
    active = sorted((u for u in users.list_users(session) if u.disabled_at is None), key=lambda u: u.id or 0)
    return [Person(u.email, u.name or u.email, u.role.value) for u in active]
