"""TESTS: poll a source in a process of its own that kills itself at a named point.

    python -m tests.worker.killed_poll 7 before "INSERT INTO mention " 1
    python -m tests.worker.killed_poll 7 commit "INSERT INTO poll " 1

`before` and `after` name the moments around the n-th statement of those first words, `commit` the moment in which the
transaction of that statement is about to be committed. Seen from outside, by the database events of SQLAlchemy.
"""

import os
import signal
import sys
from typing import Any

from sqlalchemy import event

from models.database import Database
from settings import Settings
from worker.lease import Worker
from worker.polling import poll_source


def main(source_id: int, moment: str, words: str, nth: int) -> None:
    """Poll; die at the point. Ends with 0 if the point never came."""
    settings = Settings()
    database = Database(settings.database)
    die_at(database, moment, words, nth)
    poll_source(Worker(database, settings), source_id)


def die_at(database: Database, moment: str, words: str, nth: int) -> None:
    """Send this process SIGKILL at the point."""
    seen = {"count": 0}

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def before(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen["count"] += statement.startswith(words)
        if moment == "before" and statement.startswith(words) and seen["count"] == nth:
            die()

    def after(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if moment == "after" and statement.startswith(words) and seen["count"] == nth:
            die()

    def commit(_connection: Any) -> None:
        if moment == "commit" and seen["count"] >= nth:
            die()

    event.listen(database.engine, "before_cursor_execute", before)
    event.listen(database.engine, "after_cursor_execute", after)
    event.listen(database.engine, "commit", commit)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
