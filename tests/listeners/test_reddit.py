"""Reddit with keys: the real praw against the sandbox."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from pydantic import SecretStr

from listeners.base import Ours, Target
from listeners.errors import BadTarget, Gone, Refused, Unreachable
from listeners.post import Batch, Cursor
from listeners.reddit import RedditListener, open_reddit
from listeners.reddit_public import PublicListener
from models.values import Platform, SourceKind
from sandbox.faults import Fault
from sandbox.server import Sandbox, running
from sandbox.world import small_world
from settings import Settings
from tests.conftest import NOON
from tests.listeners.reddit_stage import Answer, Asked, keyed, listing, stage, submission

NEW, COMMENTS, SEARCH, INBOX, OWN = (
    SourceKind.REDDIT_NEW, SourceKind.REDDIT_COMMENTS, SourceKind.REDDIT_SEARCH, SourceKind.REDDIT_INBOX,
    SourceKind.REDDIT_OWN,
)  # fmt: skip


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with running(small_world(NOON)) as server:
        yield server


def target(kind: SourceKind, what: str = "", match: str = "") -> Target:
    return Target(kind=kind, target=what, match=match or ("*" if kind in (NEW, COMMENTS) else ""))


def fetch(sandbox: Sandbox, kind: SourceKind, what: str = "", match: str = "", cursor: Cursor | None = None) -> Batch:
    return open_reddit(target(kind, what, match), keyed(sandbox.url)).fetch(cursor)


def ids(batch: Batch) -> set[str]:
    return {post.external_id for post in batch.posts}


def say(sandbox: Sandbox, how_many: int, begin: int = 0, **what: Any) -> set[str]:
    """Add that many submissions, a minute apart and all in the past; returns their fullnames."""
    said = set()
    for n in range(begin, begin + how_many):
        at = NOON - timedelta(minutes=3000 - n)
        post = sandbox.world.add("reddit", "marta", f"kettle {n}", title=f"t{n}", place="kettles", at=at, **what)
        said.add(post.fullname)
    return said


def drained(sandbox: Sandbox, kind: SourceKind, what: str, cursor: Cursor | None = None) -> tuple[set[str], Batch]:
    """Poll as the worker does, until there is no more right now."""
    had: set[str] = set()
    for _ in range(20):
        batch = fetch(sandbox, kind, what, cursor=cursor)
        had, cursor = had | ids(batch), batch.cursor
        if not batch.more:
            return had, batch
    raise AssertionError("it never ends")


def test_keys_open_the_api_and_their_absence_the_public_feeds() -> None:
    assert isinstance(open_reddit(target(NEW, "kettles"), Settings()), PublicListener)
    assert isinstance(open_reddit(target(NEW, "kettles"), keyed("http://127.0.0.1:9")), RedditListener)


def test_a_search_finds_submissions(sandbox: Sandbox) -> None:
    hit = sandbox.world.add("reddit", "marta", "It leaks", title="My kettle", place="kettles")
    sandbox.world.add("reddit", "pavel", "My kettle too", re=hit.key)
    sandbox.world.add("reddit", "pavel", "Coffee", title="Beans", place="coffee")
    assert ids(fetch(sandbox, SEARCH, '"my kettle"')) == {hit.fullname}


def test_new_posts_of_several_subreddits_are_kept_by_their_words(sandbox: Sandbox) -> None:
    one = sandbox.world.add("reddit", "marta", "Tarnbrook!", title="Hi", place="kettles")
    two = sandbox.world.add("reddit", "marta", "none", title="TARNBROOK beans", place="coffee")
    sandbox.world.add("reddit", "marta", "Tarnbrookish", title="Other", place="coffee")
    batch = fetch(sandbox, NEW, "r/kettles, /r/coffee", "tarnbrook")
    assert ids(batch) == {one.fullname, two.fullname}
    assert batch.requests == 2  # the sign-in and the listing


def test_comments_of_a_subreddit_are_kept_by_their_words(sandbox: Sandbox) -> None:
    root = sandbox.world.add("reddit", "pavel", "x", title="Which kettle?", place="kettles")
    hit = sandbox.world.add("reddit", "marta", "The Tarnbrook leaks", re=root.key)
    sandbox.world.add("reddit", "marta", "None of them", re=root.key)
    (post,) = fetch(sandbox, COMMENTS, "kettles", "tarnbrook").posts
    assert (post.external_id, post.thread_id, post.parent_id) == (hit.fullname, root.fullname, root.fullname)
    assert post.thread_title == "Which kettle?"


def test_the_inbox_brings_mentions_and_replies_and_marks_nothing_as_read(sandbox: Sandbox) -> None:
    world = sandbox.world
    ours = world.add("reddit", "brand", "We are here", title="AMA", place="kettles")
    answer = world.add("reddit", "brand", "Sorry", re=world.add("reddit", "pavel", "Hm", re=ours.key).key)
    reply = world.add("reddit", "marta", "Still broken", re=answer.key)
    other = world.add("reddit", "pavel", "x", title="y", place="coffee")
    named = world.add("reddit", "marta", "ask u/tarnbrook_team", re=other.key)
    batch = fetch(sandbox, INBOX)
    assert {reply.fullname, named.fullname, world.posts[answer.re or ""].fullname} == ids(batch)
    assert all("tarnbrook_team" in post.mentioned and post.thread_id for post in batch.posts)
    assert world.read_inbox == frozenset()
    asked = [seen.path for seen in sandbox.log.seen if "message" in seen.path]
    assert asked == ["/message/mentions", "/message/comments", "/message/selfreply"]


def test_the_inbox_needs_a_user(sandbox: Sandbox) -> None:
    settings = keyed(sandbox.url, reddit_password=SecretStr(""))
    with pytest.raises(Refused, match="_USERNAME and _PASSWORD"):
        RedditListener(target(INBOX), settings).fetch(None)


@pytest.mark.parametrize("named", ["", "u/tarnbrook_team", "/user/Tarnbrook_Team"])
def test_our_own_posts_are_comments_and_submissions(sandbox: Sandbox, named: str) -> None:
    mine = sandbox.world.add("reddit", "brand", "We are here", title="AMA", place="kettles")
    also = sandbox.world.add("reddit", "brand", "And here", re=mine.key)
    sandbox.world.add("reddit", "marta", "Me too", re=mine.key)
    assert ids(fetch(sandbox, OWN, named)) == {mine.fullname, also.fullname}


def test_our_account_is_found_among_those_listed(sandbox: Sandbox) -> None:
    mine = sandbox.world.add("reddit", "brand", "We are here", title="AMA", place="kettles")
    ours = (Ours(platform=Platform.X, handle="tarnbrook"), Ours(platform=Platform.REDDIT, handle="tarnbrook_team"))
    settings = keyed(sandbox.url, reddit_username="", reddit_password=SecretStr(""))
    batch = RedditListener(Target(kind=OWN, target="", ours=ours), settings).fetch(None)
    assert ids(batch) == {mine.fullname}


def test_polling_twice_costs_little_and_brings_only_what_is_new(sandbox: Sandbox) -> None:
    say(sandbox, 250)
    had, first = drained(sandbox, NEW, "kettles")
    fresh = say(sandbox, 1, begin=250)
    second = fetch(sandbox, NEW, "kettles", cursor=first.cursor)
    assert fresh <= ids(second) <= had | fresh
    assert second.requests == 1
    assert (second.more, second.gaps, second.limited, second.notes) == (False, (), "", ())


def test_more_than_a_fetch_reads_is_gone_on_with_until_all_is_there(sandbox: Sandbox) -> None:
    said = say(sandbox, 730)
    first = fetch(sandbox, NEW, "kettles")
    assert (len(first.posts), first.more, len(first.gaps)) == (500, True, 1)
    had, last = drained(sandbox, NEW, "kettles", first.cursor)
    assert ids(first) | had == said
    assert last.gaps == ()


def test_more_than_reddit_lists_is_lost_and_says_so(sandbox: Sandbox) -> None:
    old = say(sandbox, 20)
    _, first = drained(sandbox, NEW, "kettles")
    said = say(sandbox, 1100, begin=20)
    stopped = fetch(sandbox, NEW, "kettles", cursor=first.cursor)
    had, last = drained(sandbox, NEW, "kettles", stopped.cursor)
    had |= ids(stopped)
    assert len(had) == 1000
    assert had < said
    assert not had & old
    (gap,) = last.gaps
    assert (gap.lost, gap.key) == (True, stopped.gaps[0].key)
    assert "1000" in gap.reason


@pytest.mark.parametrize(
    "fault",
    [
        Fault("/r/kettles/new", "status", status=503, after=1),
        Fault("/r/kettles/new", "status", status=403, after=2),
        Fault("/r/kettles/new", "html", after=1),
        Fault("/r/kettles/new", "list", after=3),
        Fault("/r/kettles/new", "cut", after=1),
        Fault("/r/kettles/new", "stall", after=1),
        Fault("/r/kettles/new", "reorder", times=3),
    ],
    ids=lambda fault: fault.trouble,
)
def test_trouble_on_the_way_ends_with_exactly_the_platforms_set(sandbox: Sandbox, fault: Fault) -> None:
    said = say(sandbox, 420)
    sandbox.faults.arm(fault)
    patience = 3 if fault.trouble == "stall" else 60
    listener = open_reddit(target(NEW, "kettles"), keyed(sandbox.url, fetch_timeout=patience))
    had, cursor = set[str](), None
    for _ in range(6):
        batch = listener.fetch(cursor)
        had, cursor = had | ids(batch), batch.cursor
        if fault.trouble != "reorder" and sandbox.faults.armed == [] and batch.notes:
            assert batch.gaps
            assert not batch.more
    assert had == said
    assert batch.gaps == ()


def test_trouble_at_once_is_raised_and_nothing_is_lost_by_it(sandbox: Sandbox) -> None:
    said = say(sandbox, 3)
    sandbox.faults.arm(Fault("/r/kettles/new", "status", status=500))
    with pytest.raises(Unreachable):
        fetch(sandbox, NEW, "kettles")
    assert ids(fetch(sandbox, NEW, "kettles")) == said


def test_a_rate_limit_on_the_way_says_until_when_and_leaves_a_gap(sandbox: Sandbox) -> None:
    said = say(sandbox, 300)
    sandbox.faults.arm(Fault("/r/kettles/new", "status", status=429, headers={"Retry-After": "300"}, after=1))
    batch = fetch(sandbox, NEW, "kettles")
    assert (len(batch.posts), batch.more, len(batch.gaps)) == (100, False, 1)
    assert ids(batch) < said
    assert batch.limited
    assert batch.retry_at is not None
    assert timedelta(0) < batch.retry_at - datetime.now(UTC) <= timedelta(seconds=300)


def test_a_nearly_used_up_window_is_left_to_others() -> None:
    pages = count()

    def script(asked: Asked) -> Answer:
        number = next(pages)
        children = [submission(f"{number}{n:03}", "kettle") for n in range(100)]
        rate = {"x-ratelimit-remaining": f"{3 - number}", "x-ratelimit-used": "997", "x-ratelimit-reset": "600"}
        return Answer(listing(children, children[-1]["data"]["name"]), headers=rate)

    with stage(script) as played:
        batch = open_reddit(target(NEW, "kettles"), keyed(played.url)).fetch(None)
    assert len(played.reads) == 2
    assert len(batch.posts) == 200
    assert batch.limited
    assert batch.retry_at is not None
    assert batch.retry_at - datetime.now(UTC) > timedelta(seconds=500)
    assert batch.gaps
    assert not batch.more


def test_a_post_deleted_while_we_page_hides_nothing() -> None:
    names = [f"{n:04}" for n in range(350)][::-1]
    gone: set[str] = set()

    def script(asked: Asked) -> Answer:
        shown = [name for name in names if name not in gone]
        after = asked.params.get("after", "")[3:]
        if after and after not in shown:
            return Answer(listing([]))
        begin = shown.index(after) + 1 if after else 0
        page = shown[begin : begin + 100]
        gone.add(page[-1])  # the very post that the next page is asked to follow
        more = begin + 100 < len(shown)
        return Answer(listing([submission(name, "kettle") for name in page], f"t3_{page[-1]}" if more else None))

    with stage(script) as played:
        batch = open_reddit(target(NEW, "kettles"), keyed(played.url)).fetch(None)
        listener = open_reddit(target(NEW, "kettles"), keyed(played.url))
        had = ids(batch)
        while batch.more:
            batch = listener.fetch(batch.cursor)
            had |= ids(batch)
    assert had == {f"t3_{name}" for name in names}


@pytest.mark.parametrize(
    ("state", "error"), [("private", Refused), ("banned", Gone), ("", Gone)], ids=["private", "banned", "missing"]
)
def test_a_subreddit_that_cannot_be_read_says_why(sandbox: Sandbox, state: Any, error: type[Exception]) -> None:
    if state:
        sandbox.world.add_subreddit("secret", state)
    with pytest.raises(error, match=state or "no such subreddit"):
        fetch(sandbox, NEW, "secret")


def test_an_unknown_account_is_gone(sandbox: Sandbox) -> None:
    with pytest.raises(Gone):
        fetch(sandbox, OWN, "nobody_here")


@pytest.mark.parametrize(
    ("kind", "what", "match"),
    [
        (NEW, "", "*"),
        (NEW, "kettles/../../api/v1/me", "*"),
        (NEW, "kettles?x=1", "*"),
        (NEW, "kettles", "#"),
        (COMMENTS, "kettles", ""),
        (SEARCH, "", ""),
        (SEARCH, "#", ""),
        (SEARCH, "*", ""),
        (SEARCH, '""', ""),
        (OWN, "no name", ""),
        (OWN, "a/b", ""),
    ],
)
@pytest.mark.parametrize("keys", [True, False])
def test_a_target_that_cannot_work_is_refused_before_any_request(
    sandbox: Sandbox, kind: SourceKind, what: str, match: str, keys: bool
) -> None:
    settings = keyed(sandbox.url) if keys else Settings(reddit_url=sandbox.url)
    with pytest.raises(BadTarget):
        open_reddit(Target(kind=kind, target=what, match=match), settings).fetch(None)
    assert sandbox.log.seen == []
