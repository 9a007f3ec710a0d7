"""WORKER: what this database is for: a demo, or real work. Comes in: a session. Goes out: a mark, or a refusal.

The mark is written at first use and never changed: demo and reality do not meet. Commits nothing itself.
"""

import hmac
import os
from pathlib import Path

from sqlmodel import Session, col, func, select

from models import Installation, Source, User
from models.database import Database
from worker.house import SetupError

DEMO_VARIABLE = "QUARTERDECK_DEMO"
"""Set by `quarterdeck demo` for its own children, and by nobody else: random characters, new at every start."""
DEMO_FILE = "demo-running"
"""Holds the same characters, in the data folder, while the demo runs; readable by its owner only."""
SHORTEST_SECRET = 32


def in_demo() -> bool:
    """Whether a `quarterdeck demo` that runs now started this process."""
    told = os.environ.get(DEMO_VARIABLE, "").encode()
    if len(told) < SHORTEST_SECRET:
        return False
    try:
        kept = (Path(os.environ.get("QUARTERDECK_DATA", "")) / DEMO_FILE).read_bytes()
    except OSError:
        return False
    return hmac.compare_digest(told, kept)


def is_demo(session: Session) -> bool | None:
    """What the database is marked as; None = not marked yet."""
    row = session.get(Installation, 1)
    return None if row is None else row.demo


def mark(session: Session, *, demo: bool) -> None:
    """Say what this database is for, if nobody has; refuse with `SetupError` if it is for the other. Commits nothing.

    A demo also needs a database without users and sources. Calling twice with the same is harmless.
    """
    require(session, demo=demo)
    if is_demo(session) is None:
        if demo and (_any(session, User) or _any(session, Source)):
            raise SetupError(
                "This database has users or sources, so it may hold real work: a demo never touches it. "
                "Give the demo a folder of its own in QUARTERDECK_DATA."
            )
        session.add(Installation(id=1, demo=demo))
        session.flush()


def require(session: Session, *, demo: bool = False) -> None:
    """Raise `SetupError` if the database is marked for the other. One without a mark is welcome."""
    marked = is_demo(session)
    if marked is None or marked == demo:
        return
    if marked:
        raise SetupError(
            "This folder holds a demo: its people and posts are invented, and it never reaches a real platform. "
            "For real work give another folder in QUARTERDECK_DATA, or another DATABASE_URL. "
            "To see the demo: quarterdeck demo."
        )
    raise SetupError(
        "This folder holds real work, so no demo runs in it. Give the demo a folder of its own in QUARTERDECK_DATA."
    )


def require_here(database: Database) -> None:
    """`require` what this process was started for: a demo's child works on a demo's database, others on real ones."""
    with database.reading() as session:
        require(session, demo=in_demo())


def _any(session: Session, table: type[User] | type[Source]) -> bool:
    return bool(session.exec(select(func.count(col(table.id)))).one())
