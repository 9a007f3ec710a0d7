"""MODELS: who works here."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base import coded, utc_now
from models.values import Role


class User(SQLModel, table=True):
    """One person with a role. Written by `quarterdeck user`; disabled, never deleted, so that history keeps names."""

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    """Lower case."""
    name: str = ""
    role: Role = Field(sa_type=coded(Role))
    password_hash: str | None = None
    """argon2id; empty = cannot sign in with a password."""
    timezone: str = "UTC"
    created_at: datetime = Field(default_factory=utc_now)
    disabled_at: datetime | None = None
