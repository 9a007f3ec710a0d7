"""MODELS: our unit of work, its waits and the closures people put to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.base import coded, utc_now
from models.values import Band, Dismissal, Platform, Resolution, Status, WaitEnd

_NEW = text("status = 'new'")
_IN_QUEUE = text("waiting_since IS NOT NULL AND needs_answer AND status IN ('new', 'open')")
_IN_REVIEW = text("least_sure IS NOT NULL AND status IN ('new', 'open')")


class Conversation(SQLModel, table=True):
    """One person's exchange with us inside one thread. Changed by the verbs of triage and by nothing else.

    The columns from `wait_id` on are copies for the queue, written whenever the waits are recomputed.
    """

    __table_args__ = (
        UniqueConstraint("brand_id", "thread_id", "author_id"),
        Index("ix_conversation_queue", "rank", "waiting_since", "id", sqlite_where=_IN_QUEUE,
              postgresql_where=_IN_QUEUE),
        Index("ix_conversation_status", "brand_id", "status"),
        Index("ix_conversation_rescore", "rescore_at"),
        Index("ix_conversation_review", "least_sure", "id", sqlite_where=_IN_REVIEW, postgresql_where=_IN_REVIEW),
        Index("ix_conversation_new", "created_at", sqlite_where=_NEW, postgresql_where=_NEW),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    brand_id: int = Field(foreign_key="brand.id")
    platform: Platform = Field(sa_type=coded(Platform))
    thread_id: int = Field(foreign_key="thread.id", index=True)
    author_id: int = Field(foreign_key="author.id", index=True)

    status: Status = Field(default=Status.NEW, sa_type=coded(Status))
    resolution: Resolution | None = Field(default=None, sa_type=coded(Resolution))
    dismissal: Dismissal | None = Field(default=None, sa_type=coded(Dismissal))
    snoozed_until: datetime | None = Field(default=None, index=True)
    ended_at: datetime | None = None
    """When it was resolved or dismissed."""
    opened_by_rule: bool = False
    """It opened without a reading: "not read yet"."""
    assignee_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    claimed_at: datetime | None = None
    escalated_at: datetime | None = None
    created_at: datetime = Field(default_factory=utc_now)
    """When we first had it; decides which of two merged conversations is the older."""

    mentions: int = 0
    """Posts by the person; ours are not counted."""
    last_mention_at: datetime | None = None
    last_stored_at: datetime | None = None
    wait_id: int | None = None
    """The running wait, else the newest."""
    waiting_since: datetime | None = None
    """When the running wait began; empty once we have answered."""
    needs_answer: bool = True
    band: Band | None = Field(default=None, sa_type=coded(Band))
    due_at: datetime | None = None
    priority: int = 0
    """0–100: the sum of `reasons`."""
    rank: int = 100
    """100 − priority: ascending in the queue's index."""
    reasons: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Name of the part → points, whole numbers."""
    rescore_at: datetime | None = None
    """When waiting will have earned the next point."""
    least_sure: float | None = None
    """Confidence (0–1) of the least sure reading in the running wait that nobody has looked at; empty = none is in
    doubt."""


class Wait(SQLModel, table=True):
    """From a person's first unanswered mention to our answer, or to another end. Recomputed from the posts.

    Known by its first mention; what a person said about it (band, needs an answer) stays with it.
    """

    __table_args__ = (
        UniqueConstraint("conversation_id", "first_mention_id"),
        Index("ix_wait_brand_started", "brand_id", "started_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    brand_id: int = Field(foreign_key="brand.id")
    first_mention_id: int = Field(foreign_key="mention.id")
    started_at: datetime
    """p: platform time of the first unanswered mention."""
    stored_at: datetime | None = None
    """g: when we stored it; empty for history."""
    ended_at: datetime | None = None
    """r or x; empty while it runs."""
    end: WaitEnd | None = Field(default=None, sa_type=coded(WaitEnd))
    answer_id: int | None = Field(default=None, foreign_key="mention.id")
    """Our post that ended it."""
    needs_reply: float | None = None
    """From the reading of its first mention; empty = not read."""
    needs_answer_said: bool | None = None
    """What a person said; it goes before the reading."""
    needs_answer: bool = True
    band: Band | None = Field(default=None, sa_type=coded(Band))
    """Fixed when its first mention is read, unless a person changes it, or corrects that reading while it runs."""
    band_said: bool = False
    """A person said the band itself."""
    band_read: Band | None = Field(default=None, sa_type=coded(Band))
    """What the first reading of its first mention gave: where the band returns when a correction is taken back."""
    target_seconds: int | None = None
    history: bool = False


class Closure(SQLModel, table=True):
    """A person's word that a wait is over without a reply of ours that we could see: dismissed, or answered elsewhere.

    It covers the mentions we had when it was said (stored_at ≤ said_at), never a later one. Undone, not deleted.
    """

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    kind: WaitEnd = Field(sa_type=coded(WaitEnd))
    said_at: datetime
    ended_at: datetime
    """When the wait ended: the time of the answer elsewhere, else said_at."""
    url: str = ""
    said_by: int | None = Field(default=None, foreign_key="user.id")
    undone_at: datetime | None = None
