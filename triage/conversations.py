"""TRIAGE: one conversation whole: posts, waits, history, and how many others stand in its thread. Reads only."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from models import Author, Conversation, Event, Mention, Placement, User, Wait
from models.values import Platform
from settings import Settings
from triage.history import Refused
from triage.labels import Labels, load_labels
from triage.queue import Row, page_of

LARGEST_ID = 2**31 - 1
"""What the id columns of both databases hold."""


@dataclass(frozen=True, slots=True)
class WholeConversation:
    """Everything a person needs to see of one conversation; plain values, times aware."""

    row: Row
    posts: list[dict[str, Any]]
    waits: list[dict[str, Any]]
    events: list[dict[str, Any]]
    others: int
    """Conversations of other people in the same thread."""


def find_conversation(session: Session, told: str) -> int:
    """The conversation of a number, or of a post told as platform:external_id. Raises `Refused`.

    The number is not looked up; a post that several brands hold leads to the conversation we had first.
    """
    told = told.strip()
    if told.isascii() and told.isdigit():
        if len(told) > len(str(LARGEST_ID)) or int(told) > LARGEST_ID:
            raise Refused(f"There is no conversation {_short(told)}. A post's id is told as x:{_short(told)}.")
        return int(told)
    platform, _, external_id = told.partition(":")
    if platform.lower() not in (*Platform, "twitter") or not external_id or "\0" in external_id:
        raise Refused("Say a conversation's number, or platform:external_id such as x:1790000000000000000.")
    query = (
        select(Placement.conversation_id)
        .join(Mention, col(Mention.id) == Placement.mention_id)
        .where(
            Mention.platform == (Platform.X if platform.lower() == "twitter" else Platform(platform.lower())),
            Mention.external_id == external_id,
            col(Placement.conversation_id).is_not(None),
        )
        .order_by(col(Placement.conversation_id))
    )
    found = session.exec(query.limit(1)).first()
    if found is None:
        raise Refused(f"There is no conversation that holds {_short(told)}.")
    return found


def _short(told: str) -> str:
    return told if len(told) <= 60 else told[:60] + "…"


def whole(session: Session, conversation_id: int, settings: Settings) -> WholeConversation:
    """Read one conversation. `Refused` when there is none."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None:
        raise Refused(f"There is no conversation {conversation_id}.")
    others = (
        select(func.count())
        .select_from(Conversation)
        .where(col(Conversation.thread_id) == conversation.thread_id, col(Conversation.id) != conversation_id)
    )
    return WholeConversation(
        row=page_of(session, conversation_id, settings),
        posts=_posts(session, conversation_id),
        waits=_waits(session, conversation_id),
        events=_events(session, conversation_id),
        others=session.exec(others).one(),
    )


def _posts(session: Session, conversation_id: int) -> list[dict[str, Any]]:
    query = (
        select(Mention, Author)
        .join(Placement, col(Placement.mention_id) == Mention.id)
        .join(Author, col(Author.id) == Mention.author_id)
        .where(Placement.conversation_id == conversation_id)
        .order_by(col(Mention.posted_at), col(Mention.external_id))
    )
    found = session.exec(query).all()
    labels = load_labels(session, [m.id for m, _ in found if m.id is not None])
    return [_post(m, a, labels.get(m.id or 0)) for m, a in found]


def _post(mention: Mention, author: Author, held: Labels | None) -> dict[str, Any]:
    return {
        "mention_id": mention.id,
        "external_id": mention.external_id,
        "author": author.handle,
        "own": mention.own,
        "automatic": mention.automatic,
        "text": mention.text,
        "url": mention.url,
        "posted_at": mention.posted_at,
        "date_given": mention.date_given,
        "parent_id": mention.parent_id,
        "editions": mention.editions,
        "deleted": mention.deleted_at is not None,
        "sentiment": held.sentiment.value if held else None,
        "intent": held.intent.value if held else None,
        "needs_reply": held.needs_reply if held else None,
        "language": held.language if held else mention.language,
    }


def _waits(session: Session, conversation_id: int) -> list[dict[str, Any]]:
    query = select(Wait).where(Wait.conversation_id == conversation_id).order_by(col(Wait.started_at), col(Wait.id))
    return [
        {
            "started_at": w.started_at,
            "ended_at": w.ended_at,
            "end": w.end.value if w.end else None,
            "seconds": (w.ended_at - w.started_at).total_seconds() if w.ended_at else None,
            "band": w.band.value if w.band else None,
            "target_seconds": w.target_seconds,
            "needs_answer": w.needs_answer,
        }
        for w in session.exec(query)
    ]


def _events(session: Session, conversation_id: int) -> list[dict[str, Any]]:
    query = (
        select(Event, User)
        .outerjoin(User, col(User.id) == Event.user_id)
        .where(Event.conversation_id == conversation_id)
        .order_by(col(Event.at), col(Event.id))
    )
    return [
        {
            "at": e.at,
            "verb": e.verb,
            "by": u.email if u else e.by_rule,
            "before": e.before,
            "after": e.after,
            "why": e.why,
        }
        for e, u in session.exec(query)
    ]
