"""WORKSPACE: what a component asks for, each request once, though a busy server hears only the newest call.

Comes in: what a component told: every request it has not been told is heard. Goes out: those that were not done yet, in
their order. A screen gives back `heard`, and the component tells those no more.
"""

from collections.abc import Iterator
from typing import Any

import streamlit as st

KEPT = 50
"""How many requests of a component are remembered, and at most taken at once."""
LONGEST = 60
"""Characters of what names a request."""
_HEARD = "workspace_heard"


def requests(key: str, name: str) -> Iterator[Any]:
    """What the component `key` asks for under this name and was not done yet; what makes no sense comes as it is.

    A request counts as heard before it is done, so that nothing is done twice.
    """
    told = st.session_state[key].get(name)
    if not isinstance(told, list):
        yield told
        return
    for one in told[:KEPT]:
        if _first(key, one):
            yield one


def heard(key: str) -> list[str]:
    """The requests of the component that were heard, for its data."""
    found: list[str] = st.session_state.get(_HEARD, {}).get(key, [])
    return found


def _first(key: str, one: object) -> bool:
    """Note that it is heard; whether that is so for the first time."""
    nonce = one.get("nonce") if isinstance(one, dict) else None
    if not isinstance(nonce, str) or len(nonce) > LONGEST:
        return True
    known = heard(key)
    if nonce in known:
        return False
    st.session_state[_HEARD] = st.session_state.get(_HEARD, {}) | {key: [*known, nonce][-KEPT:]}
    return True
