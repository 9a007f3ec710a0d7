"""WORKER: who works here. Comes in: an email and a role. Goes out: a user row. No password is ever stored or shown."""

from argon2 import PasswordHasher
from sqlmodel import Session, col, select

from models import User
from models.base import utc_now
from models.values import Role
from worker import signins
from worker.house import SetupError

SHORTEST_PASSWORD = 12


def add_user(session: Session, email: str, role: Role, *, name: str = "", password: str | None = None) -> User:
    """Add a person; a disabled one of the same email is welcome back, with the new role. Raises `SetupError`."""
    email = email.strip().lower()
    local, at, domain = email.partition("@")
    if not (local and at and domain) or any(c.isspace() for c in email):
        raise SetupError(f'"{email}" is no email address.')
    if password is not None and len(password) < SHORTEST_PASSWORD:
        raise SetupError(f"A password needs at least {SHORTEST_PASSWORD} characters.")
    user = session.exec(select(User).where(User.email == email)).first()
    if user is not None and user.disabled_at is None:
        raise SetupError(f"{email} is here already, as {user.role}.")
    user = user or User(email=email, role=role)
    user.role, user.disabled_at, user.name = role, None, name or user.name
    if password is not None:
        user.password_hash = PasswordHasher().hash(password)
    session.add(user)
    session.flush()
    return user


def disable_user(session: Session, email: str) -> User:
    """No more work for them, and their sessions end; history keeps their name."""
    user = session.exec(select(User).where(User.email == email.strip().lower())).first()
    if user is None or user.disabled_at is not None:
        raise SetupError(f"There is no active user {email}.")
    user.disabled_at = utc_now()
    assert user.id is not None
    signins.end_all(session, user.id, user.disabled_at)
    return user


def list_users(session: Session) -> list[User]:
    """Everybody, the disabled too."""
    return list(session.exec(select(User).order_by(col(User.email))))
