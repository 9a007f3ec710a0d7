"""Every trap of praw that would hang, double, redirect or hide a request is closed."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from praw.config import Config
from pydantic import SecretStr

from listeners.errors import BadTarget, Gone, ListenerError, RateLimited, Refused, Unreachable
from listeners.reddit_client import RedditClient, client_of, quiet_reddit, user_agent
from listeners.reddit_quota import Quota
from sandbox.faults import Fault
from sandbox.server import Sandbox, running
from sandbox.world import small_world
from settings import Settings
from tests.listeners.reddit_stage import Answer, Stage, keyed, listing, stage


@pytest.fixture
def played() -> Iterator[Stage]:
    with stage() as server:
        yield server


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with running(small_world()) as server:
        yield server


HOSTILE = """
[DEFAULT]
oauth_url = http://127.0.0.1:9
reddit_url = http://127.0.0.1:9
client_id = stolen
client_secret = stolen
username = stolen
password = stolen
user_agent = stolen user agent
refresh_token = stolen
ratelimit_seconds = 600
timeout = 100000
check_for_updates = True
[other]
oauth_url = http://127.0.0.1:9
"""


@pytest.mark.parametrize("ini", [HOSTILE, "this is % no ini file\n[[["])
def test_a_hostile_praw_ini_changes_nothing(
    played: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ini: str
) -> None:
    for folder in (tmp_path, tmp_path / "home" / ".config"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "praw.ini").write_text(ini)
    monkeypatch.setattr(Config, "CONFIG", None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / ".config"))
    monkeypatch.setenv("praw_site", "other")
    monkeypatch.setenv("praw_oauth_url", "http://127.0.0.1:9")
    monkeypatch.setenv("praw_client_id", "stolen")
    client = RedditClient(keyed(played.url))
    assert client.get("r/kettles/new") == listing([])
    assert [asked.path for asked in played.asked] == ["/api/v1/access_token", "/r/kettles/new"]
    assert played.asked[0].params == {
        "grant_type": "password", "username": "tarnbrook_team", "password": "sandbox-password",
    }  # fmt: skip
    assert "stolen" not in played.asked[1].headers["User-Agent"]


def test_praw_is_told_everything_and_asks_no_package_registry(played: Stage) -> None:
    reddit = quiet_reddit(keyed(played.url), Quota())
    assert reddit.config.check_for_updates is False
    assert reddit.config.ratelimit_seconds == 0
    assert reddit.config.custom == {}


def test_we_say_who_we_are_in_the_form_reddit_asks_for(played: Stage) -> None:
    RedditClient(keyed(played.url)).get("r/kettles/new")
    assert {asked.headers["User-Agent"].partition(" PRAW")[0] for asked in played.asked} == {
        user_agent(keyed(played.url))
    }
    assert user_agent(keyed(played.url)).endswith(" (by /u/tarnbrook_team)")
    assert user_agent(Settings(reddit_user_agent="web:x:1 (by /u/y)")) == "web:x:1 (by /u/y)"


@pytest.mark.parametrize("agent", ["kettles\nX-Other: 1", "чайники", "kettles \ud800"])
def test_a_user_agent_no_request_can_carry_is_refused_with_words(played: Stage, agent: str) -> None:
    with pytest.raises(Refused, match="USER_AGENT"):
        RedditClient(keyed(played.url, reddit_user_agent=agent)).get("r/kettles/new")
    assert played.asked == []


def test_keys_go_to_one_place_only(played: Stage) -> None:
    with pytest.raises(BadTarget, match="both"):
        RedditClient(keyed(played.url, reddit_oauth_url=""))
    with pytest.raises(BadTarget, match="both"):
        RedditClient(keyed("", reddit_oauth_url=played.url))
    assert played.asked == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer({"error": 403, "reason": "private"}, 403), Refused),
        (Answer({"error": 403, "reason": "quarantined"}, 403), Refused),
        (Answer({"error": 403}, 403), Refused),
        (Answer("<html>blocked", 403), Refused),
        (Answer({"error": 404}, 404), Gone),
        (Answer({"error": 404, "reason": "banned"}, 404), Gone),
        (Answer("", 410), Gone),
        (Answer("", 451), Gone),
        (Answer("", 302, {"location": "https://www.reddit.com/subreddits/search?q=kettles"}), Gone),
        (Answer("", 302, {"location": "https://www.reddit.com/login/?dest=x"}), Refused),
        (Answer("", 301, {"location": "https://elsewhere.example/"}), Unreachable),
        (Answer("", 302), Unreachable),
        (Answer({"error": 400}, 400), Refused),
        (Answer("Bad Request", 400), Refused),
        (Answer("", 414), BadTarget),
        (Answer("", 415), Refused),
        (Answer({"error": 429}, 429), RateLimited),
        (Answer("", 429, {"retry-after": "soon"}), RateLimited),
        (Answer("", 408), Unreachable),
        (Answer("", 500), Unreachable),
        (Answer("", 503, {"retry-after": "30"}), Unreachable),
        (Answer("", 520), Unreachable),
        (Answer("<!doctype html><p>One moment"), Unreachable),
        (Answer("{"), Unreachable),
        (Answer(b"\xff\xfe\x00"), Unreachable),
        (Answer({"error": 401}, 401), Refused),
        (Answer({}, 401, {"www-authenticate": 'Bearer realm="reddit", error="invalid_token"'}), Refused),
        (Answer({}, 401, {"www-authenticate": "nonsense"}), Refused),
    ],
)
def test_each_bad_answer_becomes_one_of_our_errors(played: Stage, answer: Answer, error: type[ListenerError]) -> None:
    played.script = lambda asked: answer
    with pytest.raises(ListenerError) as caught:
        RedditClient(keyed(played.url)).get("r/kettles/new")
    assert type(caught.value) is error
    assert str(caught.value)
    assert len(played.reads) == (2 if answer.status == 401 else 1)


@pytest.mark.parametrize(
    ("sign_in", "error"),
    [
        (Answer({"error": "invalid_grant"}), Refused),
        (Answer({"message": "Unauthorized", "error": 401}, 401), Refused),
        (Answer("", 400), Refused),
        (Answer("", 302, {"location": "/login"}), Refused),
        (Answer("", 503), Unreachable),
        (Answer("<html>"), Unreachable),
        (Answer({}), Unreachable),
        (Answer([]), Unreachable),
        (Answer("", 429, {"retry-after": "120"}), RateLimited),
    ],
)
def test_a_failed_sign_in_says_what_to_check(played: Stage, sign_in: Answer, error: type[ListenerError]) -> None:
    played.sign_in = sign_in
    with pytest.raises(ListenerError) as caught:
        RedditClient(keyed(played.url)).get("r/kettles/new")
    assert type(caught.value) is error
    assert played.reads == []


def test_an_ended_sign_in_is_renewed_once_by_itself(played: Stage) -> None:
    answers = iter([Answer({"error": 401}, 401), Answer(listing([]))])
    played.script = lambda asked: next(answers)
    assert RedditClient(keyed(played.url)).get("r/kettles/new") == listing([])
    assert [asked.path[-12:] for asked in played.asked] == ["access_token", "/kettles/new"] * 2


def test_one_sign_in_serves_many_requests_of_a_thread(played: Stage) -> None:
    settings = keyed(played.url)
    for _ in range(3):
        client_of(settings).get("r/kettles/new")
    assert len(played.asked) == 4
    others: list[RedditClient] = []
    thread = threading.Thread(target=lambda: others.append(client_of(settings)))
    thread.start()
    thread.join()
    assert others[0] is not client_of(settings)


def test_without_a_password_it_reads_as_the_app(played: Stage) -> None:
    client = RedditClient(keyed(played.url, reddit_password=SecretStr("")))
    client.get("r/kettles/new")
    assert not client.signed_in
    assert played.asked[0].params["grant_type"] == "client_credentials"


def test_an_app_without_a_secret_reads_too(played: Stage) -> None:
    client = RedditClient(keyed(played.url, reddit_password=SecretStr(""), reddit_client_secret=SecretStr("")))
    client.get("r/kettles/new")
    assert played.asked[0].params["grant_type"].endswith("installed_client")


def test_a_stalled_server_ends_in_a_clear_error(sandbox: Sandbox) -> None:
    sandbox.faults.arm(Fault("/r/kettles/new", "stall"))
    with pytest.raises(Unreachable, match="cannot be reached"):
        RedditClient(keyed(sandbox.url, fetch_timeout=0.3)).get("r/kettles/new")


def test_a_dripping_server_ends_in_a_clear_error(played: Stage) -> None:
    played.script = lambda asked: Answer("", drips=True)
    with pytest.raises(Unreachable, match="cannot be reached"):
        RedditClient(keyed(played.url, fetch_timeout=0.5)).get("r/kettles/new")


def test_an_answer_cut_short_ends_in_a_clear_error(sandbox: Sandbox) -> None:
    sandbox.faults.arm(Fault("/r/kettles/new", "cut"))
    with pytest.raises(Unreachable):
        RedditClient(keyed(sandbox.url)).get("r/kettles/new")


def test_nobody_at_home_ends_in_a_clear_error() -> None:
    with stage() as gone:
        pass
    with pytest.raises(Unreachable, match="cannot be reached"):
        RedditClient(keyed(gone.url)).get("r/kettles/new")


def test_a_used_up_rate_returns_at_once_instead_of_sleeping(played: Stage) -> None:
    used_up = {"x-ratelimit-remaining": "0", "x-ratelimit-used": "1000", "x-ratelimit-reset": "600"}
    played.script = lambda asked: Answer(listing([]), headers=used_up)
    client = RedditClient(keyed(played.url))
    client.get("r/kettles/new")
    with pytest.raises(RateLimited) as caught:
        client.get("r/kettles/new")
    assert len(played.reads) == 1
    assert caught.value.retry_at is not None
    assert timedelta(seconds=500) < caught.value.retry_at - datetime.now(UTC) <= timedelta(seconds=600)
    with pytest.raises(RateLimited):
        RedditClient(keyed(played.url)).get("r/kettles/new")
    assert client.waiting_until() == caught.value.retry_at


def test_praw_does_not_slow_down_by_itself_while_there_is_room(played: Stage) -> None:
    # prawcore would sleep 10 s before the second request.
    room = {"x-ratelimit-remaining": "100", "x-ratelimit-used": "500", "x-ratelimit-reset": "300"}
    played.script = lambda asked: Answer(listing([]), headers=room)
    client = RedditClient(keyed(played.url))
    assert [client.get("r/kettles/new"), client.get("r/kettles/new")] == [listing([])] * 2


@pytest.mark.parametrize("odd", ["", "many", "nan", "inf", "-5", "599.0"])
def test_odd_rate_headers_do_no_harm(played: Stage, odd: str) -> None:
    headers = {"x-ratelimit-remaining": "900", "x-ratelimit-used": odd, "x-ratelimit-reset": odd}
    played.script = lambda asked: Answer(listing([]), headers=headers)
    assert RedditClient(keyed(played.url)).get("r/kettles/new") == listing([])


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "90"}, 90),
        ({"x-ratelimit-reset": "200"}, 200),
        ({}, 60),
        ({"retry-after": "99999999"}, 86400),
        ({"retry-after": "-3"}, 1),
    ],
)
def test_too_many_requests_say_when_to_come_back(played: Stage, headers: dict[str, str], seconds: int) -> None:
    played.script = lambda asked: Answer("", 429, headers)
    with pytest.raises(RateLimited) as caught:
        RedditClient(keyed(played.url)).get("r/kettles/new")
    until = caught.value.retry_at
    assert until is not None
    assert timedelta(seconds=seconds - 60) < until - datetime.now(UTC) <= timedelta(seconds=seconds)


def test_a_date_to_come_back_at_is_understood(played: Stage) -> None:
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
    played.script = lambda asked: Answer("", 429, {"retry-after": format_datetime(at, usegmt=True)})
    with pytest.raises(RateLimited) as caught:
        RedditClient(keyed(played.url)).get("r/kettles/new")
    assert caught.value.retry_at is not None
    assert abs(caught.value.retry_at - at) < timedelta(seconds=30)
