"""Reddit's public feeds, through httpx and feedparser."""

import io
from datetime import timedelta
from typing import Any

import feedparser
import pytest

from sandbox.records import Post
from sandbox.server import Sandbox
from sandbox.world import World
from tests.sandbox.clients import get
from tests.sandbox.conftest import NOW


def read(sandbox: Sandbox, path: str) -> Any:
    answer = get(sandbox, path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = feedparser.parse(io.BytesIO(answer.content))
    assert not feed.bozo
    return feed


@pytest.fixture
def thread(world: World) -> tuple[Post, Post]:
    root = world.add("reddit", "marta", "a < b & c", title="Kettle <leaks>", place="kettles", at=NOW)
    return root, world.add("reddit", "pavel", "so does mine", re=root.key, at=NOW)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/r/kettles+coffee/new/.rss", ["root"]),
        ("/r/kettles/new.rss?limit=100", ["root"]),
        ("/r/coffee/new/.rss", []),
        ("/r/kettles+coffee/comments/.rss", ["comment"]),
        ("/search.rss?q=%22kettle+leaks%22&sort=new", ["root"]),
        ("/r/kettles/search.rss?q=kettle&restrict_sr=on&sort=new", ["root"]),
        ("/r/coffee/search.rss?q=kettle&restrict_sr=on&sort=new", []),
        ("/r/coffee/search.rss?q=kettle&sort=new", ["root"]),
        ("/user/u_pavel/comments/.rss", ["comment"]),
        ("/comments/ROOT/.rss", ["root", "comment"]),
        ("/r/kettles/comments/ROOT/.rss", ["root", "comment"]),
    ],
)
def test_feeds_hold_what_their_listing_holds(
    thread: tuple[Post, Post], sandbox: Sandbox, path: str, found: list[str]
) -> None:
    root, comment = thread
    feed = read(sandbox, path.replace("ROOT", root.id))
    names = {root.fullname: "root", comment.fullname: "comment"}
    assert [names[entry.id] for entry in feed.entries] == found


def test_an_entry_has_the_shape_reddit_gives_it(thread: tuple[Post, Post], sandbox: Sandbox) -> None:
    root, comment = thread
    first = read(sandbox, "/r/kettles/new/.rss").entries[0]
    assert (first.title, first.author, first.published) == ("Kettle <leaks>", "/u/u_marta", "2026-03-04T12:00:00+00:00")
    assert first.link == f"https://www.reddit.com/r/kettles/comments/{root.id}/kettle_leaks/"
    content = first.content[0].value
    assert "<p>a &lt; b &amp; c</p>" in content
    assert "submitted by" in content
    said = read(sandbox, "/r/kettles/comments/.rss").entries[0]
    assert (said.title, said.updated) == ("/u/u_pavel on Kettle <leaks>", "2026-03-04T12:00:00+00:00")
    assert said.link.endswith(f"/kettle_leaks/{comment.id}/")


def test_what_was_deleted_is_gone_from_the_feeds(thread: tuple[Post, Post], world: World, sandbox: Sandbox) -> None:
    world.delete(thread[1].key)
    assert read(sandbox, "/r/kettles/comments/.rss").entries == []


def test_what_listings_refuse_feeds_refuse(world: World, sandbox: Sandbox) -> None:
    world.add_subreddit("secret", "private")
    assert get(sandbox, "/r/secret/new/.rss").status_code == 403
    missing = get(sandbox, "/r/nowhere/new/.rss")
    assert (missing.status_code, "/subreddits/search" in missing.headers["location"]) == (302, True)
    assert get(sandbox, "/comments/zzz/.rss").status_code == 404
    assert get(sandbox, "/r/kettles/new/.rss", headers={"User-Agent": "curl/8"}).status_code == 429


def test_a_hundred_requests_in_ten_minutes_are_enough_without_a_key(world: World, sandbox: Sandbox) -> None:
    answers = [get(sandbox, "/r/kettles/new/.rss") for _ in range(101)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert answers[-1].headers["retry-after"] == "600"
    world.clock.advance(timedelta(minutes=10))
    assert get(sandbox, "/r/kettles/new/.rss").status_code == 200
