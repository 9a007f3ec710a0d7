"""Where to listen: every address answers, and every account of ours is named."""

import json
import signal
import subprocess
import sys
from pathlib import Path

from sandbox.life import load_story
from sandbox.places import places
from sandbox.server import running
from tests.sandbox.clients import get

ROOT = Path(__file__).parents[2]


def test_every_feed_it_names_is_there_and_ours_are_named() -> None:
    with running(load_story()) as sandbox:
        told = places(sandbox.world)
        for path in (*told["feeds"], *told["comments"]):
            assert "<item>" in get(sandbox, path).text, path
    assert len(told["feeds"]) == 4
    assert len(told["comments"]) >= 3
    assert told["subreddits"] == ["coffeecorner", "ferrowvalley", "kettles"]
    named = {(a["platform"], a["handle"], a["automatic"]) for a in told["accounts"]}
    assert named == {
        ("x", "tarnbrook", False), ("x", "tarnbrook_bot", True), ("reddit", "tarnbrook_team", False),
        ("blog", "Tarnbrook", False),
    }  # fmt: skip


def test_what_is_closed_is_no_place() -> None:
    world = load_story()
    world.add_subreddit("closed", "private")
    assert "closed" not in places(world)["subreddits"]


def test_they_are_written_with_the_history_of_the_same_world(tmp_path: Path) -> None:
    words = ["--data", tmp_path / "kept", "--history", tmp_path / "history.csv", "--places", tmp_path / "places.json"]
    subprocess.run([sys.executable, "-m", "sandbox", *map(str, words)], cwd=ROOT, timeout=60, check=True)
    assert (tmp_path / "history.csv").exists()
    assert json.loads((tmp_path / "places.json").read_text(encoding="utf-8"))["keys"]["x_bearer"] == "sandbox-bearer"


def test_with_its_parent_it_ends_when_standard_input_closes() -> None:
    words = [sys.executable, "-m", "sandbox", "--port", "0", "--with-parent"]
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(words, cwd=ROOT, text=True, **pipes) as started:  # type: ignore[call-overload]
        try:
            assert "http://127.0.0.1:" in started.stderr.readline()
            assert started.poll() is None
            started.stdin.close()
            assert started.wait(30) == 0
        finally:
            started.send_signal(signal.SIGKILL)
