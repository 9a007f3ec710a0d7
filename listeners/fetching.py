"""LISTEN: fetch one web address politely and safely. Comes in: a URL and validators. Goes out: one `Fetched`.

Bounded in time, in decoded size and in redirects; addresses are checked on every hop (guard.py); one request at a time
per host in this process. Environment proxies are not used: behind one, the address that is really connected to could
not be checked. Keeps no cookies, and never sends a name or password.
"""

import re
import ssl
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self

import httpcore
import httpx

from listeners.errors import BadTarget, Gone, ListenerError, RateLimited, Refused, Unreachable
from listeners.guard import (
    AddressRefused,
    Deadline,
    GuardedBackend,
    GuardedTransport,
    Resolve,
    allowed_pairs,
    as_refused,
    checked_url,
    system_resolve,
)
from settings import Settings

MAX_REDIRECTS = 5
USER_AGENT = "Quarterdeck/0.1 (feed reader)"
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
LONGEST_WAIT = timedelta(days=7)
"""A longer Retry-After is a slip of the server's."""

_CODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}
_PLAIN = re.compile(r"[\x20-\x7e]{1,1000}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A 2xx answer, or 304 with an empty body."""

    url_final: str
    """Where the answer came from, after redirects."""
    moved_permanently_to: str | None = None
    """The new address when 301 or 308 led on from the asked one; only as far as every hop said "for ever"."""
    status: int
    body: bytes = b""
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    retry_after: datetime | None = None
    """Not before this time (aware UTC), where a good answer asks for it; None = not asked."""
    requests: int = 1

    @property
    def not_modified(self) -> bool:
        """304: what was had with these validators still holds."""
        return self.status == 304


class Fetcher:
    """One httpx client for several fetches; a context manager. May be used from several threads.

    >>> from settings import settings
    >>> with Fetcher(settings()) as fetcher:  # doctest: +SKIP
    ...     fetcher.fetch("https://blog.example/feed").status
    200
    """

    def __init__(self, settings: Settings, *, resolve: Resolve = system_resolve) -> None:
        self._timeout = settings.fetch_timeout
        self._max_bytes = settings.fetch_max_bytes
        self._allowed = allowed_pairs(settings.allow_addresses)
        self._deadline = Deadline()
        backend = GuardedBackend(self._allowed, self._deadline, resolve)
        self._client = httpx.Client(
            transport=GuardedTransport(backend, _tls()),
            trust_env=False,
            follow_redirects=False,
            timeout=self._timeout,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"User-Agent": USER_AGENT, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Fetched:
        """GET an address, following at most 5 redirects, within `fetch_timeout` seconds from the first byte sent.

        Validators make it conditional. Writes nothing; calling again is safe. Raises of `ListenerError`: BadTarget
        (the address itself), Refused (401, 402, 403, other 4xx, an address not public), Gone (404, 410), RateLimited
        (429, or the host is busy with another fetch of ours), Unreachable (all else).
        """
        asked = checked_url(url, self._allowed)
        sent = {**(headers or {}), **_validators(etag, last_modified)}
        with _host_turn(asked.host, self._timeout):
            self._deadline.start(self._timeout)
            answer = self._one(asked, sent)
        if isinstance(answer, Fetched):
            return answer
        return self._follow(asked, answer, sent)

    def _follow(self, asked: httpx.URL, first: "_Redirect", sent: dict[str, str]) -> Fetched:
        """Walk the redirects; `moved` stays the last address reached by permanent ones alone."""
        here, step, moved, permanent = asked, first, None, True
        for hop in range(1, MAX_REDIRECTS + 1):
            permanent = permanent and step.permanent
            there = self._next(here, step.location)
            moved = str(there) if permanent else moved
            kept = sent if there.host == here.host else _without_secrets(sent)
            with _host_turn(there.host, self._timeout):
                answer = self._one(there, kept)
            if isinstance(answer, Fetched):
                return replace(answer, moved_permanently_to=moved, requests=hop + 1)
            here, step, sent = there, answer, kept
        raise Unreachable(f"{asked.host} redirects more than {MAX_REDIRECTS} times; check the address in a browser")

    def _next(self, here: httpx.URL, location: str) -> httpx.URL:
        try:
            return checked_url(str(here.join(location)), self._allowed)
        except BadTarget as error:
            raise Refused(f"{here.host} redirects to an address that is not fetched: {error}") from None
        except (httpx.InvalidURL, ValueError):
            raise Unreachable(f"{here.host} redirects to something that is no address") from None

    def _one(self, url: httpx.URL, headers: Mapping[str, str]) -> "Fetched | _Redirect":
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                return self._answer(url, response)
        except AddressRefused as error:
            raise as_refused(error) from None
        except httpx.InvalidURL:  # httpx reads the Location of a redirect even though it does not follow it
            raise Refused(f"{url.host} redirects to an address that is not fetched") from None
        except (httpx.TimeoutException, httpcore.TimeoutException) as error:
            raise Unreachable(f"{url.host} did not answer in full within {self._timeout:g} s") from error
        except _BROKEN as error:
            raise Unreachable(f"{url.host} could not be read ({type(error).__name__}): {_cause(error)}") from error

    def _answer(self, url: httpx.URL, response: httpx.Response) -> "Fetched | _Redirect":
        status = response.status_code
        if status in (301, 302, 303, 307, 308) and "location" in response.headers:
            return _Redirect(response.headers["location"], status in (301, 308))
        if not 200 <= status < 300 and status != 304:
            raise refusal_of(status, url.host, retry_time(response.headers.get("retry-after")))
        return Fetched(
            url_final=str(url),
            status=status,
            body=b"" if status == 304 else self._body(url, response),
            content_type=response.headers.get("content-type", ""),
            etag=_plain(response.headers.get("etag")),
            last_modified=_plain(response.headers.get("last-modified")),
            retry_after=retry_time(response.headers.get("retry-after")),
        )

    def _body(self, url: httpx.URL, response: httpx.Response) -> bytes:
        """The decoded bytes, counted as they are decoded; stacked codings, which multiply a bomb, are not opened."""
        if response.headers.get("content-encoding", "").strip().lower() not in _CODINGS:
            raise Unreachable(f"{url.host} packs its answer in a way that was not asked for")
        body = bytearray()
        for chunk in response.iter_bytes():
            self._deadline.left()
            body += chunk
            if len(body) > self._max_bytes:
                raise Unreachable(f"{url.host} sent more than {self._max_bytes:,} bytes, which is no usual feed")
        return bytes(body)


@dataclass(frozen=True, slots=True)
class _Redirect:
    location: str
    permanent: bool


_BROKEN = (
    httpx.HTTPError, httpx.StreamError, OSError, UnicodeError,
    httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol,
    httpcore.ProxyError, httpcore.ConnectionNotAvailable,
)  # fmt: skip


def refusal_of(status: int, host: str, retry_at: datetime | None = None) -> ListenerError:
    """The error of this room that an HTTP status other than 2xx and 304 stands for."""
    kind, words = _STATUS.get(status, (Refused if 400 <= status < 500 else Unreachable, "an unexpected answer"))
    return kind(f"{host} answered {status}: {words}", retry_at=retry_at)


_STATUS: dict[int, tuple[type[ListenerError], str]] = {
    401: (Refused, "it wants a sign-in; use the address of a public feed"),
    402: (Refused, "it wants to be paid"),
    403: (Refused, "it does not let us in; open the address in a browser and check that it is public"),
    404: (Gone, "nothing is there; check the address"),
    408: (Unreachable, "it gave up waiting"),
    410: (Gone, "it was taken away for good; remove the source or give its new address"),
    425: (Unreachable, "it asks to try again"),
    429: (RateLimited, "too many requests; we wait as long as it asks"),
    503: (Unreachable, "it is not available at present"),
}


def retry_time(value: str | None, now: datetime | None = None) -> datetime | None:
    """Read a Retry-After header, seconds or a date, into aware UTC. None when absent, unreadable or already past."""
    now = now or datetime.now(UTC)
    text = (value or "").strip()
    try:
        when = now + timedelta(seconds=int(text[:12])) if text.isdigit() else parsedate_to_datetime(text)
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return now + LONGEST_WAIT if text.isdigit() else None
    return min(when, now + LONGEST_WAIT) if when > now else None


def _validators(etag: str | None, last_modified: str | None) -> dict[str, str]:
    pairs = {"If-None-Match": _plain(etag), "If-Modified-Since": _plain(last_modified)}
    return {name: value for name, value in pairs.items() if value}


def _plain(value: str | None) -> str | None:
    """A header's value that can be sent back as it came; None for what could not."""
    return value if value and _PLAIN.fullmatch(value) else None


def _without_secrets(headers: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in headers.items() if k.lower() not in ("authorization", "cookie")}


def _cause(error: BaseException) -> str:
    """The innermost reason in the words of the library that found it; our own texts hold no user's words."""
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__ or error
    return str(error)[:200] or type(error).__name__


@cache
def _tls() -> ssl.SSLContext:
    """Certificates are read once; SSL_CERT_FILE may name a company's own."""
    return httpx.create_ssl_context()


_turns: "weakref.WeakValueDictionary[str, _Turn]" = weakref.WeakValueDictionary()
_turns_lock = threading.Lock()


class _Turn:
    """A lock that vanishes with its last user."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


@contextmanager
def _host_turn(host: str, patience: float) -> Iterator[None]:
    """Hold a host's only turn in this process. RateLimited when others hold it for longer than `patience` seconds."""
    with _turns_lock:
        turn = _turns.setdefault(host.lower(), _Turn())
    if not turn.lock.acquire(timeout=patience):
        again = datetime.now(UTC) + timedelta(seconds=patience)
        raise RateLimited(f"Other fetches from {host} are still running; it is tried again", retry_at=again)
    try:
        yield
    finally:
        turn.lock.release()
