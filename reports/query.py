"""REPORT: the waits of some brands, read from the database in one statement, and the report over them.

Comes in: a session, brands and dates. Goes out: rows of plain values and a computed report. It only reads; give it
`Database.reading()`, so that every figure belongs to the same moment.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models import Author, Brand, Conversation, Event, Mention, Placement, Reading, Wait
from models.base import utc_now
from models.values import Resolution, Status, WaitEnd
from reports.days import bounds
from reports.response_times import ResponseTimes, response_times
from reports.waits import WaitRow

CLAIMS = ("claimed", "assigned")
"""Events after which somebody has the conversation."""
LETTING_GO = ("released", "unassigned")
"""Events after which nobody has."""
UNANSWERED = (Resolution.ANSWERED_PRIVATELY, Resolution.NO_ANSWER)
"""Reasons a person resolves with that end no wait."""
_AT_ONCE = 5_000
_Later = aliased(Mention)
"""Any mention of a wait, where the first has the table's own name."""


class Report(NamedTuple):
    """The figures and the waits they were computed from, for the CSV."""

    times: ResponseTimes
    rows: list[WaitRow]


def report_response_times(
    session: Session,
    *,
    brand_ids: Sequence[int] | None = None,
    from_: date | None = None,
    to: date | None = None,
    needs_answer_only: bool = True,
    until: datetime | None = None,
) -> Report:
    """The report `quarterdeck report response-times` prints. Dates are inclusive, by p, in the brand's zone.

    Without `brand_ids` it is about every brand of ours, never a competitor. A report over several brands is in the zone
    of the first of them. `until` is now unless told. Raises ValueError where no such brand exists, or where `from_`
    lies after `to`.
    """
    brands = _brands(session, brand_ids)
    zone = ZoneInfo(brands[0].timezone) if brands else ZoneInfo("UTC")
    start, end = bounds(from_, to, zone)
    ids = [b.id for b in brands if b.id is not None]
    rows = wait_rows(session, brand_ids=ids, start=start, end=end, needs_answer_only=needs_answer_only)
    moment = until or utc_now()
    times = response_times(rows, moment, zone, needs_answer_only=needs_answer_only, from_=from_, to=to)
    return Report(times, rows)


def wait_rows(
    session: Session,
    *,
    brand_ids: Sequence[int],
    start: datetime | None = None,
    end: datetime | None = None,
    running_at: datetime | None = None,
    needs_answer_only: bool = True,
) -> list[WaitRow]:
    """The waits that began in [start, end), oldest first. Columns, not objects: 100,000 take two to three seconds.

    `running_at`: of them, only those that had no end by then. `needs_answer_only` leaves out what cannot be in the
    default population, but keeps the dismissed: the report counts them beside.
    """
    query = _columns().where(col(Wait.brand_id).in_(brand_ids)).order_by(col(Wait.started_at), col(Wait.id))
    if start:
        query = query.where(col(Wait.started_at) >= start)
    if end:
        query = query.where(col(Wait.started_at) < end)
    if running_at:
        query = query.where(or_(col(Wait.ended_at).is_(None), col(Wait.ended_at) > running_at))
    if needs_answer_only:
        query = query.where(or_(col(Wait.needs_answer), col(Wait.end) == WaitEnd.DISMISSED))
    found = session.execute(query, execution_options={"yield_per": _AT_ONCE})
    return [WaitRow(**row) for row in found.mappings()]


def _brands(session: Session, brand_ids: Sequence[int] | None) -> list[Brand]:
    query = select(Brand).order_by(col(Brand.id))
    if brand_ids is None:
        return list(session.scalars(query.where(~col(Brand.competitor))))
    found = list(session.scalars(query.where(col(Brand.id).in_(brand_ids))))
    if missing := sorted(set(brand_ids) - {b.id for b in found}):
        raise ValueError(f"no brand with id {missing[0]}: `quarterdeck brand list` shows them")
    return found


def _columns() -> Select[Any]:
    """One row a wait, its columns named as the fields of `WaitRow`."""
    columns: list[Any] = [
        col(Wait.id).label("wait_id"),
        Wait.conversation_id,
        Wait.brand_id,
        col(Brand.name).label("brand"),
        Mention.platform,
        Mention.external_id,
        Wait.band,
        Wait.started_at,
        Wait.stored_at,
        _claimed_at().label("claimed_at"),
        Wait.ended_at,
        Wait.end,
        Wait.target_seconds,
        Wait.needs_answer,
        _dismissed_as_no_answer().label("dismissed_as_no_answer"),
        _resolved_unanswered().label("resolved_unanswered"),
        _not_read().label("not_read"),
        Wait.history,
        func.coalesce(col(Mention.followers), col(Author.followers)).label("followers"),
    ]
    query: Select[Any] = (
        select(*columns)
        .join(Brand, col(Brand.id) == Wait.brand_id)
        .join(Mention, col(Mention.id) == Wait.first_mention_id)
        .join(Author, col(Author.id) == Mention.author_id)
        .join(Conversation, col(Conversation.id) == Wait.conversation_id)
    )
    return query


def _claimed_at() -> ColumnElement[datetime | None]:
    """The claim that holds at r: the newest claim or letting go up to then, if it is a claim."""
    return (
        select(case((col(Event.verb).in_(CLAIMS), col(Event.at))))
        .where(
            col(Event.conversation_id) == Wait.conversation_id,
            col(Event.verb).in_(CLAIMS + LETTING_GO),
            col(Event.at) <= col(Wait.ended_at),
        )
        .order_by(col(Event.at).desc(), col(Event.id).desc())
        .limit(1)
        .correlate(Wait)
        .scalar_subquery()
    )


def _not_read() -> ColumnElement[bool]:
    """A mention of the wait that nothing has read yet, the first or a later one, and no person's word on the wait."""
    later = (
        select(col(Placement.mention_id))
        .join(_Later, col(_Later.id) == Placement.mention_id)
        .where(
            col(Placement.conversation_id) == Wait.conversation_id,
            col(_Later.own).is_(False),
            col(_Later.read_at).is_(None),  # says the same but for edited words, and spares most of the looking up
            col(_Later.posted_at) >= Wait.started_at,
            or_(col(Wait.ended_at).is_(None), col(_Later.posted_at) <= col(Wait.ended_at)),
            ~select(col(Reading.id)).where(col(Reading.mention_id) == _Later.id).exists(),
        )
        .correlate(Wait)
    )
    return and_(col(Wait.needs_answer_said).is_(None), or_(col(Wait.needs_reply).is_(None), later.exists()))


def _dismissed_as_no_answer() -> ColumnElement[bool]:
    """Dismissed, and a person's word on the wait itself that it needed no answer."""
    return func.coalesce(and_(col(Wait.end) == WaitEnd.DISMISSED, col(Wait.needs_answer_said).is_(False)), False)


def _resolved_unanswered() -> ColumnElement[bool]:
    resolved = and_(col(Conversation.status) == Status.RESOLVED, col(Conversation.resolution).in_(UNANSWERED))
    return func.coalesce(and_(col(Wait.end).is_(None), resolved), False)
