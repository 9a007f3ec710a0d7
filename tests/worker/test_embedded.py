"""The runner on one machine: once until nothing is due, or until asked to stop, after the job in hand."""

import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlmodel import select

from models import Mention, Poll, Source
from models.database import Database
from models.values import PollOutcome, SourceKind
from sandbox.server import Sandbox
from settings import Settings
from tests.worker.stage import ROOT, Hand, command, environment, listen_to, poll, stored
from worker.embedded import run_for_ever, run_once, stop_on_signals
from worker.jobs import JOBS, Job, forget_polls, poll_due
from worker.lease import Worker

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>kettle</title>
<guid>https://blog.example{}</guid><pubDate>Wed, 04 Mar 2026 12:00:00 GMT</pubDate></item></channel></rss>"""


@contextmanager
def held_back() -> Iterator[tuple[str, threading.Event, threading.Event]]:
    """A blog whose answers come only when told: host:port, "somebody asked", "answer now"."""
    asked, answer = threading.Event(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.set()
            answer.wait(30)
            body = FEED.format(self.path).encode()
            self.send_response(200)
            self.send_header("content-type", "application/rss+xml")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}", asked, answer
    finally:
        answer.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("words", [("worker",), ("worker", "--once")])
def test_sigterm_finishes_the_job_in_hand_begins_no_other_and_ends_well(
    words: tuple[str, ...], database: Database, house: Settings, tmp_path: Path
) -> None:
    with held_back() as (pair, asked, answer):
        settings = house.model_copy(update={"allow_addresses": (pair,), "fetch_timeout": 30.0})
        for n in range(6):
            listen_to(database, settings, SourceKind.FEED, f"http://{pair}/{n}.xml", "kettle")
        where = environment(settings, database.url, tmp_path)
        process = subprocess.Popen(command(*words), cwd=ROOT, env=where, stderr=subprocess.PIPE, text=True)
        assert asked.wait(60)
        process.send_signal(signal.SIGTERM)
        assert process.stderr is not None
        err = ""
        while "worker.stopping" not in err:  # it has heard: only now may the job in hand go on
            err += (line := process.stderr.readline())
            assert line, err
        answer.set()
        err += process.communicate(timeout=60)[1]
    assert process.returncode == 0, err
    assert "Traceback" not in err
    with database.reading() as session:
        polls = session.exec(select(Poll.outcome)).all()
        assert 1 <= len(polls) <= 3, "what was in hand, and nothing else"
        assert set(polls) == {PollOutcome.OK}
        assert len(session.exec(select(Mention.id)).all()) == len(polls)
        assert set(session.exec(select(Source.leased_by))) == {None}


def test_once_polls_each_source_once_however_long_it_takes(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    """A source that is due again before the others are done would keep a cron job from ever ending."""
    source_id = listen_to(database, house, SourceKind.FEED, f"{sandbox.url}/blog/slow-kitchen/feed.xml", "*")

    class Tireless(Worker):
        """Due again as soon as it has been polled."""

        def now(self) -> datetime:
            with database.writing() as session:
                source = session.get_one(Source, source_id)
                source.next_poll_at = source.created_at
            return super().now()

    assert run_once(Tireless(database, house)) == 1
    with database.reading() as session:
        assert len(session.exec(select(Poll)).all()) == 1


def test_once_goes_on_with_a_source_that_has_more_right_now(
    database: Database, sandbox: Sandbox, house: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worker.polling.MOST_FETCHES", 1)
    now = sandbox.clock.now()
    for _ in range(540):
        sandbox.world.add("x", "marta", "kettle", at=now.replace(microsecond=0))
    sandbox.clock.advance(timedelta(hours=1))
    listen_to(database, house, SourceKind.X_SEARCH, "kettle")
    hand = Hand(database, house)
    hand.once = True
    done = 0
    while poll_due(hand):
        done += 1
    assert done >= 2
    assert len(stored(database)) == 540


def test_a_job_that_breaks_stops_no_other_and_is_tried_again(
    database: Database, house: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker(database, house)
    tries: list[str] = []

    def broken(_: Worker) -> int:
        tries.append("broken")
        if tries.count("broken") > 2 and "sound" in tries:
            worker.stopping.set()
        raise RuntimeError("broken")

    def sound(_: Worker) -> int:
        tries.append("sound")
        return 0

    monkeypatch.setattr("worker.embedded.JOBS", (JOBS[0], Job("a", 0.001, broken), Job("b", 0.001, sound)))
    run_for_ever(worker)
    assert tries.count("broken") > 2
    assert "sound" in tries


def test_signals_set_stopping_and_are_given_back(database: Database, house: Settings) -> None:
    worker = Worker(database, house)
    before = signal.getsignal(signal.SIGTERM)
    restore = stop_on_signals(worker)
    signal.raise_signal(signal.SIGTERM)
    assert worker.stopping.is_set()
    restore()
    assert signal.getsignal(signal.SIGTERM) is before


def test_old_polls_are_forgotten_and_young_ones_kept(database: Database, sandbox: Sandbox, house: Settings) -> None:
    source_id = listen_to(database, house, SourceKind.FEED, f"{sandbox.url}/blog/slow-kitchen/feed.xml", "*")
    poll(database, house, source_id)
    poll(database, house, source_id, ahead=timedelta(days=2))
    assert forget_polls(Hand(database, house, ahead=timedelta(days=31))) == 1
    assert forget_polls(Hand(database, house, ahead=timedelta(days=31))) == 0
