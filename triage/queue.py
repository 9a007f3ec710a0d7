"""TRIAGE: the queue: open conversations with a running wait that needs an answer, in order; and its other views.

Comes in: a view, a brand, a place to go on from. Goes out: rows for screens and scripts. Pages by keyset on
(rank, waiting_since, id) as one row value, so page 1,000 costs what page 1 costs. Reads only.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, TextClause, and_, literal, or_, text, tuple_
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar
from sqlmodel.sql.sqltypes import UTCDateTime

from models import Conversation
from models.values import Band, Platform, Status
from settings import Settings
from triage.rows import Place, Row, rows_of

__all__ = ["VIEWS", "Place", "Row", "View", "backlog", "count", "page", "page_of"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class View:
    """A named slice of the conversations."""

    name: str
    says: str
    where: ColumnElement[bool] | TextClause
    waiting: bool = True
    """Every row has a running wait, so that equals are ordered by who has waited longest; else by age."""
    queue: bool = False
    """A part of the queue: what is new is left to the reading for its first minute."""
    review: bool = False
    """Ordered by doubt, the least sure first, instead of by priority."""


def _live() -> ColumnElement[bool]:
    return col(Conversation.status).in_((Status.NEW, Status.OPEN))


_WAITS = col(Conversation.waiting_since).is_not(None)
_NOBODYS = func.coalesce(Conversation.assignee_id, 0) == 0
"""Said so that no index on the assignee tempts away from the queue's own, which needs no sort."""
NEEDS_ANSWER = text(
    "conversation.waiting_since IS NOT NULL AND conversation.needs_answer AND conversation.status IN ('new', 'open')"
)
"""Word for word the condition of the index: SQLite uses a partial index for nothing else, and for no bound values."""

IN_REVIEW = text("conversation.least_sure IS NOT NULL AND conversation.status IN ('new', 'open')")
"""Word for word the condition of its index, too."""

VIEWS: dict[str, View] = {
    view.name: view
    for view in (
        View("needs-answer", "a running wait that needs an answer", NEEDS_ANSWER, queue=True),
        View("unassigned", "needs an answer, and nobody has it", and_(NEEDS_ANSWER, _NOBODYS), queue=True),
        View("urgent", "urgent, and nobody has it", and_(NEEDS_ANSWER, _NOBODYS, col(Conversation.band) == Band.URGENT),
             queue=True),
        View("not-read", "opened before anything read it", and_(NEEDS_ANSWER, col(Conversation.band).is_(None)),
             queue=True),
        View("review", "read, but not for sure, and nobody has looked", IN_REVIEW, waiting=False, review=True),
        View("no-answer-needed", "waits, read as needing none", and_(_WAITS, ~col(Conversation.needs_answer), _live())),
        View("answered", "open, and it is their turn",
             and_(~_WAITS, _live(), col(Conversation.mentions) > 0), waiting=False),
        View("escalated", "more help was asked for", and_(col(Conversation.escalated_at).is_not(None), _live()), False),
        View("open", "new or open, whether anybody waits or not", _live(), waiting=False),
        View("snoozed", "put aside until a time", col(Conversation.status) == Status.SNOOZED, waiting=False),
        View("resolved", "finished", col(Conversation.status) == Status.RESOLVED, waiting=False),
        View("dismissed", "none of ours to answer", col(Conversation.status) == Status.DISMISSED, waiting=False),
        View("all", "every conversation", col(Conversation.id) > 0, waiting=False),
    )
}  # fmt: skip


def page(
    session: Session,
    *,
    now: datetime,
    settings: Settings,
    view: str = "needs-answer",
    brand_id: int | None = None,
    platform: Platform | None = None,
    assignee_id: int | None = None,
    among: Collection[int] | None = None,
    limit: int | None = 20,
    after: Place | None = None,
) -> list[Row]:
    """The next `limit` conversations of a view after a place, most pressing first; None = all of them.

    `assignee_id`: only what this user has. `among`: only conversations of these ids. What is new is shown once the
    reading's time has passed, whether the worker lives or not. KeyError: no such view.
    """
    query = page_query(VIEWS[view], now - timedelta(seconds=settings.read_after_seconds), brand_id, after)
    query = _narrowed(query, platform, assignee_id, among)
    found = session.exec(query if limit is None else query.limit(limit)).all()
    return rows_of(session, found, settings)


def page_of(session: Session, conversation_id: int, settings: Settings) -> Row:
    """One conversation as a row, whatever its view. `NoResultFound` when there is none."""
    return rows_of(session, [session.get_one(Conversation, conversation_id)], settings)[0]


def count(session: Session, view: str, assignee_id: int | None = None) -> int:
    """How many conversations a view holds; `assignee_id`: of those this user has. KeyError: no such view."""
    query = select(func.count()).select_from(Conversation).where(VIEWS[view].where)
    return session.exec(_narrowed(query, None, assignee_id, None)).one()


def backlog(session: Session, brand_id: int | None = None) -> int:
    """How many conversations wait and need an answer."""
    query = select(func.count()).select_from(Conversation).where(NEEDS_ANSWER)
    return session.exec(query if brand_id is None else query.where(Conversation.brand_id == brand_id)).one()


def _narrowed(
    query: SelectOfScalar[T], platform: Platform | None, assignee_id: int | None, among: Collection[int] | None
) -> SelectOfScalar[T]:
    if platform is not None:
        query = query.where(Conversation.platform == platform)
    if assignee_id is not None:
        query = query.where(Conversation.assignee_id == assignee_id)
    return query if among is None else query.where(col(Conversation.id).in_(among))


def page_query(
    view: View, unread_since: datetime, brand_id: int | None = None, after: Place | None = None
) -> SelectOfScalar[Conversation]:
    """The conversations of a view after a place, in order: one index walk, no sort, for the parts of the queue."""
    order, after_values = _order(view, after)
    query = select(Conversation).where(view.where).order_by(*order)
    if view.queue:
        query = query.where(or_(col(Conversation.status) != Status.NEW, col(Conversation.created_at) <= unread_since))
    if brand_id is not None:
        # + 0: the same, for the index on brands finds all of a brand's conversations, and then they must be sorted.
        query = query.where((Conversation.brand_id + 0 if view.queue else col(Conversation.brand_id)) == brand_id)
    if after is not None:
        query = query.where(tuple_(*order) > tuple_(*after_values))
    return query


def _order(view: View, after: Place | None) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The columns a view is ordered by, and where in them a page ended; of a table without a place, nothing."""
    rank, since, number, least_sure = after or (0, None, 0, None)
    if view.review:
        return (col(Conversation.least_sure), col(Conversation.id)), (literal(least_sure), literal(number))
    if view.waiting:
        columns = (col(Conversation.rank), col(Conversation.waiting_since), col(Conversation.id))
        return columns, (literal(rank), literal(since, UTCDateTime()), literal(number))
    return (col(Conversation.rank), col(Conversation.id)), (literal(rank), literal(number))
