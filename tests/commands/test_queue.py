from datetime import timedelta

import pytest

from commands.queue import due
from models.base import utc_now
from models.database import Database
from tests.commands.conftest import Shell
from tests.commands.test_common import ACTING, HOSTILE
from tests.conftest import NOON
from tests.house import arrive, make_brand, post

FIELDS = {
    "id", "brand", "platform", "author", "text", "url", "sentiment", "intent", "needs_reply", "band", "priority",
    "reasons", "status", "assignee", "waiting_since", "due_at", "answerable", "price_usd", "mentions",
}  # fmt: skip


def test_an_empty_queue_is_an_empty_list(shell: Shell) -> None:
    assert shell.json("queue") == []
    people = shell("queue")
    assert (people.stdout, people.stderr) == ("", "Nothing here: a running wait that needs an answer.\n")


def test_a_conversation_has_every_field_of_the_contract(shell: Shell, stored: Database) -> None:
    arrive(stored, 1, [post("1", "marta", 0, "the kettle leaks", mentioned=("acme",))], 1)
    shell("account", "add", "x", "acme")
    (row,) = shell.json("queue")
    assert row.keys() >= FIELDS
    assert {k: row[k] for k in ("brand", "platform", "author", "text", "mentions", "status", "band")} == {
        "brand": "Acme", "platform": "x", "author": "marta", "text": "the kettle leaks", "mentions": 1,
        "status": "new", "band": None,
    }  # fmt: skip
    assert row["waiting_since"] == "2026-03-04T12:00:00Z"
    assert (row["answerable"], row["price_usd"]) == ("hand_off", None)
    assert row["priority"] == sum(r["points"] for r in row["reasons"])
    assert [r.keys() for r in row["reasons"]] == [{"name", "points"}] * len(row["reasons"])


def test_the_queue_is_cut_at_20_at_a_limit_or_not_at_all(shell: Shell, stored: Database) -> None:
    arrive(stored, 1, [post(str(n), f"author{n}", n) for n in range(25)], 30)
    assert [len(shell.json("queue", *words)) for words in ([], ["--limit", 3], ["--all"])] == [20, 3, 25]
    assert shell.json("queue", "--limit", 25) == shell.json("queue", "--all")
    assert "--limit" in shell("queue", "--limit", 0, exit_code=2).stderr
    shell("queue", "--limit", 10**30, exit_code=2)


def test_the_queue_may_be_of_one_brand(shell: Shell, stored: Database) -> None:
    other = make_brand(stored, "Kettlemere")
    arrive(stored, 1, [post("1", "marta", 0)], 1)
    arrive(stored, other, [post("2", "pavel", 0)], 1)
    assert {r["brand"] for r in shell.json("queue")} == {"Acme", "Kettlemere"}
    assert [r["author"] for r in shell.json("queue", "--brand", "kettlemere")] == ["pavel"]


def test_every_view_can_be_asked_for_and_an_unknown_one_names_them(shell: Shell) -> None:
    said = shell("queue", "--view", "mine", exit_code=2).stderr
    views = said.partition("There are: ")[2].rstrip(".\n").split(", ")
    assert len(views) > 8
    assert [shell.json("queue", "--view", view) for view in views] == [[]] * len(views)


def test_hostile_words_do_nothing_in_a_terminal(shell: Shell, stored: Database) -> None:
    words = HOSTILE.replace("\x00", "")
    arrive(stored, 1, [post("1", "[red]\x1b[31mmarta", 0, words)], 1)
    for command in (["queue"], ["show", "1"], ["show", "x:1"]):
        told = shell(*command)
        assert [c for c in ACTING if c in told.stdout + told.stderr] == []
        assert "[red]" in told.stdout
    (row,) = shell.json("queue")
    assert row["text"] == words


@pytest.mark.parametrize(
    ("minutes", "says"),
    [(-41, "overdue 41 min"), (190, "in 3 h 10"), (5, "in 5 min"), (-60 * 50, "overdue 2 d 2 h"), (60, "in 1 h 00")],
)
def test_due_times_are_said_as_people_say_them(minutes: int, says: str) -> None:
    assert due(NOON + timedelta(minutes=minutes), NOON) == says
    assert due(None, utc_now()) == ""
