"""WORKER: what is known to be missing of a source, kept as rows. Comes in: a batch's gaps. Goes out: `Gap` rows."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from listeners.post import OpenGap
from models import Gap


def keep_gaps(session: Session, source_id: int, gaps: Sequence[OpenGap], now: datetime) -> None:
    """Open the new ones, follow the shrinking ones, close what is filled or lost. Does not commit."""
    query = select(Gap).where(Gap.source_id == source_id, col(Gap.closed_at).is_(None))
    stored = {g.key: g for g in session.exec(query)}
    lost = set(session.exec(select(Gap.key).where(Gap.source_id == source_id, col(Gap.lost))))
    for told in {g.key: g for g in gaps}.values():
        gap = stored.pop(told.key, None)
        if gap is None and told.lost and told.key in lost:
            continue  # said before; a listener repeats what is lost so that it is not taken for filled
        if gap is None:
            gap = Gap(source_id=source_id, key=told.key, since="", until="", reason="", opened_at=now)
            session.add(gap)
        gap.since, gap.until, gap.reason, gap.lost = told.since, told.until, told.reason, told.lost
        gap.closed_at = now if told.lost else None
    for filled in stored.values():
        filled.closed_at = now
