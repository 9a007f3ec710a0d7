"""TESTS: short words for files to import and for what became of them."""

import csv
from collections.abc import Iterable
from pathlib import Path

from sqlmodel import col, select

from listeners.import_files import COLUMNS
from models import Conversation, Mention, Placement, Wait
from models.database import Database
from settings import Settings
from tests.conftest import NOON
from tests.house import at
from worker.importing import ImportResult, import_file

Cells = dict[str, str]


def cells(external_id: str, author: str, minutes: float, text: str = "it leaks", **more: str) -> Cells:
    empty = dict.fromkeys(COLUMNS[:10], "")
    named = {"platform": "x", "external_id": external_id, "author": author, "text": text}
    return empty | named | {"posted_at": at(minutes).isoformat()} | more


def write(path: Path, rows: Iterable[Cells]) -> Path:
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(k for r in rows for k in r)), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def bring_in(database: Database, path: Path, *, chunk: int = 1000, timezone: str | None = None,
             brand: str | None = None, to_queue: bool = False) -> ImportResult:  # fmt: skip
    return import_file(database, path, settings=Settings(), chunk=chunk, timezone=timezone, brand=brand,
                       to_queue=to_queue, now=lambda: NOON)  # fmt: skip


def counted(result: ImportResult) -> tuple[int, int, int, int, int]:
    return result.rows, result.mentions_new, result.seen_again, result.editions, result.rejected


def whole(database: Database) -> list[object]:
    """Every conversation, wait and placement as it stands."""
    with database.reading() as session:
        return [
            [row.model_dump() for row in session.exec(query)]
            for query in (
                select(Conversation).order_by(col(Conversation.id)),
                select(Wait).order_by(col(Wait.id)),
                select(Placement).order_by(col(Placement.mention_id)),
                select(Mention).order_by(col(Mention.id)),
            )
        ]
