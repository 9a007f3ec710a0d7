"""LISTEN, X: the listeners against the house's own pretend X, which the real client cannot tell from the real one."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from listeners.base import Followed, Ours, Target
from listeners.errors import ListenerError, RateLimited, Refused, Unreachable
from listeners.post import Batch, Cursor
from listeners.x import XListener
from listeners.x_client import XApi
from listeners.x_recheck import XRechecker
from listeners.x_threads import XThreads
from models.values import Platform, SourceKind
from sandbox.faults import Fault
from sandbox.server import Sandbox, running
from sandbox.world import World, small_world
from settings import Settings

BEHIND = -timedelta(hours=3, minutes=7)
BRAND = Ours(platform=Platform.X, handle="tarnbrook")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world() -> World:
    return small_world(offset=BEHIND)


@pytest.fixture
def sandbox(world: World) -> Iterator[Sandbox]:
    with running(world) as served:
        yield served


def hasty(settings: Settings) -> XApi:
    return XApi(settings, timeout=(30, 0.5), deadline=30)


def settings_for(sandbox: Sandbox) -> Settings:
    keys = sandbox.world.keys
    return Settings(
        x_url=sandbox.url,
        x_bearer_token=SecretStr(keys.x_bearer),
        x_consumer_key=SecretStr(keys.x_consumer_key),
        x_consumer_secret=SecretStr(keys.x_consumer_secret),
        x_access_token=SecretStr(keys.x_access_token),
        x_access_token_secret=SecretStr(keys.x_access_token_secret),
    )


def polled(
    sandbox: Sandbox,
    kind: SourceKind,
    target: str = "",
    cursor: Cursor | None = None,
    budget: float = 50,
    connect: Callable[[Settings], XApi] = XApi,
) -> Batch:
    wanted = Target(kind=kind, target=target, ours=(BRAND,), budget_usd=budget)
    return XListener(wanted, settings_for(sandbox), connect=connect).fetch(cursor)


def ids_of(batch: Batch) -> set[str]:
    return {post.external_id for post in batch.posts}


def said(world: World, by: str, text: str, ago: timedelta = HOUR, **more: str) -> str:
    return world.add("x", by, text, at=world.clock.now() - ago, **more).id  # type: ignore[arg-type]


def test_search_mentions_and_own_timeline_bring_what_each_really_has(sandbox: Sandbox, world: World) -> None:
    asked = said(world, "marta", "@tarnbrook my kettle leaks", 2 * HOUR, key="asked")
    found = said(world, "pavel", "that new kettle is loud", HOUR)
    ours = said(world, "brand", "@marta_brews sorry to hear that", MINUTE * 50, re="asked")
    old = said(world, "pavel", "@tarnbrook hello from last month", 30 * DAY)
    assert ids_of(polled(sandbox, SourceKind.X_SEARCH, "kettle")) == {asked, found}
    assert ids_of(polled(sandbox, SourceKind.X_MENTIONS)) == {asked, old}
    assert ids_of(polled(sandbox, SourceKind.X_OWN)) == {ours}


def test_every_field_is_filled_as_the_platform_told_it(sandbox: Sandbox, world: World) -> None:
    root = said(world, "brand", "Our new kettle is out", 3 * HOUR, key="root")
    text = "@tarnbrook it leaks & drips <everywhere> " + "very " * 80 + "much"
    reply = said(world, "marta", text, 2 * HOUR, re="root")
    batch = polled(sandbox, SourceKind.X_MENTIONS)
    post = next(p for p in batch.posts if p.external_id == reply)
    assert (post.parent_id, post.thread_id) == (root, root)
    assert post.text.endswith("much")
    assert "leaks & drips <everywhere>" in post.text
    assert (post.author.handle, post.author.followers) == ("marta_brews", 312)
    assert "tarnbrook" in post.mentioned
    assert post.posted_at == (world.clock.now() - 2 * HOUR).replace(microsecond=0) or post.posted_at is not None
    assert root in ids_of(batch), "our own post that is being answered comes along"


def test_a_clock_three_hours_behind_ours_loses_nothing_and_waits_rightly(sandbox: Sandbox, world: World) -> None:
    first = said(world, "marta", "acme one", MINUTE * 5)
    batch = polled(sandbox, SourceKind.X_SEARCH, "acme")
    second = said(world, "pavel", "acme two", MINUTE)
    later = polled(sandbox, SourceKind.X_SEARCH, "acme", batch.cursor)
    assert ids_of(batch) | ids_of(later) == {first, second}
    assert all(p.posted_at and p.posted_at < datetime.now(UTC) - 3 * HOUR for p in batch.posts + later.posts)


def test_a_spent_rate_limit_says_when_to_come_back_on_our_clock(sandbox: Sandbox, world: World) -> None:
    reset = int((world.clock.now() + 10 * MINUTE).timestamp())
    sandbox.faults.arm(Fault("/2/", status=429, headers={"x-rate-limit-reset": str(reset)}))
    with pytest.raises(RateLimited) as caught:
        polled(sandbox, SourceKind.X_SEARCH, "acme")
    assert caught.value.retry_at is not None
    assert abs(caught.value.retry_at - datetime.now(UTC) - 10 * MINUTE) < timedelta(seconds=5)


@pytest.mark.parametrize("trouble", ["stall", "cut", "html", "list", "late"])
def test_trouble_on_the_wire_is_unreachable_and_the_next_poll_has_everything(
    sandbox: Sandbox, world: World, trouble: str
) -> None:
    expected = said(world, "marta", "acme")
    sandbox.faults.arm(Fault("/2/", trouble))  # type: ignore[arg-type]
    with pytest.raises(Unreachable):
        polled(sandbox, SourceKind.X_SEARCH, "acme", connect=hasty)
    assert ids_of(polled(sandbox, SourceKind.X_SEARCH, "acme")) == {expected}


def test_wrong_keys_are_a_refusal(sandbox: Sandbox) -> None:
    wrong = settings_for(sandbox).model_copy(update={"x_bearer_token": SecretStr("no")})
    target = Target(kind=SourceKind.X_SEARCH, target="acme", budget_usd=1)
    with pytest.raises(Refused, match="QUARTERDECK_X"):
        XListener(target, wrong).fetch(None)


def test_reordered_pages_end_with_the_platforms_set(sandbox: Sandbox, world: World) -> None:
    expected = {said(world, "marta", f"acme {n}", MINUTE * (n + 1)) for n in range(40)}
    sandbox.faults.arm(Fault("/2/", "reorder", times=9))
    cursor: Cursor | None = None
    found: set[str] = set()
    for _ in range(8):
        batch = polled(sandbox, SourceKind.X_SEARCH, "acme", cursor, budget=0.3)
        found, cursor = found | ids_of(batch), batch.cursor
    assert found == expected
    assert batch.gaps == ()


def test_an_edit_comes_as_a_new_edition_of_the_first(sandbox: Sandbox, world: World) -> None:
    first = said(world, "marta", "acme teh kettle", HOUR, key="typo")
    before = polled(sandbox, SourceKind.X_SEARCH, "acme")
    world.edit("typo", "acme the kettle", world.clock.now() - MINUTE * 10)
    after = polled(sandbox, SourceKind.X_SEARCH, "acme", before.cursor)
    (post,) = after.posts
    assert (post.edit_of, post.text, post.thread_id) == (first, "acme the kettle", first)
    assert post.posted_at == before.posts[0].posted_at


@pytest.mark.parametrize("old_names", [True, False])
def test_the_words_of_api_2_167_bring_the_same_posts(world: World, old_names: bool) -> None:
    root = said(world, "brand", "Our new kettle", 3 * HOUR, key="root")
    mention = said(world, "marta", "@tarnbrook leaks " + "drip " * 80, 2 * HOUR, re="root")
    with running(world) as old:
        before = polled(old, SourceKind.X_MENTIONS)
    with running(world, new_names=True, old_names=old_names) as new:
        after = polled(new, SourceKind.X_MENTIONS)
        own = polled(new, SourceKind.X_OWN)
    assert ids_of(after) == ids_of(before) == {root, mention}
    assert after.posts[0] == before.posts[0]
    assert ids_of(own) == {root}


def test_threads_bring_everybodys_new_posts(sandbox: Sandbox, world: World) -> None:
    root = said(world, "marta", "kettles, opinions?", 3 * HOUR, key="root")
    reply = said(world, "pavel", "mine is fine", 2 * HOUR, re="root")
    said(world, "pavel", "elsewhere", 2 * HOUR)
    threads = XThreads(settings_for(sandbox), (BRAND,), 10)
    first = threads.fetch_threads([Followed(thread_id=root)])
    assert {p.external_id for p in first.posts} == {root, reply}
    late = said(world, "marta", "thanks", MINUTE, re="root")
    second = threads.fetch_threads([Followed(thread_id=root, cursor=first.cursors[root])])
    assert late in {p.external_id for p in second.posts}


def test_a_deleted_post_is_rechecked_as_gone(sandbox: Sandbox, world: World) -> None:
    gone, here = said(world, "marta", "oops", HOUR, key="oops"), said(world, "pavel", "fine", HOUR)
    world.delete("oops")
    found = {p.external_id: p.deleted for p in XRechecker(settings_for(sandbox), 1).recheck([gone, here])}
    assert found == {gone: True, here: False}


def test_a_cursor_older_than_seven_days_says_what_it_lost(sandbox: Sandbox, world: World) -> None:
    said(world, "marta", "acme then", DAY)
    cursor = polled(sandbox, SourceKind.X_SEARCH, "acme").cursor
    world.clock.advance(12 * DAY)
    new = said(world, "pavel", "acme now", HOUR)
    batch = polled(sandbox, SourceKind.X_SEARCH, "acme", cursor)
    assert ids_of(batch) == {new}
    assert [gap.lost for gap in batch.gaps] == [True]


def test_every_failure_of_a_fetch_is_a_listener_error(sandbox: Sandbox) -> None:
    for status in (400, 401, 402, 403, 404, 408, 410, 422, 429, 500, 502, 503, 504):
        for body in ('["x"]', '{"errors":null}', "", "<html>", '{"errors":["a"]}', '{"error": 5}'):
            sandbox.faults.arm(Fault("/2/", status=status, body=body))
            with pytest.raises(ListenerError):
                polled(sandbox, SourceKind.X_SEARCH, "acme")
