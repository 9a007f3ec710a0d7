"""MODELS: one public post, where it was found, and where it stands for each brand."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.base import coded, utc_now
from models.values import Platform


class Mention(SQLModel, table=True):
    """One public post that concerns a brand, theirs or ours, known by the platform's id.

    Facts of the platform are written once; a blank is filled when a later sighting knows more. Status, assignee and
    clocks live on the conversation. After a deletion it is a tombstone: times, no words.
    """

    __table_args__ = (
        Index("ix_mention_platform_external_id", "platform", "external_id", unique=True),
        Index("ix_mention_platform_thread", "platform", "thread_key"),
        Index("ix_mention_platform_parent", "platform", "parent_id"),
        Index("ix_mention_platform_posted", "platform", "posted_at"),
        Index(
            "ix_mention_unread", "id", sqlite_where=text("read_at IS NULL"), postgresql_where=text("read_at IS NULL")
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    platform: Platform = Field(sa_type=coded(Platform))
    external_id: str
    author_id: int = Field(foreign_key="author.id", index=True)
    text: str
    """The newest edition, as found."""
    url: str = ""
    language: str | None = None
    """As the platform says; the reading has its own."""
    posted_at: datetime
    """Platform time; the time of finding where the platform gave no believable one."""
    date_given: bool = True
    thread_key: str
    """The platform's id of the thread; while it is untold, the parent's thread, the parent's id, or its own id."""
    thread_given: bool = False
    parent_id: str | None = None
    """external_id of what it answers."""
    quoted_id: str | None = None
    mentioned: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Handles (case folded) and account ids it addresses."""
    followers: int | None = None
    """Of the author, when found."""
    own: bool = False
    """Posted by one of our accounts, or said to be ours by an import."""
    own_told: bool = False
    """Said to be ours by an import."""
    automatic: bool = False
    """Posted by an automatic account of ours: ends no wait."""
    from_import: bool = False
    """Known only from an import so far; the platform's own word replaces it."""
    edit_of: str | None = None
    """external_id of the first edition, where an edit makes a new id."""
    editions: int = 1
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    first_seen_at: datetime = Field(default_factory=utc_now)
    """When we stored it."""
    checked_at: datetime | None = None
    """When the platform was last asked what became of it."""
    read_at: datetime | None = None
    """When its newest edition was read; empty = a reading is due."""


class MentionVersion(SQLModel, table=True):
    """An earlier edition of a mention: the text a newer one replaced. Blanked when the post is deleted."""

    id: int | None = Field(default=None, primary_key=True)
    mention_id: int = Field(foreign_key="mention.id", index=True)
    text: str
    replaced_at: datetime = Field(default_factory=utc_now)


class MentionFind(SQLModel, table=True):
    """That one source, import or followed thread found a mention for one brand."""

    __table_args__ = (UniqueConstraint("mention_id", "brand_id", "via"),)

    id: int | None = Field(default=None, primary_key=True)
    mention_id: int = Field(foreign_key="mention.id")
    brand_id: int = Field(foreign_key="brand.id")
    via: str
    """"source:7", "import", "thread", "recheck"."""
    found_at: datetime = Field(default_factory=utc_now)


class Placement(SQLModel, table=True):
    """Where a mention stands for one brand: in which conversation, if in any. Recomputed when its thread changes."""

    __table_args__ = (Index("ix_placement_conversation", "conversation_id"),)

    mention_id: int = Field(foreign_key="mention.id", primary_key=True)
    brand_id: int = Field(foreign_key="brand.id", primary_key=True)
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    """Empty for a post of ours that answers nobody (an announcement) or nobody we can name (ambiguous)."""
    ambiguous: bool = False
    """Ours, its parent unknown, and not exactly one person was waiting: a person must say whom it answers."""
    history: bool = False
    """It is older than our listening: older than its source, or imported. Counted with its true times, without lag."""
    rests: bool = False
    """It was history and too old for the queue when it came."""
    stored_at: datetime = Field(default_factory=utc_now)
    """When this brand first had it: g in METRICS."""


class Thread(SQLModel, table=True):
    """The platform's own thread, for one brand: what we know of it as a whole, and when to look again."""

    __table_args__ = (UniqueConstraint("brand_id", "platform", "external_id"),)

    id: int | None = Field(default=None, primary_key=True)
    brand_id: int = Field(foreign_key="brand.id")
    platform: Platform = Field(sa_type=coded(Platform))
    external_id: str
    title: str = ""
    url: str = ""
    comments_url: str = ""
    """Blogs: the feed of its comments."""
    locked_at: datetime | None = None
    muted_at: datetime | None = None
    cursor: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    next_poll_at: datetime | None = Field(default=None, index=True)
    """Empty = not followed."""
    follow_until: datetime | None = None
    """Empty while a conversation in it is open."""
    failures: int = 0
    last_error: str | None = None
