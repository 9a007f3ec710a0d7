"""WORKER: a file of posts → mentions, a chunk a transaction.

Comes in: FILE.csv or FILE.jsonl. Goes out: mentions through the one way in, and FILE.rejects.csv with what could not be
read. Constant memory; killed at any point and run again it ends with exactly the file's set. It never asks a platform.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session, col, func, select

from listeners.import_files import ImportFile, ImportFileError, Line
from listeners.import_rows import BadRow, Row, read_row
from listeners.post import storable
from listeners.saving import Sighting
from models import Brand, MentionVersion
from models.base import utc_now
from models.database import Database
from models.values import Platform
from settings import Settings
from triage.recompute import one_hand
from worker.intake import take_in

CHUNK = 1000
"""Rows a transaction; on the embedded database others write between two of them."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import came to. rows = mentions_new + seen_again + rejected."""

    rows: int = 0
    """Rows of the file, the rejected ones included."""
    mentions_new: int = 0
    """Mentions their brand did not have."""
    seen_again: int = 0
    """Rows about a mention that the brand had: from before, or from further up in the file."""
    editions: int = 0
    """Of the rows, those that told another text of a known mention, now kept as an edition."""
    rejected: int = 0
    rejects_path: Path | None = None
    """Where the rejects stand; None when there are none."""
    notes: dict[str, int] = field(default_factory=dict)
    """What was changed or left out on the way, in words that follow a number, and how many rows it concerns."""
    ignored_columns: tuple[str, ...] = ()
    """Columns of the file that an import does not know."""


def import_file(
    database: Database,
    path: Path,
    *,
    settings: Settings,
    brand: str | None = None,
    timezone: str | None = None,
    to_queue: bool = False,
    on_progress: Callable[[int], None] = lambda _bytes: None,
    chunk: int = CHUNK,
    now: Callable[[], datetime] = utc_now,
) -> ImportResult:
    """Import a file, committing each chunk. Harmless to repeat, also after a kill.

    `brand` is that of rows which name none; None = the first that is no competitor. `timezone` (IANA) is that of times
    without an offset. `on_progress` hears how many bytes of the file are in the database. Rows younger than the
    setting enter the queue, all of them with `to_queue`. Raises `ImportFileError` before anything is imported.
    """
    zone = _zone(timezone)
    brands = _brands(database, brand)
    with ImportFile(path) as file, _Rejects(rejects_path(path), file.columns) as rejects:
        result = ImportResult(ignored_columns=file.ignored)
        lines = file.rows()
        while part := list(islice(lines, chunk)):
            rows = _understood(part, brands, zone, now(), rejects)
            with database.writing() as session:
                one_hand(session)  # then the time: what somebody closed while we waited must not cover these posts
                result = _added(result, part, rows, *_take_in(session, rows, settings, to_queue, now()))
            on_progress(file.bytes_read)
        rejects.finish()
        return replace(result, rejected=rejects.count, rejects_path=rejects.path if rejects.count else None)


def rejects_path(path: Path) -> Path:
    """Where the rejects of a file stand: FILE.rejects.csv beside it."""
    return path.with_suffix(".rejects.csv")


def _zone(timezone: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(timezone) if timezone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ImportFileError(f'there is no time zone "{timezone}"; use a name like Europe/Berlin') from None


def _brands(database: Database, default: str | None) -> dict[str, int]:
    """Brand ids by case-folded name; the default stands under the empty name."""
    with database.reading() as session:
        query = select(Brand.id, Brand.name, Brand.competitor).order_by(col(Brand.competitor), col(Brand.id))
        found = [(i, name, competitor) for i, name, competitor in session.exec(query) if i is not None]
    brands = {name.casefold(): i for i, name, _ in reversed(found)}
    first = brands.get(default.casefold()) if default else next((i for i, _, rival in found if not rival), None)
    if first is None:
        raise ImportFileError(
            _no_brand(default) if default else "there is no brand; add one with `quarterdeck brand add`"
        )
    return brands | {"": first}


def _no_brand(name: str) -> str:
    return f'no brand "{name}"; add it with `quarterdeck brand add`'


@dataclass(frozen=True, slots=True)
class _Understood:
    """A row that can be imported, and the brand it is for."""

    row: Row
    brand_id: int


def _understood(
    lines: list[Line], brands: dict[str, int], zone: ZoneInfo | None, now: datetime, rejects: "_Rejects"
) -> list[_Understood]:
    """The rows that can be imported, in their order; the others go to the rejects."""
    rows = []
    for line in lines:
        try:
            if line.fault:
                raise BadRow(line.fault)
            row = read_row(line.cells, zone=zone, now=now)
            if row.brand.casefold() not in brands:
                raise BadRow(_no_brand(row.brand))
        except BadRow as reason:
            rejects.add(line, str(reason))
        else:
            rows.append(_Understood(row, brands[row.brand.casefold()]))
    return rows


def _take_in(
    session: Session, rows: list[_Understood], settings: Settings, to_queue: bool, now: datetime
) -> tuple[int, int]:
    """Mentions new to their brand, and editions."""
    # An id is one post on one platform only, so what is ours is told to each platform apart.
    groups: dict[tuple[int, Platform], list[Row]] = {}
    for understood in rows:
        groups.setdefault((understood.brand_id, understood.row.post.platform), []).append(understood.row)
    new, last = 0, session.exec(select(func.max(MentionVersion.id))).one() or 0
    for (brand_id, _), group in groups.items():
        own = frozenset(row.post.external_id for row in group if row.own)
        sighting = Sighting(brand_id=brand_id, via="import", at=now, from_import=True, own_ids=own)
        new += take_in(session, [r.post for r in group], sighting, settings=settings, to_queue=to_queue).mentions
    ours = col(MentionVersion.id) > last, col(MentionVersion.replaced_at) == now
    return new, session.exec(select(func.count()).select_from(MentionVersion).where(*ours)).one()


def _added(result: ImportResult, part: list[Line], rows: list[_Understood], new: int, editions: int) -> ImportResult:
    notes = dict(result.notes)
    for note in (n for r in rows for n in r.row.notes):
        notes[note] = notes.get(note, 0) + 1
    return replace(
        result,
        rows=result.rows + len(part),
        mentions_new=result.mentions_new + new,
        seen_again=result.seen_again + len(rows) - new,
        editions=result.editions + editions,
        notes=notes,
    )


class _Rejects:
    """The rejects file: written beside the old one while the import runs, in its place at the end, gone if empty."""

    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        self.path = path
        self.part = path.with_name(path.name + ".part")
        self.columns = columns
        self.count = 0
        self.file: IO[str] | None = None

    def __enter__(self) -> "_Rejects":
        return self

    def add(self, line: Line, reason: str) -> None:
        """Keep a row with its line and the reason; the cells as found, so that it can be mended and imported."""
        if self.file is None:
            self.file = self._open()
            self.writer = csv.writer(self.file)
            self.writer.writerow(["line", "reason", *self.columns])
        self.writer.writerow([line.number, storable(reason), *(storable(cell) for cell in line.raw)])
        self.count += 1

    def finish(self) -> None:
        """Put the new file in the place of an older one, or take the older one away."""
        if self.file is None:
            self.path.unlink(missing_ok=True)
            return
        self.file.close()
        self.part.replace(self.path)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.file is not None:
            self.file.close()
        self.part.unlink(missing_ok=True)

    def _open(self) -> IO[str]:
        try:
            return self.part.open("w", encoding="utf-8", newline="")
        except OSError as error:
            raise ImportFileError(
                f"some rows cannot be imported, and {self.path} cannot be written to say which: {error.strerror}. "
                "Copy the file to a folder you may write and import it from there"
            ) from None
