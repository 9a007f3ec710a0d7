"""Where X lets no program answer: the words are taken there by hand, and our reply is noticed by the next poll."""

import pytest

from models.database import Database
from models.response import ResponseStatus
from models.values import How, SourceKind, Status, WaitEnd
from responders.options import Options, options
from responders.verbs import hand_off, respond
from sandbox.records import Post
from sandbox.server import Sandbox
from tests.end_to_end.stage import Round, on_x, open_round, ours_on_x
from tests.responders.stage import shots
from triage.history import Refused

WORDS = "So sorry! Which kettle is it, and since when?"


@pytest.fixture
def house(database: Database, sandbox: Sandbox) -> Round:
    """It searches X for the brand's name, too."""
    return open_round(database, sandbox, "x", (SourceKind.X_SEARCH, "tarnbrook", ""))


def taken_on(house: Round) -> Post:
    """Marta complains about us, but not to us."""
    asked = house.said("marta", "My tarnbrook kettle leaks all over the table, this is terrible. What can I do now?")
    house.work()
    assert house.conversation_row(asked).status == Status.OPEN
    house.claim(asked)
    return asked


def known(house: Round, asked: Post) -> Options:
    with house.database.reading() as session:
        return options(session, house.conversation(asked.id), house.settings, house.now())


def handed_off(house: Round, asked: Post) -> int:
    with house.database.writing() as session:
        conversation_id = house.conversation(asked.id)
        made = hand_off(session, conversation_id, WORDS, by=house.by("ana"), settings=house.settings)
        assert made.id is not None
        return made.id


def the_wait_ended_when_we_answered(house: Round, asked: Post, ours: Post) -> None:
    """By X's own times, and not when the poll came by."""
    question, answer = on_x(house.sandbox, asked.id), on_x(house.sandbox, ours.id)
    assert answer.parent == asked.id
    (wait,) = house.waits(asked)
    assert (wait.started_at, wait.ended_at, wait.end) == (question.at, answer.at, WaitEnd.ANSWERED)
    median, (counted,) = house.report()
    assert counted.ended_at is not None
    assert counted.ended_at - counted.started_at == answer.at - question.at
    assert median == (answer.at - question.at).total_seconds()


def test_it_is_known_before_anybody_types_and_no_request_is_made(house: Round) -> None:
    asked = taken_on(house)
    told = known(house, asked)
    assert (told.how, told.account, told.to_handle) == (How.HAND_OFF, "tarnbrook", "marta_brews")
    assert "mention" in told.reason
    assert (told.parent_external_id, told.parent_url.rsplit("/", 1)[-1]) == (asked.id, asked.id)
    with house.database.writing() as session, pytest.raises(Refused) as refused:
        respond(session, house.conversation(asked.id), WORDS, by=house.by("ana"), settings=house.settings)
    assert str(refused.value) == told.reason
    house.work()
    assert shots(house.sandbox) == 0


def test_our_reply_by_hand_is_noticed_by_the_next_poll_with_its_real_time(house: Round) -> None:
    asked = taken_on(house)
    house.pass_time(60)
    response_id = handed_off(house, asked)
    house.pass_time(90)
    ours = house.said("brand", WORDS, re=asked)
    assert house.stands(response_id) == ResponseStatus.HANDED_OFF
    house.work()
    row = house.response(response_id)
    assert (row.status, row.external_id, row.posted_at, row.said) == (ResponseStatus.SENT, ours.id, ours.made_at, "")
    the_wait_ended_when_we_answered(house, asked, ours)
    assert ([one.text for one in ours_on_x(house.sandbox)], shots(house.sandbox)) == ([WORDS], 0)


def test_a_hand_off_that_nobody_has_posted_goes_on_waiting(house: Round) -> None:
    asked = taken_on(house)
    response_id = handed_off(house, asked)
    house.work()
    house.work()
    assert house.stands(response_id) == ResponseStatus.HANDED_OFF
    assert house.waits(asked)[0].ended_at is None
    assert house.report()[0] is None


def test_our_reply_without_a_hand_off_ends_the_wait_all_the_same(house: Round) -> None:
    asked = taken_on(house)
    house.pass_time(90)
    ours = house.said("brand", "In other words, and typed on a phone", re=asked)
    house.work()
    the_wait_ended_when_we_answered(house, asked, ours)
    assert shots(house.sandbox) == 0
