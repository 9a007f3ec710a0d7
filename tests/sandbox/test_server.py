"""The server as a whole, and as a command."""

import csv
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from sandbox.history import COLUMNS, external_id
from sandbox.server import running
from sandbox.store import keep_in
from sandbox.world import World

ROOT = Path(__file__).parents[2]


def test_two_sandboxes_run_side_by_side_on_free_ports(world: World) -> None:
    with running(world) as first, running(world) as second:
        assert first.address != second.address
        assert {httpx.get(f"{one.url}/sandbox/state").status_code for one in (first, second)} == {200}


def test_its_history_can_be_written_and_is_that_of_the_sandbox_served_later(tmp_path: Path) -> None:
    sheet, folder = tmp_path / "history.csv", tmp_path / "kept"
    command = [sys.executable, "-m", "sandbox", "--history", str(sheet), "--data", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert done.stderr == f"{len(rows)} posts written to {sheet}\n"
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) > 20
    found = World()
    with keep_in(found, folder):
        ids = {external_id(found, post) for post in found.posts.values()}
        assert {row["external_id"] for row in rows} <= ids
        week_ago = found.clock.now() - timedelta(days=7)
        assert all(datetime.fromisoformat(row["posted_at"]) < week_ago for row in rows)


def test_it_can_be_run_by_hand_with_a_clock_of_its_own() -> None:
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--behind", "187"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as started:
        assert started.stderr is not None
        try:
            line = started.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert found, line
            told = datetime.fromisoformat(httpx.get(f"{found[0]}/sandbox/state").json()["now"])
        finally:
            started.send_signal(signal.SIGINT)
        assert started.stderr.read() == "sandbox stopped\n"
    assert started.returncode == 0
    assert timedelta(minutes=186) < datetime.now(UTC) - told < timedelta(minutes=196)
