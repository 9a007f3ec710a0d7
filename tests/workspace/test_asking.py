"""What a component asks for is done once, however often it is told."""

from typing import Any

import pytest

from workspace import asking


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What Streamlit keeps for one session."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr("workspace.asking.st.session_state", kept)
    return kept


def taken(state: dict[str, Any], told: object) -> list[Any]:
    state["pane"] = {"ask": told}
    return [one["do"] if isinstance(one, dict) else one for one in asking.requests("pane", "ask")]


def test_a_request_is_done_once_and_said_to_be_heard(state: dict[str, Any]) -> None:
    first, second = {"do": "undo", "nonce": "1"}, {"do": "draft", "nonce": "2"}
    assert taken(state, [first]) == ["undo"]
    assert taken(state, [first, second]) == ["draft"]
    assert asking.heard("pane") == ["1", "2"]
    assert asking.heard("other") == []


def test_what_breaks_off_in_the_middle_is_done_no_second_time_and_the_rest_later(state: dict[str, Any]) -> None:
    state["pane"] = {"ask": [{"do": "note", "nonce": "1"}, {"do": "send", "nonce": "2"}]}
    next(iter(asking.requests("pane", "ask")))
    assert [one["do"] for one in asking.requests("pane", "ask")] == ["send"]


def test_the_last_fifty_are_remembered_and_nonsense_comes_as_it_is(state: dict[str, Any]) -> None:
    many = [{"do": str(n), "nonce": str(n)} for n in range(60)]
    assert taken(state, many) == [str(n) for n in range(50)]
    assert taken(state, many[50:]) == [str(n) for n in range(50, 60)]
    assert len(asking.heard("pane")) == 50
    assert taken(state, None) == [None]
    assert taken(state, [3, {"do": "x"}, {"do": "y", "nonce": 5}]) == [3, "x", "y"]
