"""One poll of one source, whatever happens on the way: in the end exactly the platform's set, each once, and the
outcome on the source's row."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from models import Gap, MentionVersion, Poll, Source
from models.base import utc_now
from models.database import Database
from models.values import PollOutcome, SourceKind, SourceState
from sandbox.faults import Fault
from sandbox.server import Sandbox
from sandbox.world import World
from settings import Settings
from tests.worker.stage import (
    ROOT,
    Hand,
    environment,
    ids,
    listen_to,
    may_show,
    mention,
    poll,
    public,
    stored,
    the,
    told,
    without_reddit_keys,
)
from worker.lease import LEASE, Worker
from worker.polling import PAUSE_AFTER, due_source, poll_source

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LATER = LEASE + MINUTE


def say(world: World, on: str, n: int, text: str = "the kettle", **more: str) -> None:
    """So many posts, a minute apart, the last one an hour old."""
    now = world.clock.now()
    if on == "reddit":
        more = {"place": "kettles", "title": "kettle"} | more
    if on == "blog":
        more = {"place": "slow-kitchen", "title": "kettle"} | more
    for k in range(n):
        world.add(on, ("marta", "pavel")[k % 2], f"{text} {k}", at=now - HOUR - k * MINUTE, **more)  # type: ignore[arg-type]


Setting = Callable[..., Settings]
TARGETS: dict[str, tuple[SourceKind, str, str, str, Setting]] = {
    "x": (SourceKind.X_SEARCH, "kettle", "", "/2/", told),
    "reddit": (SourceKind.REDDIT_NEW, "kettles", "kettle", "/r/", told),
    "public": (SourceKind.REDDIT_NEW, "kettles", "kettle", "/r/", without_reddit_keys),
    "feed": (SourceKind.FEED, "/blog/slow-kitchen/feed.xml", "kettle", "/blog/", told),
}


def listening(name: str, database: Database, sandbox: Sandbox, number: int = 8) -> tuple[Settings, int, set[str], str]:
    """A world with posts, and a source that should bring them: settings, source, expected ids, path of its requests."""
    kind, target, match, path, setting = TARGETS[name]
    settings = setting(sandbox, database_url=database.url)
    say(sandbox.world, {"x": "x", "feed": "blog"}.get(name, "reddit"), number)
    target = sandbox.url + target if kind == SourceKind.FEED else target
    source_id = listen_to(database, settings, kind, target, match)
    return settings, source_id, may_show(sandbox.world, kind, target, match or "*"), path


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
    assert poll(database, hasty, source_id).outcome == PollOutcome.FAILED
    assert poll(database, settings, source_id).outcome == PollOutcome.OK
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


POINTS = {
    "before anything is saved": ("before", "INSERT INTO mention ", 1),
    "inside the transaction that saves": ("after", "INSERT INTO placement ", 1),
    "just before the save is committed": ("commit", "INSERT INTO mention ", 1),
    "between the save and the next page": ("before", "INSERT INTO mention ", 2),
    "after the save, before the end is noted": ("before", "INSERT INTO poll ", 1),
    "just before the end is committed": ("commit", "INSERT INTO poll ", 1),
}


@pytest.mark.parametrize("point", POINTS)
def test_a_poll_killed_anywhere_loses_and_doubles_nothing(
    point: str, database: Database, sandbox: Sandbox, house: Settings, tmp_path: Path
) -> None:
    settings, source_id, expected, _ = listening("x", database, sandbox, 530 if "page" in point else 120)
    where = environment(settings, database.url, tmp_path)
    words = [sys.executable, "-m", "tests.worker.killed_poll", str(source_id), *map(str, POINTS[point])]
    died = subprocess.run(words, cwd=ROOT, env=where, capture_output=True, text=True, timeout=60, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    saved = stored(database)
    assert saved < expected or "end" in point
    worker = Hand(database, settings)
    with database.reading() as session:
        assert due_source(session, worker.now(), set()) is None, "it is leased still"
        assert due_source(session, worker.now() + LATER, set()) == source_id
    assert poll_source(worker, source_id) is None
    poll(database, settings, source_id, ahead=LATER)
    assert stored(database) == expected
    with database.reading() as session:
        assert not session.exec(select(MentionVersion)).all()
        assert not session.exec(select(Gap).where(col(Gap.closed_at).is_(None))).all()


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


# ---------------------------------------------------------------- leases


def test_two_workers_at_one_source_are_one_poll(database: Database, sandbox: Sandbox, house: Settings) -> None:
    settings, source_id, expected, _ = listening("feed", database, sandbox)
    sandbox.log.clear()
    ready = threading.Barrier(4)
    outcomes = []

    def hand() -> None:
        worker = Worker(database, settings)
        ready.wait()
        outcomes.append(poll_source(worker, source_id))

    threads = [threading.Thread(target=hand) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = [o for o in outcomes if o is not None]
    with database.reading() as session:
        assert len(session.exec(select(Poll)).all()) == len(done)
    assert sum(o.new for o in done) == len(expected)
    assert stored(database) == expected
    assert the(database, source_id).leased_by is None


def test_a_source_polled_since_we_saw_that_it_was_due_is_not_polled_again(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, source_id, expected, _ = listening("feed", database, sandbox)
    worker = Worker(database, settings)
    with database.reading() as session:
        assert due_source(session, worker.now(), set()) == source_id
    poll(database, settings, source_id)
    assert poll_source(worker, source_id, only_due=True) is None
    assert poll_source(worker, source_id) is not None
    assert stored(database) == expected


def test_a_late_save_after_a_take_over_keeps_nothing_and_leaves_the_row_alone(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    """The first worker freezes between its fetch and its save; its lease runs out; another polls meanwhile."""
    settings, source_id, expected, _ = listening("feed", database, sandbox)
    second: list[object] = []

    class Frozen(Hand):
        calls = 0

        def now(self) -> datetime:
            Frozen.calls += 1
            if Frozen.calls == 3 and not second:  # asked for the time just before it saves what it fetched
                second.append(poll(database, settings, source_id, ahead=LATER))
            return super().now()

    first = poll_source(Frozen(database, settings), source_id)
    assert len(second) == 1
    assert first is not None
    assert (first.outcome, first.new) == (PollOutcome.FAILED, 0)
    assert "took this source over" in first.said
    row = the(database, source_id)
    assert (row.failures, row.last_error, row.leased_by) == (0, None, None), "the row is the other worker's"
    assert stored(database) == expected
    with database.reading() as session:
        polls = [(p.outcome, p.new) for p in session.exec(select(Poll).order_by(col(Poll.id)))]
    assert polls == [(PollOutcome.OK, len(expected)), (PollOutcome.FAILED, 0)]


def test_a_source_paused_while_it_is_polled_stays_paused(database: Database, sandbox: Sandbox, house: Settings) -> None:
    from worker.sources import pause

    settings, source_id, expected, _ = listening("feed", database, sandbox)

    def pause_it(*_: object) -> None:
        with database.writing() as session:
            pause(session, source_id)

    class Slow(Hand):
        calls = 0

        def now(self) -> datetime:
            Slow.calls += 1
            if Slow.calls == 3:
                pause_it()
            return super().now()

    poll_source(Slow(database, settings), source_id)
    assert the(database, source_id).state == SourceState.PAUSED
    assert stored(database) == expected
