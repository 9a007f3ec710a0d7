"""MODELS: what the classifier made of a mention."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from models.base import coded, utc_now
from models.values import Intent, Sentiment


class Reading(SQLModel, table=True):
    """One reading of one edition of a mention by one model version. Never changed; the newest one counts."""

    id: int | None = Field(default=None, primary_key=True)
    mention_id: int = Field(foreign_key="mention.id", index=True)
    sentiment: Sentiment = Field(sa_type=coded(Sentiment))
    p_negative: float
    p_neutral: float
    p_positive: float
    intent: Intent = Field(sa_type=coded(Intent))
    """The primary one."""
    intents: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """Probability of each, 0–1."""
    intent_confidence: float
    about_brand: float
    needs_reply: float
    """0–1."""
    language: str
    """ISO 639-1 or "und"."""
    confidence: float | None = None
    """0–1: how sure the reading is as a whole; low ones are reviewed. Empty = read by a version that did not say."""
    model_version: str
    """With "+learned-7" at its end where a head learned here took part."""
    read_at: datetime = Field(default_factory=utc_now)
