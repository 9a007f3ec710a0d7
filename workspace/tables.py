"""WORKSPACE: one table, shown and exported. Comes in: columns and raw rows. Goes out: cells for the screen, and CSV.

Both come from the same rows, so an export has exactly the screen's rows in the screen's order. Cells hold words of
others as they are: a dataframe's cell is never markdown, and `reports.export` keeps spreadsheets from running them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import streamlit as st

from reports.export import table_csv
from reports.table import spoken
from workspace.clock import spoken_when

Kind = Literal["words", "number", "length", "share", "when", "link", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Raw cells: length in seconds, share 0..1, when an aware moment, link an address, None = nothing."""

    name: str
    kind: Kind = "words"
    none: str = ""
    """What a screen says where there is nothing; the CSV's cell is empty there."""
    width: Literal["small", "medium", "large"] | None = None

    @property
    def header(self) -> str:
        """The CSV's header: the screen's, with the unit that a spreadsheet cannot see."""
        return self.name + {"length": " (seconds)", "when": " (UTC)"}.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and raw rows, each as long as the columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]

    def csv(self) -> str:
        """The table for spreadsheets."""
        return table_csv([column.header for column in self.columns], self.rows)

    def cells(self, now: datetime, zone: ZoneInfo) -> list[dict[str, Any]]:
        """The table as a person reads it, in their zone."""
        return [
            {c.name: _cell(c, value, now, zone) for c, value in zip(self.columns, row, strict=True)}
            for row in self.rows
        ]  # fmt: skip


def draw(table: Table, key: str, now: datetime, zone: ZoneInfo, *, alt: str, pick: bool = False) -> list[int]:
    """Draw the table and return the numbers of the rows that are picked; empty without `pick`."""
    config = {c.name: _config(c) for c in table.columns}
    cells = table.cells(now, zone)
    told: dict[str, Any] = {"column_config": config, "hide_index": True, "alt": alt, "width": "stretch"}
    if not pick:
        st.dataframe(cells, key=key, **told)
        return []
    state = st.dataframe(cells, key=key, on_select="rerun", selection_mode="single-row", **told)
    return [n for n in state.selection.rows if 0 <= n < len(table.rows)]


def download(table: Table, key: str, name: str) -> None:
    """A button that gives the table as a file; the file is made when it is asked for."""
    st.download_button(
        "Take along as CSV", table.csv, f"{name}.csv", "text/csv", key=key, on_click="ignore", type="tertiary"
    )  # fmt: skip


def _cell(column: Column, value: Any, now: datetime, zone: ZoneInfo) -> Any:
    if value is None:
        return None if column.kind in ("number", "link") else column.none
    if column.kind == "length":
        return spoken(value)
    if column.kind == "share":
        return f"{value * 100:.0f} %"
    if column.kind == "when":
        return spoken_when(value, now, zone)
    if column.kind == "day":
        return f"{value:%a %-d %b}" if hasattr(value, "strftime") else str(value)
    return value


def _config(column: Column) -> Any:
    if column.kind == "link":
        return st.column_config.LinkColumn(column.name, display_text="Open", width=column.width or "small")
    if column.kind == "number":
        return st.column_config.NumberColumn(column.name, format="localized", width=column.width)
    return st.column_config.TextColumn(column.name, width=column.width)
