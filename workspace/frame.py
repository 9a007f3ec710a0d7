"""WORKSPACE: the page around the screens: no header of Streamlit's, our top bar above, the screen below it.

Comes in: nothing. Goes out: one style sheet. Says nothing about any screen.
"""

import streamlit as st

from workspace.theme import COLOURS

BAR_PIXELS = 52
ON_ACCENT = COLOURS["on-accent"]
"""Streamlit always writes white on a primary button, which cannot be read on the accent of the dark side."""

STYLE = f"""<style>
[data-testid="stHeader"] {{ display: none; }}
[data-testid="stMainBlockContainer"] {{ padding: {BAR_PIXELS}px 0 0; max-width: none; }}
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] {{ gap: 0; }}
.st-key-page, .st-key-page_alone {{ padding: 22px 28px 40px; max-width: 1320px; margin: 0 auto; }}
[data-testid="stBaseButton-primary"] {{ color: light-dark({ON_ACCENT.light}, {ON_ACCENT.dark}); }}
@media (max-width: 640px) {{ .st-key-page, .st-key-page_alone {{ padding: 14px 16px 32px; }} }}
</style>"""


def frame() -> None:
    """Draw the page's style. A screen made of Streamlit's own parts puts them into `st.container(key="page")`."""
    st.html(STYLE)


def alone(text: str) -> None:
    """Say one thing where a screen should be."""
    with st.container(key="page_alone"):
        st.text(text)
