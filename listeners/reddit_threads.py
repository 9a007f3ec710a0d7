"""LISTEN: the Reddit threads we are in. Comes in: threads with what their last visit left. Goes out: their new posts.

Cheapest way first: with keys, one request tells of a hundred threads which have changed, and only those are read;
without keys, each thread's public feed. It never answers.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from listeners.base import Followed, Ours, ThreadBatch, ThreadListener
from listeners.errors import Gone, ListenerError, Refused
from listeners.post import Cursor, Post
from listeners.reddit_answers import ending
from listeners.reddit_client import client_of, has_keys
from listeners.reddit_recheck import open_reddit_recheck, states_of
from listeners.reddit_site import PublicReddit
from listeners.reddit_tree import read_tree
from listeners.reddit_walk import unique
from settings import Settings

__all__ = ["ApiThreads", "PublicThreads", "open_reddit_recheck", "open_reddit_threads"]

ASKED = 100
"""Threads looked at in one visit with keys: as many as one api/info takes."""
READ = 20
"""Threads read whole in one visit with keys; each costs a request, and up to `reddit_tree.MORE` for hidden comments."""
PUBLIC_READ = 5
UNREAD_VISITS = 10
"""Even where the number of comments stands still, a thread is read after this many visits: one may go as one comes."""
OVERLAP = 50

_THREAD = re.compile(r"t3_[0-9a-z]+\Z", re.ASCII)

ReadThread = Callable[[Followed], tuple[Sequence[Post], Cursor, str]]
"""Reads one thread: its posts, its next cursor, and a note ("" = none)."""


def open_reddit_threads(settings: Settings, ours: Sequence[Ours] = ()) -> ThreadListener:
    """How threads are followed: through the API where a client id is set, else through each thread's public feed."""
    return ApiThreads(settings) if has_keys(settings) else PublicThreads(settings)


class ApiThreads:
    """Follows threads with keys."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def fetch_threads(self, threads: Sequence[Followed]) -> ThreadBatch:
        """New posts of up to 100 threads, 20 of them read whole. Raises `ListenerError` when nothing could be had."""
        client = client_of(self._settings)
        before, asked = client.requests, _threads(threads, ASKED)
        states = states_of(client, [thread.thread_id for thread in asked]) if asked else {}
        visit = Visit(left=READ)
        for thread in asked:
            state = states.get(thread.thread_id)
            if state is None:
                visit.keep(thread, thread.cursor, "a thread is not shown to us any more")
            elif _unchanged(thread.cursor, state):
                visit.keep(thread, {**thread.cursor, "unread": thread.cursor["unread"] + 1})
            else:
                visit.read(thread, lambda t: read_tree(client, t.thread_id, t.cursor))
        locked = (name for name, data in states.items() if data.get("locked") or data.get("archived"))
        return visit.batch(client.requests - before, frozenset(locked))


class PublicThreads:
    """Follows threads without keys: one feed each. Whether a thread is locked is not told."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def fetch_threads(self, threads: Sequence[Followed]) -> ThreadBatch:
        """New posts of up to five threads. Raises `ListenerError` when nothing could be had."""
        visit = Visit(left=PUBLIC_READ)
        with PublicReddit(self._settings) as reddit:
            for thread in _threads(threads, PUBLIC_READ):
                visit.read(thread, lambda t: _read_feed(reddit, t))
            return visit.batch(reddit.requests)


@dataclass(slots=True)
class Visit:
    """What a visit to several threads has brought so far. A failure ends it, except one that is the thread's own."""

    left: int
    """Threads that may still be read."""
    posts: list[Post] = field(default_factory=list)
    cursors: dict[str, Cursor] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    failure: ListenerError | None = None

    def keep(self, thread: Followed, cursor: Cursor, note: str = "") -> None:
        """The thread was looked at and brought nothing."""
        self.cursors[thread.thread_id] = cursor
        if note and note not in self.notes:
            self.notes.append(note)

    def read(self, thread: Followed, read: ReadThread) -> None:
        """Read one thread, if there is still something left to spend."""
        if self.failure or self.left <= 0:
            return
        self.left -= 1
        try:
            posts, cursor, note = read(thread)
        except (Gone, Refused) as failure:
            self.keep(thread, thread.cursor, str(failure))
        except ListenerError as failure:
            self.failure = failure
        else:
            self.posts += posts
            self.keep(thread, cursor, note)

    def batch(self, requests: int, locked: frozenset[str] = frozenset()) -> ThreadBatch:
        """The whole. Raises the failure when nothing else is there."""
        if self.failure and not self.cursors:
            raise self.failure
        told = ending(self.failure)
        notes = (*self.notes, *told.pop("notes", ()))
        return ThreadBatch(
            posts=unique(self.posts), cursors=self.cursors, locked=locked, requests=requests, notes=notes, **told
        )


def _threads(threads: Sequence[Followed], most: int) -> list[Followed]:
    return [thread for thread in threads if _THREAD.match(thread.thread_id)][:most]


def _unchanged(cursor: Cursor, state: Mapping[str, Any]) -> bool:
    if not {"count", "pending", "unread"} <= cursor.keys() or cursor["pending"]:
        return False
    return bool(cursor["count"] == state.get("num_comments") and cursor["unread"] < UNREAD_VISITS)


def _read_feed(reddit: PublicReddit, thread: Followed) -> tuple[Sequence[Post], Cursor, str]:
    posts = reddit.posts(f"comments/{thread.thread_id[3:]}/.rss", sort="new", limit="100")
    names = [post.external_id for post in posts if post.external_id != thread.thread_id]
    seen = thread.cursor.get("seen", ())
    cut = bool(seen) and len(names) >= 90 and not set(seen).intersection(names)
    note = "a thread had more new comments than its public feed lists; some were missed" if cut else ""
    return posts, {"seen": names[:OVERLAP] or list(seen)}, note
