"""WORKER: let waiting earn its points, and weigh anew what was weighed by other weights.

Comes in: rows that are due, and the weights that the settings tell. Goes out: priorities. Each job takes a bounded
batch and says how many it did. Both are harmless to repeat and to run twice at once; neither touches a status.
"""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from models import Conversation, Thread
from models.values import Platform
from triage.priority import waiting_points
from triage.recompute import one_hand, recompute
from triage.rules import rules_for, weights_told
from triage.thread_keys import ThreadKey
from triage.weighing import points_of, set_priority, weighed_otherwise, weights_of
from worker.lease import Worker

BATCH = 200


def rescore(worker: Worker) -> int:
    """Give waiting its points where the next one has been earned. How many conversations moved.

    By the weights that the row was weighed by, so that its points keep adding up; what of it was weighed by others than
    ours is weighed anew then, for another process may have been at it with the settings of before.
    """
    now, weights = worker.now(), weights_told(worker.settings)
    with worker.database.writing() as session:
        query = select(Conversation).where(col(Conversation.rescore_at) <= now).order_by(col(Conversation.id))
        due = session.exec(query.limit(BATCH).with_for_update(skip_locked=True)).all()
        for conversation in due:
            since, due_at, own = conversation.waiting_since, conversation.due_at, weights_of(conversation)
            target = (due_at - since).total_seconds() if since and due_at else 1.0
            points, again = waiting_points(since, target, now, own.waiting)
            set_priority(conversation, points_of(conversation) | {"waiting": points}, again, own)
        otherwise = [c.id for c in due if c.id is not None and weights_of(c) != weights]
    if otherwise:
        _weigh(worker, otherwise)
    return len(due)


def weigh_anew(worker: Worker) -> int:
    """Give the running waits the points of our weights, if the setting has changed since: one batch, the oldest first.

    How many. Each process looks through every conversation once, then never again; whatever stops it half-way, the next
    one begins anew and finds only what is left.
    """
    if worker.weighed is None:
        return 0
    with worker.database.reading() as session:
        query = select(Conversation.id).where(
            col(Conversation.id) > worker.weighed,
            col(Conversation.waiting_since).is_not(None),
            weighed_otherwise(weights_told(worker.settings)),
        )
        found = [i for i in session.exec(query.order_by(col(Conversation.id)).limit(BATCH)) if i is not None]
    if found:
        _weigh(worker, found)
    worker.weighed = found[-1] if found else None
    return len(found)


def _weigh(worker: Worker, conversation_ids: Sequence[int]) -> None:
    """Work out anew the threads of those of these that nobody else has weighed meanwhile."""
    with worker.database.writing() as session:
        one_hand(session)
        for brand_id, keys in sorted(_threads(session, worker, conversation_ids).items()):
            recompute(session, rules_for(session, brand_id, worker.settings), keys, worker.now())


def _threads(session: Session, worker: Worker, conversation_ids: Sequence[int]) -> dict[int, set[ThreadKey]]:
    query = (
        select(Conversation.brand_id, Thread.platform, Thread.external_id)
        .join(Thread, col(Thread.id) == Conversation.thread_id)
        .where(col(Conversation.id).in_(conversation_ids), weighed_otherwise(weights_told(worker.settings)))
    )
    found: dict[int, set[ThreadKey]] = defaultdict(set)
    for brand_id, platform, key in session.exec(query):
        found[brand_id].add(ThreadKey(Platform(platform), key))
    return found
