"""WORKER: one job, one hand. Comes in: a name. Goes out: whether it is ours for a while. Ends by itself if we die."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex

from sqlalchemy import or_, update
from sqlmodel import col

from models import Lease
from models.base import utc_now
from models.database import Database, insert_missing
from settings import Settings

LEASE = timedelta(minutes=10)
"""How long a job may be silent before somebody else takes it. Longer than any single fetch."""


@dataclass(slots=True)
class Worker:
    """One process at work: what every job gets."""

    database: Database
    settings: Settings
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}:{token_hex(3)}")
    """Nobody else's: two containers may share both host name and process id."""
    stopping: threading.Event = field(default_factory=threading.Event)
    """Set by SIGTERM: finish the job in hand, begin no other."""
    once: bool = False
    """Do what is due and end; then each source is polled once at most."""
    polled: set[int] = field(default_factory=set)
    """Sources this process has polled, where `once`."""
    choosing: threading.Lock = field(default_factory=threading.Lock)
    """Held while a poller chooses its source, so that no two of this process choose the same."""
    resting: dict[str, datetime] = field(default_factory=dict)
    """Jobs that failed, by name, and until when this process leaves them alone."""
    weighed: int | None = 0
    """Up to which conversation this process has looked for points of other weights; None = it has seen them all."""

    def now(self) -> datetime:
        """The machine's present time, aware UTC."""
        return utc_now()


@contextmanager
def leased(worker: Worker, name: str, lasts: timedelta = LEASE) -> Iterator[bool]:
    """Whether the named job is ours until the block ends; False = somebody else is at it."""
    mine = _take(worker, name, lasts)
    try:
        yield mine
    finally:
        if mine:
            with worker.database.writing() as session:
                back = update(Lease).where(col(Lease.name) == name, col(Lease.leased_by) == worker.name)
                session.execute(back.values(leased_by=None, leased_until=None))


def _take(worker: Worker, name: str, lasts: timedelta) -> bool:
    now = worker.now()
    with worker.database.writing() as session:
        insert_missing(session, Lease, [{"name": name}])
        free = or_(col(Lease.leased_until).is_(None), col(Lease.leased_until) < now)
        take = update(Lease).where(col(Lease.name) == name, free)
        return session.connection().execute(take.values(leased_by=worker.name, leased_until=now + lasts)).rowcount == 1
