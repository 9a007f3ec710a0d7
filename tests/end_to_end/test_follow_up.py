"""The person writes again after our answer: the conversation opens anew, with a wait from their own time."""

import pytest

from models.database import Database
from models.response import ResponseStatus
from models.values import Resolution, Status, WaitEnd
from sandbox.records import Post
from sandbox.server import Sandbox
from tests.end_to_end.stage import Round, on_reddit, on_x, open_round
from tests.responders.stage import posts_by_us, shots
from triage.verbs import resolve

FIRST = "@tarnbrook my Tarnbrook kettle leaks all over the table, this is terrible. What can I do now?"
AGAIN = "@tarnbrook now the Tarnbrook base leaks as well! When do I get my money back?"


def answered(house: Round, asked: Post, words: str) -> Post:
    """Ana answers the newest words; what the platform has of it."""
    before = {p.key for p in posts_by_us(house.sandbox, house.on)}
    response_id = house.answer(house.name(asked), words)
    house.work_without_waiting()
    assert house.stands(response_id) == ResponseStatus.SENT
    (made,) = (p for p in posts_by_us(house.sandbox, house.on) if p.key not in before)
    return made


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_a_follow_up_reopens_with_a_wait_of_its_own(database: Database, sandbox: Sandbox, on: str) -> None:
    house = open_round(database, sandbox, on)
    show = {"x": on_x, "reddit": on_reddit}[on]
    asked = house.said("marta", FIRST, title="" if on == "x" else "Leaks")
    house.work()
    house.claim(asked)
    first = answered(house, asked, "So sorry! A new base is on its way.")
    with house.database.writing() as session:
        resolve(session, house.conversation(house.name(asked)), Resolution.ANSWERED, by=house.by("ana"))
    assert house.conversation_row(asked).status == Status.RESOLVED

    house.pass_time(3_600)
    again = house.said("marta", AGAIN, re=first)
    house.work()
    row = house.conversation_row(asked)
    assert house.conversation(house.name(again)) == house.conversation(house.name(asked)), "one conversation"
    assert (row.status, row.waiting_since) == (Status.OPEN, again.made_at)
    one, two = house.waits(asked)
    name = house.name
    assert (one.started_at, one.ended_at) == (show(sandbox, name(asked)).at, show(sandbox, name(first)).at)
    assert (two.started_at, two.ended_at) == (show(sandbox, name(again)).at, None)

    house.pass_time(300)
    second = answered(house, again, "We will pay it back this week.")
    shown = show(sandbox, name(second))
    assert shown.parent == name(again)
    two = house.waits(asked)[1]
    assert (two.ended_at, two.end) == (shown.at, WaitEnd.ANSWERED)
    assert shots(sandbox) == 2
    _, rows = house.report()
    seconds = sorted((r.ended_at - r.started_at).total_seconds() for r in rows if r.ended_at)
    truth = [(first.made_at - asked.made_at), (second.made_at - again.made_at)]
    assert seconds == sorted(t.total_seconds() for t in truth)
