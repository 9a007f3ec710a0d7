"""COMMANDS: what every command shares: the open house, tables for people, JSON for programs, errors as exit codes."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from logs import set_up_logs
from models.base import utc_now
from models.database import Database, DatabaseError
from settings import Settings, settings
from triage.history import By, Refused
from worker.house import SetupError, open_house

errors = Console(stderr=True, highlight=False, soft_wrap=True)
FAILED, USAGE, REJECTS = 1, 2, 3

AsJson = Annotated[bool, typer.Option("--json", help="Only JSON, for programs.")]
OfBrand = Annotated[str | None, typer.Option("--brand", help="The brand; the first one if not said.")]


@contextmanager
def house() -> Iterator[tuple[Database, Settings]]:
    """The database, migrated, and the settings; every known trouble becomes one line and exit code 1 or 2."""
    try:
        told = settings()
        set_up_logs(told.log_level)
        database = open_house(told)
        try:
            yield database, told
        finally:
            database.close()
    except ValidationError as error:
        for problem in error.errors():
            where = "_".join(str(p) for p in problem["loc"])
            say(f"[red]Setting {where}:[/] {plain(problem['msg'])}")
        raise typer.Exit(USAGE) from None
    except (SetupError, Refused, ValueError) as error:
        say(f"[red]{plain(str(error))}[/]")
        raise typer.Exit(USAGE) from None
    except DatabaseError as error:
        say(f"[red]{plain(str(error))}[/]")
        raise typer.Exit(FAILED) from None


def shell() -> By:
    """Who acts when a command does: the admin at the shell."""
    return By(at=utc_now(), rule="shell")


def say(text: str) -> None:
    """A line for people, on standard error. Rich markup: pass anybody's words through `plain` first."""
    errors.print(text)


def plain(text: str) -> str:
    """Anybody's words, so that a terminal shows them and does nothing else: no markup, no control characters."""
    safe = "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)
    return safe.replace("[", "\\[")


def print_json(value: Any) -> None:
    """The answer for programs, on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=_json)
    sys.stdout.write("\n")


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], empty: str) -> None:
    """The answer for people, on standard output; `empty` is said where there is nothing."""
    if not rows:
        say(empty)
        return
    table = Table(*columns, title=title, title_justify="left", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*("" if v is None else plain(str(v)) for v in row))
    output().print(table)


def output() -> Console:
    """Standard output for people: as wide as the terminal, and wide enough for a table where there is none."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else 160)


def z(moment: datetime | None) -> str | None:
    """A time as the contract has it: UTC with Z, to the second or finer as stored."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def _json(value: object) -> object:
    if isinstance(value, datetime):
        return z(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")
