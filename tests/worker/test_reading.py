"""Mentions are read in batches, opened and woken; a broken classifier hides nothing."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

import worker.reading
from listeners.saving import Sighting
from models import Account, Conversation, Mention, Reading
from models.database import Database
from models.values import Platform, Status
from settings import Settings
from tests.house import arrive, at, by, conversation_of, make_brand, make_cast, post
from tests.worker.stage import At
from triage.history import By
from triage.reading import ReadingResult, classify
from triage.recompute import one_hand
from triage.verbs import snooze
from worker.accounts import add_account
from worker.intake import take_in
from worker.reading import open_overdue_readings, read_mentions, wake_snoozed

TERRIBLE = "The kettle caught fire and burned my hand. Nobody answers. Is it safe to use?"


def hand(database: Database, minutes: float = 30) -> At:
    return At(database, Settings(database_url=database.url), present=at(minutes))


def readings(session: Session, external_id: str) -> list[Reading]:
    query = select(Reading).join(Mention, col(Mention.id) == Reading.mention_id)
    return list(session.exec(query.where(Mention.external_id == external_id).order_by(col(Reading.id))))


def test_what_is_unread_is_read_in_batches_and_opens(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    acme = make_brand(database)
    monkeypatch.setattr(worker.reading, "BATCH", 3)
    arrive(database, acme, [post(str(n), f"p{n}", n, TERRIBLE) for n in range(8)], 20)
    done = [read_mentions(hand(database)) for _ in range(4)]
    assert done == [3, 3, 2, 0]
    with database.reading() as session:
        found = session.exec(select(Conversation)).all()
        assert {(c.status, c.opened_by_rule) for c in found} == {(Status.OPEN, False)}
        assert all(c.band and c.priority > 0 for c in found)
        assert {m.read_at for m in session.exec(select(Mention))} == {at(30)}


def test_an_edited_mention_is_read_again(database: Database) -> None:
    acme = make_brand(database)
    arrive(database, acme, [post("1", "marta", 0, "Lovely kettle, thank you so much!")], 10)
    read_mentions(hand(database, 11))
    arrive(database, acme, [post("1", "marta", 0, TERRIBLE)], 20)
    assert read_mentions(hand(database, 21)) == 1
    with database.reading() as session:
        first, second = readings(session, "1")
        assert first.sentiment != second.sentiment
        assert session.exec(select(Mention.editions)).one() == 2


def test_a_reading_of_words_that_changed_meanwhile_is_not_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mention is edited while the classifier is at its old words."""
    acme = make_brand(database)
    arrive(database, acme, [post("1", "marta", 0, "Lovely kettle, thank you so much!")], 10)

    def slowly(texts: Sequence[str], **more: Any) -> list[ReadingResult]:
        monkeypatch.undo()
        arrive(database, acme, [post("1", "marta", 0, TERRIBLE)], 20)
        return classify(texts, **more)

    monkeypatch.setattr(worker.reading, "classify", slowly)
    assert read_mentions(hand(database, 21)) == 0
    with database.reading() as session:
        assert readings(session, "1") == []
        assert session.exec(select(Mention.read_at)).one() is None
    assert read_mentions(hand(database, 22)) == 1


def test_one_mention_that_breaks_the_classifier_stops_no_other_and_opens_not_read(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = make_brand(database)
    arrive(database, acme, [post("1", "marta", 0), post("2", "pavel", 0, "BREAK"), post("3", "wyn", 0)], 10)

    def brittle(texts: Sequence[str], **more: Any) -> list[ReadingResult]:
        if "BREAK" in texts:
            raise RuntimeError("no such thing as this text")
        return classify(texts, **more)

    monkeypatch.setattr(worker.reading, "classify", brittle)
    assert read_mentions(hand(database, 11)) == 3
    assert read_mentions(hand(database, 12)) == 0, "and it is not tried for ever"
    with database.reading() as session:
        opened = {h: conversation_of(session, h) for h in ("marta", "pavel", "wyn")}
        assert {c.status for c in opened.values()} == {Status.OPEN}
        assert [c.opened_by_rule for c in opened.values()] == [False, True, False]
        assert opened["pavel"].needs_answer, "unread counts as needing an answer"
        assert [len(readings(session, i)) for i in "123"] == [1, 0, 1]


def test_what_nobody_read_within_a_minute_opens_marked_not_read(database: Database) -> None:
    acme = make_brand(database)
    arrive(database, acme, [post("1", "marta", 0)], 10)
    assert open_overdue_readings(hand(database, 10.9)) == 0
    assert open_overdue_readings(hand(database, 11.1)) == 1
    with database.reading() as session:
        found = conversation_of(session, "marta")
        assert (found.status, found.opened_by_rule, found.needs_answer) == (Status.OPEN, True, True)


def test_our_own_posts_are_never_read_whenever_we_learn_that_they_are_ours(database: Database) -> None:
    acme = make_brand(database)
    arrive(database, acme, [post("1", "acme", 0), post("2", "acme_help", 1), post("3", "said", 2)], 10)
    with database.writing() as session:
        add_account(session, Platform.X, "acme_help", settings=Settings(), by=By(at=at(11), rule="shell"), brand="Acme")
    arrive(database, acme, [post("3", "said", 2)], 12, imported=True, own=["3"])
    assert read_mentions(hand(database, 13)) == 0
    with database.reading() as session:
        assert session.exec(select(Reading)).all() == []


def test_a_snoozed_conversation_wakes_at_its_time(database: Database) -> None:
    acme, cast = make_brand(database), make_cast(database)
    arrive(database, acme, [post("1", "marta", 0), post("2", "pavel", 0)], 10)
    with database.writing() as session:
        for handle, until in (("marta", 60), ("pavel", 90)):
            found = conversation_of(session, handle)
            snooze(session, found.id or 0, at(until), by=by(cast, "ana", 20))
    assert [wake_snoozed(hand(database, m)) for m in (59, 61, 61)] == [0, 1, 0]
    with database.reading() as session:
        assert conversation_of(session, "marta").status == Status.OPEN
        assert conversation_of(session, "pavel").status == Status.SNOOZED


@pytest.mark.parametrize("database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_waking_waits_its_turn_before_it_holds_anything_that_an_arriving_mention_needs(database: Database) -> None:
    acme, cast = make_brand(database), make_cast(database)
    arrive(database, acme, [post("1", "marta", 0)], 10)
    with database.writing() as session:
        snooze(session, conversation_of(session, "marta").id or 0, at(60), by=by(cast, "ana", 20))
    with ThreadPoolExecutor(1) as pool:
        with database.writing() as session:
            one_hand(session)
            woken = pool.submit(wake_snoozed, hand(database, 61))
            _until_somebody_waits_for_the_one_hand(database)
            sighting = Sighting(brand_id=acme, via="source:1", at=at(61))
            take_in(session, [post("2", "marta", 60, to="1", thread="1")], sighting, settings=Settings())
        assert woken.result(30) == 0, "the mention that arrived has woken it"
    with database.reading() as session:
        assert conversation_of(session, "marta").status == Status.OPEN


def _until_somebody_waits_for_the_one_hand(database: Database) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with database.reading() as session:
            if session.execute(waiting).scalar_one():
                return
        time.sleep(0.02)
    pytest.fail("nobody came to wait")


def test_an_idle_worker_writes_nothing(database: Database) -> None:
    from sqlalchemy import event

    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _k, statement, *_: said.append(statement))
    assert read_mentions(hand(database)) == 0
    assert said
    assert not [s for s in said if s.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_an_account_of_a_competitor_is_read_like_anybody(database: Database) -> None:
    acme = make_brand(database)
    make_brand(database, "Rival", competitor=True)
    arrive(database, acme, [post("1", "rival", 0)], 10)
    assert read_mentions(hand(database)) == 1
    with database.reading() as session:
        assert len(session.exec(select(Account)).all()) == 4
