"""TRIAGE, reading: a file of labelled texts, row by row.

In comes a CSV or TSV file with a column of texts and one of labels; out go its rows, and a survey of them before
anything is read: what labels there are, and what cannot be used. It streams, as often as it is asked; it never
writes, and never guesses what a label means.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from triage.reading.files import LONGEST_CELL, FileRefused, fault

MOST_LABELS = 1_000
"""Different labels; more is some other column."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
"""What a file that is not UTF-8 may begin with; UTF-32 first, because its mark begins as UTF-16's does."""
_BROKEN = re.compile("[\udc80-\udcff\ufffd]")
_DELIMITERS = {"tab": "\t", "\\t": "\t"}


@dataclass(frozen=True)
class Row:
    """One row. `text` is as it stands, `label` without spaces around it; either may be empty."""

    text: str
    label: str
    fits: bool
    """Whether it has as many cells as the first line."""

    @property
    def usable(self) -> bool:
        """Whether it has both."""
        return bool(self.label and self.text.strip())


@dataclass(frozen=True)
class Survey:
    """What stands in a file. `labels` counts the usable rows of each; a row without either only lacks its label."""

    rows: int
    labels: Mapping[str, int]
    missing_labels: int
    empty_texts: int
    misshapen: int
    """Rows with fewer or more cells than the first line."""
    lost_letters: int
    """Usable rows with bytes that are not UTF-8, or with the sign for a letter lost before; read all the same."""


class LabelledFile:
    """A file whose rows can be read as often as one likes. Errors: FileRefused, OSError.

    `text` and `label` name the columns; without a header they are numbers from 1. `delimiter` None = tab for .tsv and
    .tab, comma for anything else. Tab-separated cells may be quoted or not: whichever reading fits more rows is taken.
    """

    def __init__(
        self, path: Path, text: str, label: str, *, delimiter: str | None = None, has_header: bool = True
    ) -> None:
        if not path.is_file() and path.exists():
            raise FileRefused(f"{path} is no ordinary file. It is read more than once, so save it as one.")
        self.path = path
        self.has_header = has_header
        self.delimiter = _delimiter(path, delimiter)
        self.encoding = _encoding(path)
        self.quoted = self.delimiter != "\t" or self._misfits(quoted=True) <= self._misfits(quoted=False)
        first = next(self._cells(self.quoted), None)
        if first is None:
            raise FileRefused(f"{path} is empty.")
        self._width = len(first)
        self._text = self._position(first, text)
        self._label = self._position(first, label)

    def survey(self) -> Survey:
        """Read the whole file once and count."""
        counts: Counter[str] = Counter()
        labels: Counter[str] = Counter()
        for row in self.rows():
            counts["rows"] += 1
            counts["misshapen"] += not row.fits
            if row.usable:
                labels[row.label] += 1
                counts["lost_letters"] += bool(_BROKEN.search(row.text + row.label))
                if len(labels) > MOST_LABELS:
                    raise FileRefused(f"There are more than {MOST_LABELS:,} different labels: is it the right column?")
            else:
                counts["empty_texts" if row.label else "missing_labels"] += 1
        return Survey(
            counts["rows"], labels, counts["missing_labels"], counts["empty_texts"], counts["misshapen"],
            counts["lost_letters"],
        )  # fmt: skip

    def rows(self) -> Iterator[Row]:
        """Every row but the header, in order. Lines without any cell are none."""
        cells = self._cells(self.quoted)
        if self.has_header:
            next(cells)
        last = max(self._text, self._label)
        for row in cells:
            padded = row if len(row) > last else row + [""] * (last + 1 - len(row))
            yield Row(padded[self._text], padded[self._label].strip(), len(row) == self._width)

    def _cells(self, quoted: bool) -> Iterator[list[str]]:
        csv.field_size_limit(LONGEST_CELL)
        lost = "surrogateescape" if self.encoding == "utf-8-sig" else "replace"
        with self.path.open(encoding=self.encoding, errors=lost, newline="") as file:
            reader = csv.reader(
                file,
                delimiter=self.delimiter,
                quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
                strict=True,
            )
            try:
                yield from (row for row in reader if row)
            except csv.Error as error:
                raise FileRefused(f"Line {reader.line_num} of {self.path}: {fault(error)}") from None

    def _misfits(self, *, quoted: bool) -> float:
        """Rows that look wrong when the file is read so; infinite if it cannot be."""
        width, misfits = 0, 0
        try:
            for row in self._cells(quoted):
                width = width or len(row)
                misfits += len(row) != width or any("\t" in cell for cell in row)
        except FileRefused:
            return float("inf")
        return misfits

    def _position(self, first: Sequence[str], column: str) -> int:
        if not self.has_header:
            if column.isdecimal() and 1 <= int(column) <= len(first):
                return int(column) - 1
            raise FileRefused(f"Without a header a column is a number from 1 to {len(first)}, not {column!r}.")
        names = [name.strip() for name in first]
        if names.count(column.strip()) == 1:
            return names.index(column.strip())
        if column.strip() in names:
            raise FileRefused(f"{self.path} has the column {column!r} more than once; rename one of them.")
        shown = ", ".join(name[:40] for name in names[:40])
        raise FileRefused(f"There is no column {column!r}. {self.path} has: {shown}.{self._hint(names)}")

    def _hint(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            for sign, typed in ((";", "';'"), ("\t", "tab"), ("|", "'|'"), (",", ",")):
                if sign in names[0]:
                    return f" If its columns are parted otherwise, say --delimiter {typed}."
        return " If its first line is no header, say --no-header and the columns' numbers."


def _delimiter(path: Path, said: str | None) -> str:
    if said is None:
        return "\t" if path.suffix.lower() in (".tsv", ".tab") else ","
    sign = _DELIMITERS.get(said.casefold(), said)
    if len(sign) != 1 or sign in '"\r\n ':
        raise FileRefused(f"--delimiter is one sign, for example ';' or tab, not {said!r}.")
    return sign


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
    return next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8-sig")
