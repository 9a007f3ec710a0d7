"""The queue's screen where a person is faster than the server, or the world than the screen; in a real browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from listeners.post import Post
from listeners.saving import Sighting
from models import Draft, Event, Note, Response
from models.base import utc_now
from models.database import Database
from models.response import ResponseStatus as Is
from models.values import Band, Role
from responders import verbs
from settings import Settings
from tests.workspace.conftest import Running
from tests.workspace.desk_stage import conversation, fill, id_of, said
from triage.history import By
from worker.intake import take_in

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
Serve = Callable[..., Running]
KEYS = {f"QUARTERDECK_X_{n}": "key" for n in ("CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET")}
NUDGES_OFF = "window.addEventListener('quarterdeck:nudge', e => e.stopImmediatePropagation(), true)"
expect.set_options(timeout=60_000)


def opened(visit: Visit, running: Running, name: str, handle: str) -> Page:
    """The screen with one conversation open."""
    page = visit(running, name, f"/?conversation={id_of(running.database, handle)}")
    expect(page.locator(".msg").first).to_be_visible()
    expect(page.locator("section[aria-label=Answer]")).to_be_visible()
    return page


def deaf(visit: Visit, running: Running, name: str, handle: str) -> Page:
    """The same, where nothing that happens elsewhere is heard of."""
    page = opened(visit, running, name, handle)
    page.add_init_script(NUDGES_OFF)
    page.reload()
    expect(page.locator(".msg").first).to_be_visible()
    expect(page.locator("section[aria-label=Answer]")).to_be_visible()
    expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")
    return page


def hear(database: Database, *posts: Post) -> None:
    """Take posts in, as a poll does."""
    sighting = Sighting(brand_id=conversation(database, "jo").brand_id, via="source:1", at=utc_now())
    with database.writing() as session:
        take_in(session, posts, sighting, settings=Settings())


def stands(database: Database) -> list[Is]:
    """Every reply there is, as it stands."""
    with database.reading() as session:
        return [row.status for row in session.exec(select(Response).order_by(col(Response.id)))]


def notes(database: Database) -> list[str]:
    """What the team said."""
    with database.reading() as session:
        return list(session.exec(select(Note.text).order_by(col(Note.id))))


# ---------------------------------------------------------------- what is not shown is not done


def ana_waits_for_approval(database: Database) -> None:
    """Ana has written to Kim; a manager must look at it."""
    cast = fill(database)
    settings, by = Settings(approve_intents=("*",)), By(at=utc_now(), user_id=cast["ana"], role=Role.AMBASSADOR)
    about = id_of(database, "kim")
    with database.writing() as session:
        verbs.hand_off(session, about, "The round one.", by=by, settings=settings)


def test_the_key_that_approves_keeps_the_note_where_the_reply_is_hidden(serve: Serve, visit: Visit) -> None:
    running = serve(ana_waits_for_approval, QUARTERDECK_APPROVE_INTENTS="*")
    page = opened(visit, running, "mia", "kim")
    expect(page.locator(".live button", has_text="Approve")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("Is it the round one?")
    page.keyboard.press("Escape")
    expect(page.locator(".send")).to_contain_text("Keep note")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".msg.note .words")).to_have_text("Is it the round one?")
    assert notes(running.database) == ["Is it the round one?"]
    assert stands(running.database) == [Is.AWAITING_APPROVAL]


def test_the_key_that_approves_is_silent_while_a_menu_is_open(serve: Serve, visit: Visit) -> None:
    running = serve(ana_waits_for_approval, QUARTERDECK_APPROVE_INTENTS="*")
    page = opened(visit, running, "mia", "kim")
    page.keyboard.press("d")
    expect(page.locator(".menu")).to_be_visible()
    page.locator(".menu p").evaluate("e => { document.activeElement.blur(); e.getRootNode().activeElement?.blur(); }")
    page.keyboard.press("Control+Enter")
    page.locator("h1 .name").click()
    expect(page.locator(".menu")).to_be_hidden()
    page.keyboard.press("n")
    page.keyboard.type("Not yet.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".msg.note")).to_be_visible()
    assert stands(running.database) == [Is.AWAITING_APPROVAL]
    page.keyboard.press("Escape")
    page.locator(".tabs button", has_text="Public reply").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".live .says")).to_contain_text("Copied and opened")
    assert stands(running.database) == [Is.HANDED_OFF]


# ---------------------------------------------------------------- nobody answers what they have not read


def test_what_they_wrote_since_the_screen_was_drawn_is_read_before_anything_is_sent(serve: Serve, visit: Visit) -> None:
    running = serve(fill, QUARTERDECK_GRACE_SECONDS="300", **KEYS)
    page = deaf(visit, running, "ana", "jo")
    hear(running.database, said("9", "jo", 1, "@acme my hand is burned", name="Jo", to="4", thread="4"))
    page.keyboard.press("r")
    page.keyboard.type("Yes, it is.")
    expect(page.locator(".state")).to_contain_text("saved")  # the composer was drawn anew, their words were not
    page.keyboard.press("Control+Enter")
    expect(page.locator(".notice")).to_contain_text("They wrote again just now: read that first.")
    expect(page.locator(".msg .words").last).to_have_text("@acme my hand is burned")
    expect(page.locator("textarea")).to_have_value("Yes, it is.")
    assert stands(running.database) == []
    expect(page.locator(".send")).to_be_enabled()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".live")).to_contain_text("Goes out in")
    assert stands(running.database) == [Is.APPROVED]


def test_what_a_colleague_has_answered_since_is_seen_before_anything_is_sent(serve: Serve, visit: Visit) -> None:
    running = serve(fill, QUARTERDECK_GRACE_SECONDS="300", **KEYS)
    page = deaf(visit, running, "ben", "jo")
    hear(running.database, said("9", "acme", 1, "Yes, with vinegar.", to="4", thread="4", mentioned=("jo",)))
    page.locator("textarea").fill("No, never.")
    page.locator(".send").click()
    expect(page.locator(".notice")).to_contain_text("Somebody answered meanwhile")
    expect(page.locator(".msg.ours .words")).to_have_text("Yes, with vinegar.")
    expect(page.locator("textarea")).to_have_value("No, never.")
    assert stands(running.database) == []


# ---------------------------------------------------------------- while the server is busy, nothing is dropped


@contextmanager
def busy(running: Running) -> Iterator[None]:
    """Whoever writes waits, until the block ends."""
    with running.database.writing() as session:
        session.add(Event(verb="claimed", at=utc_now()))
        session.flush()
        yield


def drafts(database: Database) -> dict[str, str]:
    """What is kept of what is typed, by kind."""
    with database.reading() as session:
        return {draft.kind: draft.text for draft in session.exec(select(Draft))}


def test_of_three_buttons_pressed_while_the_server_is_busy_each_is_done_once(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    page = opened(visit, running, "ana", "jo")
    page.keyboard.press("l")
    with busy(running):
        page.keyboard.press("c")
        page.wait_for_timeout(500)  # the server has begun with it
        page.locator(".soon", has_text="high").click()
        page.keyboard.press("x")
        page.locator(".menu input").fill("Is it safe?")
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
    expect(page.locator(".status")).to_contain_text("claimed by you · help is asked for")
    assert conversation(running.database, "jo").band == Band.HIGH
    with running.database.reading() as session:
        found = session.exec(select(Event.verb).where(col(Event.user_id).is_not(None)).order_by(col(Event.id)))
        assert list(found) == ["claimed", "band_set", "escalated"]


def test_of_three_drafts_saved_while_the_server_is_busy_none_is_lost(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    page = opened(visit, running, "ana", "kim")
    with busy(running):
        for key, text in (("r", "The round one"), ("n", "Ask the workshop."), ("r", " fits.")):
            page.keyboard.press(key)
            page.keyboard.press("End")
            page.keyboard.type(text)
            page.wait_for_timeout(1_000)  # it is told to the server
            page.keyboard.press("Escape")
    expect(page.locator(".state")).to_contain_text("saved")
    page.keyboard.press("n")
    expect(page.locator(".state")).to_contain_text("saved")
    assert drafts(running.database) == {"reply": "The round one fits.", "note": "Ask the workshop."}


# ---------------------------------------------------------------- by hand only what the server has agreed to


def opening(page: Page) -> None:
    """Note which addresses are opened, and open none."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("() => { window.opened = []; window.open = (url) => { window.opened.push(url); return null; }; }")
    page.evaluate("navigator.clipboard.writeText('before')")


def test_nothing_is_copied_or_opened_before_the_server_agrees(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    page = opened(visit, running, "ana", "kim")
    opening(page)
    page.locator("textarea").fill("The round one fits.")
    expect(page.locator(".state")).to_contain_text("saved")
    with busy(running):
        page.locator(".send").click()
        expect(page.locator(".send")).to_be_disabled()
        page.wait_for_timeout(500)
        assert page.evaluate("[window.opened.length, document.hasFocus()]") == [0, True]
        assert page.evaluate("navigator.clipboard.readText()") == "before"
    expect(page.locator(".live")).to_contain_text("Copied and opened on Reddit")
    assert page.evaluate("window.opened") == ["https://reddit.example/r/tea/comments/5/"]
    assert page.evaluate("navigator.clipboard.readText()") == "The round one fits."


def test_what_is_refused_is_neither_copied_nor_opened(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    ana, ben = opened(visit, running, "ana", "kim"), deaf(visit, running, "ben", "kim")
    opening(ben)
    ana.evaluate("() => { window.open = () => null; }")
    ana.locator("textarea").fill("The round one fits.")
    ana.locator(".send").click()
    expect(ana.locator(".live")).to_be_visible()
    ben.bring_to_front()
    ben.locator("textarea").fill("The square one.")
    ben.locator(".send").click()
    expect(ben.locator(".live")).to_contain_text("by Ana")
    assert ben.evaluate("window.opened") == []
    assert ben.evaluate("navigator.clipboard.readText()") != "The square one."
    assert stands(running.database) == [Is.HANDED_OFF]


# ---------------------------------------------------------------- keys while the next conversation is on its way


def at_once(page: Page, keys: str) -> None:
    """Press keys faster than any server answers."""
    page.evaluate(
        """keys => { for (const key of keys) {
          const told = { key, bubbles: true, composed: true, cancelable: true };
          document.body.dispatchEvent(new KeyboardEvent("keydown", told));
        } }""",
        keys,
    )


def test_o_is_silent_until_the_next_conversation_is_there(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    page = opened(visit, running, "ana", "kim")
    opening(page)
    page.locator("textarea").fill("The round one fits.")
    expect(page.locator(".state")).to_contain_text("saved")
    page.keyboard.press("Escape")
    at_once(page, "ko")
    expect(page.locator("h1 .name")).to_have_text("Jo")
    expect(page.locator("textarea")).to_have_value("")
    expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")
    assert page.evaluate("window.opened") == []
    assert stands(running.database) == []


def test_there_and_back_leaves_every_key_alive(serve: Serve, visit: Visit) -> None:
    page = opened(visit, serve(fill), "ana", "jo")
    expect(page.locator(".row.sel b")).to_have_text("Jo")
    at_once(page, "jk")
    expect(page.locator(".row.sel b")).to_have_text("Jo")
    expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator("h1 .name")).to_have_text("Jo")
    page.keyboard.press("r")
    expect(page.locator("textarea")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.locator(".status")).to_contain_text("claimed by you")


def test_a_key_after_there_and_back_is_for_the_one_that_is_back(serve: Serve, visit: Visit) -> None:
    page = opened(visit, serve(fill), "ana", "jo")
    expect(page.locator(".row.sel b")).to_have_text("Jo")
    at_once(page, "jkn")
    expect(page.locator("textarea")).to_be_focused()
    expect(page.locator("h1 .name")).to_have_text("Jo")
    expect(page.locator(".tabs button[data-kind=note]")).to_have_attribute("aria-selected", "true")


def test_what_is_typed_before_the_text_is_there_is_no_command(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    page = opened(visit, running, "ana", "marcusbell")
    expect(page.locator(".row.sel b")).to_have_text("Marcus Bell")
    at_once(page, "jrexcnj")
    expect(page.locator("h1 .name")).to_have_text("Jo")
    expect(page.locator("textarea")).to_be_focused()
    expect(page.locator(".tabs button[data-kind=reply]")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator(".menu")).to_be_hidden()
    expect(page.locator(".row.sel b")).to_have_text("Jo")
    expect(page.locator(".status")).to_contain_text("nobody has it")
    page.keyboard.type("Yes")
    expect(page.locator("textarea")).to_have_value("Yes")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.locator(".status")).to_contain_text("claimed by you")


# ---------------------------------------------------------------- two tabs of one person


def two_tabs(visit: Visit, running: Running, handle: str) -> tuple[Page, Page]:
    """The same conversation in two tabs of one browser, before a word is typed."""
    first = opened(visit, running, "ana", handle)
    second = first.context.new_page()
    second.goto(first.url)
    expect(second.locator(".msg").first).to_be_visible()
    expect(second.locator("section[aria-label=Answer]")).to_be_visible()
    return first, second


def types(page: Page, text: str) -> None:
    """Type it in front of the other tab."""
    page.bring_to_front()
    page.locator("textarea").focus()
    page.keyboard.type(text)


def test_what_two_tabs_have_typed_is_kept_together(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    first, second = two_tabs(visit, running, "kim")
    types(first, "The round one fits.")
    expect(first.locator(".state")).to_contain_text("saved")
    types(second, "But")
    expect(second.locator("textarea")).to_have_value("The round one fits.\n\nBut")
    second.keyboard.type(" ask first.")
    expect(second.locator(".state")).to_contain_text("saved")
    assert drafts(running.database) == {"reply": "The round one fits.\n\nBut ask first."}


def test_sending_from_one_tab_leaves_what_the_other_has_typed(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    first, second = two_tabs(visit, running, "kim")
    second.evaluate("() => { window.open = () => null; }")
    types(first, "The round one fits.")
    expect(first.locator(".state")).to_contain_text("saved")
    types(second, "No.")
    second.keyboard.press("Control+Enter")
    expect(second.locator(".live .text")).to_have_text("No.")
    assert drafts(running.database) == {"reply": "The round one fits."}
    second.keyboard.press("Escape")
    second.locator(".live button", has_text="Take back").click()
    expect(second.locator("textarea")).to_have_value("No.\n\nThe round one fits.")


def test_what_no_database_takes_is_replaced_and_does_not_grow(serve: Serve, visit: Visit) -> None:
    running = serve(fill)
    page = opened(visit, running, "ana", "kim")
    page.evaluate("() => { window.typed = 'a' + String.fromCharCode(0xd800) + 'b'; }")
    page.locator("textarea").evaluate("e => { e.value = window.typed; e.dispatchEvent(new Event('input')); }")
    expect(page.locator(".state")).to_contain_text("saved")
    expect(page.locator("textarea")).to_have_value("a\ufffdb")
    page.wait_for_timeout(1_000)
    assert drafts(running.database) == {"reply": "a\ufffdb"}
