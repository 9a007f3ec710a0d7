"""TESTS: a web server of a few lines, for what no sandbox would do: stall, drip, lie. In: routes. Out: HTTP."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass
class Answer:
    """What to send. `body` may be a function that writes to the connection by itself, and may take its time."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: "bytes | Callable[[BaseHTTPRequestHandler, threading.Event], None]" = b""


class TinyServer:
    """Serves `routes` on 127.0.0.1 and keeps the headers of every request."""

    def __init__(self) -> None:
        self.routes: dict[str, Answer] = {}
        self.seen: list[tuple[str, Message]] = []
        self.stop = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.seen.append((self.path, self.headers))
                outer._send(self, outer.routes.get(self.path, Answer(404)))

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                pass  # clients here hang up on purpose

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port
        self.pair = f"127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def url(self, path: str) -> str:
        return f"http://{self.pair}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.seen]

    def _send(self, handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        body = answer.body
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        if isinstance(body, bytes):
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)
        else:
            body(handler, self.stop)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def rss(*items: str, head: str = "<title>Blog</title>") -> bytes:
    """An RSS 2.0 feed of ready items, with the namespaces blogs use."""
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel>{head}{"".join(items)}</channel></rss>'.encode()


def item(guid: str, title: str = "Kettle", text: str = "a kettle", more: str = "") -> str:
    """One item with an id that is no permalink."""
    return (
        f'<item><guid isPermaLink="false">{guid}</guid><title>{title}</title><description>{text}</description>'
        f"{more}</item>"
    )
