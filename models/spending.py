"""MODELS: what reading a platform has cost."""

from sqlmodel import Field, SQLModel


class Spending(SQLModel, table=True):
    """Money one reader spent in one UTC day, by the platform's price list. Only ever added to."""

    day: str = Field(primary_key=True)
    """2026-11-22"""
    reader: str = Field(primary_key=True)
    """"source:7", "threads:x", "recheck:x"."""
    usd: float = 0.0
