"""One poll of one source, whatever happens on the way: in the end exactly the platform's set, each once, and the
outcome on the source's row."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from models import Gap, Source
from models.base import utc_now
from models.database import Database
from models.values import PollOutcome, SourceKind, SourceState
from sandbox.faults import Fault
from sandbox.server import Sandbox
from settings import Settings
from tests.worker.stage import (
    ids,
    listen_to,
    may_show,
    mention,
    poll,
    public,
    stored,
    the,
)
from tests.worker.targets import TARGETS, listening, say
from worker.lease import Worker
from worker.polling import PAUSE_AFTER, due_source

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


FAULTS = {
    "a 500": Fault("", status=500),
    "a 503": Fault("", status=503, headers={"retry-after": "7"}),
    "an answer cut short": Fault("", "cut"),
    "a page of HTML": Fault("", "html"),
    "a list for an answer": Fault("", "list"),
}


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("fault", FAULTS)
def test_trouble_on_the_wire_is_kept_on_the_row_and_the_next_poll_has_everything(
    name: str, fault: str, database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, source_id, expected, path = listening(name, database, sandbox)
    trouble = FAULTS[fault]
    sandbox.faults.arm(Fault(path, trouble.trouble, status=trouble.status, headers=trouble.headers))
    began = utc_now()
    assert poll(database, settings, source_id).outcome == PollOutcome.FAILED
    row = the(database, source_id)
    assert (row.failures, row.state, row.last_success_at) == (1, SourceState.ACTIVE, None)
    assert row.last_error
    assert row.failed_since
    assert row.failed_since >= began
    assert row.next_poll_at >= began + timedelta(seconds=row.every_seconds)
    assert stored(database) == set()
    assert poll(database, settings, source_id, ahead=HOUR).outcome == PollOutcome.OK
    row = the(database, source_id)
    assert (row.failures, row.failed_since, row.last_error) == (0, None, None)
    assert row.last_success_at
    assert stored(database) == expected
    assert len(expected) == 8


@pytest.mark.parametrize("name", ["reddit", "public", "feed"])
def test_a_stalled_platform_is_given_up_and_asked_again(
    name: str, database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, source_id, expected, path = listening(name, database, sandbox)
    sandbox.faults.arm(Fault(path, "stall"))
    hasty = settings.model_copy(update={"fetch_timeout": 0.3})
    while sandbox.faults.armed:  # on a busy machine the patience may end before the platform was even asked
        assert poll(database, hasty, source_id, ahead=HOUR).outcome == PollOutcome.FAILED
    assert poll(database, settings, source_id, ahead=HOUR).outcome == PollOutcome.OK
    assert stored(database) == expected


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("waiting", [True, False])
def test_too_many_requests_is_no_failure_and_says_when_to_come_back(
    name: str, waiting: bool, database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, source_id, expected, path = listening(name, database, sandbox)
    now = utc_now()
    reset = str(int((now + 40 * MINUTE).timestamp()))
    told_so = {"retry-after": "2400", "x-rate-limit-reset": reset} if waiting else {}
    sandbox.faults.arm(Fault(path, status=429, headers=told_so))
    outcome = poll(database, settings, source_id)
    row = the(database, source_id)
    assert outcome.outcome == PollOutcome.LIMITED
    assert (row.failures, row.failed_since, row.state) == (0, None, SourceState.ACTIVE)
    assert row.last_error == outcome.said != ""
    if waiting:
        assert row.next_poll_at > now + 39 * MINUTE
    assert row.next_poll_at >= now + timedelta(seconds=row.every_seconds)
    if name in ("x", "feed"):  # Reddit is not even asked again before its time
        poll(database, settings, source_id, ahead=HOUR)
        assert stored(database) == expected


@pytest.mark.parametrize("name", ["x", "reddit", "public", "feed"])
def test_reordered_answers_end_with_the_platforms_set(
    name: str, database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, source_id, expected, path = listening(name, database, sandbox, 9)
    sandbox.faults.arm(Fault(path, "reorder", times=3))
    poll(database, settings, source_id)
    say(sandbox.world, {"x": "x", "feed": "blog"}.get(name, "reddit"), 1, "another kettle")
    kind, target, match, _, _ = TARGETS[name]
    for _ in range(3):
        poll(database, settings, source_id, ahead=DAY)
    target = sandbox.url + target if kind == SourceKind.FEED else target
    assert stored(database) == expected | may_show(sandbox.world, kind, target, match or "*")


def test_feed_items_with_odd_dates_all_arrive_once(database: Database, sandbox: Sandbox, house: Settings) -> None:
    world, now = sandbox.world, sandbox.clock.now()
    feed = f"{sandbox.url}/blog/slow-kitchen/feed.xml"
    source_id = listen_to(database, house, SourceKind.FEED, feed, "*")
    place: dict[str, Any] = {"place": "slow-kitchen", "title": "kettle"}
    world.add("blog", "marta", "one", at=now - HOUR, **place)
    poll(database, house, source_id)
    odd: dict[str, Any] = {
        "back-dated": now - 900 * DAY, "the same second": now - HOUR, "undated": "", "of the future": now + 400 * DAY,
    }  # fmt: skip
    for name, date in odd.items():
        world.add("blog", "marta", name, at=now - MINUTE, served_at=date, **place)
    world.add("blog", "marta", "after all of them", at=now, **place)
    for _ in range(2):
        poll(database, house, source_id)
    assert stored(database) == ids(world, public(world, "blog", "article"))
    assert len(stored(database)) == 6
    undated = mention(database, next(iter(ids(world, [p for p in world.posts.values() if p.text == "undated"]))))
    assert not undated.date_given


def test_more_than_a_page_cap_arrives_in_one_poll(database: Database, sandbox: Sandbox, house: Settings) -> None:
    settings, source_id, expected, _ = listening("x", database, sandbox, 560)
    assert poll(database, settings, source_id).new == 560
    assert stored(database) == expected
    with database.reading() as session:
        gaps = [(g.closed_at is not None, g.lost) for g in session.exec(select(Gap))]
    assert set(gaps) == {(True, False)}, "every stretch that was left out has been filled"


def test_money_that_ends_between_pages_leaves_a_gap_and_tomorrow_closes_it(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, source_id, expected, _ = listening("x", database, sandbox, 60)
    poor = settings.model_copy(update={"x_daily_usd": 0.31})
    assert poll(database, poor, source_id).outcome == PollOutcome.LIMITED
    assert stored(database) < expected
    with database.reading() as session:
        (gap,) = session.exec(select(Gap)).all()
        assert gap.closed_at is None
    poll(database, settings, source_id, ahead=DAY)
    assert stored(database) == expected
    with database.reading() as session:
        assert [g.closed_at is not None for g in session.exec(select(Gap))] == [True]


def test_a_cursor_older_than_the_platforms_window_starts_anew_and_says_what_is_lost(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, source_id, before, _ = listening("x", database, sandbox, 5)
    poll(database, settings, source_id)
    sandbox.clock.advance(8 * DAY)
    say(sandbox.world, "x", 4, "eight days on, a kettle")
    still_there = may_show(sandbox.world, SourceKind.X_SEARCH, "kettle")
    outcome = poll(database, settings, source_id, ahead=8 * DAY)
    assert outcome.outcome == PollOutcome.OK
    assert stored(database) == before | still_there
    assert len(still_there) == 4
    with database.reading() as session:
        (gap,) = session.exec(select(Gap)).all()
        assert gap.lost
        assert gap.closed_at


def test_one_broken_source_never_stops_the_others(database: Database, sandbox: Sandbox, house: Settings) -> None:
    from worker.embedded import run_once

    say(sandbox.world, "blog", 3)
    say(sandbox.world, "x", 3)
    bad = [listen_to(database, house, SourceKind.FEED, f"{sandbox.url}/blog/no-such/feed.xml", "*")]
    bad += [listen_to(database, house, SourceKind.REDDIT_NEW, "nosuchplace", "*")]
    good = [
        listen_to(database, house, SourceKind.FEED, f"{sandbox.url}/blog/slow-kitchen/feed.xml", "*"),
        listen_to(database, house, SourceKind.X_SEARCH, "kettle"),
    ]
    run_once(Worker(database, house))
    assert [the(database, i).failures for i in bad + good] == [1, 1, 0, 0]
    assert len(stored(database)) == 6


def test_a_source_backs_off_twice_as_long_each_time_and_rests_after_many_failures_and_days(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, source_id, _, path = listening("feed", database, sandbox)
    sandbox.faults.arm(Fault(path, status=500, times=PAUSE_AFTER + 1))
    waits = []
    for n in range(PAUSE_AFTER):
        poll(database, settings, source_id, ahead=n * HOUR)
        row = the(database, source_id)
        waits.append(round((row.next_poll_at - utc_now() - n * HOUR) / MINUTE))
    assert waits[:5] == [15, 30, 60, 120, 240]
    assert max(waits) == 360
    assert the(database, source_id).state == SourceState.ACTIVE, "so many failures, but within the same day"
    poll(database, settings, source_id, ahead=2 * DAY + HOUR)
    row = the(database, source_id)
    assert row.state == SourceState.PAUSED
    assert row.last_error
    assert f"source resume {source_id}" in row.last_error
    with database.reading() as session:
        assert due_source(session, utc_now() + 99 * DAY, set()) is None


def test_a_feed_that_is_gone_is_paused_only_when_it_stays_gone(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, source_id, _, path = listening("feed", database, sandbox)
    sandbox.faults.arm(Fault(path, status=410, times=6))
    for n in range(5):
        poll(database, settings, source_id, ahead=n * HOUR)
        assert the(database, source_id).state == SourceState.ACTIVE, "sites say so while they are being moved"
    poll(database, settings, source_id, ahead=DAY + HOUR)
    assert the(database, source_id).state == SourceState.PAUSED


def test_a_target_that_can_never_work_is_paused_at_once(database: Database, sandbox: Sandbox, house: Settings) -> None:
    settings, source_id, _, path = listening("x", database, sandbox)
    said = '{"errors":[{"message":"There were errors processing your request"}],"title":"Invalid Request"}'
    sandbox.faults.arm(Fault(path, status=400, body=said))
    poll(database, settings, source_id)
    row = the(database, source_id)
    assert (row.state, row.failures) == (SourceState.PAUSED, 1)
    assert row.last_error
    assert "resume" in row.last_error


def test_a_source_of_another_address_is_refused_and_nothing_is_asked(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, source_id, expected, _ = listening("x", database, sandbox)
    with database.writing() as session:
        session.get_one(Source, source_id).origin = ""
    sandbox.log.clear()
    outcome = poll(database, settings, source_id)
    assert outcome.outcome == PollOutcome.FAILED
    assert "belongs to the real platform" in outcome.said
    assert sandbox.log.seen == []
    assert the(database, source_id).state == SourceState.ACTIVE, "it goes on by itself once the address is right"
    with database.writing() as session:
        session.get_one(Source, source_id).origin = sandbox.url
    poll(database, settings, source_id, ahead=HOUR)
    assert stored(database) == expected
