"""TESTS: one shot through the real clients, and what becomes of it: one POST whatever happens on the wire."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from listeners.errors import ListenerError
from models.response import AttemptOutcome as Ended
from models.values import Platform
from responders.order import Order, ParentGone, Shot
from responders.outcome import Report
from responders.reddit import RedditShot
from responders.wire import TIMEOUT
from responders.x import XShot
from sandbox.faults import Fault
from sandbox.records import Post
from sandbox.server import Sandbox
from settings import Settings
from tests.responders.stage import complaint, keys_for, platforms, posts_by_us, shots

ON = ("x", "reddit")
PATHS = {"x": "/2/tweets", "reddit": "/api/comment"}
QUICK = (60.0, 1.0)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with platforms(timedelta(hours=3, minutes=7)) as served:
        yield served


def order_for(post: Post, text: str) -> Order:
    on = Platform(post.platform)
    name = post.id if on == Platform.X else post.fullname
    return Order(
        response_id=1, brand_id=1, platform=on, text=text, parent_id=name, parent_editions=frozenset({name}),
        thread_id=name, handle="tarnbrook", account_external_id=None,
    )  # fmt: skip


def open_shot(order: Order, settings: Settings, timeout: tuple[float, float] = TIMEOUT) -> Shot:
    kinds: dict[Platform, Callable[..., Shot]] = {Platform.X: XShot, Platform.REDDIT: RedditShot}
    return kinds[order.platform](order, settings, timeout)


def fire(
    sandbox: Sandbox, on: str, text: str, *, in_time: Callable[[], bool] = lambda: True, fault: Fault | None = None,
    settings: Settings | None = None,
) -> Report:  # fmt: skip
    """Answer a fresh complaint; trouble begins with the shot itself."""
    silent = fault is not None and fault.trouble in ("stall", "late")
    order, settings = order_for(complaint(sandbox, on), text), settings or keys_for(sandbox.url)
    shot = open_shot(order, settings, QUICK if silent else TIMEOUT)
    if fault:
        sandbox.faults.arm(fault)
    try:
        return shot.fire(in_time)
    finally:
        shot.close()


def new_posts(sandbox: Sandbox, on: str, text: str) -> int:
    sandbox.settle()
    return sum(p.text == text for p in posts_by_us(sandbox, on))


@pytest.mark.parametrize("on", ON)
def test_a_reply_is_one_post_with_the_platforms_id_and_time(sandbox: Sandbox, on: str) -> None:
    report = fire(sandbox, on, f"We are on it, {on}!")
    made = next(p for p in posts_by_us(sandbox, on) if p.text == f"We are on it, {on}!")
    assert report.outcome == Ended.SENT
    assert report.post is not None
    assert report.post.external_id == (made.id if on == "x" else made.fullname)
    assert (report.post.posted_at, shots(sandbox)) == (made.made_at, 1)
    assert report.post.posted_at is not None
    assert report.post.posted_at - datetime.now(UTC) > timedelta(hours=3)
    assert report.post.parent_id is not None


OUTCOMES = [
    (Fault("", status=400, body="{}"), Ended.REFUSED, 0),
    (Fault("", status=401, body="{}"), Ended.LATER, 0),
    (Fault("", status=402, body="{}"), Ended.LATER, 0),
    (Fault("", status=403, body="{}"), Ended.REFUSED, 0),
    (Fault("", status=404, body="{}"), Ended.REFUSED, 0),
    (Fault("", status=408), Ended.AMBIGUOUS, 0),
    (Fault("", status=410, body="{}"), Ended.REFUSED, 0),
    (Fault("", status=418, body="{}"), Ended.AMBIGUOUS, 0),
    (Fault("", status=422, body="{}"), Ended.REFUSED, 0),
    (Fault("", status=429, body="{}"), Ended.LATER, 0),
    (Fault("", status=500), Ended.AMBIGUOUS, 0),
    (Fault("", status=502, acts=True), Ended.AMBIGUOUS, 1),
    (Fault("", status=503), Ended.AMBIGUOUS, 0),
    (Fault("", status=307, headers={"Location": "/2/tweets"}), Ended.AMBIGUOUS, 0),
    (Fault("", status=308, headers={"Location": "/api/comment"}, acts=True), Ended.AMBIGUOUS, 1),
    (Fault("", "drop"), Ended.AMBIGUOUS, 0),
    (Fault("", "drop", acts=True), Ended.AMBIGUOUS, 1),
    (Fault("", "stall"), Ended.AMBIGUOUS, 0),
    (Fault("", "late"), Ended.AMBIGUOUS, 1),
    (Fault("", "cut"), Ended.AMBIGUOUS, 1),
    (Fault("", "html"), Ended.AMBIGUOUS, 0),
    (Fault("", "html", acts=True), Ended.AMBIGUOUS, 1),
    (Fault("", "list"), Ended.AMBIGUOUS, 0),
]


@pytest.mark.parametrize("on", ON)
@pytest.mark.parametrize(("fault", "outcome", "public"), OUTCOMES)
def test_whatever_happens_there_is_one_request_and_no_wrong_certainty(
    on: str, fault: Fault, outcome: Ended, public: int
) -> None:
    text = f"{on} {fault.trouble} {fault.status} {fault.acts}"
    with platforms() as sandbox:
        report = fire(sandbox, on, text, fault=replace(fault, path=PATHS[on], method="POST"))
    assert (report.outcome, shots(sandbox), new_posts(sandbox, on, text)) == (outcome, 1, public)
    assert report.said
    assert text not in report.said


def test_x_saying_duplicate_means_it_may_be_public(sandbox: Sandbox) -> None:
    assert fire(sandbox, "x", "We have said this before").outcome == Ended.SENT
    report = fire(sandbox, "x", "We have said this before")
    assert (report.outcome, shots(sandbox)) == (Ended.AMBIGUOUS, 2)
    assert "already" in report.said


def test_a_forbidden_answer_that_is_cut_short_says_nothing_for_sure(sandbox: Sandbox) -> None:
    fire(sandbox, "x", "We have said that before")
    report = fire(sandbox, "x", "We have said that before", fault=Fault("/2/tweets", "cut", method="POST"))
    assert report.outcome == Ended.AMBIGUOUS


def test_x_refuses_whom_nobody_called(sandbox: Sandbox) -> None:
    stranger = complaint(sandbox, "x", text="my kettle leaks")
    shot = open_shot(order_for(stranger, "May we help?"), keys_for(sandbox.url))
    report = shot.fire(lambda: True)
    shot.close()
    assert report.outcome == Ended.REFUSED
    assert "not been mentioned" in report.said


def test_a_rate_limit_of_x_is_heard_with_its_time_on_the_platforms_clock(sandbox: Sandbox) -> None:
    reset = int((sandbox.clock.now() + timedelta(minutes=4)).timestamp())
    limit = Fault("/2/tweets", status=429, headers={"x-rate-limit-reset": str(reset)}, body="{}", method="POST")
    report = fire(sandbox, "x", "Slowly, slowly", fault=limit)
    assert report.outcome == Ended.LATER
    assert report.retry_at is not None
    assert timedelta(minutes=3) < report.retry_at - datetime.now(UTC) < timedelta(minutes=5)


def test_reddits_own_pause_is_heard_and_not_slept(sandbox: Sandbox) -> None:
    sandbox.world.comments_per_window = 0
    try:
        report = fire(sandbox, "reddit", "Slowly there, too")
    finally:
        sandbox.world.comments_per_window = 60
    assert (report.outcome, shots(sandbox)) == (Ended.LATER, 1)
    assert report.retry_at is not None
    assert report.retry_at - datetime.now(UTC) > timedelta(minutes=5)


def test_reddit_is_not_asked_twice_for_a_pause_of_milliseconds(sandbox: Sandbox) -> None:
    body = (
        '{"json": {"errors": [["RATELIMIT", "Take a break for 200 milliseconds before trying again.", "ratelimit"]]}}'
    )
    report = fire(sandbox, "reddit", "In a moment", fault=Fault("/api/comment", status=200, body=body, method="POST"))
    assert (report.outcome, shots(sandbox)) == (Ended.LATER, 1)


@pytest.mark.parametrize("name", ["THREAD_LOCKED", "DELETED_COMMENT", "TOO_OLD", "SOMETHING_NEW"])
def test_an_error_of_reddits_own_is_its_final_no(sandbox: Sandbox, name: str) -> None:
    body = f'{{"json": {{"errors": [["{name}", "no", "parent"]]}}}}'
    report = fire(sandbox, "reddit", "Too late", fault=Fault("/api/comment", status=200, body=body, method="POST"))
    assert report.outcome == Ended.REFUSED


def test_a_locked_or_deleted_parent_is_known_before_the_intent_on_reddit(sandbox: Sandbox) -> None:
    locked, deleted = complaint(sandbox, "reddit"), complaint(sandbox, "reddit")
    sandbox.world.lock(locked.key)
    sandbox.world.delete(deleted.key)
    for post in (locked, deleted):
        with pytest.raises(ParentGone):
            open_shot(order_for(post, "Hello?"), keys_for(sandbox.url))
    assert shots(sandbox) == 0


@pytest.mark.parametrize("on", ON)
def test_a_request_that_comes_too_late_after_its_intent_never_leaves(sandbox: Sandbox, on: str) -> None:
    report = fire(sandbox, on, "Frozen", in_time=lambda: False)
    assert (report.outcome, shots(sandbox), new_posts(sandbox, on, "Frozen")) == (Ended.NOT_FIRED, 0, 0)


@pytest.mark.parametrize("on", ON)
def test_a_process_frozen_between_head_and_body_breaks_the_request_off(sandbox: Sandbox, on: str) -> None:
    asked: list[int] = []

    def in_time() -> bool:
        asked.append(1)
        return len(asked) < 2

    report = fire(sandbox, on, "Half a request", in_time=in_time)
    assert (report.outcome, new_posts(sandbox, on, "Half a request")) == (Ended.NOT_FIRED, 0)
    assert len(asked) == 2


def test_a_connection_that_is_refused_has_sent_nothing(sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    report = fire(sandbox, "x", "Nobody home", settings=keys_for(f"http://127.0.0.1:{port}"))
    assert report.outcome == Ended.NOT_FIRED


def test_a_name_that_leads_nowhere_has_sent_nothing(sandbox: Sandbox) -> None:
    report = fire(sandbox, "x", "Nobody there", settings=keys_for("http://nobody.invalid"))
    assert report.outcome == Ended.NOT_FIRED


def test_a_handshake_that_fails_has_sent_nothing(sandbox: Sandbox) -> None:
    report = fire(sandbox, "x", "No keys fit", settings=keys_for(sandbox.url.replace("http://", "https://")))
    assert (report.outcome, shots(sandbox)) == (Ended.NOT_FIRED, 0)


def test_signing_in_happens_before_the_intent_and_fails_there(sandbox: Sandbox) -> None:
    sandbox.faults.arm(Fault("/api/v1/access_token", status=401))
    with pytest.raises(ListenerError):
        open_shot(order_for(complaint(sandbox, "reddit"), "Hello"), keys_for(sandbox.url))
    assert shots(sandbox) == 0
