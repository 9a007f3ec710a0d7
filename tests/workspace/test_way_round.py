"""One mention all the way round, in a browser: it appears, is claimed, answered, taken back, answered, and is public.

The workspace and an embedded worker run on a house that listens to the pretend platforms, as in tests/end_to_end.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from models.database import Database
from models.values import WaitEnd
from sandbox.server import Sandbox
from tests.end_to_end.stage import Round, on_reddit, on_x, open_round, ours_on_reddit, ours_on_x, platforms_behind
from tests.responders.stage import Hand, posts_by_us, shots
from tests.worker.stage import environment, told
from tests.workspace.conftest import ROOT, Running
from worker.embedded import run_for_ever

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
Serve = Callable[..., Running]
GRACE = 600
"""So long that nothing goes out before the test lets time pass."""
FALLS_DUE = 300
"""Seconds after which every source is polled again."""
WORDS = "So sorry! Which kettle is it, and since when?"
expect.set_options(timeout=15_000)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """The platforms, 3 h 7 min behind."""
    with platforms_behind() as served:
        yield served


def served(serve: Serve, sandbox: Sandbox, on: str) -> tuple[Running, Round]:
    """A workspace over a house that has sources and keys."""
    houses: list[Round] = []

    def fill(database: Database) -> None:
        houses.append(open_round(database, sandbox, on, grace_seconds=GRACE))

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


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_a_mention_walks_all_the_way_round(serve: Serve, visit: Visit, sandbox: Sandbox, on: str) -> None:
    running, house = served(serve, sandbox, on)
    worker = house.hand()
    page = visit(running, "ana")
    expect(page.locator(".rows .empty")).to_contain_text("Nobody waits")
    with at_work(worker):
        asked = house.said("marta", "@tarnbrook my Tarnbrook kettle leaks, this is terrible. What now?", title="Leaks")
        pass_time(house, worker, FALLS_DUE)
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
    assert answer.at - question.at == timedelta(seconds=FALLS_DUE + GRACE + 1)
    median, (counted,) = house.report()
    assert (counted.started_at, counted.ended_at, counted.end) == (question.at, answer.at, WaitEnd.ANSWERED)
    assert median == FALLS_DUE + GRACE + 1
