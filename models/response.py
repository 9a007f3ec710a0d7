"""MODELS: what we say in public: drafts, responses, and every shot at publishing one."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.base import coded, utc_now
from models.values import How, Platform


class ResponseStatus(StrEnum):
    """Where a response stands. Live: nobody may begin another in the same conversation."""

    AWAITING_APPROVAL = "awaiting_approval"  # live: a manager must look first
    APPROVED = "approved"  # live: goes out when its grace has passed
    FIRING = "firing"  # live: an intent is written; the request may have been received
    LATER = "later"  # live: the platform asked us to wait, or our keys need care
    UNCERTAIN = "uncertain"  # live: we looked three times and cannot tell; a person decides
    HANDED_OFF = "handed_off"  # live: copied and opened on the platform; noticed when it appears
    SENT = "sent"  # public
    REFUSED = "refused"  # the platform said no, for good
    DISCARDED = "discarded"  # taken back before it went out


LIVE_RESPONSES = (
    ResponseStatus.AWAITING_APPROVAL,
    ResponseStatus.APPROVED,
    ResponseStatus.FIRING,
    ResponseStatus.LATER,
    ResponseStatus.UNCERTAIN,
    ResponseStatus.HANDED_OFF,
)
_LIVE = text("status IN (" + ", ".join(f"'{s.value}'" for s in LIVE_RESPONSES) + ")")


class AttemptOutcome(StrEnum):
    """How one shot ended."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    AMBIGUOUS = "ambiguous"  # the request may have been received: look before anything else
    NOT_FIRED = "not_fired"  # it never left: too late after its intent, or the connection was refused
    ABSENT = "absent"  # was ambiguous, and three looks did not find it


class Draft(SQLModel, table=True):
    """What one person has typed and not sent. Overwritten as they type; removed when it is sent or thrown away."""

    __table_args__ = (UniqueConstraint("conversation_id", "user_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    user_id: int = Field(foreign_key="user.id")
    kind: str = "reply"
    """reply or note."""
    text: str = ""
    revision: int = 0
    """Counts up; an older revision never overwrites a newer one."""
    updated_at: datetime = Field(default_factory=utc_now)


class Note(SQLModel, table=True):
    """What the team says among itself beside a conversation. Never public, ends no wait, never edited."""

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    user_id: int = Field(foreign_key="user.id")
    text: str
    written_at: datetime = Field(default_factory=utc_now)


class Response(SQLModel, table=True):
    """One public reply of ours, on its way or out. Its text never changes once approved; responders/ moves it on."""

    __table_args__ = (
        Index("ix_response_live", "conversation_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ix_response_due", "status", "due_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    brand_id: int = Field(foreign_key="brand.id")
    parent_mention_id: int = Field(foreign_key="mention.id")
    """The post it answers."""
    platform: Platform = Field(sa_type=coded(Platform))
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    """As whom."""
    origin: str = ""
    """The platform address it may go to, and no other."""
    how: How = Field(sa_type=coded(How))
    status: ResponseStatus = Field(sa_type=coded(ResponseStatus))
    text: str
    written_by: int = Field(foreign_key="user.id")
    written_at: datetime = Field(default_factory=utc_now)
    approved_by: int | None = Field(default=None, foreign_key="user.id")
    approved_at: datetime | None = None
    due_at: datetime | None = None
    """When to do the next thing: fire after the grace, look again, try again. Empty = a person must."""
    price_usd: float | None = None
    """What it was said to cost before it was sent."""
    said: str = ""
    """For people: why it stands where it stands."""
    external_id: str | None = None
    url: str = ""
    posted_at: datetime | None = None
    """Platform time; r of its wait."""
    ended_at: datetime | None = None


class ResponseAttempt(SQLModel, table=True):
    """One shot at the platform. Committed before the request (the intent); its outcome is written afterwards, once."""

    __table_args__ = (UniqueConstraint("response_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    response_id: int = Field(foreign_key="response.id")
    number: int
    fired_at: datetime
    """The machine's time of the intent."""
    fired_by: str
    """Which worker; nobody else may fire this attempt."""
    outcome: AttemptOutcome | None = Field(default=None, sa_type=coded(AttemptOutcome))
    """Empty: the intent is written and nothing else is known; after a crash it counts as ambiguous."""
    said: str = ""
    looks: int = 0
    """How often we have looked for it since."""
    ended_at: datetime | None = None
