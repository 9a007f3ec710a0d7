"""TESTS: doubt and hand-offs at work: looks in time, what people say is there, our own posts that polls bring."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from models import Account, Response
from models.database import Database
from models.response import AttemptOutcome as Ended
from models.response import ResponseStatus
from models.values import Platform
from responders.verbs import hand_off, it_is_there
from sandbox.faults import Fault
from sandbox.server import Sandbox
from tests.house import post
from tests.responders.stage import (
    House,
    as_found,
    complaint,
    conversation_row,
    heard,
    keys_for,
    open_house,
    pass_time,
    platforms,
    posts_by_us,
    send_due,
    shots,
)  # fmt: skip
from worker.responding import look_due

PATHS = {"x": "/2/tweets", "reddit": "/api/comment"}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with platforms(timedelta(hours=3, minutes=7)) as served:
        yield served


@pytest.fixture
def house(database: Database, sandbox: Sandbox) -> House:
    return open_house(database, keys_for(sandbox.url))


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_keys_that_fail_are_tried_again_and_the_reply_goes_out_once(house: House, sandbox: Sandbox, on: str) -> None:
    response_id = house.answer(heard(house, sandbox, on))
    sandbox.faults.arm(Fault(PATHS[on], status=401, method="POST", body="{}"))
    assert send_due(house) == 1
    assert house.stands(response_id) == "later"
    assert send_due(house) == 0
    pass_time(house, sandbox, 90)
    assert send_due(house) == 1
    assert house.stands(response_id) == "sent"
    assert [a.outcome for a in house.attempts(response_id)] == [Ended.LATER, Ended.SENT]
    assert len(posts_by_us(sandbox, on)) == 1


def test_signing_in_that_fails_is_tried_later_without_an_attempt(house: House, sandbox: Sandbox) -> None:
    response_id = house.answer(heard(house, sandbox, "reddit"))
    sandbox.faults.arm(Fault("/api/v1/access_token", status=401))
    assert send_due(house) == 1
    assert (house.stands(response_id), house.attempts(response_id)) == ("later", [])
    pass_time(house, sandbox, 61)
    assert send_due(house) == 1
    assert house.stands(response_id) == "sent"


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_in_doubt_we_look_at_ten_seconds_a_minute_and_five_and_then_ask(
    house: House, sandbox: Sandbox, on: str
) -> None:
    response_id = house.answer(heard(house, sandbox, on))
    sandbox.faults.arm(Fault(PATHS[on], status=500, method="POST"))
    send_due(house)
    looked, left = [], 0.0
    for _ in range(400):
        if look_due(house.hand()):
            looked.append(left)
        if house.stands(response_id) != "firing":
            break
        pass_time(house, sandbox, 1)
        left += 1
    assert all(due - 20 <= t <= due + 1 for t, due in zip(looked, (10, 60, 300), strict=True))  # real time passes, too
    row = house.response(response_id)
    assert (row.status.value, row.due_at) == ("uncertain", None)
    assert "3 times" in row.said
    assert [(a.outcome, a.looks) for a in house.attempts(response_id)] == [(Ended.ABSENT, 3)]
    assert shots(sandbox) == 1


def test_a_look_that_fails_does_not_count_and_after_an_hour_a_person_is_asked(house: House, sandbox: Sandbox) -> None:
    response_id = house.answer(heard(house, sandbox, "reddit"))
    sandbox.faults.arm(Fault("/api/comment", status=500, method="POST"))
    send_due(house)
    sandbox.faults.arm(Fault("/user/", status=503, times=10_000))
    for _ in range(150):
        look_due(house.hand())
        if house.stands(response_id) != "firing":
            break
        pass_time(house, sandbox, 30)
    assert house.stands(response_id) == "uncertain"
    assert "could not look" in house.response(response_id).said
    assert house.attempts(response_id)[0].looks == 0


def test_two_workers_look_once(house: House, sandbox: Sandbox) -> None:
    response_id = house.answer(heard(house, sandbox))
    sandbox.faults.arm(Fault("/2/tweets", status=500, method="POST"))
    send_due(house)
    pass_time(house, sandbox, 11)
    gate = threading.Barrier(3)

    def work() -> None:
        gate.wait()
        look_due(house.hand())

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert house.attempts(response_id)[0].looks == 1


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_what_a_person_says_is_there_gets_the_platforms_time(house: House, sandbox: Sandbox, on: str) -> None:
    external_id = heard(house, sandbox, on)
    response_id = house.answer(external_id)
    by_hand = sandbox.world.add(on, "brand", "In other words", re=next(iter(sandbox.world.posts)))  # type: ignore[arg-type]
    uncertain(house, response_id)
    named = by_hand.id if on == "x" else by_hand.fullname
    with house.database.writing() as session:
        it_is_there(session, response_id, named, by=house.by("ana"))
    assert look_due(house.hand()) > 0
    row = house.response(response_id)
    assert (row.status.value, row.external_id, row.posted_at) == ("sent", named, by_hand.made_at)
    assert conversation_row(house, external_id).waiting_since is None


def test_what_is_not_ours_or_answers_somebody_else_is_not_taken_for_it(house: House, sandbox: Sandbox) -> None:
    response_id = house.answer(heard(house, sandbox))
    other = complaint(sandbox, by="pavel")
    elsewhere = sandbox.world.add("x", "brand", "To Pavel", re=other.key)
    for named in (other.id, elsewhere.id, "1"):
        uncertain(house, response_id)
        with house.database.writing() as session:
            it_is_there(session, response_id, named, by=house.by("ana"))
        assert look_due(house.hand()) > 0
        row = house.response(response_id)
        assert (row.status.value, row.external_id, row.due_at) == ("uncertain", None, None)
        assert "no answer of ours" in row.said


def uncertain(house: House, response_id: int) -> None:
    with house.database.writing() as session:
        row = session.get_one(Response, response_id)
        row.status, row.due_at = ResponseStatus.UNCERTAIN, None


# ---------------------------------------------------------------- hand-offs


def handed(house: House, external_id: str, text: str = "Sorry! Which kettle is it?") -> int:
    with house.database.writing() as session:
        conversation_id = house.conversation(external_id)
        made = hand_off(session, conversation_id, text, by=house.by("ana"), settings=house.settings)
        return made.id or 0


def test_a_hand_off_is_noticed_when_a_poll_brings_our_answer(house: House) -> None:
    house.hear(post("900", "marta", 0, thread="900"))
    response_id = handed(house, "900")
    assert look_due(house.hand()) == 0
    house.later(seconds=30)
    house.hear(post("905", "tarnbrook", 7, "@marta Sorry! Which kettle is it?", to="900", thread="900"))
    assert look_due(house.hand()) == 1
    row = house.response(response_id)
    assert (row.status.value, row.external_id, row.said) == ("sent", "905", "")
    assert row.posted_at is not None
    assert row.posted_at.minute == 7
    assert look_due(house.hand()) == 0


def test_a_hand_off_typed_in_other_words_is_noticed_and_said_to_be_so(house: House) -> None:
    house.hear(post("900", "marta", 0, thread="900"))
    response_id = handed(house, "900")
    house.later(seconds=30)
    house.hear(post("905", "tarnbrook", 7, "Which one?", to="900", thread="900"))
    look_due(house.hand())
    assert (house.stands(response_id), house.response(response_id).said.split(" ")[0]) == ("sent", "Posted")


def test_a_hand_off_is_noticed_by_its_words_where_no_parent_is_told(house: House) -> None:
    house.hear(post("t1_1", "marta", 0, thread="t3_1", platform=Platform.REDDIT))
    response_id = handed(house, "t1_1", "We *are* on it")
    house.later(seconds=30)
    house.hear(post("t1_2", "tarnbrook_team", 7, r"We \*are\* on it", thread="t3_1", platform=Platform.REDDIT))
    look_due(house.hand())
    assert house.response(response_id).external_id == "t1_2"


def test_neither_an_older_answer_nor_one_to_somebody_else_is_the_hand_off(house: House) -> None:
    house.hear(post("900", "marta", 0, thread="900"), post("901", "pavel", 1, thread="900", to="900"))
    house.hear(post("902", "tarnbrook", 2, "Earlier words", to="900", thread="900"))
    house.later(seconds=1)
    response_id = handed(house, "900")
    house.later(seconds=30)
    house.hear(post("903", "tarnbrook", 3, "To Pavel", to="901", thread="900"))
    assert look_due(house.hand()) == 0
    assert house.stands(response_id) == "handed_off"


def test_words_tell_whom_a_post_answers_where_the_platform_does_not_and_their_wait_ends(house: House) -> None:
    house.hear(
        post("t1_1", "marta", 0, thread="t3_1", platform=Platform.REDDIT),
        post("t1_2", "pavel", 1, thread="t3_1", platform=Platform.REDDIT),
    )
    response_id = handed(house, "t1_1", "Sorry, Marta")
    house.later(seconds=30)
    house.hear(
        post("t1_8", "tarnbrook_team", 6, "An announcement", thread="t3_1", platform=Platform.REDDIT),
        post("t1_9", "tarnbrook_team", 7, "Sorry, Marta", thread="t3_1", platform=Platform.REDDIT),
    )
    assert conversation_row(house, "t1_1").waiting_since is not None
    assert look_due(house.hand()) == 1
    assert house.response(response_id).external_id == "t1_9"
    assert conversation_row(house, "t1_1").waiting_since is None
    assert conversation_row(house, "t1_2").waiting_since is not None
    assert look_due(house.hand()) == 0


def test_an_automatic_account_notices_nothing(house: House) -> None:
    with house.database.writing() as session:
        session.add(
            Account(brand_id=house.brand_id, platform=Platform.X, handle="bot", handle_key="bot", automatic=True)
        )
    house.hear(post("900", "marta", 0, thread="900"))
    response_id = handed(house, "900")
    house.later(seconds=30)
    house.hear(post("905", "bot", 7, "Thank you for your message", to="900", thread="900"))
    assert look_due(house.hand()) == 0
    assert house.stands(response_id) == "handed_off"


def test_a_poll_that_is_faster_than_our_own_look_settles_the_doubt(house: House, sandbox: Sandbox) -> None:
    response_id = house.answer(heard(house, sandbox))
    sandbox.faults.arm(Fault("/2/tweets", "drop", acts=True, method="POST"))
    send_due(house)
    (made,) = posts_by_us(sandbox)
    house.later(seconds=2)
    house.hear(as_found(sandbox, made))
    assert look_due(house.hand()) == 1
    assert (house.stands(response_id), house.response(response_id).posted_at) == ("sent", made.made_at)
    assert [a.outcome for a in house.attempts(response_id)] == [Ended.SENT]
