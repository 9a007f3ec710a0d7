"""Blogs, through httpx and feedparser: articles, comments, conditional requests."""

import io
from datetime import timedelta
from typing import Any

import feedparser
import pytest

from sandbox.records import Blog, Post
from sandbox.server import Sandbox
from sandbox.world import World
from tests.sandbox.clients import get
from tests.sandbox.conftest import NOW

FEEDS = ("/blog/slow-kitchen/feed.xml", "/blog/slow-kitchen/atom.xml")


def read(sandbox: Sandbox, path: str) -> Any:
    answer = get(sandbox, path.removeprefix(sandbox.url))
    assert answer.status_code == 200, answer.text
    feed = feedparser.parse(io.BytesIO(answer.content))
    assert not feed.bozo
    return feed


def write(world: World, title: str, hours: float = 1, **more: Any) -> Post:
    at = NOW - timedelta(hours=hours)
    return world.add("blog", "marta", "One & <two>.\n\nThree.\nFour.", title=title, place="slow-kitchen", at=at, **more)


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_holds_the_newest_ten_articles(world: World, sandbox: Sandbox, path: str) -> None:
    posts = [write(world, f"Kettle {n}", n) for n in range(1, 13)]
    entries = read(sandbox, path).entries
    assert [entry.title for entry in entries] == [post.title for post in posts[:10]]
    assert {entry.author for entry in entries} == {"Marta"}
    assert entries[0].published_parsed[:5] == (2026, 3, 4, 11, 0)
    assert entries[0].content[0].value == "<p>One &amp; &lt;two&gt;.</p>\n<p>Three.<br />\nFour.</p>"


def test_both_feeds_and_every_address_agree_on_identities(world: World, sandbox: Sandbox) -> None:
    write(world, "Kettles")
    ids = {entry.id for path in FEEDS for entry in read(sandbox, path).entries}
    assert len(ids) == 1
    assert sandbox.address not in ids.pop()


def test_comment_feeds_are_announced_and_hold_the_comments(world: World, sandbox: Sandbox) -> None:
    article = write(world, "Kettles", 5)
    first = world.add("blog", "pavel", "Mine leaks", re=article.key, at=NOW - timedelta(hours=4))
    world.add("blog", "brand", "Sorry!", re=first.key, at=NOW - timedelta(hours=3))
    rss, atom = (read(sandbox, path).entries[0] for path in FEEDS)
    assert rss.slash_comments == "2"
    replies = next(link for link in atom.links if link.rel == "replies")
    by_rss, by_atom = read(sandbox, rss.wfw_commentrss).entries, read(sandbox, replies.href).entries
    assert [entry.id for entry in by_rss] == [entry.id for entry in by_atom]
    assert [entry.author for entry in by_rss] == ["Tarnbrook", "Pavel"]
    assert "In reply to" in by_rss[0].content[0].value
    assert "In reply to" not in by_rss[1].content[0].value
    assert by_atom[0]["thr_in-reply-to"]["ref"] == by_atom[1].id
    assert by_atom[1]["thr_in-reply-to"]["ref"] == rss.id


def test_an_article_page_shows_the_article_and_its_comments_as_text(world: World, sandbox: Sandbox) -> None:
    article = write(world, "Kettles & co", 5)
    world.add("blog", "pavel", "<script>alert(1)</script>", re=article.key, at=NOW - timedelta(hours=4))
    world.lock(article.key)
    page = get(sandbox, read(sandbox, FEEDS[0]).entries[0].link.removeprefix(sandbox.url))
    assert page.headers["content-type"].startswith("text/html")
    assert "<h1>Kettles &amp; co</h1>" in page.text
    assert "&lt;script&gt;" in page.text
    assert "<script>" not in page.text
    assert "Comments are closed." in page.text


@pytest.mark.parametrize("path", FEEDS)
def test_an_unchanged_feed_answers_304_and_a_changed_one_anew(world: World, sandbox: Sandbox, path: str) -> None:
    post = write(world, "Kettles", 5)
    first = get(sandbox, path)
    by_tag = {"If-None-Match": first.headers["etag"]}
    by_date = {"If-Modified-Since": first.headers["last-modified"]}
    assert [get(sandbox, path, headers=given).status_code for given in (by_tag, by_date)] == [304, 304]
    world.clock.advance(timedelta(hours=1))
    assert get(sandbox, path, headers=by_tag).status_code == 304
    world.edit(post.key, "Other words")
    assert [get(sandbox, path, headers=given).status_code for given in (by_tag, by_date)] == [200, 200]


def test_feeds_are_packed_for_those_who_take_gzip(world: World, sandbox: Sandbox) -> None:
    write(world, "Kettles")
    packed = get(sandbox, FEEDS[0], headers={"Accept-Encoding": "gzip"})
    plain = get(sandbox, FEEDS[0], headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text


def test_a_moved_blog_points_on_a_closed_one_is_gone_an_unknown_one_missing(world: World, sandbox: Sandbox) -> None:
    write(world, "Kettles")
    world.add_blog(Blog("old-kitchen", "Old", "marta", moved_to="slow-kitchen"))
    world.add_blog(Blog("closed", "Closed", "marta", gone=True))
    moved = get(sandbox, "/blog/old-kitchen/feed.xml")
    assert (moved.status_code, moved.headers["location"]) == (301, f"{sandbox.url}{FEEDS[0]}")
    assert get(sandbox, "/blog/closed/feed.xml").status_code == 410
    assert get(sandbox, "/blog/nowhere/feed.xml").status_code == 404
    assert get(sandbox, "/blog/slow-kitchen/no-such-article/comments.xml").status_code == 404


@pytest.mark.parametrize("path", FEEDS)
def test_an_item_may_be_undated_backdated_or_of_the_same_second(world: World, sandbox: Sandbox, path: str) -> None:
    write(world, "Backdated", 1, served_at=NOW - timedelta(days=400))
    write(world, "Undated", 2, served_at="")
    for title in ("First", "Second"):
        write(world, title, 3)
    dates = {entry.title: entry.get("published") for entry in read(sandbox, path).entries}
    assert dates["Undated"] is None
    assert "2025" in dates["Backdated"]
    assert dates["First"] == dates["Second"]


def test_what_was_deleted_leaves_the_feed(world: World, sandbox: Sandbox) -> None:
    post = write(world, "Kettles")
    world.delete(post.key)
    assert read(sandbox, FEEDS[0]).entries == []
