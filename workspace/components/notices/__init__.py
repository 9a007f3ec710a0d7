"""WORKSPACE: the line at the foot of the screen that says what was done, or why it was not."""

import streamlit as st

from workspace.components import Component
from workspace.notices import FRAGMENT, waiting

_component = Component("notices")
warm = _component.warm


@st.fragment(key=FRAGMENT)
def draw_notices() -> None:
    """Show what waits to be said. Redraw it from a callback with `st.rerun([…, "notices"])`."""
    _component(key="notices_line", data={"notices": waiting()})
