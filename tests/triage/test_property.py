"""Random lives of a house: whatever people, platforms and the clock do, no mention sits unseen and history adds up."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import event
from sqlmodel import Session, col, select

from models import Author, Conversation, Mention, Placement
from models.database import Database
from models.values import Band, Dismissal, Resolution
from settings import Settings
from tests.conftest import _empty
from tests.house import arrive, at, by, make_brand, make_cast, post
from tests.triage.by_hand import reading, work_out
from tests.triage.invariants import check, check_from_scratch
from triage import verbs
from triage.history import By, Refused
from worker.lease import Worker
from worker.reading import open_overdue_readings, rescore, wake_snoozed

PEOPLE = ("marta", "marta", "jo")
THREADS = ("10", "10", "20")
INTENTS = ("crisis", "complaint", "question", "praise", "chatter")
Verb = Callable[[Session, int, By], Any]

VERBS: dict[str, Verb] = {
    "claim": lambda s, i, b: verbs.claim(s, i, by=b),
    "release": lambda s, i, b: verbs.release(s, i, by=b),
    "assign": lambda s, i, b: verbs.assign(s, i, 1, by=b),
    "unassign": lambda s, i, b: verbs.unassign(s, i, by=b),
    "snooze": lambda s, i, b: verbs.snooze(s, i, b.at + timedelta(minutes=90), by=b),
    "wake": lambda s, i, b: verbs.wake(s, i, by=b),
    "escalate": lambda s, i, b: verbs.escalate(s, i, by=b, why="legal"),
    "de_escalate": lambda s, i, b: verbs.de_escalate(s, i, by=b),
    "resolve answered": lambda s, i, b: verbs.resolve(s, i, Resolution.ANSWERED, by=b),
    "resolve no_answer": lambda s, i, b: verbs.resolve(s, i, Resolution.NO_ANSWER, by=b),
    "resolve elsewhere": lambda s, i, b: verbs.resolve(
        s, i, Resolution.ANSWERED_ELSEWHERE, by=b, url="https://a.example", answered_at=b.at - timedelta(minutes=2)
    ),
    "reopen": lambda s, i, b: verbs.reopen(s, i, by=b),
    "dismiss spam": lambda s, i, b: verbs.dismiss(s, i, Dismissal.SPAM, by=b),
    "dismiss as needing none": lambda s, i, b: verbs.dismiss(s, i, Dismissal.NO_ANSWER_NEEDED, by=b),
    "restore": lambda s, i, b: verbs.restore(s, i, by=b),
    "mute author": lambda s, i, b: verbs.mute_author(s, i, by=b),
    "unmute author": lambda s, i, b: verbs.unmute_author(s, i, by=b),
    "mute thread": lambda s, i, b: verbs.mute_thread(s, i, by=b),
    "unmute thread": lambda s, i, b: verbs.unmute_thread(s, i, by=b),
    "set band": lambda s, i, b: verbs.set_band(s, i, Band.HIGH, by=b),
    "needs none": lambda s, i, b: verbs.set_needs_answer(s, i, False, by=b),
    "needs one": lambda s, i, b: verbs.set_needs_answer(s, i, True, by=b),
}


class Clocked(Worker):
    """A worker whose clock the test sets."""

    present: datetime

    def now(self) -> datetime:
        return self.present


class House(RuleBasedStateMachine):
    """One house with two brands of ours and a competitor, three users and three people."""

    open_database: Callable[[], Database]

    def __init__(self) -> None:
        super().__init__()
        self.database = type(self).open_database()
        self.brands = [make_brand(self.database, n, competitor=n == "Rival") for n in ("Acme", "Zenith", "Rival")]
        self.cast = make_cast(self.database)
        self.minute = 0.0
        self.number = 100
        self.awaited: dict[str, float] = {}
        self.ticks = itertools.count(1)
        self.posted: dict[str, float] = {}
        self.known: list[str] = []
        self.threads: dict[str, str | None] = {}

    def teardown(self) -> None:
        with pytest.raises(ZeroDivisionError), self.database.writing() as session:
            check_from_scratch(session, at(self.minute))
            raise ZeroDivisionError  # roll back
        self.database.close()

    @rule(minutes=st.sampled_from([0.0, 0.5, 2, 100]))
    def time_passes_and_the_worker_works(self, minutes: float) -> None:
        self.minute += minutes
        worker = Clocked(self.database, Settings())
        worker.present = at(self.minute)
        for job in (open_overdue_readings, wake_snoozed, rescore):
            while job(worker):
                pass

    @rule(
        who=st.sampled_from(PEOPLE),
        ago=st.sampled_from([0.0, 0.0, 1, 30]),
        behind=st.sampled_from([0.0, 0.0, 1]),
        thread=st.sampled_from([*THREADS, None]),
        to=st.integers(0, 6),
        brand=st.sampled_from([0, 0, 0, 0, 1, 2]),
        with_id=st.booleans(),
        imported=st.sampled_from([False, False, False, True]),
        old=st.sampled_from([False, False, True]),
        to_queue=st.booleans(),
    )
    def somebody_posts(
        self, who: str, ago: float, behind: float, thread: str | None, to: int, brand: int, with_id: bool,
        imported: bool, old: bool, to_queue: bool,
    ) -> None:  # fmt: skip
        """`behind`: it was fetched before what the house has done since."""
        parent = self._parent(to)
        told = self.threads.get(parent) if parent else thread
        number = self._number(told)
        parent = self._answered(number, parent)
        minutes = self._posted(number, parent, ago + (5000 if imported and old else 0))
        made = post(number, who, minutes, to=parent, thread=told, author_id=f"id-{who}" if with_id else None)
        taken = self.minute - behind
        arrive(self.database, self.brands[brand], [made], taken, imported=imported, to_queue=to_queue)

    @rule(to=st.integers(0, 6), thread=st.sampled_from(THREADS), ago=st.sampled_from([0.0, 20]))
    def we_answer(self, to: int, thread: str, ago: float) -> None:
        parent = self._parent(to)
        told = self.threads.get(parent, thread) if parent else thread
        number = self._number(told)
        parent = self._answered(number, parent)
        minutes = self._posted(number, parent, ago)
        made = post(number, "acme", minutes, "we are sorry", to=parent or "unknown", thread=told)
        arrive(self.database, self.brands[0], [made], self.minute)

    @precondition(lambda self: self.known)
    @rule(
        which=st.integers(0, 30), brand=st.sampled_from([0, 0, 1]), imported=st.booleans(), to_queue=st.booleans(),
        change=st.sampled_from(["nothing", "edited", "edited", "edited", "deleted", "locked"]),
    )  # fmt: skip
    def a_post_is_seen_again(self, which: int, brand: int, imported: bool, to_queue: bool, change: str) -> None:
        with self.database.reading() as session:
            external_id = self.known[which % len(self.known)]
            mention = session.exec(select(Mention).where(Mention.external_id == external_id)).first()
            if mention is None:
                return
            again = post(
                external_id,
                session.get_one(Author, mention.author_id).handle,
                (mention.posted_at - at(0)).total_seconds() / 60,
                f"now it burns {next(self.ticks)}" if change == "edited" else mention.text or "the kettle leaks",
                to=mention.parent_id,
                thread=mention.thread_key if mention.thread_given else None,
                deleted=change == "deleted",
                locked=change == "locked" and mention.external_id in THREADS,
            )
        imported = imported and change == "nothing"
        arrive(self.database, self.brands[brand], [again], self.minute, imported=imported, to_queue=to_queue)

    @rule(
        verb=st.sampled_from(sorted(VERBS)),
        which=st.integers(0, 3),
        who=st.sampled_from(["ana", "ben", "mia"]),
        behind=st.sampled_from([0.0, 0.0, 1]),
    )
    def somebody_acts(self, verb: str, which: int, who: str, behind: float) -> None:
        """`behind`: the moment of the click lies before what the house has taken in since."""
        with self.database.reading() as session:
            ids = session.exec(select(Conversation.id).order_by(col(Conversation.id))).all()
        if ids:
            with suppress(Refused), self.database.writing() as session:
                VERBS[verb](session, ids[which % len(ids)] or 0, by(self.cast, who, self.minute - behind))

    @rule(which=st.integers(0, 5), intent=st.sampled_from(INTENTS), needs=st.sampled_from([0.1, 0.9]))
    def a_mention_is_read(self, which: int, intent: str, needs: float) -> None:
        with self.database.writing() as session:
            query = select(Mention).where(col(Mention.read_at).is_(None)).order_by(col(Mention.id))
            unread = session.exec(query).all()
            if unread:
                mention = unread[which % len(unread)]
                session.add(reading(mention.id or 0, intent, 0.8, needs, self.minute))
                mention.read_at = at(self.minute)
                session.flush()
                brands = session.exec(select(Placement.brand_id).where(Placement.mention_id == mention.id)).all()
                for brand_id in brands:
                    work_out(session, brand_id, mention, self.minute)

    @invariant()
    def everything_holds(self) -> None:
        with self.database.reading() as session:
            check(session, at(self.minute))

    def _parent(self, choice: int) -> str | None:
        """A post we know, one that may come later, or none."""
        if choice == 0 or not self.known:
            return None
        return str(self.number + 3) if choice == 1 else self.known[-min(choice - 1, len(self.known))]

    def _posted(self, number: str, parent: str | None, ago: float) -> float:
        """No two at once, and nothing before what it answers: clocks astray are test_order's business."""
        latest = self.awaited.get(number, 1e9)  # something that we have answers it
        minutes = min(max(self.minute - ago, self.posted.get(parent or "", -1e9)), latest - 1) + next(self.ticks) / 1000
        self.posted[number] = minutes
        if parent and parent not in self.posted:
            self.awaited[parent] = min(minutes, self.awaited.get(parent, 1e9))
        return minutes

    def _answered(self, number: str, parent: str | None) -> str | None:
        """What it answers, unless something we have answers it and is older than that."""
        older = parent is not None and self.posted.get(parent, -1e9) >= self.awaited.get(number, 1e9) - 1
        return None if older else parent

    def _number(self, thread: str | None) -> str:
        """The thread's own first post once, then numbers."""
        self.number += 1
        number = thread if thread and thread not in self.known else str(self.number)
        self.known.append(number)
        self.threads[number] = thread
        return number


def lives(open_database: Callable[[], Database], examples: int, steps: int) -> None:
    machine = type("House", (House,), {"open_database": staticmethod(open_database)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, derandomize=True, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_no_life_of_a_house_leaves_a_mention_unseen(tmp_path: Path, sqlite_template: Path) -> None:
    numbers = itertools.count()

    def fresh() -> Database:
        for old in tmp_path.glob("house*"):
            old.unlink()
        path = tmp_path / f"house{next(numbers)}.sqlite"
        shutil.copy(sqlite_template, path)
        database = Database(f"sqlite:///{path}")
        event.listen(database.engine, "connect", _hurry)
        return database

    lives(fresh, examples=60, steps=30)


@pytest.fixture
def emptied(postgres_url: str) -> Iterator[Callable[[], Database]]:
    def fresh() -> Database:
        _empty(postgres_url)
        return Database(postgres_url)

    yield fresh
    _empty(postgres_url)


@pytest.mark.postgres
def test_no_life_of_a_house_on_postgres_leaves_a_mention_unseen(emptied: Callable[[], Database]) -> None:
    lives(emptied, examples=5, steps=25)


def _hurry(connection: Any, _record: Any) -> None:
    """These files need survive nothing."""
    connection.execute("PRAGMA synchronous=OFF")
