"""WORKER: the list of jobs, and how often each looks whether something is due.

Comes in: a worker. Goes out: how many things each job did. Work is derived from rows, so nothing is lost when a process
dies: the next look finds it again. `worker/embedded.py` runs these on one machine; another runner may take this list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col

from models import Poll
from worker.embeddings import forget_embeddings
from worker.following import follow_threads
from worker.learning import learn
from worker.lease import Worker
from worker.polling import due_source, poll_source
from worker.reading import open_overdue_readings, read_mentions, wake_snoozed
from worker.rechecking import recheck
from worker.rescoring import rescore, weigh_anew
from worker.responding import look_due, respond_due

POLLS_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of work. `run` does one bounded piece of what is due and says how much that was; 0 = nothing is due."""

    name: str
    every_seconds: float
    """How long the runner sleeps after a look that found nothing."""
    run: Callable[[Worker], int]


def poll_due(worker: Worker) -> int:
    """Poll the source that has been due longest. 1 if there was one, whatever came of it."""
    with worker.choosing, worker.database.reading() as session:
        source_id = due_source(session, worker.now(), skip=worker.polled)
        if source_id is None:
            return 0
        if worker.once:
            worker.polled.add(source_id)
    outcome = poll_source(worker, source_id, only_due=True)
    if outcome and outcome.more:
        with worker.choosing:
            worker.polled.discard(source_id)  # it has not had its one poll yet: there is more right now
    return 1


def forget_polls(worker: Worker) -> int:
    """Drop the rows of polls older than 30 days; the source's own row keeps its health."""
    with worker.database.writing() as session:
        old = delete(Poll).where(col(Poll.ended_at) < worker.now() - POLLS_KEPT)
        return session.connection().execute(old).rowcount


JOBS: tuple[Job, ...] = (
    Job("poll", 1, poll_due),
    Job("read", 1, read_mentions),
    Job("open unread", 5, open_overdue_readings),
    Job("respond", 1, respond_due),
    Job("look", 1, look_due),
    Job("follow threads", 5, follow_threads),
    Job("recheck", 60, recheck),
    Job("wake", 5, wake_snoozed),
    Job("weigh anew", 60, weigh_anew),
    Job("rescore", 5, rescore),
    Job("learn", 60, learn),
    Job("forget polls", 3600, forget_polls),
    Job("forget embeddings", 3600, forget_embeddings),
)
"""Every job there is, in the order in which `--once` runs them."""
