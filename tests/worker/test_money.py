"""An X source stops at its daily money, says so, and goes on after midnight UTC; it never spends more."""

import json
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import select

from models import Poll, Spending
from models.base import utc_now
from models.database import Database
from models.values import PollOutcome, SourceKind
from sandbox.server import Sandbox
from settings import Settings
from tests.worker.stage import ROOT, Hand, command, environment, listen_to, may_show, poll, stored, the
from worker.money import left_today, spend
from worker.polling import due_source


def spent(database: Database) -> dict[tuple[str, str], float]:
    with database.reading() as session:
        return {(s.day, s.reader): round(s.usd, 6) for s in session.exec(select(Spending))}


def next_midnight() -> datetime:
    return utc_now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def test_an_x_source_stops_at_its_daily_money_says_so_and_goes_on_tomorrow(
    database: Database, sandbox: Sandbox, house: Settings, tmp_path: Path
) -> None:
    now = sandbox.clock.now()
    for n in range(60):
        sandbox.world.add("x", "marta", f"kettle {n}", at=now - timedelta(minutes=n + 5))
    poor = house.model_copy(update={"x_daily_usd": 0.30})
    source_id = listen_to(database, poor, SourceKind.X_SEARCH, "kettle")
    feed = listen_to(database, poor, SourceKind.FEED, f"{sandbox.url}/blog/slow-kitchen/feed.xml", "*")
    assert poll(database, poor, source_id).outcome == PollOutcome.LIMITED
    some = stored(database)
    assert 0 < len(some) < 60
    assert the(database, source_id).next_poll_at >= next_midnight()

    said = subprocess.run(
        command("source", "list", "--json"), cwd=ROOT, env=environment(poor, database.url, tmp_path),
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    rows = {row["id"]: row for row in json.loads(said.stdout)}
    assert "daily 0.30 USD" in rows[source_id]["last_error"]
    assert (rows[source_id]["state"], rows[source_id]["failures"], rows[source_id]["gaps_open"]) == ("active", 0, 1)

    sandbox.log.clear()
    success = the(database, source_id).last_success_at
    for _ in range(3):  # asked again by hand the same day
        assert poll(database, poor, source_id).new + len(sandbox.log.seen) <= 20
    assert sum(usd for (_, reader), usd in spent(database).items() if reader == f"source:{source_id}") <= 0.30
    with database.reading() as session:
        assert due_source(session, next_midnight() - timedelta(seconds=1), {feed}) is None
        assert due_source(session, next_midnight() + timedelta(seconds=1), {feed}) == source_id
    assert success

    tomorrow = next_midnight() + timedelta(minutes=1) - utc_now()
    for day in range(9):
        poll(database, poor, source_id, ahead=tomorrow + timedelta(days=day))
    assert stored(database) == may_show(sandbox.world, SourceKind.X_SEARCH, "kettle")
    assert all(usd <= 0.30 for usd in spent(database).values())
    assert len({day for day, _ in spent(database)}) > 2, "each day has its own sum"


def test_a_source_without_money_asks_nothing_and_claims_no_success(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    none = house.model_copy(update={"x_daily_usd": 0.0})
    source_id = listen_to(database, none, SourceKind.X_SEARCH, "kettle")
    sandbox.log.clear()
    assert poll(database, none, source_id).outcome == PollOutcome.LIMITED
    assert sandbox.log.seen == []
    assert the(database, source_id).last_success_at is None
    with database.reading() as session:
        assert session.exec(select(Poll.cost_usd)).all() == [0.0]


def test_sums_are_kept_a_reader_and_a_day_and_never_fall_below_nothing(database: Database) -> None:
    settings = Settings(x_daily_usd=1.0)
    hand = Hand(database, settings)
    with database.writing() as session:
        spend(session, "source:1", hand.now(), 0.25)
        spend(session, "source:1", hand.now(), 0.5)
        spend(session, "source:2", hand.now(), 7)
        spend(session, "source:3", hand.now(), 0)
        assert left_today(session, "source:1", hand.now(), settings) == 0.25
        assert left_today(session, "source:2", hand.now(), settings) == 0
        assert left_today(session, "source:1", hand.now() + timedelta(days=1), settings) == 1
        assert len(session.exec(select(Spending)).all()) == 2


def test_a_poll_of_many_batches_never_spends_more_than_the_day_allows(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    now = sandbox.clock.now()
    for n in range(1_100):
        sandbox.world.add("x", "brand", f"news {n}", at=now - timedelta(minutes=n + 5))
    poor = house.model_copy(update={"x_daily_usd": 0.80})  # five pages of 100 posts cost 0.50, and then there is more
    source_id = listen_to(database, poor, SourceKind.X_OWN, "tarnbrook")
    assert poll(database, poor, source_id).outcome == PollOutcome.LIMITED
    assert 500 < len(stored(database)) < 1_100
    assert sum(spent(database).values()) <= 0.80
