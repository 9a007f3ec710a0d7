"""WORKSPACE: the one database and the settings of this process. Comes in: nothing. Goes out: both, opened once.

Never closes the database while screens may use it: the process that opened it closes it at its end.
"""

import threading

from models.database import Database
from settings import Settings, settings
from worker.house import open_house
from worker.installation import require_here

_lock = threading.Lock()
_opened: dict[str, Database] = {}


def house() -> tuple[Database, Settings]:
    """The open database and the settings. Raises what `open_house` raises, and `SetupError` for a demo's database
    outside the demo, or the other way round."""
    told = settings()
    with _lock:
        if told.database not in _opened:
            _opened[told.database] = _open(told)
        return _opened[told.database], told


def close_house() -> None:
    """Give every connection back. Opening again is harmless."""
    with _lock:
        for database in _opened.values():
            database.close()
        _opened.clear()


def _open(told: Settings) -> Database:
    database = open_house(told)
    try:
        require_here(database)
    except BaseException:
        database.close()
        raise
    return database
