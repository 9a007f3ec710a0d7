"""A poll is one hand's: two at once, a hand that is too late, a hand that is killed at any step."""

import signal
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from models import Gap, MentionVersion, Poll
from models.database import Database
from models.values import PollOutcome, SourceState
from sandbox.server import Sandbox
from settings import Settings
from tests.worker.stage import ROOT, Hand, environment, poll, stored, the
from tests.worker.targets import listening
from worker.lease import LEASE, Worker
from worker.polling import due_source, poll_source
from worker.sources import pause

LATER = LEASE + timedelta(minutes=1)


def test_two_workers_at_one_source_are_one_poll(database: Database, sandbox: Sandbox, house: Settings) -> None:
    settings, source_id, expected, _ = listening("feed", database, sandbox)
    sandbox.log.clear()
    ready = threading.Barrier(4)
    outcomes = []

    def hand() -> None:
        worker = Worker(database, settings)
        ready.wait()
        outcomes.append(poll_source(worker, source_id))

    threads = [threading.Thread(target=hand) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = [o for o in outcomes if o is not None]
    with database.reading() as session:
        assert len(session.exec(select(Poll)).all()) == len(done)
    assert sum(o.new for o in done) == len(expected)
    assert stored(database) == expected
    assert the(database, source_id).leased_by is None


def test_a_source_polled_since_we_saw_that_it_was_due_is_not_polled_again(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, source_id, expected, _ = listening("feed", database, sandbox)
    worker = Worker(database, settings)
    with database.reading() as session:
        assert due_source(session, worker.now(), set()) == source_id
    poll(database, settings, source_id)
    assert poll_source(worker, source_id, only_due=True) is None
    assert poll_source(worker, source_id) is not None
    assert stored(database) == expected


def test_a_late_save_after_a_take_over_keeps_nothing_and_leaves_the_row_alone(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    """The first worker freezes between its fetch and its save; its lease runs out; another polls meanwhile."""
    settings, source_id, expected, _ = listening("feed", database, sandbox)
    second: list[object] = []

    class Frozen(Hand):
        calls = 0

        def now(self) -> datetime:
            Frozen.calls += 1
            if Frozen.calls == 3 and not second:  # asked for the time just before it saves what it fetched
                second.append(poll(database, settings, source_id, ahead=LATER))
            return super().now()

    first = poll_source(Frozen(database, settings), source_id)
    assert len(second) == 1
    assert first is not None
    assert (first.outcome, first.new) == (PollOutcome.FAILED, 0)
    assert "took this source over" in first.said
    row = the(database, source_id)
    assert (row.failures, row.last_error, row.leased_by) == (0, None, None), "the row is the other worker's"
    assert stored(database) == expected
    with database.reading() as session:
        polls = [(p.outcome, p.new) for p in session.exec(select(Poll).order_by(col(Poll.id)))]
    assert polls == [(PollOutcome.OK, len(expected)), (PollOutcome.FAILED, 0)]


def test_a_source_paused_while_it_is_polled_stays_paused(database: Database, sandbox: Sandbox, house: Settings) -> None:
    settings, source_id, expected, _ = listening("feed", database, sandbox)

    def pause_it(*_: object) -> None:
        with database.writing() as session:
            pause(session, source_id)

    class Slow(Hand):
        calls = 0

        def now(self) -> datetime:
            Slow.calls += 1
            if Slow.calls == 3:
                pause_it()
            return super().now()

    poll_source(Slow(database, settings), source_id)
    assert the(database, source_id).state == SourceState.PAUSED
    assert stored(database) == expected


POINTS = {
    "before anything is saved": ("before", "INSERT INTO mention ", 1),
    "inside the transaction that saves": ("after", "INSERT INTO placement ", 1),
    "just before the save is committed": ("commit", "INSERT INTO mention ", 1),
    "between the save and the next page": ("before", "INSERT INTO mention ", 2),
    "after the save, before the end is noted": ("before", "INSERT INTO poll ", 1),
    "just before the end is committed": ("commit", "INSERT INTO poll ", 1),
}


@pytest.mark.parametrize("point", POINTS)
def test_a_poll_killed_anywhere_loses_and_doubles_nothing(
    point: str, database: Database, sandbox: Sandbox, house: Settings, tmp_path: Path
) -> None:
    settings, source_id, expected, _ = listening("x", database, sandbox, 530 if "page" in point else 120)
    where = environment(settings, database.url, tmp_path)
    words = [sys.executable, "-m", "tests.worker.killed_poll", str(source_id), *map(str, POINTS[point])]
    died = subprocess.run(words, cwd=ROOT, env=where, capture_output=True, text=True, timeout=60, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    saved = stored(database)
    assert saved < expected or "end" in point
    worker = Hand(database, settings)
    with database.reading() as session:
        assert due_source(session, worker.now(), set()) is None, "it is leased still"
        assert due_source(session, worker.now() + LATER, set()) == source_id
    assert poll_source(worker, source_id) is None
    poll(database, settings, source_id, ahead=LATER)
    assert stored(database) == expected
    with database.reading() as session:
        assert not session.exec(select(MentionVersion)).all()
        assert not session.exec(select(Gap).where(col(Gap.closed_at).is_(None))).all()
