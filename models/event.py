"""MODELS: history. One line for each thing that happened to a conversation, never edited."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from models.base import utc_now


class Event(SQLModel, table=True):
    """Who did what, from what, to what, when, why. Written inside the transaction of its change."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=utc_now, index=True)
    brand_id: int | None = Field(default=None, foreign_key="brand.id")
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id", index=True)
    verb: str
    """claimed, released, assigned, … as docs/architecture.md lists them."""
    user_id: int | None = Field(default=None, foreign_key="user.id")
    by_rule: str = ""
    """The rule that did it, where no person did: reading, new_mention, history, wake, merge."""
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    after: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    why: str = ""
