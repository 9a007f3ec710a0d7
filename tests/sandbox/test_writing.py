"""When what we said can be seen, and what is acted on after the client has gone."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import prawcore
import pytest
import requests
import tweepy

from sandbox.faults import Fault
from sandbox.records import Post
from sandbox.server import Sandbox
from sandbox.world import World
from sandbox.x_text import user_id
from tests.sandbox.clients import Impatient, RedirectOrigin, reddit_writer, x_client
from tests.sandbox.conftest import NOW

OURS = user_id("tarnbrook")


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[tweepy.Client]:
    made = x_client(sandbox)
    yield made
    made.session.close()


@pytest.fixture
def call(world: World) -> Post:
    return world.add("x", "marta", "@tarnbrook my kettle leaks", at=NOW - timedelta(hours=1))


@pytest.fixture
def thread(world: World) -> Post:
    return world.add("reddit", "marta", "", title="Leaks", place="kettles", at=NOW - timedelta(hours=3))


def hurried(sandbox: Sandbox) -> tweepy.Client:
    made = x_client(sandbox)
    for host in ("https://api.twitter.com", "https://api.x.com"):
        made.session.mount(host, RedirectOrigin(sandbox.url, (60, 0.5)))
    return made


@pytest.fixture
def hurried_praw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Impatient, "patience", 0.5)


def ids_of(answer: dict[str, Any]) -> list[str]:
    return [post["id"] for post in answer.get("data", [])]


def test_on_x_a_reply_is_looked_up_at_once_listed_after_ten_seconds_and_found_after_thirty(
    world: World, client: tweepy.Client, call: Post
) -> None:
    made = client.create_tweet(text="Sorry about the kettle", in_reply_to_tweet_id=call.id)["data"]["id"]
    seen: dict[int, tuple[bool, bool, bool]] = {}
    for second in (0, 9, 10, 29, 30):
        world.clock.set(NOW + timedelta(seconds=second))
        looked_up = ids_of(client.get_tweets([made])) == [made]
        found = [made] == ids_of(client.search_recent_tweets("from:tarnbrook kettle"))
        seen[second] = looked_up, made in ids_of(client.get_users_tweets(OURS)), found
    up, listed, found_too = (True, False, False), (True, True, False), (True, True, True)
    assert seen == {0: up, 9: up, 10: listed, 29: listed, 30: found_too}


def test_on_reddit_a_comment_is_looked_up_at_once_and_listed_after_ten_seconds(
    world: World, sandbox: Sandbox, thread: Post
) -> None:
    writer = reddit_writer(sandbox)
    made = writer.submission(thread.id).reply("Sorry")

    def listed() -> list[bool]:
        places = (
            writer.subreddit("kettles").comments(),
            writer.redditor("tarnbrook_team").comments.new(),
            writer.submission(thread.id).comments.list(),
        )
        return [made.fullname in [one.fullname for one in place] for place in places]

    world.clock.set(NOW + timedelta(seconds=9))
    assert [one.body for one in writer.info(fullnames=[made.fullname])] == ["Sorry"]
    assert (listed(), writer.submission(thread.id).num_comments) == ([False] * 3, 0)
    world.clock.set(NOW + timedelta(seconds=10))
    assert (listed(), writer.submission(thread.id).num_comments) == ([True] * 3, 1)


def test_our_replies_never_stand_among_what_others_say_to_us(
    world: World, sandbox: Sandbox, client: tweepy.Client, call: Post, thread: Post
) -> None:
    client.create_tweet(text="Sorry @tarnbrook", in_reply_to_tweet_id=call.id)
    writer = reddit_writer(sandbox)
    writer.submission(thread.id).reply("Sorry u/tarnbrook_team")
    world.clock.advance(timedelta(minutes=1))
    assert ids_of(client.get_users_mentions(OURS)) == [call.id]
    assert list(writer.inbox.all()) == []


def test_a_late_answer_was_acted_on_at_once_by_both(
    world: World, sandbox: Sandbox, call: Post, thread: Post, hurried_praw: None
) -> None:
    sandbox.faults.arm(Fault("/2/tweets", "late", method="POST"))
    sandbox.faults.arm(Fault("/api/comment", "late"))
    with pytest.raises(requests.ReadTimeout):
        hurried(sandbox).create_tweet(text="Sorry", in_reply_to_tweet_id=call.id)
    with pytest.raises(prawcore.RequestException):
        reddit_writer(sandbox).submission(thread.id).reply("Sorry")
    assert [post.re for post in world.posts.values() if post.by == "brand"] == [call.key, thread.key]
    assert (sandbox.log.times_sent(call.id, "Sorry"), sandbox.log.times_sent(thread.fullname, "Sorry")) == (1, 1)


def test_what_is_accepted_late_appears_when_the_platforms_clock_has_passed(
    world: World, sandbox: Sandbox, client: tweepy.Client, call: Post, thread: Post, hurried_praw: None
) -> None:
    sandbox.faults.arm(Fault("/2/tweets", "late", method="POST", delay=45))
    sandbox.faults.arm(Fault("/api/comment", "late", delay=60))
    with pytest.raises(requests.ReadTimeout):
        hurried(sandbox).create_tweet(text="Sorry", in_reply_to_tweet_id=call.id)
    with pytest.raises(prawcore.RequestException):
        reddit_writer(sandbox).submission(thread.id).reply("Sorry")
    world.clock.set(NOW + timedelta(seconds=44))
    assert ids_of(client.get_users_tweets(OURS)) == []
    assert len(world.drafts) == 2
    world.clock.set(NOW + timedelta(seconds=100))
    [shown] = client.get_users_tweets(OURS, tweet_fields=["created_at"])["data"]
    assert shown["created_at"] == "2026-03-04T12:00:45.000Z"
    [comment] = reddit_writer(sandbox).redditor("tarnbrook_team").comments.new()
    assert (comment.body, comment.created_utc) == ("Sorry", (NOW + timedelta(seconds=60)).timestamp())
    assert list(world.drafts) == []


def test_a_late_post_whose_text_was_sent_again_is_refused_when_its_time_comes(
    world: World, sandbox: Sandbox, client: tweepy.Client, call: Post
) -> None:
    sandbox.faults.arm(Fault("/2/tweets", "late", method="POST", delay=45))
    with pytest.raises(requests.ReadTimeout):
        hurried(sandbox).create_tweet(text="Sorry", in_reply_to_tweet_id=call.id)
    again = client.create_tweet(text="Sorry", in_reply_to_tweet_id=call.id)["data"]["id"]
    world.clock.advance(timedelta(seconds=60))
    assert ids_of(client.get_users_tweets(OURS)) == [again]
    assert sandbox.log.times_sent(call.id, "Sorry") == 2


def test_a_late_comment_sent_again_is_there_twice(
    world: World, sandbox: Sandbox, thread: Post, hurried_praw: None
) -> None:
    sandbox.faults.arm(Fault("/api/comment", "late", delay=45))
    writer = reddit_writer(sandbox)
    with pytest.raises(prawcore.RequestException):
        writer.submission(thread.id).reply("Sorry")
    writer.submission(thread.id).reply("Sorry")
    world.clock.advance(timedelta(seconds=60))
    assert [one.body for one in writer.redditor("tarnbrook_team").comments.new()] == ["Sorry"] * 2
