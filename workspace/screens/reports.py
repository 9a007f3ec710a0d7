"""WORKSPACE: the screen "Reports": how long the public waits, and what stands behind each figure.

For managers and admins. One snapshot of the database draws everything; every mark and row opens its conversations, and
every table can be taken along as CSV, row for row as it is shown.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from models.base import utc_now
from models.values import Role
from reports import findings
from reports.days import bounds, local_day
from reports.findings import PLATFORMS
from reports.neglect import neglect_basis, neglect_finding, neglect_title
from reports.reach import WORDS
from reports.table import spoken
from reports.waiting import said_between, said_in_waits
from reports.waits import WaitRow
from workspace import report_charts as charts
from workspace import report_tables as tables
from workspace.allowed import at_least
from workspace.clock import DAYS, MONTHS, spoken_when, zone_named
from workspace.report_data import Figures, OurBrand, figures, our_brands
from workspace.report_page import STYLE, card, chosen, head, quietly, strip
from workspace.session import house, zone
from workspace.tables import Table, download, draw

Behind = list[Callable[[], None]]
"""What draws the conversations behind the rows and marks that were picked."""
ALL = "All our brands"
LATELY = timedelta(days=29)
"""Days before today that are shown unless other ones are chosen: thirty with it."""


def screen() -> None:
    """Draw it all."""
    at_least(Role.MANAGER)
    with st.container(key="page"):
        st.html(STYLE)
        brands = our_brands(house()[0])
        if not brands:
            st.text("There is no brand of ours yet, so there is nothing to report. An admin can add one.")
            return
        found = _asked(brands)
        if found is None:
            st.text("Please choose the last day too.")
            return
        strip(found.report.times)
        paint = charts.palette(st.context.theme.type)
        for one, beside in (((_curve,), (_parts, _promises)), ((_weeks, _volume), (_platforms, _reach))):
            left, right = st.columns([1.45, 1], gap="medium")
            with left:
                behind = [b for part in one for b in part(found, paint)]
            with right:
                behind += [b for part in beside for b in part(found, paint)]
            _each(behind)
        _waiting(found)


def _each(behind: Behind) -> None:
    for draw_behind in behind:
        draw_behind()


def _asked(brands: Sequence[OurBrand]) -> Figures | None:
    """The head with its filters, and the figures asked for; None while only one day of a period is chosen."""
    place, filters = st.columns([1.7, 1], gap="medium")
    with filters, st.container(key="report-filters", horizontal=True):
        names = [ALL, *(b.name for b in brands)] if len(brands) > 1 else [b.name for b in brands]
        name = st.selectbox("Brand", names, key="brand", bind="query-params", width=140)
        asked = [b for b in brands if b.name == name] or list(brands)
        here = zone_named(asked[0].timezone)
        today = local_day(utc_now(), here)
        period = st.date_input(
            "Days", (today - LATELY, today), key="days", bind="query-params", format="YYYY-MM-DD", max_value=today
        )
    if not isinstance(period, tuple) or len(period) != 2:
        return None
    found = figures(house()[0], tuple(b.id for b in asked), *period)
    with place:
        head(found.report.times, _period(period[0], period[1], found))
    return found


def _period(first: date, last: date, found: Figures) -> str:
    return (
        f"{_day(first)} to {_day(last)} {last.year}, by when people wrote, days of {found.zone.key}. "
        f"As of {spoken_when(found.until, found.until, found.zone)}."
    )


def _day(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


# ---------------------------------------------------------------- the cards


def _curve(found: Figures, paint: charts.Palette) -> Behind:
    times = found.report.times
    with card("curve", findings.curve_title(times), "Share answered within a time, unanswered included, 95 % band."):
        if not times.waits:
            st.text("No waits in these days.")
            return []
        told = f"Share of waits answered within a time, from a minute to a week. {_said_of(found)}"
        st.altair_chart(charts.curve_chart(found.curve, times, paint), theme=None, alt=told, key="curve")
    return []


def _said_of(found: Figures) -> str:
    rates = [r for r in found.report.times.response_rates if r.probability.value is not None]
    words = {900: "15 minutes", 3600: "1 hour", 14400: "4 hours", 86400: "24 hours"}
    return ", ".join(f"{r.probability.value:.0%} within {words[r.within]}" for r in rates) + "."


def _parts(found: Figures, paint: charts.Palette) -> Behind:
    under = [("Mean parts of the middle half of answered waits: ", None), ("unnoticed", "context"), (", ", None),
             ("in the queue", "accent"), (", ", None), ("being answered", "tint")]  # fmt: skip
    with card("parts", "What a typical wait is spent on", under, paint):
        groups = [g for g in found.platforms if g.times.parts]
        if not groups:
            st.text("No answered wait of these days has parts: what was imported passed before we watched.")
            return []
        told = "; ".join(f"{PLATFORMS[g.key]} {spoken(g.times.parts.total)}" for g in groups if g.times.parts)
        st.altair_chart(
            charts.parts_chart(groups, paint), theme=None, alt=f"Mean wait by platform: {told}", key="parts"
        )
    return []


def _weeks(found: Figures, paint: charts.Palette) -> Behind:
    with card("weeks", findings.week_title(found.weeks), "Median wait of each week with its 95 % interval."):
        table = tables.week_table(found.weeks)
        names = [g.key.isoformat() for g in found.weeks]
        picked = _chart_and_table("weeks", table, names, charts.week_chart(found.weeks, paint), found)
    groups = [(n, found.weeks[n]) for n in picked]
    return [
        partial(_behind, f"weeks-{n}", f"Waits of the week of {_day(group.key)}", group.rows, found)
        for n, group in groups
    ]


def _platforms(found: Figures, paint: charts.Palette) -> Behind:
    with card("platforms", findings.platform_title(found.platforms), "Median wait with its 95 % interval."):
        table = tables.platform_table(found.platforms)
        names = [PLATFORMS[g.key] for g in found.platforms]
        picked = _chart_and_table("platforms", table, names, charts.platform_chart(found.platforms, paint), found)
    return [partial(_behind, f"platforms-{n}", f"Waits on {names[n]}", found.platforms[n].rows, found) for n in picked]


def _reach(found: Figures, paint: charts.Palette) -> Behind:
    under = "Median wait with its 95 % interval, by how many follow the person."
    with card("reach", neglect_title(found.sides), under):
        table = tables.reach_table(found.reach)
        names = [WORDS[g.key] for g in found.reach]
        if found.reach:
            st.text(neglect_finding(found.sides))
            quietly(neglect_basis(found.sides))
        picked = _chart_and_table("reach", table, names, charts.reach_chart(found.reach, paint), found)
    return [
        partial(_behind, f"reach-{n}", f"Waits of people with followers: {names[n]}", found.reach[n].rows, found)
        for n in picked
    ]


def _volume(found: Figures, paint: charts.Palette) -> Behind:
    under = [("By the day they were posted: ", None), ("negative", "red"), (", ", None), ("not read yet", "line"),
             (", ", None), ("neutral", "context"), (", ", None), ("positive", "green")]  # fmt: skip
    with card("volume", "Mentions and their mood, day by day", under, paint):
        table = tables.volume_table(found.volume)
        names = [v.day.isoformat() for v in found.volume]
        picked = _chart_and_table("volume", table, names, charts.volume_chart(found.volume, paint), found)
    return [partial(_behind_day, found.volume[n].day, found) for n in picked]


def _promises(found: Figures, _paint: charts.Palette) -> Behind:
    with card("promises", "How the targets were kept", "Answered in time, of the waits that are due; 95 % interval."):
        table = tables.promise_table(found.promises)
        picked = _only_table("promises", table, found, "Targets: share answered in time")
    return [
        partial(_behind, f"promises-{n}", f"Waits: {table.rows[n][0]}", found.promises[n].rows, found) for n in picked
    ]


def _waiting(found: Figures) -> None:
    first = found.waiting[: tables.MOST_ROWS]
    more = len(found.waiting) - len(first)
    which = f"The first {len(first):,} of {len(found.waiting):,}" if more else "Everybody without an answer"
    under = f"{which}, whenever they wrote."
    with card("waiting", "Who waits longest", under):
        if not first:
            st.text("Nobody waits.")
            return
        with house()[0].reading() as session:
            said = said_in_waits(session, [row.wait_id for row in first])
        _only_table("waiting", tables.waiting_table(first, said, found.until), found, "Who waits longest", pick=False)


# ---------------------------------------------------------------- tables, marks and what is behind them


def _chart_and_table(key: str, table: Table, names: Sequence[str], chart: Any, found: Figures) -> list[int]:
    """A chart, its table below, and the numbers of the rows that were picked in either."""
    if not table.rows:
        st.text("Nothing in these days.")
        return []
    told = f"{table.columns[0].name.capitalize()}: {len(table.rows)}. The table below has the same figures."
    state = st.altair_chart(chart, theme=None, alt=told, key=f"{key}-chart", on_select="rerun")
    marks = chosen(state, names)
    with st.expander("Figures and conversations"):
        rows = _only_table(key, table, found, f"Figures by {table.columns[0].name}")
    return sorted({*marks, *rows})


def _only_table(key: str, table: Table, found: Figures, alt: str, *, pick: bool = True) -> list[int]:
    if not table.rows:
        st.text("Nothing in these days.")
        return []
    picked = draw(table, f"{key}-table", found.until, _here(), alt=alt, pick=pick)
    with st.container(key=f"{key}-foot", horizontal=True, vertical_alignment="center"):
        if pick:
            st.text("Pick a row to see its conversations.")
        download(table, f"{key}-csv", f"quarterdeck-{key}")
    return picked


def _behind(key: str, title: str, rows: Sequence[WaitRow], found: Figures) -> None:
    """The conversations behind a row, in a card of their own."""
    first = tables.longest_first(rows, found.until)
    under = f"{len(rows):,} waits, the longest first" + (f"; the first {len(first)}" if len(first) < len(rows) else "")
    with card(f"behind-{key}", title, under):
        with house()[0].reading() as session:
            said = said_in_waits(session, [row.wait_id for row in first])
        _only_table(f"behind-{key}", tables.behind_waits(first, said, found.until), found, title, pick=False)


def _behind_day(day: date, found: Figures) -> None:
    start, end = bounds(day, day, found.zone)
    with house()[0].reading() as session:
        assert start is not None and end is not None  # noqa: PT018  (both days are given)
        posts = said_between(session, brand_ids=found.brand_ids, start=start, end=end, limit=tables.MOST_ROWS)
    with card(f"behind-{day}", f"Posts of {_day(day)}", "The newest first."):
        _only_table(f"behind-{day}", tables.behind_posts(posts), found, f"Posts of {_day(day)}", pick=False)


def _here() -> ZoneInfo:
    """Moments in lists are in the viewer's zone, days in the brand's."""
    return zone()


screen()
