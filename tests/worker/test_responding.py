"""TESTS: the jobs that send, look and notice: when, whose they are, and the wait that ends at the platform's time."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import col, select

from models import Account, Event, Installation, Mention, Response, Spending, Thread, User, Wait
from models.database import Database, waited_to_write
from models.values import Dismissal, Platform, WaitEnd
from responders.drafts import get_draft
from responders.verbs import approve, respond, undo
from sandbox.server import Sandbox
from settings import Settings
from tests.responders.stage import (
    House,
    as_found,
    conversation_row,
    heard,
    keys_for,
    open_house,
    platforms,
    posts_by_us,
    send_due,
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
    send_due(house)
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
    house.settings = keys_for(sandbox.url, grace_seconds=600)
    response_id = house.answer(heard(house, sandbox))
    house.later(seconds=300)
    assert send_due(house) == 0
    house.later(seconds=301)
    assert send_due(house) == 1
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
    assert send_due(house) == 1
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
    while send_due(house):
        pass
    assert [house.response(i).said.split(" ")[1] for i in ids] == ["post", "thread", "conversation"]
    assert [house.stands(i) for i in ids] == ["discarded"] * 3
    assert shots(sandbox) == 0


def test_reddit_is_asked_right_before_the_shot_whether_the_thread_is_open(house: House, sandbox: Sandbox) -> None:
    response_id = house.answer(heard(house, sandbox, "reddit"))
    sandbox.world.lock(next(iter(sandbox.world.posts)))
    assert send_due(house) == 1
    assert "locked" in house.response(response_id).said
    assert shots(sandbox) == 0


def test_a_reply_that_could_not_go_out_for_a_day_is_looked_at_anew(house: House, sandbox: Sandbox) -> None:
    response_id = house.answer(heard(house, sandbox))
    house.later(hours=25)
    assert send_due(house) == 1
    assert "for a day" in house.response(response_id).said
    assert shots(sandbox) == 0


def test_the_days_money_for_replies_is_kept(house: House, sandbox: Sandbox) -> None:
    house.settings = keys_for(sandbox.url, x_reply_daily_usd=0.205)
    first = house.answer(heard(house, sandbox), "See https://tarnbrook.example/help")
    second = house.answer(heard(house, sandbox), "One without a link")
    while send_due(house):
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
    assert send_due(house) == 1
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
    assert send_due(house) == 1
    assert house.stands(response_id) == "sent"


def test_an_account_that_is_no_longer_ours_answers_nobody(house: House, sandbox: Sandbox) -> None:
    response_id = house.answer(heard(house, sandbox))
    with house.database.writing() as session:
        session.delete(session.exec(select(Account).where(Account.platform == Platform.X)).one())
    assert send_due(house) == 0
    assert "another account" in house.response(response_id).said
    assert shots(sandbox) == 0


def test_nobody_speaks_who_was_disabled_before_the_grace_was_over(house: House, sandbox: Sandbox) -> None:
    external_id = heard(house, sandbox)
    response_id = house.answer(external_id)
    with house.database.writing() as session:
        session.get_one(User, house.cast["ana"]).disabled_at = house.now()
    send_due(house)
    assert shots(sandbox) == 0
    assert house.stands(response_id) == "discarded"
    assert "no longer works here" in house.response(response_id).said


def test_what_a_manager_approved_goes_out_though_its_writer_has_left(house: House, sandbox: Sandbox) -> None:
    external_id = heard(house, sandbox)
    house.settings = house.settings.model_copy(update={"approve_intents": ("*",)})
    response_id = house.answer(external_id)
    with house.database.writing() as session:
        approve(session, response_id, by=house.by("mia"), settings=house.settings)
        session.get_one(User, house.cast["ana"]).disabled_at = house.now()
    send_due(house)
    assert (house.stands(response_id), shots(sandbox)) == ("sent", 1)


def test_a_press_that_waits_for_its_turn_to_write_keeps_its_whole_grace(house: House, sandbox: Sandbox) -> None:
    """The seconds in which Undo could not be seen yet do not count."""
    external_id = heard(house, sandbox)
    by, conversation_id = house.by("ana"), house.conversation(external_id)
    with house.database.writing() as session:
        connection = session.connection()
        connection.info["quarterdeck_waited"] = 7.9
        made = respond(session, conversation_id, "One moment!", by=by, settings=house.settings)
        assert made.due_at == by.at + timedelta(seconds=7)


def test_how_long_a_writer_stood_in_line_is_known(house: House) -> None:
    """A second writer is let in when the clock of the database says that five seconds have passed."""
    if not house.database.is_sqlite:
        with house.database.writing() as session:
            assert waited_to_write(session) == timedelta(0)
        return
    first, held = Database(house.database.url), threading.Event()
    clock = iter([100.0, 105.5])

    def hold() -> None:
        with first.writing() as session:
            session.connection()
            held.set()
            begun.wait(60)

    begun = threading.Event()
    holding = threading.Thread(target=hold)
    holding.start()
    held.wait(60)

    def tick() -> float:
        begun.set()  # the first look is before the wait, so it lets the other go
        return next(clock)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("models.database.time", SimpleNamespace(monotonic=tick))
        with house.database.writing() as session:
            assert waited_to_write(session) == timedelta(seconds=5)
    holding.join()
    first.close()


def test_once_sends_what_is_due_and_ends(house: House, sandbox: Sandbox) -> None:
    ids = [house.answer(heard(house, sandbox), f"Answer {n}") for n in range(3)]
    run_once(house.hand())
    send_due(house)
    assert [house.stands(i) for i in ids] == ["sent"] * 3
    assert shots(sandbox) == 3
