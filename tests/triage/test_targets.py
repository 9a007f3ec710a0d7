"""A target that was promised to somebody stays what it was, whatever is promised to others later."""

import pytest
from sqlmodel import col, select

from models import Wait
from models.database import Database
from models.values import Band, Label
from reports.query import report_response_times
from settings import settings
from tests.house import arrive, at, by, conversation_of, make_brand, make_cast, post
from tests.triage.by_hand import read
from triage import verbs


@pytest.fixture
def acme(database: Database) -> int:
    """Marta, in a crisis, heard at minute 1."""
    acme = make_brand(database)
    arrive(database, acme, [post("1", "marta", 0, thread="t")], 1)
    read(database, acme, {"1": ("crisis", 0.9, 1.0)}, 2)
    return acme


def promise_others_ten_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTERDECK_TARGET_MINUTES_URGENT", "10")
    settings.cache_clear()


def promised(database: Database) -> list[int | None]:
    with database.reading() as session:
        return list(session.exec(select(Wait.target_seconds).order_by(col(Wait.started_at))))


def test_another_target_changes_no_promise_of_a_wait_that_ended(
    database: Database, acme: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(database, acme, [post("2", "acme", 20, "sorry", to="1", thread="t")], 21)
    promise_others_ten_minutes(monkeypatch)
    arrive(database, acme, [post("9", "jo", 60, "me too", thread="t")], 61)
    read(database, acme, {"9": ("crisis", 0.9, 1.0)}, 62)
    with database.reading() as session:
        kept = report_response_times(session, until=at(65)).times.service_level
    assert promised(database) == [1800, 600]
    assert (kept.met, kept.due) == (1, 1)


def test_another_target_changes_no_promise_of_a_wait_that_runs(
    database: Database, acme: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise_others_ten_minutes(monkeypatch)
    arrive(database, acme, [post("3", "marta", 5, "hello?", thread="t")], 6)
    assert promised(database) == [1800]
    with database.reading() as session:
        assert conversation_of(session, "marta").due_at == at(30)


def test_a_wait_that_moves_to_another_band_is_promised_what_that_band_is(
    database: Database, acme: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTERDECK_TARGET_MINUTES_LOW", "500")
    settings.cache_clear()
    ana = by(make_cast(database), "ana", 5)
    with database.writing() as session:
        conversation, wait = conversation_of(session, "marta").id or 0, session.exec(select(Wait)).one()
        for label, said in ((Label.INTENT, "chatter"), (Label.SENTIMENT, "neutral")):
            verbs.correct(session, conversation, wait.first_mention_id, label, said, edition=1, by=ana)
    with database.reading() as session:
        assert session.exec(select(Wait.band)).one() == Band.LOW
    assert promised(database) == [500 * 60]
