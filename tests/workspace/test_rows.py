"""Rows, waits, the portrait and plans in words, without a browser."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.database import Database
from models.values import Role
from settings import Settings
from tests.conftest import NOON
from tests.workspace.desk_stage import ago, fill, id_of
from tests.workspace.test_composer import person
from triage import verbs
from triage.answerable import Answerable
from triage.beside import check_seen, customer
from triage.history import By, Refused
from triage.queue import page_of
from triage.rows import Row
from workspace.acting import Plan, plan, snooze_until
from workspace.buttons import buttons
from workspace.clock import zone_named
from workspace.desk import Looking, looking_after, queue_data
from workspace.portrait import portrait
from workspace.rows import chips, handle, letters, queue_row, reach, where

BERLIN = zone_named("Europe/Berlin")
ANA = By(at=NOON, user_id=1, role=Role.AMBASSADOR)
MIA = By(at=NOON, user_id=3, role=Role.MANAGER)
ROW = Row(
    id=7, brand_id=1, brand="Acme", platform="x", author="marta", author_name="Marta", followers=2_100,
    text="it leaks", url="", sentiment="negative", intent="complaint", intents={"complaint": 0.9, "churn": 0.6},
    needs_reply=0.9, language="de", confidence=0.7, in_doubt=False, corrected=False, band="high", priority=88,
    reasons={"severity": 34, "intent": 18, "waiting": 16},
    status="open", resolution=None, dismissal=None, snoozed_until=None, escalated=False, assignee=None,
    assignee_id=None, assignee_name=None, mentions=3, waiting_since=NOON - timedelta(minutes=48),
    due_at=NOON + timedelta(minutes=12),
    answerable=Answerable("api", "They mentioned us.", 0.01), place=(12, None, 7, None),  # type: ignore[arg-type]
)  # fmt: skip


def row(**told: Any) -> dict[str, Any]:
    return queue_row(replace(ROW, **told), NOON, BERLIN)


def test_a_row_says_who_where_when_and_why() -> None:
    told = row()
    assert (told["name"], told["where"], told["due"], told["edge"]) == ("Marta", "X", "due in 12 min", "soon")
    assert [c["word"] for c in told["chips"]] == ["complaint", "may leave"]
    assert told["quiet"] == "negative · Deutsch · 2.1 k followers · 88"
    assert told["who"] is None
    assert "(UTC+01:00)" in told["exact"]


@pytest.mark.parametrize(
    ("more", "due", "edge"),
    [
        ({"due_at": NOON - timedelta(minutes=41)}, "overdue 41 min", "over"),
        ({"waiting_since": None, "due_at": None}, "answered", ""),
        ({"status": "snoozed", "snoozed_until": NOON + timedelta(hours=20)}, "until tomorrow 09:00", "soon"),
        ({"status": "resolved", "resolution": "no_answer"}, "without an answer", ""),
        ({"status": "dismissed", "dismissal": "spam"}, "spam", ""),
    ],
)
def test_what_stands_at_the_right_is_the_one_thing_that_matters(more: dict[str, Any], due: str, edge: str) -> None:
    told = row(**more)
    assert (told["due"], told["edge"]) == (due, edge)


def test_doubt_and_the_unread_are_said() -> None:
    assert "not sure? please check" in row(in_doubt=True)["quiet"]
    assert chips(replace(ROW, intent=None, intents={})) == [{"word": "not read yet", "colour": "plain"}]
    assert row(text="")["text"] == "The post was deleted."


def test_words_of_others_are_handed_on_untouched() -> None:
    evil = "<script>alert(1)</script> ![x](https://evil.example)"
    assert row(text=evil, author_name=evil)["text"] == row(author_name=evil)["name"] == evil


@pytest.mark.parametrize(
    ("platform", "url", "said"),
    [
        ("reddit", "https://www.reddit.com/r/tea/comments/1/x/", "r/tea"), ("reddit", "", "Reddit"), ("x", "", "X"),
        ("blog", "https://slow.example/a", "blog · slow.example"), ("blog", "http://[", "blog"),
    ],
)  # fmt: skip
def test_where_it_was_posted(platform: str, url: str, said: str) -> None:
    assert where(platform, url) == said


def test_small_words() -> None:
    assert [reach(n) for n in (None, 99, 310, 2_100, 12_400, 1_400_000)] == [
        "", "", "310 followers", "2.1 k followers", "12 k followers", "1.4 M followers",
    ]  # fmt: skip
    assert [letters(n) for n in ("Ana", "Ben Kaya", "mia@example.org", None)] == ["AN", "BK", "MI", "?"]
    assert [handle(p, "jo") for p in ("x", "reddit", "blog")] == ["@jo", "u/jo", "jo"]


# ---------------------------------------------------------------- plans


def planned(told: dict[str, Any], by: By = ANA, **more: Any) -> Plan:
    return plan({"conversation": 7} | told, replace(ROW, **more), by=by, zone=BERLIN)


def test_what_puts_words_out_of_sight_has_an_opposite_and_asks_whether_they_were_seen() -> None:
    told: list[dict[str, Any]] = [
        {"verb": "snooze", "until": "hour"}, {"verb": "resolve", "reason": "no_answer"},
        {"verb": "dismiss", "reason": "spam"},
    ]  # fmt: skip
    for one in told:
        found = planned(one)
        assert found.puts_aside
        assert found.opposite is not None
    assert planned({"verb": "snooze", "until": "tomorrow"}).says == "Snoozed until tomorrow 09:00. They still wait."


@pytest.mark.parametrize(
    "told",
    [{}, {"verb": "drop"}, {"verb": "claim", "conversation": 8}, {"verb": "claim", "conversation": "7"},
     {"verb": "assign"}, {"verb": "assign", "to": True}, {"verb": "dismiss", "reason": "bored"}, {"verb": "resolve"},
     {"verb": "set_band", "band": "hot"}, {"verb": "escalate", "why": 5},
     {"verb": "snooze", "until": "soon"}, {"verb": "snooze", "until": 5},
     {"verb": "resolve", "reason": "answered_elsewhere", "url": "javascript:alert(1)", "at": "2026-03-04T09:00"}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        planned(told)


def test_undo_is_offered_only_where_they_may() -> None:
    pass_on = {"verb": "assign", "to": 2}
    assert planned(pass_on, ANA, assignee_id=1, assignee_name="Ana").opposite is None
    assert planned(pass_on, MIA, assignee_id=1, assignee_name="Ana").opposite is not None
    assert planned({"verb": "release"}, MIA, assignee_id=1).opposite is None


def test_a_correction_takes_back_to_what_was_read() -> None:
    found = planned({"verb": "set_band", "band": "urgent"})
    assert (found.args, found.opposite and found.opposite.args) == (("urgent",), ("high",))
    assert planned({"verb": "set_band", "band": "urgent"}, band=None).opposite is None
    assert planned({"verb": "set_needs_answer", "needs": False}).puts_aside
    assert not planned({"verb": "set_needs_answer", "needs": True}).puts_aside


def test_a_corrected_label_and_a_reading_found_right_are_taken_back_by_what_was_kept() -> None:
    class Kept:
        def __init__(self, number: int) -> None:
            self.id = number

    told = {"mention": 5, "edition": 2}
    found = planned({"verb": "correct", "label": "intent", "said": "churn", **told})
    assert (found.says, found.args, found.kwargs) == ("Corrected: may leave.", (5, "intent", "churn"), {"edition": 2})
    back = found.back(Kept(9))
    assert back is not None
    assert (back.verb, back.args, back.kwargs) == (verbs.take_back, (5,), {"corrections": [9]})
    right = planned({"verb": "confirm", **told})
    assert right.says == "Marta: looks right."
    again = right.back([Kept(9), Kept(10)])
    assert again is not None
    assert again.kwargs == {"corrections": [9, 10]}
    assert right.back([]) is None
    for wrong in ({"label": "mood"}, {"edition": 0}, {"mention": True}, {"said": 7}, {"said": "x" * 21}):
        with pytest.raises(Refused):
            planned({"verb": "correct", "label": "intent", "said": "churn", **told, **wrong})


def test_which_buttons_stand_there_follows_how_it_stands() -> None:
    cast = {"ana": 1, "ben": 2, "mia": 3}

    def labels(name: str = "ana", **more: Any) -> list[str]:
        found = buttons(replace(ROW, **more), person(cast, name), [(1, "Ana"), (2, "Ben")])
        return [b["label"] for b in found]

    assert labels() == ["Claim", "Snooze", "Assign", "Resolve", "Dismiss"]
    assert labels(assignee_id=1)[0] == labels("mia", assignee_id=2)[0] == "Release"
    assert labels(assignee_id=2)[0] == "Snooze"
    assert labels(status="snoozed")[1] == "Wake"
    assert (labels(status="resolved"), labels(status="dismissed")) == (["Reopen"], ["Restore"])


def test_snoozing_is_told_in_the_zone_of_the_viewer() -> None:
    assert snooze_until("hour", NOON, BERLIN) == NOON + timedelta(hours=1)
    assert snooze_until("tomorrow", NOON, BERLIN) == datetime(2026, 3, 5, 8, tzinfo=UTC)
    assert snooze_until("week", NOON, BERLIN) == datetime(2026, 3, 9, 8, tzinfo=UTC)  # the next Monday
    assert snooze_until("2026-03-30T09:00", NOON, BERLIN) == datetime(2026, 3, 30, 7, tzinfo=UTC)  # summer time


def test_words_that_came_after_the_screen_was_drawn_must_be_read_first(database: Database) -> None:
    fill(database)
    with database.reading() as session:
        check_seen(session, id_of(database, "jo"), ago(0))
        with pytest.raises(Refused, match="They wrote again just now"):
            check_seen(session, id_of(database, "jo"), ago(30))


# ---------------------------------------------------------------- panes


def test_the_parts_of_the_priority_add_up_and_the_customer_is_known(database: Database) -> None:
    fill(database)
    marcus = id_of(database, "marcusbell")
    with database.reading() as session:
        told = portrait(customer(session, marcus, Settings()), page_of(session, marcus, Settings()), ago(0), BERLIN)
    assert sum(part["points"] for part in told["parts"]) == told["priority"]
    facts = {fact["word"]: fact["is"] for fact in told["facts"]}
    assert facts["usually answered in"] == "38 min"
    assert (facts["mentions of us"], facts["on"], told["earlier"]) == ("2", "X, @marcusbell", [])


@pytest.mark.parametrize(
    ("reached", "word"),
    [(None, "reach unknown"), (0, "0 followers"), (1, "1 follower"), (85, "85 followers"), (12_400, "12 k followers")],
)
def test_reach_says_how_many_follow_them_and_how_little_that_can_count(
    database: Database, reached: int | None, word: str
) -> None:
    """Bars are drawn to the scale of the largest part: under these weights reach has a fifth of severity's room."""
    fill(database)
    other = {"severity": 50, "intent": 20, "waiting": 20, "addressed": 0, "reach": 10}
    shown = replace(ROW, reasons={"severity": 34, "addressed": 0, "reach": 6}, most=other, reached=reached)
    with database.reading() as session:
        parts = portrait(customer(session, id_of(database, "jo"), Settings()), shown, NOON, BERLIN)["parts"]
    assert [(p["points"], p["most"], p["room"]) for p in parts] == [(34, 50, 100), (0, 0, 0), (6, 10, 20)]
    assert parts[2]["word"] == word


def test_the_queue_is_told_in_pages_and_never_twice(database: Database) -> None:
    cast = fill(database)
    with database.reading() as session:
        for shown, more in ((2, True), (3, False)):
            looking = Looking(shown=shown)
            told = queue_data(session, Settings(), person(cast, "ana"), looking, None, ago(0), BERLIN)
            assert (len(told["rows"]), told["more"]) == (shown, more)
            assert told["tabs"][0]["count"] == 3


def test_a_forged_wish_changes_nothing() -> None:
    now = Looking(view="snoozed", brand_id=2)
    for told in (None, 5, {}, {"view": "nonsense"}, {"view": 1}, {"brand": "x"}, {"brand": "²"}, {"platform": "mars"}):
        assert looking_after(told, now) == now
    assert looking_after({"view": "mine"}, now) == Looking(view="mine", brand_id=2)
    assert looking_after({"brand": ""}, now) == Looking(view="snoozed")
    assert looking_after({"more": 30}, now).shown == 60
