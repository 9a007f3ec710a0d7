"""WORKSPACE: the composer: reply or note, whether and how it can be answered and what it costs, and one button."""

from collections.abc import Callable
from typing import Any

from workspace.components import Component

KEY = "composer_pane"
_component = Component("composer")
warm = _component.warm


def composer_pane(data: dict[str, Any], *, on_ask: Callable[[], None]) -> None:
    """Draw it. `ask` carries what is to be done, such as {"do": "send", "conversation": 7, "text": "…"}."""
    _component(key=KEY, data=data, on_ask_change=on_ask)
