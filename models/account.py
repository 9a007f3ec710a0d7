"""MODELS: who "we" are on a platform."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import coded, utc_now
from models.values import Platform


class Account(SQLModel, table=True):
    """One public identity of ours. Posts by it are ours, whoever's keys we hold. Removing the row is allowed."""

    __table_args__ = (UniqueConstraint("platform", "handle_key"),)

    id: int | None = Field(default=None, primary_key=True)
    brand_id: int = Field(foreign_key="brand.id")
    platform: Platform = Field(sa_type=coded(Platform))
    handle: str
    """As written, without @ or u/."""
    handle_key: str
    """Case folded: how handles are compared."""
    external_id: str | None = None
    """The platform's id, once known; it survives a change of handle."""
    name: str = ""
    automatic: bool = False
    """Its posts end no wait."""
    from_settings: bool = False
    """Named by key settings, not typed by a person."""
    origin: str = ""
    """The platform address it belongs to; empty = the real one."""
    created_at: datetime = Field(default_factory=utc_now)
