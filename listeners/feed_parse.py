"""LISTEN: parse a feed in a child process with a time limit. Comes in: the bytes. Goes out: a `ParsedFeed`.

One warm child serves all threads of this process in turn; it is started at the first feed (spawned, never forked) and
replaced when it had to be ended. Never parses a feed in this process: a few hundred kB can keep feedparser busy for
minutes, and threads cannot be stopped.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from listeners.errors import Unreachable
from listeners.feed_child import read_frame, write_frame
from listeners.feed_shapes import (
    Moment,
    ParsedAuthor,
    ParsedEntry,
    ParsedFeed,
    ParsedLink,
    ParsedText,
    from_json,
)

__all__ = [
    "Moment", "NotAFeed", "ParsedAuthor", "ParsedEntry", "ParsedFeed", "ParsedLink", "ParsedText", "parse_feed",
]  # fmt: skip


class NotAFeed(Unreachable):
    """An address answered, and what it sent cannot be read as a feed."""


def parse_feed(body: bytes, content_type: str, url: str, *, seconds: float = 20.0) -> ParsedFeed:
    """Read a feed of any format within `seconds` (Settings.parse_timeout). `url` is the base of relative links.

    A feed that is not well-formed is read as far as possible, with `warning`. Raises `NotAFeed`, with words for
    people, when the body is no feed, is too large or costly to read, or is unreadable; the next call works again.

    >>> parse_feed(b"<rss><channel><item><title>Hi</title></item></channel></rss>", "", "http://x.example/").version
    'rss'
    """
    feed = _worker.read(body, content_type, url, seconds)
    if not feed.entries and (not feed.version or (feed.warning and not feed.title)):
        raise NotAFeed(f"This is no feed that can be read: {_what(body, feed)}")
    return feed


def _what(body: bytes, feed: ParsedFeed) -> str:
    """What it is instead, in a few words that hold nothing of its text."""
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        return "the answer is empty"
    if start.startswith(b"{"):
        return feed.warning
    if b"<html" in start or start.startswith(b"<!doctype html"):
        return "it is a web page; look on it for a link named RSS, Atom or feed"
    if start.startswith(b"<") and feed.warning:
        return "its XML is broken from the start"
    return "it is neither RSS nor Atom nor JSON Feed"


class _Worker:
    """The warm child. All threads take turns; a parse is short, and two cores are not gained by more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def read(self, body: bytes, content_type: str, url: str, seconds: float) -> ParsedFeed:
        head = json.dumps({"content_type": content_type, "url": url, "seconds": seconds * 2}).encode()
        with self._lock:
            warm = self._child is not None
            answer, late = self._ask(head, body, seconds)
            if answer is None and warm and not late:
                answer, late = self._ask(head, body, seconds)  # the warm child was ended by somebody else meanwhile
        if late:
            raise NotAFeed(f"The feed took longer than {seconds:g} s to read; it is broken or hostile")
        if answer is None or answer == b"!MemoryError":
            raise NotAFeed("The feed needs more memory to read than a feed may; it is broken or hostile")
        if answer[:1] != b"+":
            raise NotAFeed(f"The feed could not be read ({answer[1:60].decode('ascii', 'replace')})")
        return from_json(answer[1:])

    def _ask(self, head: bytes, body: bytes, seconds: float) -> tuple[bytes | None, bool]:
        """The child's answer, None if it ended; and whether it was us, because the time was over."""
        child = self._child = self._child or _start()
        late = threading.Event()

        def over() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(seconds, over)
        timer.start()
        try:
            answer = _exchange(child, head, body)
        finally:
            timer.cancel()
            timer.join()
        if answer is None or late.is_set():
            self.close()
        return answer, late.is_set() and answer is None

    def close(self) -> None:
        """End the child, if there is one; the next feed starts another."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with suppress(OSError):  # what was still to be written to it is of no use to anyone
                    stream.close()

    def forget(self) -> None:
        """In a forked process: the child belongs to the parent; start one of our own."""
        self.__init__()  # type: ignore[misc]


def _exchange(child: "subprocess.Popen[bytes]", head: bytes, body: bytes) -> bytes | None:
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        write_frame(child.stdin, head)
        write_frame(child.stdin, body)
        return read_frame(child.stdout)
    except OSError:
        return None


def _start() -> "subprocess.Popen[bytes]":
    """A fresh child that finds our packages where we did and does not hear the Ctrl-C meant for us."""
    root = str(Path(__file__).parent.parent)
    path = os.pathsep.join(p for p in (root, os.environ.get("PYTHONPATH", "")) if p)
    return subprocess.Popen(
        [sys.executable, "-m", "listeners.feed_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
    )


_worker = _Worker()
atexit.register(_worker.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_worker.forget)
