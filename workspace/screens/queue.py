"""WORKSPACE: the screen "Queue": what waits, one conversation of it, who speaks, and the answer.

Each pane is a fragment of its own: picking a conversation draws the others anew and leaves the queue alone.
"""

from typing import Any
from uuid import uuid4

import streamlit as st

from models.base import utc_now
from responders.checks import last_heard
from triage import verbs
from triage.conversations import LARGEST_ID
from triage.history import Refused
from triage.queue import page_of
from triage.rows import Row
from workspace.acting import UNDO, Plan, plan
from workspace.asking import heard, requests
from workspace.components.composer import KEY as COMPOSER_KEY
from workspace.components.composer import composer_pane
from workspace.components.conversation import KEY as CONVERSATION_KEY
from workspace.components.conversation import conversation_pane
from workspace.components.customer import customer_pane
from workspace.components.queue import KEY as QUEUE_KEY
from workspace.components.queue import queue_pane
from workspace.composing import Asked, asked, composer_data, do, keep, keep_beside
from workspace.desk import (
    REVIEW,
    Looking,
    conversation_data,
    customer_data,
    looking_after,
    next_in_review,
    queue_data,
)
from workspace.notices import Notice, say
from workspace.session import act, by, house, signed_in, zone

ADDRESS = "conversation"
"""What names the open conversation in the address."""
LOOKING, UNDOING, SEEN, NEWEST, LED = "queue_looking", "queue_undo", "queue_seen", "queue_newest", "queue_led"
REFRESH = "60s"
"""How often spoken times are said anew where nothing else happens."""
OPEN = ["conversation", "composer", "customer"]
"""The fragments that show the open conversation."""
SPEAKING = ("send", "hand_off", "note")
"""What carries words that somebody typed, and empties their draft."""
STYLE = """<style>
.stAlert { position: fixed; z-index: 95; left: 50%; bottom: 24px; translate: -50%; width: min(560px, 100vw - 32px); }
</style>"""
"""The panes fill the page, so that what went wrong is said above them."""


def selected() -> int | None:
    """The conversation the address names."""
    told = st.query_params.get(ADDRESS, "")
    return int(told) if told.isascii() and told.isdigit() and 0 < len(told) < 10 and int(told) <= LARGEST_ID else None


def on_ask() -> None:
    """The queue's pane wants another conversation, another view, or more."""
    told = st.session_state[QUEUE_KEY].get("ask")
    if isinstance(told, dict) and "pick" in told:
        open_conversation(told["pick"])
        st.rerun(OPEN)
        return
    before = st.session_state.get(LOOKING, Looking())
    st.session_state[LOOKING] = now = looking_after(told, before)
    st.rerun(["queue", "conversation"] if REVIEW in (before.view, now.view) else ["queue"])


def open_conversation(told: object) -> None:
    """Name it in the address; anything that is no number closes what is open."""
    st.session_state.pop(UNDOING, None)
    if isinstance(told, int) and 0 < told <= LARGEST_ID:
        st.query_params[ADDRESS] = str(told)
    else:
        st.query_params.pop(ADDRESS, None)


def on_nudge() -> None:
    """Something is new on the server."""
    st.rerun(["queue", *OPEN])


def on_act() -> None:
    """Buttons or keys of the conversation."""
    for told in requests(CONVERSATION_KEY, "act"):
        if isinstance(told, dict) and told.get("verb") == "undo":
            undo()
        else:
            begin(told)
    st.rerun(["queue", "notices", *OPEN])


def begin(told: object) -> None:
    """Do what was asked for, and keep how it is taken back."""
    st.session_state.pop(UNDOING, None)
    try:
        row = row_of(selected())
        if row is None:
            raise Refused("Open a conversation first.")
        asked = plan(told, row, by=by(), zone=zone())
    except Refused as refused:
        say(Notice(str(refused), kind="refused"))
        return
    following = after_review(asked)
    result = run(asked)
    if result is None:
        return
    if following is not None and not in_doubt(asked.conversation_id):
        lead_to(following)
    st.session_state[UNDOING] = (uuid4().hex, utc_now(), asked.says, asked.back(result))


def undo() -> None:
    """Take back what was done last, and show again what it was done to."""
    _, _, _, opposite = st.session_state.pop(UNDOING, (None, None, None, None))
    if isinstance(opposite, Plan) and run(opposite) is not None:
        if selected() != opposite.conversation_id:
            lead_to(opposite.conversation_id)
        say(Notice(opposite.says))


def run(asked: Plan) -> Any:
    """What the verb gave back; None when it was not done, and a notice says why."""
    return act(asked.run, by=by(), seen=st.session_state.get(SEEN, {}).get(asked.conversation_id))


def after_review(asked: Plan) -> int | None:
    """In the review view, what to look at once this reading is found right: 0 = nothing is left. Else None."""
    looking = st.session_state.get(LOOKING, Looking())
    if asked.verb is not verbs.confirm or looking.view != REVIEW:
        return None
    database, settings = house()
    with database.reading() as session:
        return next_in_review(session, settings, looking, asked.conversation_id, utc_now()) or 0


def in_doubt(conversation_id: int) -> bool:
    """Whether something else in it should be looked at."""
    row = row_of(conversation_id)
    return row is not None and row.in_doubt


def lead_to(conversation_id: int) -> None:
    """Open another conversation; the queue's pane follows."""
    open_conversation(conversation_id)
    st.session_state[LED] = {"id": conversation_id, "nonce": uuid4().hex}


def on_compose() -> None:
    """Something was typed or sent."""
    done = [compose(told) for told in requests(COMPOSER_KEY, "ask")]
    typed = all(wanted is not None and wanted.do == "draft" for wanted in done)
    st.rerun(["composer"] if typed else ["queue", "notices", *OPEN])


def compose(told: object) -> Asked | None:
    """Keep what was typed, then do what was asked for; what that was, None when it made no sense."""
    try:
        wanted = asked(told)
        if row_of(wanted.conversation_id) is None:
            raise Refused("There is no such conversation any more.")
    except Refused as refused:
        say(Notice(str(refused), kind="refused"))
        return None
    user_id = signed_in().user_id
    if wanted.do in ("draft", *SPEAKING) and act(keep, wanted, user_id) is None:
        return wanted
    if wanted.do != "draft":
        says = act(do, wanted, by=by(), settings=house()[1])
        if says:
            say(Notice(says))
        if says is None and wanted.do in SPEAKING:
            act(keep_beside, wanted, user_id)
    return wanted


def row_of(conversation_id: int | None) -> Row | None:
    """The conversation as it stands; None = there is none."""
    if conversation_id is None:
        return None
    database, settings = house()
    with database.reading() as session:
        try:
            return page_of(session, conversation_id, settings)
        except LookupError:
            return None


def undo_line() -> dict[str, Any] | None:
    """What was done, while it can be taken back."""
    kept = st.session_state.get(UNDOING)
    if kept is None:
        return None
    told, at, says, opposite = kept
    left = (at + UNDO - utc_now()).total_seconds()
    if left <= 0:
        return None
    return {"id": told, "says": says, "possible": opposite is not None, "seconds": left}


def drawn() -> str:
    """Never the same: a pane that waits to be drawn is told of it, though nothing has changed."""
    return uuid4().hex


@st.fragment(key="queue", run_every=REFRESH)
def queue() -> None:
    """The left pane."""
    who, (database, settings) = signed_in(), house()
    looking = st.session_state.get(LOOKING, Looking())
    with database.reading() as session:
        data = queue_data(session, settings, who, looking, selected(), utc_now(), zone())
    queue_pane(data | {"led": st.session_state.get(LED)}, on_ask=on_ask, on_nudge=on_nudge)


@st.fragment(key="conversation", run_every=REFRESH)
def conversation() -> None:
    """The middle pane."""
    who, (database, settings) = signed_in(), house()
    now, chosen = utc_now(), selected()
    with database.reading() as session:
        view = st.session_state.get(LOOKING, Looking()).view
        data = conversation_data(session, settings, who, chosen, now, zone(), view)
        newest = last_heard(session, chosen) if chosen else None
    conversation_pane(data | {"undo": undo_line(), "heard": heard(CONVERSATION_KEY), "drawn": drawn()}, on_act=on_act)
    st.session_state[SEEN] = {chosen: now}  # after it: what was not drawn was not seen
    st.session_state[NEWEST] = {chosen: newest}


@st.fragment(key="composer")
def composer() -> None:
    """Below it."""
    who, (database, settings) = signed_in(), house()
    chosen = selected()
    with database.reading() as session:
        data = composer_data(session, settings, who, chosen, utc_now(), zone())
    seen = st.session_state.get(NEWEST, {}).get(chosen)
    told = {"heard": heard(COMPOSER_KEY), "seen": seen.isoformat() if seen else "", "drawn": drawn()}
    composer_pane(data | told, on_ask=on_compose)


@st.fragment(key="customer")
def customer() -> None:
    """The right pane."""
    signed_in()
    database, settings = house()
    chosen = selected()
    row = row_of(chosen)
    with database.reading() as session:
        data = customer_data(session, settings, chosen, row, utc_now(), zone())
    customer_pane(data)


st.html(STYLE)
queue()
conversation()
composer()
customer()
