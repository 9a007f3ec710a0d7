"""Random lives of a house: whatever people, platforms and the clock do, no mention sits unseen and history adds up.

Lives are drawn from numbered dice, so a life that fails is lived again by its number; what happened in it is printed.
"""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from models import Author, Conversation, Correction, Event, Mention, Placement
from models.database import Database
from models.values import Band, Dismissal, Label, Resolution
from settings import Settings
from tests.conftest import _empty
from tests.house import arrive, at, by, make_brand, make_cast, post
from tests.triage.by_hand import reading, work_out
from tests.triage.invariants import check, check_from_scratch
from triage import verbs
from triage.history import By, Refused
from worker.lease import Worker
from worker.reading import open_overdue_readings, wake_snoozed
from worker.rescoring import rescore

STEP = 0.1
"""Minutes from one thing to the next."""
BEHIND = (0.0, 0.0, 0.0, STEP, 1.5 * STEP, 1)
"""How late a hand or a fetch comes, in minutes: at the moment of the step before, between two steps, long after."""
PEOPLE = ("marta", "marta", "jo")
THREADS = ("10", "10", "10", "20", None)
BRANDS = (0, 0, 0, 0, 1, 2)
LIVES = 50
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
    "correct to crisis": lambda s, i, b: _correct(s, i, b, Label.INTENT, "crisis"),
    "correct to chatter": lambda s, i, b: _correct(s, i, b, Label.INTENT, "chatter"),
    "correct to none needed": lambda s, i, b: _correct(s, i, b, Label.NEEDS_REPLY, "no"),
    "correct to one needed": lambda s, i, b: _correct(s, i, b, Label.NEEDS_REPLY, "yes"),
    "confirm": lambda s, i, b: verbs.confirm(s, i, *_newest(s, i)[:1], by=b, edition=_newest(s, i)[1]),
    "take back": lambda s, i, b: _take_back(s, i, b),
}


def _newest(session: Session, conversation_id: int) -> tuple[int, int]:
    """Their newest mention and its edition."""
    query = (
        select(Mention.id, Mention.editions)
        .join(Placement, col(Placement.mention_id) == Mention.id)
        .where(Placement.conversation_id == conversation_id, col(Mention.own).is_(False))
        .order_by(col(Mention.posted_at).desc(), col(Mention.id).desc())
    )
    found = session.exec(query.limit(1)).first()
    if found is None:
        raise Refused("Nobody says anything in it.")
    return found[0] or 0, found[1]


def _correct(session: Session, conversation_id: int, by: By, label: Label, said: str) -> None:
    mention_id, edition = _newest(session, conversation_id)
    verbs.correct(session, conversation_id, mention_id, label, said, by=by, edition=edition)


def _take_back(session: Session, conversation_id: int, by: By) -> None:
    mention_id, _ = _newest(session, conversation_id)
    query = select(Correction.id).where(Correction.mention_id == mention_id).order_by(col(Correction.id).desc())
    newest = [i for i in session.exec(query.limit(1)) if i is not None]
    verbs.take_back(session, conversation_id, mention_id, by=by, corrections=newest)


class Clocked(Worker):
    """A worker whose clock the test sets."""

    present: datetime

    def now(self) -> datetime:
        return self.present


class House:
    """One house with two brands of ours and a competitor, three users and two people."""

    def __init__(self, database: Database, seed: int) -> None:
        self.database = database
        self.dice = random.Random(seed)
        self.brands = [make_brand(database, n, competitor=n == "Rival") for n in ("Acme", "Zenith", "Rival")]
        self.cast = make_cast(database)
        self.minute = 0.0
        self.number = 100
        self.ticks = 0
        self.known: list[str] = []
        self.threads: dict[str, str | None] = {}
        self.posted: dict[str, float] = {}
        self.awaited: dict[str, float] = {}
        self.told: list[str] = []

    def live(self, steps: int) -> Counter[str]:
        """So many things happen, and after each everything holds. What people and rules did, counted."""
        happenings: list[Callable[[], str]] = [
            self.time_passes, self.somebody_posts, self.somebody_posts, self.somebody_posts, self.we_answer,
            self.a_post_is_seen_again, self.a_post_is_seen_again, self.somebody_acts, self.somebody_acts,
            self.somebody_acts, self.somebody_acts, self.a_mention_is_read,
        ]  # fmt: skip
        for _ in range(steps):
            self.minute = round(self.minute + STEP, 3)
            self.told.append(f"{self.minute}: {self.dice.choice(happenings)()}")
            with self.database.reading() as session:
                check(session, at(self.minute))
        with pytest.raises(ZeroDivisionError), self.database.writing() as session:
            check_from_scratch(session, at(self.minute))
            raise ZeroDivisionError  # roll back
        with self.database.reading() as session:
            return Counter(f"{e.verb} {e.by_rule}".strip() for e in session.exec(select(Event)))

    def time_passes(self) -> str:
        minutes = self.dice.choice([0, 0.5, 2, 100])
        self.minute += minutes
        worker = Clocked(self.database, Settings())
        worker.present = at(self.minute)
        for job in (open_overdue_readings, wake_snoozed, rescore):
            while job(worker):
                pass
        return f"{minutes} minutes pass, and the worker works"

    def somebody_posts(self) -> str:
        """Live or imported, now or long ago, perhaps fetched before what the house has done since."""
        who, brand, behind = self.dice.choice(PEOPLE), self.dice.choice(BRANDS), self.dice.choice(BEHIND)
        imported, old, to_queue = self.dice.random() < 0.2, self.dice.random() < 0.4, self.dice.random() < 0.5
        number, parent, thread = self._place(self.dice.choice(THREADS))
        ago = self.dice.choice([0, 0, 1, 30]) + (5000 if imported and old else 0)
        minutes = self._posted(number, parent, ago)
        author_id = f"id-{who}" if self.dice.random() < 0.4 else None
        made = post(number, who, minutes, to=parent, thread=thread, author_id=author_id)
        taken = self.minute - behind
        arrive(self.database, self.brands[brand], [made], taken, imported=imported, to_queue=to_queue)
        how = f"imported {to_queue=}" if imported else "live"
        return f"{who} ({author_id}) posts {number} to {parent} in {thread} at {minutes} for {brand}, {how}, {behind=}"

    def we_answer(self) -> str:
        number, parent, thread = self._place(self.dice.choice(THREADS[:-1]))
        minutes = self._posted(number, parent, self.dice.choice([0, 20]))
        made = post(number, "acme", minutes, "we are sorry", to=parent or "unknown", thread=thread)
        arrive(self.database, self.brands[0], [made], self.minute)
        return f"we post {number} to {parent} in {thread} at {minutes}"

    def a_post_is_seen_again(self) -> str:
        """As it was, edited, deleted, locked; or imported again, perhaps to the queue; or found for another brand."""
        if not self.known:
            return "nothing"
        external_id, brand = self.dice.choice(self.known), self.dice.choice(BRANDS)
        change = self.dice.choice(["nothing", "nothing", "edited", "edited", "edited", "deleted", "locked"])
        imported, to_queue = change == "nothing" and self.dice.random() < 0.5, self.dice.random() < 0.5
        self.ticks += 1
        with self.database.reading() as session:
            mention = session.exec(select(Mention).where(Mention.external_id == external_id)).one()
            again = post(
                external_id,
                session.get_one(Author, mention.author_id).handle,
                (mention.posted_at - at(0)).total_seconds() / 60,
                f"now it burns {self.ticks}" if change == "edited" else mention.text or "the kettle leaks",
                to=mention.parent_id,
                thread=mention.thread_key if mention.thread_given else None,
                deleted=change == "deleted",
                locked=change == "locked" and external_id == "20",
            )
        arrive(self.database, self.brands[brand], [again], self.minute, imported=imported, to_queue=to_queue)
        return f"{external_id} is seen again for {brand}: {change}, {imported=} {to_queue=}"

    def somebody_acts(self) -> str:
        """A few verbs are tried until one is not refused. The click may lie before what was taken in since."""
        who, behind = self.dice.choice(["ana", "ben", "mia", "mia"]), self.dice.choice(BEHIND)
        with self.database.reading() as session:
            ids = session.exec(select(Conversation.id).order_by(col(Conversation.id))).all()
        if not ids:
            return "nothing"
        which = self.dice.choice(ids[:4]) or 0
        refusals: list[str] = []
        for verb in self.dice.sample(sorted(VERBS), 4):
            try:
                with self.database.writing() as session:
                    VERBS[verb](session, which, by(self.cast, who, self.minute - behind))
            except Refused as refused:
                refusals.append(f"{verb}: {refused}")
                continue
            return f"{verb} of {which} by {who}, {behind=}"
        return f"{who} can do nothing with {which}, {behind=}: {refusals}"

    def a_mention_is_read(self) -> str:
        intent, needs = self.dice.choice(INTENTS), self.dice.choice([0.1, 0.9])
        with self.database.writing() as session:
            query = select(Mention).where(col(Mention.read_at).is_(None)).order_by(col(Mention.id))
            unread = session.exec(query).all()
            if not unread:
                return "nothing"
            mention = self.dice.choice(unread)
            session.add(reading(mention.id or 0, intent, 0.8, needs, self.minute))
            mention.read_at = at(self.minute)
            session.flush()
            brands = session.exec(select(Placement.brand_id).where(Placement.mention_id == mention.id)).all()
            for brand_id in sorted(brands):
                work_out(session, brand_id, mention, self.minute)
            return f"{mention.external_id} is read: {intent}, {needs=}"

    def _place(self, thread: str | None) -> tuple[str, str | None, str | None]:
        """A number, what it answers (something known, something to come, or nothing) and the thread as it is told."""
        parent = None
        if self.known and self.dice.random() < 0.7:
            known = self.dice.random() < 0.75
            parent = self.dice.choice(self.known[-6:]) if known else str(self.number + 3)
            thread = self.threads.get(parent)
        self.number += 1
        number = thread if thread and thread not in self.known else str(self.number)
        self.known.append(number)
        self.threads[number] = thread
        if parent and self.posted.get(parent, -1e9) >= self.awaited.get(number, 1e9) - 1:
            parent = None  # something we have answers this one, and is older than that
        return number, parent, thread

    def _posted(self, number: str, parent: str | None, ago: float) -> float:
        """No two at once, and nothing before what it answers: clocks astray are test_order's business."""
        self.ticks += 1
        latest = self.awaited.get(number, 1e9)  # something that we have answers it
        minutes = min(max(self.minute - ago, self.posted.get(parent or "", -1e9)), latest - 1) + self.ticks / 1000
        self.posted[number] = minutes
        if parent and parent not in self.posted:
            self.awaited[parent] = min(minutes, self.awaited.get(parent, 1e9))
        return minutes


def lives(open_database: Callable[[], Database], seeds: range, steps: int) -> Counter[str]:
    """Live these lives; what was done in all of them."""
    done: Counter[str] = Counter()
    for seed in seeds:
        database = open_database()
        house = House(database, seed)
        try:
            done += house.live(steps)
        except Exception as error:
            story = "\n".join(house.told)
            raise AssertionError(f"life {seed}: {error}\n{story}") from error
        finally:
            database.close()
    return done


def test_no_life_of_a_house_leaves_a_mention_unseen(tmp_path: Path, sqlite_template: Path) -> None:
    def fresh() -> Database:
        for old in tmp_path.glob("house*"):
            old.unlink()
        shutil.copy(sqlite_template, tmp_path / "house.sqlite")
        database = Database(f"sqlite:///{tmp_path}/house.sqlite")
        event.listen(database.engine, "connect", _hurry)
        return database

    done = lives(fresh, range(LIVES), steps=45)
    never = [name for name in EVENTS if not done[name]]
    assert not never, f"never happened: {never}"


EVENTS = (
    "corrected", "confirmed", "correction_undone",
    "assigned", "unassigned", "claimed", "released", "escalated", "de_escalated", "snoozed", "woken", "resolved",
    "reopened", "dismissed", "restored", "author_muted", "author_unmuted", "thread_muted", "thread_unmuted",
    "band_set", "needs_answer_set", "edited new_mention", "merged merge", "opened reading", "opened not_read",
    "resolved history", "woken wake", "woken new_mention", "reopened new_mention", "restored new_mention",
    "needs_answer_set new_mention", "reopened unmuted", "restored unmuted",
)  # fmt: skip
"""What must have happened for the lives to show anything."""


@pytest.fixture
def emptied(postgres_url: str) -> Iterator[Callable[[], Database]]:
    def fresh() -> Database:
        _empty(postgres_url)
        return Database(postgres_url)

    yield fresh
    _empty(postgres_url)


@pytest.mark.postgres
def test_no_life_of_a_house_on_postgres_leaves_a_mention_unseen(emptied: Callable[[], Database]) -> None:
    lives(emptied, range(1000, 1006), steps=40)


def _hurry(connection: Any, _record: Any) -> None:
    """These files need survive nothing."""
    connection.execute("PRAGMA synchronous=OFF")
