"""WORKER: what may still be spent today, and what was. Comes in: a reader's name. Goes out: US dollars."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import Spending
from models.database import insert_missing
from settings import Settings


def left_today(session: Session, reader: str, now: datetime, settings: Settings) -> float:
    """What the reader may still spend in this UTC day; never below 0."""
    row = session.get(Spending, (now.strftime("%Y-%m-%d"), reader))
    return max(0.0, settings.x_daily_usd - (row.usd if row else 0.0))


def spent_today(session: Session, now: datetime) -> dict[str, float]:
    """What each reader has spent in this UTC day; readers that spent nothing are left out."""
    rows = session.exec(select(Spending).where(Spending.day == now.strftime("%Y-%m-%d")))
    return {row.reader: row.usd for row in rows}


def spend(session: Session, reader: str, now: datetime, usd: float) -> None:
    """Add what a visit cost to the day's sum. In the transaction that saves what it brought."""
    if usd <= 0:
        return
    day = now.strftime("%Y-%m-%d")
    insert_missing(session, Spending, [{"day": day, "reader": reader, "usd": 0.0}])
    row = update(Spending).where(col(Spending.day) == day, col(Spending.reader) == reader)
    session.execute(row.values(usd=Spending.usd + usd))
