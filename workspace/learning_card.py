"""WORKSPACE: what the reading learned, for managers: from whom, each version with its figures, and going back.

Comes in: who looks. Goes out: a card of the screen Team. The role is checked again where something is changed.
"""

from datetime import datetime

import streamlit as st
from sqlmodel import Session

from models.values import LearningMode, Platform, Role
from settings import NOT_FROM_X, Settings
from triage.learning import store
from triage.present_model import present_model, standing
from workspace.notices import Notice, say
from workspace.report_page import card
from workspace.rows import PLATFORMS
from workspace.session import Person, act, by, house, zone
from workspace.tables import Column, Table, draw

COLUMNS = (
    Column("version", "number"), Column("fitted", "when"), Column("learned from", "number"),
    Column("kept back", "number"), Column("right before", "share"), Column("right with it", "share"),
    Column("known before", "share"), Column("still known", "share"), Column("state", width="large"),
)  # fmt: skip
SAYS = {
    LearningMode.AUTO: "Each new version that passes its test is used.",
    LearningMode.PINNED: "A version was chosen by hand; new ones wait.",
    LearningMode.OFF: "Switched off: the shipped model reads alone, and nothing is learned.",
}


def learning_card(who: Person, now: datetime) -> None:
    """Draw it, for managers and admins; nothing for anybody else."""
    if not who.is_at_least(Role.MANAGER):
        return
    database, settings = house()
    with database.reading() as session:
        mode, active = store.state(session)
        table, passed = _table(session, active)
    with card("learning", "What the reading learned", SAYS[mode]):
        st.text(_from(settings))
        if not table.rows:
            st.text(f"Nothing was learned yet. It begins after {settings.learn_every} looked-at mentions.")
        else:
            draw(table, "learned", now, zone(), alt="What was learned, by version")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if passed:
                st.selectbox("Version", passed, key="learned-version", width=140)
                st.button("Use this", key="use-learned", on_click=_use)
            if mode != LearningMode.OFF:
                st.button("Use none", key="use-none", on_click=_use_none)
            if mode != LearningMode.AUTO:
                st.button("Learn by itself", key="learn-on", on_click=_follow)


def _from(settings: Settings) -> str:
    """From whom it learns, platform by platform, and why never from X."""
    told = [f"{PLATFORMS[p]}: {'on' if p in settings.learn_from else 'off'}" for p in Platform if p != Platform.X]
    return f"{' · '.join(told)} · X: off. {NOT_FROM_X.split(',')[0]}."


def _table(session: Session, active: int | None) -> tuple[Table, list[int]]:
    """Every version, and the numbers of those that can be used instead."""
    heads, model = store.heads(session), present_model(session)
    rows = tuple(
        (h.id, h.fitted_at, h.lessons, h.held_out, h.held_out_before, h.held_out_after, h.anchors_before,
         h.anchors_after, standing(h, active, model))
        for h in heads
    )  # fmt: skip
    fits = [h for h in heads if not h.refused and h.base_version == model]
    return Table(COLUMNS, rows), [h.id for h in fits if h.id is not None and h.id != active]


def _use() -> None:
    version = int(st.session_state.get("learned-version") or 0)
    if act(store.use, version, by=by()) is not None:
        say(Notice(f"Version {version} is used from the next reading on."))


def _use_none() -> None:
    act(store.use_none, by=by())  # the card says the rest


def _follow() -> None:
    act(store.follow, by=by())
