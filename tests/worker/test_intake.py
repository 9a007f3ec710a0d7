"""The one way into the house: what posts tell of their threads, and transactions that meet in one thread."""

import threading
from dataclasses import replace
from typing import Any

from sqlmodel import col, select

from listeners.post import Post, Writer
from listeners.saving import Sighting
from models import Conversation, Event, Mention, MentionVersion, Placement, Reading, Thread
from models.database import Database
from models.values import Platform, Resolution, Status
from settings import Settings
from tests.house import arrive, at, by, conversation_of, make_brand, make_cast, post, texts, waits_of
from tests.worker.stage import At
from triage.recompute import one_hand
from triage.verbs import resolve
from worker.intake import take_in
from worker.reading import read_mentions


def thread_row(database: Database, key: str) -> Thread:
    with database.reading() as session:
        found = session.exec(select(Thread).where(Thread.external_id == key)).one()
        session.expunge(found)
        return found


def test_a_lock_told_by_the_root_is_not_forgotten_because_a_comment_comes_after_it(database: Database) -> None:
    acme = make_brand(database)
    root = Post(
        platform=Platform.REDDIT, external_id="t3_a", author=Writer(handle="marta"), text="kettle", posted_at=at(0),
        thread_id="t3_a", thread_title="Kettle", locked=True,
    )  # fmt: skip
    comment = Post(
        platform=Platform.REDDIT, external_id="t1_b", author=Writer(handle="pavel"), text="mine too", posted_at=at(1),
        thread_id="t3_a", thread_title="Kettle", parent_id="t3_a",
    )  # fmt: skip
    arrive(database, acme, [root, comment], 10)
    assert thread_row(database, "t3_a").locked_at == at(10)
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, 10, "locked")]


def test_one_locked_comment_ends_nobodys_wait(database: Database) -> None:
    acme = make_brand(database)
    arrive(database, acme, [post("1", "marta", 0), post("2", "pavel", 1, to="1", thread="1", locked=True)], 10)
    assert thread_row(database, "1").locked_at is None
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, None, None)]


def test_somebody_who_speaks_after_the_lock_is_not_unseen(database: Database) -> None:
    acme = make_brand(database)
    arrive(database, acme, [post("1", "marta", 0, locked=True)], 10)
    arrive(database, acme, [post("2", "marta", 20, "it is open again", to="1", thread="1")], 30)
    assert thread_row(database, "1").locked_at is None
    with database.reading() as session:
        assert conversation_of(session, "marta").waiting_since == at(0)


def test_an_articles_comment_feed_is_kept_whichever_post_tells_it(database: Database) -> None:
    acme = make_brand(database)
    article = Post(
        platform=Platform.BLOG, external_id="https://b.example/1", author=Writer(handle="Marta"), text="kettle",
        posted_at=at(0), thread_id="https://b.example/1", thread_title="Kettle", url="https://b.example/one",
        comments_url="https://b.example/one/comments",
    )  # fmt: skip
    comment = Post(
        platform=Platform.BLOG, external_id="https://b.example/1#2", author=Writer(handle="Pavel"), text="mine",
        posted_at=at(1), thread_id="https://b.example/1", thread_title="Comments on: Kettle",
    )  # fmt: skip
    arrive(database, acme, [article, comment], 10)
    found = thread_row(database, "https://b.example/1")
    assert (found.title, found.url) == ("Kettle", "https://b.example/one")
    assert found.comments_url == "https://b.example/one/comments"


def test_a_thread_is_followed_from_its_first_live_conversation_on(database: Database) -> None:
    acme = make_brand(database)
    arrive(database, acme, [post("1", "marta", 0)], 10)
    arrive(database, acme, [post("2", "pavel", -9000)], 10, imported=True)
    assert thread_row(database, "1").next_poll_at == at(25)
    assert thread_row(database, "2").next_poll_at is None


def test_looking_again_at_history_leaves_it_history(database: Database) -> None:
    acme = make_brand(database)
    old = post("1", "marta", -9000)
    arrive(database, acme, [old], 10, imported=True)
    with database.writing() as session:
        sighting = Sighting(brand_id=acme, via="recheck", at=at(20))
        take_in(session, [old, post("2", "pavel", 15)], sighting, settings=Settings(), found_again=True)
    with database.reading() as session:
        placed = session.exec(select(Placement.history, Placement.rests).order_by(col(Placement.mention_id))).all()
        assert placed == [(True, True), (False, False)]
        assert conversation_of(session, "marta").status == Status.RESOLVED
        assert conversation_of(session, "pavel").status == Status.NEW


def test_two_transactions_that_each_hold_half_of_a_thread_know_both_halves(database: Database) -> None:
    """A question and our answer, found by two sources at the same moment: the wait has ended."""
    acme = make_brand(database)
    begun, go_on = threading.Event(), threading.Event()

    def first() -> None:
        with database.writing() as session:
            sighting = Sighting(brand_id=acme, via="source:1", at=at(10))
            take_in(session, [post("1", "marta", 0)], sighting, settings=Settings())
            begun.set()
            go_on.wait(30)

    def second() -> None:
        begun.wait(30)
        arrive(database, acme, [post("2", "acme", 5, to="1", thread="1")], 10)

    hands = [threading.Thread(target=first), threading.Thread(target=second)]
    for hand in hands:
        hand.start()
    begun.wait(30)
    hands[1].join(0.3)  # the chance to go wrong: rightly, it waits until the first is done
    go_on.set()
    for hand in hands:
        hand.join()
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, 5, "answered")]
        assert session.exec(select(Conversation.waiting_since)).all() == [None]


def test_the_one_hand_may_be_taken_twice_in_a_transaction(database: Database) -> None:
    with database.writing() as session:
        one_hand(session)
        one_hand(session)


HURT = "The kettle caught fire and burned my hand. Is it safe to use?"


def standing(**more: Any) -> Post:
    return post("t1_1", "marta", 0, HURT, thread="t3_1", platform=Platform.REDDIT, **more)


def removed_at(database: Database, acme: int, minutes: float) -> None:
    """Marta's post is there and read; then it is removed."""
    arrive(database, acme, [standing()], 1)
    read_mentions(At(database, Settings(database_url=database.url), present=at(2)))
    arrive(database, acme, [standing(deleted=True)], minutes)
    with database.reading() as session:
        assert (texts(session), waits_of(session, "marta")) == ({"t1_1": ""}, [(0, minutes, "deleted")])


def test_a_post_that_is_shown_again_has_its_words_back_and_its_author_waits_as_before(database: Database) -> None:
    acme = make_brand(database)
    removed_at(database, acme, 30)
    arrive(database, acme, [standing()], 60)
    arrive(database, acme, [standing()], 61)
    with database.reading() as session:
        mention = session.exec(select(Mention)).one()
        assert (mention.text, mention.deleted_at, mention.editions, mention.read_at) == (HURT, None, 2, None)
        assert waits_of(session, "marta") == [(0, None, None)]
        conversation = conversation_of(session, "marta")
        assert (conversation.waiting_since, conversation.needs_answer) == (at(0), True)
        assert session.exec(select(MentionVersion.text)).all() == [""]
    assert read_mentions(At(database, Settings(database_url=database.url), present=at(62))) == 1
    with database.reading() as session:
        assert len(session.exec(select(Reading)).all()) == 2
        conversation = conversation_of(session, "marta")
        assert (conversation.status, conversation.waiting_since) == (Status.OPEN, at(0))


def test_a_post_removed_before_it_was_read_is_read_when_it_is_shown_again(database: Database) -> None:
    acme = make_brand(database)
    arrive(database, acme, [standing()], 1)
    arrive(database, acme, [standing(deleted=True)], 2)
    hand = At(database, Settings(database_url=database.url), present=at(62))
    assert read_mentions(hand) == 0
    arrive(database, acme, [standing()], 60)
    assert read_mentions(hand) == 1
    with database.reading() as session:
        assert conversation_of(session, "marta").status == Status.OPEN


def test_what_is_shown_again_reopens_as_an_edit_does_and_not_what_we_answered(database: Database) -> None:
    acme, cast = make_brand(database), make_cast(database)
    removed_at(database, acme, 30)
    with database.writing() as session:
        closed = conversation_of(session, "marta").id
        assert closed
        resolve(session, closed, Resolution.NO_ANSWER, by=by(cast, "ana", 40))
    arrive(database, acme, [standing()], 60)
    with database.reading() as session:
        assert conversation_of(session, "marta").status == Status.OPEN
        verbs = list(session.exec(select(Event.verb).order_by(col(Event.id))))
        assert verbs[-3:] == ["resolved", "edited", "reopened"]
    arrive(
        database,
        acme,
        [post("t1_2", "acme", 65, "Stop using it", to="t1_1", thread="t3_1", platform=Platform.REDDIT)],
        66,
    )
    with database.writing() as session:
        resolve(session, closed, Resolution.ANSWERED, by=by(cast, "ana", 67))
    arrive(database, acme, [standing(deleted=True)], 70)
    arrive(database, acme, [standing()], 80)
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, 65, "answered")]
        assert conversation_of(session, "marta").status == Status.RESOLVED


def test_neither_an_import_nor_a_copy_says_that_a_removed_post_stands(database: Database) -> None:
    acme = make_brand(database)
    removed_at(database, acme, 30)
    arrive(database, acme, [standing()], 40, imported=True)
    arrive(database, acme, [replace(standing(), from_copy=True)], 50)
    with database.reading() as session:
        assert (texts(session), waits_of(session, "marta")) == ({"t1_1": ""}, [(0, 30, "deleted")])
