"""MODELS: a public account that wrote a mention."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.base import coded, utc_now
from models.values import Platform


class Author(SQLModel, table=True):
    """One public account. Written when first seen; handle, name and followers follow the newest sighting."""

    __table_args__ = (
        Index("ix_author_platform_key", "platform", "key", unique=True),
        Index("ix_author_platform_handle_key", "platform", "handle_key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    platform: Platform = Field(sa_type=coded(Platform))
    key: str
    """"id:<platform id>" once the id is known, else "h:<handle, case folded>"."""
    external_id: str | None = None
    handle: str
    handle_key: str
    name: str = ""
    url: str = ""
    followers: int | None = None
    first_seen_at: datetime = Field(default_factory=utc_now)


class Mute(SQLModel, table=True):
    """A person of no interest to a brand: their new mentions reopen nothing. Removing the row unmutes."""

    __table_args__ = (Index("ix_mute_brand_author", "brand_id", "author_id", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    brand_id: int = Field(foreign_key="brand.id")
    author_id: int = Field(foreign_key="author.id")
    muted_by: int | None = Field(default=None, foreign_key="user.id")
    muted_at: datetime = Field(default_factory=utc_now)
