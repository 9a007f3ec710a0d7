"""WORKER: ask the platforms once a day what became of what we hold: edited, deleted, locked.

Comes in: mentions of conversations that still matter, not looked at for a day. Goes out: editions, tombstones, locks.
X and Reddit both ask that what was deleted there goes here within a day (PLATFORMS.md); times stay, words go.
"""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from listeners.errors import ListenerError
from listeners.saving import Sighting
from listeners.table import open_recheck
from models import Conversation, Mention, Placement
from models.values import Platform, Status
from worker.intake import take_in
from worker.lease import Worker, leased
from worker.money import left_today, spend

log = structlog.get_logger("worker.rechecking")

BATCH = 100
"""Ids one call of either platform takes."""
EVERY = timedelta(days=1)
KEPT = timedelta(days=30)
X_PRICE_USD = 0.005


def recheck(worker: Worker) -> int:
    """Look again at the mentions that are due, a platform at a time. How many were looked at."""
    done = 0
    for platform in (Platform.X, Platform.REDDIT):
        if worker.stopping.is_set():
            break
        with leased(worker, f"recheck:{platform}") as mine:
            done += _recheck(worker, platform) if mine else 0
    return done


def _recheck(worker: Worker, platform: Platform) -> int:
    now = worker.now()
    reader = f"recheck:{platform}"
    with worker.database.reading() as session:
        budget = left_today(session, reader, now, worker.settings) if platform == Platform.X else None
        most = BATCH if budget is None else min(BATCH, int(budget / X_PRICE_USD))
        due = _due(session, platform, now, most)
    try:
        asker = open_recheck(platform, worker.settings, budget or 0.0) if due else None
        posts = asker.recheck([external_id for _, external_id, _ in due]) if asker else ()
    except ListenerError as error:
        log.warning("recheck.failed", platform=platform.value, error=type(error).__name__)
        posts = ()
    if not due:
        return 0
    with worker.database.writing() as session:
        for brand_id in sorted({b for _, _, b in due}):
            held = {e for _, e, b in due if b == brand_id}
            sighting = Sighting(brand_id=brand_id, via="recheck", at=now)
            take_in(session, [p for p in posts if p.external_id in held], sighting, settings=worker.settings)
        looked = update(Mention).where(col(Mention.id).in_([i for i, _, _ in due]))
        session.execute(looked.values(checked_at=now))
        spend(session, reader, now, asker.cost_usd if asker else 0.0)
    return len(due)


def _due(session: Session, platform: Platform, now: datetime, most: int) -> list[tuple[int, str, int]]:
    """Mention id, external id and brand of what is to be looked at: running waits and what was finished lately."""
    query = (
        select(Mention.id, Mention.external_id, Placement.brand_id)
        .join(Placement, col(Placement.mention_id) == Mention.id)
        .join(Conversation, col(Conversation.id) == Placement.conversation_id)
        .where(
            Mention.platform == platform,
            col(Mention.deleted_at).is_(None),
            Mention.posted_at > now - KEPT,
            col(Mention.first_seen_at) < now - EVERY,
            or_(col(Mention.checked_at).is_(None), col(Mention.checked_at) < now - EVERY),
            or_(col(Conversation.status) != Status.RESOLVED, col(Conversation.ended_at) > now - KEPT),
        )
        .order_by(col(Mention.id))
        .limit(most)
    )
    return [(i, external_id, brand_id) for i, external_id, brand_id in session.exec(query) if i is not None]
