"""Reddit without keys: its public feeds against the sandbox."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from listeners.base import Ours, Target
from listeners.errors import Gone, RateLimited, Refused, Unreachable
from listeners.post import Batch, Cursor
from listeners.reddit import open_reddit
from models.values import Platform, SourceKind
from sandbox.faults import Fault
from sandbox.server import Sandbox, running
from sandbox.world import small_world
from settings import Settings
from tests.conftest import NOON
from tests.listeners.reddit_stage import Answer, Stage, stage

NEW, COMMENTS, SEARCH, INBOX, OWN = (
    SourceKind.REDDIT_NEW, SourceKind.REDDIT_COMMENTS, SourceKind.REDDIT_SEARCH, SourceKind.REDDIT_INBOX,
    SourceKind.REDDIT_OWN,
)  # fmt: skip


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with running(small_world(NOON)) as server:
        yield server


@pytest.fixture
def played() -> Iterator[Stage]:
    with stage() as server:
        yield server


def fetch(url: str, kind: SourceKind, what: str = "", match: str = "*", cursor: Cursor | None = None) -> Batch:
    ours = (Ours(platform=Platform.REDDIT, handle="tarnbrook_team"),)
    return open_reddit(Target(kind=kind, target=what, match=match, ours=ours), Settings(reddit_url=url)).fetch(cursor)


def ids(batch: Batch) -> set[str]:
    return {post.external_id for post in batch.posts}


def test_the_public_feeds_bring_what_the_api_brings(sandbox: Sandbox) -> None:
    world = sandbox.world
    root = world.add("reddit", "marta", "It leaks & hisses.", title="My Tarnbrook", place="kettles")
    answer = world.add("reddit", "brand", "Sorry!", re=root.key)
    more = world.add("reddit", "pavel", "My Tarnbrook too", re=root.key)
    assert ids(fetch(sandbox.url, SEARCH, "tarnbrook")) == {root.fullname}
    assert ids(fetch(sandbox.url, NEW, "kettles+coffee", "tarnbrook")) == {root.fullname}
    assert ids(fetch(sandbox.url, COMMENTS, "kettles", "tarnbrook")) == {more.fullname}
    assert ids(fetch(sandbox.url, COMMENTS, "kettles", "*")) == {answer.fullname, more.fullname}
    assert ids(fetch(sandbox.url, OWN)) == {answer.fullname}
    (post,) = fetch(sandbox.url, NEW, "kettles").posts
    assert post.text == "My Tarnbrook\n\nIt leaks & hisses."
    assert (post.author.handle, post.posted_at) == ("u_marta", NOON)


def test_the_inbox_has_no_public_feed_and_says_what_to_do(sandbox: Sandbox) -> None:
    with pytest.raises(Refused, match="QUARTERDECK_REDDIT_CLIENT_ID"):
        fetch(sandbox.url, INBOX)
    assert sandbox.log.seen == []


def test_long_feeds_are_paged_until_all_is_there(sandbox: Sandbox) -> None:
    said = set()
    for n in range(430):
        at = NOON - timedelta(minutes=500 - n)
        said.add(sandbox.world.add("reddit", "marta", "x", title=f"t{n}", place="kettles", at=at).fullname)
    batch = fetch(sandbox.url, NEW, "kettles")
    had = ids(batch)
    assert (len(had), batch.more, batch.requests) == (300, True, 3)
    while batch.more:
        batch = fetch(sandbox.url, NEW, "kettles", cursor=batch.cursor)
        had |= ids(batch)
    assert had == said
    again = fetch(sandbox.url, NEW, "kettles", cursor=batch.cursor)
    assert (again.requests, again.gaps) == (1, ())


def test_we_say_who_we_are(played: Stage) -> None:
    played.script = lambda asked: Answer("<feed xmlns='http://www.w3.org/2005/Atom'><title>new</title></feed>")
    assert fetch(played.url, NEW, "kettles").posts == ()
    (asked,) = played.asked
    assert "quarterdeck" in asked.headers["User-Agent"]
    assert (asked.path, asked.params["limit"]) == ("/r/kettles/new/.rss", "100")


def test_a_429_keeps_all_of_reddit_alone_until_it_is_over(played: Stage) -> None:
    played.script = lambda asked: Answer("", 429, {"retry-after": "120"})
    with pytest.raises(RateLimited) as first:
        fetch(played.url, NEW, "kettles")
    with pytest.raises(RateLimited) as second:
        fetch(played.url, NEW, "coffee")
    assert len(played.asked) == 1
    assert first.value.retry_at == second.value.retry_at
    assert first.value.retry_at is not None
    assert first.value.retry_at - datetime.now(UTC) <= timedelta(seconds=120)


def test_a_429_without_a_time_waits_a_window(played: Stage) -> None:
    played.script = lambda asked: Answer("", 429)
    with pytest.raises(RateLimited) as caught:
        fetch(played.url, NEW, "kettles")
    assert caught.value.retry_at is not None
    assert timedelta(minutes=9) < caught.value.retry_at - datetime.now(UTC) <= timedelta(minutes=10)


def test_a_403_keeps_us_away_for_hours_but_only_from_there(played: Stage) -> None:
    feed = Answer("<feed xmlns='http://www.w3.org/2005/Atom'><title>new</title></feed>")
    played.script = lambda asked: Answer("", 403) if "secret" in asked.path else feed
    with pytest.raises(Refused, match="keys") as caught:
        fetch(played.url, NEW, "secret")
    assert caught.value.retry_at is not None
    assert caught.value.retry_at - datetime.now(UTC) > timedelta(hours=5)
    assert fetch(played.url, NEW, "kettles").posts == ()


def test_a_missing_subreddit_is_gone_and_reddit_is_not_followed_elsewhere(sandbox: Sandbox, played: Stage) -> None:
    with pytest.raises(Gone, match="no such subreddit"):
        fetch(sandbox.url, NEW, "nowhere_at_all")
    played.script = lambda asked: Answer("", 302, {"location": "https://www.reddit.com/login/"})
    with pytest.raises(Unreachable, match="elsewhere"):
        fetch(played.url, NEW, "kettles")
    assert len(played.asked) == 1


def test_an_unknown_account_and_a_banned_subreddit_are_gone(sandbox: Sandbox) -> None:
    sandbox.world.add_subreddit("closed", "banned")
    for kind, what in ((OWN, "nobody_here"), (NEW, "closed")):
        with pytest.raises(Gone):
            fetch(sandbox.url, kind, what)


@pytest.mark.parametrize("trouble", ["html", "list", "cut", "stall"])
def test_trouble_ends_in_a_clear_error_and_the_next_poll_has_all(sandbox: Sandbox, trouble: str) -> None:
    hit = sandbox.world.add("reddit", "marta", "x", title="t", place="kettles")
    sandbox.faults.arm(Fault("/r/kettles/new", trouble))  # type: ignore[arg-type]
    hasty = Settings(reddit_url=sandbox.url, fetch_timeout=1)
    with pytest.raises(Unreachable):
        open_reddit(Target(kind=NEW, target="kettles", match="*"), hasty).fetch(None)
    assert ids(fetch(sandbox.url, NEW, "kettles", match="*")) == {hit.fullname}
