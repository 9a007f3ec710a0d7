"""WORKER: ask the platforms once a day what became of what we hold: edited, deleted, locked.

Comes in: mentions of conversations that still matter, not looked at for a day. Goes out: editions, tombstones, locks,
and words that stand again.
X and Reddit both ask that what was deleted there goes here within a day (PLATFORMS.md); times stay, words go.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from listeners.errors import ListenerError
from listeners.post import Post
from listeners.saving import Sighting
from listeners.table import open_recheck
from models import Conversation, Mention, Placement
from models.values import Platform, Status
from triage.recompute import one_hand
from worker.intake import take_in
from worker.lease import Worker, leased
from worker.money import left_today, spend
from worker.polling import other_origin

log = structlog.get_logger("worker.rechecking")

BATCH = 100
"""Ids one call of either platform takes."""
EVERY = timedelta(days=1)
KEPT = timedelta(days=30)
GONE_FOR = timedelta(days=7)
"""How long after it went a post is asked about still: a moderator may approve it, an account be public again."""
X_PRICE_USD = 0.005
AFTER_FAILURE = timedelta(minutes=15)
"""How long a platform is left alone that could not be asked."""


class _Asked(NamedTuple):
    """A mention that is due, once for each brand that has it."""

    mention_id: int
    external_id: str
    brand_id: int


def recheck(worker: Worker) -> int:
    """Look again at the mentions that are due, a platform at a time. How many were looked at."""
    done = 0
    for platform in (Platform.X, Platform.REDDIT):
        name = f"recheck:{platform}"
        if worker.stopping.is_set():
            break
        rests_until = worker.resting.get(name)
        if (rests_until and worker.now() < rests_until) or not _due_now(worker, platform):
            continue
        with leased(worker, name) as mine:
            done += _recheck(worker, platform) if mine else 0
    return done


def _due_now(worker: Worker, platform: Platform) -> list[_Asked]:
    now = worker.now()
    with worker.database.reading() as session:
        if other_origin(session, platform, worker.settings):
            return []
        most = min(BATCH, int(_budget(session, worker, platform) / X_PRICE_USD)) if platform == Platform.X else BATCH
        return _due(session, platform, now, most)


def _budget(session: Session, worker: Worker, platform: Platform) -> float:
    return left_today(session, f"recheck:{platform}", worker.now(), worker.settings)


def _recheck(worker: Worker, platform: Platform) -> int:
    reader = f"recheck:{platform}"
    posts: tuple[Post, ...]
    with worker.database.reading() as session:
        budget = _budget(session, worker, platform)
    due, asker, posts, now = _due_now(worker, platform), None, (), worker.now()
    worker.resting.pop(reader, None)
    try:
        asker = open_recheck(platform, worker.settings, budget)
        posts = asker.recheck(sorted({a.external_id for a in due})) if asker and due else ()
    except ListenerError as error:
        log.warning("recheck.failed", platform=platform.value, error=type(error).__name__)
        due, worker.resting[reader] = [], max(error.retry_at or now, now + AFTER_FAILURE)
    if asker is None:  # nobody could be asked: nothing counts as looked at
        due, worker.resting[reader] = [], now + AFTER_FAILURE
    _save(worker, reader, due, posts, asker.cost_usd if asker else 0.0)
    return len(due)


def _save(worker: Worker, reader: str, asked: Sequence[_Asked], posts: Sequence[Post], cost_usd: float) -> None:
    now = worker.now()
    if not (asked or cost_usd):
        return
    with worker.database.writing() as session:
        one_hand(session)
        for brand_id in sorted({a.brand_id for a in asked}):
            held = {a.external_id for a in asked if a.brand_id == brand_id}
            sighting = Sighting(brand_id=brand_id, via="recheck", at=now)
            mine = [p for p in posts if p.external_id in held or p.edit_of in held]
            take_in(session, mine, sighting, settings=worker.settings, found_again=True)
        looked = update(Mention).where(col(Mention.id).in_([a.mention_id for a in asked]))
        session.execute(looked.values(checked_at=now))
        spend(session, reader, now, cost_usd)


def _due(session: Session, platform: Platform, now: datetime, most: int) -> list[_Asked]:
    """What is to be looked at: of running waits and of what was finished lately; longest not looked at first.

    What went lately comes after what stands, as far as one call and the day's money still reach.
    """
    query = (
        select(Mention.id, Mention.external_id, Placement.brand_id)
        .join(Placement, col(Placement.mention_id) == Mention.id)
        .join(Conversation, col(Conversation.id) == Placement.conversation_id)
        .where(
            Mention.platform == platform,
            or_(col(Mention.deleted_at).is_(None), col(Mention.deleted_at) > now - GONE_FOR),
            Mention.posted_at > now - KEPT,
            col(Mention.first_seen_at) < now - EVERY,
            or_(col(Mention.checked_at).is_(None), col(Mention.checked_at) < now - EVERY),
            or_(col(Conversation.status) != Status.RESOLVED, col(Conversation.ended_at) > now - KEPT),
        )
        .order_by(
            col(Mention.deleted_at).is_not(None),
            col(Mention.checked_at).is_not(None),
            col(Mention.checked_at),
            col(Mention.id),
        )
        .limit(most)
    )
    return [_Asked(i, external_id, brand_id) for i, external_id, brand_id in session.exec(query) if i is not None]
