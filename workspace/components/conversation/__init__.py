"""WORKSPACE: one conversation: its head with the buttons, everything that was said, and the waits between."""

from collections.abc import Callable
from typing import Any

from workspace.components import Component

KEY = "conversation_pane"
_component = Component("conversation")
warm = _component.warm


def conversation_pane(data: dict[str, Any], *, on_act: Callable[[], None]) -> None:
    """Draw it. `act` carries a verb and its words, such as {"verb": "claim", "conversation": 7}."""
    _component(key=KEY, data=data, on_act_change=on_act)
