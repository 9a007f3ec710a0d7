"""REPORT: who waits, and what stands behind a figure: the people, their words and where to find the conversation.

Comes in: waits, or days. Goes out: rows for a list a person reads, words of others included. Reads only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col, select

from models import Author, Conversation, Mention, Placement, User, Wait
from models.database import chunks
from models.values import Platform
from reports.waits import Outcome, WaitRow, outcome, population


@dataclass(frozen=True, kw_only=True)
class Said:
    """One post of somebody, with who has its conversation."""

    conversation_id: int | None
    """None for a post that stands in no conversation."""
    platform: Platform
    handle: str
    """The platform's, without @; words of others."""
    text: str
    """Words of others; empty once deleted."""
    posted_at: datetime
    assignee: str
    """Name or email of who has it; empty when nobody has."""


def longest_waiting(rows: Iterable[WaitRow], until: datetime) -> list[WaitRow]:
    """Everybody who still waits for an answer at `until`, the longest first. The same waits the report counts."""
    waiting = [row for row in population(rows, until) if outcome(row, until) is Outcome.WAITING]
    return sorted(waiting, key=lambda row: (row.started_at, row.wait_id))


def said_in_waits(session: Session, wait_ids: Sequence[int]) -> dict[int, Said]:
    """What each of these waits began with, by the wait's id. Waits that are gone since are left out."""
    found: dict[int, Said] = {}
    for part in chunks(wait_ids):
        query = _columns(Wait.id).join(Wait, col(Wait.first_mention_id) == Mention.id)
        query = query.join(Conversation, col(Conversation.id) == Wait.conversation_id)
        query = query.outerjoin(User, col(User.id) == Conversation.assignee_id).where(col(Wait.id).in_(part))
        found |= {key: _said(row) for key, *row in session.execute(query)}
    return found


def said_between(
    session: Session, *, brand_ids: Sequence[int], start: datetime, end: datetime, limit: int = 500
) -> list[Said]:
    """The newest posts of others made in [start, end) that concern the brands: what `volume_by_day` counts.

    A post that concerns two of the brands stands in the conversation of the first.
    """
    query = _columns(Mention.id).join(Placement, col(Placement.mention_id) == Mention.id)
    query = query.outerjoin(Conversation, col(Conversation.id) == Placement.conversation_id)
    query = query.outerjoin(User, col(User.id) == Conversation.assignee_id).where(
        col(Mention.platform).in_(list(Platform)), col(Mention.posted_at) >= start, col(Mention.posted_at) < end,
        col(Mention.own).is_(False), col(Placement.brand_id).in_(brand_ids),
    )  # fmt: skip
    order = query.order_by(col(Mention.posted_at).desc(), col(Mention.id).desc(), col(Placement.brand_id))
    found: dict[int, Said] = {}
    for key, *row in session.execute(order.limit(limit * max(1, len(brand_ids)))):
        found.setdefault(key, _said(row))
    return list(found.values())[:limit]


def _columns(key: Any) -> Select[Any]:
    """A key, then what `_said` takes; the caller joins conversation and assignee."""
    told: list[Any] = [
        key, col(Conversation.id), Mention.platform, Author.handle, Mention.text, Mention.posted_at, User.name,
        User.email,
    ]  # fmt: skip
    query: Select[Any] = select(*told).select_from(Mention).join(Author, col(Author.id) == Mention.author_id)
    return query


def _said(row: Sequence[Any]) -> Said:
    conversation_id, platform, handle, text, posted_at, name, email = row
    return Said(
        conversation_id=conversation_id, platform=platform, handle=handle, text=text, posted_at=posted_at,
        assignee=name or email or "",
    )  # fmt: skip
