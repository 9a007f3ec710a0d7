"""Polling a feed: everything arrives, nothing arrives twice as two, and a poll's outcome is clear."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from listeners.base import Target
from listeners.errors import BadTarget, Gone, RateLimited, Refused, Unreachable
from listeners.feed import FULL_EVERY, REMEMBERED, FeedListener, open_feed
from listeners.post import Batch, Cursor
from models.values import SourceKind
from settings import Settings
from tests.listeners.feed_stage import fetcher, server, told
from tests.listeners.tiny_server import Answer, TinyServer, item, rss

__all__ = ["fetcher", "server", "told"]
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
XML = {"Content-Type": "application/rss+xml"}


class Stage:
    """One feed, polled as the worker does: each visit gets the last one's cursor."""

    def __init__(
        self, server: TinyServer, settings: Settings, match: str = "*", kind: SourceKind = SourceKind.FEED
    ) -> None:
        self.server, self.settings, self.now = server, settings, NOON
        self.target = Target(kind=kind, target=server.url("/feed"), match=match)
        self.cursor: Cursor | None = None

    def serve(self, *items: str, path: str = "/feed", **headers: str) -> None:
        self.server.routes[path] = Answer(200, XML | {k.replace("_", "-"): v for k, v in headers.items()}, rss(*items))

    def poll(self, **more: Any) -> Batch:
        batch = FeedListener(self.target, self.settings, now=lambda: self.now, **more).fetch(self.cursor)
        self.cursor = self.cursor if batch.cursor is None else batch.cursor
        return batch

    def ids(self) -> list[str]:
        return [p.external_id.rpartition("#")[2] for p in self.poll().posts]

    def sent(self) -> Mapping[str, str]:
        return self.server.seen[-1][1]  # type: ignore[return-value]


@pytest.fixture
def stage(server: TinyServer, told: Settings) -> Stage:
    return Stage(server, told)


def test_every_entry_becomes_a_post(stage: Stage) -> None:
    stage.serve(item("2", "Two"), item("1", "One"))
    batch = stage.poll()
    assert [p.external_id for p in batch.posts] == [f"{stage.target.target}#2", f"{stage.target.target}#1"]
    assert [p.text for p in batch.posts] == ["Two\n\na kettle", "One\n\na kettle"]
    assert (batch.requests, batch.gaps, batch.more) == (1, (), False)


def test_time_is_no_cut_off(stage: Stage) -> None:
    """Back-dated, same-second, undated and future-dated entries all arrive, at any later visit."""

    def dated(guid: str, date: str) -> str:
        return item(guid, more=f"<pubDate>{date}</pubDate>" if date else "")

    first = [dated("1", "Wed, 04 Mar 2026 11:00:00 GMT"), dated("future", "Thu, 01 Jan 2099 00:00:00 GMT")]
    stage.serve(*first)
    assert stage.ids() == ["1", "future"]
    late = [
        dated("same", "Wed, 04 Mar 2026 11:00:00 GMT"),
        dated("back", "Mon, 02 Mar 2026 11:00:00 GMT"),
        dated("none", ""),
    ]
    stage.serve(*late, *first)
    assert stage.ids() == ["same", "back", "none", "1", "future"]


def test_an_unbelievable_date_is_no_date_and_is_told(stage: Stage) -> None:
    stage.serve(item("1", more="<pubDate>Mon, 01 Jan 0001 00:00:00 GMT</pubDate>"), item("2"))
    batch = stage.poll()
    assert [p.posted_at for p in batch.posts] == [None, None]
    assert batch.notes == ("2 of 2 entries without a believable date",)


def test_only_what_matches_is_kept(server: TinyServer, told: Settings) -> None:
    stage = Stage(server, told, match='kettle "blue pot"')
    stage.serve(
        item("1", "A Kettle!", "x"),
        item("2", "A pot", "x"),
        item("3", "Pots", "my blue  pot"),
        item("4", "kettles", "x"),
    )
    assert stage.ids() == ["1", "3"]


def test_a_feed_without_match_is_refused_and_comments_are_not(server: TinyServer, told: Settings) -> None:
    with pytest.raises(BadTarget, match="--match"):
        open_feed(Target(kind=SourceKind.FEED, target=server.url("/feed")), told)
    stage = Stage(server, told, match="", kind=SourceKind.COMMENTS)
    stage.serve(item("1"))
    assert stage.ids() == ["1"]
    stage = Stage(server, told, match="pot", kind=SourceKind.COMMENTS)
    assert stage.ids() == []


# ---------------------------------------------------------------- saving work


def test_validators_are_sent_back_and_304_brings_nothing(stage: Stage) -> None:
    stage.serve(item("1"), ETag='"v1"', Last_Modified="Wed, 04 Mar 2026 11:00:00 GMT")
    stage.poll()
    stage.server.routes["/feed"] = Answer(304)
    batch = stage.poll()
    assert (batch.posts, batch.gaps, batch.notes) == ((), (), ())
    assert stage.sent()["If-None-Match"] == '"v1"'
    stage.poll()
    assert stage.sent()["If-None-Match"] == '"v1"'
    assert stage.sent()["If-Modified-Since"] == "Wed, 04 Mar 2026 11:00:00 GMT"


def test_a_server_that_always_says_304_is_asked_for_the_whole_once_a_day(stage: Stage) -> None:
    stage.serve(item("1"), ETag='"stuck"')
    stage.poll()
    stage.now += FULL_EVERY - timedelta(minutes=1)
    stage.poll()
    assert stage.sent()["If-None-Match"] == '"stuck"'
    stage.now += timedelta(minutes=1)
    stage.poll()
    assert stage.sent()["If-None-Match"] is None
    stage.now += timedelta(minutes=15)
    stage.poll()
    assert stage.sent()["If-None-Match"] == '"stuck"'


def test_the_same_bytes_are_not_read_again_within_a_day(stage: Stage) -> None:
    stage.serve(item("1"))
    assert stage.ids() == ["1"]
    assert stage.ids() == []
    stage.serve(item("1", "edited"))
    assert stage.ids() == ["1"]


def test_new_words_to_match_look_at_the_whole_feed_again(server: TinyServer, told: Settings) -> None:
    stage = Stage(server, told, match="pot")
    stage.serve(item("1"), ETag='"v1"')
    assert stage.ids() == []
    stage.target = Target(kind=SourceKind.FEED, target=server.url("/feed"), match="kettle")
    assert stage.ids() == ["1"]
    assert stage.sent()["If-None-Match"] is None


def test_calling_again_with_the_same_cursor_gives_the_same(stage: Stage) -> None:
    stage.serve(item("1"))
    listener = FeedListener(stage.target, stage.settings, now=lambda: NOON)
    assert listener.fetch(None) == listener.fetch(None)


def test_a_cursor_of_rubbish_is_no_obstacle(stage: Stage) -> None:
    stage.serve(item("1"))
    stage.cursor = {"full_at": "yesterday", "match": "*", "seen": None, "etag": None}
    assert stage.ids() == ["1"]


def test_the_cursor_stays_small(stage: Stage) -> None:
    stage.settings = Settings(allow_addresses=(stage.server.pair,))
    stage.serve(*(item(str(n)) for n in range(REMEMBERED + 500)))
    assert len(stage.poll().posts) == REMEMBERED + 500
    assert stage.cursor is not None
    assert len(stage.cursor["seen"]) == REMEMBERED


# ---------------------------------------------------------------- gaps


def test_a_feed_that_shows_nothing_known_may_have_hidden_something(stage: Stage) -> None:
    stage.serve(item("2"), item("1"))
    stage.poll()
    stage.serve(item("9"), item("8"))
    batch = stage.poll()
    (gap,) = batch.gaps
    assert len(batch.posts) == 2
    assert gap.lost
    assert "more was published than the feed shows" in gap.reason
    stage.serve(item("10"), item("9"))
    assert stage.poll().gaps == ()


def test_one_known_entry_is_enough_for_no_gap(stage: Stage) -> None:
    stage.serve(item("2"), item("1"))
    assert stage.poll().gaps == ()
    stage.serve(item("3"), item("2"))
    assert stage.poll().gaps == ()


def test_entries_that_do_not_match_count_as_known(server: TinyServer, told: Settings) -> None:
    stage = Stage(server, told, match="kettle")
    stage.serve(item("2", "x", "y"), item("1", "x", "y"))
    stage.poll()
    stage.serve(item("3", "kettle"), item("2", "x", "y"))
    assert stage.poll().gaps == ()


def test_an_empty_feed_in_between_forgets_nothing(stage: Stage) -> None:
    stage.serve(item("1"))
    stage.poll()
    stage.serve()
    batch = stage.poll()
    assert (batch.posts, batch.gaps, batch.notes) == ((), (), ("the feed is empty",))
    stage.serve(item("5"))
    assert len(stage.poll().gaps) == 1


# ---------------------------------------------------------------- moves and failures


def test_a_moved_feed_is_followed_and_keeps_its_identities(stage: Stage) -> None:
    stage.serve(item("1"))
    before = stage.poll().posts[0].external_id
    stage.server.routes["/feed"] = Answer(301, {"Location": "/new"})
    stage.serve(item("2"), item("1"), path="/new")
    batch = stage.poll()
    assert batch.notes[0] == f"moved to {stage.server.url('/new')}"
    assert batch.posts[1].external_id == before
    stage.serve(item("3"), item("2"), item("1"), path="/new")
    assert stage.ids() == ["3", "2", "1"]
    assert stage.server.paths() == ["/feed", "/feed", "/new", "/new"]


def test_a_move_to_what_is_no_feed_is_not_kept(stage: Stage) -> None:
    """As a sign-in page of a café's network would be."""
    stage.serve(item("1"))
    stage.poll()
    before = stage.cursor
    stage.server.routes |= {
        "/feed": Answer(301, {"Location": "/login"}),
        "/login": Answer(200, {}, b"<!doctype html><html><title>Sign in</title></html>"),
    }
    with pytest.raises(Unreachable, match="web page"):
        stage.poll()
    assert stage.cursor == before


def test_a_new_address_that_fails_sends_us_back_to_the_first(stage: Stage) -> None:
    stage.server.routes["/feed"] = Answer(308, {"Location": "/new"})
    stage.serve(item("1"), path="/new")
    stage.poll()
    del stage.server.routes["/new"]
    stage.serve(item("2"), item("1"))
    assert stage.ids() == ["2", "1"]
    assert stage.cursor is not None
    assert stage.cursor["url"] == stage.target.target


@pytest.mark.parametrize(
    ("status", "error"),
    [(410, Gone), (404, Gone), (403, Refused), (429, RateLimited), (503, Unreachable), (500, Unreachable)],
)
def test_a_failure_is_an_error_of_this_room(stage: Stage, status: int, error: type[Exception]) -> None:
    stage.server.routes["/feed"] = Answer(status, {"Retry-After": "600"})
    with pytest.raises(error) as caught:
        stage.poll()
    assert caught.value.retry_at is not None  # type: ignore[attr-defined]
    assert stage.server.paths() == ["/feed"]


def test_an_address_that_may_not_be_reached_is_refused(told: Settings) -> None:
    for address in ("file:///etc/passwd", "http://127.0.0.1:1/feed", "feed", ""):
        listener = open_feed(Target(kind=SourceKind.FEED, target=address, match="*"), told)
        with pytest.raises(BadTarget):
            listener.fetch(None)


def test_a_name_that_leads_inside_is_refused(stage: Stage) -> None:
    stage.target = Target(kind=SourceKind.FEED, target="http://blog.example/feed", match="*")
    with pytest.raises(Refused):
        stage.poll(resolve=lambda h, p: ["192.168.1.1"])


def test_a_json_feed_is_a_feed(stage: Stage) -> None:
    body = b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "content_text": "kettle"}]}'
    stage.server.routes["/feed"] = Answer(200, {"Content-Type": "application/feed+json"}, body)
    assert stage.ids() == ["1"]
