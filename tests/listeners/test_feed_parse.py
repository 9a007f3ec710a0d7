"""Parsing in the child: whatever the feed does, it ends, and the next one is read."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from listeners.errors import Unreachable
from listeners.feed_parse import NotAFeed, _worker, parse_feed
from tests.listeners.tiny_server import item, rss

ROOT = Path(__file__).parents[2]


def titles(body: bytes, seconds: float = 20.0) -> list[str]:
    return [e.title.text for e in parse_feed(body, "application/xml", "http://blog.example/", seconds=seconds).entries]


def test_a_feed_is_read() -> None:
    assert titles(rss(item("1", "Hello"), item("2", "World"))) == ["Hello", "World"]


def test_a_feed_that_takes_too_long_costs_a_child_and_no_more() -> None:
    costly = rss(*(item(str(n)) for n in range(20_000)))
    with pytest.raises(NotAFeed, match=r"longer than 0\.05 s"):
        titles(costly, seconds=0.05)
    assert titles(rss(item("1", "Next"))) == ["Next"]


def test_a_child_that_somebody_ended_is_replaced_without_a_word() -> None:
    titles(rss(item("1")))
    child = _worker._child
    assert child is not None
    os.kill(child.pid, signal.SIGKILL)
    assert titles(rss(item("1", "Still here"))) == ["Still here"]
    assert child.returncode == -signal.SIGKILL


def test_threads_share_the_child_and_get_their_own_answers() -> None:
    got: dict[int, list[str]] = {}

    def visit(n: int) -> None:
        got[n] = titles(rss(*(item(f"{n}-{i}", f"Title {n}-{i}") for i in range(50))))

    threads = [threading.Thread(target=visit, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == {n: [f"Title {n}-{i}" for i in range(50)] for n in range(8)}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"), (b" \n ", "empty"), (b"\x00" * 100, "no feed"), (b"hello", "no feed"),
        (b"<!DOCTYPE html><html><head><title>Blog</title></head><body>Hi</body></html>", "web page"),
        (b"{}", "no JSON Feed"), (b'{"feed"', "JSON"), (b"<opml version='2.0'/>", "neither RSS nor Atom"),
        (b"\x89PNG\r\n\x1a\n", "no feed"),
    ],
)  # fmt: skip
def test_what_is_no_feed_says_what_it_is(body: bytes, words: str) -> None:
    with pytest.raises(Unreachable, match=words):
        titles(body)


def test_a_broken_feed_with_entries_is_read_with_a_warning() -> None:
    body = rss(item("1", "Good")).replace(b"</channel>", b"<broken></channel>")
    feed = parse_feed(body, "application/xml", "http://blog.example/")
    assert [e.title.text for e in feed.entries] == ["Good"]
    assert feed.warning


def test_an_empty_feed_is_a_feed() -> None:
    assert titles(rss()) == []


def test_the_parent_does_not_load_feedparser_and_leaves_no_child_behind() -> None:
    script = (
        "import os, sys, listeners.feed_parse as p\n"
        "p.parse_feed(b'<rss><channel><item><title>x</title></item></channel></rss>', '', 'http://x.example/')\n"
        "assert 'feedparser' not in sys.modules\n"
        "print(p._worker._child.pid)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert not Path(f"/proc/{int(done.stdout)}").exists()
