import pytest

from models.database import Database
from tests.commands.conftest import Shell
from tests.house import arrive, post


@pytest.fixture
def asked(shell: Shell, stored: Database) -> Shell:
    """Marta asks, we answer, she asks again; Pavel stands in the same thread."""
    shell("account", "add", "x", "acme")
    arrive(stored, 1, [
        post("1", "marta", 0), post("2", "acme", 10, "Sorry! Which kettle?", to="1", thread="1"),
        post("3", "marta", 20, "the blue one", to="2", thread="1"),
        post("4", "pavel", 5, "mine too", to="1", thread="1"),
    ], 25)  # fmt: skip
    return shell


def test_a_conversation_is_shown_by_number_and_by_any_of_its_posts(asked: Shell) -> None:
    whole = asked.json("show", "x:1")
    assert whole == asked.json("show", whole["id"]) == asked.json("show", "twitter:3") == asked.json("show", "X:2")
    assert [(p["external_id"], p["own"], p["posted_at"]) for p in whole["posts"]] == [
        ("1", False, "2026-03-04T12:00:00Z"), ("2", True, "2026-03-04T12:10:00Z"), ("3", False, "2026-03-04T12:20:00Z"),
    ]  # fmt: skip
    assert [(w["seconds"], w["end"]) for w in whole["waits"]] == [(600.0, "answered"), (None, None)]
    assert whole["others"] == 1


def test_people_see_posts_waits_and_the_others(asked: Shell) -> None:
    told = asked("show", "x:1")
    assert told.stderr == ""
    for words in ("marta on x", "Sorry! Which kettle?", "answered", "running", "1 other in this thread."):
        assert words in told.stdout


@pytest.mark.parametrize("told", ["7", "99999999999999999999", "²", "x:404", "nobody", "telegram:1", "x:", ""])
def test_what_is_not_there_is_said_with_code_2(shell: Shell, told: str) -> None:
    result = shell("show", told, "--json", exit_code=2)
    assert result.stdout == ""
    assert "conversation" in result.stderr
