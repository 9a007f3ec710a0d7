"""TESTS: a very small X on a local socket, for trouble that must be exact to the byte. Scripted answers come first."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zlib import crc32

from pydantic import SecretStr

from listeners.base import Ours, Target
from listeners.x import XListener
from listeners.x_client import XApi
from listeners.x_ids import id_at, newest, oldest, time_of
from models.values import Platform, SourceKind
from settings import Settings

BRAND = Ours(platform=Platform.X, handle="tarnbrook", external_id="77")


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `trouble`: stall = no answer at all, cut = half a body, drip = a byte now and then."""

    status: int = 200
    body: bytes | str | dict[str, Any] | list[Any] = b""
    headers: dict[str, str] = field(default_factory=dict)
    trouble: str = ""

    def bytes(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    params: dict[str, str]
    headers: dict[str, str]


Rule = Callable[[Request], Reply | None]


@dataclass
class TinyX:
    """Posts that a search or a timeline lists; newest first, paged, within bounds, and what was asked of it."""

    ahead: timedelta = timedelta(0)
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    script: list[Reply | None] = field(default_factory=list)
    """Answers given before the real ones, in order; None = the real one."""
    rules: list[Rule] = field(default_factory=list)
    depth: int | None = None
    jumbled: bool = False
    """Whether posts of one second are listed in another order than that of their ids, as the real search may."""
    asked: list[Request] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def add(self, ago: timedelta = timedelta(hours=1), number: int = 0, text: str = "acme", **more: Any) -> str:
        """Post something some time ago by the platform's clock; `number` tells posts of one moment apart."""
        made = (self.now - ago).replace(microsecond=0)
        return self.put(str(int(id_at(made)) + number), made, text, **more)

    def put(self, post_id: str, made: datetime, text: str = "acme", **more: Any) -> str:
        self.posts[post_id] = {
            "id": post_id,
            "text": text,
            "author_id": "5",
            "created_at": made.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "conversation_id": post_id,
            **more,
        }
        return post_id

    def answer(self, request: Request) -> Reply:
        self.asked.append(request)
        scripted = self.script.pop(0) if self.script else None
        return scripted or next((r for rule in self.rules if (r := rule(request))), None) or self._listed(request)

    def _listed(self, request: Request) -> Reply:
        if request.path == "/2/users/me" or request.path.startswith("/2/users/by/username/"):
            return Reply(body={"data": {"id": "77", "username": "tarnbrook", "name": "Tarnbrook"}})
        params = request.params
        if "search" in request.path and "since_id" in params and int(params["since_id"]) < int(self._edge()):
            return Reply(
                400, {"errors": [{"parameters": {}, "message": "'since_id' must be a tweet id created after"}]}
            )
        return Reply(body=self._page(params))

    def _page(self, params: dict[str, str]) -> dict[str, Any]:
        ids = sorted(self.posts, key=self._order, reverse=True)[: self.depth]
        if "query" in params:
            ids = [i for i in ids if int(i) >= int(self._edge())]
        ids = [i for i in ids if int(params.get("since_id", 0)) < int(i) < int(params.get("until_id", 10**19))]
        token = params.get("next_token") or params.get("pagination_token")
        start = _after(ids, token, params["max_results"]) if token else 0
        shown = ids[start : start + int(params["max_results"])]
        meta: dict[str, Any] = {"result_count": len(shown)}
        if shown:
            meta |= {"newest_id": newest(shown), "oldest_id": oldest(shown)}
        if start + len(shown) < len(ids):
            meta["next_token"] = f"{shown[-1]}x{params['max_results']}"
        users = [{"id": "5", "username": "marta", "name": "Marta", "public_metrics": {"followers_count": 12}}]
        data = [self.posts[i] for i in shown]
        return ({"data": data, "includes": {"users": users}} if shown else {}) | {"meta": meta}

    def _order(self, post_id: str) -> tuple[object, int]:
        return time_of(post_id), crc32(post_id.encode()) if self.jumbled else int(post_id)

    def _edge(self) -> str:
        return id_at(self.now - timedelta(days=7))


def _after(ids: list[str], token: str, size: str) -> int:
    last, made_for = token.split("x")
    assert made_for == size, "a page token belongs to its page size"
    return ids.index(last) + 1


@contextmanager
def serving(x: TinyX | None = None) -> Iterator[TinyX]:
    """Serve while the block runs."""
    x = x or TinyX()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(x))
    server.daemon_threads = False
    x.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield x
    finally:
        x.stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(x: TinyX) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            split = urlsplit(self.path)
            params = {name: values[0] for name, values in parse_qs(split.query).items()}
            self._send(x.answer(Request(split.path, params, {k.lower(): v for k, v in self.headers.items()})))

        def _send(self, reply: Reply) -> None:
            if reply.trouble == "stall":
                x.stop.wait()
                return
            body = reply.bytes()
            self.send_response_only(reply.status)
            headers = {"Date": format_datetime(x.now, usegmt=True), "Content-Length": str(len(body)), **reply.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if reply.trouble == "drip":
                self._drip(body)
            else:
                self.wfile.write(body[: len(body) // 2] if reply.trouble == "cut" else body)

        def _drip(self, body: bytes) -> None:
            for at in range(len(body)):
                try:
                    self.wfile.write(body[at : at + 1])
                except OSError:
                    return
                if x.stop.wait(0.02):
                    return

        def log_message(self, *_args: Any) -> None:
            pass

    return Handler


def settings_for(x: TinyX, *, user: bool = False, bearer: str = "app", **more: Any) -> Settings:
    """Settings that point at the tiny X, with an app's key and, if asked, a user's."""
    key = SecretStr("k" if user else "")
    return Settings(
        x_url=x.url,
        x_bearer_token=SecretStr(bearer),
        x_consumer_key=key,
        x_consumer_secret=key,
        x_access_token=key,
        x_access_token_secret=key,
        **more,
    )


def hasty(settings: Settings) -> XApi:
    """A connection that loses patience soon."""
    return XApi(settings, timeout=(2, 0.3), deadline=0.6)


def listener(
    x: TinyX,
    kind: SourceKind = SourceKind.X_SEARCH,
    target: str = "acme",
    *,
    budget: float = 100.0,
    pages: int = 5,
    user: bool = False,
    match: str = "",
    connect: Callable[[Settings], XApi] = XApi,
) -> XListener:
    """A listener of the tiny X."""
    wanted = Target(kind=kind, target=target, match=match, ours=(BRAND,), budget_usd=budget)
    return XListener(wanted, settings_for(x, user=user), connect=connect, pages=pages)
