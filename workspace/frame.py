"""WORKSPACE: the page around the screens: no header of Streamlit's, our top bar above, the screen below it.

Comes in: nothing. Goes out: one style sheet. Says nothing about any screen.
"""

import streamlit as st

BAR_PIXELS = 52

STYLE = f"""<style>
[data-testid="stHeader"] {{ display: none; }}
[data-testid="stMainBlockContainer"] {{ padding: {BAR_PIXELS}px 0 0; max-width: none; }}
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] {{ gap: 0; }}
.st-key-page {{ padding: 22px 28px 40px; max-width: 1320px; margin: 0 auto; }}
@media (max-width: 640px) {{ .st-key-page {{ padding: 14px 16px 32px; }} }}
</style>"""


def frame() -> None:
    """Draw the page's style. A screen made of Streamlit's own parts puts them into `st.container(key="page")`."""
    st.html(STYLE)
