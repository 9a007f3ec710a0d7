"""WORKSPACE: the customer's pane: why the conversation stands where it stands, who this is, and what came before."""

from typing import Any

from workspace.components import Component

KEY = "customer_pane"
_component = Component("customer")
warm = _component.warm


def customer_pane(data: dict[str, Any]) -> None:
    """Draw it."""
    _component(key=KEY, data=data)
