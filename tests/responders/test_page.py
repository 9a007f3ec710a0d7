"""TESTS: docs/responding.md tells every event that responders write, every status, and the times that hold."""

import ast
import re
from pathlib import Path

from models.response import ResponseStatus
from responders.protocol import IN_FLIGHT, LOOKS
from responders.wire import DEADLINE

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "responding.md").read_text(encoding="utf-8")
PLACE = {"record": 2, "_history": 2, "_change": 4, "_to_draft": 4}
"""Which argument of a call names the event."""


def written() -> set[str]:
    found = set()
    for path in (ROOT / "responders").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            place = PLACE.get(getattr(node.func, "id", "")) if isinstance(node, ast.Call) else None
            if isinstance(node, ast.Call) and place is not None:
                words = ast.walk(node.args[place]) if len(node.args) > place else ()
                found |= {w.value for w in words if isinstance(w, ast.Constant) and isinstance(w.value, str)}
    return found


def test_every_event_of_a_reply_is_documented() -> None:
    table = PAGE.partition("| event |")[2]
    assert (
        set(re.findall(r"`([a-z_]+)`", "\n".join(line.split("|")[1] for line in table.splitlines()[2:]))) == written()
    )


def test_every_status_of_a_reply_is_on_the_page() -> None:
    assert [s.value for s in ResponseStatus if s.value not in PAGE] == []


def test_the_times_on_the_page_are_those_of_the_code() -> None:
    assert [t.total_seconds() for t in LOOKS] == [10, 60, 300]
    assert "look at 10 s, 60 s, 5 min" in PAGE
    assert IN_FLIGHT.total_seconds() == 120
    assert DEADLINE == 25
    assert "25 seconds at most" in PAGE
    assert "after two minutes" in PAGE
