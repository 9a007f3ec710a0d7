"""TESTS: a storm over replies: the platform misbehaves at random, workers die at random, and a checker counts.

The same storm can be let loose on a naive sender that simply tries again: the checker must catch it. Seeded; in this
process, with real clients, both clocks moved on by hand. A worker "dies" by an exception at one of its database events.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlalchemy import event
from sqlmodel import Session

from listeners.errors import ListenerError
from models import Response
from models.response import LIVE_RESPONSES
from responders.order import order_of
from responders.table import open_shot
from responders.verbs import send_again
from sandbox.faults import Fault
from sandbox.records import Platform
from sandbox.server import Sandbox
from tests.responders.stage import Hand, House, as_found, posts_by_us
from worker.responding import look_due, respond_due

PATHS: dict[Platform, str] = {"x": "/2/tweets", "reddit": "/api/comment"}
TROUBLES = (
    Fault("", status=500), Fault("", status=503, acts=True), Fault("", status=502), Fault("", status=408, acts=True),
    Fault("", status=429, body="{}", headers={"retry-after": "1"}), Fault("", status=401, body="{}"),
    Fault("", "drop"), Fault("", "drop", acts=True), Fault("", "cut"), Fault("", "list"), Fault("", "html"),
    Fault("", "html", acts=True),
)  # fmt: skip


class Died(BaseException):
    """The worker was killed here. No `except Exception` may hold it up."""


@dataclass
class Storm:
    """One storm: so much of the traffic is faulty, so many workers die."""

    house: House
    sandbox: Sandbox
    seed: int
    faulty: float = 0.4
    deadly: float = 0.35
    deaths: int = 0
    asked: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self._dies_in = 0
        for name in ("before_cursor_execute", "commit", "begin"):
            event.listen(self.house.database.engine, name, self._maybe_die)
        event.listen(Session, "after_commit", self._maybe_die)

    def close(self) -> None:
        """Leave the database in peace."""
        for name in ("before_cursor_execute", "commit", "begin"):
            event.remove(self.house.database.engine, name, self._maybe_die)
        event.remove(Session, "after_commit", self._maybe_die)

    def _maybe_die(self, *_: object) -> None:
        if self._dies_in:
            self._dies_in -= 1
            if self._dies_in == 0:
                raise Died

    def begin(self, replies: int) -> list[int]:
        """So many people complain, and each gets an answer of its own."""
        made = []
        for number in range(replies):
            on: Platform = self.chance.choice(("x", "reddit"))
            at = self.sandbox.clock.now() - timedelta(minutes=self.chance.randint(1, 50))
            post = self.sandbox.world.add(
                on, self.chance.choice(("marta", "pavel")), f"@tarnbrook number {number} leaks", at=at,
                place="kettles" if on == "reddit" else "", title="Kettle" if on == "reddit" else "",
            )  # fmt: skip
            self.house.hear(as_found(self.sandbox, post))
            made.append(self.house.answer(as_found(self.sandbox, post).external_id, f"We are sorry, case {number}."))
        return made

    def step(self, work: Callable[[Hand], int]) -> int:
        """A worker at work until it has nothing to do, or dies; the platform may be in a bad mood."""
        self.sandbox.faults.clear()
        if self.chance.random() < self.faulty:
            for path in PATHS.values():
                trouble = self.chance.choice(TROUBLES)
                self.sandbox.faults.arm(replace(trouble, path=path, method="POST"))
        self._dies_in = self.chance.randint(1, 60) if self.chance.random() < self.deadly else 0
        try:
            return work(self.house.hand())
        except Died:
            self.deaths += 1
            return 1
        finally:
            self._dies_in = 0

    def pass_time(self, seconds: float) -> None:
        """Both clocks go on."""
        self.house.later(seconds=seconds)
        self.sandbox.clock.advance(timedelta(seconds=seconds))

    def decide(self, ids: list[int]) -> None:
        """People who are asked look at the platform, and say send again where it is not there."""
        for response_id in ids:
            if self.house.stands(response_id) == "uncertain":
                self.asked += 1
                with self.house.database.writing() as session:
                    send_again(session, response_id, by=self.house.by("ana"), settings=self.house.settings)

    def doubles(self) -> int:
        """Posts of ours that say what another says already under the same post."""
        self.sandbox.settle()
        said = Counter((p.re, p.text) for on in PATHS for p in posts_by_us(self.sandbox, on))
        return sum(n - 1 for n in said.values())

    def published(self) -> int:
        """How many of the replies are public."""
        return len({(p.re, p.text) for on in PATHS for p in posts_by_us(self.sandbox, on)})


def weather(storm: Storm, replies: int) -> list[int]:
    """Let the protocol go through it, to the end. The ids of the replies."""
    ids = storm.begin(replies)
    for _ in range(400):
        for _ in range(6):
            if not storm.step(lambda hand: respond_due(hand) + look_due(hand)):
                break
        storm.pass_time(20)
        storm.decide(ids)
        if not any(storm.house.stands(i) in LIVE_RESPONSES for i in ids):
            break
    storm.seen.update(storm.house.stands(i) for i in ids)
    return ids


def weather_naively(storm: Storm, replies: int) -> list[int]:
    """What everybody writes first: send, and where no good answer comes, send again."""
    ids = storm.begin(replies)
    left = list(ids)
    for _ in range(40):
        for response_id in list(left):
            sent: list[str] = []
            storm.step(lambda hand, i=response_id, sent=sent: _send(hand, i, sent))  # type: ignore[misc]
            if "sent" in sent:
                left.remove(response_id)
        storm.pass_time(20)
        if not left:
            break
    return ids


def _send(hand: Hand, response_id: int, sent: list[str]) -> int:
    with hand.database.reading() as session:
        order = order_of(session, session.get_one(Response, response_id))
    try:
        shot = open_shot(order, hand.settings)
    except ListenerError:
        return 1
    try:
        sent.append(shot.fire(lambda: True).outcome.value)
    finally:
        shot.close()
    with hand.database.writing() as session:
        session.get_one(Response, response_id).said = "tried"
    return 1
