"""WORKER: who is signed in. Comes in: an email and a password, or a token. Goes out: a session row, or why not.

The row is the truth: end it, or disable its user, and the cookie opens nothing any more. Of a token only its SHA-256 is
kept, of a password only its argon2 hash. The time a refusal takes does not tell whether an email is known.
"""

import hashlib
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, update
from sqlmodel import Session, col, func, select

from models import SignIn, SignInFailure, User
from models.database import Database
from models.values import Role

IDLE = timedelta(hours=12)
"""A session nobody used for so long has ended."""
LASTS = timedelta(days=7)
"""No session is older."""
SEEN_EVERY = timedelta(minutes=5)
"""How exactly the last use is known: one write in so long."""
WINDOW = timedelta(minutes=15)
FAILURES_OF_ONE = 5
"""Failed tries with one email within the window, after which it must wait."""
FAILURES_OF_ALL = 100
"""The same for all emails together."""
LONGEST_EMAIL = 254
_hashing = threading.BoundedSemaphore(2)  # each verification takes 64 MB and a core: a flood must not take them all


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A live session and whose it is."""

    sign_in_id: int
    user_id: int
    email: str
    name: str
    role: Role
    timezone: str
    seen_at: datetime


class SignInRefused(Exception):
    """Not signed in; the text is for the person. `wait` tells that only time helps."""

    def __init__(self, text: str, *, wait: bool = False) -> None:
        super().__init__(text)
        self.wait = wait


def hash_of(token: str) -> str:
    """What is kept of a cookie's value."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(database: Database, email: str, password: str, now: datetime) -> str:
    """Begin a session and return its token, 256 random bits as text. Raises `SignInRefused`. Commits."""
    email = email.strip().lower()[:LONGEST_EMAIL]
    with database.writing() as session:
        attempt = _begin_attempt(session, email, now)
    if attempt is None:
        raise SignInRefused(
            f"Too many failed tries. Please wait {WINDOW.seconds // 60} minutes, then try again; "
            "nobody is signed out by this.", wait=True,
        )  # fmt: skip
    with database.reading() as session:
        user = session.exec(select(User).where(User.email == email, col(User.disabled_at).is_(None))).first()
        user_id, kept = (user.id, user.password_hash) if user else (None, None)
    right, better = _verified(kept, password)
    if not right or user_id is None:
        raise SignInRefused("That email and password do not open a session. Please check both.")
    with database.writing() as session:
        if better is not None:
            session.execute(update(User).where(col(User.id) == user_id).values(password_hash=better))
        session.execute(delete(SignInFailure).where(col(SignInFailure.email) == email))
        return begin(session, user_id, now)


def begin(session: Session, user_id: int, now: datetime) -> str:
    """Write a session for a user and return its token. The caller has made sure that it may. Commits nothing."""
    token = secrets.token_urlsafe(32)
    session.add(SignIn(token_hash=hash_of(token), user_id=user_id, created_at=now, seen_at=now, expires_at=now + LASTS))
    session.flush()
    return token


def find(session: Session, token_hash: str, now: datetime) -> SignedIn | None:
    """The live session with that hash: not ended, not expired, used within 12 hours, its user not disabled."""
    query = (
        select(SignIn, User)
        .join(User, col(User.id) == SignIn.user_id)
        .where(
            SignIn.token_hash == token_hash, col(SignIn.ended_at).is_(None), SignIn.expires_at > now,
            SignIn.seen_at > now - IDLE, col(User.disabled_at).is_(None),
        )
    )  # fmt: skip
    found = session.exec(query).first()
    if found is None:
        return None
    row, user = found
    assert row.id is not None
    assert user.id is not None
    return SignedIn(row.id, user.id, user.email, user.name or user.email, user.role, user.timezone, row.seen_at)


def seen(database: Database, signed_in: SignedIn, now: datetime) -> None:
    """Note that a session was used, at most once in five minutes. Commits."""
    if now - signed_in.seen_at < SEEN_EVERY:
        return
    with database.writing() as session:
        row = update(SignIn).where(col(SignIn.id) == signed_in.sign_in_id, col(SignIn.seen_at) < now)
        session.execute(row.values(seen_at=now))


def end(session: Session, token_hash: str, now: datetime) -> None:
    """End a session; ending it again changes nothing. Commits nothing."""
    ended = update(SignIn).where(col(SignIn.token_hash) == token_hash, col(SignIn.ended_at).is_(None))
    session.execute(ended.values(ended_at=now))


def end_all(session: Session, user_id: int, now: datetime) -> None:
    """End every session of a user. Commits nothing."""
    ended = update(SignIn).where(col(SignIn.user_id) == user_id, col(SignIn.ended_at).is_(None))
    session.execute(ended.values(ended_at=now))


def _begin_attempt(session: Session, email: str, now: datetime) -> int | None:
    """Count this try as failed before it is looked at, so that many at once are counted; None = it must wait."""
    session.execute(delete(SignInFailure).where(col(SignInFailure.at) < now - WINDOW))
    recent = select(func.count(col(SignInFailure.id)))
    of_one = session.exec(recent.where(SignInFailure.email == email)).one()
    if of_one >= FAILURES_OF_ONE or session.exec(recent).one() >= FAILURES_OF_ALL:
        return None
    failure = SignInFailure(email=email, at=now)
    session.add(failure)
    session.flush()
    return failure.id


def _verified(kept: str | None, password: str) -> tuple[bool, str | None]:
    """Whether the password is right, and a better hash of it where the kept one is out of date. Always as slow."""
    hasher = _hasher()
    with _hashing:
        try:
            hasher.verify(kept or _nobodys_hash(), password)
        except (VerificationError, InvalidHashError):
            return False, None
        if kept is None:
            return False, None
        return True, hasher.hash(password) if hasher.check_needs_rehash(kept) else None


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    """Verified for an email that is not known, so that the answer takes as long."""
    return _hasher().hash(secrets.token_urlsafe(32))
