from typing import Any

import pytest
from sqlmodel import select

from models import Mention, Spending
from models.database import Database
from sandbox.faults import Fault
from sandbox.server import Sandbox
from tests.commands.conftest import Shell

FIELDS = {"id", "kind", "target", "state", "last_success_at", "last_error", "failures", "gaps_open"}
FEED = "https://example.org/feed.xml"


def test_sources_are_added_shown_paused_resumed_and_removed(shell: Shell) -> None:
    shell("source", "add", "feed", FEED, "--match", "kettle", "--name", "The paper", "--every", 600)
    shell("source", "add", "reddit-new", "r/tea+r/coffee", "--match", "*")
    first, second = shell.json("source", "list")
    assert first.keys() >= FIELDS
    assert {k: first[k] for k in FIELDS} == {
        "id": 1, "kind": "feed", "target": FEED, "state": "active", "last_success_at": None, "last_error": None,
        "failures": 0, "gaps_open": 0,
    }  # fmt: skip
    assert second["target"] == "tea+coffee"
    shell("source", "pause", 1)
    assert [s["state"] for s in shell.json("source", "list")] == ["paused", "active"]
    assert "The paper" in shell("source", "list").stdout
    shell("source", "resume", 1)
    shell("source", "remove", 2)
    assert [(s["id"], s["state"]) for s in shell.json("source", "list")] == [(1, "active")]


def test_sources_are_listed_by_brand(shell: Shell) -> None:
    shell("brand", "add", "Tarnbrook")
    shell("source", "add", "feed", FEED, "--match", "kettle")
    shell("source", "add", "feed", FEED, "--match", "kettle", "--brand", "Tarnbrook")
    assert [s["id"] for s in shell.json("source", "list")] == [1, 2]
    assert [s["id"] for s in shell.json("source", "list", "--brand", "tarnbrook")] == [2]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["feed", FEED], "--match"),
        (["reddit-comments", "tea"], "--match"),
        (["feed", "", "--match", "*"], "needs a target"),
        (["telegram", "x"], "'x-search', 'x-mentions'"),
        (["feed", FEED, "--match", "*", "--every", "0"], "--every takes"),
        (["x-search", "#"], "#"),
        (["feed", FEED, "--match", "*", "--brand", "Nobody"], "There are: Acme"),
    ],
)
def test_a_source_that_could_not_work_is_refused_with_what_to_do(
    shell: Shell, words: list[str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTERDECK_X_BEARER_TOKEN", "a-key")
    result = shell("source", "add", *words, exit_code=2)
    assert says in " ".join(result.stderr.split())
    assert shell.json("source", "list") == []


@pytest.mark.parametrize("verb", ["pause", "resume", "remove"])
def test_a_source_that_is_not_there_is_said(shell: Shell, verb: str) -> None:
    assert "source list" in shell("source", verb, 9, exit_code=2).stderr
    shell("source", verb, 10**12, exit_code=2)
    shell("source", verb, "first", exit_code=2)


def preview(shell: Shell, *words: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shell.json("source", "preview", *words)
    return found


def test_a_preview_shows_what_would_be_kept_and_saves_no_post(shell: Shell, database: Database, story: Sandbox) -> None:
    address = f"{story.url}/blog/slow-kitchen/feed.xml"
    posts = preview(shell, "feed", address)
    assert posts
    assert all(p.keys() == {"external_id", "author", "text", "url", "posted_at"} for p in posts)
    assert all(p["posted_at"] is None or p["posted_at"].endswith("Z") for p in posts)
    assert len(preview(shell, "feed", address, "--limit", 1)) == 1
    assert preview(shell, "feed", address, "--match", "nobodysaysthis") == []
    assert "posts" in shell("source", "preview", "feed", address).stdout
    with database.reading() as session:
        assert session.exec(select(Mention)).all() == []


def test_a_preview_of_x_costs_money_that_is_counted_and_limited(
    shell: Shell, database: Database, story: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert preview(shell, "x-search", "tarnbrook")
    with database.reading() as session:
        (spent,) = session.exec(select(Spending.usd).where(Spending.reader == "preview"))
    assert spent > 0
    monkeypatch.setenv("QUARTERDECK_X_DAILY_USD", str(spent))
    before = len(story.log.seen)
    stopped = shell("source", "preview", "x-search", "tarnbrook")
    assert "QUARTERDECK_X_DAILY_USD" in stopped.stderr
    assert len(story.log.seen) == before


def test_a_preview_that_fails_says_why_with_code_1(shell: Shell, story: Sandbox) -> None:
    story.faults.arm(Fault("/blog", status=404, times=9))
    result = shell("source", "preview", "feed", f"{story.url}/blog/slow-kitchen/feed.xml", "--json", exit_code=1)
    assert result.stdout == ""
    assert "404" in result.stderr
