"""The queue's screen in a real browser: moving, claiming, finishing and taking back, and words that would do harm."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from models.database import Database
from models.values import Resolution, Status
from tests.workspace.conftest import PHONE, Running
from tests.workspace.desk_stage import HOSTILE, LONG, conversation, fill, hostile, id_of

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
Serve = Callable[..., Running]
ROWS = ".row"
expect.set_options(timeout=60_000)


def opened(visit: Visit, running: Running, name: str, handle: str, **told: object) -> Page:
    """The screen with one conversation open, by its address."""
    page = visit(running, name, f"/?conversation={id_of(running.database, handle)}", **told)
    expect(page.locator(".msg").first).to_be_visible()
    expect(page.locator("section[aria-label=Answer]")).to_be_visible()
    return page


def test_j_and_k_move_through_the_rows_and_open_them(serve: Serve, visit: Visit) -> None:
    page = visit(serve(fill), "ana")
    expect(page.locator(ROWS)).to_have_count(3)
    expect(page.locator(".thread .empty")).to_be_visible()
    for key, row in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        name = page.locator(ROWS).nth(row).locator("b").inner_text()
        expect(page.locator("h1 .name")).to_have_text(name)
        expect(page.locator(ROWS).nth(row)).to_have_attribute("aria-selected", "true")
    assert re.search(r"conversation=\d+", page.url)
    opened_name = page.locator("h1 .name").inner_text()
    page.reload()
    expect(page.locator("h1 .name")).to_have_text(opened_name)
    expect(page.locator(".row.sel b")).to_have_text(opened_name)


def test_the_waits_stand_between_the_words(serve: Serve, visit: Visit) -> None:
    page = opened(visit, serve(fill), "ana", "marcusbell")
    kinds = page.locator(".thread > *").evaluate_all("found => found.map(e => e.classList[0] + ' ' + e.classList[1])")
    assert [k.split()[0] for k in kinds] == ["msg", "wait", "msg", "msg", "wait", "correct"]
    expect(page.locator(".wait").first).to_have_text("answered in 38 min")
    expect(page.locator(".wait.running")).to_have_text(re.compile(r"^waiting 3 h \d\d · due in \d+ min$"))
    assert "(UTC+" in (page.locator(".wait").first.get_attribute("title") or "")


def test_claiming_resolving_with_a_reason_and_taking_it_back(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    page = opened(visit, running, "ana", "marcusbell")
    page.keyboard.press("c")
    expect(page.locator(".status")).to_contain_text("claimed by you")
    expect(page.locator(".row.sel .who")).to_have_text("AN")
    page.keyboard.press("e")
    expect(page.locator(".menu")).to_contain_text("They still wait")
    page.locator(".choice", has_text="Answered privately").click()
    expect(page.locator(".undo")).to_contain_text("Resolved: answered privately.")
    expect(page.locator(ROWS)).to_have_count(2)
    assert conversation(running.database, "marcusbell").resolution == Resolution.ANSWERED_PRIVATELY
    page.locator(".undo button").click()
    expect(page.locator(ROWS)).to_have_count(3)
    assert conversation(running.database, "marcusbell").status != Status.RESOLVED


def test_dismissing_and_undo(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    page = opened(visit, running, "ana", "jo")
    page.keyboard.press("d")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".status")).to_contain_text("dismissed: spam")
    page.locator(".undo button").click()
    expect(page.locator(".status")).to_contain_text("waiting since")
    assert conversation(running.database, "jo").status == Status.OPEN


def test_of_two_who_claim_the_second_hears_who_has_it(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    ana, ben = (opened(visit, running, name, "jo") for name in ("ana", "ben"))
    ben.evaluate("window.addEventListener('quarterdeck:nudge', e => e.stopImmediatePropagation(), true)")
    ana.keyboard.press("c")
    expect(ana.locator(".status")).to_contain_text("claimed by you")
    if ben.locator(".status").inner_text().endswith("nobody has it"):
        ben.keyboard.press("c")
        expect(ben.locator(".notice")).to_contain_text("Somebody was faster: Ana has it.")
    expect(ben.locator(".status")).to_contain_text("Ana has it")


def test_what_happens_elsewhere_shows_without_losing_the_place(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    ana, ben = (opened(visit, running, name, "marcusbell") for name in ("ana", "ben"))
    ben.keyboard.press("r")
    ben.keyboard.type("Half a sen")
    ana.keyboard.press("c")
    expect(ben.locator(".status")).to_contain_text("Ana has it")
    ben.keyboard.type("tence")
    expect(ben.locator("textarea")).to_have_value("Half a sentence")
    expect(ben.locator(".row.sel b")).to_have_text("Marcus Bell")


def test_hostile_words_are_shown_character_for_character_and_do_nothing(serve: Serve, visit: Visit) -> None:
    running = serve(hostile)
    page = opened(visit, running, "ana", "evil")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    assert page.locator(".msg .words").inner_text() == "@acme " + HOSTILE
    assert page.locator(".row", has_text="evil.example").locator(".t").text_content() == "@acme " + HOSTILE
    assert page.locator("h1 .name").inner_text() == "<img src=x onerror=alert(1)>![n](https://evil.example/n.png)"
    assert page.evaluate("window.hacked") is None
    assert page.locator(".msg img, .row img, .pane a, .pane script").count() == 0
    page.goto(f"{running.url}/?conversation={id_of(running.database, 'endless')}")
    page.locator(".whole").click()
    assert page.locator(".msg .words").text_content() == LONG.strip()


def test_a_conversation_that_is_none_says_so(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    for told in ("999", "0", "abc", "9999999999999999", "-1"):
        page = visit(running, "ana", f"/?conversation={told}")
        expect(page.locator(".thread .empty")).to_be_visible()
        expect(page.locator(ROWS)).to_have_count(3)


def test_on_a_phone_there_is_the_list_or_the_conversation(serve: Serve, visit: Visit) -> None:
    page = visit(serve(fill), "ana", viewport=PHONE)
    page.locator(ROWS).first.click()
    expect(page.locator(".msg").first).to_be_visible()
    expect(page.locator(ROWS).first).to_be_hidden()
    expect(page.locator("textarea")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.locator(".back").click()
    expect(page.locator(ROWS).first).to_be_visible()
    expect(page.locator("textarea")).to_be_hidden()


def test_an_empty_queue_says_so(serve: Serve, visit: Visit) -> None:
    def nobody(database: Database) -> object:
        return fill(database, [])

    page = visit(serve(nobody), "ana")
    expect(page.locator(".rows .empty")).to_contain_text("Nobody waits for an answer")
    page.locator(".tabs button", has_text="Mine").click()
    expect(page.locator(".rows .empty")).to_contain_text("You have nothing in hand")
