"""MODELS: who does a job that only one may do at a time."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Lease(SQLModel, table=True):
    """One named job that is being done. Taken and given back by conditional updates; ends by itself."""

    name: str = Field(primary_key=True)
    leased_by: str | None = None
    leased_until: datetime | None = None
