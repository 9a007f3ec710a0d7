"""TESTS: a local server that answers as a test tells it, spoken to by the real praw. It keeps no state of Reddit's."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pydantic import SecretStr

from settings import Settings

TOKEN = {"access_token": "t", "token_type": "bearer", "expires_in": 3600, "scope": "*"}


@dataclass(frozen=True)
class Answer:
    """What the server says."""

    body: Any = None
    """Bytes or text as they are, anything else as JSON."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drips: bool = False
    """A byte now and then, without end."""


@dataclass(frozen=True)
class Asked:
    """One request the server got."""

    method: str
    path: str
    params: dict[str, str]
    """Of the query and of the form."""
    headers: Mapping[str, str]


Script = Callable[[Asked], Answer]


@dataclass
class Stage:
    """A running server."""

    url: str
    script: Script
    asked: list[Asked] = field(default_factory=list)
    sign_in: Answer = field(default_factory=lambda: Answer(TOKEN))

    @property
    def reads(self) -> list[Asked]:
        """The requests that were no sign-in."""
        return [asked for asked in self.asked if not asked.path.endswith("access_token")]


@contextmanager
def stage(script: Script | None = None) -> Iterator[Stage]:
    """Serve until the block ends; sign-ins are answered by `Stage.sign_in`, all else by the script."""
    set_up = Stage("", script or (lambda asked: Answer(listing([]))))

    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            form = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            params = dict(parse_qsl(parts.query)) | dict(parse_qsl(form))
            asked = Asked(self.command, parts.path, params, dict(self.headers))
            set_up.asked.append(asked)
            sign_in = parts.path.endswith("access_token")
            self._say(set_up.sign_in if sign_in else set_up.script(asked))

        do_GET = do_POST = _serve

        def _say(self, answer: Answer) -> None:
            text = answer.body if isinstance(answer.body, bytes | str) else json.dumps(answer.body)
            body = text if isinstance(text, bytes) else text.encode()
            self.send_response(answer.status)
            for name, value in {"content-type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(10**6 if answer.drips else len(body)))
            if self.close_connection:
                self.send_header("connection", "close")
            self.end_headers()
            if answer.drips:
                self._drip()
            self.wfile.write(body)

        def _drip(self) -> None:
            try:
                while not over.wait(0.05):
                    self.wfile.write(b" ")
            except OSError:
                pass  # the client has had enough

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    set_up.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield set_up
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def keyed(url: str, **more: Any) -> Settings:
    """Settings with keys, pointing at a local Reddit; signed in as the sandbox's brand unless told otherwise."""
    told: dict[str, Any] = {
        "reddit_url": url,
        "reddit_oauth_url": url,
        "reddit_client_id": SecretStr("sandbox-client-id"),
        "reddit_client_secret": SecretStr("sandbox-client-secret"),
        "reddit_username": "tarnbrook_team",
        "reddit_password": SecretStr("sandbox-password"),
    }
    return Settings(**(told | more))


def listing(children: list[Any], after: str | None = None) -> dict[str, Any]:
    """A Listing as Reddit words it."""
    return {"kind": "Listing", "data": {"children": children, "after": after, "before": None}}


def submission(id36: str, title: str = "About kettles", **more: Any) -> dict[str, Any]:
    """A t3 as Reddit words it."""
    data = {"name": f"t3_{id36}", "id": id36, "title": title, "selftext": "", "author": "marta", "created_utc": 1.7e9}
    return {"kind": "t3", "data": data | {"permalink": f"/r/kettles/comments/{id36}/x/"} | more}


def comment(id36: str, body: str = "It leaks", **more: Any) -> dict[str, Any]:
    """A t1 as Reddit words it."""
    data = {"name": f"t1_{id36}", "id": id36, "body": body, "author": "marta", "created_utc": 1.7e9, "link_id": "t3_aa"}
    return {"kind": "t1", "data": data | {"parent_id": "t3_aa", "subreddit": "kettles"} | more}
