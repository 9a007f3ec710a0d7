"""The review view in a real browser: one key corrects, Enter finds it right and goes on, Undo takes either back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from models import Correction, Mention, Reading
from models.database import Database
from models.values import Band, Label
from tests.triage.by_hand import read
from tests.workspace.conftest import PHONE, Running
from tests.workspace.desk_stage import conversation, fill, id_of, said, story

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
Serve = Callable[..., Running]
ROWS, STRIP = ".row", ".strip"


def doubtful(database: Database) -> dict[str, int]:
    """Jo's and Kim's mentions were read, not for sure; Lee's for sure, Marcus's not at all."""
    cast = fill(database, [*story(), said("8", "lee", 30, "@acme lovely kettle", name="Lee")])
    for external_id, confidence in (("4", 0.2), ("5", 0.3), ("8", 0.9)):
        read(database, 1, {external_id: ("chatter", 0.3, 0.6)}, 0, confidence=confidence)
    return cast


def words(database: Database, handle: str) -> dict[Label, tuple[str, str]]:
    """What people said of an author's mentions and did not take back: label → (was, said)."""
    with database.reading() as session:
        query = select(Correction).where(col(Correction.undone_at).is_(None)).order_by(col(Correction.id))
        mentions = set(
            session.exec(select(Mention.id).where(Mention.author_id == conversation(database, handle).author_id))
        )
        return {c.label: (c.was, c.said) for c in session.exec(query) if c.mention_id in mentions}


def reviewing(visit: Visit, running: Running, **told: object) -> Page:
    page = visit(running, "ana", **told)
    page.locator(".tabs button", has_text="Review").click()
    expect(page.locator(".order")).to_have_text("least sure first")
    return page


def test_the_least_sure_stands_first_with_what_it_was_read_as(serve: Serve, visit: Visit) -> None:
    page = reviewing(visit, serve(doubtful))
    expect(page.locator(f"{ROWS} b")).to_have_text(["Jo", "u/kim"])
    expect(page.locator(".row").first).to_contain_text("not sure? please check")
    page.keyboard.press("j")
    expect(page.locator(f"{STRIP} .doubt")).to_have_text("20 % sure: please check")
    expect(page.locator(".is.on")).to_contain_text(["chatter", "neutral", "needs an answer", "about us", "low"])
    expect(page.locator(".msg.asked")).to_contain_text("safe to descale")
    expect(page.locator(".learns")).to_have_text("X forbids training on its posts: nothing is learned from this.")
    page.keyboard.press("j")
    expect(page.locator(".learns")).to_have_text("The reading learns from what you say.")


def test_one_key_corrects_a_label_and_the_queue_follows(serve: Serve, visit: Visit) -> None:
    running = serve(doubtful)
    page = reviewing(visit, running)
    page.keyboard.press("j")
    expect(page.locator(".msg.asked")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator(".undo")).to_contain_text("Corrected: safety.")
    expect(page.locator(".is.on.red")).to_contain_text("safety")
    page.keyboard.press("-")
    expect(page.locator(".undo")).to_contain_text("Corrected: negative.")
    expect(page.locator(f"{ROWS} b")).to_have_text(["u/kim"])
    assert words(running.database, "jo") == {
        Label.INTENT: ("chatter", "crisis"), Label.SENTIMENT: ("neutral", "negative"),
    }  # fmt: skip
    assert conversation(running.database, "jo").band == Band.URGENT
    page.locator(".undo button").click()
    expect(page.locator(".is.on")).to_contain_text(["safety", "neutral"])
    page.keyboard.press("Enter")
    expect(page.locator("h1 .name")).to_have_text("u/kim")


def test_enter_finds_the_reading_right_and_goes_on_until_nothing_is_in_doubt(serve: Serve, visit: Visit) -> None:
    running = serve(doubtful)
    page = reviewing(visit, running)
    page.keyboard.press("j")
    expect(page.locator("h1 .name")).to_have_text("Jo")
    page.keyboard.press("Enter")
    expect(page.locator("h1 .name")).to_have_text("u/kim")
    expect(page.locator(".row.sel b")).to_have_text("u/kim")
    expect(page.locator(".undo")).to_contain_text("Jo: looks right.")
    page.locator(".undo button").click()
    expect(page.locator("h1 .name")).to_have_text("Jo")
    expect(page.locator(f"{ROWS} b")).to_have_text(["Jo", "u/kim"])
    page.keyboard.press("Enter")
    expect(page.locator("h1 .name")).to_have_text("u/kim")
    expect(page.locator(".row.sel b")).to_have_text("u/kim")
    expect(page.locator(".undo")).to_contain_text("Jo: looks right.")
    page.keyboard.press("Enter")
    expect(page.locator(".rows .empty")).to_contain_text("Nothing is in doubt")
    expect(page.locator(".thread .empty")).to_be_visible()
    assert words(running.database, "kim")[Label.INTENT] == ("chatter", "chatter")
    with running.database.reading() as session:
        assert {r.intent for r in session.exec(select(Reading))} == {"chatter"}, "what was read stays as it was"


def test_in_every_other_view_a_letter_opens_the_strip(serve: Serve, visit: Visit) -> None:
    running = serve(doubtful)
    page = visit(running, "ana", f"/?conversation={id_of(running.database, 'lee')}")
    expect(page.locator(".msg").first).to_be_visible()
    expect(page.locator(STRIP)).to_be_hidden()
    page.keyboard.press("7")
    page.keyboard.press("l")
    expect(page.locator(f"{STRIP} .sh")).to_contain_text("90 % sure")
    page.keyboard.press("a")
    expect(page.locator(".undo")).to_contain_text("It needs no answer.")
    expect(page.locator(ROWS)).to_have_count(3)
    page.locator(".language").select_option("de")
    expect(page.locator(".undo")).to_contain_text("Corrected: de.")
    page.keyboard.press("Enter")
    expect(page.locator(STRIP)).to_be_hidden()
    assert words(running.database, "lee") == {Label.NEEDS_REPLY: ("yes", "no"), Label.LANGUAGE: ("en", "de")}


def test_what_nothing_has_read_can_still_be_given_a_band(serve: Serve, visit: Visit) -> None:
    running = serve(doubtful)
    page = visit(running, "ana", f"/?conversation={id_of(running.database, 'marcusbell')}")
    page.locator(".correct").click()
    expect(page.locator(STRIP)).to_contain_text("Nothing has read it yet.")
    page.locator(".soon", has_text="high").click()
    expect(page.locator(".undo")).to_contain_text("It is high now")
    assert conversation(running.database, "marcusbell").band == Band.HIGH


def test_a_word_on_an_edited_mention_is_refused_kindly(serve: Serve, visit: Visit) -> None:
    running = serve(doubtful)
    page = reviewing(visit, running)
    page.keyboard.press("j")
    expect(page.locator(".msg.asked")).to_be_visible()
    with running.database.writing() as session:
        mention = session.exec(select(Mention).where(Mention.external_id == "4")).one()
        mention.editions, mention.text = 2, "It burned my hand"
    page.keyboard.press("7")
    expect(page.locator(".notice")).to_contain_text("They changed their words just now")
    assert words(running.database, "jo") == {}


def test_on_a_phone_a_tap_corrects_and_goes_on(serve: Serve, visit: Visit) -> None:
    running = serve(doubtful)
    page = reviewing(visit, running, viewport=PHONE, has_touch=True)
    page.locator(ROWS).first.tap()
    expect(page.locator(".msg.asked")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    expect(page.locator("textarea")).to_be_hidden()
    page.locator(".is", has_text="question").tap()
    expect(page.locator(".undo")).to_contain_text("Corrected: question.")
    page.locator(".looks").tap()
    expect(page.locator("h1 .name")).to_have_text("u/kim")
    assert words(running.database, "jo") == {Label.INTENT: ("chatter", "question")}


def test_with_letters_switched_off_no_key_corrects(serve: Serve, visit: Visit) -> None:
    running = serve(doubtful)
    page = reviewing(visit, running)
    page.locator(ROWS).first.click()
    expect(page.locator(".msg.asked")).to_be_visible()
    page.evaluate("localStorage.setItem('quarterdeck.letters', 'off')")
    page.keyboard.press("1")
    page.locator(".is", has_text="praise").click()
    expect(page.locator(".undo")).to_contain_text("Corrected: praise.")
    assert words(running.database, "jo") == {Label.INTENT: ("chatter", "praise")}


def test_reddit_is_learned_from_only_where_the_settings_say_so(serve: Serve, visit: Visit) -> None:
    page = reviewing(visit, serve(doubtful, QUARTERDECK_LEARN_FROM="blog"))
    page.locator(ROWS).last.click()
    expect(page.locator(".learns")).to_have_text("Nothing is learned from Reddit, as the settings say.")
