"""One mention all the way round, in a browser: it appears, is claimed, answered, taken back, answered, and is public.

The workspace and an embedded worker run on a house that listens to the pretend platforms, as in tests/end_to_end.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from models import Source
from models.base import utc_now
from models.database import Database
from models.values import SourceKind, WaitEnd
from sandbox.server import Sandbox
from tests.end_to_end.stage import Round, on_reddit, on_x, open_round, ours_on_reddit, ours_on_x, platforms_behind
from tests.responders.stage import Hand, posts_by_us, shots
from tests.worker.stage import environment, told
from tests.workspace.conftest import ROOT, Running
from worker.embedded import run_for_ever, run_once

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
Serve = Callable[..., Running]
GRACE = 600
"""So long that nothing goes out before the test lets time pass."""
LATER = 300
"""Seconds until we hear of what was said."""
WORDS = "So sorry! Which kettle is it, and since when?"
expect.set_options(timeout=60_000)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """The platforms, 3 h 7 min behind."""
    with platforms_behind() as served:
        yield served


def served(serve: Serve, sandbox: Sandbox, on: str, *more: tuple[SourceKind, str, str]) -> tuple[Running, Round]:
    """A workspace over a house that has sources and keys."""
    houses: list[Round] = []

    def fill(database: Database) -> None:
        houses.append(open_round(database, sandbox, on, *more, grace_seconds=GRACE))

    said = environment(told(sandbox, grace_seconds=GRACE), "", ROOT)
    keys = {k: v for k, v in said.items() if k.startswith("QUARTERDECK_") and k != "QUARTERDECK_DATA"}
    return serve(fill, **keys), houses[0]


@contextmanager
def at_work(worker: Hand) -> Iterator[None]:
    """An embedded worker, as `quarterdeck up` has one, until the block ends."""
    thread = Thread(target=run_for_ever, args=(worker,), name="worker")
    thread.start()
    try:
        yield
    finally:
        worker.stopping.set()
        thread.join()


def pass_time(house: Round, worker: Hand, seconds: float) -> None:
    """For the platforms and the worker; the workspace stays at the machine's time."""
    house.pass_time(seconds)
    worker.ahead = house.ahead


def polls_later(house: Round, seconds: float) -> None:
    """So much later for the platforms alone, `worker --once`: nobody finishes what is stored after they looked."""
    house.sandbox.clock.advance(timedelta(seconds=seconds))
    all_fall_due(house)
    run_once(house.hand())


def all_fall_due(house: Round) -> None:
    """Every source may be polled right now."""
    with house.database.writing() as session:
        session.execute(update(Source).values(next_poll_at=utc_now()))


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_a_mention_walks_all_the_way_round(serve: Serve, visit: Visit, sandbox: Sandbox, on: str) -> None:
    running, house = served(serve, sandbox, on)
    worker = house.hand()
    run_once(house.hand())  # the next polls begin when they are told to, and not before
    page = visit(running, "ana")
    expect(page.locator(".rows .empty")).to_contain_text("Nobody waits")
    with at_work(worker):
        asked = house.said("marta", "@tarnbrook my Tarnbrook kettle leaks, this is terrible. What now?", title="Leaks")
        pass_time(house, worker, LATER)
        all_fall_due(house)
        claim_it(page)
        send(page, first=True)
        page.locator(".live .actions button", has_text="Undo").click()
        expect(page.locator("textarea")).to_have_value(WORDS)
        assert (posts_by_us(sandbox, on), shots(sandbox)) == ([], 0), "taken back: nothing was sent"
        send(page, first=False)
        pass_time(house, worker, GRACE + 1)
        expect(page.locator(".msg.ours .words")).to_contain_text(WORDS)  # X puts their name before it
        expect(page.locator(".wait").last).to_contain_text("answered in 15 min")
        pass_time(house, worker, 10)  # listings are so much behind
        it_is_public_once(house, house.name(asked))


def test_a_hand_off_is_noticed_and_a_follow_up_opens_anew(serve: Serve, visit: Visit, sandbox: Sandbox) -> None:
    running, house = served(serve, sandbox, "x", (SourceKind.X_SEARCH, "tarnbrook", ""))
    page = visit(running, "ana")
    asked = house.said("marta", "If only my Tarnbrook kettle leaks, or do yours? This is terrible.")
    polls_later(house, LATER)
    claim_it(page)
    taken_there_by_hand(page, asked.id)
    ours = house.said("brand", WORDS, re=asked)
    polls_later(house, LATER)
    expect(page.locator(".msg.ours .words")).to_contain_text(WORDS)
    expect(page.locator(".wait").last).to_contain_text("answered in 5 min")
    expect(page.locator(".live")).to_be_hidden()
    assert shots(sandbox) == 0
    page.keyboard.press("e")
    expect(page.locator(".undo")).to_contain_text("Resolved")
    expect(page.locator(".row")).to_have_count(0)

    again = house.said("marta", "@tarnbrook the 1.7, since Monday. When do I get my money back?", re=ours)
    polls_later(house, LATER)
    expect(page.locator(".row")).to_have_count(1)
    expect(page.locator(".msg.theirs")).to_have_count(2)
    expect(page.locator(".wait.running")).to_have_count(1)
    expect(page.locator(".how b")).to_have_text("Can be answered here")
    answered, waiting = house.waits(asked)
    assert (answered.ended_at, answered.end) == (on_x(sandbox, ours.id).at, WaitEnd.ANSWERED)
    assert (waiting.started_at, waiting.ended_at) == (on_x(sandbox, again.id).at, None)


def taken_there_by_hand(page: Page, post_id: str) -> None:
    """The words are on the clipboard, the post opens in a window of its own, and the reply is waited for."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.context.route(re.compile(r"^https://x\.com/"), lambda route: route.fulfill(body="X"))
    expect(page.locator(".how b")).to_have_text("Answered by hand")
    expect(page.locator(".why")).to_contain_text("mention")
    page.keyboard.press("r")
    page.keyboard.type(WORDS)
    with page.context.expect_page() as opened:
        page.locator(".send", has_text="Copy and open on X").click()
    assert opened.value.url.endswith(f"/status/{post_id}")
    opened.value.close()
    expect(page.locator(".live .says")).to_contain_text("We will notice your reply.")
    assert page.evaluate("navigator.clipboard.readText()") == WORDS


def claim_it(page: Page) -> None:
    """The row comes by itself; one key opens it, one takes it."""
    expect(page.locator(".row")).to_have_count(1)
    page.keyboard.press("j")
    expect(page.locator(".msg.theirs .words")).to_contain_text("my Tarnbrook kettle leaks")
    page.keyboard.press("c")
    expect(page.locator(".status")).to_contain_text("claimed by you")


def send(page: Page, *, first: bool) -> None:
    """Type it, or take the words that came back; Ctrl+Enter; it waits for its grace."""
    page.keyboard.press("r") if first else page.locator("textarea").focus()
    if first:
        page.keyboard.type(WORDS)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".live .says")).to_contain_text("Goes out in")
    expect(page.locator(".live .text")).to_have_text(WORDS)


def it_is_public_once(house: Round, asked: str) -> None:
    """The platform shows one reply of ours, under their words; the wait and the report end at its time."""
    show, ours = {"x": (on_x, ours_on_x), "reddit": (on_reddit, ours_on_reddit)}[house.on]
    (answer,) = ours(house.sandbox)
    question = show(house.sandbox, asked)
    assert (answer.parent, answer.text, shots(house.sandbox)) == (asked, WORDS, 1)
    assert answer.at - question.at == timedelta(seconds=LATER + GRACE + 1)
    median, (counted,) = house.report()
    assert (counted.started_at, counted.ended_at, counted.end) == (question.at, answer.at, WaitEnd.ANSWERED)
    assert median == LATER + GRACE + 1
