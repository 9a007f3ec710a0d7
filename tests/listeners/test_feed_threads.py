"""Comments of articles we are in."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from listeners.base import Followed
from listeners.errors import RateLimited, Unreachable
from listeners.feed_threads import FeedThreads, comment_feed_of, open_feed_threads
from settings import Settings
from tests.listeners.feed_stage import server, told
from tests.listeners.tiny_server import Answer, TinyServer, item, rss

__all__ = ["server", "told"]
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def followed(server: TinyServer, name: str) -> Followed:
    return Followed(thread_id=f"tag:{name}", comments_url=server.url(f"/{name}/comments"))


@pytest.fixture
def threads(told: Settings) -> FeedThreads:
    return FeedThreads(told, now=lambda: NOON)


def test_comments_come_under_their_article(server: TinyServer, threads: FeedThreads) -> None:
    server.routes["/a/comments"] = Answer(
        200, {"ETag": '"1"'}, rss(item("2", "By: Ana", "Hi"), item("1", "By: Ben", "Ho"))
    )
    batch = threads.fetch_threads([followed(server, "a")])
    assert [(p.text, p.thread_id, p.parent_id) for p in batch.posts] == [
        ("Hi", "tag:a", "tag:a"),
        ("Ho", "tag:a", "tag:a"),
    ]
    assert (batch.requests, set(batch.cursors)) == (1, {"tag:a"})


def test_the_next_visit_is_one_conditional_request(server: TinyServer, threads: FeedThreads) -> None:
    server.routes["/a/comments"] = Answer(200, {"ETag": '"1"'}, rss(item("1")))
    thread = followed(server, "a")
    first = threads.fetch_threads([thread])
    server.routes["/a/comments"] = Answer(304)
    second = threads.fetch_threads([replace(thread, cursor=first.cursors["tag:a"])])
    assert (second.posts, second.requests) == ((), 1)
    assert server.seen[-1][1]["If-None-Match"] == '"1"'


def test_a_gone_or_broken_comment_feed_does_not_stop_the_others(server: TinyServer, threads: FeedThreads) -> None:
    server.routes |= {
        "/a/comments": Answer(410), "/b/comments": Answer(200, {}, b"<html>"),
        "/c/comments": Answer(200, {}, rss(item("1"))),
    }  # fmt: skip
    batch = threads.fetch_threads([followed(server, n) for n in "abc"])
    assert [p.thread_id for p in batch.posts] == ["tag:c"]
    assert set(batch.cursors) == {"tag:a", "tag:c"}
    assert "gone" in batch.notes[0]
    assert "web page" in batch.notes[1]


def test_a_host_that_asks_to_wait_is_left_alone(server: TinyServer, threads: FeedThreads) -> None:
    server.routes |= {"/a/comments": Answer(200, {}, rss(item("1"))), "/b/comments": Answer(429, {"Retry-After": "60"})}
    batch = threads.fetch_threads([followed(server, n) for n in "abc"])
    assert server.paths() == ["/a/comments", "/b/comments"]
    assert set(batch.cursors) == {"tag:a"}
    assert batch.retry_at is not None
    assert "429" in batch.limited


def test_when_every_thread_fails_the_visit_fails(server: TinyServer, threads: FeedThreads) -> None:
    server.routes["/a/comments"] = Answer(429)
    with pytest.raises(RateLimited):
        threads.fetch_threads([followed(server, "a")])
    server.routes["/a/comments"] = Answer(500)
    with pytest.raises(Unreachable):
        threads.fetch_threads([followed(server, "a"), followed(server, "b")])


def test_no_threads_are_no_work(told: Settings) -> None:
    assert open_feed_threads(told).fetch_threads([]).requests == 0


PAGE = b"""<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml">
<link rel="alternate" type="application/rss+xml" href="/a/kettle/feed.xml"><link rel="alternate" href="/a/kettle/de"
hreflang="de"></head><body><link rel="alternate" type="application/rss+xml" href="/a/kettle/evil.xml"></body></html>"""


def test_an_article_without_a_known_comment_feed_is_asked_for_it_once(server: TinyServer, threads: FeedThreads) -> None:
    server.routes |= {"/a/kettle/": Answer(200, {}, PAGE), "/a/kettle/feed.xml": Answer(200, {}, rss(item("1")))}
    thread = Followed(thread_id="tag:a", url=server.url("/a/kettle/"))
    first = threads.fetch_threads([thread])
    assert [p.thread_id for p in first.posts] == ["tag:a"]
    threads.fetch_threads([replace(thread, cursor=first.cursors["tag:a"])])
    assert server.paths() == ["/a/kettle/", "/a/kettle/feed.xml", "/a/kettle/feed.xml"]


def test_an_article_without_comments_is_not_asked_again(server: TinyServer, threads: FeedThreads) -> None:
    server.routes["/a/kettle/"] = Answer(200, {}, b"<html><head></head></html>")
    thread = Followed(thread_id="tag:a", url=server.url("/a/kettle/"))
    first = threads.fetch_threads([thread])
    threads.fetch_threads([replace(thread, cursor=first.cursors["tag:a"]), Followed(thread_id="tag:b")])
    assert server.paths() == ["/a/kettle/"]


def test_the_blogs_own_feed_is_not_taken_for_the_comments() -> None:
    assert comment_feed_of(PAGE, "https://blog.example/a/kettle") == "https://blog.example/a/kettle/feed.xml"
    assert comment_feed_of(PAGE, "https://blog.example/b/") == ""
    assert comment_feed_of(PAGE, "https://blog.example/") == ""
    assert comment_feed_of(b"\xff\x00<", "https://blog.example/a/") == ""
