"""MODELS: who is signed in, and what this installation is."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base import utc_now


class SignIn(SQLModel, table=True):
    """One session of one browser. Its row is the truth: end it, and the cookie opens nothing any more."""

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    """SHA-256 of the cookie's random value; the value itself is never stored."""
    user_id: int = Field(foreign_key="user.id", index=True)
    created_at: datetime = Field(default_factory=utc_now)
    seen_at: datetime = Field(default_factory=utc_now)
    expires_at: datetime
    ended_at: datetime | None = None


class SignInFailure(SQLModel, table=True):
    """A failed try to sign in, kept for the throttle only."""

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(index=True)
    at: datetime = Field(default_factory=utc_now, index=True)


class Installation(SQLModel, table=True):
    """The one row that says what this database is for. Written when it is first used for a demo or for real."""

    id: int = Field(default=1, primary_key=True)
    demo: bool = False
    """A demo's database: `up`, `worker` and `listen` refuse it outside the demo, and `demo` refuses every other."""
    created_at: datetime = Field(default_factory=utc_now)
