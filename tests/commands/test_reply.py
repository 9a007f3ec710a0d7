"""TESTS: `quarterdeck reply`: the whole way from words to a public answer, and how it ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models import Response
from models.database import Database
from models.response import ResponseStatus
from responders.verbs import respond
from sandbox.faults import Fault
from sandbox.server import Sandbox
from tests.commands.conftest import Shell
from tests.responders.stage import House, as_found, complaint, keys_for, open_house, platforms, posts_by_us, shots
from worker.lease import Worker
from worker.responding import fire

TEXT = "Sorry! Which kettle is it?"
KEYS = (
    "x_url", "reddit_url", "reddit_oauth_url", "x_bearer_token", "x_consumer_key", "x_consumer_secret",
    "x_access_token", "x_access_token_secret", "reddit_client_id", "reddit_client_secret", "reddit_username",
    "reddit_password", "grace_seconds",
)  # fmt: skip


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """The pretend platforms, with their keys in the environment and no grace."""
    with platforms() as served:
        told = keys_for(served.url)
        for name in KEYS:
            value = getattr(told, name)
            plain = value.get_secret_value() if hasattr(value, "get_secret_value") else str(value)
            monkeypatch.setenv(f"QUARTERDECK_{name.upper()}", plain)
        yield served


@pytest.fixture
def house(shell: Shell, database: Database, sandbox: Sandbox) -> House:
    return open_house(database, keys_for(sandbox.url))


def heard(house: House, sandbox: Sandbox, on: str = "x") -> int:
    found = as_found(sandbox, complaint(sandbox, on))
    house.hear(found)
    return house.conversation(found.external_id)


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_a_reply_goes_the_whole_way_and_is_told_as_json(shell: Shell, house: House, sandbox: Sandbox, on: str) -> None:
    told = shell.json("reply", heard(house, sandbox, on), "--text", TEXT, "--by", "Ana@example.org ")
    (made,) = posts_by_us(sandbox, on)
    assert (told["status"], told["external_id"]) == ("sent", made.id if on == "x" else made.fullname)
    assert told["posted_at"] == made.made_at.isoformat().replace("+00:00", "Z")
    assert shots(sandbox) == 1


def test_the_same_command_twice_is_one_reply(shell: Shell, house: House, sandbox: Sandbox) -> None:
    conversation = heard(house, sandbox)
    first = shell.json("reply", conversation, "--text", TEXT, "--by", "ana@example.org")
    assert shell.json("reply", conversation, "--text", TEXT, "--by", "ana@example.org") == first
    assert shots(sandbox) == 1


def test_a_conversation_may_be_named_by_any_of_its_posts(shell: Shell, house: House, sandbox: Sandbox) -> None:
    heard(house, sandbox)
    post = next(iter(sandbox.world.posts.values()))
    assert "Public since" in shell("reply", f"x:{post.id}", "--text", TEXT, "--by", "ana@example.org").stdout


def test_what_a_manager_must_approve_is_not_sent(
    shell: Shell, house: House, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTERDECK_APPROVE_INTENTS", "*")
    told = shell.json("reply", heard(house, sandbox), "--text", TEXT, "--by", "ana@example.org")
    assert (told["status"], shots(sandbox)) == ("awaiting_approval", 0)


def test_a_refusal_of_the_platform_ends_with_code_1(shell: Shell, house: House, sandbox: Sandbox) -> None:
    sandbox.faults.arm(Fault("/2/tweets", status=400, body='{"detail": "No such thing."}', method="POST"))
    told = shell.json("reply", heard(house, sandbox), "--text", TEXT, "--by", "ana@example.org", exit_code=1)
    assert told["status"] == "refused"
    assert "No such thing." in told["said"]


def test_doubt_and_a_busy_platform_end_with_code_3(shell: Shell, house: House, sandbox: Sandbox) -> None:
    for fault, status in ((Fault("/2/tweets", "drop", method="POST"), "firing"),
                          (Fault("/2/tweets", status=429, method="POST", body="{}"), "later")):  # fmt: skip
        sandbox.faults.arm(fault)
        told = shell.json("reply", heard(house, sandbox), "--text", f"{TEXT} {status}", "--by", "ana@example.org",
                          exit_code=3)  # fmt: skip
        assert told["status"] == status
        assert told["said"]


@pytest.mark.parametrize(("words", "said"), [
    (("--text", TEXT, "--by", "nobody@example.org"), "no active user"),
    (("--text", " ", "--by", "ana@example.org"), "Write something"),
    (("--text", "x" * 300, "--by", "ana@example.org"), "too long"),
])  # fmt: skip
def test_what_cannot_be_is_said_with_code_2(
    shell: Shell, house: House, sandbox: Sandbox, words: tuple[str, ...], said: str
) -> None:
    told = shell("reply", heard(house, sandbox), *words, exit_code=2)
    assert said in told.stderr
    assert shots(sandbox) == 0


@pytest.mark.parametrize("told", ["7", "99999999999999999999", "x:404", "nobody"])
def test_a_conversation_that_is_not_there_is_code_2(shell: Shell, house: House, told: str) -> None:
    assert "conversation" in shell("reply", told, "--text", TEXT, "--by", "ana@example.org", exit_code=2).stderr


def test_where_x_takes_no_reply_the_way_by_hand_is_named(shell: Shell, house: House, sandbox: Sandbox) -> None:
    found = as_found(sandbox, complaint(sandbox, text="my tarnbrook leaks"))
    house.hear(found)
    told = shell("reply", house.conversation(found.external_id), "--text", TEXT, "--by", "ana@example.org", exit_code=2)
    assert "did not mention us" in told.stderr


def test_ctrl_c_during_the_grace_takes_it_back(
    shell: Shell, house: House, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTERDECK_GRACE_SECONDS", "60")
    conversation = str(heard(house, sandbox))
    command = [sys.executable, "-m", "cli", "reply", conversation, "--text", TEXT, "--by", "ana@example.org"]
    child = subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    assert child.stderr is not None
    assert "Ctrl+C" in child.stderr.readline()
    child.send_signal(signal.SIGINT)
    assert "Taken back" in child.communicate(timeout=120)[1]
    assert child.returncode == 1
    assert house.response(1).status == ResponseStatus.DISCARDED
    assert shots(sandbox) == 0


def test_ctrl_c_at_any_moment_sends_nothing(
    shell: Shell, house: House, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the approval and the wait for the grace there are statements too."""
    monkeypatch.setenv("QUARTERDECK_GRACE_SECONDS", "60")
    conversation = str(heard(house, sandbox))

    def interrupted(*given: Any, **more: Any) -> Response:
        begun = respond(*given, **more)
        signal.raise_signal(signal.SIGINT)
        return begun

    monkeypatch.setattr("commands.reply.respond", interrupted)
    told = shell("reply", conversation, "--text", TEXT, "--by", "ana@example.org", exit_code=1)
    assert "Taken back" in told.stderr
    assert house.response(1).status == ResponseStatus.DISCARDED
    assert shots(sandbox) == 0
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_that_comes_too_late_says_what_became_of_it(
    shell: Shell, house: House, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process sends it in the moment between."""
    monkeypatch.setenv("QUARTERDECK_GRACE_SECONDS", "0")
    conversation = str(heard(house, sandbox))

    def overtaken(database: Database, response_id: int, _interrupts: list[int]) -> None:
        fire(Worker(database, house.settings), response_id)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("commands.reply._wait_for_grace", overtaken)
    told = shell("reply", conversation, "--text", TEXT, "--by", "ana@example.org")
    assert told.stdout.startswith("sent.")
    assert shots(sandbox) == 1
