"""The composer: what is known before a word, drafts that last, sending and taking back; with a browser and without."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from models import Note, Response, User
from models.database import Database
from models.response import ResponseStatus
from models.values import Role
from responders.drafts import get_draft
from settings import Settings
from tests.workspace.conftest import Running
from tests.workspace.desk_stage import ago, fill, id_of
from triage.history import By, Refused
from workspace.clock import zone_named
from workspace.composing import asked, composer_data, do, keep, keep_beside
from workspace.session import Person

Visit = Callable[..., Page]
Serve = Callable[..., Running]
UTC = zone_named("UTC")
KEYS = {f"QUARTERDECK_X_{n}": "key" for n in ("CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET")}
expect.set_options(timeout=60_000)


def person(cast: dict[str, int], name: str) -> Person:
    """One of the cast, as the screen knows them."""
    role = {"mia": Role.MANAGER, "ada": Role.ADMIN}.get(name, Role.AMBASSADOR)
    return Person(user_id=cast[name], email=f"{name}@example.org", name=name.title(), role=role, timezone="UTC")


def told(database: Database, cast: dict[str, int], name: str, handle: str, **settings: Any) -> dict[str, Any]:
    """The composer's data as one of the cast gets it."""
    with database.reading() as session:
        who = person(cast, name)
        return composer_data(session, Settings(**settings), who, id_of(database, handle), ago(0), UTC)


def done(database: Database, cast: dict[str, int], name: str, wanted: dict[str, Any], **settings: Any) -> str:
    """Do what the component would ask for."""
    role = person(cast, name).role
    with database.writing() as session:
        by = By(at=ago(0), user_id=cast[name], role=role)
        return do(session, asked({"seen": ago(0).isoformat()} | wanted), by=by, settings=Settings(**settings))


# ---------------------------------------------------------------- without a browser


def test_how_it_can_be_answered_is_known_before_a_word(database: Database) -> None:
    cast = fill(database)
    found = told(database, cast, "ana", "kim")
    assert (found["how"], found["lead"], found["button"]) == ("hand_off", "Answered by hand", "Copy and open on Reddit")
    assert found["opens"] == "https://reddit.example/r/tea/comments/5/"
    assert found["reply"] == found["note"] == {"text": "", "revision": 0}


def test_what_a_manager_must_see_is_said_and_opens_nothing(database: Database) -> None:
    cast = fill(database)
    found = told(database, cast, "ana", "kim", approve_intents=("*",))
    assert (found["button"], found["opens"], found["warn"]) == ("Send for approval", "", "Second pair of eyes needed")


def test_a_hand_off_waits_for_approval_is_approved_and_taken_back(database: Database) -> None:
    cast = fill(database)
    rules = {"approve_intents": ("*",)}
    kim = {"conversation": id_of(database, "kim")}
    done(database, cast, "ana", kim | {"do": "hand_off", "text": "The round one."}, **rules)
    mine, hers = told(database, cast, "ana", "kim")["live"], told(database, cast, "mia", "kim")["live"]
    assert [a["label"] for a in mine["actions"]] == ["Take back"]
    assert [a["label"] for a in hers["actions"]] == ["Approve", "Return"]
    assert [a for a in [told(database, cast, "ben", "kim")["live"]["actions"]] if a] == []
    done(database, cast, "mia", kim | {"do": "approve", "response": hers["id"]}, **rules)
    assert told(database, cast, "ana", "kim")["live"]["status"] == ResponseStatus.HANDED_OFF
    done(database, cast, "ana", kim | {"do": "take_back", "response": hers["id"]}, **rules)
    after = told(database, cast, "ana", "kim")
    assert (after["live"], after["reply"]["text"]) == (None, "The round one.")


def test_what_waits_for_approval_comes_back_to_its_writer_as_a_draft(database: Database) -> None:
    cast = fill(database)
    kim = {"conversation": id_of(database, "kim")}
    done(database, cast, "ana", kim | {"do": "hand_off", "text": "The round one."}, approve_intents=("*",))
    live = told(database, cast, "ana", "kim")["live"]
    done(database, cast, "ana", kim | {"do": "take_back", "response": live["id"]})
    assert told(database, cast, "ana", "kim")["reply"]["text"] == "The round one."


def test_an_older_draft_never_overwrites_a_newer_one(database: Database) -> None:
    cast = fill(database)
    kim = id_of(database, "kim")
    for revision, text in ((3, "newer"), (2, "older")):
        with database.writing() as session:
            wanted = asked({"do": "draft", "conversation": kim, "text": text, "revision": revision})
            assert keep(session, wanted, cast["ana"]) == 3
    assert told(database, cast, "ana", "kim")["reply"] == {"text": "newer", "revision": 3}
    assert told(database, cast, "ben", "kim")["reply"]["text"] == ""


@pytest.mark.parametrize("kind", ["reply", "note"])
def test_words_that_are_refused_stay_beside_what_another_tab_has_kept(database: Database, kind: str) -> None:
    cast = fill(database)
    draft = {"do": "draft", "conversation": id_of(database, "kim"), "kind": kind}
    newer, older = (asked(draft | {"text": text, "revision": n}) for n, text in ((5, "newer"), (3, "older")))
    for _ in range(2):
        with database.writing() as session:
            keep(session, newer, cast["ana"])
            keep(session, older, cast["ana"])
            keep_beside(session, older, cast["ana"])
        assert told(database, cast, "ana", "kim")[kind] == {"text": "older\n\nnewer", "revision": 6}


@pytest.mark.parametrize(
    "wanted",
    [None, {}, {"do": "drop"}, {"do": "send"}, {"do": "send", "conversation": True}, {"do": "note", "conversation": -1},
     {"do": "draft", "conversation": 1, "text": 5}, {"do": "draft", "conversation": 1, "revision": -1},
     {"do": "draft", "conversation": 1, "kind": "tweet"}, {"do": "undo", "conversation": 1, "response": "1"},
     {"do": "send", "conversation": 1, "text": "Hi"}, {"do": "send", "conversation": 1, "text": "Hi", "seen": "now"},
     {"do": "hand_off", "conversation": 1, "text": "Hi", "seen": "2026-03-01T09:00:00"}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(wanted: object) -> None:
    with pytest.raises(Refused):
        asked(wanted)


def test_a_reply_of_another_conversation_is_not_reached_through_this_one(database: Database) -> None:
    cast = fill(database)
    done(database, cast, "ana", {"do": "hand_off", "conversation": id_of(database, "kim"), "text": "Round."})
    live = told(database, cast, "ana", "kim")["live"]
    with pytest.raises(Refused):
        done(database, cast, "ana", {"do": "take_back", "conversation": id_of(database, "jo"), "response": live["id"]})


# ---------------------------------------------------------------- with one


def opened(visit: Visit, running: Running, name: str, handle: str) -> Page:
    """The screen with one conversation open."""
    page = visit(running, name, f"/?conversation={id_of(running.database, handle)}")
    expect(page.locator(".msg").first).to_be_visible()
    expect(page.locator("section[aria-label=Answer]")).to_be_visible()
    return page


@pytest.mark.browser
def test_a_draft_survives_a_reload_and_another_conversation(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    page = opened(visit, running, "ana", "marcusbell")
    page.keyboard.press("r")
    page.keyboard.type("You should not have to say")
    page.reload()  # before the server was told: this machine keeps it
    expect(page.locator("textarea")).to_have_value("You should not have to say")
    expect(page.locator(".state")).to_contain_text("saved")
    page.locator(".row", has_text="descale").click()
    expect(page.locator("h1 .name")).to_have_text("Jo")
    expect(page.locator("textarea")).to_have_value("")
    page.locator(".row", has_text="leaks again").click()
    expect(page.locator("textarea")).to_have_value("You should not have to say")
    with running.database.reading() as session:
        ana = session.exec(select(User.id).where(User.email == "ana@example.org")).one() or 0
        kept = get_draft(session, id_of(running.database, "marcusbell"), ana)
        assert kept is not None
        assert kept.text == "You should not have to say"


@pytest.mark.browser
def test_a_note_stands_in_the_conversation_and_ends_no_wait(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    page = opened(visit, running, "ana", "jo")
    page.keyboard.press("n")
    page.keyboard.type("Asked <b>quality</b>.")
    expect(page.locator(".warn")).to_have_text("Team only, never public")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".msg.note .words")).to_have_text("Asked <b>quality</b>.")
    expect(page.locator("textarea")).to_have_value("")
    expect(page.locator(".wait.running")).to_be_visible()
    with running.database.reading() as session:
        assert [n.text for n in session.exec(select(Note))] == ["Asked <b>quality</b>."]


@pytest.mark.browser
def test_copy_and_open_leaves_the_words_on_the_clipboard_and_is_taken_back(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    page = opened(visit, running, "ana", "kim")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(
        "() => { window.opened = []; window.open = (...told) => { window.opened.push(told); return null; }; }"
    )
    expect(page.locator(".how b")).to_have_text("Answered by hand")
    page.locator("textarea").fill("The round one fits.")
    page.locator(".send").click()
    expect(page.locator(".live")).to_contain_text("Copied and opened on Reddit. We will notice your reply.")
    assert page.evaluate("navigator.clipboard.readText()") == "The round one fits."
    url = "https://reddit.example/r/tea/comments/5/"
    assert page.evaluate("window.opened") == [[url, "_blank", "noopener,noreferrer"]]
    page.locator(".live button", has_text="Take back").click()
    expect(page.locator("textarea")).to_have_value("The round one fits.")


@pytest.mark.browser
def test_while_somebody_answers_nobody_else_can_begin(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    ana, ben = (opened(visit, running, name, "kim") for name in ("ana", "ben"))
    ana.evaluate("() => { window.open = () => null; }")
    ana.locator("textarea").fill("The round one fits.")
    ana.locator(".send").click()
    expect(ben.locator(".live")).to_contain_text(re.compile("by Ana"))
    expect(ben.locator(".live button")).to_have_count(0)
    expect(ben.locator("textarea")).to_be_hidden()
    with running.database.reading() as session:
        assert len(session.exec(select(Response)).all()) == 1


@pytest.mark.browser
def test_sending_in_public_can_be_taken_back_in_place(serve: Serve, visit: Visit) -> None:
    running = serve(fill, QUARTERDECK_GRACE_SECONDS="300", **KEYS)
    page = opened(visit, running, "ana", "jo")
    expect(page.locator(".how")).to_have_text("Can be answered here · they mentioned us · $0.010")
    expect(page.locator(".whom")).to_have_text("as @acme to Jo")
    page.keyboard.press("r")
    page.keyboard.type("Yes, see acme.example/descale")
    expect(page.locator(".how")).to_contain_text("$0.200 with the link")
    expect(page.locator(".state")).to_contain_text("32 of 280")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".live")).to_contain_text(re.compile(r"Goes out in \d+ s"))
    page.keyboard.press("Escape")
    page.locator(".live button", has_text="Undo").click()
    expect(page.locator("textarea")).to_have_value("Yes, see acme.example/descale")
    with running.database.reading() as session:
        assert [r.status for r in session.exec(select(Response))] == [ResponseStatus.DISCARDED]
