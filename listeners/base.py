"""LISTEN: what every listener is. Comes in: one `Target` to poll and its cursor. Goes out: one `Batch`.

To add a platform, copy `feed.py`, keep the one obligatory method, and add a line to the table in `listeners/table.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from listeners.post import Batch, Cursor, Post
from models.values import Platform, SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """One of our own accounts on a platform."""

    platform: Platform
    handle: str
    external_id: str | None = None
    automatic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What to poll: the part of a source's row a listener may know."""

    kind: SourceKind
    target: str
    """The query, subreddits (a+b), feed address; the handle for x-mentions and x-own (empty = the key's account)."""
    match: str = ""
    """Keep only posts holding one of these words or phrases; "*" = everything. Applied by the listener."""
    ours: tuple[Ours, ...] = ()
    budget_usd: float = 0.0
    """What this source may still spend today; X only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A thread we are in, with what its last visit left."""

    thread_id: str
    url: str = ""
    comments_url: str = ""
    cursor: Cursor = field(default_factory=dict)


class Listener(Protocol):
    """Polls one target."""

    def fetch(self, cursor: Cursor | None) -> Batch:
        """One visit, bounded in time and pages. Writes nothing. Calling again with the same cursor is harmless.

        Raises `ListenerError`, and nothing else, when nothing could be had at all; what was had before a failure
        comes back as a batch with its gap or `limited`.
        """


class ThreadListener(Protocol):
    """Fetches new posts of threads we are in, the cheapest way the platform has."""

    def fetch_threads(self, threads: Sequence[Followed]) -> "ThreadBatch":
        """New posts of these threads, and each visited thread's next cursor. Raises `ListenerError`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadBatch:
    """What a visit to several threads brought."""

    posts: tuple[Post, ...] = ()
    cursors: dict[str, Cursor] = field(default_factory=dict)
    """thread_id → next cursor, for the threads that were really visited; others are visited next time."""
    locked: frozenset[str] = frozenset()
    """Threads that accept no more answers."""
    requests: int = 0
    cost_usd: float = 0.0
    limited: str = ""
    retry_at: datetime | None = None
    notes: tuple[str, ...] = ()


class Rechecker(Protocol):
    """Asks a platform what became of posts we hold (edited, deleted, locked)."""

    @property
    def cost_usd(self) -> float:
        """What it has cost so far, in US dollars."""

    def recheck(self, external_ids: Sequence[str]) -> tuple[Post, ...]:
        """Present state of those posts; a post that is gone comes back with deleted=True. At most 100 ids."""
