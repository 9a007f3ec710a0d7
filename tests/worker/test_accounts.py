"""Who "we" are may be said late, changed and taken back: waits are as if we had always known."""

import pytest
from sqlmodel import Session, col, select

from models import Account, Conversation, Mention, Wait
from models.database import Database
from models.values import Platform, Status
from settings import Settings
from tests.house import arrive, at, conversation_of, make_brand, post, waits_of
from tests.worker.stage import At
from triage.history import By
from worker.accounts import add_account, remove_account
from worker.house import SetupError
from worker.reading import read_mentions

BY = By(at=at(60), rule="shell")


def told(session: Session, handle: str, **more: object) -> Account:
    return add_account(session, Platform.X, handle, settings=Settings(), by=BY, brand="Acme", **more)  # type: ignore[arg-type]


def test_an_account_named_late_turns_its_stored_posts_into_answers_and_removing_it_undoes_that(
    database: Database,
) -> None:
    acme = make_brand(database)
    asked = post("1", "marta", 0, "My kettle leaks, what now?")
    arrive(database, acme, [asked, post("2", "Acme_Care", 9, "Sorry!", to="1", thread="1")], 10)
    hand = At(database, Settings(), present=at(11))
    read_mentions(hand)
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, None, None)]
        assert waits_of(session, "acme_care") == [(9, None, None)]
    with database.writing() as session:
        told(session, "@acme_care")
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, 9, "answered")]
        assert session.exec(select(Mention.own).where(Mention.external_id == "2")).one()
        assert waits_of(session, "acme_care") == [], "we never wait for ourselves"
        ghost = conversation_of(session, "acme_care")
        assert (ghost.mentions, ghost.waiting_since, ghost.needs_answer) == (0, None, False)
    with database.writing() as session:
        remove_account(session, Platform.X, "ACME_CARE", settings=Settings(), by=BY)
    assert read_mentions(At(database, Settings(), present=at(61))) == 1, "it is somebody's again, and must be read"
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, None, None)]
        assert waits_of(session, "acme_care") == [(9, None, None)]


def test_our_own_conversation_leaves_the_queue_when_we_say_who_we_are(database: Database) -> None:
    acme = make_brand(database)
    arrive(database, acme, [post("1", "acme_care", 0, "Our shop is open. Why wait?")], 10)
    with database.writing() as session:
        told(session, "acme_care")
    with database.reading() as session:
        waiting = select(Conversation.id).where(col(Conversation.waiting_since).is_not(None))
        assert session.exec(waiting).all() == []
        assert session.exec(select(Wait.id)).all() == []
        assert {c.status for c in session.exec(select(Conversation))} == {Status.NEW}


def test_an_account_is_known_by_its_id_and_posts_without_one_by_its_handle(database: Database) -> None:
    acme = make_brand(database)
    posts = [
        post("1", "care_old_name", 0, author_id="77"),
        post("2", "care", 1),
        post("3", "care", 2, author_id="66"),
    ]
    for n, each in enumerate(posts):
        arrive(database, acme, [each], 10 + n)
    with database.writing() as session:
        told(session, "care", external_id="77")
    with database.reading() as session:
        own = dict(session.exec(select(Mention.external_id, Mention.own)).all())
    assert own["1"]
    assert not own["3"], "somebody else carries that handle by another id"


def test_naming_an_account_that_keys_know_by_id_alone_is_no_second_account(database: Database) -> None:
    make_brand(database)
    with database.writing() as session:
        told(session, "4711", external_id="4711")
    with database.writing() as session:
        told(session, "@Acme_Care", external_id="4711", name="Care")
    with database.reading() as session:
        found = session.exec(select(Account).where(Account.external_id == "4711")).one()
        assert (found.handle, found.handle_key, found.name) == ("Acme_Care", "acme_care", "Care")


def test_posts_of_an_automatic_account_end_no_wait(database: Database) -> None:
    acme = make_brand(database)
    arrive(database, acme, [post("1", "marta", 0), post("2", "bot", 1, to="1", thread="1")], 10)
    with database.writing() as session:
        told(session, "bot", automatic=True)
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, None, None)]
    with database.writing() as session:
        told(session, "bot", automatic=False)
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, 1, "answered")]


def test_what_an_import_said_to_be_ours_stays_ours_without_the_account(database: Database) -> None:
    acme = make_brand(database)
    arrive(database, acme, [post("1", "care", 0)], 10, imported=True, own=["1"])
    with database.writing() as session:
        told(session, "care")
        remove_account(session, Platform.X, "care", settings=Settings(), by=BY)
    with database.reading() as session:
        assert session.exec(select(Mention.own)).one()


def test_wrong_accounts_are_refused_with_what_to_do(database: Database) -> None:
    make_brand(database)
    make_brand(database, "Other")
    with database.writing() as session:
        with pytest.raises(SetupError, match="needs its handle"):
            told(session, "@")
        with pytest.raises(SetupError, match="belongs to another brand"):
            told(session, "other")
        with pytest.raises(SetupError, match="account list"):
            remove_account(session, Platform.BLOG, "acme", settings=Settings(), by=BY)
