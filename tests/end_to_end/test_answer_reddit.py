"""Reddit, all the way round: a submission or a comment → polled → read → claimed → answered → found on Reddit."""

from datetime import timedelta

import pytest

from models.database import Database
from models.response import ResponseStatus
from models.values import Status, WaitEnd
from sandbox.faults import Fault
from sandbox.records import Post
from sandbox.server import Sandbox
from tests.end_to_end.stage import LATE, PATHS, Round, on_reddit, open_round, ours_on_reddit
from tests.responders.stage import shots

WORDS = "So sorry! Which kettle is it, *and* since when?\n\nWe will send a new base."
COMPLAINT = "My Tarnbrook kettle leaks all over the table, this is terrible. What can I do now?"


def taken_on(house: Round, beneath: bool) -> Post:
    """Marta complains, in a thread of her own or beneath Pavel's; it is polled, read, opened and claimed."""
    if beneath:
        thread = house.said("pavel", "Which one is good?", title="Looking for a kettle")
        house.pass_time(60)
        asked = house.said("marta", COMPLAINT, re=thread)
    else:
        asked = house.said("marta", COMPLAINT, title="My Tarnbrook leaks")
    house.work()
    row = house.conversation_row(asked)
    assert (row.status, row.waiting_since) == (Status.OPEN, asked.made_at)
    assert row.band is not None, "it was read"
    house.claim(asked)
    house.pass_time(240)
    return asked


def the_clock_tells_the_truth(house: Round, asked: Post, response_id: int) -> None:
    """Reddit shows our answer under their words, and every figure is Reddit's time minus Reddit's time."""
    row = house.response(response_id)
    assert row.external_id is not None
    question, answer = on_reddit(house.sandbox, asked.fullname), on_reddit(house.sandbox, row.external_id)
    assert (answer.parent, answer.text) == (asked.fullname, WORDS)
    assert ours_on_reddit(house.sandbox) == [answer], "it, and nothing else of ours, is there"
    assert (shots(house.sandbox), house.sandbox.log.times_sent(asked.fullname, WORDS)) == (1, 1)
    (wait,) = house.waits(asked)
    assert (wait.started_at, wait.ended_at, wait.end) == (question.at, answer.at, WaitEnd.ANSWERED)
    median, (counted,) = house.report()
    assert counted.ended_at is not None
    truth = answer.at - question.at
    assert counted.ended_at - counted.started_at == truth
    assert median == truth.total_seconds()
    assert house.conversation_row(asked).waiting_since is None


@pytest.mark.parametrize("beneath", [False, True], ids=["under a submission", "under a comment"])
def test_an_answer_that_went_out_after_its_grace(database: Database, sandbox: Sandbox, beneath: bool) -> None:
    house = open_round(database, sandbox, "reddit", grace_seconds=LATE)
    asked = taken_on(house, beneath)
    sent_at = sandbox.clock.now()
    response_id = house.answer(asked.fullname, WORDS)
    house.pass_time(LATE)
    house.work_without_waiting()
    house.pass_time(10)  # Reddit's listings are so much behind
    the_clock_tells_the_truth(house, asked, response_id)
    assert ours_on_reddit(sandbox)[0].at - sent_at == timedelta(seconds=LATE)


@pytest.mark.parametrize("beneath", [False, True], ids=["under a submission", "under a comment"])
def test_an_answer_that_reddit_published_90_s_after_the_line_dropped(
    database: Database, sandbox: Sandbox, beneath: bool
) -> None:
    house = open_round(database, sandbox, "reddit")
    asked = taken_on(house, beneath)
    sandbox.faults.arm(Fault(PATHS["reddit"], "drop", acts=True, delay=LATE, method="POST"))
    sent_at = sandbox.clock.now()
    response_id = house.answer(asked.fullname, WORDS)
    house.work_without_waiting()
    assert house.stands(response_id) == ResponseStatus.FIRING
    assert ours_on_reddit(sandbox) == [], "Reddit has not acted yet"
    house.settle_doubt(response_id)
    assert house.stands(response_id) == ResponseStatus.SENT
    the_clock_tells_the_truth(house, asked, response_id)
    assert ours_on_reddit(sandbox)[0].at - sent_at == timedelta(seconds=LATE)
    house.work()
    the_clock_tells_the_truth(house, asked, response_id)


@pytest.mark.parametrize("trouble", ["status", "drop"])
def test_an_answer_that_nobody_finds_is_asked_about_and_not_repeated(
    database: Database, sandbox: Sandbox, trouble: str
) -> None:
    house = open_round(database, sandbox, "reddit")
    asked = taken_on(house, beneath=True)
    sandbox.faults.arm(Fault(PATHS["reddit"], trouble, status=500, method="POST"))  # type: ignore[arg-type]
    response_id = house.answer(asked.fullname, WORDS)
    house.work_without_waiting()
    house.settle_doubt(response_id)
    assert house.stands(response_id) == ResponseStatus.UNCERTAIN
    assert (ours_on_reddit(sandbox), shots(sandbox)) == ([], 1)
    assert house.waits(asked)[0].ended_at is None
    median, (counted,) = house.report()
    assert (median, counted.ended_at) == (None, None), "nobody has been answered"
