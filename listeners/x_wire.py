"""LISTEN, X: the transport under tweepy. Comes in: its requests. Goes out: whole answers, or an error in time.

tweepy's `Client` sets no time-out at all and always calls api.twitter.com. The same adapter serves production and
tests: it only changes the address when one is configured. It never retries.
"""

import io
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies

Timeout = tuple[float, float]
"""Seconds to connect, and seconds of silence while reading."""

TIMEOUT: Timeout = (5, 30)
DEADLINE = 60.0
MAX_BYTES = 20_000_000
"""A page of 100 posts with everything expanded stays far below 2 MB."""


class Wire(HTTPAdapter):
    """Sends to `origin` instead of the real host (empty = leave it), within time-outs, a deadline and a cap."""

    def __init__(self, origin: str, timeout: Timeout = TIMEOUT, deadline: float = DEADLINE) -> None:
        self._origin = urlsplit(origin)
        self._timeout = timeout
        self._deadline = deadline
        self.last: requests.Response | None = None
        """The last answer that came; tweepy hides it when it stumbles over an odd error body."""
        super().__init__()

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send once and read the whole body. Raises `requests.RequestException` or urllib3's `HTTPError`."""
        self.last = None
        if self._origin.netloc:
            self._redirect(request)
            proxies = get_environ_proxies(str(request.url))
        ends = time.monotonic() + self._deadline
        self.last = super().send(request, stream, self._timeout, verify, cert, dict(proxies or {}))
        self.last.raw = io.BytesIO(_whole(self.last, ends))
        return self.last

    def _redirect(self, request: requests.PreparedRequest) -> None:
        asked = urlsplit(str(request.url))
        request.headers["X-Original-Host"] = asked.netloc
        request.url = urlunsplit((self._origin.scheme, self._origin.netloc, asked.path, asked.query, ""))


def _whole(response: requests.Response, ends: float) -> bytes:
    body = bytearray()
    while part := response.raw.read1(65_536, decode_content=True):
        body += part
        if time.monotonic() > ends or len(body) > MAX_BYTES:
            response.raw.close()
            raise requests.ReadTimeout("the answer is too slow or too large")
    response.raw.release_conn()
    return bytes(body)
