"""Fetching one address: bounded, polite, and only where it may."""

import gzip
import socket
import ssl
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from listeners.errors import BadTarget, Gone, ListenerError, RateLimited, Refused, Unreachable
from listeners.fetching import Fetcher, retry_time
from settings import Settings
from tests.listeners.feed_stage import fetcher, server, told
from tests.listeners.tiny_server import Answer, TinyServer

__all__ = ["fetcher", "server", "told"]
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_an_answer_comes_with_what_the_next_visit_needs(server: TinyServer, fetcher: Fetcher) -> None:
    headers = {"Content-Type": "application/rss+xml", "ETag": '"v1"', "Last-Modified": "Wed, 04 Mar 2026 12:00:00 GMT"}
    server.routes["/feed"] = Answer(200, headers, b"<rss/>")
    got = fetcher.fetch(server.url("/feed"))
    assert (got.status, got.body, got.content_type) == (200, b"<rss/>", "application/rss+xml")
    assert (got.etag, got.last_modified, got.url_final) == ('"v1"', headers["Last-Modified"], server.url("/feed"))
    assert (got.moved_permanently_to, got.retry_after, got.requests) == (None, None, 1)


def test_validators_make_the_request_conditional(server: TinyServer, fetcher: Fetcher) -> None:
    server.routes["/feed"] = Answer(304, {"ETag": '"v1"'})
    got = fetcher.fetch(server.url("/feed"), etag='"v1"', last_modified="Wed, 04 Mar 2026 12:00:00 GMT")
    _, sent = server.seen[0]
    assert got.not_modified
    assert got.body == b""
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"v1"', "Wed, 04 Mar 2026 12:00:00 GMT")


def test_no_validators_are_made_up(server: TinyServer, fetcher: Fetcher) -> None:
    server.routes["/feed"] = Answer(200, {"ETag": "bro\xffken"}, b"x")
    got = fetcher.fetch(server.url("/feed"), etag='"with\nnewline"')
    _, sent = server.seen[0]
    assert sent["If-None-Match"] is None
    assert sent["If-Modified-Since"] is None
    assert got.etag is None


def test_cookies_are_not_kept(server: TinyServer, fetcher: Fetcher) -> None:
    server.routes["/feed"] = Answer(200, {"Set-Cookie": "who=ana"}, b"x")
    fetcher.fetch(server.url("/feed"))
    fetcher.fetch(server.url("/feed"))
    assert server.seen[1][1]["Cookie"] is None


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, Refused), (401, Refused), (402, Refused), (403, Refused), (404, Gone), (408, Unreachable), (410, Gone),
        (429, RateLimited), (451, Refused), (500, Unreachable), (502, Unreachable), (503, Unreachable),
        (300, Unreachable),
    ],
)  # fmt: skip
def test_every_other_status_is_an_error_of_this_room(
    server: TinyServer, fetcher: Fetcher, status: int, error: type[ListenerError]
) -> None:
    server.routes["/feed"] = Answer(status)
    with pytest.raises(error, match=str(status)) as caught:
        fetcher.fetch(server.url("/feed"))
    assert type(caught.value) is error
    assert caught.value.retry_at is None


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_to_wait_is_listened_to(server: TinyServer, fetcher: Fetcher, status: int) -> None:
    server.routes["/feed"] = Answer(status, {"Retry-After": "3600"})
    before = datetime.now(UTC)
    with pytest.raises(ListenerError) as caught:
        fetcher.fetch(server.url("/feed"))
    assert caught.value.retry_at is not None
    assert before + timedelta(seconds=3600) <= caught.value.retry_at <= datetime.now(UTC) + timedelta(seconds=3600)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("120", NOON + timedelta(minutes=2)),
        ("Wed, 04 Mar 2026 13:00:00 GMT", NOON + timedelta(hours=1)),
        ("Wed, 04 Mar 2026 13:00:00 -0000", NOON + timedelta(hours=1)),
        ("Wed, 04 Mar 2026 11:00:00 GMT", None),
        ("0", None), ("-5", None), ("soon", None), ("", None), (None, None),
        ("99999999999999999999", NOON + timedelta(days=7)),
        ("Wed, 04 Mar 2099 11:00:00 GMT", NOON + timedelta(days=7)),
    ],
)  # fmt: skip
def test_retry_after_is_read_in_both_forms(header: str | None, expected: datetime | None) -> None:
    assert retry_time(header, NOON) == expected


# ---------------------------------------------------------------- time and size


def _stall(_handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
    stop.wait()


def test_a_stalled_server_ends_in_a_clear_error(server: TinyServer) -> None:
    server.routes["/feed"] = Answer(200, {}, _stall)
    settings = Settings(allow_addresses=(server.pair,), fetch_timeout=0.3)
    with Fetcher(settings) as fetcher, pytest.raises(Unreachable, match=r"did not answer in full within 0\.3 s"):
        fetcher.fetch(server.url("/feed"))


def _drip(handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
    handler.end_headers()
    while not stop.wait(0.02):
        handler.wfile.write(b" ")


def _drip_headers(handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
    while not stop.wait(0.02):
        handler.wfile.write(b"X-Slow: 1\r\n")


@pytest.mark.parametrize("body", [_drip, _drip_headers])
def test_a_server_that_sends_a_little_now_and_then_meets_the_deadline(server: TinyServer, body: object) -> None:
    server.routes["/feed"] = Answer(200, {}, body)  # type: ignore[arg-type]
    settings = Settings(allow_addresses=(server.pair,), fetch_timeout=0.4)
    with Fetcher(settings) as fetcher, pytest.raises(Unreachable, match="did not answer in full"):
        fetcher.fetch(server.url("/feed"))


def test_a_name_that_is_never_looked_up_meets_the_deadline() -> None:
    hang = threading.Event()

    def resolve(_host: str, _port: int) -> Sequence[str]:
        hang.wait()
        return ()

    with Fetcher(Settings(fetch_timeout=0.2), resolve=resolve) as fetcher, pytest.raises(Unreachable):
        fetcher.fetch("http://blog.example/feed")
    hang.set()


def test_a_body_over_the_cap_is_not_read(server: TinyServer, fetcher: Fetcher) -> None:
    server.routes["/feed"] = Answer(200, {}, b"x" * 100_001)
    server.routes["/just"] = Answer(200, {}, b"x" * 100_000)
    with pytest.raises(Unreachable, match="more than 100,000 bytes"):
        fetcher.fetch(server.url("/feed"))
    assert len(fetcher.fetch(server.url("/just")).body) == 100_000


def test_a_gzip_bomb_is_counted_as_it_unpacks(server: TinyServer, fetcher: Fetcher) -> None:
    bomb = gzip.compress(b"\0" * 20_000_000)
    assert len(bomb) < 100_000
    server.routes["/feed"] = Answer(200, {"Content-Encoding": "gzip"}, bomb)
    with pytest.raises(Unreachable, match="more than 100,000 bytes"):
        fetcher.fetch(server.url("/feed"))


@pytest.mark.parametrize("coding", ["gzip, gzip", "br", "zstd"])
def test_stacked_or_unasked_codings_are_not_unpacked(server: TinyServer, fetcher: Fetcher, coding: str) -> None:
    server.routes["/feed"] = Answer(200, {"Content-Encoding": coding}, gzip.compress(gzip.compress(b"x")))
    with pytest.raises(Unreachable, match="packs its answer"):
        fetcher.fetch(server.url("/feed"))


def test_a_gzip_answer_is_unpacked(server: TinyServer, fetcher: Fetcher) -> None:
    server.routes["/feed"] = Answer(200, {"Content-Encoding": "gzip"}, gzip.compress(b"<rss/>"))
    assert fetcher.fetch(server.url("/feed")).body == b"<rss/>"


def test_broken_packing_and_a_cut_answer_are_clear_errors(server: TinyServer, fetcher: Fetcher) -> None:
    server.routes["/packed"] = Answer(200, {"Content-Encoding": "gzip"}, b"no gzip")

    def cut(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"half")

    server.routes["/cut"] = Answer(200, {}, cut)
    for path in ("/packed", "/cut"):
        with pytest.raises(Unreachable, match="could not be read"):
            fetcher.fetch(server.url(path))


def test_a_server_that_is_not_there_is_a_clear_error(told: Settings) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        pair = f"127.0.0.1:{unused.getsockname()[1]}"
        with Fetcher(Settings(allow_addresses=(pair,))) as fetcher, pytest.raises(Unreachable, match=r"127\.0\.0\.1"):
            fetcher.fetch(f"http://{pair}/feed")


# ---------------------------------------------------------------- redirects


def test_permanent_redirects_tell_the_new_address(server: TinyServer, fetcher: Fetcher) -> None:
    server.routes |= {
        "/old": Answer(301, {"Location": "/older"}), "/older": Answer(308, {"Location": server.url("/new")}),
        "/new": Answer(200, {}, b"x"),
    }  # fmt: skip
    got = fetcher.fetch(server.url("/old"))
    assert (got.url_final, got.moved_permanently_to, got.requests) == (server.url("/new"), server.url("/new"), 3)


def test_a_passing_redirect_moves_nothing(server: TinyServer, fetcher: Fetcher) -> None:
    server.routes |= {
        "/old": Answer(302, {"Location": "/mid"}), "/mid": Answer(301, {"Location": "/new"}),
        "/first": Answer(301, {"Location": "/old"}), "/new": Answer(200, {}, b"x"),
    }  # fmt: skip
    assert fetcher.fetch(server.url("/old")).moved_permanently_to is None
    assert fetcher.fetch(server.url("/first")).moved_permanently_to == server.url("/old")


def test_redirects_end_after_five(server: TinyServer, fetcher: Fetcher) -> None:
    server.routes |= {f"/{n}": Answer(302, {"Location": f"/{n + 1}"}) for n in range(9)}
    server.routes["/9"] = Answer(200, {}, b"x")
    assert fetcher.fetch(server.url("/4")).requests == 6
    with pytest.raises(Unreachable, match="redirects more than 5 times"):
        fetcher.fetch(server.url("/3"))


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]:8000/",
        "http://127.0.0.1:1/", "gopher://x/", "http://ana:secret@blog.example/", "//192.168.0.1/",
        "javascript:alert(1)", "http://[broken",
    ],
)  # fmt: skip
def test_a_redirect_to_a_forbidden_place_is_not_followed(server: TinyServer, fetcher: Fetcher, location: str) -> None:
    server.routes["/feed"] = Answer(301, {"Location": location})
    with pytest.raises(Refused, match="redirects to an address that is not fetched"):
        fetcher.fetch(server.url("/feed"))


def test_a_redirect_to_a_name_that_leads_to_a_private_address_is_not_followed(server: TinyServer) -> None:
    server.routes["/feed"] = Answer(302, {"Location": f"http://inside.example:{server.port}/secret"})
    server.routes["/secret"] = Answer(200, {}, b"secret")
    settings = Settings(allow_addresses=(server.pair,))
    with (
        Fetcher(settings, resolve=lambda h, p: ["127.0.0.1"]) as fetcher,
        pytest.raises(Refused, match=r"inside\.example"),
    ):
        fetcher.fetch(server.url("/feed"))
    assert server.paths() == ["/feed"]


# ---------------------------------------------------------------- names and addresses


@pytest.mark.parametrize("answer", [["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::ffff:127.0.0.1"], ["169.254.169.254"]])
def test_a_name_that_leads_to_a_private_address_is_refused(answer: list[str]) -> None:
    with Fetcher(Settings(), resolve=lambda h, p: answer) as fetcher, pytest.raises(Refused, match="ALLOW_ADDRESSES"):
        fetcher.fetch("http://blog.example/feed")


def test_the_checked_address_is_the_connected_one(server: TinyServer) -> None:
    """A name server that changes its answer after the check finds nobody who asks again."""
    answers = [["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]]
    asked = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append((host, port))
        return answers.pop(0)

    server.routes["/feed"] = Answer(200, {}, b"x")
    settings = Settings(allow_addresses=(f"blog.example:{server.port}",))
    with Fetcher(settings, resolve=resolve) as fetcher:
        fetcher.fetch(f"http://blog.example:{server.port}/feed")
    assert asked == [("blog.example", server.port)]
    assert server.seen[0][1]["Host"] == f"blog.example:{server.port}"


def test_a_host_with_a_dead_address_is_reached_at_its_next_one(server: TinyServer) -> None:
    server.routes["/feed"] = Answer(200, {}, b"x")
    settings = Settings(allow_addresses=(f"blog.example:{server.port}",))
    with Fetcher(settings, resolve=lambda h, p: ["127.0.0.2", "127.0.0.1"]) as fetcher:
        assert fetcher.fetch(f"http://blog.example:{server.port}/feed").body == b"x"


def test_tls_is_asked_for_by_name_although_the_address_is_connected() -> None:
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = lambda _sock, name, _context: names.append(name)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def shake_hands() -> None:
            connection, _ = listening.accept()
            with connection, pytest.raises(ssl.SSLError):  # it has no certificate; all we want is the name
                context.wrap_socket(connection, server_side=True)

        serving = threading.Thread(target=shake_hands)
        serving.start()
        settings = Settings(allow_addresses=(f"blog.example:{port}",), fetch_timeout=5)
        with Fetcher(settings, resolve=lambda h, p: ["127.0.0.1"]) as fetcher, pytest.raises(Unreachable):
            fetcher.fetch(f"https://blog.example:{port}/feed")
        serving.join()
    assert names == ["blog.example"]


def test_a_name_nobody_knows_is_a_clear_error() -> None:
    def resolve(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    with Fetcher(Settings(), resolve=resolve) as fetcher, pytest.raises(Unreachable, match="could not be looked up"):
        fetcher.fetch("http://blog.example/feed")


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://127.1/"])
def test_odd_spellings_of_this_machine_are_refused(url: str) -> None:
    with Fetcher(Settings()) as fetcher, pytest.raises((BadTarget, Refused, Unreachable)) as caught:
        fetcher.fetch(url)
    assert "private" in str(caught.value) or "looked up" in str(caught.value)


def test_environment_proxies_are_not_used(server: TinyServer, told: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    server.routes["/feed"] = Answer(200, {}, b"x")
    with Fetcher(told) as fetcher:
        assert fetcher.fetch(server.url("/feed")).body == b"x"


# ---------------------------------------------------------------- politeness


def test_a_host_is_asked_one_thing_at_a_time(server: TinyServer, told: Settings) -> None:
    inside, most = 0, 0
    lock = threading.Lock()

    def count(handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        stop.wait(0.05)
        with lock:
            inside -= 1
        handler.send_header("Content-Length", "1")
        handler.end_headers()
        handler.wfile.write(b"x")

    server.routes["/feed"] = Answer(200, {}, count)

    def visit() -> None:
        with Fetcher(told) as fetcher:
            fetcher.fetch(server.url("/feed"))

    threads = [threading.Thread(target=visit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(server.seen), most) == (4, 1)


def test_a_host_that_is_busy_with_us_is_tried_later(server: TinyServer) -> None:
    began = threading.Event()

    def hold(_handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
        began.set()
        stop.wait()

    server.routes["/feed"] = Answer(200, {}, hold)
    patient = Settings(allow_addresses=(server.pair,), fetch_timeout=30)
    hasty = Settings(allow_addresses=(server.pair,), fetch_timeout=0.1)

    def visit() -> None:
        with Fetcher(patient) as fetcher, pytest.raises(Unreachable):
            fetcher.fetch(server.url("/feed"))

    holding = threading.Thread(target=visit)
    holding.start()
    began.wait()
    with Fetcher(hasty) as fetcher, pytest.raises(RateLimited, match="still running") as caught:
        fetcher.fetch(server.url("/feed"))
    assert caught.value.retry_at is not None
    server.stop.set()
    holding.join()
