"""LISTEN, X: whatever goes wrong on the wire ends, in time, in one of our errors that says what to do."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from listeners.errors import BadTarget, Gone, ListenerError, RateLimited, Refused, Unreachable
from listeners.x_client import XApi
from listeners.x_errors import TooOld, wait_told
from settings import Settings
from tests.listeners.x_server import Reply, TinyX, hasty, serving, settings_for

SEARCH = "/2/tweets/search/recent"
ASKED = {"query": "acme", "max_results": 10, "tweet.fields": ("created_at", "author_id"), "since_id": ""}


@pytest.fixture
def x() -> Iterator[TinyX]:
    with serving() as tiny:
        yield tiny


def failing(x: TinyX, reply: Reply, path: str = SEARCH, connect: Callable[[Settings], XApi] = XApi) -> ListenerError:
    x.script = [reply]
    with connect(settings_for(x)) as api, pytest.raises(ListenerError) as caught:
        api.get(path, ASKED)
    return caught.value


def test_lists_are_joined_and_empty_values_left_out(x: TinyX) -> None:
    with XApi(settings_for(x)) as api:
        api.get(SEARCH, ASKED)
    assert x.asked[0].params == {"query": "acme", "max_results": "10", "tweet.fields": "created_at,author_id"}


@pytest.mark.parametrize("trouble", ["stall", "drip"])
def test_a_server_that_stalls_or_drips_ends_in_a_clear_error(x: TinyX, trouble: str) -> None:
    error = failing(x, Reply(body={"data": ["x" * 400]}, trouble=trouble), connect=hasty)
    assert isinstance(error, Unreachable)
    assert "in time" in str(error)


def test_a_cut_body_ends_in_a_clear_error(x: TinyX) -> None:
    error = failing(x, Reply(body={"data": [{"id": "1", "text": "half"}]}, trouble="cut"))
    assert isinstance(error, Unreachable)
    assert "cut" in str(error)


def test_no_server_at_all_is_unreachable(x: TinyX) -> None:
    x.url = "http://127.0.0.1:9"
    with XApi(settings_for(x)) as api, pytest.raises(Unreachable, match="No connection"):
        api.get(SEARCH, ASKED)


@pytest.mark.parametrize("body", ["<html>one moment</html>", "[]", "{}", "null", '"text"', "", '{"data": 5}', "[[]]"])
def test_a_200_that_is_no_answer_is_unreachable(x: TinyX, body: str) -> None:
    assert isinstance(failing(x, Reply(200, body)), Unreachable)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 418])
def test_an_error_of_the_servers_is_tried_again(x: TinyX, status: int) -> None:
    error = failing(x, Reply(status, {"title": "Service Unavailable", "detail": "Over capacity"}))
    assert isinstance(error, Unreachable)
    assert "Over capacity" in str(error)
    assert not error.permanent


@pytest.mark.parametrize("body", ['["x"]', '{"errors": null}', '{"errors": ["a", 5]}', "<html>", "", '{"detail": 5}'])
def test_a_403_with_an_odd_body_is_still_a_refusal(x: TinyX, body: str) -> None:
    assert isinstance(failing(x, Reply(403, body)), Refused)


def test_the_reason_x_gives_in_errors_reaches_the_reader(x: TinyX) -> None:
    body = {"errors": [{"title": "Not Found Error", "detail": "Could not find user with id: [7]."}], "title": "x"}
    error = failing(x, Reply(404, body))
    assert isinstance(error, Gone)
    assert "Could not find user with id" in str(error)


@pytest.mark.parametrize(("status", "word"), [(401, "keys"), (402, "credits"), (403, "developer console")])
def test_keys_money_and_permission_are_refusals_that_say_what_to_do(x: TinyX, status: int, word: str) -> None:
    error = failing(x, Reply(status, {"title": "t", "detail": "because"}))
    assert isinstance(error, Refused)
    assert word in str(error)
    assert "because" in str(error)


def test_a_bad_request_is_our_own_fault(x: TinyX) -> None:
    assert isinstance(failing(x, Reply(400, {"errors": [{"message": "no viable alternative"}]})), BadTarget)


@pytest.mark.parametrize("name", ["since_id", "until_id"])
def test_an_id_too_old_is_told_apart(x: TinyX, name: str) -> None:
    error = failing(x, Reply(400, {"errors": [{"message": f"'{name}' must be a tweet id created after 2026"}]}))
    assert isinstance(error, TooOld)
    assert error.name == name


def test_a_200_of_errors_only_is_a_failure_unless_partial_answers_are_fine(x: TinyX) -> None:
    protected = {"errors": [{"title": "Authorization Error", "detail": "Sorry, you are not authorized"}]}
    assert isinstance(failing(x, Reply(200, protected)), Refused)
    x.script = [Reply(200, protected)]
    with XApi(settings_for(x)) as api:
        assert len(api.get("/2/tweets", {"ids": ["1"]}, partial=True).errors) == 1


# ---------------------------------------------------------------- rate limits and clocks


def limited(x: TinyX, headers: dict[str, str]) -> timedelta:
    error = failing(x, Reply(429, "", headers))
    assert isinstance(error, RateLimited)
    assert error.retry_at is not None
    return error.retry_at - datetime.now(UTC)


def about(seconds: float) -> object:
    return pytest.approx(seconds, abs=3)


@pytest.mark.parametrize("ahead", [timedelta(0), -timedelta(hours=3, minutes=7), timedelta(days=2)])
def test_the_wait_is_counted_on_the_platforms_clock(x: TinyX, ahead: timedelta) -> None:
    x.ahead = ahead
    reset = int((x.now + timedelta(minutes=9)).timestamp())
    assert limited(x, {"x-rate-limit-reset": str(reset)}).total_seconds() == about(540)


def test_a_429_without_a_reset_waits_a_window(x: TinyX) -> None:
    assert limited(x, {}).total_seconds() == about(900)
    assert len(x.asked) == 1, "it is not asked again"


@pytest.mark.parametrize("reset", ["soon", "-5", "99999999999999999999", "0"])
def test_an_unbelievable_reset_waits_a_window_or_a_day_at_most(x: TinyX, reset: str) -> None:
    assert timedelta(seconds=1) <= limited(x, {"x-rate-limit-reset": reset}) <= timedelta(hours=24, seconds=3)


def test_an_app_limit_of_the_day_waits_for_the_day() -> None:
    date, reset = "Wed, 04 Mar 2026 12:00:00 GMT", int(datetime(2026, 3, 4, 20, tzinfo=UTC).timestamp())
    headers = {"date": date, "x-rate-limit-reset": str(reset - 28_000), "x-app-limit-24hour-reset": str(reset)}
    assert wait_told({**headers, "x-app-limit-24hour-remaining": "0"}) == timedelta(hours=8)
    assert wait_told({**headers, "x-app-limit-24hour-remaining": "3"}) == timedelta(seconds=800)


def test_the_platforms_clock_is_known_after_an_answer(x: TinyX) -> None:
    x.ahead = -timedelta(hours=3, minutes=7)
    with XApi(settings_for(x)) as api:
        api.get(SEARCH, ASKED)
        assert (api.platform_now() - api.now()).total_seconds() == about(-11_220)


# ---------------------------------------------------------------- keys and names


def test_without_keys_nothing_is_asked_and_the_settings_are_named(x: TinyX) -> None:
    with pytest.raises(Refused, match="QUARTERDECK_X_BEARER_TOKEN"):
        XApi(settings_for(x, bearer=""))
    assert x.asked == []


def test_user_keys_alone_are_enough_for_a_search(x: TinyX) -> None:
    with XApi(settings_for(x, bearer="", user=True)) as api:
        api.get(SEARCH, ASKED)
    assert x.asked[0].headers["authorization"].startswith("OAuth ")


def test_an_x_that_refuses_the_old_names_is_asked_with_the_new_ones(x: TinyX) -> None:
    def only_new(request: object) -> Reply | None:
        params = getattr(request, "params", {})
        if "tweet.fields" in params:
            return Reply(
                400, {"errors": [{"message": "The query parameter [tweet.fields] is not one of [post.fields]"}]}
            )
        return None

    x.rules.append(only_new)
    asked = {
        "query": "acme",
        "max_results": 10,
        "tweet.fields": ("author_id", "created_at", "note_tweet", "referenced_tweets", "edit_history_tweet_ids"),
        "expansions": ("author_id", "referenced_tweets.id"),
    }
    with XApi(settings_for(x)) as api:
        api.get(SEARCH, asked)
        api.get(SEARCH, asked)
    assert len(x.asked) == 3, "tried once with the old names"
    assert x.asked[-1].params["post.fields"] == "created_at,note_post"
    assert x.asked[-1].params["expansions"] == "author_id,referenced_posts,edit_history_post_ids"


def test_no_key_reaches_the_logs_even_at_debug(x: TinyX, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with XApi(settings_for(x, bearer="very-secret", user=True)) as api:
        api.get(SEARCH, ASKED)
        api.get(SEARCH, ASKED, as_user=True)
    assert "very-secret" not in caplog.text
    assert "oauth_signature" not in caplog.text
    assert "OAuth" not in caplog.text
