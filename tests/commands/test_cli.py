"""The installed command as a process of its own: pipes, signals, encodings, and what nobody foresaw."""

import json
import os
import signal
import socket
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.commands.conftest import Shell

ROOT = Path(__file__).parents[2]
QUARTERDECK = Path(sys.executable).with_name("quarterdeck")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A data folder of its own, and nothing else of Quarterdeck's."""
    bare = {k: v for k, v in os.environ.items() if not k.startswith("QUARTERDECK_")}
    return bare | {"QUARTERDECK_DATA": str(tmp_path / "data"), "QUARTERDECK_BRAND": "Acmé"}


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([QUARTERDECK, *words], env=environment, capture_output=True, encoding="utf-8", timeout=60)


def test_version_and_help_need_no_settings_and_no_database(environment: dict[str, str], tmp_path: Path) -> None:
    environment["DATABASE_URL"] = "nonsense"
    assert run(environment, "--version").stdout == f"quarterdeck {version('quarterdeck')}\n"
    for words in (["--help"], ["source", "--help"], ["source", "add", "--help"], ["report", "--help"]):
        assert run(environment, *words).returncode == 0
    assert run(environment).returncode == 2
    assert not (tmp_path / "data").exists()


def test_an_unknown_command_says_what_to_do(environment: dict[str, str]) -> None:
    done = run(environment, "quque")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--help" in done.stderr


def test_it_runs_as_a_module_too(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cli", "queue", "--json"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "[]\n")


@pytest.mark.parametrize("words", [["queue", "--json"], ["brand", "list"], ["doctor", "--offline"]])
def test_a_reader_who_goes_away_is_no_trouble(environment: dict[str, str], words: list[str]) -> None:
    with subprocess.Popen(
        [QUARTERDECK, *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == ""


def test_ctrl_c_ends_quietly(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        pair = f"127.0.0.1:{silent.getsockname()[1]}"
        environment["QUARTERDECK_ALLOW_ADDRESSES"] = pair
        with subprocess.Popen(
            [QUARTERDECK, "source", "preview", "feed", f"http://{pair}/"],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as running:  # fmt: skip
            connection, _ = silent.accept()
            running.send_signal(signal.SIGINT)
            told, said = running.communicate(timeout=60)
            connection.close()
    assert (told, running.returncode) in [("", 1), ("", 130)]
    assert said.strip() in ("", "Aborted!", "Aborted.")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_json_is_utf8_whatever_the_terminal_and_people_miss_a_letter_only(
    environment: dict[str, str], encoding: str
) -> None:
    environment |= {"PYTHONIOENCODING": encoding, "QUARTERDECK_BRAND": "Acmé 茶"}
    assert json.loads(run(environment, "brand", "list", "--json").stdout)[0]["name"] == "Acmé 茶"
    done = subprocess.run([QUARTERDECK, "brand", "list"], env=environment, capture_output=True)
    assert done.returncode == 0
    assert b"Acm" in done.stdout


def test_what_nobody_foresaw_is_traced_without_anybodys_words(tmp_path: Path, environment: dict[str, str]) -> None:
    script = (
        "import cli\n"
        "@cli.app.command()\n"
        "def broken():\n"
        "    try:\n"
        "        int('a customer said this')\n"
        "    except ValueError as error:\n"
        "        raise KeyError('and this') from error\n"
        "cli.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "broken"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "customer" not in done.stderr
    assert "and this" not in done.stderr
    trace = json.loads(done.stderr.splitlines()[0])["exception"]
    assert trace.index("builtins.ValueError") < trace.index("builtins.KeyError")
    assert "<string>:7 broken" in trace
    assert "please report" in done.stderr


def test_a_database_that_fails_midway_is_one_line_with_code_1(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy import text

    from models.database import Database

    shell("brand", "list")
    database = Database(os.environ["DATABASE_URL"])
    with database.writing() as session:
        session.execute(text("ALTER TABLE source RENAME TO lost_source"))
    try:
        told = shell("source", "list", "--json", exit_code=1)
    finally:
        with database.writing() as session:
            session.execute(text("ALTER TABLE lost_source RENAME TO source"))
        database.close()
    assert told.stdout == ""
    assert len(told.stderr.strip().splitlines()) == 1
    assert "source" in told.stderr
