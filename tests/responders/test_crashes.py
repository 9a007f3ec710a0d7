"""TESTS: a worker dies at any point of a reply, on both databases: no double, nothing lost, and doubt asks a person."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from models.database import Database
from models.response import AttemptOutcome as Ended
from responders.drafts import get_draft
from responders.verbs import send_again
from sandbox.faults import Fault
from sandbox.server import Sandbox
from tests.responders.crash_child import KILL, STOP, begin
from tests.responders.stage import House, as_found, complaint, keys_for, open_house, platforms, posts_by_us, shots
from worker.responding import look_due, respond_due

PATHS = {"x": "/2/tweets", "reddit": "/api/comment"}
NONE, ACTED, SILENT, REFUSED = (
    None,
    Fault("", "drop", acts=True, method="POST"),
    Fault("", status=503, method="POST"),
    Fault("", status=400, body="{}", method="POST"),
)
BEFORE = ("intent.begun", "intent.before_commit")
BETWEEN = ("intent.after_commit",)
AFTER = ("record.begun", "record.after_statement.2", "record.after_statement.5", "record.before_commit")
DONE = ("record.after_commit",)
POINTS = (*BEFORE, *BETWEEN, *AFTER, *DONE)
CASES = [(p, f) for p in POINTS for f in (NONE, ACTED, SILENT, REFUSED) if f is NONE or p in AFTER]
"""Trouble on the wire matters to those who died after it."""


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with platforms(timedelta(hours=3, minutes=7)) as served:
        yield served


def approved(database: Database, sandbox: Sandbox, on: str) -> tuple[House, int]:
    """Ana's answer to Marta, ready to go."""
    house = open_house(database, keys_for(sandbox.url))
    post = as_found(sandbox, complaint(sandbox, on))
    house.hear(post)
    return house, house.answer(post.external_id)


def until(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.005)


def finish(house: House, sandbox: Sandbox, response_id: int) -> str:
    """Fresh workers at work, with the clocks put on, until the reply is settled or a person is asked."""
    for _ in range(60):
        hand = house.hand()
        while respond_due(hand) + look_due(hand):
            pass
        if house.stands(response_id) not in ("approved", "firing", "later"):
            break
        house.later(seconds=20)
        sandbox.clock.advance(timedelta(seconds=20))
    return house.stands(response_id)


def public(sandbox: Sandbox, on: str) -> int:
    sandbox.settle()
    return len(posts_by_us(sandbox, on))


@pytest.mark.parametrize(("point", "fault"), CASES)
def test_a_worker_that_dies_leaves_neither_a_double_nor_a_loss(
    database: Database, sandbox: Sandbox, point: str, fault: Fault | None
) -> None:
    on = "x" if (POINTS.index(point) + (fault is ACTED)) % 2 else "reddit"
    house, response_id = approved(database, sandbox, on)
    if fault:
        sandbox.faults.arm(
            Fault(PATHS[on], fault.trouble, status=fault.status, acts=fault.acts, method="POST", body="{}")
        )
    child = begin(database.url, sandbox.url, response_id, point, house.ahead, KILL)
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    fired = point not in (*BEFORE, *BETWEEN)
    assert shots(sandbox) == fired
    ends = finish(house, sandbox, response_id)
    assert ends == expected(point, fault)
    assert public(sandbox, on) == (ends == "sent")
    if ends == "uncertain":
        assert "3 times" in house.response(response_id).said
        with database.writing() as session:
            send_again(session, response_id, by=house.by("ana"), settings=house.settings)
        sandbox.faults.clear()
        assert finish(house, sandbox, response_id) == "sent"
        assert public(sandbox, on) == 1
    if ends == "refused":
        with database.reading() as session:
            draft = get_draft(session, house.response(response_id).conversation_id, house.cast["ana"])
            assert draft is not None
            assert draft.text == house.response(response_id).text


def expected(point: str, fault: Fault | None) -> str:
    """How it ends when nobody but workers does anything more."""
    if point in BETWEEN:
        return "uncertain"  # the fault is still to come: nothing was sent, and nobody can know
    if fault is REFUSED:
        return "uncertain" if point in AFTER else "refused"
    if fault is SILENT:
        return "uncertain"
    return "sent"


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_a_worker_that_dies_with_the_request_in_the_platforms_hands_is_found_out(
    database: Database, sandbox: Sandbox, on: str
) -> None:
    house, response_id = approved(database, sandbox, on)
    sandbox.faults.arm(Fault(PATHS[on], "late", method="POST"))
    child = begin(database.url, sandbox.url, response_id, "never", house.ahead, KILL)
    until(lambda: public(sandbox, on) == 1)
    os.kill(child.pid or 0, signal.SIGKILL)
    child.join(60)
    assert finish(house, sandbox, response_id) == "sent"
    assert (shots(sandbox), public(sandbox, on)) == (1, 1)
    made = posts_by_us(sandbox, on)[0]
    assert house.response(response_id).posted_at == made.made_at
    assert [a.outcome for a in house.attempts(response_id)] == [Ended.SENT]


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_a_request_that_is_acted_on_a_minute_after_the_client_gave_up_is_found_at_the_last_look(
    database: Database, sandbox: Sandbox, on: str
) -> None:
    house, response_id = approved(database, sandbox, on)
    sandbox.faults.arm(Fault(PATHS[on], "late", delay=60, method="POST"))
    child = begin(database.url, sandbox.url, response_id, "never", house.ahead, KILL)
    until(lambda: not sandbox.faults.armed)
    os.kill(child.pid or 0, signal.SIGKILL)
    child.join(60)
    assert public(sandbox, on) == 0
    assert finish(house, sandbox, response_id) == "sent"
    assert (shots(sandbox), public(sandbox, on)) == (1, 1)


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_a_process_frozen_between_intent_and_request_does_not_fire_when_it_wakes(
    database: Database, sandbox: Sandbox, on: str
) -> None:
    house, response_id = approved(database, sandbox, on)
    child = begin(database.url, sandbox.url, response_id, "intent.after_commit", house.ahead, STOP)
    until(lambda: house.stands(response_id) == "firing" and stopped(child.pid or 0))
    time.sleep(1.1)  # what is tested is that real time passed
    os.kill(child.pid or 0, signal.SIGCONT)
    child.join(60)
    assert child.exitcode == 0
    assert (shots(sandbox), public(sandbox, on)) == (0, 0)
    assert [a.outcome for a in house.attempts(response_id)] == [Ended.NOT_FIRED]
    assert finish(house, sandbox, response_id) == "sent"
    assert (shots(sandbox), public(sandbox, on)) == (1, 1)


def test_a_frozen_process_that_wakes_after_others_have_looked_changes_nothing(
    database: Database, sandbox: Sandbox
) -> None:
    house, response_id = approved(database, sandbox, "x")
    child = begin(database.url, sandbox.url, response_id, "intent.after_commit", house.ahead, STOP)
    until(lambda: house.stands(response_id) == "firing" and stopped(child.pid or 0))
    assert finish(house, sandbox, response_id) == "uncertain"
    with database.writing() as session:
        send_again(session, response_id, by=house.by("ana"), settings=house.settings)
    assert finish(house, sandbox, response_id) == "sent"
    time.sleep(1.1)  # the child's own clock is not put on: to it so much must really have passed
    os.kill(child.pid or 0, signal.SIGCONT)
    child.join(60)
    assert child.exitcode == 0
    assert (shots(sandbox), public(sandbox, "x")) == (1, 1)
    assert house.stands(response_id) == "sent"
    assert [a.outcome for a in house.attempts(response_id)] == [Ended.ABSENT, Ended.SENT]


def stopped(pid: int) -> bool:
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        return file.read().rpartition(")")[2].split()[0] == "T"
