"""Scripted trouble, as a client meets it."""

import io
from datetime import timedelta
from typing import Any

import feedparser
import httpx
import pytest
import tweepy

from sandbox.faults import Fault
from sandbox.server import Sandbox
from sandbox.world import World
from tests.sandbox.clients import get, x_client
from tests.sandbox.conftest import NOW

FEED = "/r/kettles/new/.rss"


@pytest.fixture(autouse=True)
def posts(world: World) -> None:
    for n in range(3):
        at = NOW - timedelta(hours=n)
        world.add("reddit", "marta", "", title=f"T{n}", place="kettles", at=at)
        world.add("x", "marta", f"@tarnbrook kettle {n}", at=at)


def statuses(sandbox: Sandbox, path: str, times: int) -> list[int]:
    return [get(sandbox, path).status_code for _ in range(times)]


def test_a_status_hits_the_requests_it_was_armed_for_and_no_other(sandbox: Sandbox) -> None:
    sandbox.faults.arm(Fault("/r/kettles", status=503, times=2, after=1, headers={"Retry-After": "120"}))
    assert statuses(sandbox, "/r/coffee/new/.rss", 1) == [200]
    answers = [get(sandbox, FEED) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 503, 503, 200]
    assert answers[1].headers["retry-after"] == "120"


def test_a_fault_can_be_for_one_method(sandbox: Sandbox) -> None:
    sandbox.faults.arm(Fault("/r/", method="POST"))
    assert statuses(sandbox, FEED, 1) == [200]
    assert sandbox.faults.armed


def test_a_429_may_come_with_or_without_its_reset(sandbox: Sandbox) -> None:
    sandbox.faults.arm(Fault("/2/", status=429, headers={"x-rate-limit-reset": "1772626500"}, body="{}"))
    sandbox.faults.arm(Fault("/2/", status=429, body="{}"))
    client = x_client(sandbox)
    with pytest.raises(tweepy.TooManyRequests) as first:
        client.get_me()
    with pytest.raises(tweepy.TooManyRequests) as second:
        client.get_me()
    assert first.value.response.headers["x-rate-limit-reset"] == "1772626500"
    assert "x-rate-limit-reset" not in second.value.response.headers


def test_a_stalled_request_is_never_answered(sandbox: Sandbox) -> None:
    sandbox.faults.arm(Fault(FEED, "stall"))
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(sandbox.url + FEED, timeout=0.2)
    assert statuses(sandbox, FEED, 1) == [200]


def test_a_late_answer_never_comes_but_the_platform_has_acted(sandbox: Sandbox) -> None:
    sandbox.faults.arm(Fault("/r/kettles", "late"))
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(sandbox.url + FEED, headers={"User-Agent": "linux:tests:v1"}, timeout=0.2)
    assert get(sandbox, FEED).headers["x-ratelimit-used"] == "2"


def test_a_cut_answer_breaks_off(sandbox: Sandbox) -> None:
    sandbox.faults.arm(Fault(FEED, "cut"))
    with pytest.raises(httpx.RemoteProtocolError):
        get(sandbox, FEED)


def test_a_page_or_a_list_may_stand_where_json_should(sandbox: Sandbox) -> None:
    sandbox.faults.arm(Fault("/2/users/me", "html"))
    sandbox.faults.arm(Fault("/2/users/me", "list"))
    assert get(sandbox, "/2/users/me").headers["content-type"].startswith("text/html")
    assert get(sandbox, "/2/users/me").json() == []


@pytest.mark.parametrize("path", ["/2/tweets/search/recent?query=kettle", "/r/kettles/new.json", FEED])
def test_reordering_turns_the_items_round_and_loses_none(sandbox: Sandbox, path: str) -> None:
    def names() -> list[Any]:
        keys = sandbox.world.keys
        headers = {"Authorization": f"Bearer {keys.x_bearer}"} if path.startswith("/2/") else {}
        answer = get(sandbox, path, headers=headers)
        if "json" not in answer.headers["content-type"]:
            return [entry.id for entry in feedparser.parse(io.BytesIO(answer.content)).entries]
        data = answer.json()["data"]
        return [one["id"] for one in data] if isinstance(data, list) else [c["data"]["id"] for c in data["children"]]

    straight = names()
    sandbox.faults.arm(Fault(path.partition("?")[0], "reorder"))
    assert len(straight) >= 2
    assert names() == straight[::-1]
