"""WORKSPACE: the script Streamlit runs for every visitor: who it is, the top bar, then the screen they asked for."""

import streamlit as st

from workspace.components.notices import draw_notices
from workspace.components.topbar import top_bar
from workspace.frame import alone, frame
from workspace.navigation import SCREENS, screens_for
from workspace.session import seen, signed_in


def run() -> None:
    """One full run. A fragment's own run comes in below this, and asks again who is signed in."""
    st.set_page_config("Quarterdeck", layout="wide", initial_sidebar_state="collapsed")
    frame()
    who = signed_in()
    seen()
    screens = screens_for(who.role)
    pages = [st.Page(s.script, title=s.title, url_path=s.path or None, default=not i) for i, s in enumerate(screens)]
    if not pages:
        alone("There is no screen for you here yet. An admin of this workspace can help.")
        return
    others = [st.Page(not_yours, title=s.title, url_path=s.path) for s in SCREENS if s not in screens and s.path]
    page = st.navigation([*pages, *others], position="hidden")
    chosen = top_bar(who, screens, page.title)
    if chosen is not None:
        st.switch_page(pages[chosen])
    draw_notices()  # before the screen, which may stop half-way
    page.run()


def not_yours() -> None:
    """What stands at the address of a screen that is not for this role."""
    alone("This screen is not for your role here. An admin of this workspace can change that.")


run()
