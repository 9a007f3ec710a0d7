"""MODELS: a brand we listen for, and what it promises."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import coded, utc_now
from models.values import Band


class Brand(SQLModel, table=True):
    """One brand. Written by `quarterdeck brand`; its time zone may change, its name is what people type."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    timezone: str = "UTC"
    """IANA name; days, targets and reports of this brand are in it."""
    competitor: bool = False
    """A competitor's mentions are counted, never queued."""
    created_at: datetime = Field(default_factory=utc_now)


class Target(SQLModel, table=True):
    """The first response time one band of a brand promises from a moment on. A change is a new row, never an edit."""

    __table_args__ = (UniqueConstraint("brand_id", "band", "valid_from"),)

    id: int | None = Field(default=None, primary_key=True)
    brand_id: int = Field(foreign_key="brand.id")
    band: Band = Field(sa_type=coded(Band))
    seconds: int
    valid_from: datetime = Field(default_factory=utc_now)
