"""COMMANDS: what every command shares: the open house, answers for people and for programs, errors as exit codes.

Comes in: values. Goes out: answers on standard output, everything else on standard error. Nobody's words ever act in a
terminal: they are printed as text, without markup, control characters or direction overrides.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import DBAPIError

from listeners.import_files import ImportFileError
from logs import set_up_logs
from models.base import utc_now
from models.database import Database, DatabaseError
from settings import Settings, SettingsError, settings
from triage.history import By, Refused
from triage.unavailable import ModelUnavailable
from worker.house import SetupError, open_house

errors = Console(stderr=True, highlight=False, soft_wrap=True)
FAILED, USAGE, REJECTS = 1, 2, 3
LARGEST_ID = 2**31 - 1
"""What the id columns hold."""

AsJson = Annotated[bool, typer.Option("--json", help="Only JSON, for programs.")]
ForBrand = Annotated[str | None, typer.Option("--brand", help="The brand; the first one if not said.")]
OnlyBrand = Annotated[str | None, typer.Option("--brand", help="Only this brand; every brand if not said.")]
SourceId = Annotated[int, typer.Argument(min=1, max=LARGEST_ID, help="Its number, as `source list` shows it.")]


@contextmanager
def house() -> Iterator[tuple[Database, Settings]]:
    """The database, migrated, and the settings; every known trouble ends the command as `troubles` says."""
    with troubles() as told:
        database = open_house(told)
        try:
            yield database, told
        finally:
            database.close()


@contextmanager
def troubles() -> Iterator[Settings]:
    """The settings, and logs set up by them. Known troubles become one line and an exit code.

    2: what was asked, or what it names, is wrong; nothing was done. 1: it was begun and failed.
    """
    try:
        told = settings()
        set_up_logs(told.log_level)
        yield told
    except SettingsError as error:
        for problem in str(error).split("\n"):
            say(problem, "red")
        raise typer.Exit(USAGE) from None
    except (SetupError, Refused, ImportFileError, ModelUnavailable) as error:
        say(str(error), "red")
        raise typer.Exit(USAGE) from None
    except DatabaseError as error:
        say(str(error), "red")
        raise typer.Exit(FAILED) from None
    except DBAPIError as error:
        say(f"The database failed: {_first_line(error.orig)}. Nothing of this step was kept; try again.", "red")
        raise typer.Exit(FAILED) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        say(f"{error.filename or 'A file'}: {error.strerror or type(error).__name__}.", "red")
        raise typer.Exit(FAILED) from None


def shell() -> By:
    """Who acts when a command does: the admin at the shell."""
    return By(at=utc_now(), rule="shell")


def say(text: str, style: str = "") -> None:
    """One line for people, on standard error. Anybody's words may stand in it."""
    errors.print(Text(one_line(text), style=style))


def show_line(text: str, style: str = "", indent: int = 0) -> None:
    """One line of the answer for people, on standard output. Anybody's words may stand in it."""
    output().print(Text(" " * indent + one_line(text), style=style), soft_wrap=True)


def one_line(text: str) -> str:
    """The text on one line, as `plain` shows it."""
    return " ".join(plain(text).split())


def plain(text: str) -> str:
    """Anybody's words, so that a terminal shows them and does nothing else. Keeps letters, emoji and line breaks."""
    return "".join(c if c.isprintable() else _shown(c) for c in text.replace("\r\n", "\n"))


def _shown(character: str) -> str:
    if character in "\n\u200c\u200d":  # joiners: some scripts and emoji need them
        return character
    category = unicodedata.category(character)
    if character == "\t" or category.startswith("Z"):
        return " "
    return character if category in ("Cn", "Co") else "\ufffd"  # newer than our tables: a letter, not a command


_ACTING = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")
"""What JSON leaves as it is and a terminal or editor may obey: controls, direction marks, half characters."""


def print_json(value: Any) -> None:
    """The answer for programs, on standard output: UTF-8 whatever the terminal's."""
    told = json.dumps(value, ensure_ascii=False, indent=2, default=_json, allow_nan=False)
    to_programs(_ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", told) + "\n")


def to_programs(text: str) -> None:
    """Write to standard output as it is, in UTF-8."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8")
    sys.stdout.write(text)
    sys.stdout.flush()


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], empty: str) -> None:
    """The answer for people, on standard output; `empty`, unless empty, is said where there is nothing."""
    if not rows:
        if empty:
            say(empty)
        return
    table = Table(*columns, title=title, title_justify="left", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text("" if v is None else plain(str(v))) for v in row))
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


def _first_line(error: BaseException | None) -> str:
    """What a database says before it comes to the values."""
    return str(error).strip().split("\n")[0].rstrip(".")
