"""X, all the way round: a post → polled → read → claimed → answered → found on X → reported to the second."""

from datetime import timedelta

import pytest

from models.database import Database
from models.response import ResponseStatus
from models.values import Status, WaitEnd
from sandbox.faults import Fault
from sandbox.records import Post
from sandbox.server import Sandbox
from tests.end_to_end.stage import BEHIND, LATE, PATHS, Round, on_x, open_round, ours_on_x
from tests.responders.stage import shots

WORDS = "So sorry! Which kettle is it, and since when?"


def taken_on(house: Round) -> Post:
    """Marta complains; it is polled, read, opened and claimed."""
    asked = house.said("marta", "@tarnbrook my kettle leaks all over the table, this is terrible. What now?")
    house.work()
    row = house.conversation_row(asked)
    assert (row.status, row.waiting_since) == (Status.OPEN, asked.made_at)
    assert row.band is not None, "it was read"
    house.claim(asked)
    house.pass_time(240)
    return asked


def the_clock_tells_the_truth(house: Round, asked: Post, response_id: int) -> None:
    """X shows our answer under their post, and every figure is X's time minus X's time."""
    row = house.response(response_id)
    assert row.external_id is not None
    question, answer = on_x(house.sandbox, asked.id), on_x(house.sandbox, row.external_id)
    assert (answer.parent, answer.text) == (asked.id, WORDS)
    assert ours_on_x(house.sandbox) == [answer], "it, and nothing else of ours, is there"
    assert (shots(house.sandbox), house.sandbox.log.times_sent(asked.id, WORDS)) == (1, 1)
    (wait,) = house.waits(asked)
    assert (wait.started_at, wait.ended_at, wait.end) == (question.at, answer.at, WaitEnd.ANSWERED)
    median, (counted,) = house.report()
    assert counted.ended_at is not None
    truth = answer.at - question.at
    assert counted.ended_at - counted.started_at == truth
    assert median == truth.total_seconds()
    assert house.conversation_row(asked).waiting_since is None


def test_an_answer_that_went_out_after_its_grace(database: Database, sandbox: Sandbox) -> None:
    house = open_round(database, sandbox, "x", grace_seconds=LATE)
    asked = taken_on(house)
    sent_at = sandbox.clock.now()
    response_id = house.answer(asked.id, WORDS)
    house.pass_time(LATE)
    house.work_without_waiting()
    house.pass_time(10)  # X's listings are so much behind
    the_clock_tells_the_truth(house, asked, response_id)
    answer = ours_on_x(sandbox)[0]
    assert answer.at - sent_at == timedelta(seconds=LATE)
    assert timedelta(0) <= house.now() - answer.at - BEHIND < timedelta(minutes=5), "our own clock says otherwise"


def test_an_answer_that_x_published_90_s_after_the_line_dropped(database: Database, sandbox: Sandbox) -> None:
    house = open_round(database, sandbox, "x")
    asked = taken_on(house)
    sandbox.faults.arm(Fault(PATHS["x"], "drop", acts=True, delay=LATE, method="POST"))
    sent_at = sandbox.clock.now()
    response_id = house.answer(asked.id, WORDS)
    house.work_without_waiting()
    assert house.stands(response_id) == ResponseStatus.FIRING
    assert ours_on_x(sandbox) == [], "X has not acted yet"
    house.settle_doubt(response_id)
    assert house.stands(response_id) == ResponseStatus.SENT
    the_clock_tells_the_truth(house, asked, response_id)
    assert ours_on_x(sandbox)[0].at - sent_at == timedelta(seconds=LATE)
    house.work()
    the_clock_tells_the_truth(house, asked, response_id)


@pytest.mark.parametrize("trouble", ["status", "drop"])
def test_an_answer_that_nobody_finds_is_asked_about_and_not_repeated(
    database: Database, sandbox: Sandbox, trouble: str
) -> None:
    house = open_round(database, sandbox, "x")
    asked = taken_on(house)
    sandbox.faults.arm(Fault(PATHS["x"], trouble, status=500, method="POST"))  # type: ignore[arg-type]
    response_id = house.answer(asked.id, WORDS)
    house.work_without_waiting()
    house.settle_doubt(response_id)
    assert house.stands(response_id) == ResponseStatus.UNCERTAIN
    assert (ours_on_x(sandbox), shots(sandbox)) == ([], 1)
    assert house.waits(asked)[0].ended_at is None
    median, (counted,) = house.report()
    assert (median, counted.ended_at) == (None, None), "nobody has been answered"
