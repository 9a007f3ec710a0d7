"""Scripted trouble around a POST, as tweepy and praw meet it: what the client sees, and whether we spoke."""

from datetime import timedelta

import prawcore
import pytest
import requests
import tweepy

from sandbox.faults import Fault
from sandbox.records import Post
from sandbox.server import Sandbox
from sandbox.world import World
from tests.sandbox.clients import reddit_writer, x_client
from tests.sandbox.conftest import NOW

EXPIRED = {"www-authenticate": 'Bearer realm="reddit", error="invalid_token"'}
TROUBLE = [
    (Fault("/", status=500), tweepy.TwitterServerError, prawcore.ServerError, False),
    (Fault("/", status=503, acts=True), tweepy.TwitterServerError, prawcore.ServerError, True),
    (Fault("/", status=408), tweepy.HTTPException, prawcore.ResponseException, False),
    (Fault("/", status=408, acts=True), tweepy.HTTPException, prawcore.ResponseException, True),
    (Fault("/", status=401, headers=EXPIRED), tweepy.Unauthorized, prawcore.InvalidToken, False),
    (Fault("/", status=429, headers={"retry-after": "9"}), tweepy.TooManyRequests, prawcore.TooManyRequests, False),
    (Fault("/", "drop"), requests.ConnectionError, prawcore.RequestException, False),
    (Fault("/", "drop", acts=True), requests.ConnectionError, prawcore.RequestException, True),
    (Fault("/", "cut"), requests.exceptions.ChunkedEncodingError, prawcore.RequestException, True),
    (Fault("/", "html"), requests.JSONDecodeError, prawcore.BadJSON, False),
    (Fault("/", "html", acts=True), requests.JSONDecodeError, prawcore.BadJSON, True),
]


def named(path: str, fault: Fault) -> Fault:
    given = {name: getattr(fault, name) for name in ("trouble", "status", "headers", "acts")}
    return Fault(path, method="POST", **given)


def our_words(world: World) -> list[str]:
    return [post.text for post in world.posts.values() if post.by == "brand"]


@pytest.mark.parametrize(("fault", "seen", "_seen_by_praw", "spoke"), TROUBLE)
def test_tweepy_in_trouble_sends_once(
    world: World, sandbox: Sandbox, fault: Fault, seen: type[Exception], _seen_by_praw: object, spoke: bool
) -> None:
    call = world.add("x", "marta", "@tarnbrook hello", at=NOW - timedelta(hours=1))
    sandbox.faults.arm(named("/2/tweets", fault))
    with pytest.raises(seen):
        x_client(sandbox).create_tweet(text="Sorry", in_reply_to_tweet_id=call.id)
    assert our_words(world) == ["Sorry"] * spoke
    assert sandbox.log.times_sent(call.id, "Sorry") == 1
    assert sandbox.faults.armed == []


@pytest.mark.parametrize(("fault", "_seen_by_tweepy", "seen", "spoke"), TROUBLE)
def test_praw_without_its_retries_in_trouble_sends_once(
    world: World, sandbox: Sandbox, fault: Fault, _seen_by_tweepy: object, seen: type[Exception], spoke: bool
) -> None:
    thread: Post = world.add("reddit", "marta", "", title="Leaks", place="kettles", at=NOW - timedelta(hours=1))
    sandbox.faults.arm(named("/api/comment", fault))
    with pytest.raises(seen):
        reddit_writer(sandbox).submission(thread.id).reply("Sorry")
    assert our_words(world) == ["Sorry"] * spoke
    assert sandbox.log.times_sent(thread.fullname, "Sorry") == 1


def test_a_401_is_over_after_one_request(world: World, sandbox: Sandbox) -> None:
    call = world.add("x", "marta", "@tarnbrook hello", at=NOW - timedelta(hours=1))
    sandbox.faults.arm(Fault("/2/tweets", status=401, method="POST"))
    client = x_client(sandbox)
    with pytest.raises(tweepy.Unauthorized):
        client.create_tweet(text="Sorry", in_reply_to_tweet_id=call.id)
    assert client.create_tweet(text="Sorry", in_reply_to_tweet_id=call.id)["data"]["id"]
    assert our_words(world) == ["Sorry"]
