"""TRIAGE: what stands beside a conversation: who the customer is, what came before, colleagues, who wrote our posts.

Comes in: a conversation's id. Goes out: plain values for screens. Reads only.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from models import Author, Brand, Conversation, Mention, Placement, Response, Thread, User, Wait
from models.response import ResponseStatus
from settings import Settings
from triage.history import Refused
from triage.labels import load_labels
from triage.rows import Row, rows_of

MOODS, EARLIER = 12, 6
"""How many of their newest mentions, and of their other conversations, are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """One mention of theirs, as read."""

    posted_at: datetime
    balance: float
    """p_positive − p_negative, −1 to 1."""
    sentiment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """The person of a conversation, as far as one brand knows them; times aware."""

    name: str
    handle: str
    platform: str
    url: str
    followers: int | None
    first_seen_at: datetime | None
    """Platform time of the first mention we hold."""
    mentions: int
    """Posts of theirs that concern the brand."""
    median_answer_seconds: float | None
    """Of their answered waits; None = we never answered them."""
    moods: list[Mood]
    """Oldest first."""
    earlier: list[Row]
    """Their other conversations with the brand, newest first."""


def customer(session: Session, conversation_id: int, settings: Settings) -> Customer:
    """Read who speaks in a conversation. `Refused` when there is none."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None:
        raise Refused(f"There is no conversation {conversation_id}.")
    author = session.get_one(Author, conversation.author_id)
    first, number = session.exec(
        select(func.min(Mention.posted_at), func.count())
        .join(Placement, col(Placement.mention_id) == Mention.id)
        .where(Mention.author_id == author.id, Placement.brand_id == conversation.brand_id, col(Mention.own).is_(False))
    ).one()
    return Customer(
        name=author.name,
        handle=author.handle,
        platform=author.platform.value,
        url=author.url,
        followers=author.followers,
        first_seen_at=first,
        mentions=number,
        median_answer_seconds=_median(_answered(session, conversation)),
        moods=_moods(session, conversation),
        earlier=rows_of(session, _others(session, conversation), settings),
    )


def colleagues(session: Session) -> list[tuple[int, str]]:
    """Everybody a conversation can be given to: id and name, by name."""
    users = session.exec(select(User).where(col(User.disabled_at).is_(None)))
    return sorted(((u.id or 0, u.name or u.email) for u in users), key=lambda told: told[1].lower())


def brands(session: Session) -> list[tuple[int, str]]:
    """Our brands: id and name, in the order they were made."""
    query = select(Brand).where(col(Brand.competitor).is_(False)).order_by(col(Brand.id))
    return [(b.id or 0, b.name) for b in session.exec(query)]


def writers(session: Session, conversation_id: int) -> dict[str, str]:
    """Who wrote our posts in a conversation: external_id → name, for those that were written here."""
    query = (
        select(Response.external_id, User)
        .join(User, col(User.id) == Response.written_by)
        .where(Response.conversation_id == conversation_id, col(Response.external_id).is_not(None))
    )
    return {external_id: user.name or user.email for external_id, user in session.exec(query) if external_id}


def title(session: Session, conversation_id: int) -> str:
    """What the thread is called; empty where threads have no titles."""
    query = (
        select(Thread.title)
        .join(Conversation, col(Conversation.thread_id) == Thread.id)
        .where(Conversation.id == conversation_id)
    )
    return session.exec(query).first() or ""


def awaiting_approval(session: Session) -> list[int]:
    """The conversations whose reply waits for a manager, longest first."""
    query = select(Response.conversation_id).where(Response.status == ResponseStatus.AWAITING_APPROVAL)
    return list(session.exec(query.order_by(col(Response.written_at))))


def check_seen(session: Session, conversation_id: int, seen: datetime | None) -> None:
    """`Refused` if something was stored after `seen`, so that nobody puts aside words they have not read."""
    conversation = session.get(Conversation, conversation_id)
    stored = conversation.last_stored_at if conversation else None
    if seen is not None and stored is not None and stored > seen:
        raise Refused("They wrote again just now: read that first.")


def _answered(session: Session, conversation: Conversation) -> list[float]:
    query = (
        select(Wait.started_at, Wait.ended_at)
        .join(Conversation, col(Conversation.id) == Wait.conversation_id)
        .where(
            Conversation.author_id == conversation.author_id,
            Conversation.brand_id == conversation.brand_id,
            col(Wait.answer_id).is_not(None),
        )
    )
    return sorted((end - start).total_seconds() for start, end in session.exec(query) if end is not None)


def _median(ordered: list[float]) -> float | None:
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _moods(session: Session, conversation: Conversation) -> list[Mood]:
    mine = (
        select(Mention)
        .join(Placement, col(Placement.mention_id) == Mention.id)
        .where(
            Mention.author_id == conversation.author_id,
            Placement.brand_id == conversation.brand_id,
            col(Mention.own).is_(False),
            col(Mention.deleted_at).is_(None),
        )
        .order_by(col(Mention.posted_at).desc(), col(Mention.id).desc())
        .limit(MOODS)
    )
    mentions = list(session.exec(mine))[::-1]
    labels = load_labels(session, [m.id for m in mentions if m.id is not None])
    return [
        Mood(posted_at=m.posted_at, balance=r.p_positive - r.p_negative, sentiment=r.sentiment.value)
        for m in mentions
        if (r := labels.get(m.id or 0)) is not None
    ]


def _others(session: Session, conversation: Conversation) -> list[Conversation]:
    query = (
        select(Conversation)
        .where(
            Conversation.author_id == conversation.author_id,
            Conversation.brand_id == conversation.brand_id,
            Conversation.id != conversation.id,
            Conversation.mentions > 0,
        )
        .order_by(col(Conversation.last_mention_at).desc(), col(Conversation.id).desc())
        .limit(EARLIER)
    )
    return list(session.exec(query))
