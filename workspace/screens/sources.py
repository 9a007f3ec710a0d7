"""WORKSPACE: the screen "Sources": what we poll and how it goes; admins add, pause and remove.

Everybody may look. The role is checked again where something is changed (worker/administration.py).
"""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from listeners.post import Batch
from listeners.table import DEFAULT_EVERY, NEEDS_MATCH
from models import Source
from models.base import utc_now
from models.values import Platform, Role, SourceKind, SourceState
from reports.findings import PLATFORMS
from triage.history import Refused
from worker import administration as admin
from worker.brands import list_brands
from worker.money import left_today
from worker.sources import LONGEST, PREVIEW, SHORTEST, list_sources
from workspace.notices import Notice, say
from workspace.report_page import STYLE, card
from workspace.session import act, by, house, signed_in, zone
from workspace.source_table import KINDS, TARGETS, open_gaps, source_table, what
from workspace.tables import Column, Table, draw

SHOWN = 20
"""Posts a preview shows."""
Verb = Callable[..., Source]


def screen() -> None:
    """Draw it all."""
    who = signed_in()
    with st.container(key="page"):
        st.html(STYLE + '<h1 class="qd-h1">Sources</h1><p class="qd-under">What we poll, and how it goes.</p>')
        overview()
        if who.is_at_least(Role.ADMIN):
            _change()
            _add()


@st.fragment(key="sources-overview", run_every="30s")
def overview() -> None:
    """The table, drawn anew twice a minute."""
    signed_in()
    now, here = utc_now(), zone()
    with house()[0].reading() as session:
        table = source_table(session, now)
        gaps = open_gaps(session)
    with card("sources", _summary(table), "Times in your zone; money by X's price list, days of UTC."):
        if table.rows:
            draw(table, "sources", now, here, alt="Sources and their health")
        else:
            st.text("No source yet. An admin can add one.")
    if gaps.rows:
        with card("gaps", "Known to be missing", "Filled by later polls where the platform still gives it."):
            draw(gaps, "gaps", now, here, alt="Open gaps")


def _summary(table: Table) -> str:
    bad = sum(str(row[3]).startswith("failing") for row in table.rows)
    if not table.rows:
        return "Nothing is polled yet"
    return f"{bad} of {len(table.rows)} sources fail" if bad else f"{len(table.rows)} sources, none fails"


# ---------------------------------------------------------------- changing one


def _change() -> None:
    with house()[0].reading() as session:
        found = {s.id or 0: (what(s), s.state) for s, _ in list_sources(session)}
    if not found:
        return
    with card("change", "Change a source", "What it brought stays, whatever you do here."):
        names = {number: f"{number}: {name}" for number, (name, _) in found.items()}
        chosen = st.selectbox("Source", list(found), format_func=lambda n: names.get(n, ""), key="chosen")
        if chosen is None or chosen not in found:
            return
        paused = found[chosen][1] == SourceState.PAUSED
        with st.container(horizontal=True):
            if paused:
                _button("Resume", "resume", admin.resume_source, chosen, "It is polled again, at once.")
            else:
                _button("Pause", "pause", admin.pause_source, chosen, "It is paused.")
            with st.popover("Remove"):
                st.text("It is polled no more. Its mentions stay, and adding it again goes on where it was.")
                _button("Remove this source", "remove", admin.remove_source, chosen, "It is removed.")


def _button(label: str, key: str, verb: Verb, source_id: int, done: str) -> None:
    st.button(label, key=key, on_click=_pressed, args=(verb, source_id, done))


def _pressed(verb: Verb, source_id: int, done: str) -> None:
    if act(verb, source_id, by=by()) is not None:
        say(Notice(done))


# ---------------------------------------------------------------- adding one


def _add() -> None:
    database, settings = house()
    with database.reading() as session:
        brands = [b.name for b in list_brands(session)]
        left = left_today(session, PREVIEW, utc_now(), settings)
    with card("add", "Add a source", "Look at what it would bring before you keep it."):
        picked = st.selectbox("Kind", list(SourceKind), format_func=lambda k: KINDS[SourceKind(k)], key="kind")
        kind = SourceKind(picked or SourceKind.X_SEARCH)
        first, second = st.columns(2)
        with first:
            st.text_input(TARGETS[kind], key="target", max_chars=2000)
            st.text_input("Name for people (optional)", key="name", max_chars=100)
        with second:
            st.text_input(_words(kind), key="match", max_chars=2000)
            often = DEFAULT_EVERY.get(kind, 900)
            st.number_input("Seconds between two polls", SHORTEST, LONGEST, often, key=f"every-{kind}")
        st.selectbox("Brand", brands, key="source-brand")
        if kind.platform is Platform.X:
            st.text(
                f"X bills what is read: 0.005 USD a post and 0.010 USD an author, once a day each. A preview may "
                f"spend up to {left:.2f} USD of today's; the source then up to {settings.x_daily_usd:.2f} USD a day."
            )
        with st.container(horizontal=True):
            looked = st.button("Preview", key="preview")
            st.button("Add this source", key="add", type="primary", on_click=_added, args=(kind,))
        if looked:
            _preview(kind, utc_now(), zone())


def _words(kind: SourceKind) -> str:
    needed = "; * keeps everything" if kind in NEEDS_MATCH else " (optional)"
    return f'Keep only posts with one of these words or "phrases"{needed}'


def _added(kind: SourceKind) -> None:
    told = st.session_state
    added = act(
        admin.add_source, kind, told.get("target", ""), settings=house()[1], by=by(), brand=told.get("source-brand"),
        name=told.get("name", ""), match=told.get("match", ""), every=told.get(f"every-{kind}"),
    )  # fmt: skip
    if added is not None:
        say(Notice("It is added, and polled at once."))
        for name in ("target", "name", "match"):
            told[name] = ""


def _preview(kind: SourceKind, now: datetime, here: ZoneInfo) -> None:
    database, settings = house()
    told = st.session_state
    try:
        with st.spinner("Asking the platform…"):
            batch = admin.preview(database, settings, kind, told.get("target", ""), told.get("match", ""), by=by())
    except Refused as refused:
        st.text(str(refused))
        return
    st.text(_said(batch))
    if batch.posts:
        columns = (Column("posted", "when", none="no date"), Column("who"), Column("where"),
                   Column("what they said", width="large"))  # fmt: skip
        rows = tuple((p.posted_at, p.author.handle, PLATFORMS[p.platform], p.text) for p in batch.posts[:SHOWN])
        draw(Table(columns, rows), "preview-posts", now, here, alt="What this source would bring")


def _said(batch: Batch) -> str:
    cost = f" It cost {batch.cost_usd:.3f} USD." if batch.cost_usd else ""
    notes = " ".join(f"{note}." for note in (*batch.notes, batch.limited) if note)
    count = len(batch.posts)
    found = f"{count} posts, the first {SHOWN} below." if count > SHOWN else f"{count} posts."
    return f"{found if count else 'Nothing matches right now.'}{cost} {notes}".strip()


screen()
