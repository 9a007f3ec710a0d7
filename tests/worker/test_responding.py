"""TESTS: the jobs that send, look and notice: when, whose they are, and the wait that ends at the platform's time."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from models import Account, Event, Installation, Mention, Response, Spending, Thread, Wait
from models.database import Database
from models.response import AttemptOutcome as Ended
from models.response import ResponseStatus
from models.values import Dismissal, Platform, WaitEnd
from responders.drafts import get_draft
from responders.verbs import hand_off, it_is_there, undo
from sandbox.faults import Fault
from sandbox.server import Sandbox
from settings import Settings
from tests.house import post
from tests.responders.stage import (
    House,
    as_found,
    complaint,
    conversation_row,
    keys_for,
    open_house,
    platforms,
    posts_by_us,
    shots,
)  # fmt: skip
from triage.history import Refused
from triage.verbs import dismiss
from worker.embedded import run_once
from worker.lease import Worker
from worker.responding import fire, look_due, respond_due

PATHS = {"x": "/2/tweets", "reddit": "/api/comment"}
APART = timedelta(hours=3, minutes=7)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with platforms(APART) as served:
        yield served


@pytest.fixture
def house(database: Database, sandbox: Sandbox) -> House:
    return open_house(database, keys_for(sandbox.url))


def heard(house: House, sandbox: Sandbox, on: str = "x", by: str = "marta") -> str:
    """Somebody complains and we have heard it: its id."""
    found = as_found(sandbox, complaint(sandbox, on, by))
    house.hear(found)
    return found.external_id


def pass_time(house: House, sandbox: Sandbox, seconds: float) -> None:
    house.later(seconds=seconds)
    sandbox.clock.advance(timedelta(seconds=seconds))


def draft_of(house: House, external_id: str) -> str:
    with house.database.reading() as session:
        draft = get_draft(session, house.conversation(external_id), house.cast["ana"])
        return draft.text if draft else ""


def events(house: House) -> list[str]:
    with house.database.reading() as session:
        return list(session.exec(select(Event.verb).order_by(col(Event.id))))


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_an_answer_ends_the_wait_at_the_platforms_time_to_the_second(house: House, sandbox: Sandbox, on: str) -> None:
    external_id = heard(house, sandbox, on)
    response_id = house.answer(external_id)
    assert run_once(house.hand()) > 0
    (made,) = posts_by_us(sandbox, on)
    with house.database.reading() as session:
        (wait,) = session.exec(select(Wait)).all()
        assert (wait.end, wait.ended_at) == (WaitEnd.ANSWERED, made.made_at)
        asked = session.exec(select(Mention).where(Mention.external_id == external_id)).one()
        assert wait.ended_at is not None
        assert wait.ended_at - wait.started_at == made.made_at - asked.posted_at
        ours = session.exec(select(Mention).where(col(Mention.own))).one()
        assert (ours.external_id, ours.parent_id) == (house.response(response_id).external_id, external_id)
    assert conversation_row(house, external_id).waiting_since is None
    assert abs(made.made_at - datetime.now(UTC) - APART) < timedelta(minutes=1)
    assert "sent" in events(house)
    assert shots(sandbox) == 1


def test_nothing_goes_out_before_its_grace_is_over(house: House, sandbox: Sandbox) -> None:
    house.settings = keys_for(sandbox.url, grace_seconds=10)
    response_id = house.answer(heard(house, sandbox))
    house.later(seconds=9)
    assert respond_due(house.hand()) == 0
    house.later(seconds=2)
    assert respond_due(house.hand()) == 1
    assert house.stands(response_id) == "sent"


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_two_workers_and_one_reply_make_one_post(house: House, sandbox: Sandbox, on: str) -> None:
    response_id = house.answer(heard(house, sandbox, on))
    gate = threading.Barrier(4)

    def work() -> None:
        gate.wait()
        fire(house.hand(), response_id)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert house.stands(response_id) == "sent"
    assert (shots(sandbox), len(posts_by_us(sandbox, on))) == (1, 1)


def test_undo_races_with_firing_and_one_of_them_wins(house: House, sandbox: Sandbox) -> None:
    for number in range(6):
        response_id = house.answer(heard(house, sandbox), f"Answer {number}")
        gate = threading.Barrier(2)
        said: list[str] = []

        def take_back(i: int = response_id, gate: threading.Barrier = gate, said: list[str] = said) -> None:
            gate.wait()
            try:
                with house.database.writing() as session:
                    undo(session, i, by=house.by("ana"))
            except Refused as refused:
                said.append(str(refused))

        thread = threading.Thread(target=take_back)
        thread.start()
        gate.wait()
        fire(house.hand(), response_id)
        thread.join()
        public = sum(p.text == f"Answer {number}" for p in posts_by_us(sandbox))
        assert (house.stands(response_id), public, len(said)) in {("sent", 1, 1), ("discarded", 0, 0)}


# ---------------------------------------------------------------- what does not fit any more


def test_what_somebody_answered_meanwhile_goes_back_with_its_words(house: House, sandbox: Sandbox) -> None:
    external_id = heard(house, sandbox)
    response_id = house.answer(external_id)
    house.later(seconds=1)
    by_hand = sandbox.world.add("x", "brand", "I am on it", re=next(iter(sandbox.world.posts)))
    house.hear(as_found(sandbox, by_hand))
    assert respond_due(house.hand()) == 1
    assert (house.stands(response_id), shots(sandbox)) == ("discarded", 0)
    assert "answered meanwhile" in house.response(response_id).said
    assert draft_of(house, external_id) == house.response(response_id).text
    assert events(house)[-1] == "came_back"


def test_a_post_that_was_deleted_a_lock_and_a_dismissal_stop_it(house: House, sandbox: Sandbox) -> None:
    gone, locked, dismissed = (heard(house, sandbox) for _ in range(3))
    ids = [house.answer(e, f"To {e}") for e in (gone, locked, dismissed)]
    with house.database.writing() as session:
        session.exec(select(Mention).where(Mention.external_id == gone)).one().deleted_at = house.now()
        session.exec(select(Thread).where(Thread.external_id == locked)).one().locked_at = house.now()
        dismiss(session, house.conversation(dismissed), Dismissal.SPAM, by=house.by("ben"))
    while respond_due(house.hand()):
        pass
    assert [house.response(i).said.split(" ")[1] for i in ids] == ["post", "thread", "conversation"]
    assert [house.stands(i) for i in ids] == ["discarded"] * 3
    assert shots(sandbox) == 0


def test_reddit_is_asked_right_before_the_shot_whether_the_thread_is_open(house: House, sandbox: Sandbox) -> None:
    response_id = house.answer(heard(house, sandbox, "reddit"))
    sandbox.world.lock(next(iter(sandbox.world.posts)))
    assert respond_due(house.hand()) == 1
    assert "locked" in house.response(response_id).said
    assert shots(sandbox) == 0


def test_a_reply_that_could_not_go_out_for_a_day_is_looked_at_anew(house: House, sandbox: Sandbox) -> None:
    response_id = house.answer(heard(house, sandbox))
    house.later(hours=25)
    assert respond_due(house.hand()) == 1
    assert "for a day" in house.response(response_id).said
    assert shots(sandbox) == 0


def test_the_days_money_for_replies_is_kept(house: House, sandbox: Sandbox) -> None:
    house.settings = keys_for(sandbox.url, x_reply_daily_usd=0.205)
    first = house.answer(heard(house, sandbox), "See https://tarnbrook.example/help")
    second = house.answer(heard(house, sandbox), "One without a link")
    while respond_due(house.hand()):
        pass
    assert [house.stands(i) for i in (first, second)] == ["sent", "discarded"]
    assert "QUARTERDECK_X_REPLY_DAILY_USD" in house.response(second).said
    with house.database.reading() as session:
        assert [(s.reader, s.usd) for s in session.exec(select(Spending))] == [("reply:x", 0.2)]


# ---------------------------------------------------------------- whose it is


def test_another_configurations_worker_leaves_it_alone_and_says_so(house: House, sandbox: Sandbox) -> None:
    response_id = house.answer(heard(house, sandbox))
    with platforms() as elsewhere:
        stranger = Worker(house.database, keys_for(elsewhere.url))
        assert respond_due(stranger) == 0
        assert fire(stranger, response_id) is False
        assert look_due(stranger) == 0
        assert elsewhere.log.seen == []
    assert house.stands(response_id) == "approved"
    assert "approved for" in house.response(response_id).said
    assert respond_due(house.hand()) == 1
    assert (house.stands(response_id), house.response(response_id).said) == ("sent", "")


def test_a_worker_without_keys_leaves_it_alone(house: House, sandbox: Sandbox) -> None:
    response_id = house.answer(heard(house, sandbox))
    assert respond_due(Worker(house.database, Settings(x_url=sandbox.url))) == 0
    assert house.stands(response_id) == "approved"
    assert "no keys" in house.response(response_id).said


def test_a_demo_never_reaches_another_machine_whatever_the_settings_say(house: House, sandbox: Sandbox) -> None:
    response_id = house.answer(heard(house, sandbox))
    real = keys_for("", x_url="", reddit_url="", reddit_oauth_url="")
    with house.database.writing() as session:
        session.add(Installation(demo=True))
        session.get_one(Response, response_id).origin = ""  # even if a row were made to say so
        for account in session.exec(select(Account)):
            account.origin = ""
    assert respond_due(Worker(house.database, real)) == 0
    assert fire(Worker(house.database, real), response_id) is False
    assert "demo" in house.response(response_id).said
    assert house.attempts(response_id) == []


def test_a_demo_answers_on_its_own_machine(house: House, sandbox: Sandbox) -> None:
    with house.database.writing() as session:
        session.add(Installation(demo=True))
    response_id = house.answer(heard(house, sandbox))
    assert respond_due(house.hand()) == 1
    assert house.stands(response_id) == "sent"


def test_an_account_that_is_no_longer_ours_answers_nobody(house: House, sandbox: Sandbox) -> None:
    response_id = house.answer(heard(house, sandbox))
    with house.database.writing() as session:
        session.delete(session.exec(select(Account).where(Account.platform == Platform.X)).one())
    assert respond_due(house.hand()) == 0
    assert "another account" in house.response(response_id).said
    assert shots(sandbox) == 0


# ---------------------------------------------------------------- later, and doubt


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_keys_that_fail_are_tried_again_and_the_reply_goes_out_once(house: House, sandbox: Sandbox, on: str) -> None:
    response_id = house.answer(heard(house, sandbox, on))
    sandbox.faults.arm(Fault(PATHS[on], status=401, method="POST", body="{}"))
    assert respond_due(house.hand()) == 1
    assert house.stands(response_id) == "later"
    assert respond_due(house.hand()) == 0
    pass_time(house, sandbox, 90)
    assert respond_due(house.hand()) == 1
    assert house.stands(response_id) == "sent"
    assert [a.outcome for a in house.attempts(response_id)] == [Ended.LATER, Ended.SENT]
    assert len(posts_by_us(sandbox, on)) == 1


def test_signing_in_that_fails_is_tried_later_without_an_attempt(house: House, sandbox: Sandbox) -> None:
    response_id = house.answer(heard(house, sandbox, "reddit"))
    sandbox.faults.arm(Fault("/api/v1/access_token", status=401))
    assert respond_due(house.hand()) == 1
    assert (house.stands(response_id), house.attempts(response_id)) == ("later", [])
    pass_time(house, sandbox, 61)
    assert respond_due(house.hand()) == 1
    assert house.stands(response_id) == "sent"


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_in_doubt_we_look_at_ten_seconds_a_minute_and_five_and_then_ask(
    house: House, sandbox: Sandbox, on: str
) -> None:
    response_id = house.answer(heard(house, sandbox, on))
    sandbox.faults.arm(Fault(PATHS[on], status=500, method="POST"))
    respond_due(house.hand())
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
    respond_due(house.hand())
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
    respond_due(house.hand())
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
    respond_due(house.hand())
    (made,) = posts_by_us(sandbox)
    house.later(seconds=2)
    house.hear(as_found(sandbox, made))
    assert look_due(house.hand()) == 1
    assert (house.stands(response_id), house.response(response_id).posted_at) == ("sent", made.made_at)
    assert [a.outcome for a in house.attempts(response_id)] == [Ended.SENT]


def test_once_sends_what_is_due_and_ends(house: House, sandbox: Sandbox) -> None:
    ids = [house.answer(heard(house, sandbox), f"Answer {n}") for n in range(3)]
    run_once(house.hand())
    assert [house.stands(i) for i in ids] == ["sent"] * 3
    assert shots(sandbox) == 3
