"""The reports screen: the figures of the command, filters in the address, CSV row for row, hostile words, roles."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import streamlit as st
from playwright.sync_api import Page, expect
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from models import Brand, Mention, Placement, Wait
from models.base import utc_now
from models.database import Database
from models.values import Platform, Role, WaitEnd
from reports.curve import curve
from reports.groups import by_platform, by_week
from reports.incidence import Estimate
from reports.query import report_response_times
from reports.reach import by_reach
from reports.response_times import response_times
from reports.volume import DayVolume
from reports.waits import WaitRow
from tests.house import make_cast
from tests.reports.conftest import NOON, MakeWait, minute, wait
from tests.reports.test_query import World
from tests.workspace.conftest import Running
from workspace import navigation
from workspace import report_charts as charts
from workspace.allowed import SORRY
from workspace.navigation import EVERYBODY, FOLDER
from workspace.report_page import chosen
from workspace.report_words import between, figures, lead
from workspace.tables import Column, Table

__all__ = ["wait"]  # the fixture of the reports' tests
SCREEN = str(FOLDER / "reports.py")
HOSTILE = (
    '=HYPERLINK("http://evil.example","x") **bold** ![](http://evil.example/p.png) <img src=x onerror=alert(1)> $x$'
)
DAYS = ["2026-03-04", "2026-03-05"]
AGO = (utc_now() - NOON).total_seconds() / 60
"""Minutes between the noon of the tests and now."""


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


class Busy(World):
    """A world whose posts stand in conversations, as the worker leaves them."""

    def wait(self, *told: Any, **facts: Any) -> Any:
        """A wait whose first mention is placed."""
        wait = super().wait(*told, **facts)
        self.add(
            Placement(mention_id=wait.first_mention_id, brand_id=wait.brand_id, conversation_id=wait.conversation_id)
        )
        return wait


def fill(database: Database, start: float = 0) -> None:
    """Four waits from `start` minutes after noon on: answered after 10 and 20 min, one waits, one was deleted."""
    make_cast(database)
    with database.writing() as session:
        world = Busy(session)
        world.answered(start, 10)
        world.answered(start + 1, 20)
        waits = world.wait(start + 2)
        session.get_one(Mention, waits.first_mention_id).text = HOSTILE
        world.wait(start + 3, end=WaitEnd.DELETED, ended_at=minute(start + 50))
        rival = world.add(Brand(name="Rival", timezone="UTC", competitor=True))
        world.wait(start, brand=rival)


def shown(test: AppTest, key: str) -> list[dict[str, Any]]:
    """The cells of a table on the screen; "" = the one that cannot be picked from."""
    (frame,) = [f for f in test.dataframe if (f.key or "") == key]
    found: list[dict[str, Any]] = frame.value.to_dict("records")
    return found


def open_reports(run_as: Callable[..., AppTest], name: str = "mia", days: list[str] | None = None) -> AppTest:
    """The screen as one of the cast sees it, of these days."""
    test = run_as(name)
    test.query_params["days"] = days or DAYS
    return test.switch_page(SCREEN).run()


def html(test: AppTest) -> str:
    """What the screen drew as HTML of its own, without the room between numbers and units."""
    return "\n".join(e.proto.body for e in test.get("html")).replace("\u00a0", " ")


def test_the_screen_says_what_the_report_says(run_as: Callable[..., AppTest], database: Database) -> None:
    fill(database)
    test = open_reports(run_as)
    assert not test.exception
    # four waits: answered after 10 and 20 min, one runs, one was deleted after 47 min. Half of four is the second.
    told = html(test)
    assert "Half of the 4 waits that needed an answer had one within <b>20 min</b>." in told
    assert "1 is still unanswered, and it is counted. 1 ended without an answer." in told
    assert "Counting the answered alone, as most tools do, would show <b>10 min</b>." in told
    assert "days of Europe/Berlin" in told
    (row,) = shown(test, "platforms-table")
    names = ("platform", "waits", "median", "still waiting", "answered", "answered alone")
    assert [row[name] for name in names] == ["X", 4, "20 min", 1, 2, "10 min"]
    assert row["within 1 h"] == "50 %"
    (promise,) = shown(test, "promises-table")
    assert (promise["target"], promise["waits due"], promise["in target"]) == ("high, 1 h", 4, "50 %")
    assert [(v["posts"], v["not read"]) for v in shown(test, "volume-table")] == [(4, 4), (0, 0)]


def test_reach_says_how_long_small_accounts_wait(run_as: Callable[..., AppTest], database: Database) -> None:
    """By hand: of four small ones two were answered after 60 and 180 min and two wait; of two large ones both."""
    with database.writing() as session:
        world = Busy(session)
        waits = [world.answered(0, 60), world.answered(1, 180), world.wait(2), world.wait(3)]
        waits += [world.answered(4, 10), world.answered(5, 20), world.wait(6)]
        for wait, followers in zip(waits, (7, 99, 50, 0, 20_000, 99_999, None), strict=True):
            session.get_one(Mention, wait.first_mention_id).followers = followers
    make_cast(database)
    test = open_reports(run_as)
    assert not test.exception
    names = ("followers", "waits", "answered", "median", "nine in ten", "overdue", "of waits due")
    assert [[row[name] for name in names] for row in shown(test, "reach-table")] == [
        ["unknown", 1, "0 %", "not reached", "not reached", "100 %", 1],
        ["0–99", 4, "50 %", "3 h", "not reached", "75 %", 4],
        ["10 k–99 k", 2, "100 %", "10 min", "20 min", "0 %", 2],
    ]
    assert any("4 and 2 waits; each side needs 20." in t.value for t in test.text)
    assert "Waits of unknown reach, on neither side: 1." in html(test)


def test_the_figures_are_those_of_the_command(run_as: Callable[..., AppTest], database: Database) -> None:
    fill(database)
    with database.reading() as session:
        times = report_response_times(session).times
    test = open_reports(run_as, days=["2026-01-01", "2026-11-01"])
    told = html(test)
    for figure in figures(times)[:2]:
        assert f'<dt>{figure.name}</dt><dd class="v">{figure.value}</dd><dd class="n">{figure.beside}</dd>' in told


def test_days_without_a_wait_say_so_and_break_nothing(run_as: Callable[..., AppTest], database: Database) -> None:
    fill(database)
    test = open_reports(run_as, days=["2026-02-01", "2026-02-03"])
    assert not test.exception
    assert "Nobody waited for an answer in these days." in html(test)


@pytest.mark.parametrize("days", [["2026-02-01", "2026-02-03"], ["2026-03-05", "2026-03-06"]])
def test_who_waits_longest_stands_there_whatever_days_are_chosen(
    run_as: Callable[..., AppTest], database: Database, days: list[str]
) -> None:
    fill(database)
    test = open_reports(run_as, days=days)
    assert "Nobody waited for an answer in these days." in html(test)
    (row,) = shown(test, "")
    assert row["open"] == f"/?conversation={waiting_conversation(database)}"
    assert "Everybody without an answer, whenever they wrote." in html(test)


def test_a_house_in_which_nobody_waits_says_so(run_as: Callable[..., AppTest], database: Database) -> None:
    make_cast(database)
    with database.writing() as session:
        Busy(session).answered(0, 5)
    assert "Nobody waits." in [t.value for t in open_reports(run_as).text]


def test_an_empty_house_has_nothing_to_report_and_says_so(run_as: Callable[..., AppTest], database: Database) -> None:
    make_cast(database)
    test = open_reports(run_as)
    assert not test.exception


def test_a_brand_of_ours_can_be_chosen_and_a_competitor_cannot(
    run_as: Callable[..., AppTest], database: Database
) -> None:
    fill(database)
    with database.writing() as session:
        session.add(Brand(name="**Zweite**", timezone="Asia/Kathmandu"))
    test = open_reports(run_as)
    box = test.selectbox(key="brand")
    assert box.options == ["All our brands", "Tarnbrook", "**Zweite**"]
    box.select("**Zweite**").run()
    assert "Nobody waited for an answer in these days." in html(test)
    assert "days of Asia/Kathmandu" in html(test)
    assert "Zweite" not in html(test)
    again = run_as("mia", brand="**Zweite**").switch_page(SCREEN).run()  # a link of somebody else's
    assert again.selectbox(key="brand").value == "**Zweite**"


def test_words_of_others_stand_in_cells_and_nowhere_else(run_as: Callable[..., AppTest], database: Database) -> None:
    fill(database)
    test = open_reports(run_as)
    (row,) = shown(test, "")
    assert (row["what they said"], row["who has it"], row["band"]) == (HOSTILE, "nobody", "high")
    assert row["open"] == f"/?conversation={waiting_conversation(database)}"
    for name in ("markdown", "html", "text", "caption", "heading", "button", "selectbox"):
        assert "evil.example" not in "".join(str(e.proto) for e in test.get(name))


def waiting_conversation(database: Database) -> int:
    """The one that waits and holds the hostile words."""
    with database.reading() as session:
        mention = session.exec(select(Mention).where(Mention.text == HOSTILE)).one()
        wait = session.exec(select(Wait).where(Wait.first_mention_id == mention.id)).one()
        return wait.conversation_id


def test_an_ambassador_gets_no_report_whatever_way_they_come(
    run_as: Callable[..., AppTest], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database)
    monkeypatch.setattr(navigation, "SCREENS", tuple(replace(s, roles=EVERYBODY) for s in navigation.SCREENS))
    test = open_reports(run_as, "ana")
    assert not test.exception
    assert [t.value for t in test.text] == [SORRY[Role.MANAGER]]
    assert len(test.dataframe) == 0


# ---------------------------------------------------------------- tables and words


def test_an_export_has_the_rows_of_the_screen_in_its_order() -> None:
    columns = (Column("who"), Column("for", "length"), Column("since", "when"), Column("in target", "share", none="–"),
               Column("posts", "number"), Column("who has it", none="nobody"))  # fmt: skip
    rows = ((HOSTILE, 3660, NOON, 0.5, 7, None), ("@kim", 59, minute(5), None, 0, "Ana"))
    table = Table(columns, rows)
    on_screen = table.cells(NOON, ZoneInfo("Europe/Berlin"))
    exported = list(csv.DictReader(StringIO(table.csv())))
    assert [list(r.values()) for r in on_screen] == [
        [HOSTILE, "1 h 1 min", "today 13:00", "50 %", 7, "nobody"],
        ["@kim", "59 s", "today 13:05", "–", 0, "Ana"],
    ]
    assert [list(r.values()) for r in exported] == [
        ["'" + HOSTILE, "3660", "2026-03-04T12:00:00Z", "0.5", "7", ""],
        ["'@kim", "59", "2026-03-04T12:05:00Z", "", "0", "Ana"],
    ]
    assert list(exported[0]) == ["who", "for (seconds)", "since (UTC)", "in target", "posts", "who has it"]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(None, None, ""), (60, None, "1 min or longer"), (None, 60, "1 min or shorter"), (60, 120, "1 min to 2 min")],
)
def test_an_open_interval_says_which_end_is_open(low: float | None, high: float | None, words: str) -> None:
    assert between(Estimate(90, low, high)) == words


def test_the_sentence_without_a_median_or_an_answer_claims_none(wait: MakeWait) -> None:
    def said(*rows: WaitRow) -> str:
        return "".join(t for t, _ in lead(response_times(rows, minute(600), ZoneInfo("UTC"))))

    assert "no median yet" in said(wait(answered=5), wait(), wait())
    assert said(wait(), wait()).endswith("None was answered yet, and the usual figure would show nothing at all.")
    assert said(wait(answered=5), wait(answered=7)).endswith("of the answered alone, shows the same here.")
    assert said() == "Nobody waited for an answer in these days."


@pytest.mark.parametrize("side", ["light", "dark", None])
def test_every_chart_can_be_drawn_by_day_and_by_night(wait: MakeWait, side: str | None) -> None:
    rows = [wait(answered=5, claimed=2), wait(answered=700, platform=Platform.BLOG), wait()]
    until, zone, paint = minute(800), ZoneInfo("UTC"), charts.palette(side)
    groups = by_platform(rows, until, zone)
    volume = [DayVolume(date(2026, 3, 4), 3, 1, 1, 0, 1)]
    for chart in (
        charts.curve_chart(curve(rows, until), response_times(rows, until, zone), paint),
        charts.parts_chart(groups, paint), charts.platform_chart(groups, paint),
        charts.week_chart(by_week(rows, until, zone), paint), charts.volume_chart(volume, paint),
        charts.reach_chart(by_reach(rows, until, zone), paint),
    ):  # fmt: skip
        told = chart.to_json()
        assert paint["quiet"] in told
        assert '"legend": {' not in told


@pytest.mark.parametrize("sent", [None, {}, {"selection": {"picked": [{"k": "elsewhere"}, 7, {"k": ["X"]}]}}])
def test_a_mark_that_is_not_there_cannot_be_picked(sent: object) -> None:
    assert chosen(sent, ["X", "Reddit"]) == []
    assert chosen({"selection": {"picked": [{"k": "Reddit"}]}}, ["X", "Reddit"]) == [1]


# ---------------------------------------------------------------- in a browser


@pytest.mark.browser
def test_a_manager_picks_a_bar_and_sees_its_posts_and_takes_the_table_along(
    serve: Callable[..., Running], visit: Callable[..., Page]
) -> None:
    running = serve(lambda database: fill(database, AGO - 120))
    page = visit(running, "mia", "/")
    page.get_by_role("navigation", name="Screens").get_by_role("link", name="Reports").click()
    expect(page.get_by_role("heading", name="How long the public waits")).to_be_visible()
    expect(page.get_by_text("Who waits longest")).to_be_visible()
    with page.expect_download() as waiting:
        page.locator(".st-key-waiting-csv button").click()
    exported = list(csv.DictReader(StringIO(waiting.value.path().read_text(encoding="utf-8"))))
    assert [(r["what they said"], r["band"], r["who has it"]) for r in exported] == [("'" + HOSTILE, "high", "")]
    bar = page.locator(".st-key-volume-chart [role=graphics-symbol]").last
    bar.scroll_into_view_if_needed()
    bar.click()
    expect(page.get_by_text("The newest first.")).to_be_visible()
    expect(page.locator("img[src*=evil]")).to_have_count(0)
