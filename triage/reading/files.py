"""TRIAGE, reading: a whole CSV file read at once, of any size.

In comes a CSV file with a column of texts; out goes the same file with the readings as further columns. It
streams: only a few hundred rows are in memory. The new file appears whole or not at all; the old one is
never changed (unless it is named as the target).
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO
from uuid import uuid4

from triage.reading import ReadingResult, classify

READING_COLUMNS = (
    "sentiment", "p_negative", "p_neutral", "p_positive", "intent", "intent_confidence", "needs_reply", "language",
)  # fmt: skip
EXTRA_COLUMNS = ("band", "priority")
PREFIX = "qd_"
BATCH = 256
LONGEST_CELL = 64 * 1024 * 1024
"""Characters in one cell; the standard library's own limit is 131,072."""

END = "\r\n"

Extra = Callable[[list[ReadingResult], list[str]], list[dict[str, object]]]
"""From readings and their texts to further columns, one dict a row, in order."""
Progress = Callable[[int, float], None]
"""Called after each batch with the rows done and the share of the file read (0 to 1)."""


class FileRefused(ValueError):
    """The file cannot be classified as it is; the message says what to change. Nothing was written."""


def classify_file(
    path: Path,
    column: str,
    out: Path,
    on_progress: Progress | None = None,
    extra: Extra | None = None,
    *,
    extra_columns: Sequence[str] = EXTRA_COLUMNS,
) -> int:
    """Read the texts in `column` of a CSV file and write the file with the readings added to `out`.

    Every row, its order and all columns are kept; a new column whose name is taken gets the prefix `qd_`.
    UTF-8 with or without BOM; bytes that are no UTF-8 are passed through. Cells beyond the header stand
    behind the new columns. An empty line is an empty text where there is one column, else no row, as for every
    CSV reader. `extra` fills `extra_columns` (without it they are not written). An existing `out` is replaced at
    the end. Returns the number of rows. Errors: FileRefused, OSError.
    """
    wanted = tuple(extra_columns) if extra else ()
    with _opened(path) as source:
        rows = _rows(source)
        header = next(rows, None)
        position = _position(header, column)
        assert header is not None
        added = _free_names(header, (*READING_COLUMNS, *wanted))
        with _replacing(out) as target:
            writer = csv.writer(_Lines(target), lineterminator=END)
            writer.writerow([*header, *added])
            size = max(1, path.stat().st_size)
            done = 0
            while batch := list(islice(rows, BATCH)):
                writer.writerows(_extended(batch, len(header), position, extra, wanted))
                done += len(batch)
                if on_progress:
                    on_progress(done, min(1.0, source.buffer.tell() / size))  # type: ignore[attr-defined]
    return done


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    with path.open("rb") as raw:
        if raw.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            raise FileRefused(f"{path} is UTF-16. Save it as CSV UTF-8 and try again.")
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        yield file


def _rows(file: IO[str]) -> Iterator[list[str]]:
    """The header, then every row."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(file, strict=True)
    width, line = 0, 1
    try:
        for row in reader:
            if row or width == 1:
                yield row or [""]
            width, line = width or len(row), reader.line_num + 1
    except csv.Error as error:
        raise FileRefused(f"Line {line} is not readable as CSV: {fault(error)}") from error


def fault(error: csv.Error) -> str:
    """What is wrong with a table that `csv` cannot read, in words that say where to look."""
    said = str(error)
    if "unexpected end of data" in said:
        return "a quote is opened there and never closed."
    if "field larger" in said:
        return f"a cell is longer than {LONGEST_CELL:,} characters; is a quote never closed?"
    if "expected after" in said:
        return "a quote inside a cell in quotes must be written twice."
    return f"{said}."


def _position(header: list[str] | None, column: str) -> int:
    if header is None:
        raise FileRefused("The file is empty. It needs a first line with the names of its columns.")
    if column not in header:
        raise FileRefused(f"There is no column {column!r}. The file has: {', '.join(header)}.")
    return header.index(column)


def _free_names(header: Sequence[str], names: Sequence[str]) -> list[str]:
    taken = set(header)
    free = []
    for name in names:
        while name in taken:
            name = PREFIX + name
        taken.add(name)
        free.append(name)
    return free


class _Lines:
    """A file for `csv.writer` whose lines end in a plain newline.

    Before Python 3.13 the writer quotes a lone carriage return only where its own line end holds one; unquoted it
    would break the row.
    """

    def __init__(self, file: IO[str]) -> None:
        self.file = file

    def write(self, line: str) -> None:
        """Write one row."""
        self.file.write(line.removesuffix(END) + "\n")


@contextmanager
def _replacing(out: Path) -> Iterator[IO[str]]:
    """A file beside `out` that takes its place at the end; gone if anything fails."""
    part = out.with_name(f".{out.name}.{uuid4().hex}.part")
    try:
        with part.open("x", encoding="utf-8", errors="surrogateescape", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _extended(
    batch: list[list[str]], width: int, position: int, extra: Extra | None, wanted: Sequence[str]
) -> Iterator[list[object]]:
    padded = [row + [""] * (width - len(row)) for row in batch]
    texts = [row[position] for row in padded]
    readings = classify(texts)
    more: list[dict[str, object]] = extra(readings, texts) if extra else [{} for _ in texts]
    for row, reading, further in zip(padded, readings, more, strict=True):
        yield [*row[:width], *_cells(reading), *_chosen(further, wanted), *row[width:]]


def _cells(reading: ReadingResult) -> list[object]:
    values = (getattr(reading, name) for name in READING_COLUMNS)
    return [f"{value:.6f}" if isinstance(value, float) else value for value in values]


def _chosen(further: Mapping[str, object], wanted: Sequence[str]) -> list[object]:
    return [further[name] for name in wanted]
