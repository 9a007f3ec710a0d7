import pytest
from sqlmodel import func, select

from models import Conversation, Mention, Poll, Reading
from models.database import Database
from models.values import Status
from sandbox.faults import Fault
from sandbox.server import Sandbox
from tests.commands.conftest import Shell


@pytest.fixture
def set_up(shell: Shell, story: Sandbox) -> Shell:
    """The story's brand with its accounts, a search on X, a subreddit and a blog."""
    shell("account", "add", "x", "tarnbrook")
    shell("account", "add", "x", "tarnbrook_bot", "--automatic")
    shell("account", "add", "reddit", "tarnbrook_team")
    shell("source", "add", "x-search", "tarnbrook")
    shell("source", "add", "reddit-new", "coffeecorner", "--match", "tarnbrook")
    shell("source", "add", "feed", f"{story.url}/blog/slow-kitchen/feed.xml", "--match", "tarnbrook")
    return shell


def test_worker_once_fills_the_queue_and_again_changes_nothing(set_up: Shell, database: Database) -> None:
    said = set_up("worker", "--once")
    assert said.stdout == ""
    queue, everything = set_up.json("queue", "--all"), set_up.json("queue", "--view", "all", "--all")
    assert {row["platform"] for row in everything} == {"x", "reddit", "blog"}
    assert len(everything) > len(queue) > 5
    assert all(row["band"] and row["intent"] and row["status"] == "open" for row in queue)
    assert [row["priority"] for row in queue] == sorted((row["priority"] for row in queue), reverse=True)
    assert all(s["last_success_at"] and not s["failures"] for s in set_up.json("source", "list"))
    with database.reading() as session:
        mentions = session.exec(select(func.count()).select_from(Mention)).one()
    set_up("worker", "--once")
    with database.reading() as session:
        assert session.exec(select(func.count()).select_from(Mention)).one() == mentions
    assert {row["id"] for row in set_up.json("queue", "--all")} == {row["id"] for row in queue}


def test_listen_polls_every_active_source_once_due_or_not_and_nothing_else(set_up: Shell, database: Database) -> None:
    set_up("source", "pause", 3)
    for rounds in (1, 2):
        told = set_up("listen", "--once")
        assert told.stdout == ""
        assert [line.split(":")[0] for line in told.stderr.splitlines() if line[:2] in ("1 ", "2 ", "3 ")] == [
            "1 x-search tarnbrook", "2 reddit-new coffeecorner",
        ]  # fmt: skip
        with database.reading() as session:
            assert sorted(session.exec(select(Poll.source_id))) == sorted([1, 2] * rounds)
            assert session.exec(select(Reading)).all() == []
            assert set(session.exec(select(Conversation.status))) <= {Status.NEW, Status.RESOLVED}


def test_listen_ends_with_code_3_if_any_source_failed(set_up: Shell, story: Sandbox) -> None:
    story.faults.arm(Fault("/blog", status=500, times=99))
    told = set_up("listen", "--once", exit_code=3)
    assert "3 feed" in told.stderr
    assert "failed" in told.stderr
    failures = {s["id"]: (s["failures"], bool(s["last_error"])) for s in set_up.json("source", "list")}
    assert failures == {1: (0, False), 2: (0, False), 3: (1, True)}


def test_listen_without_once_says_what_to_do(lone_shell: Shell) -> None:
    assert "quarterdeck worker" in lone_shell("listen", exit_code=2).stderr


def test_a_worker_with_nothing_to_do_ends_well(shell: Shell) -> None:
    assert "nothing is due" in shell("worker", "--once").stderr
