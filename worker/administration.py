"""WORKER: what admins do in the workspace: sources and people, with the role checked here.

Comes in: who acts, and what they want. Goes out: changed rows, or `Refused` with kind words. Commits nothing, except
`preview`, which asks a platform between two transactions of its own. No password is stored; one is told once.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from sqlmodel import Session, col, func, select

from listeners.errors import ListenerError
from listeners.post import Batch
from listeners.table import NEEDS_MATCH
from models import Source, User
from models.base import utc_now
from models.database import Database
from models.values import Role, SourceKind
from settings import Settings
from triage.history import By, Refused
from worker import signins, sources, users
from worker.house import SetupError

ONLY_ADMINS = "Only an admin may do that. Ask one of yours."
NO_MATCH = (
    "This kind brings everything that is posted there. Write the words or phrases to keep, or * for everything, "
    "into the field for words."
)


def add_source(
    session: Session,
    kind: SourceKind,
    target: str,
    *,
    settings: Settings,
    by: By,
    brand: str | None = None,
    name: str = "",
    match: str = "",
    every: int | None = None,
) -> Source:
    """Add a source, due at once. Raises `Refused` where it could never work, saying why."""
    with _asked_by_an_admin(by):
        if kind in NEEDS_MATCH and not match.strip():
            raise Refused(NO_MATCH)
        return sources.add_source(
            session, kind, target, settings=settings, by=by, brand=brand, name=name.strip(), match=match.strip(),
            every=every,
        )  # fmt: skip


def pause_source(session: Session, source_id: int, *, by: By) -> Source:
    """Poll it no more until it is resumed."""
    with _asked_by_an_admin(by):
        return sources.pause(session, source_id)


def resume_source(session: Session, source_id: int, *, by: By) -> Source:
    """Poll it again, at once; what had failed is forgiven."""
    with _asked_by_an_admin(by):
        return sources.resume(session, source_id)


def remove_source(session: Session, source_id: int, *, by: By) -> Source:
    """Poll it no more; what it brought stays."""
    with _asked_by_an_admin(by):
        return sources.remove(session, source_id)


def preview(database: Database, settings: Settings, kind: SourceKind, target: str, match: str, *, by: By) -> Batch:
    """Fetch once and keep nothing but what it cost. Takes as long as the platform does. Raises `Refused`."""
    with _asked_by_an_admin(by):
        if kind in NEEDS_MATCH and not match.strip():
            raise Refused(NO_MATCH)
        try:
            return sources.fetch_preview(database, settings, kind, target, match, utc_now())
        except ListenerError as error:
            raise Refused(str(error)) from None


def add_person(session: Session, email: str, role: Role, *, by: By, name: str = "") -> str:
    """Add somebody, or welcome a disabled one back, and return their first password. Told once, never stored."""
    with _asked_by_an_admin(by):
        password = secrets.token_urlsafe(15)
        users.add_user(session, email, role, name=name.strip(), password=password)
        return password


def new_password(session: Session, user_id: int, *, by: By) -> str:
    """Give somebody another password, end their sessions, and return it. Told once, never stored."""
    with _asked_by_an_admin(by):
        user = _active(session, user_id)
        password = secrets.token_urlsafe(15)
        user.password_hash = PasswordHasher().hash(password)
        signins.end_all(session, user_id, by.at)
        return password


def change_role(session: Session, user_id: int, role: Role, *, by: By) -> User:
    """Let somebody do more or less from their next click on. The last admin stays one."""
    with _asked_by_an_admin(by):
        user = _active(session, user_id)
        if role != Role.ADMIN:
            _not_the_last_admin(session, user)
        user.role = role
        return user


def disable_person(session: Session, user_id: int, *, by: By) -> User:
    """No more work for them, and their sessions end; history keeps their name. Nobody disables themselves."""
    with _asked_by_an_admin(by):
        user = _active(session, user_id)
        if user_id == by.user_id:
            raise Refused("Nobody can disable themselves. Another admin can.")
        _not_the_last_admin(session, user)
        user.disabled_at = by.at
        signins.end_all(session, user_id, by.at)
        return user


def end_sessions(session: Session, user_id: int, *, by: By) -> User:
    """Sign somebody out everywhere; they may sign in again."""
    with _asked_by_an_admin(by):
        user = _active(session, user_id)
        signins.end_all(session, user_id, by.at)
        return user


@contextmanager
def _asked_by_an_admin(by: By) -> Iterator[None]:
    if not by.may(Role.ADMIN):
        raise Refused(ONLY_ADMINS)
    try:
        yield
    except SetupError as error:
        raise Refused(str(error)) from None


def _active(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None or user.disabled_at is not None:
        raise Refused("That person is not here any more. Look at the list again.")
    return user


def _not_the_last_admin(session: Session, user: User) -> None:
    admins = select(func.count(col(User.id))).where(User.role == Role.ADMIN, col(User.disabled_at).is_(None))
    if user.role == Role.ADMIN and session.exec(admins).one() <= 1:
        raise Refused("This is the only admin. Make somebody else an admin first.")
