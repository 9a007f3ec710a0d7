"""MODELS: what we poll, how each poll ended, and what is known to be missing."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.base import coded, utc_now
from models.values import PollOutcome, SourceKind, SourceState


class Source(SQLModel, table=True):
    """One configured thing we poll. The worker writes cursor and health; people write the rest."""

    __table_args__ = (UniqueConstraint("brand_id", "kind", "target", "origin"),)

    id: int | None = Field(default=None, primary_key=True)
    brand_id: int = Field(foreign_key="brand.id")
    kind: SourceKind = Field(sa_type=coded(SourceKind))
    target: str
    name: str = ""
    match: str = ""
    every_seconds: int
    origin: str = ""
    """The platform address it was set up for; a poll against another one is refused. Empty = the real one."""
    state: SourceState = Field(default=SourceState.ACTIVE, sa_type=coded(SourceState))
    cursor: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """Opaque to everyone but the listener; committed together with the mentions it covers."""
    next_poll_at: datetime = Field(default_factory=utc_now, index=True)
    leased_by: str | None = None
    leased_until: datetime | None = None
    """Nobody else polls it before this time."""
    last_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    last_error: str | None = None
    """For people; empty after a success."""
    failed_since: datetime | None = None
    failures: int = 0
    """In a row."""
    created_at: datetime = Field(default_factory=utc_now)
    removed_at: datetime | None = None
    """Removed sources keep their row, so that finds still say where they came from."""


class Poll(SQLModel, table=True):
    """One visit to one source. Written once by the worker, kept for 30 days."""

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    started_at: datetime
    ended_at: datetime
    outcome: PollOutcome = Field(sa_type=coded(PollOutcome))
    found: int = 0
    """Posts the platform gave."""
    new: int = 0
    """Of them, mentions we did not have."""
    requests: int = 0
    cost_usd: float = 0.0
    said: str = ""
    """What was worth saying: the error, the limit, the notes."""


class Gap(SQLModel, table=True):
    """A stretch of a source known to be missing: opened when paging stopped early, closed when filled or gone."""

    __table_args__ = (
        Index("ix_gap_open", "source_id", "key", unique=True, sqlite_where=text("closed_at IS NULL"),
              postgresql_where=text("closed_at IS NULL")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    key: str
    since: str
    until: str
    reason: str
    opened_at: datetime = Field(default_factory=utc_now)
    closed_at: datetime | None = None
    lost: bool = False
    """Closed because the platform no longer gives it."""
