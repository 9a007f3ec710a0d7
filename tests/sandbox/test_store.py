"""What outlives a restart, a killed one included."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests
import tweepy

from sandbox.clock import Clock
from sandbox.faults import Fault
from sandbox.life import load_story
from sandbox.records import Draft
from sandbox.server import Sandbox, build, running
from sandbox.store import StoreError, keep_in
from sandbox.world import World, small_world
from tests.sandbox.clients import reddit_writer, x_client
from tests.sandbox.conftest import NOW

ROOT = Path(__file__).parents[2]
LATER = NOW + timedelta(days=400)


def test_the_whole_story_is_put_back_as_it_was(tmp_path: Path) -> None:
    told = load_story(Clock(timedelta(minutes=-187)))
    told.mark_read({"t1_a"})
    told.put_off(Draft("x", "brand", None, "later", told.clock.now()))
    keep_in(told, tmp_path).close()
    found = World(Clock(stopped_at=LATER))
    with keep_in(found, tmp_path):
        for name in ("people", "subreddits", "blogs", "posts", "answers", "drafts", "read_inbox"):
            assert getattr(found, name) == getattr(told, name), name
        assert list(found.posts) == list(told.posts)
        assert found.clock.state == told.clock.state
        for post in told.posts.values():
            assert {found.find(post.platform, known) for known in (post.id, *(e.id for e in post.edits if e.id))} == {
                post
            }


def test_every_field_of_a_post_is_kept(tmp_path: Path) -> None:
    world = load_story(Clock(stopped_at=NOW))
    undated = world.add("blog", "imogen", "", title="T", place=next(iter(world.blogs)), served_at="")
    dated = world.add("blog", "imogen", "", title="T", place=undated.place, served_at=NOW, listed_at=NOW)
    world.delete(dated.key, removed=True)
    usual = {field.name: field.default for field in fields(undated)}
    changed = {name for post in world.posts.values() for name in usual if getattr(post, name) != usual[name]}
    assert changed == usual.keys()
    keep_in(world, tmp_path).close()
    found = World()
    with keep_in(found, tmp_path):
        assert found.posts == world.posts


def test_changes_after_the_start_are_kept_too(tmp_path: Path) -> None:
    world = small_world(NOW)
    with keep_in(world, tmp_path):
        world.add_subreddit("tea")
        world.bar_us("tea")
        first = world.add("x", "marta", "one", listed_at=NOW + timedelta(seconds=10))
        world.edit(first.key, "two")
        world.delete(world.add("reddit", "marta", "", title="T", place="tea").key, removed=True)
        world.lock(world.add("reddit", "marta", "", title="U", place="kettles").key)
        world.clock.advance(timedelta(hours=5))
    found = World()
    with keep_in(found, tmp_path):
        assert (found.posts, found.subreddits) == (world.posts, world.subreddits)
        assert found.clock.now() == NOW + timedelta(hours=5)
        assert found.add("x", "marta", "three").id != first.id


def test_a_running_clock_goes_on_while_nobody_looks(tmp_path: Path) -> None:
    world = small_world()
    with keep_in(world, tmp_path):
        world.clock.set(LATER)
    found = World(Clock(stopped_at=NOW))
    with keep_in(found, tmp_path):
        assert found.clock.now() > LATER
        assert not found.clock.stopped


def test_a_folder_serves_one_sandbox_at_a_time(tmp_path: Path) -> None:
    with keep_in(small_world(NOW), tmp_path), pytest.raises(StoreError, match="in use by another sandbox"):
        keep_in(small_world(NOW), tmp_path)


def test_a_strange_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "sandbox.sqlite").write_bytes(b"no database, but long enough to be taken for one " * 40)
    with pytest.raises(StoreError, match="is no sandbox's file"):
        keep_in(small_world(NOW), tmp_path)


def test_limits_tokens_duplicates_and_late_posts_go_on_after_a_restart(tmp_path: Path) -> None:
    world = small_world(NOW)
    call = world.add("x", "marta", "@tarnbrook hello", at=NOW - timedelta(hours=1))
    thread = world.add("reddit", "marta", "", title="T", place="kettles", at=NOW - timedelta(hours=1))
    with running(world, folder=tmp_path) as sandbox:
        x_client(sandbox).create_tweet(text="Sorry", in_reply_to_tweet_id=call.id)
        sandbox.faults.arm(Fault("/2/tweets", "drop", method="POST", acts=True, delay=45))
        with pytest.raises(OSError, match=r"Connection|Remote"):
            x_client(sandbox).create_tweet(text="Hello", in_reply_to_tweet_id=call.id)
        writer = reddit_writer(sandbox)
        writer.submission(thread.id).reply("Sorry")
    with running(small_world(LATER), folder=tmp_path) as again:
        assert again.clock.now() == NOW
        client = x_client(again, return_type=requests.Response)
        with pytest.raises(tweepy.Forbidden, match="duplicate"):
            client.create_tweet(text="Sorry", in_reply_to_tweet_id=call.id)
        again.clock.advance(timedelta(seconds=60))
        answer = client.create_tweet(text="One more", in_reply_to_tweet_id=call.id)
        assert answer.headers["x-rate-limit-remaining"] == "96"
        token = {"Authorization": f"bearer {next(iter(again.world.tokens))}"}
        mine = httpx.get(f"{again.url}/user/tarnbrook_team/comments", headers=token, timeout=60).json()
        assert [one["data"]["body"] for one in mine["data"]["children"]] == ["Sorry"]
        assert [post.text for post in again.world.posts.values() if post.by == "brand"] == [
            *("Sorry", "Sorry", "Hello", "One more"),
        ]


def by_hand(world: World, url: str) -> Sandbox:
    sandbox = build(world)
    sandbox.url = url
    return sandbox


@contextmanager
def started(folder: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], Sandbox]]:
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--data", str(folder), *more]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert found, line
            yield process, by_hand(World(), found[0])
        finally:
            process.send_signal(signal.SIGKILL)


def pull(sandbox: Sandbox, name: str, **given: Any) -> Any:
    return httpx.post(f"{sandbox.url}/sandbox/{name}", json=given, timeout=60).json()


def test_a_sandbox_killed_behind_its_answers_has_lost_none_of_them(tmp_path: Path) -> None:
    with started(tmp_path, "--behind", "187") as (_, sandbox):
        call = pull(sandbox, "post", on="x", by="olu", text="@tarnbrook hello?", key="call")
        thread = pull(sandbox, "post", on="reddit", by="vera", text="", title="T", place="kettles", key="thread")
        client = x_client(sandbox)
        tweets = [
            client.create_tweet(text=f"Hello {n}", in_reply_to_tweet_id=call["id"])["data"]["id"] for n in range(20)
        ]
        comment = reddit_writer(sandbox, username="tarnbrook_team").submission(thread["id"]).reply("Hello").fullname
        client.delete_tweet(tweets[0])
        pull(sandbox, "clock", advance=3600)
    with started(tmp_path) as (_, sandbox):
        found = x_client(sandbox).get_tweets(tweets)
        assert [one["id"] for one in found["data"]] == tweets[1:]
        assert [one["value"] for one in found["errors"]] == tweets[:1]
        [kept] = reddit_writer(sandbox).info(fullnames=[comment])
        assert (kept.body, kept.parent_id) == ("Hello", f"t3_{thread['id']}")
        now = datetime.fromisoformat(httpx.get(f"{sandbox.url}/sandbox/state", timeout=60).json()["now"])
        assert timedelta(minutes=126) < datetime.now(UTC) - now < timedelta(minutes=128)
