"""WORKSPACE: the queue's pane: views, filters, what nobody has and cannot wait, the rows, and moving through them."""

from collections.abc import Callable
from typing import Any

from workspace.components import Component

KEY = "queue_pane"
_component = Component("queue")
warm = _component.warm


def queue_pane(data: dict[str, Any], *, on_ask: Callable[[], None], on_nudge: Callable[[], None]) -> None:
    """Draw it. `ask` carries what was wanted, such as {"pick": 7} or {"view": "mine"}."""
    _component(key=KEY, data=data, on_ask_change=on_ask, on_nudge_change=on_nudge)
