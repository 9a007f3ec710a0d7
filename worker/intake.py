"""WORKER: the one way into the house: posts become mentions and take their place, in the caller's transaction.

Comes in: posts and how they were come by. Goes out: what they led to. Polls, followed threads, imports all pass here.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from listeners.post import Post
from listeners.saving import Sighting, save_posts
from models import Brand, Conversation, Placement, Thread
from models.database import chunks
from models.values import Status
from settings import Settings
from triage.arrivals import Arrived, History, place
from triage.history import By
from triage.recompute import one_hand, recompute
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
    found_again: bool = False,
) -> Arrived:
    """Save posts and work out what they mean for the brand. Does not commit; harmless to repeat.

    Older than our listening (no lag): imported, or posted before `older_than_source`. Of these, what is not younger
    than the setting rests: counted, not queued, unless `to_queue`. `found_again`: we looked for these posts because we
    hold their thread or themselves; what the brand has already stays what it is, history too.
    """
    one_hand(session)
    posts = list(posts)
    saved = save_posts(session, posts, sighting)
    session.flush()
    young = sighting.at - rules_for(session, sighting.brand_id, settings).history_age

    def is_older(posted_at: datetime) -> bool:
        return sighting.from_import or (older_than_source is not None and posted_at < older_than_source)

    def rests(posted_at: datetime) -> bool:
        return is_older(posted_at) and not to_queue and posted_at < young

    by = By(at=sighting.at, rule="arrival")
    ids = _unplaced(session, sighting.brand_id, saved.ids) if found_again else saved.ids
    arrived = place(
        session, sighting.brand_id, ids, saved.changed, history=History(is_older, rests), by=by, settings=settings
    )
    _note_threads(session, posts, sighting, settings)
    _start_following(session, arrived.conversations, sighting.at)
    return arrived


def _unplaced(session: Session, brand_id: int, ids: Iterable[int]) -> set[int]:
    """Of these mentions, those the brand does not have."""
    missing = set(ids)
    for part in chunks(sorted(missing)):
        query = select(Placement.mention_id).where(Placement.brand_id == brand_id, col(Placement.mention_id).in_(part))
        present = session.exec(query).all()
        missing.difference_update(present)
    return missing


def _start_following(session: Session, conversation_ids: Iterable[int], now: datetime) -> None:
    """Follow the threads of these conversations, unless history rests there or they are followed already."""
    for part in chunks(sorted(conversation_ids)):
        live = (
            select(Conversation.thread_id)
            .join(Brand, col(Brand.id) == Conversation.brand_id)
            .where(
                col(Conversation.id).in_(part),
                col(Conversation.status).in_((Status.NEW, Status.OPEN)),
                col(Brand.competitor).is_(False),  # theirs to answer, not ours
            )
        )
        begin = update(Thread).where(col(Thread.id).in_(live), col(Thread.next_poll_at).is_(None))
        session.execute(begin.values(next_poll_at=now + FIRST_VISIT).execution_options(synchronize_session=False))


def _note_threads(session: Session, posts: list[Post], sighting: Sighting, settings: Settings) -> None:
    """What posts tell of their thread as a whole: its title, its comment feed, whether it is locked."""
    told: dict[ThreadKey, list[Post]] = {}
    for post in posts:
        told.setdefault(ThreadKey(post.platform, post.thread_id or post.external_id), []).append(post)
    tellers = {k.key for k, found in told.items() if any(p.thread_title or p.comments_url or p.locked for p in found)}
    turned = []
    for part in chunks(sorted({k.key for k in told})):
        of_interest = col(Thread.external_id).in_(tellers.intersection(part)) | col(Thread.locked_at).is_not(None)
        query = select(Thread).where(
            Thread.brand_id == sighting.brand_id, col(Thread.external_id).in_(part), of_interest
        )
        for thread in session.exec(query):
            key = ThreadKey(thread.platform, thread.external_id)
            was_locked = thread.locked_at
            for post in told.get(key, ()):
                _note_thread(thread, post, sighting.at)
            turned += [key] if thread.locked_at != was_locked else []
    if turned:
        session.flush()
        recompute(session, rules_for(session, sighting.brand_id, settings), turned, sighting.at)


def _note_thread(thread: Thread, post: Post, at: datetime) -> None:
    thread.title = thread.title or post.thread_title
    thread.comments_url = thread.comments_url or post.comments_url
    is_root = post.external_id == thread.external_id
    thread.url = thread.url or (post.url if is_root else "")
    if post.locked and is_root:  # a single comment may be locked, too; that ends nobody else's wait
        thread.locked_at = thread.locked_at or at
    elif thread.locked_at and post.posted_at and post.posted_at > thread.locked_at:
        thread.locked_at = None  # somebody spoke since: it is open again, and they must not wait unseen
