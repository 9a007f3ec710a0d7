"""WORKSPACE: the screen "Team": who works here and what they may do; what each brand promises; what was learned.

Everybody sees who there is; emails and sessions are for managers and admins. Admins change people, managers targets.
The role is checked again where something is changed (worker/administration.py, worker/brands.py).
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from models.base import utc_now
from models.values import Band, Role
from reports.table import spoken
from triage.rules import rules_for
from worker import administration as admin
from worker.brands import list_brands, set_target
from worker.team import Member, members
from workspace.learning_card import learning_card
from workspace.notices import Notice, say
from workspace.report_page import STYLE, card
from workspace.session import Person, act, by, house, signed_in, zone
from workspace.tables import Column, Table, draw

ONCE = "team-password"
"""Under which a new password waits to be shown, once."""
MEANINGS = {
    Role.AMBASSADOR: "ambassador: answers people",
    Role.MANAGER: "manager: reads reports, approves, sets targets",
    Role.ADMIN: "admin: sets up sources and people",
}
UNITS = {"minutes": 60, "hours": 3600, "days": 86_400}


def screen() -> None:
    """Draw it all."""
    who = signed_in()
    now = utc_now()
    with house()[0].reading() as session:
        people = members(session, now)
    with st.container(key="page"):
        st.html(STYLE + '<h1 class="qd-h1">Team</h1><p class="qd-under">Who works here, and what is promised.</p>')
        _people(people, who, now)
        if who.is_at_least(Role.ADMIN):
            _told_once()
            left, right = st.columns(2, gap="medium")
            with left:
                _change([p for p in people if not p.disabled])
            with right:
                _add()
        _targets(who, now)
        learning_card(who, now)


def _people(people: Sequence[Member], who: Person, now: datetime) -> None:
    full = who.is_at_least(Role.MANAGER)
    here = [p for p in people if full or not p.disabled]
    columns = [Column("name"), Column("role", width="large")]
    if full:
        columns += [Column("email"), Column("signed in", "number"), Column("last seen", "when", none="never"),
                    Column("state")]  # fmt: skip
    rows = tuple(_row(p, full) for p in here)
    working = sum(not p.disabled for p in people)
    with card(
        "people", f"{working} people work here" if working != 1 else "One person works here", "Times in your zone."
    ):
        draw(Table(tuple(columns), rows), "people", now, zone(), alt="Who works here")


def _row(person: Member, full: bool) -> tuple[Any, ...]:
    name = person.name or (person.email if full else person.email.partition("@")[0])
    first = (name, MEANINGS[person.role])
    if not full:
        return first
    return (*first, person.email, person.sessions, person.seen_at, "disabled" if person.disabled else "works here")


# ---------------------------------------------------------------- people, by admins


def _told_once() -> None:
    """A new password, drawn in this run and in no other."""
    told = st.session_state.pop(ONCE, None)
    if told is not None:
        email, password = told
        with card("password", "A new password", "Shown this once. Give it to them in a way nobody else reads."):
            st.text(email)
            st.code(password, language=None)


def _change(people: Sequence[Member]) -> None:
    with card("person", "Change somebody", "It holds from their next click on."):
        names = {p.user_id: p.email for p in people}
        chosen = st.selectbox("Who", list(names), format_func=lambda n: names.get(n, ""), key="person")
        person = next((p for p in people if p.user_id == chosen), None)
        if person is None:
            return
        roles = list(Role)
        st.selectbox(
            "May", roles, index=roles.index(person.role), format_func=lambda r: MEANINGS[Role(r)],
            key=f"role-{person.user_id}",
        )  # fmt: skip
        with st.container(horizontal=True):
            _button("Save what they may", "save-role", _save_role, person)
            _button("New password", "new-password", _new_password, person)
            _button("End their sessions", "end-sessions", _end_sessions, person)
            with st.popover("Disable"):
                st.text("They can sign in no more; what they did keeps their name. Adding them again undoes it.")
                _button("Disable this person", "disable", _disable, person)


def _button(label: str, key: str, pressed: Callable[[int, str], None], person: Member) -> None:
    st.button(label, key=key, on_click=pressed, args=(person.user_id, person.email))


def _save_role(user_id: int, _email: str) -> None:
    role = Role(st.session_state[f"role-{user_id}"])
    if act(admin.change_role, user_id, role, by=by()) is not None:
        say(Notice("Saved."))


def _new_password(user_id: int, email: str) -> None:
    password = act(admin.new_password, user_id, by=by())
    if password is not None:
        st.session_state[ONCE] = (email, password)


def _end_sessions(user_id: int, _email: str) -> None:
    if act(admin.end_sessions, user_id, by=by()) is not None:
        say(Notice("They are signed out everywhere."))


def _disable(user_id: int, _email: str) -> None:
    if act(admin.disable_person, user_id, by=by()) is not None:
        say(Notice("They are disabled."))


def _add() -> None:
    with card("new-person", "Add somebody", "They get a password, shown to you once."):
        st.text_input("Email", key="new-email", max_chars=254)
        st.text_input("Name", key="new-name", max_chars=100)
        st.selectbox("May", list(Role), format_func=lambda r: MEANINGS[Role(r)], key="new-role")
        st.button("Add this person", key="add-person", type="primary", on_click=_added)


def _added() -> None:
    told = st.session_state
    email = told.get("new-email", "").strip().lower()
    password = act(admin.add_person, email, Role(told["new-role"]), by=by(), name=told.get("new-name", ""))
    if password is not None:
        told[ONCE] = (email, password)
        told["new-email"] = told["new-name"] = ""


# ---------------------------------------------------------------- targets, by managers


def _targets(who: Person, now: datetime) -> None:
    database, settings = house()
    with database.reading() as session:
        brands = [b for b in list_brands(session) if not b.competitor]
        names = {b.id or 0: b.name for b in brands}
        rules = {brand_id: rules_for(session, brand_id, settings) for brand_id in names}
    rows = tuple((names[n], *(spoken(found.target_seconds(band, now)) for band in Band)) for n, found in rules.items())
    columns = (Column("brand"), *(Column(band.value) for band in Band))
    with card("targets", "What we promise", "A first answer within this time, for waits that begin from now on."):
        draw(Table(columns, rows), "targets", now, zone(), alt="Targets by brand and band")
        if not who.is_at_least(Role.MANAGER) or not names:
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox("Brand", list(names), format_func=lambda n: names.get(n, ""), key="target-brand", width=200)
            st.selectbox("Band", list(Band), key="target-band", format_func=lambda b: Band(b).value, width=140)
            st.number_input("Within", 1, 1000, 1, key="target-count", width=120)
            st.selectbox("Unit", list(UNITS), key="target-unit", index=1, width=130)
            st.button("Promise this", key="set-target", on_click=_promised)


def _promised() -> None:
    told = st.session_state
    seconds = int(told["target-count"]) * UNITS.get(told["target-unit"], 3600)
    if act(set_target, int(told["target-brand"] or 0), Band(told["target-band"]), seconds, by=by()) is not None:
        say(Notice("Promised, for waits that begin from now on."))


screen()
