"""WORKER: read what is unread, open what is new, wake what is due.

Comes in: rows that are due. Goes out: readings, opened conversations. Each job takes a bounded batch and says
how many it did; 0 means nothing is due. All are harmless to repeat and to run twice at once.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import NamedTuple

import structlog
from sqlalchemy import update
from sqlmodel import Session, col, select

from models import Conversation, Mention, Placement, Reading
from models.values import Intent, Platform, Sentiment, Status
from triage.history import By
from triage.learning import Learned, load_active
from triage.reading import ReadingResult, classify
from triage.recompute import one_hand, recompute
from triage.rules import rules_for
from triage.thread_keys import ThreadKey
from triage.unavailable import ModelUnavailable
from triage.verbs import open_read, open_unread, wake
from triage.verbs.open import open_unreadable
from worker.embeddings import keep_embeddings
from worker.lease import Worker, leased

log = structlog.get_logger("worker.reading")

BATCH = 200
LEASE = timedelta(minutes=2)
"""A batch takes seconds; a worker that died should not keep the others from reading for long."""


class Unread(NamedTuple):
    """One mention to read, as it stood when we looked."""

    id: int
    text: str
    language: str | None
    editions: int


def read_mentions(worker: Worker) -> int:
    """Read the oldest unread mentions and open their conversations. How many were read."""
    if not _unread(worker, 1):  # an idle worker writes nothing
        return 0
    with leased(worker, "reading", LEASE) as mine:
        unread = _unread(worker, BATCH) if mine else []
        if not unread:
            return 0
        with worker.database.reading() as session:
            learned = load_active(session)
        readings = _read(unread, learned)
        with worker.database.writing() as session:
            return _store(session, worker, unread, readings)


def _unread(worker: Worker, most: int) -> list[Unread]:
    query = (
        select(Mention.id, Mention.text, Mention.language, Mention.editions)
        .where(col(Mention.read_at).is_(None))
        .order_by(col(Mention.id))
        .limit(most)
    )
    with worker.database.reading() as session:
        return [Unread(*row) for row in session.exec(query)]


def _read(unread: Sequence[Unread], learned: Learned | None) -> list[ReadingResult | None]:
    """A reading each; None where the classifier broke on a text. One bad text never stops the others."""
    texts, languages = [u.text for u in unread], [u.language for u in unread]
    try:
        return list(classify(texts, fallback_languages=languages, learned=learned))
    except ModelUnavailable:  # no text is to blame: they stay unread, open by rule, and are read once it is mended
        raise
    except Exception as error:
        log.exception("reading.broke", error=type(error).__name__, mentions=len(unread))
        if len(unread) == 1:
            return [None]
        return [r for u in unread for r in _read([u], learned)]


def _store(session: Session, worker: Worker, unread: Sequence[Unread], readings: Sequence[ReadingResult | None]) -> int:
    now = worker.now()
    one_hand(session)
    done, broken = [], []
    read: dict[int, ReadingResult] = {}
    for mention, reading in zip(unread, readings, strict=True):
        same = update(Mention).where(
            col(Mention.id) == mention.id, col(Mention.read_at).is_(None), col(Mention.editions) == mention.editions
        )
        if session.connection().execute(same.values(read_at=now)).rowcount == 1:
            done.append(mention.id)
            if reading is None:
                broken.append(mention.id)
            else:
                read[mention.id] = reading
                session.add(_row(mention.id, reading))
    keep_embeddings(session, read)
    session.flush()
    _work_out(session, worker, done, broken)
    return len(done)


def _row(mention_id: int, reading: ReadingResult) -> Reading:
    values = asdict(reading)
    del values["embedding"]  # it has a table of its own, and only the newest is kept
    values |= {"sentiment": Sentiment(reading.sentiment), "intent": Intent(reading.intent)}
    return Reading(mention_id=mention_id, **values)


def _work_out(session: Session, worker: Worker, mention_ids: list[int], broken: list[int]) -> None:
    """Bands, needs and priorities follow from the readings; then what is read opens, and what cannot be, by rule."""
    query = (
        select(Placement.brand_id, Mention.platform, Mention.thread_key, Placement.conversation_id)
        .join(Mention, col(Mention.id) == Placement.mention_id)
        .where(col(Mention.id).in_(mention_ids))
    )
    threads: dict[int, set[ThreadKey]] = {}
    conversations: set[int] = set()
    for brand_id, platform, key, conversation_id in session.exec(query):
        threads.setdefault(brand_id, set()).add(ThreadKey(Platform(platform), key))
        conversations |= {conversation_id} if conversation_id is not None else set()
    unreadable = select(Placement.conversation_id).where(col(Placement.mention_id).in_(broken))
    for brand_id, keys in sorted(threads.items()):
        recompute(session, rules_for(session, brand_id, worker.settings), keys, worker.now())
    open_unreadable(
        session, {c for c in session.exec(unreadable) if c is not None}, by=By(at=worker.now(), rule="not_read")
    )
    open_read(session, conversations, by=By(at=worker.now(), rule="reading"))


def open_overdue_readings(worker: Worker) -> int:
    """Open what is still unread so many seconds after it came. How many were opened."""
    now = worker.now()
    before = now - timedelta(seconds=worker.settings.read_after_seconds)
    with worker.database.writing() as session:
        return open_unread(session, before, by=By(at=now, rule="not_read"))


def wake_snoozed(worker: Worker) -> int:
    """Wake every conversation whose time has come. How many woke."""
    now = worker.now()
    query = select(Conversation.id).where(Conversation.status == Status.SNOOZED, col(Conversation.snoozed_until) <= now)
    with worker.database.reading() as session:
        if session.exec(query.limit(1)).first() is None:
            return 0
    with worker.database.writing() as session:
        one_hand(session)  # before any row: whoever takes mentions in has it, and may wait for a row that we lock
        # Locked, lest a person wake one meanwhile; skipped where somebody is just at it: there is a next look.
        due = [i for i in session.exec(query.limit(BATCH).with_for_update(skip_locked=True)) if i is not None]
        for conversation_id in due:
            wake(session, conversation_id, by=By(at=now, rule="wake"))
    return len(due)
