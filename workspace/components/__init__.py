"""WORKSPACE: the components of our own. Each is a folder: html, css and js files, and a thin Python function.

Comes in: a folder. Goes out: something to mount, registered once, with the house's colours and helpers in it. Data of
others reaches a page only through `data`, and there only as text.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import runtime

from workspace.theme import variables

FOLDER = Path(__file__).parent
Mount = Callable[..., Any]


class Component:
    """One of our components. Call it to mount it: `key`, `data`, `on_<name>_change` as Streamlit has them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._registered: tuple[object, Mount] | None = None

    def __call__(self, **told: Any) -> Any:
        """Mount it here and return its state and triggers."""
        return self._mount()(**told)

    def warm(self) -> None:
        """Read the files and register it now."""
        self._mount()

    def _mount(self) -> Mount:
        """Registered once a Streamlit: tests start several in one process."""
        here = runtime.get_instance() if runtime.exists() else None
        if self._registered is None or self._registered[0] is not here:
            html, css, js = files(self.name)
            mount = st.components.v2.component(f"quarterdeck_{self.name}", html=html, css=css, js=js)
            self._registered = (here, mount)
        return self._registered[1]


@cache
def files(name: str) -> tuple[str, str, str]:
    """The component's html, css and js, with what all of them share before their own."""
    html, css, js = (_text(FOLDER / name / f"{name}.{kind}") for kind in ("html", "css", "js"))
    return html or "<div></div>", variables() + _text(FOLDER / "shared.css") + css, _text(FOLDER / "shared.js") + js


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
