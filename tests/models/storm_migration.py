"""TESTS: migrate in a process of its own and print whether anything changed, or die at a named point on the way.

    python -m tests.models.storm_migration DATABASE [migrate.create_table.9 | migrate.before_commit]

The points are seen from outside, by the database events of SQLAlchemy.
"""

import os
import signal
import sys
from typing import Any

from sqlalchemy import event

from models.database import Database


def main(url: str, point: str) -> None:
    """Migrate; die at the point."""
    database = Database(url)
    made: list[str] = []
    last = int(point.rsplit(".", 1)[1]) if ".create_table." in point else 0

    def executed(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        # alembic_version is Alembic's own and is made before the first of ours.
        if statement.strip().startswith("CREATE TABLE") and "alembic_version" not in statement:
            made.append(statement)
        if len(made) == last > 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def committing(_connection: Any) -> None:
        if made and point == "migrate.before_commit":
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine, "after_cursor_execute", executed)
    event.listen(database.engine, "commit", committing)
    sys.stdout.write(f"{database.migrate()}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
