"""The strings behind the stage."""

from datetime import datetime, timedelta

import httpx
import pytest

from sandbox.server import Sandbox
from tests.sandbox.clients import get
from tests.sandbox.conftest import NOW


def pull(sandbox: Sandbox, name: str, **given: object) -> httpx.Response:
    return httpx.post(f"{sandbox.url}/sandbox/{name}", json=given, timeout=60)


def state(sandbox: Sandbox) -> dict[str, object]:
    told: dict[str, object] = httpx.get(f"{sandbox.url}/sandbox/state", timeout=60).json()
    return told


def test_the_clock_can_be_set_moved_and_let_run(sandbox: Sandbox) -> None:
    pull(sandbox, "clock", at="2026-05-01T10:00:00+02:00")
    assert state(sandbox)["now"] == "2026-05-01T08:00:00+00:00"
    pull(sandbox, "clock", advance=90)
    assert state(sandbox)["now"] == "2026-05-01T08:01:30+00:00"
    pull(sandbox, "clock", stop=False)
    assert state(sandbox)["stopped"] is False


def test_a_post_can_be_made_edited_deleted_and_its_thread_locked(sandbox: Sandbox) -> None:
    made = pull(sandbox, "post", on="reddit", by="marta", text="a", title="T", place="kettles", key="new").json()
    assert (made["key"], datetime.fromisoformat(made["made_at"])) == ("new", NOW)
    pull(sandbox, "edit", key="new", text="b")
    pull(sandbox, "lock", key="new")
    data = get(sandbox, "/r/kettles/new.json").json()["data"]["children"][0]["data"]
    assert (data["selftext"], data["locked"], data["id"]) == ("b", True, made["id"])
    pull(sandbox, "delete", key="new")
    assert get(sandbox, "/r/kettles/new.json").json()["data"]["children"] == []


def test_requests_are_counted_by_method_and_path_and_ours_are_not(sandbox: Sandbox) -> None:
    for _ in range(2):
        get(sandbox, "/r/kettles/new.json?limit=5")
    httpx.post(f"{sandbox.url}/2/tweets", json={"text": "x"}, timeout=60)
    told = httpx.get(f"{sandbox.url}/sandbox/requests", timeout=60).json()
    assert told["counts"] == {"GET /r/kettles/new.json": 2, "POST /2/tweets": 1}
    assert told["requests"][0] == {"method": "GET", "path": "/r/kettles/new.json", "query": "limit=5", "status": 200}


def test_a_fault_can_be_armed_and_everything_be_reset(sandbox: Sandbox) -> None:
    pull(sandbox, "fault", path="/r/kettles", status=500, times=9)
    assert get(sandbox, "/r/kettles/new.json").status_code == 500
    pull(sandbox, "reset")
    assert get(sandbox, "/r/kettles/new.json").status_code == 200
    assert sandbox.log.counts() == {"GET /r/kettles/new.json": 1}


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("post", {"on": "x", "by": "nobody", "text": "a"}),
        ("post", {"colour": "red"}),
        ("edit", {"key": "none", "text": ""}),
        ("clock", {"at": "tomorrow"}),
        ("fault", {"path": "/", "colour": "red"}),
    ],
)
def test_a_wrong_command_says_why_and_changes_nothing(sandbox: Sandbox, name: str, given: dict[str, object]) -> None:
    answer = pull(sandbox, name, **given)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert sandbox.world.posts == {}


def test_a_world_that_is_changed_by_the_test_is_what_the_server_plays(sandbox: Sandbox) -> None:
    sandbox.world.add("reddit", "marta", "", title="T", place="kettles", at=NOW + timedelta(hours=1))
    assert get(sandbox, "/r/kettles/new.json").json()["data"]["children"] == []
    sandbox.clock.advance(timedelta(hours=1))
    assert len(get(sandbox, "/r/kettles/new.json").json()["data"]["children"]) == 1
