"""Where somebody else's model is found: a folder, what was fetched before, or a hub (here a tiny one of our own)."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.triage.reading.other_stage import WORDS, Rest, make_model, write_graph
from triage.reading.other import Hub, NotFetched, open_model
from triage.reading.other_hub import find_files
from triage.reading.other_labels import ModelRefused

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class TinyHub:
    """What a hub answers about the one model `acme/mood`, from a folder; every path it was asked for is kept."""

    folder: Path
    asked: list[str] = field(default_factory=list)
    status: int = 200
    error_code: str = ""
    stalls_on: str = ""
    """A file of which only the first byte is ever sent."""
    drips: bool = False
    """Whether the listing is sent a byte at a time, without an end."""
    done: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(f"{request.command} {request.path}")
        path = request.path.partition("?")[0]
        if self.status != 200:
            self.send(request, self.status, b"", {"X-Error-Code": self.error_code})
        elif path.startswith("/api/models/acme/mood"):
            self.list_files(request)
        elif (file := self.folder / path.partition(f"/resolve/{path.split('/')[4]}/")[2]).is_file():
            self.send_file(request, file)
        else:
            self.send(request, 404, b"", {"X-Error-Code": "EntryNotFound"})

    def list_files(self, request: BaseHTTPRequestHandler) -> None:
        names = [p.relative_to(self.folder).as_posix() for p in sorted(self.folder.rglob("*")) if p.is_file()]
        told = {"id": "acme/mood", "sha": COMMIT, "siblings": [{"rfilename": name} for name in names]}
        if self.drips:
            request.send_response(200)
            request.end_headers()
            while not self.done.wait(0.02):
                request.wfile.write(b" ")
            return
        self.send(request, 200, json.dumps(told).encode(), {"Content-Type": "application/json"})

    def send_file(self, request: BaseHTTPRequestHandler, file: Path) -> None:
        content = file.read_bytes()
        headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{hash(content):x}"', "Accept-Ranges": "bytes"}
        stalls = self.stalls_on == file.name and request.command == "GET"
        self.send(request, 200, content[:1] if stalls else content, headers, length=len(content))
        if stalls:
            request.wfile.flush()
            self.done.wait()

    def send(
        self, request: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str], length: int = -1
    ) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(length if length >= 0 else len(body)))
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(body)


@pytest.fixture
def serve() -> Iterator[Callable[[Path], TinyHub]]:
    """Start a hub that offers the model in a folder."""
    running: list[tuple[TinyHub, ThreadingHTTPServer]] = []

    def start(folder: Path) -> TinyHub:
        tiny = TinyHub(folder)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                tiny.answer(self)

            do_HEAD = do_GET

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """A client that gives up is what some tests are about."""

        server = Server(("127.0.0.1", 0), Handler)
        tiny.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        running.append((tiny, server))
        return tiny

    yield start
    for tiny, server in running:
        tiny.done.set()
        server.shutdown()
        server.server_close()


def hub(tiny: TinyHub | str, cache: Path, **told: float) -> Hub:
    return Hub(endpoint=tiny if isinstance(tiny, str) else tiny.url, cache=cache, **told)  # type: ignore[arg-type]


def refusal(name: str, here: Hub) -> str:
    with pytest.raises(ModelRefused, match=r"^QUARTERDECK_MODEL") as refused:
        find_files(name, here)
    return str(refused.value)


def test_a_folder_is_used_without_asking_anybody(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m")
    assert find_files(str(folder), hub("http://127.0.0.1:1", tmp_path / "cache")).folder == folder


def test_a_folder_may_be_named_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    make_model(tmp_path / "m")
    assert find_files("~/m", Hub()).folder == tmp_path / "m"


def test_a_missing_folder_is_told_at_once(tmp_path: Path) -> None:
    assert "there is no folder" in refusal(str(tmp_path / "nowhere"), Hub())
    assert "there is no folder ./nowhere" in refusal("./nowhere", Hub())
    assert "~nobody-of-that-name" in refusal("~nobody-of-that-name/m", Hub())


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m")
    assert f"name the folder it lies in, {folder}" in refusal(str(folder / "model.onnx"), Hub())


@pytest.mark.parametrize("name", ["acme/mood/extra", "acme mood", "-", "acme/", "a..b", "acme/" + "x" * 200])
def test_what_can_be_neither_is_told(name: str, tmp_path: Path) -> None:
    refusal(name, hub("http://127.0.0.1:1", tmp_path))


def test_a_model_is_fetched_once_and_opened(serve: Callable[[Path], TinyHub], tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", graph=None)
    write_graph(folder / "onnx" / "model.onnx", list(WORDS.values()), beside="model.onnx_data")
    for name in ("README.md", "pytorch_model.bin", "modeling_mood.py"):
        (folder / name).write_text("not for us")
    tiny = serve(folder)
    here = hub(tiny, tmp_path / "cache")
    model = open_model("acme/mood", "", rest=Rest(), hub=here)
    assert model.read(["awful"], ["en"]).probabilities[0][0] > 0.9
    assert model.version.startswith("mood-")
    fetched = {path.rpartition("/")[2] for path in tiny.asked if path.startswith("GET") and "/resolve/" in path}
    assert fetched == {"config.json", "tokenizer.json", "tokenizer_config.json", "model.onnx", "model.onnx_data"}
    before = len(tiny.asked)
    again = open_model("acme/mood", "", rest=Rest(), hub=here)
    assert len(tiny.asked) == before
    assert again.version == model.version


def test_a_revision_is_asked_for_by_name(serve: Callable[[Path], TinyHub], tmp_path: Path) -> None:
    tiny = serve(make_model(tmp_path / "m"))
    assert find_files("acme/mood@v2", hub(tiny, tmp_path / "cache")).is_graph
    assert "GET /api/models/acme/mood/revision/v2" in tiny.asked


def test_what_was_fetched_is_there_without_a_network(serve: Callable[[Path], TinyHub], tmp_path: Path) -> None:
    find_files("acme/mood", hub(serve(make_model(tmp_path / "m")), tmp_path / "cache"))
    assert find_files("acme/mood", Hub(cache=tmp_path / "cache", fetches=False)).is_graph


def test_nothing_is_fetched_where_nothing_may_be(serve: Callable[[Path], TinyHub], tmp_path: Path) -> None:
    tiny = serve(make_model(tmp_path / "m"))
    with pytest.raises(NotFetched, match="not on this machine yet"):
        find_files("acme/mood", Hub(endpoint=tiny.url, cache=tmp_path / "cache", fetches=False))
    assert tiny.asked == []


def test_a_hub_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
    words = refusal("acme/mood", hub(nowhere, tmp_path))
    assert "could not be fetched from the hub (ConnectError)" in words
    assert "path of its folder" in words


def test_a_hub_that_never_answers_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        here = hub(f"http://127.0.0.1:{silent.getsockname()[1]}", tmp_path, answers_within=0.3)
        assert "could not be fetched" in refusal("acme/mood", here)


def test_a_hub_that_answers_without_an_end_is_given_up(serve: Callable[[Path], TinyHub], tmp_path: Path) -> None:
    tiny = serve(make_model(tmp_path / "m"))
    tiny.drips = True
    assert "it said nothing for 0.5 s" in refusal("acme/mood", hub(tiny, tmp_path / "cache", answers_within=0.5))


def test_a_download_that_stalls_is_given_up_and_not_taken_for_whole(
    serve: Callable[[Path], TinyHub], tmp_path: Path
) -> None:
    """In a process of its own: what is left behind goes on trying until the process ends, and must not hold it up."""
    tiny = serve(make_model(tmp_path / "m"))
    tiny.stalls_on = "model.onnx"
    code = (
        "from pathlib import Path; from triage.reading.other_hub import Hub, find_files; "
        f"find_files('acme/mood', Hub({tiny.url!r}, Path({str(tmp_path / 'cache')!r}), patience=1.5))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "it said nothing for 1.5 s" in done.stderr.splitlines()[-1]
    assert f"GET /acme/mood/resolve/{COMMIT}/model.onnx" in tiny.asked
    with pytest.raises(NotFetched, match="not on this machine yet"):
        find_files("acme/mood", Hub(cache=tmp_path / "cache", fetches=False))


def test_what_was_begun_is_finished_the_next_time(serve: Callable[[Path], TinyHub], tmp_path: Path) -> None:
    tiny = serve(make_model(tmp_path / "m"))
    here = hub(tiny, tmp_path / "cache")
    weights = (tiny.folder / "model.onnx").read_bytes()
    find_files("acme/mood", here)
    [kept] = (tmp_path / "cache").rglob("snapshots/*/model.onnx")
    kept.unlink()
    assert find_files("acme/mood", here).is_graph
    assert kept.read_bytes() == weights


@pytest.mark.parametrize(
    ("status", "code", "says"),
    [
        (404, "RepoNotFound", "the hub has no model acme/mood, or it is private"),
        (403, "GatedRepo", "only to people who asked"),
        (404, "RevisionNotFound", "no such revision"),
        (500, "", "could not be fetched"),
    ],
)
def test_what_the_hub_refuses_is_told(
    status: int, code: str, says: str, serve: Callable[[Path], TinyHub], tmp_path: Path
) -> None:
    tiny = serve(tmp_path)
    tiny.status, tiny.error_code = status, code
    assert says in refusal("acme/mood", hub(tiny, tmp_path / "cache"))


def test_a_model_without_what_is_needed_is_not_fetched(serve: Callable[[Path], TinyHub], tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", graph=None)
    (folder / "pytorch_model.bin").write_bytes(b"pickle")
    tiny = serve(folder)
    assert "pytorch_model.bin" in refusal("acme/mood", hub(tiny, tmp_path / "cache"))
    assert [path for path in tiny.asked if "resolve" in path] == []
