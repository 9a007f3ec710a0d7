"""WORKER: the one way into the house: posts become mentions and take their place, in the caller's transaction.

Comes in: posts and how they were come by. Goes out: what they led to. Polls, followed threads, imports all pass here.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from listeners.post import Post
from listeners.saving import Sighting, save_posts
from models import Conversation, Thread
from models.database import chunks
from models.values import Status
from settings import Settings
from triage.arrivals import Arrived, History, place
from triage.history import By
from triage.recompute import recompute
from triage.rules import rules_for
from triage.thread_keys import ThreadKey

FIRST_VISIT = timedelta(minutes=15)
"""How long after a conversation began its thread is visited for the first time."""


def take_in(
    session: Session,
    posts: Iterable[Post],
    sighting: Sighting,
    *,
    settings: Settings,
    older_than_source: datetime | None = None,
    to_queue: bool = False,
) -> Arrived:
    """Save posts and work out what they mean for the brand. Does not commit; harmless to repeat.

    Older than our listening (no lag): imported, or posted before `older_than_source`. Of these, what is not younger
    than the setting rests: counted, not queued, unless `to_queue`.
    """
    posts = list(posts)
    saved = save_posts(session, posts, sighting)
    session.flush()
    young = sighting.at - rules_for(session, sighting.brand_id, settings).history_age

    def is_older(posted_at: datetime) -> bool:
        return sighting.from_import or (older_than_source is not None and posted_at < older_than_source)

    def rests(posted_at: datetime) -> bool:
        return is_older(posted_at) and not to_queue and posted_at < young

    by = By(at=sighting.at, rule="arrival")
    arrived = place(
        session, sighting.brand_id, saved.ids, saved.changed, history=History(is_older, rests), by=by, settings=settings
    )
    _note_threads(session, posts, sighting, settings)
    _start_following(session, arrived.conversations, sighting.at)
    return arrived


def _start_following(session: Session, conversation_ids: Iterable[int], now: datetime) -> None:
    """Follow the threads of these conversations, unless history rests there or they are followed already."""
    for part in chunks(sorted(conversation_ids)):
        live = select(Conversation.thread_id).where(
            col(Conversation.id).in_(part), col(Conversation.status).in_((Status.NEW, Status.OPEN))
        )
        begin = update(Thread).where(col(Thread.id).in_(live), col(Thread.next_poll_at).is_(None))
        session.execute(begin.values(next_poll_at=now + FIRST_VISIT).execution_options(synchronize_session=False))


def _note_threads(session: Session, posts: list[Post], sighting: Sighting, settings: Settings) -> None:
    """What posts tell of their thread as a whole: its title, its comment feed, whether it is locked."""
    told = {
        (p.platform, p.thread_id or p.external_id): p for p in posts if p.thread_title or p.comments_url or p.locked
    }
    locked = []
    for part in chunks(sorted(told)):
        query = select(Thread).where(
            Thread.brand_id == sighting.brand_id, col(Thread.external_id).in_([key for _, key in part])
        )
        for thread in session.exec(query):
            post = told.get((thread.platform, thread.external_id))
            if post is None:
                continue
            thread.title = thread.title or post.thread_title
            thread.comments_url = thread.comments_url or post.comments_url
            if post.external_id == thread.external_id:
                thread.url = thread.url or post.url
            if post.locked and thread.locked_at is None:
                thread.locked_at = sighting.at
                locked.append(ThreadKey(thread.platform, thread.external_id))
    if locked:
        session.flush()
        recompute(session, rules_for(session, sighting.brand_id, settings), locked, sighting.at)
