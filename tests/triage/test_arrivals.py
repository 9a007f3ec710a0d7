import random

import pytest
from sqlmodel import col, func, select

from models import Conversation, Event, Mention, MentionVersion, Placement, Wait
from models.database import Database
from models.values import Dismissal, Resolution, Status
from tests.conftest import NOON
from tests.house import arrive, at, by, conversation_of, make_brand, make_cast, post, texts, waits_of
from triage.verbs import dismiss, mute_author, resolve, restore, snooze

DAY = 24 * 60.0


@pytest.fixture
def acme(database: Database) -> int:
    return make_brand(database)


def test_three_people_under_one_post_and_answering_one_leaves_two_waiting(database: Database, acme: int) -> None:
    arrive(
        database,
        acme,
        [
            post("1", "acme", 0, "our news"),
            post("2", "marta", 1, to="1", thread="1"),
            post("3", "jo", 2, to="1", thread="1"),
            post("4", "kim", 3, to="1", thread="1"),
            post("5", "acme", 9, "sorry Jo", to="3", thread="1"),
        ],
        10,
    )
    with database.reading() as session:
        assert waits_of(session, "marta") == [(1, None, None)]
        assert waits_of(session, "jo") == [(2, 9, "answered")]
        assert waits_of(session, "kim") == [(3, None, None)]
        assert conversation_of(session, "jo").waiting_since is None


def test_the_same_batch_twice_changes_nothing(database: Database, acme: int) -> None:
    batch = [post("1", "marta", 0), post("2", "acme", 5, to="1", thread="1"), post("3", "marta", 9, to="2", thread="1")]
    assert arrive(database, acme, batch, 10).mentions == 3
    with database.reading() as session:
        before = [c.model_dump() for c in session.exec(select(Conversation))] + [
            w.model_dump() for w in session.exec(select(Wait))
        ]
    assert arrive(database, acme, batch, 10).mentions == 0
    with database.reading() as session:
        after = [c.model_dump() for c in session.exec(select(Conversation))] + [
            w.model_dump() for w in session.exec(select(Wait))
        ]
        assert session.exec(select(func.count()).select_from(Mention)).one() == 3
    assert after == before


def test_a_parent_that_comes_later_joins_its_answers_and_the_older_conversation_keeps_its_id(
    database: Database, acme: int
) -> None:
    arrive(database, acme, [post("3", "marta", 5, to="2")], 6)
    with database.reading() as session:
        first = conversation_of(session, "marta").id
    arrive(database, acme, [post("1", "marta", 0, thread="1")], 7)
    arrive(database, acme, [post("2", "jo", 2, to="1")], 8)
    with database.reading() as session:
        conversation = conversation_of(session, "marta")
        assert conversation.id == first
        assert conversation.mentions == 2
        assert waits_of(session, "marta") == [(0, None, None)]
        assert session.exec(select(Event).where(Event.verb == "merged")).one().conversation_id == first


def test_an_author_known_by_handle_and_later_by_id_is_one_person(database: Database, acme: int) -> None:
    arrive(database, acme, [post("1", "Marta", 0, thread="1")], 1, imported=True)
    arrive(database, acme, [post("2", "marta", 3, to="1", thread="1", author_id="77")], 4)
    arrive(database, acme, [post("0", "MARTA", -3, thread="1")], 5, imported=True)
    with database.reading() as session:
        assert conversation_of(session, "marta").mentions == 3
        assert waits_of(session, "marta") == [(-3, None, None)]


def test_another_text_is_an_edition_and_is_read_again(database: Database, acme: int) -> None:
    arrive(database, acme, [post("1", "marta", 0, "it leaks")], 1)
    with database.writing() as session:
        session.exec(select(Mention)).one().read_at = NOON
    arrive(database, acme, [post("1", "marta", 0, "it leaks and burns")], 2)
    with database.reading() as session:
        mention = session.exec(select(Mention)).one()
        assert (mention.text, mention.editions, mention.read_at) == ("it leaks and burns", 2, None)
        assert session.exec(select(MentionVersion.text)).all() == ["it leaks"]


def test_an_import_of_an_old_text_does_not_turn_the_platforms_edition_back(database: Database, acme: int) -> None:
    arrive(database, acme, [post("1", "marta", 0, "first")], 1)
    arrive(database, acme, [post("1", "marta", 0, "second")], 2)
    for _ in range(2):
        arrive(database, acme, [post("1", "marta", 0, "first")], 3, imported=True)
    with database.reading() as session:
        assert texts(session) == {"1": "second"}
        assert session.exec(select(MentionVersion.text)).all() == ["first"]


def test_a_deleted_post_keeps_its_times_and_loses_its_words(database: Database, acme: int) -> None:
    arrive(database, acme, [post("1", "marta", 0, "secret"), post("2", "marta", 0, "secret two", thread="1")], 1)
    arrive(database, acme, [post("1", "marta", 0, "secret, edited")], 2)
    arrive(database, acme, [post("1", "", 0, deleted=True), post("2", "", 0, deleted=True)], 9)
    with database.reading() as session:
        assert set(texts(session).values()) == {""}
        assert session.exec(select(MentionVersion.text)).all() == [""]
        assert waits_of(session, "marta") == [(0, 9, "deleted")]


def test_a_locked_thread_ends_what_waits_in_it(database: Database, acme: int) -> None:
    arrive(database, acme, [post("1", "marta", 0), post("2", "jo", 1, to="1", thread="1")], 1)
    arrive(database, acme, [post("1", "marta", 0, locked=True)], 30)
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, 30, "locked")]
        assert waits_of(session, "jo") == [(1, 30, "locked")]


def test_old_imported_mentions_count_and_do_not_enter_the_queue(database: Database, acme: int) -> None:
    arrive(database, acme, [post("1", "marta", -3 * DAY)], 0, imported=True)
    arrive(database, acme, [post("2", "jo", -1 * DAY)], 0, imported=True)
    arrive(database, acme, [post("3", "kim", -3 * DAY)], 0, imported=True, to_queue=True)
    with database.reading() as session:
        marta, jo, kim = (conversation_of(session, n) for n in ("marta", "jo", "kim"))
        assert (marta.status, marta.resolution) == (Status.RESOLVED, Resolution.HISTORY)
        assert (jo.status, kim.status) == (Status.NEW, Status.NEW)
        assert waits_of(session, "marta") == [(-3 * DAY, None, None)]
        assert {w.stored_at for w in session.exec(select(Wait).where(col(Wait.history)))} == {None}
        assert session.exec(select(func.count()).select_from(Wait)).one() == 3


def test_a_mention_older_than_its_source_is_history_too(database: Database, acme: int) -> None:
    arrive(database, acme, [post("1", "marta", -3 * DAY), post("2", "jo", -60)], 0, older_than_source=at(0))
    with database.reading() as session:
        assert conversation_of(session, "marta").resolution == Resolution.HISTORY
        assert conversation_of(session, "jo").status == Status.NEW


def test_importing_again_to_the_queue_wakes_what_rested(database: Database, acme: int) -> None:
    for to_queue in (False, True):
        arrive(database, acme, [post("1", "marta", -3 * DAY)], 0, imported=True, to_queue=to_queue)
    with database.reading() as session:
        assert conversation_of(session, "marta").status == Status.OPEN


def test_a_new_mention_wakes_reopens_and_restores(database: Database, acme: int) -> None:
    cast = make_cast(database)
    arrive(database, acme, [post(n, n, 0, thread=n) for n in ("marta", "jo", "kim")], 1)
    with database.writing() as session:
        ids = {n: conversation_of(session, n).id or 0 for n in ("marta", "jo", "kim")}
        snooze(session, ids["marta"], at(600), by=by(cast, "ana", 2))
        resolve(session, ids["jo"], Resolution.NO_ANSWER, by=by(cast, "ana", 2))
        dismiss(session, ids["kim"], Dismissal.SPAM, by=by(cast, "ana", 2))
    arrive(database, acme, [post(n + "2", n, 5, to=n, thread=n) for n in ("marta", "jo", "kim")], 6)
    with database.reading() as session:
        assert [conversation_of(session, n).status for n in ("marta", "jo", "kim")] == [Status.OPEN] * 3
        assert waits_of(session, "jo") == [(0, None, None)]
        assert waits_of(session, "kim") == [(0, 2, "dismissed"), (5, None, None)]


def test_a_mention_posted_before_a_dismissal_and_found_after_it_waits(database: Database, acme: int) -> None:
    cast = make_cast(database)
    arrive(database, acme, [post("1", "marta", 0, thread="t")], 1)
    with database.writing() as session:
        dismiss(session, conversation_of(session, "marta").id or 0, Dismissal.SPAM, by=by(cast, "ana", 10))
    arrive(database, acme, [post("0", "marta", -5, thread="t")], 11)
    with database.reading() as session:
        conversation = conversation_of(session, "marta")
        assert (conversation.status, conversation.waiting_since) == (Status.OPEN, at(-5))


def test_restoring_by_hand_lets_the_wait_run_again_from_its_beginning(database: Database, acme: int) -> None:
    cast = make_cast(database)
    arrive(database, acme, [post("1", "marta", 0)], 1)
    with database.writing() as session:
        id = conversation_of(session, "marta").id or 0
        dismissed = dismiss(session, id, Dismissal.NO_ANSWER_NEEDED, by=by(cast, "ana", 10))
        assert dismissed.waiting_since is None
        restored = restore(session, id, by=by(cast, "ana", 11))
        assert (restored.waiting_since, restored.needs_answer) == (at(0), True)


def test_a_muted_person_reopens_nothing(database: Database, acme: int) -> None:
    cast = make_cast(database)
    arrive(database, acme, [post("1", "marta", 0, thread="t")], 1)
    with database.writing() as session:
        id = conversation_of(session, "marta").id or 0
        mute_author(session, id, by=by(cast, "ana", 2))
        dismiss(session, id, Dismissal.SPAM, by=by(cast, "ana", 2))
    arrive(database, acme, [post("2", "marta", 5, thread="t"), post("9", "marta", 5, thread="other")], 6)
    with database.reading() as session:
        assert conversation_of(session, "marta", "t").status == Status.DISMISSED
        assert not conversation_of(session, "marta", "other").needs_answer


def test_a_mention_found_for_two_brands_is_one_mention_and_two_conversations(database: Database, acme: int) -> None:
    other = make_brand(database, "Zenith", competitor=True)
    arrive(database, acme, [post("1", "marta", 0)], 1)
    arrive(database, other, [post("1", "marta", 0)], 2)
    with database.reading() as session:
        assert session.exec(select(func.count()).select_from(Mention)).one() == 1
        needs = {c.brand_id: c.needs_answer for c in session.exec(select(Conversation))}
        assert needs == {acme: True, other: False}


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_arrival_gives_the_same_conversations_and_waits(database: Database, acme: int, seed: int) -> None:
    story = [
        post("10", "acme", 0, thread="10"),
        post("11", "marta", 1, to="10"),
        post("12", "jo", 2, to="11"),
        post("13", "acme", 7, to="12"),
        post("14", "marta", 8, to="13"),
        post("15", "acme", 9, to="13"),
        post("16", "jo", 12, to="15"),
        post("17", "acme", 13, to="99", thread="10"),
        post("20", "jo", 3),
        post("21", "acme", 4, to="20"),
    ]
    random.Random(seed).shuffle(story)
    for part, imported in ((story[:3], seed % 2 == 1), (story[3:4], False), (story[4:], seed % 2 == 1)):
        arrive(database, acme, part, 20, imported=imported)
    with database.reading() as session:
        assert waits_of(session, "marta") == [(1, None, None)]
        assert waits_of(session, "jo") == [(2, 7, "answered"), (3, 4, "answered"), (12, None, None)]
        assert session.exec(select(func.count()).select_from(Conversation)).one() == 3
        assert session.exec(select(Placement).where(col(Placement.ambiguous))).one()


def test_two_feeds_that_tell_a_post_differently_make_no_endless_editions(database: Database, acme: int) -> None:
    for minute in range(6):
        arrive(database, acme, [post("1", "marta", 0, "short" if minute % 2 else "the whole story")], minute)
    with database.reading() as session:
        mention = session.exec(select(Mention)).one()
        assert (mention.text, mention.editions) == ("short", 2)
        assert sorted(session.exec(select(MentionVersion.text))) == ["short", "the whole story"]
