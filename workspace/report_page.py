"""WORKSPACE: the look of the reports: title, sentence, strip and cards. Comes in: words of ours. Goes out: a page.

Draws HTML of numbers and words of ours alone, escaped all the same; never anybody else's words.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any

import streamlit as st

from reports.response_times import ResponseTimes
from workspace import report_words
from workspace.theme import variables

NARROW = "\u00a0"
"""Keeps a number and its unit in one line."""
Pieces = str | Sequence[tuple[str, str | None]]

STYLE = (
    "<style>"
    + variables(":root")
    + """
.qd-h1 { font-size: 24px; font-weight: 650; letter-spacing: -.01em; margin: 0; line-height: 1.25; }
.qd-lead { font-size: 17px; max-width: 860px; margin: 8px 0 2px; line-height: 1.45; }
.qd-lead b, .qd-strip b { font-weight: 650; }
.qd-under { color: var(--qd-quiet); font-size: 13px; margin: 2px 0 0; line-height: 1.45; }
.qd-h2 { font-size: 16.5px; font-weight: 650; margin: 0; line-height: 1.3; }
.qd-strip { display: grid; grid-template-columns: repeat(4, 1fr); border: 1px solid var(--qd-line); border-radius: 10px;
  background: var(--qd-panel); font-variant-numeric: tabular-nums; margin: 0; padding: 0; }
.qd-strip > div { padding: 13px 18px 14px; border-left: 1px solid var(--qd-line); min-width: 0; }
.qd-strip > div:first-child { border-left: 0; }
dl.qd-strip { padding: 0 !important; }
.qd-strip dt { color: var(--qd-quiet); font-size: 13px; }
.qd-strip dd { margin: 0; }
.qd-strip dd.v { font-size: 26px; font-weight: 650; letter-spacing: -.02em; line-height: 1.3; }
.qd-strip dd.n { color: var(--qd-quiet); font-size: 13px; min-height: 19px; }
[class*="st-key-card-"] { background: var(--qd-panel); border: 1px solid var(--qd-line); border-radius: 10px;
  padding: 16px 20px 12px; }
[class*="-foot"] [data-testid="stText"] { color: var(--qd-quiet); font-size: 13px; }
@media (max-width: 900px) { .qd-strip { grid-template-columns: repeat(2, 1fr); }
  .qd-strip > div:nth-child(odd) { border-left: 0; }
  .qd-strip > div:nth-child(n+3) { border-top: 1px solid var(--qd-line); } }
@media (max-width: 640px) { .qd-strip > div { padding: 11px 13px; } .qd-strip dd.v { font-size: 22px; }
  .qd-lead { font-size: 16px; } [class*="st-key-card-"] { padding: 14px 13px 10px; } }
</style>"""
)


def head(times: ResponseTimes, period: str) -> None:
    """The title, the sentence with its numbers, and which days of which zone."""
    said = "".join(
        f"<b>{escape(t.replace(' ', NARROW))}</b>" if strong else escape(t) for t, strong in report_words.lead(times)
    )
    st.html(
        f'<h1 class="qd-h1">How long the public waits</h1><p class="qd-lead">{said}</p>'
        f'<p class="qd-under">{escape(period)}</p>'
    )


def strip(times: ResponseTimes) -> None:
    """Four figures, each with its interval."""
    parts = "".join(
        f'<div><dt>{escape(f.name)}</dt><dd class="v">{escape(f.value)}</dd><dd class="n">{escape(f.beside)}</dd></div>'
        for f in report_words.figures(times)
    )
    st.html(f'<dl class="qd-strip">{parts}</dl>')


@contextmanager
def card(key: str, title: str, under: Pieces, paint: Mapping[str, str] | None = None) -> Iterator[None]:
    """A card with a title and a quiet line under it, whose words may carry the colours of the chart."""
    with st.container(key=f"card-{key}"):
        st.html(f'<h2 class="qd-h2">{escape(title)}</h2><p class="qd-under">{_pieces(under, paint or {})}</p>')
        yield


def quietly(words: str) -> None:
    """A line of ours beneath a sentence; nothing where there are no words."""
    if words:
        st.html(f'<p class="qd-under">{escape(words)}</p>')


def chosen(state: Any, names: Sequence[str]) -> list[int]:
    """Which of the names a click on a chart has picked. A browser can send anything: unknown ones are nothing."""
    found = state.get("selection", {}).get("picked", []) if state else []
    told = [value for row in found if isinstance(row, Mapping) for value in row.values()]
    return [names.index(value) for value in told if value in names]


def _pieces(under: Pieces, paint: Mapping[str, str]) -> str:
    if isinstance(under, str):
        return escape(under)
    return "".join(_piece(words, paint.get(colour or "")) for words, colour in under)


def _piece(words: str, colour: str | None) -> str:
    if colour is None:
        return escape(words)
    square = f'<span aria-hidden="true" style="color:{escape(colour)}">■</span>'
    return f"{square}&nbsp;{escape(words)}"
