"""TRIAGE: the queue: open conversations with a running wait that needs an answer, in order; and its other views.

Comes in: a view, a brand, a place to go on from. Goes out: rows for screens and scripts. Pages by keyset on
(rank, waiting_since, id) as one row value, so page 1,000 costs what page 1 costs. Reads only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, or_, tuple_
from sqlmodel import Session, col, func, select
from sqlmodel.sql.sqltypes import UTCDateTime

from models import Author, Brand, Conversation, Mention, Reading, Thread, User, Wait
from models.values import Band, Intent, Status
from settings import Settings
from triage.answerable import Answerable, answerable
from triage.rules import rules_for

Place = tuple[int, datetime | None, int]
"""Rank, waiting since, id: where a page ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One conversation as the queue shows it."""

    id: int
    brand_id: int
    brand: str
    platform: str
    author: str
    followers: int | None
    text: str
    url: str
    sentiment: str | None
    """None = not read yet."""
    intent: str | None
    needs_reply: float | None
    band: str | None
    priority: int
    reasons: dict[str, int]
    status: str
    assignee: str | None
    waiting_since: datetime | None
    due_at: datetime | None
    mentions: int
    answerable: Answerable
    place: Place


@dataclass(frozen=True, slots=True)
class View:
    """A named slice of the conversations."""

    name: str
    says: str
    where: ColumnElement[bool]
    waiting: bool = True
    """Every row has a running wait, so that equals are ordered by who has waited longest; else by age."""


def _live() -> ColumnElement[bool]:
    return col(Conversation.status).in_((Status.NEW, Status.OPEN))


_WAITS = col(Conversation.waiting_since).is_not(None)
_NOBODYS = col(Conversation.assignee_id).is_(None)
NEEDS_ANSWER = and_(_WAITS, col(Conversation.needs_answer), _live())

VIEWS: dict[str, View] = {
    view.name: view
    for view in (
        View("needs-answer", "a running wait that needs an answer", NEEDS_ANSWER),
        View("unassigned", "needs an answer, and nobody has it", and_(NEEDS_ANSWER, _NOBODYS)),
        View(
            "urgent", "urgent, and nobody has it", and_(NEEDS_ANSWER, _NOBODYS, col(Conversation.band) == Band.URGENT)
        ),
        View("not-read", "opened before anything read it", and_(NEEDS_ANSWER, col(Conversation.band).is_(None))),
        View("no-answer-needed", "waits, read as needing none", and_(_WAITS, ~col(Conversation.needs_answer), _live())),
        View("answered", "open, and it is their turn", and_(~_WAITS, _live()), waiting=False),
        View("escalated", "more help was asked for", and_(col(Conversation.escalated_at).is_not(None), _live()), False),
        View("snoozed", "put aside until a time", col(Conversation.status) == Status.SNOOZED, waiting=False),
        View("resolved", "finished", col(Conversation.status) == Status.RESOLVED, waiting=False),
        View("dismissed", "none of ours to answer", col(Conversation.status) == Status.DISMISSED, waiting=False),
        View("all", "every conversation", col(Conversation.id) > 0, waiting=False),
    )
}


def page(
    session: Session,
    *,
    now: datetime,
    settings: Settings,
    view: str = "needs-answer",
    brand_id: int | None = None,
    limit: int | None = 20,
    after: Place | None = None,
) -> list[Row]:
    """The next `limit` conversations of a view after a place, most pressing first; None = all of them.

    What is new is shown once the reading's time has passed, whether the worker lives or not. KeyError: no such view.
    """
    query = _query(VIEWS[view], brand_id, after)
    if view == "needs-answer":
        unread_since = now - timedelta(seconds=settings.read_after_seconds)
        query = query.where(or_(col(Conversation.status) == Status.OPEN, col(Conversation.created_at) <= unread_since))
    found = session.execute(query.limit(limit) if limit is not None else query).all()
    return _rows(session, found, settings)


def page_of(session: Session, conversation_id: int, settings: Settings) -> Row:
    """One conversation as a row, whatever its view. `NoResultFound` when there is none."""
    query = _query(VIEWS["all"], None, None).where(col(Conversation.id) == conversation_id)
    return _rows(session, [session.execute(query).one()], settings)[0]


def backlog(session: Session, brand_id: int | None = None) -> int:
    """How many conversations wait and need an answer."""
    query = select(func.count()).select_from(Conversation).where(NEEDS_ANSWER)
    return session.exec(query if brand_id is None else query.where(Conversation.brand_id == brand_id)).one()


def _query(view: View, brand_id: int | None, after: Place | None) -> Select[Any]:
    rank, since, last = col(Conversation.rank), col(Conversation.waiting_since), col(Conversation.id)
    order: tuple[Any, ...] = (rank, since, last) if view.waiting else (rank, last)
    query: Select[Any] = (
        select(Conversation, Brand, Author, Thread, Wait, Mention, User)  # type: ignore[call-overload]
        .join(Brand, col(Brand.id) == Conversation.brand_id)
        .join(Author, col(Author.id) == Conversation.author_id)
        .join(Thread, col(Thread.id) == Conversation.thread_id)
        .outerjoin(Wait, col(Wait.id) == Conversation.wait_id)
        .outerjoin(Mention, col(Mention.id) == Wait.first_mention_id)
        .outerjoin(User, col(User.id) == Conversation.assignee_id)
        .where(view.where)
        .order_by(*order)
    )
    if brand_id is not None:
        query = query.where(col(Conversation.brand_id) == brand_id)
    if after is not None:
        values = (literal(after[0]), literal(after[1], UTCDateTime()), literal(after[2]))
        query = query.where(tuple_(*order) > tuple_(*(values if view.waiting else (values[0], values[2]))))
    return query


def _rows(session: Session, found: Sequence[Any], settings: Settings) -> list[Row]:
    readings = _readings(session, [m.id for *_, m, _ in found if m is not None])
    handles = {b.id: rules_for(session, b.id, settings).handles for _, b, *_ in found}
    quoted = _own_ids(session, [m.quoted_id for *_, m, _ in found if m is not None and m.quoted_id])
    rows = []
    for conversation, brand, author, thread, _, mention, user in found:
        reading = readings.get(mention.id) if mention else None
        how = answerable(
            conversation.platform,
            mentioned=mention.mentioned if mention else (),
            quotes_us=bool(mention and mention.quoted_id in quoted),
            gone=bool(mention and mention.deleted_at),
            locked=thread.locked_at is not None,
            handles=handles[brand.id],
            settings=settings,
        )
        rows.append(_row(conversation, brand, author, mention, user, reading, how))
    return rows


def _row(
    conversation: Conversation,
    brand: Brand,
    author: Author,
    mention: Mention | None,
    user: User | None,
    reading: Reading | None,
    how: Answerable,
) -> Row:
    assert conversation.id is not None
    return Row(
        id=conversation.id,
        brand_id=conversation.brand_id,
        brand=brand.name,
        platform=conversation.platform.value,
        author=author.handle,
        followers=author.followers,
        text=mention.text if mention else "",
        url=mention.url if mention else "",
        sentiment=reading.sentiment.value if reading else None,
        intent=Intent(reading.intent).value if reading else None,
        needs_reply=reading.needs_reply if reading else None,
        band=conversation.band.value if conversation.band else None,
        priority=conversation.priority,
        reasons=conversation.reasons,
        status=conversation.status.value,
        assignee=user.email if user else None,
        waiting_since=conversation.waiting_since,
        due_at=conversation.due_at,
        mentions=conversation.mentions,
        answerable=how,
        place=(conversation.rank, conversation.waiting_since, conversation.id),
    )


def _readings(session: Session, mention_ids: Sequence[int]) -> dict[int, Reading]:
    query = select(Reading).where(col(Reading.mention_id).in_(mention_ids)).order_by(col(Reading.id))
    return {r.mention_id: r for r in session.exec(query)}


def _own_ids(session: Session, external_ids: Sequence[str]) -> set[str]:
    if not external_ids:
        return set()
    query = select(Mention.external_id).where(col(Mention.external_id).in_(external_ids), col(Mention.own))
    return set(session.exec(query))
