"""TESTS: import a file in a process of its own that kills itself at a named point.

    python -m tests.worker.storm_import DATABASE FILE import.chunk.3.before_commit
    python -m tests.worker.storm_import DATABASE FILE import.chunk.2.after_statement.9

The points are seen from outside, by the database events of SQLAlchemy: the program itself knows none of them.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from models.database import Database
from settings import Settings
from tests.conftest import NOON
from worker.importing import import_file

CHUNK = 700


def main(url: str, path: str, point: str = "") -> None:
    """Import the file; die at the point, if one is named."""
    database = Database(url)
    if point:
        die_at(database, point)
    import_file(database, Path(path), settings=Settings(), chunk=CHUNK, now=lambda: NOON)


def die_at(database: Database, point: str) -> None:
    """Send this process SIGKILL at import.chunk.<n>.before_commit, .after_commit or .after_statement.<m>."""
    _, _, chunk, *what = point.split(".")
    seen = {"chunk": 0, "statement": 0}

    def begun(connection: Any) -> None:
        if connection.get_execution_options().get("quarterdeck_writing"):
            seen.update(chunk=seen["chunk"] + 1, statement=0)

    def ended(kind: str) -> Callable[..., None]:
        def check(*_: Any) -> None:
            seen["statement"] += kind == "after_statement"
            here = [kind, str(seen["statement"])] if kind == "after_statement" else [kind]
            if seen["chunk"] == int(chunk) and here == what:
                os.kill(os.getpid(), signal.SIGKILL)

        return check

    event.listen(database.engine, "begin", begun)
    event.listen(database.engine, "commit", ended("before_commit"))
    event.listen(database.engine, "after_cursor_execute", ended("after_statement"))


if __name__ == "__main__":
    main(*sys.argv[1:])
