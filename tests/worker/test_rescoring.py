"""Waiting earns its points; other weights reach every running wait at the next start, in batches, once."""

from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

import worker.rescoring
from models import Conversation
from models.database import Database
from settings import Settings
from tests.house import arrive, at, conversation_of, make_brand, post
from tests.triage.by_hand import read
from tests.worker.stage import At
from triage.priority import PLAIN, Weights
from triage.queue import page
from triage.weighing import points_of, weights_of
from worker.embedded import run_once
from worker.rescoring import rescore, weigh_anew

OTHER: dict[str, Any] = {
    "priority_severity": 50, "priority_intent": 10, "priority_waiting": 30, "priority_addressed": 0,
    "priority_reach": 10,
}  # fmt: skip
"""The same weights as in the example by hand of tests/triage/test_priority.py."""


def hand(database: Database, minutes: float = 30, **told: Any) -> At:
    return At(database, Settings(database_url=database.url, **told), present=at(minutes))


def angry(database: Database, *handles: str) -> int:
    """A brand to which each of these has complained, hot and with 2,000 followers; all was read a minute later."""
    acme = make_brand(database)
    posts = [post(str(n), handle, n, followers=2_000) for n, handle in enumerate(handles)]
    arrive(database, acme, posts, len(posts))
    said = {str(n): ("complaint", 0.9, 1.0) for n in range(len(handles))}
    read(database, acme, said, len(posts) + 1)
    return acme


def weighed(database: Database) -> list[tuple[dict[str, int], Weights]]:
    with database.reading() as session:
        found = session.exec(select(Conversation).order_by(col(Conversation.id))).all()
        for c in found:
            assert c.priority == sum(points_of(c).values()) == 100 - c.rank
            assert all(points <= weights_of(c).maxima[name] for name, points in points_of(c).items())
        return [(points_of(c), weights_of(c)) for c in found]


def drained(hand: At) -> list[int]:
    """What each call did, until one did nothing."""
    done: list[int] = []
    while not done or done[-1]:
        done.append(weigh_anew(hand))
    return done


def test_waiting_earns_its_points_step_by_step_up_to_the_target(database: Database) -> None:
    angry(database, "marta")
    earned = []
    for _ in range(200):
        ((points, _),) = weighed(database)
        earned.append(points["waiting"])
        with database.reading() as session:
            due = conversation_of(session, "marta").rescore_at
        if due is None:
            break
        assert rescore(At(database, Settings(), present=due)) == 1
        assert rescore(At(database, Settings(), present=due)) == 0, "and not again before the next step"
    assert earned == list(range(earned[0], 21))


def test_other_weights_reach_every_running_wait_in_batches_and_never_twice(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By hand: 0.70125 of 50 is 35, 18/25 of 10 is 7, 30 of 60 min of 30 points is 15, 3 of 5 tens of 10 is 6."""
    monkeypatch.setattr(worker.rescoring, "BATCH", 2)
    angry(database, *(f"p{n}" for n in range(5)))
    worked = hand(database, 30, **OTHER, target_minutes_high=60)
    assert drained(worked) == [2, 2, 1, 0]
    assert worked.weighed is None
    points = [p for p, _ in weighed(database)]
    assert points[0] == {"severity": 35, "intent": 7, "waiting": 15, "addressed": 0, "reach": 6}
    assert [p | {"waiting": 0} for p in points] == [points[0] | {"waiting": 0}] * 5
    assert {w.code for _, w in weighed(database)} == {"50/10/30/0/10"}
    assert drained(worked) == [0]
    assert drained(hand(database, 31, **OTHER)) == [0], "nor by the next process"


def test_back_at_the_plain_weights_every_row_is_as_it_was(database: Database) -> None:
    angry(database, "marta", "jo")
    with database.reading() as session:
        before = [c.model_dump() for c in session.exec(select(Conversation).order_by(col(Conversation.id)))]
    for told in (OTHER, {}):
        drained(hand(database, 3, **told))
    with database.reading() as session:
        assert [c.model_dump() for c in session.exec(select(Conversation).order_by(col(Conversation.id)))] == before


def test_the_plain_weights_find_nothing_to_do_and_look_once(database: Database) -> None:
    angry(database, "marta")
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _k, statement, *_: said.append(statement))
    idle = hand(database)
    assert [weigh_anew(idle) for _ in range(3)] == [0, 0, 0]
    assert len([s for s in said if s.startswith("SELECT")]) == 1
    assert not [s for s in said if s.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_what_was_stopped_half_way_goes_on_where_it_was(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker.rescoring, "BATCH", 2)
    angry(database, *(f"p{n}" for n in range(5)))
    assert weigh_anew(hand(database, **OTHER)) == 2
    assert drained(hand(database, **OTHER)) == [2, 1, 0]
    assert {w.code for _, w in weighed(database)} == {"50/10/30/0/10"}


def test_two_workers_that_saw_the_same_rows_write_them_once(database: Database) -> None:
    angry(database, "marta", "jo")
    written: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE conversation"):
            written.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    one, other = hand(database, **OTHER), hand(database, 31, **OTHER)
    ids = [1, 2]
    worker.rescoring._weigh(one, ids)
    worker.rescoring._weigh(other, ids)
    assert len(written) == 1


def test_a_row_weighed_by_another_process_adds_up_and_is_put_right_at_its_next_point(database: Database) -> None:
    """A workspace with the settings of before was at it after the worker had looked through all."""
    angry(database, "marta")
    ahead = hand(database, 30, **OTHER, target_minutes_high=60)
    ahead.weighed = None
    assert weighed(database)[0][1] == PLAIN
    assert rescore(ahead) == 1
    ((points, weights),) = weighed(database)
    assert weights.code == "50/10/30/0/10"
    assert points["waiting"] == 15
    assert rescore(ahead) == 0


def test_nobody_waiting_is_weighed_again(database: Database) -> None:
    acme = angry(database, "marta", "jo")
    arrive(database, acme, [post("9", "acme", 4, to="0", thread="0")], 5)
    assert drained(hand(database, **OTHER)) == [1, 0]
    assert [w == PLAIN for _, w in weighed(database)] == [True, False]


def test_the_next_start_of_a_worker_moves_the_queue(database: Database) -> None:
    """Reach is all that counts: the one with more followers comes first, the hot complaint behind."""
    acme = make_brand(database)
    arrive(database, acme, [post("1", "marta", 0, followers=3), post("2", "famous", 0, followers=90_000)], 1)
    read(database, acme, {"1": ("complaint", 0.9, 0.9), "2": ("question", 0.1, 0.9)}, 2)

    def order() -> list[tuple[str, int, int | None]]:
        with database.reading() as session:
            rows = page(session, now=at(3), settings=Settings())
            assert all(sum(r.reasons.values()) == r.priority for r in rows)
            return [(r.author, r.most["reach"], r.reached) for r in rows]

    assert order() == [("marta", 5, 3), ("famous", 5, 90_000)]
    told = dict.fromkeys(OTHER, 0) | {"priority_reach": 100}
    run_once(hand(database, 3, **told))
    assert order() == [("famous", 100, 90_000), ("marta", 100, 3)]
