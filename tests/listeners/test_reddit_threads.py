"""The Reddit threads we are in, with keys and without."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from listeners.base import Followed, ThreadBatch
from listeners.errors import RateLimited, Unreachable
from listeners.reddit_threads import READ, UNREAD_VISITS, open_reddit_threads
from sandbox.faults import Fault
from sandbox.records import Post
from sandbox.server import Sandbox, running
from sandbox.world import small_world
from settings import Settings
from tests.conftest import NOON
from tests.listeners.reddit_stage import keyed


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with running(small_world(NOON)) as server:
        yield server


@pytest.fixture
def root(sandbox: Sandbox) -> Post:
    return sandbox.world.add(
        "reddit", "marta", "It leaks", title="My kettle", place="kettles", at=NOON - timedelta(hours=9)
    )


def visit(sandbox: Sandbox, *threads: str, was: ThreadBatch | None = None, keys: bool = True) -> ThreadBatch:
    settings = keyed(sandbox.url) if keys else Settings(reddit_url=sandbox.url)
    cursors = was.cursors if was else {}
    followed = [Followed(thread_id=name, cursor=cursors.get(name, {})) for name in threads]
    return open_reddit_threads(settings, ()).fetch_threads(followed)


def ids(batch: ThreadBatch) -> set[str]:
    return {post.external_id for post in batch.posts}


@pytest.mark.parametrize("keys", [True, False])
def test_a_thread_brings_its_submission_and_all_its_comments(sandbox: Sandbox, root: Post, keys: bool) -> None:
    first = sandbox.world.add("reddit", "brand", "Sorry!", re=root.key)
    second = sandbox.world.add("reddit", "marta", "Still", re=first.key)
    batch = visit(sandbox, root.fullname, keys=keys)
    assert ids(batch) == {root.fullname, first.fullname, second.fullname}
    assert set(batch.cursors) == {root.fullname}
    (last,) = (post for post in batch.posts if post.external_id == second.fullname)
    assert (last.thread_id, last.thread_title) == (root.fullname, "My kettle")
    assert last.parent_id == (first.fullname if keys else None)


def test_a_thread_that_stands_still_is_not_read_again(sandbox: Sandbox, root: Post) -> None:
    first = visit(sandbox, root.fullname)
    second = visit(sandbox, root.fullname, was=first)
    assert (ids(second), second.requests) == (set(), 1)
    answer = sandbox.world.add("reddit", "pavel", "Mine too", re=root.key)
    third = visit(sandbox, root.fullname, was=second)
    assert answer.fullname in ids(third)


def test_a_thread_that_stands_still_is_read_now_and_then(sandbox: Sandbox, root: Post) -> None:
    old = sandbox.world.add("reddit", "pavel", "Mine too", re=root.key)
    batch = visit(sandbox, root.fullname)
    sandbox.world.delete(old.key)
    new = sandbox.world.add("reddit", "pavel", "Mine as well", re=root.key)
    for _ in range(UNREAD_VISITS):
        batch = visit(sandbox, root.fullname, was=batch)
        assert ids(batch) == set()
    assert new.fullname in ids(visit(sandbox, root.fullname, was=batch))


def test_a_locked_thread_says_so(sandbox: Sandbox, root: Post) -> None:
    other = sandbox.world.add("reddit", "marta", "x", title="y", place="coffee")
    sandbox.world.lock(root.key, NOON)
    batch = visit(sandbox, root.fullname, other.fullname)
    assert batch.locked == {root.fullname}


def test_a_long_and_deep_thread_is_read_whole(sandbox: Sandbox, root: Post) -> None:
    said, last = {root.fullname}, root.key
    for n in range(560):
        post = sandbox.world.add("reddit", "pavel", f"n{n}", re=root.key, at=NOON - timedelta(minutes=600 - n))
        said.add(post.fullname)
        if n < 25:
            post = sandbox.world.add("reddit", "marta", f"d{n}", re=last, at=NOON - timedelta(minutes=600 - n))
            said.add(post.fullname)
            last = post.key
    batch = visit(sandbox, root.fullname)
    assert ids(batch) == said
    assert batch.notes == ()
    assert {post.parent_id for post in batch.posts} >= {root.fullname, None}


def test_a_long_exchange_is_followed_onto_its_further_pages(sandbox: Sandbox, root: Post) -> None:
    said, last = {root.fullname}, root.key
    for n in range(35):
        post = sandbox.world.add("reddit", "marta", f"d{n}", re=last, at=NOON - timedelta(minutes=600 - n))
        said.add(post.fullname)
        last = post.key
    assert ids(visit(sandbox, root.fullname)) == said


def test_a_huge_thread_is_gone_on_with_at_the_next_visits(sandbox: Sandbox, root: Post) -> None:
    said = {root.fullname}
    for n in range(1300):
        at = NOON - timedelta(seconds=9000 - n)
        said.add(sandbox.world.add("reddit", "pavel", f"n{n}", re=root.key, at=at).fullname)
    batch = visit(sandbox, root.fullname)
    had = ids(batch)
    assert len(had) == 1001
    assert batch.notes
    assert batch.requests == 8  # sign-in, look-up, thread, five times a hundred hidden ones
    for _ in range(4):
        batch = visit(sandbox, root.fullname, was=batch)
        had |= ids(batch)
    assert had == said
    assert visit(sandbox, root.fullname, was=batch).requests == 1


def test_only_so_many_threads_are_read_in_one_visit(sandbox: Sandbox) -> None:
    names = [sandbox.world.add("reddit", "marta", "x", title=f"t{n}", place="coffee").fullname for n in range(READ + 3)]
    batch = visit(sandbox, *names)
    assert len(batch.cursors) == READ
    rest = visit(sandbox, *[name for name in names if name not in batch.cursors])
    assert ids(batch) | ids(rest) == set(names)


def test_a_thread_that_is_not_shown_any_more_does_not_stop_the_others(sandbox: Sandbox, root: Post) -> None:
    batch = visit(sandbox, "t3_zzzzzz", "no fullname", root.fullname)
    assert ids(batch) == {root.fullname}
    assert set(batch.cursors) == {"t3_zzzzzz", root.fullname}
    assert batch.notes == ("a thread is not shown to us any more",)


@pytest.mark.parametrize("keys", [True, False])
def test_a_closed_thread_does_not_stop_the_others(sandbox: Sandbox, root: Post, keys: bool) -> None:
    other = sandbox.world.add("reddit", "marta", "x", title="y", place="coffee")
    sandbox.faults.arm(Fault(f"/comments/{root.id}", "status", status=403))
    batch = visit(sandbox, root.fullname, other.fullname, keys=keys)
    assert ids(batch) == {other.fullname}
    assert batch.notes


@pytest.mark.parametrize("keys", [True, False])
def test_trouble_on_the_way_keeps_what_was_read_and_leaves_the_rest_unvisited(
    sandbox: Sandbox, root: Post, keys: bool
) -> None:
    other = sandbox.world.add("reddit", "marta", "x", title="y", place="coffee")
    fault: dict[str, Any] = {"status": 429, "headers": {"Retry-After": "60"}}
    sandbox.faults.arm(Fault(f"/comments/{other.id}", "status", **fault))
    batch = visit(sandbox, root.fullname, other.fullname, keys=keys)
    assert set(batch.cursors) == {root.fullname}
    assert batch.limited
    assert batch.retry_at


@pytest.mark.parametrize("trouble", ["html", "list", "stall"])
@pytest.mark.parametrize("path", ["/comments", "/api/info"])
def test_trouble_at_once_is_a_clear_error(sandbox: Sandbox, root: Post, trouble: Any, path: str) -> None:
    sandbox.faults.arm(Fault(path, trouble))
    listener = open_reddit_threads(keyed(sandbox.url, fetch_timeout=1), ())
    with pytest.raises(Unreachable):
        listener.fetch_threads([Followed(thread_id=root.fullname)])


def test_trouble_behind_more_leaves_it_for_the_next_visit(sandbox: Sandbox, root: Post) -> None:
    said = {root.fullname}
    for n in range(620):
        at = NOON - timedelta(seconds=9000 - n)
        said.add(sandbox.world.add("reddit", "pavel", f"n{n}", re=root.key, at=at).fullname)
    sandbox.faults.arm(Fault("/api/morechildren", "status", status=503))
    batch = visit(sandbox, root.fullname)
    assert len(ids(batch)) == 501
    assert ids(batch) | ids(visit(sandbox, root.fullname, was=batch)) == said


def test_the_public_feed_of_a_flooded_thread_says_that_it_missed_some(sandbox: Sandbox, root: Post) -> None:
    sandbox.world.add("reddit", "pavel", "first", re=root.key, at=NOON - timedelta(hours=8))
    batch = visit(sandbox, root.fullname, keys=False)
    assert batch.notes == ()
    for n in range(120):
        sandbox.world.add("reddit", "pavel", f"n{n}", re=root.key, at=NOON - timedelta(minutes=200 - n))
    batch = visit(sandbox, root.fullname, was=batch, keys=False)
    assert "missed" in batch.notes[0]


def test_no_thread_is_no_request(sandbox: Sandbox) -> None:
    for keys in (True, False):
        assert visit(sandbox, keys=keys) == ThreadBatch()
    assert sandbox.log.seen == []


def test_a_rate_limit_before_anything_is_raised(sandbox: Sandbox, root: Post) -> None:
    sandbox.faults.arm(Fault("/api/info", "status", status=429))
    with pytest.raises(RateLimited):
        visit(sandbox, root.fullname)
