"""A shell on a real database: commands run in this process, with standard output and error apart."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner, Result

from cli import app
from models.database import Database
from sandbox.clock import Clock
from sandbox.life import load_story
from sandbox.server import Sandbox, running
from settings import settings


@dataclass
class Shell:
    """Runs `quarterdeck …`."""

    def __call__(self, *words: object, exit_code: int = 0, stdin: str | None = None) -> Result:
        """Run a command and check how it ended."""
        settings.cache_clear()
        result = CliRunner().invoke(app, [str(w) for w in words], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == exit_code, f"{words}: {result.exit_code}\n{result.stdout}\n{result.stderr}"
        return result

    def json(self, *words: object, exit_code: int = 0) -> Any:
        """Run a command with --json; what it prints is JSON and nothing else."""
        return json.loads(self(*words, "--json", exit_code=exit_code).stdout)


@pytest.fixture
def shell(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """`quarterdeck` on an empty database, once SQLite, once PostgreSQL."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("QUARTERDECK_BRAND", "Acme")
    yield Shell()
    _forget_logs()


@pytest.fixture
def lone_shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """`quarterdeck` in an empty data folder."""
    monkeypatch.setenv("QUARTERDECK_BRAND", "Acme")
    yield Shell()
    _forget_logs()


@pytest.fixture
def stored(shell: Shell, database: Database) -> Database:
    """The shell's database, with the first brand made."""
    shell("brand", "list")
    return database


@pytest.fixture
def story(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """The pretend platforms telling their story now, with their keys in the settings."""
    with running(load_story(Clock())) as sandbox:
        keys = sandbox.world.keys
        given = {
            "X_URL": sandbox.url, "REDDIT_URL": sandbox.url, "REDDIT_OAUTH_URL": sandbox.url,
            "ALLOW_ADDRESSES": sandbox.address, "X_BEARER_TOKEN": keys.x_bearer, "X_DAILY_USD": "5",
        }  # fmt: skip
        for name, value in given.items():
            monkeypatch.setenv(f"QUARTERDECK_{name}", value)
        yield sandbox


def _forget_logs() -> None:
    structlog.reset_defaults()
    root = logging.getLogger()
    for handler in [h for h in root.handlers if h.name == "quarterdeck"]:
        root.removeHandler(handler)
