"""Answering on Reddit, through praw: what is taken, what is refused and in which words."""

from datetime import timedelta
from typing import Any

import httpx
import praw
import prawcore
import pytest

from sandbox.records import Post
from sandbox.server import Sandbox
from sandbox.world import World
from tests.sandbox.clients import AGENT, reddit_client, reddit_writer
from tests.sandbox.conftest import NOW


@pytest.fixture
def thread(world: World) -> Post:
    """Marta's submission in r/kettles, three hours old."""
    at = NOW - timedelta(hours=3)
    return world.add("reddit", "marta", "on the left", title="Leaks", place="kettles", at=at)


@pytest.fixture
def said(world: World, thread: Post) -> Post:
    """What Pavel says to it."""
    return world.add("reddit", "pavel", "mine too", re=thread.key, at=NOW - timedelta(hours=2))


def error_of(writer: Any, post: Post, text: str = "Sorry") -> tuple[str, str | None, str | None]:
    with pytest.raises(praw.exceptions.RedditAPIException) as refused:
        target(writer, post).reply(text)
    [item] = refused.value.items
    return item.error_type, item.message, item.field


def target(reddit: Any, post: Post) -> Any:
    return reddit.submission(post.id) if post.kind == "submission" else reddit.comment(post.id)


def test_a_reply_comes_back_as_the_comment_it_became(world: World, sandbox: Sandbox, thread: Post, said: Post) -> None:
    writer = reddit_writer(sandbox)
    text = "**Sorry** & [see here](https://example.org/b44)\n\n> mine too\n\nMika"
    for parent in (thread, said):
        made = target(writer, parent).reply(text)
        assert (made.body, made.author.name, made.parent_id) == (text, "tarnbrook_team", parent.fullname)
        assert (made.link_id, made.created_utc, made.subreddit.display_name) == (
            thread.fullname,
            NOW.timestamp(),
            "kettles",
        )
        stored = world.find("reddit", made.id)
        assert stored is not None
        assert (stored.text, stored.re, stored.root) == (text, parent.key, thread.key)


def test_the_same_comment_twice_is_two_comments(sandbox: Sandbox, thread: Post) -> None:
    writer = reddit_writer(sandbox)
    assert len({target(writer, thread).reply("Sorry").id for _ in range(2)}) == 2
    assert sandbox.log.times_sent(thread.fullname, "Sorry") == 2
    assert sandbox.log.counts()["POST /api/comment/"] == 2


def test_locked_deleted_and_old_threads_take_no_comment(
    world: World, sandbox: Sandbox, thread: Post, said: Post
) -> None:
    old = world.add("reddit", "marta", "", title="Old", place="kettles", at=NOW - timedelta(days=181))
    late = world.add("reddit", "pavel", "still true", re=old.key, at=NOW - timedelta(days=1))
    writer = reddit_writer(sandbox)
    too_old = ("TOO_OLD", "that's a piece of history now; it's too late to reply to it", "parent")
    assert [error_of(writer, post) for post in (old, late)] == [too_old] * 2
    world.delete(said.key)
    assert error_of(writer, said) == ("DELETED_COMMENT", "that comment has been deleted", "parent")
    world.lock(thread.key)
    assert error_of(writer, thread) == ("THREAD_LOCKED", "Comments are locked.", "parent")
    world.delete(thread.key)
    assert error_of(writer, thread)[0] == "DELETED_LINK"


def test_empty_and_endless_texts_are_refused(sandbox: Sandbox, thread: Post) -> None:
    writer = reddit_writer(sandbox)
    assert error_of(writer, thread, "  ") == ("NO_TEXT", "we need something here", "text")
    assert error_of(writer, thread, "a" * 10_001) == ("TOO_LONG", "this is too long (max: 10000)", "text")
    assert len(target(writer, thread).reply("a" * 10_000).body) == 10_000


def test_an_app_without_a_user_is_asked_to_log_in(sandbox: Sandbox, thread: Post) -> None:
    told = error_of(reddit_client(sandbox, username=None, password=None), thread)
    assert told == ("USER_REQUIRED", "Please log in to do that.", "")


def test_a_thing_that_never_was_cannot_be_answered(sandbox: Sandbox) -> None:
    with pytest.raises(praw.exceptions.RedditAPIException, match="NO_THING_ID"):
        reddit_writer(sandbox).comment("zzzzzz").reply("Sorry")


def test_where_we_are_barred_and_where_nobody_may_a_comment_is_forbidden(world: World, sandbox: Sandbox) -> None:
    world.add_subreddit("closed", "private")
    world.add_subreddit("shut", "banned")
    world.bar_us("coffee")
    writer = reddit_writer(sandbox)
    for place in ("closed", "shut", "coffee"):
        post = world.add("reddit", "marta", "", title="T", place=place, at=NOW - timedelta(hours=1))
        with pytest.raises(prawcore.Forbidden):
            target(writer, post).reply("Sorry")
    assert [one.title for one in writer.subreddit("coffee").new()] == ["T"]
    told = httpx.post(f"{sandbox.url}/sandbox/bar", json={"subreddit": "coffee", "barred": False}, timeout=60)
    assert told.json() == {"subreddit": "coffee", "barred": False}
    assert writer.submission(post.id).reply("Sorry").id


def test_too_many_comments_end_in_a_pause_that_says_how_long(world: World, sandbox: Sandbox, thread: Post) -> None:
    world.comments_per_window = 2
    writer = reddit_writer(sandbox)
    for n in range(2):
        target(writer, thread).reply(f"Sorry {n}")
        world.clock.advance(timedelta(seconds=50))
    words = "Looks like you've been doing that a lot. Take a break for 8 minutes before trying again."
    assert error_of(writer, thread) == ("RATELIMIT", words, "ratelimit")
    world.clock.advance(timedelta(minutes=8, seconds=20))
    assert target(writer, thread).reply("Sorry").id


def test_the_pause_is_also_told_in_seconds(world: World, sandbox: Sandbox, thread: Post) -> None:
    world.comments_per_window = 0
    form = {"grant_type": "password", "username": "tarnbrook_team", "password": world.keys.reddit_password}
    basic = (world.keys.reddit_client_id, world.keys.reddit_client_secret)
    token = httpx.post(f"{sandbox.url}/api/v1/access_token", data=form, auth=basic).json()["access_token"]
    asked = {"thing_id": thread.fullname, "text": "Sorry", "api_type": "json"}
    headers = {"Authorization": f"bearer {token}", "User-Agent": AGENT}
    told = httpx.post(f"{sandbox.url}/api/comment", data=asked, headers=headers).json()["json"]
    assert (told["ratelimit"], told["errors"][0][0]) == (600.0, "RATELIMIT")
    assert "10 minutes" in told["errors"][0][1]


def test_our_comment_can_be_edited_and_deleted_and_another_persons_cannot(
    world: World, sandbox: Sandbox, thread: Post, said: Post
) -> None:
    writer = reddit_writer(sandbox)
    made = target(writer, thread).reply("Sory")
    world.clock.advance(timedelta(minutes=1))
    assert made.edit("Sorry").body == "Sorry"
    fresh = next(writer.info(fullnames=[made.fullname]))
    assert (fresh.body, fresh.edited) == ("Sorry", (NOW + timedelta(minutes=1)).timestamp())
    with pytest.raises(praw.exceptions.RedditAPIException, match="NOT_AUTHOR"):
        target(writer, said).edit("never")
    made.delete()
    target(writer, said).delete()
    things = list(writer.info(fullnames=[made.fullname, said.fullname]))
    assert [one.body for one in things] == ["[deleted]", "mine too"]
