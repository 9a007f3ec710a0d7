"""Sandbox: what outlives a restart. In: a world and a folder, out: the world as it was left, and kept from now on.

Each change is on the disk before anybody is answered, so a killed sandbox has lost nothing it told. One folder
belongs to one running sandbox.
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from pydantic import TypeAdapter

from sandbox.clock import ClockState
from sandbox.records import Answer, Blog, Draft, Person, Post, Subreddit
from sandbox.world import World

_SHAPES: dict[str, TypeAdapter[Any]] = {
    "people": TypeAdapter(Person),
    "subreddits": TypeAdapter(Subreddit),
    "blogs": TypeAdapter(Blog),
    "posts": TypeAdapter(Post),
    "answers": TypeAdapter(tuple[Answer, ...]),
    "drafts": TypeAdapter(tuple[Draft, ...]),
    "read_inbox": TypeAdapter(frozenset[str]),
    "tokens": TypeAdapter(dict[str, tuple[str, datetime]]),
    "windows": TypeAdapter(dict[str, tuple[datetime, int]]),
    "clock": TypeAdapter(ClockState),
}
_MANY = ("people", "subreddits", "blogs", "posts")
_ONE = ("answers", "drafts", "read_inbox", "tokens", "windows")
_PUT = (
    "INSERT INTO kept (kind, name, body) VALUES (?, ?, ?) ON CONFLICT (kind, name) DO UPDATE SET body = excluded.body"
)


class StoreError(RuntimeError):
    """A folder that cannot be used; the text says why."""


class Store:
    """A folder's file of what a world holds, by kind and name. May be used from several threads."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._turn = Lock()
        self._file = sqlite3.connect(folder / "sandbox.sqlite", timeout=1, check_same_thread=False)
        try:
            self._file.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._file.execute("PRAGMA journal_mode = WAL")
            self._file.execute("PRAGMA synchronous = FULL")
            with self._file:
                self._file.execute(
                    "CREATE TABLE IF NOT EXISTS kept (place INTEGER PRIMARY KEY, kind TEXT, name TEXT, body BLOB, "
                    "UNIQUE (kind, name))"
                )
                self._file.execute("DELETE FROM kept WHERE kind = ''")  # takes the lock now, not at the first change
        except sqlite3.OperationalError as wrong:
            self._file.close()
            raise StoreError(f"{folder} is in use by another sandbox ({wrong}); stop that one first") from wrong
        except sqlite3.DatabaseError as wrong:
            self._file.close()
            raise StoreError(f"{folder}/sandbox.sqlite is no sandbox's file ({wrong}); move it away") from wrong

    def keep(self, kind: str, name: str, value: Any) -> None:
        """Write one thing, replacing what stood under its name; it is on the disk on return."""
        self.keep_all([(kind, name, value)])

    def keep_all(self, things: Iterable[tuple[str, str, Any]]) -> None:
        """Write things of (kind, name, value) at once; all are on the disk on return, or none."""
        rows = [(kind, name, _SHAPES[kind].dump_json(value)) for kind, name, value in things]
        with self._turn, self._file:
            self._file.executemany(_PUT, rows)

    def things(self, kind: str) -> dict[str, Any]:
        """Return all of a kind by name, in the order they were first written."""
        with self._turn:
            found = self._file.execute("SELECT name, body FROM kept WHERE kind = ? ORDER BY place", (kind,))
            return {name: _SHAPES[kind].validate_json(body) for name, body in found.fetchall()}

    @property
    def empty(self) -> bool:
        """Whether nothing was ever kept here."""
        with self._turn:
            return self._file.execute("SELECT 1 FROM kept").fetchone() is None

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_why: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the folder go. Calling twice is safe."""
        with self._turn:
            self._file.close()


def keep_in(world: World, folder: Path) -> Store:
    """Keep a world in a folder from now on.

    An empty folder takes the world as it stands; one that was used before puts back what it holds instead, clock
    included, and what the world held is forgotten. Raises StoreError.
    """
    store = Store(folder)
    if store.empty:
        store.keep_all(_all_of(world))
    else:
        _put_back(world, store)
    world.keep = store.keep
    world.clock.on_change = lambda state: store.keep("clock", "", state)
    return store


def _all_of(world: World) -> list[tuple[str, str, Any]]:
    many = [(kind, name, thing) for kind in _MANY for name, thing in getattr(world, kind).items()]
    return [*many, *((name, "", getattr(world, name)) for name in _ONE), ("clock", "", world.clock.state)]


def _put_back(world: World, store: Store) -> None:
    world.people, world.subreddits = store.things("people"), store.things("subreddits")
    world.blogs = store.things("blogs")
    world.refill(store.things("posts").values())
    for name in _ONE:
        setattr(world, name, store.things(name)[""])
    world.clock.restore(store.things("clock")[""])
