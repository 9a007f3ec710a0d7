"""RESPOND: the transport under both clients while a reply goes out: one request, watched to its first byte.

Comes in: a client's requests. Goes out: the answer, and for certain whether anything of the reply may have left. It
never repeats a request, follows no redirect, and breaks off where too much time has passed since the intent.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from listeners.x_wire import Timeout, Wire

TIMEOUT: Timeout = (5, 20)
DEADLINE = 25.0
"""Seconds for a whole shot: short of `protocol.IN_FLIGHT` by far, after which others may look for it."""


class TooLate(Exception):
    """More than a second passed since the intent. Not an OSError: no client may take it for a broken connection."""


@dataclass(slots=True)
class Gate:
    """Stands before every byte of one request; opens only in time."""

    path: str
    """The request that is meant, by its path; a client's sign-in passes freely."""
    in_time: Callable[[], bool]
    written: bool = False
    late: bool = False

    def __call__(self) -> None:
        """Let the next bytes pass, or raise `TooLate`. What is cut off half-way can not have been acted on."""
        if not self.in_time():
            self.late = True
            raise TooLate
        self.written = True


_GATE: ContextVar[Gate | None] = ContextVar("gate", default=None)


class _Gated:
    """What both kinds of connection do alike: connect first, then ask the gate, then write."""

    _asks = False
    sock: Any

    def putrequest(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        gate = _GATE.get()
        self._asks = gate is not None and method == "POST" and urlsplit(url).path.rstrip("/").endswith(gate.path)
        return super().putrequest(method, url, *args, **kwargs)  # type: ignore[misc]

    def send(self, data: Any) -> Any:
        gate = _GATE.get()
        if self._asks and gate is not None:
            if self.sock is None:
                self.connect()  # type: ignore[attr-defined]
            gate()
        return super().send(data)  # type: ignore[misc]


class _Plain(_Gated, HTTPConnection):
    pass


class _Secure(_Gated, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class GatedWire(Wire):
    """`Wire` with a gate; remembers whether the last answer was read to its end."""

    def __init__(self, origin: str = "", timeout: Timeout = TIMEOUT, deadline: float = DEADLINE) -> None:
        self.whole = False
        super().__init__(origin, timeout, deadline)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make connections that ask the gate."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools()

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """The same through a proxy."""
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = _pools()
        return manager

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send once and read the whole body; `last` and `whole` tell how far it came."""
        self.whole = False
        response = super().send(request, stream, timeout, verify, cert, proxies)
        self.whole = True
        return response


def _pools() -> dict[str, Any]:
    return {"http": _PlainPool, "https": _SecurePool}


@contextmanager
def gated(path: str, in_time: Callable[[], bool]) -> Iterator[Gate]:
    """While the block runs, the POST to this path passes the gate; `in_time` is asked right before its bytes leave."""
    gate = Gate(path, in_time)
    token = _GATE.set(gate)
    try:
        yield gate
    finally:
        _GATE.reset(token)
