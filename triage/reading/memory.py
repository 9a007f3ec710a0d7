"""TRIAGE, reading: what was read before.

In come keys and a way to work out what is new; out come values in the order of the keys. It holds the latest few
thousand in memory, never on disk.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from cachetools import LRUCache

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memory(Generic[Key, Value]):
    """The values of the `size` keys asked for last. Thread-safe; two threads may work out the same key at once."""

    def __init__(self, size: int) -> None:
        self._kept: LRUCache[Key, Value] = LRUCache(size)
        self._lock = threading.Lock()

    def all_of(self, keys: Sequence[Key], work_out: Callable[[list[Key]], list[Value]]) -> list[Value]:
        """The value of each key; what is not kept is worked out in one call, each key once."""
        with self._lock:
            known = {key: self._kept[key] for key in set(keys) if key in self._kept}
        new = [key for key in dict.fromkeys(keys) if key not in known]
        known |= dict(zip(new, work_out(new) if new else [], strict=True))
        with self._lock:
            self._kept.update((key, known[key]) for key in new)
        return [known[key] for key in keys]
