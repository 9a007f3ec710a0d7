"""REPORT: how many people's posts there were on each day, and in what mood.

Comes in: a session, brands, days. Goes out: counts by local day of p (platform time). Never counted by when we stored
them, so a poller that catches up makes no peak. Posts of our own are not counted.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, String, cast, extract
from sqlmodel import BigInteger, Session, col, func, select

from models import Correction, Mention, Placement, Reading
from models.values import Label, Platform, Sentiment
from reports.days import local_day

STEP = 900
"""Seconds the database counts together: every zone's days begin at a quarter of an hour."""


@dataclass(frozen=True)
class DayVolume:
    """The posts of others on one local day. mentions = negative + neutral + positive + not_read."""

    day: date
    mentions: int
    negative: int
    neutral: int
    positive: int
    not_read: int


def volume_by_day(
    session: Session, *, brand_ids: Sequence[int], zone: ZoneInfo, start: datetime, end: datetime
) -> list[DayVolume]:
    """Every local day of [start, end), oldest first; a day without a post stands there with zeros."""
    days: dict[date, Counter[Sentiment | None]] = defaultdict(Counter)
    for quarter, sentiment, count in session.execute(_counts(brand_ids, start, end)):
        mood = Sentiment(sentiment) if sentiment is not None else None
        days[local_day(datetime.fromtimestamp(int(quarter), UTC), zone)][mood] += count
    first, last = local_day(start, zone), local_day(end - timedelta(microseconds=1), zone)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [_day(day, days[day]) for day in every]


def newest_reading() -> Any:
    """The id of a mention's newest reading, inside a query about mentions."""
    return (
        select(func.max(Reading.id)).where(col(Reading.mention_id) == Mention.id).correlate(Mention).scalar_subquery()
    )


def newest_word(label: Label) -> Any:
    """The id of what a person said last of a label of a mention's present edition, inside a query about mentions."""
    return (
        select(func.max(Correction.id))
        .where(
            col(Correction.mention_id) == Mention.id,
            Correction.label == label,
            Correction.edition == Mention.editions,
            col(Correction.undone_at).is_(None),
        )
        .correlate(Mention)
        .scalar_subquery()
    )


def _counts(brand_ids: Sequence[int], start: datetime, end: datetime) -> Select[Any]:
    """Quarter of an hour (seconds since 1970), sentiment that holds, how many people's posts.

    A post that concerns two of the brands counts once. The platforms are named so that the index on
    (platform, posted_at) serves.
    """
    seconds = cast(func.floor(extract("epoch", col(Mention.posted_at))), BigInteger)  # PostgreSQL's cast alone rounds
    quarter: Any = seconds - seconds % STEP
    placed = select(Placement.mention_id).where(
        col(Placement.mention_id) == Mention.id, col(Placement.brand_id).in_(brand_ids)
    )
    # What a person said goes before the reading; where nothing read it, nobody could correct anything.
    sentiment: Any = func.coalesce(col(Correction.said), cast(col(Reading.sentiment), String))
    columns: list[Any] = [quarter, sentiment, func.count()]
    query: Select[Any] = (
        select(*columns)
        .select_from(Mention)
        .outerjoin(Reading, col(Reading.id) == newest_reading())
        .outerjoin(Correction, col(Correction.id) == newest_word(Label.SENTIMENT))
        .where(
            col(Mention.platform).in_(list(Platform)), col(Mention.posted_at) >= start, col(Mention.posted_at) < end,
            col(Mention.own).is_(False), placed.exists(),
        )
        .group_by(quarter, sentiment)
    )  # fmt: skip
    return query


def _day(day: date, moods: Counter[Sentiment | None]) -> DayVolume:
    return DayVolume(
        day, moods.total(), moods[Sentiment.NEGATIVE], moods[Sentiment.NEUTRAL], moods[Sentiment.POSITIVE], moods[None]
    )
