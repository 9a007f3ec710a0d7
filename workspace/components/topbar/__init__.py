"""WORKSPACE: the top bar: the product's name, the screens, the keys, who is signed in, and the way out.

It also hears the nudges, over one stream for all tabs of a browser, and passes each on to the other components.
"""

from collections.abc import Sequence

from workspace.components import Component
from workspace.navigation import Screen
from workspace.session import Person

_component = Component("topbar")
warm = _component.warm


def top_bar(who: Person, screens: Sequence[Screen], current: str) -> int | None:
    """Draw it; the number of the screen that was chosen since the last run, None if none was."""
    told = _component(
        key="topbar",
        data={
            "who": who.name, "email": who.email, "role": who.role.value, "initials": initials(who.name),
            "screens": [{"title": s.title, "path": f"/{s.path}"} for s in screens], "current": current,
        },
        on_go_change=_nothing,
    )  # fmt: skip
    chosen = getattr(told, "go", None)
    return chosen if isinstance(chosen, int) and 0 <= chosen < len(screens) else None


def initials(name: str) -> str:
    """Two letters for a face: "AN" for Ana, "BK" for Ben Kaya, "MI" for mia@example.org."""
    parts = [p for p in name.split("@")[0].replace(".", " ").split() if p]
    letters = "".join(p[0] for p in parts[:2]) if len(parts) > 1 else (parts[0][:2] if parts else "?")
    return letters.upper()


def _nothing() -> None:
    """The choice is read where the bar is drawn."""
