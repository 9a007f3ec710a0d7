"""LISTEN, X: the threads we are in are read many at a time, each post once, within requests and money."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from listeners.base import Followed, ThreadBatch
from listeners.errors import Unreachable
from listeners.x_ids import id_at
from listeners.x_query import LONGEST
from listeners.x_threads import XThreads, open_x_threads
from tests.listeners.x_server import BRAND, Reply, TinyX, serving, settings_for

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


class ThreadedX(TinyX):
    """A tiny X whose search knows conversation_id."""

    def _page(self, params: dict[str, str]) -> dict[str, object]:
        wanted = set(re.findall(r"conversation_id:(\d+)", params.get("query", "")))
        everything = self.posts
        self.posts = {i: p for i, p in everything.items() if p["conversation_id"] in wanted}
        try:
            return super()._page(params)
        finally:
            self.posts = everything


@pytest.fixture
def x() -> Iterator[TinyX]:
    with serving(ThreadedX()) as tiny:
        yield tiny


@pytest.fixture
def threads(x: TinyX) -> Callable[..., XThreads]:
    def made(budget: float = 100.0, requests: int = 20) -> XThreads:
        return XThreads(settings_for(x), (BRAND,), budget, requests=requests)

    return made


def thread_ids(count: int) -> list[str]:
    return [str(int(id_at(datetime.now(UTC) - 2 * HOUR)) + n) for n in range(count)]


def followed(ids: Sequence[str], batch: ThreadBatch | None = None) -> list[Followed]:
    cursors = batch.cursors if batch else {}
    return [Followed(thread_id=i, cursor=cursors.get(i, {})) for i in ids]


def ids_of(batch: ThreadBatch) -> set[str]:
    return {post.external_id for post in batch.posts}


def test_many_threads_share_a_query_of_at_most_512_characters(x: TinyX, threads: Callable[..., XThreads]) -> None:
    ids = thread_ids(30)
    expected = {x.add(MINUTE * (n + 1), n, conversation_id=thread) for n, thread in enumerate(ids)}
    x.add(MINUTE, 99, conversation_id="1")
    batch = threads().fetch_threads(followed(ids))
    assert ids_of(batch) == expected
    assert batch.requests == len(x.asked) == 3
    assert all(len(r.params["query"]) <= LONGEST for r in x.asked)
    assert set(batch.cursors) == set(ids)


def test_the_next_visit_brings_only_what_is_new(x: TinyX, threads: Callable[..., XThreads]) -> None:
    ids = thread_ids(3)
    for n, thread in enumerate(ids):
        x.add(HOUR, n, conversation_id=thread)
    first = threads().fetch_threads(followed(ids))
    new = x.add(MINUTE, 50, conversation_id=ids[1])
    second = threads().fetch_threads(followed(ids, first))
    assert new in ids_of(second)
    assert all("since_id" in r.params for r in x.asked[1:])


def test_a_new_thread_does_not_drag_the_others_back_seven_days(x: TinyX, threads: Callable[..., XThreads]) -> None:
    old, new = thread_ids(2)
    x.add(HOUR, conversation_id=old)
    first = threads().fetch_threads(followed([old]))
    threads().fetch_threads(followed([old, new], first))
    queries = {r.params["query"]: r.params.get("since_id") for r in x.asked[1:]}
    assert queries[f"conversation_id:{new}"] is None
    assert queries[f"conversation_id:{old}"] is not None


def test_a_visit_that_runs_out_of_requests_goes_on_next_time_to_exactly_the_platforms_set(
    x: TinyX, threads: Callable[..., XThreads]
) -> None:
    ids = thread_ids(20)
    expected = {x.add(MINUTE * n, n, conversation_id=ids[n % 20]) for n in range(1, 400)}
    found: set[str] = set()
    batch: ThreadBatch | None = None
    known = followed(ids)
    for _ in range(12):
        batch = threads(requests=2).fetch_threads(known)
        found |= ids_of(batch)
        known = [Followed(thread_id=f.thread_id, cursor=batch.cursors.get(f.thread_id, f.cursor)) for f in known]
    assert found == expected


def test_threads_stop_at_the_money_and_the_rest_waits(x: TinyX, threads: Callable[..., XThreads]) -> None:
    ids = thread_ids(30)
    for n, thread in enumerate(ids):
        x.add(MINUTE * (n + 1), n, conversation_id=thread)
    batch = threads(budget=0.16).fetch_threads(followed(ids))
    assert batch.cost_usd <= 0.16
    assert "00:00 UTC" in batch.limited
    assert batch.retry_at is not None
    assert 0 < len(batch.cursors) < 30, "only threads that were visited have moved on"


def test_without_money_nothing_is_asked(x: TinyX, threads: Callable[..., XThreads]) -> None:
    batch = threads(budget=0.01).fetch_threads(followed(thread_ids(2)))
    assert x.asked == []
    assert batch.cursors == {}
    assert batch.limited


def test_posts_of_ours_and_of_strangers_in_the_thread_come_too(x: TinyX, threads: Callable[..., XThreads]) -> None:
    (thread,) = thread_ids(1)
    ours, theirs = (x.add(HOUR, n, conversation_id=thread, author_id=by) for n, by in enumerate(("77", "9")))
    batch = threads().fetch_threads(followed([thread]))
    assert ids_of(batch) == {ours, theirs}
    assert {p.author.handle for p in batch.posts} == {"tarnbrook", ""}
    assert x.asked[0].params["expansions"] == "author_id"


def test_a_failure_before_anything_came_raises(x: TinyX, threads: Callable[..., XThreads]) -> None:
    x.script = [Reply(503, "")]
    with pytest.raises(Unreachable):
        threads().fetch_threads(followed(thread_ids(2)))


def test_a_failure_after_something_came_keeps_it(x: TinyX, threads: Callable[..., XThreads]) -> None:
    ids = thread_ids(30)
    for n, thread in enumerate(ids):
        x.add(MINUTE * (n + 1), n, conversation_id=thread)
    x.script = [None, Reply(429, "")]
    batch = threads().fetch_threads(followed(ids))
    assert 0 < len(batch.posts) < 30
    assert "rate limit" in batch.limited
    assert batch.retry_at is not None


def test_a_beginning_x_refuses_as_too_old_is_dropped_for_the_next_visit(
    x: TinyX, threads: Callable[..., XThreads]
) -> None:
    x.ahead = timedelta(days=3)
    (thread,) = thread_ids(1)
    old = id_at(datetime.now(UTC) - timedelta(days=5))
    new = x.add(MINUTE, conversation_id=thread)
    first = threads().fetch_threads([Followed(thread_id=thread, cursor={"since_id": old})])
    assert ids_of(first) == set()
    assert "older than the 7 days" in first.notes[0]
    assert ids_of(threads().fetch_threads(followed([thread], first))) == {new}


def test_thread_ids_that_are_none_are_not_asked_for(x: TinyX, threads: Callable[..., XThreads]) -> None:
    assert threads().fetch_threads(followed(["t3_abc", "", "1 OR x"])).cursors == {}
    assert x.asked == []


def test_open_x_threads_takes_the_rest_of_the_days_money(x: TinyX) -> None:
    (thread,) = thread_ids(1)
    expected = x.add(HOUR, conversation_id=thread)
    opened = open_x_threads(settings_for(x), (BRAND,), 0.17)
    first = opened.fetch_threads(followed([thread]))
    assert ids_of(first) == {expected}
    assert opened.fetch_threads(followed([thread], first)).limited == "", "read twice, paid once"
