"""A mention walks from the public post to the queue, as cron does it: fresh processes, two at once, on the story."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from models import Account, Conversation, Mention, Placement, Poll, Reading, Source, Wait
from models.database import Database
from models.values import PollOutcome, SourceKind, Status, WaitEnd
from sandbox.clock import Clock
from sandbox.history import external_id
from sandbox.life import load_story
from sandbox.server import Sandbox, running
from settings import Settings
from tests.worker.stage import ROOT, answered_of_ours, command, comments_of, environment, listen_to, may_show, told
from worker.house import open_house

BEHIND = timedelta(hours=3, minutes=7)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """The story with its clock 3 h 7 min behind the machine's, standing still."""
    now = datetime.now(UTC).replace(microsecond=0)
    with running(load_story(Clock(stopped_at=now - BEHIND))) as served:
        yield served


def configured(database: Database, sandbox: Sandbox, settings: Settings) -> dict[int, tuple[SourceKind, str, str]]:
    """A source of every kind. Its number → kind, target, match."""
    open_house(settings.model_copy(update={"database_url": database.url})).close()
    wanted = [
        (SourceKind.X_SEARCH, "tarnbrook", ""),
        (SourceKind.X_MENTIONS, "tarnbrook", ""),
        (SourceKind.X_OWN, "tarnbrook", ""),
        (SourceKind.REDDIT_SEARCH, "tarnbrook", ""),
        (SourceKind.REDDIT_NEW, "kettles", "tarnbrook tarn"),
        (SourceKind.REDDIT_COMMENTS, "kettles", "tarnbrook tarn leak"),
        (SourceKind.REDDIT_INBOX, "", ""),
        (SourceKind.REDDIT_OWN, "tarnbrook_team", ""),
        (SourceKind.FEED, f"{sandbox.url}/blog/slow-kitchen/feed.xml", "tarnbrook"),
        (SourceKind.FEED, f"{sandbox.url}/blog/plug-and-socket/atom.xml", "*"),
        (SourceKind.FEED, f"{sandbox.url}/blog/kesselgespraeche/feed.xml", "tarnbrook"),
        (SourceKind.COMMENTS, comments_of(sandbox, "bl-review"), ""),
    ]
    return {listen_to(database, settings, k, t, m): (k, t, m) for k, t, m in wanted}


def at_once(settings: Settings, database: Database, folder: Path, processes: int) -> None:
    """Run so many fresh `worker --once` at the same time; each must end well."""
    where = environment(settings, database.url, folder)
    words = command("worker", "--once")
    started = [
        subprocess.Popen(words, cwd=ROOT, env=where, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    for process in started:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert not out
        assert "Traceback" not in err


def test_two_at_once_poll_read_and_queue_everything_once(database: Database, sandbox: Sandbox, tmp_path: Path) -> None:
    settings = told(sandbox)
    sources = configured(database, sandbox, settings)
    sandbox.log.clear()
    at_once(settings, database, tmp_path, 2)

    expected = {n: may_show(sandbox.world, k, t, m or "*") for n, (k, t, m) in sources.items()}
    assert all(expected.values()), "every source has something to bring"
    everything = set().union(*expected.values())
    everything |= answered_of_ours(sandbox.world, everything)
    with database.reading() as session:
        _everything_is_stored_once(session, everything)
        _everything_is_read_and_open(session)
        _every_source_is_well(session, expected)
        _response_times_follow_the_platform(session, sandbox)
    before = _counts(database), len(sandbox.log.seen)
    at_once(settings, database, tmp_path, 1)
    assert (_counts(database), len(sandbox.log.seen)) == before, "a third run finds nothing due"
    _the_queue_is_told(settings, database, tmp_path)


def _everything_is_stored_once(session: Session, everything: set[str]) -> None:
    have = Counter(session.exec(select(Mention.external_id)).all())
    assert set(have) == everything
    assert set(have.values()) == {1}
    assert session.exec(select(func.count()).select_from(Placement)).one() == len(everything)


def _everything_is_read_and_open(session: Session) -> None:
    assert not session.exec(select(Mention.id).where(col(Mention.read_at).is_(None))).all()
    read = Counter(session.exec(select(Reading.mention_id)).all())
    others = set(session.exec(select(Mention.id).where(col(Mention.own).is_(False))))
    assert set(read) == others
    assert set(read.values()) == {1}, "no two readings of one edition, none of our own posts"
    young = {Status.OPEN} | {Status.RESOLVED}
    assert {c.status for c in session.exec(select(Conversation))} <= young
    assert not session.exec(select(Conversation).where(col(Conversation.opened_by_rule))).all()


def _every_source_is_well(session: Session, expected: dict[int, set[str]]) -> None:
    for source in session.exec(select(Source)):
        assert source.last_success_at is not None
        assert (source.failures, source.last_error, source.leased_by) == (0, None, None), source.kind
    polls = session.exec(select(Poll)).all()
    assert Counter(p.source_id for p in polls) == dict.fromkeys(expected, 1), "each source is polled once, not twice"
    assert {p.outcome for p in polls} == {PollOutcome.OK}
    found = {p.source_id: p.found for p in polls}
    assert {n: found[n] >= len(e) for n, e in expected.items()} == dict.fromkeys(expected, True)


def _response_times_follow_the_platform(session: Session, sandbox: Sandbox) -> None:
    """Every answered wait is as long as the platform's own two times say, to the second."""
    world = sandbox.world
    made = {external_id(world, p): p.made_at for p in world.posts.values()}
    first = select(Wait, Mention).join(Mention, col(Mention.id) == Wait.first_mention_id)
    answered = 0
    for wait, mention in session.exec(first):
        if not mention.date_given or mention.platform == "blog":
            continue  # a feed may claim any date; the story has such feeds on purpose
        assert wait.started_at == made[mention.external_id]
        if wait.end == WaitEnd.ANSWERED:
            answer = session.get_one(Mention, wait.answer_id)
            assert wait.ended_at == made[answer.external_id]
            answered += 1
    assert answered > 10
    newest = session.exec(select(func.max(Mention.posted_at))).one()
    assert newest is not None
    assert newest < datetime.now(UTC) - BEHIND


def _counts(database: Database) -> list[int]:
    with database.reading() as session:
        tables = (Mention, Placement, Reading, Conversation, Wait, Poll, Account)
        return [session.exec(select(func.count()).select_from(t)).one() for t in tables]


def _the_queue_is_told(settings: Settings, database: Database, folder: Path) -> None:
    where = environment(settings, database.url, folder)
    words = command("queue", "--json", "--limit", "500")
    said = subprocess.run(words, cwd=ROOT, env=where, capture_output=True, text=True, check=True, timeout=60)
    rows = json.loads(said.stdout)
    with database.reading() as session:
        waiting = session.exec(
            select(Conversation.id).where(
                Conversation.status == Status.OPEN,
                col(Conversation.waiting_since).is_not(None),
                col(Conversation.needs_answer),
            )
        ).all()
    assert {row["id"] for row in rows} == set(waiting)
    assert len(rows) > 10
