"""WORKSPACE: what the screen has to say to the person after something was done. Comes in: words. Goes out: them, once.

Callbacks must not draw, so they leave a notice here and the fragment "notices" shows it.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal
from uuid import uuid4

import streamlit as st

FRAGMENT = "notices"
_KEY = "workspace_notices"


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for the person. It is shown as text, whatever stands in it."""

    text: str
    kind: Literal["done", "refused"] = "done"
    """refused stays until it is closed or ten seconds have passed; done goes sooner."""


def say(notice: Notice) -> None:
    """Leave a notice for the next drawing of the fragment."""
    st.session_state.setdefault(_KEY, []).append({"id": uuid4().hex, **asdict(notice)})


def waiting() -> list[dict[str, Any]]:
    """The notices nobody has seen yet, which are then seen."""
    found: list[dict[str, Any]] = st.session_state.pop(_KEY, [])
    return found
