"""LISTEN, import: a file on disk → its rows, one at a time. Comes in: FILE.csv or FILE.jsonl. Goes out: `Line`s.

Constant memory, whatever the file's size. A line that cannot be read is a `Line` with its fault and never ends the
file. It never says what a row means: that is `import_rows`.
"""

import codecs
import csv
import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from listeners.post import storable

REQUIRED = (
    "platform", "external_id", "author", "text", "posted_at", "parent_id", "conversation_id", "own",
)  # fmt: skip
"""Columns a CSV must have: without the last three the figures would be wrong and nobody would notice."""
OPTIONAL = ("url", "followers", "author_id", "author_name", "brand")
COLUMNS = REQUIRED + OPTIONAL

LONGEST_FIELD = 8_000_000
"""Characters of one field; more is a quote that was never closed."""
LONGEST_LINE = 64_000_000
"""Bytes of one line that are read at once."""


class ImportFileError(Exception):
    """The file as a whole cannot be imported, and nothing of it was; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands in the file."""

    number: int
    """Of its first line in the file, from 1."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """By column; empty where there is a fault."""
    raw: Sequence[str] = ()
    """The cells in the file's order, for the rejects; of JSONL the whole line as one."""
    fault: str = ""
    """Why it cannot be read; empty = it can."""


class ImportFile:
    """A file to import, open from `with` to its end. Raises `ImportFileError` before the first row, never after."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.columns: tuple[str, ...] = ()
        """As they stand in the header, for the rejects; of JSONL the one column "row"."""
        self.ignored: tuple[str, ...] = ()
        """Columns of the header that an import does not know."""
        self._lines: _Lines

    def __enter__(self) -> "ImportFile":
        kind = self.path.suffix.lower()
        if kind not in (".csv", ".jsonl"):
            raise ImportFileError(f"cannot import {self.path.name}: the name must end in .csv or .jsonl")
        try:
            self._lines = _Lines(self.path.open("rb"))
        except OSError as error:
            raise ImportFileError(f"cannot read {self.path}: {error.strerror}") from None
        self.is_csv = kind == ".csv"
        try:
            self._open()
        except BaseException:
            self._lines.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lines.close()

    @property
    def bytes_read(self) -> int:
        """How far into the file reading has come."""
        return self._lines.bytes_read

    def rows(self) -> Iterator[Line]:
        """Every row once, in the file's order; empty lines are none."""
        return self._csv_rows() if self.is_csv else self._json_rows()

    def _open(self) -> None:
        self._lines.skip_mark(self.path.name)
        if not self.is_csv:
            self.columns = ("row",)
            return
        try:
            header = next(_reader(self._lines), [])
        except csv.Error as error:
            raise ImportFileError(f"cannot read the header of {self.path.name}: {error}") from None
        self.columns = tuple(_clean(name) for name in header)
        self._names = tuple(name.casefold() for name in self.columns)
        self.ignored = tuple(n for n in self.columns if n and n.casefold() not in COLUMNS)
        _check_header(self.path.name, self._names)

    def _csv_rows(self) -> Iterator[Line]:
        while True:
            self._lines.begin()
            try:
                cells = next(_reader(self._lines), None)
            except csv.Error as error:
                number = self._lines.first
                text = self._lines.give_back_all_but_first()
                yield Line(number, raw=[text.rstrip("\r\n")], fault=_csv_fault(error))
                continue
            if cells is None:
                return
            if cells:
                yield self._line(cells)

    def _line(self, cells: list[str]) -> Line:
        first, last = self._lines.first, self._lines.number
        if len(cells) != len(self._names):
            where = "" if first == last else f" (lines {first} to {last} read as one row: is a quote not closed?)"
            return Line(first, raw=cells, fault=f"{len(cells)} cells where the header has {len(self._names)}{where}")
        if any(_not_utf8(c) for c in cells):
            return Line(first, raw=cells, fault="holds bytes that are not UTF-8")
        return Line(first, dict(zip(self._names, cells, strict=True)), cells)

    def _json_rows(self) -> Iterator[Line]:
        for text in self._lines:
            self._lines.begin()
            if not text.strip():
                continue
            raw = [text.rstrip("\r\n")]
            cells = None if _not_utf8(text) else _json_cells(text)
            if isinstance(cells, Mapping):
                yield Line(self._lines.number, cells, raw)
            else:
                yield Line(self._lines.number, raw=raw, fault=cells or "holds bytes that are not UTF-8")


class _Lines:
    """The physical lines of a file, with a memory of those that the row at hand is made of."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.bytes_read = 0
        self.number = 0
        self.first = 0
        self.held: list[str] = []
        self.returned: deque[str] = deque()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.returned:
            text = self.returned.popleft()
        else:
            line = self.file.readline(LONGEST_LINE)
            if not line:
                raise StopIteration
            self.bytes_read += len(line)
            text = line.decode("utf-8", "surrogateescape")
        self.number += 1
        if not self.held:
            self.first = self.number
        self.held.append(text)
        return text

    def skip_mark(self, name: str) -> None:
        """Step over a byte order mark of UTF-8. `ImportFileError` at one of UTF-16 or UTF-32."""
        start = self.file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
            raise ImportFileError(f"{name} is UTF-16 or UTF-32: save it as UTF-8 and import that")
        self.bytes_read = 3 if start.startswith(codecs.BOM_UTF8) else 0
        self.file.seek(self.bytes_read)

    def begin(self) -> None:
        """A new row begins with the next line."""
        self.held.clear()

    def give_back_all_but_first(self) -> str:
        """The row could not be read: its first line alone is at fault, the others get a chance of their own."""
        first, rest = self.held[0], self.held[1:]
        self.returned.extendleft(reversed(rest))
        self.number -= len(rest)
        self.held.clear()
        return first

    def close(self) -> None:
        self.file.close()


def _reader(lines: Iterator[str]) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_FIELD)
    return csv.reader(lines, strict=True)


def _clean(name: str) -> str:
    return storable(name).strip()


def _check_header(file: str, names: Sequence[str]) -> None:
    missing = [name for name in REQUIRED if name not in names]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if missing:
        hint = " Columns must be parted by commas." if len(names) == 1 and (";" in names[0] or "\t" in names[0]) else ""
        raise ImportFileError(
            f"{file} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; nothing was imported. "
            f"Its first line must name the columns; one that nothing is known of may stay empty.{hint}"
        )
    if twice:
        raise ImportFileError(f"{file} has the column {', '.join(twice)} more than once; nothing was imported.")


def _csv_fault(error: csv.Error) -> str:
    said = str(error)
    if "unexpected end of data" in said or "field larger" in said:
        return "a quote is opened and never closed"
    if "new-line character" in said:
        return "a lone carriage return outside quotes"
    return f"cannot be read as CSV: {said}"


def _not_utf8(text: str) -> bool:
    return not text.isascii() and any("\udc80" <= c <= "\udcff" for c in text)


def _json_cells(text: str) -> dict[str, str] | str:
    """The object's values as text, null as empty; or what is wrong with it."""
    try:
        found = json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return "is not JSON"
    if not isinstance(found, dict):
        return "is not a JSON object"
    cells: dict[str, str] = {}
    for name, value in found.items():
        key = name.strip().casefold()
        if key not in COLUMNS:
            continue
        if isinstance(value, dict | list):
            return f"{key} is no plain value"
        cells[key] = _plain(value)
    return cells


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
