"""MODELS: what people know better than the reading, and what was learned from it."""

from datetime import datetime

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from models.base import coded, utc_now
from models.values import Label, LearningMode, Platform


class Correction(SQLModel, table=True):
    """A person's word on one label of one edition of a mention; `was == said` where they found the reading right.

    Written by the verbs `correct` and `confirm`, taken back by `undone_at`, never edited and never deleted. The newest
    that stands for the mention's present edition holds, whatever is read later; edited words are asked of anew.
    """

    __table_args__ = (Index("ix_correction_mention", "mention_id", "label"),)

    id: int | None = Field(default=None, primary_key=True)
    mention_id: int = Field(foreign_key="mention.id")
    edition: int
    """Which edition of the mention it was said of: `Mention.editions` at that time."""
    label: Label = Field(sa_type=coded(Label))
    was: str
    """What was shown: a sentiment, an intent, "yes" or "no", a language."""
    said: str
    """What it is, in the same words."""
    model_version: str
    """Of the reading it was said of; empty where nothing had read the mention."""
    platform: Platform = Field(sa_type=coded(Platform))
    """Of the mention: learning is a setting per platform."""
    said_by: int | None = Field(default=None, foreign_key="user.id")
    said_at: datetime = Field(default_factory=utc_now)
    undone_at: datetime | None = None


class Embedding(SQLModel, table=True):
    """Where the encoder places the newest edition of a mention that it has read. Replaced with each reading.

    Gone once the mention is deleted: what was made of words goes with them.
    """

    mention_id: int = Field(foreign_key="mention.id", primary_key=True)
    model_version: str
    """Of the model alone, without what was learned here: only vectors of one model compare."""
    vector: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """Half floats, little-endian, of unit length: 768 bytes for 384 of them."""


class LearnedHead(SQLModel, table=True):
    """One attempt to learn from corrections, with its figures; kept or refused, and never changed afterwards.

    Accuracies are shares 0–1 of labels told right, on what the attempt did not see.
    """

    id: int | None = Field(default=None, primary_key=True)
    base_version: str
    """The model it was fitted for; with any other it is of no use."""
    weights: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """safetensors: what to add to the model's logits. Empty where it was refused."""
    refused: str = ""
    """Why it is not kept, for people; empty = it passed the gate."""
    lessons: int
    """Mentions it learned from."""
    newest_correction_id: int
    """The newest correction it knew of."""
    held_out: int
    """Mentions with corrections that were kept back to judge it by."""
    held_out_before: float
    """Accuracy on them without it, and below with it."""
    held_out_after: float
    anchors: int
    """Labels of the texts shipped for judging: what must not be forgotten."""
    anchors_before: float
    anchors_after: float
    seconds: float
    """How long fitting took."""
    fitted_at: datetime = Field(default_factory=utc_now)


class Learning(SQLModel, table=True):
    """The one row (id 1) that says which learned head is in use, and whether new ones follow it by themselves."""

    id: int | None = Field(default=None, primary_key=True)
    mode: LearningMode = Field(default=LearningMode.AUTO, sa_type=coded(LearningMode))
    head_id: int | None = Field(default=None, foreign_key="learnedhead.id")
    """Empty = the shipped model alone."""
