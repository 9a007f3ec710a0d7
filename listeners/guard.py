"""LISTEN: which addresses a fetch may reach, decided on what is really connected to.

Comes in: a URL, and the exact host:port exceptions of QUARTERDECK_ALLOW_ADDRESSES. Goes out: a connection to a checked
IP address, bounded by a deadline. Never resolves a name twice: the checked address is the connected one, so a DNS
answer that changes in between (rebinding) has no hold.
"""

import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from queue import Empty, SimpleQueue
from typing import Any

import httpcore
import httpx

from listeners.errors import BadTarget, Refused

Resolve = Callable[[str, int], Sequence[str]]
"""A host's name and port → the IP addresses it stands for, as text. Raises OSError when there is none."""

CONNECT_SECONDS = 8.0
"""Patience with one address of a host before the next is tried (a dead IPv6 route must not eat the deadline)."""

_DEFAULT_PORTS = {"http": 80, "https": 443}

_CLOSED = [
    ip_network(text)
    for text in (
        # IPv4: https://www.iana.org/assignments/iana-ipv4-special-registry, and multicast
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        # IPv6 inside 2000::/3: protocol assignments with Teredo and ORCHID, documentation, 6to4
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
]  # fmt: skip
_GLOBAL_V6 = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")

_HOST = re.compile(rb"[A-Za-z0-9._-]+|[0-9a-fA-F]*:[0-9a-fA-F:.]+")
"""A name as it goes over the wire, or an address."""

_NOT_WEB = frozenset({
    1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
})  # fmt: skip
"""Ports from 1024 up that browsers refuse, too (WHATWG Fetch, "bad port")."""


class AddressRefused(httpcore.ConnectError):
    """A name led to an address that fetching may not reach. Leaves this room as `listeners.errors.Refused`."""


def is_public(address: str) -> bool:
    """Whether an IP address, as text, belongs to the public internet.

    Of IPv6 only 2000::/3 without its special parts counts; a NAT64 address (64:ff9b::/96) is judged by the IPv4
    address it stands for; IPv4-mapped, 6to4, Teredo, link-local and site-local ones are refused. False for no address.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip in _NAT64:
        ip = IPv4Address(int(ip) & 0xFFFFFFFF)
    if isinstance(ip, IPv6Address) and ip not in _GLOBAL_V6:
        return False
    return not any(ip in network for network in _CLOSED)


def checked_url(url: str, allowed: Collection[tuple[str, int]] = ()) -> httpx.URL:
    """The address ready to be fetched, if its own words allow it: http(s), a host, no password, a port of the web.

    `allowed` comes from `allowed_pairs`. Raises `BadTarget`; says nothing yet about where the host's name leads.
    """
    try:
        parsed = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError):
        raise BadTarget("This is no web address; it should begin with http:// or https://") from None
    if parsed.scheme not in _DEFAULT_PORTS or not _HOST.fullmatch(parsed.raw_host):
        raise BadTarget("Only web addresses that begin with http:// or https:// can be fetched")
    if parsed.userinfo:
        raise BadTarget("The address holds a name or password; take out the part before the @")
    host, port = host_and_port(parsed)
    if (host, port) not in allowed:
        _check_port(port)
        _check_literal(host, port)
    return parsed.copy_with(fragment=None)


def host_and_port(url: httpx.URL) -> tuple[str, int]:
    """Host as it goes over the wire (lower case, IDNA, IPv6 without brackets) and the port that is meant."""
    return url.raw_host.decode("ascii").lower(), url.port or _DEFAULT_PORTS.get(url.scheme, 0)


def allowed_pairs(words: Iterable[str]) -> frozenset[tuple[str, int]]:
    """Read `host:port` exceptions; `[::1]:8080` for IPv6. BadTarget names the one that is no such pair."""
    return frozenset(_pair(word) for word in words)


def _pair(word: str) -> tuple[str, int]:
    host, _, port = word.strip().rpartition(":")
    if host and port.isascii() and port.isdigit() and 0 < int(port) < 65536:
        with suppress(httpx.InvalidURL, ValueError):
            raw = httpx.URL(f"http://{host}").raw_host
            if _HOST.fullmatch(raw):
                return raw.decode("ascii").lower(), int(port)
    raise BadTarget(f'QUARTERDECK_ALLOW_ADDRESSES holds "{word}", which is no exact host:port pair')


def _check_port(port: int) -> None:
    if port not in _DEFAULT_PORTS.values() and (not 1024 <= port < 65536 or port in _NOT_WEB):
        raise BadTarget(f"Port {port} belongs to no web server; feeds are fetched from 80, 443 or ports from 1024 up")


def _check_literal(host: str, port: int) -> None:
    try:
        ip_address(host)
    except ValueError:
        return
    if not is_public(host):
        raise BadTarget(refusal(host, port))


def refusal(host: str, port: int) -> str:
    """What people are told when an address is not public."""
    return (
        f"{host} is a private or special address, which feeds are not fetched from. "
        f"If it is meant, add {host}:{port} to QUARTERDECK_ALLOW_ADDRESSES"
    )


class Deadline:
    """The moment at which the fetch of the present thread must be over; each thread has its own."""

    def __init__(self) -> None:
        self._local = threading.local()

    def start(self, seconds: float) -> None:
        """Count from now."""
        self._local.until = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, above zero. httpcore.ReadTimeout when the time is over."""
        left = float(getattr(self._local, "until", 0.0) - time.monotonic())
        if left <= 0:
            raise httpcore.ReadTimeout("the fetch took too long")
        return left


def system_resolve(host: str, port: int) -> Sequence[str]:
    """What the machine's resolver says, each address once, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections only to checked addresses, and bounds every wait on them by the deadline."""

    def __init__(
        self, allowed: Collection[tuple[str, int]], deadline: Deadline, resolve: Resolve = system_resolve
    ) -> None:
        self._allowed = allowed
        self._deadline = deadline
        self._resolve = resolve
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve once, refuse the host if one of its addresses is refused, connect to the first that answers."""
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._checked(host, port):
            try:
                stream = self._inner.connect_tcp(
                    address, port, min(CONNECT_SECONDS, self._deadline.left()), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure

    def _checked(self, host: str, port: int) -> Sequence[str]:
        addresses = _within(self._deadline.left(), lambda: self._resolve(host, port))
        if (host.lower(), port) not in self._allowed and not all(map(is_public, addresses)):
            raise AddressRefused(refusal(host, port))
        return addresses

    def connect_unix_socket(self, path: str, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Never: the web is not in a file."""
        raise AddressRefused("sockets in files are not fetched from")


def _within(seconds: float, resolve: Callable[[], Sequence[str]]) -> Sequence[str]:
    """Run a resolver, which knows no time limit of its own, in a thread that is left behind when it takes too long."""
    answer: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answer.put(resolve())
        except (OSError, UnicodeError) as error:
            answer.put(error)

    threading.Thread(target=ask, daemon=True, name="resolve").start()
    try:
        result = answer.get(timeout=seconds)
    except Empty:
        raise httpcore.ConnectTimeout("the name took too long to look up") from None
    if isinstance(result, Exception):
        raise httpcore.ConnectError("the name could not be looked up") from result
    return result


class _TimedStream(httpcore.NetworkStream):
    """A connection on which a server that sends a byte now and then still meets the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class GuardedTransport(httpx.BaseTransport):
    """httpx over a `GuardedBackend`. Errors of httpcore pass through as they are."""

    def __init__(self, backend: GuardedBackend, context: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, network_backend=backend, max_connections=20, max_keepalive_connections=5
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request over one checked connection; follows nothing."""
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Any:
        return iter(self._stream)

    def close(self) -> None:
        self._stream.close()


def as_refused(error: AddressRefused) -> Refused:
    """The refusal in this room's own tree of errors: a person must change the address or the exceptions."""
    return Refused(str(error))
