"""Threads we are in: what people we talk with add, what we answer by hand, and when we stop looking."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlmodel import col, select

import worker.following
from listeners.base import Followed, ThreadBatch
from listeners.errors import Unreachable
from listeners.post import Post as FoundPost
from models import Conversation, Mention, Spending, Thread, Wait
from models.base import utc_now
from models.database import Database
from models.values import Platform, Resolution, Role, SourceKind, Status, WaitEnd
from sandbox.history import external_id
from sandbox.records import Post
from sandbox.server import Sandbox
from sandbox.world import World
from settings import Settings
from tests.house import arrive, at, make_brand, make_cast, post
from tests.worker.stage import At, Hand, ids, listen_to, poll, stored, thread, told, without_reddit_keys
from triage.history import By
from triage.verbs import reopen, resolve
from worker.accounts import add_account
from worker.following import follow_threads
from worker.reading import read_mentions

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PLACES = ("x", "reddit", "public", "blog")


def scene(name: str, database: Database, sandbox: Sandbox) -> tuple[Settings, Post]:
    """Marta asks about her kettle; a source finds it; it is open. Settings and her post."""
    world, now = sandbox.world, sandbox.clock.now()
    settings = (without_reddit_keys if name == "public" else told)(sandbox, database_url=database.url)
    on, more = {
        "x": ("x", {}),
        "reddit": ("reddit", {"place": "kettles", "title": "Help"}),
        "public": ("reddit", {"place": "kettles", "title": "Help"}),
        "blog": ("blog", {"place": "slow-kitchen", "title": "Help"}),
    }[name]
    asked = world.add(on, "marta", "My kettle leaks, what now?", key="asked", at=now - 50 * MINUTE, **more)  # type: ignore[arg-type]
    kind, target, match = {
        "x": (SourceKind.X_SEARCH, "kettle", ""),
        "blog": (SourceKind.FEED, f"{sandbox.url}/blog/slow-kitchen/feed.xml", "kettle"),
    }.get(name, (SourceKind.REDDIT_NEW, "kettles", "kettle"))
    source_id = listen_to(database, settings, kind, target, match)
    with database.writing() as session:
        by = By(at=utc_now(), rule="shell")
        add_account(session, Platform.X, "tarnbrook", settings=settings, by=by)
        add_account(session, Platform.REDDIT, "tarnbrook_team", settings=settings, by=by)
        add_account(session, Platform.BLOG, "Tarnbrook", settings=settings, by=by)
    poll(database, settings, source_id)
    read_mentions(Hand(database, settings))
    assert stored(database) == ids(world, [asked])
    return settings, asked


def add(world: World, by: str, text: str, ago: timedelta, re: str = "asked", key: str | None = None) -> Post:
    asked = world.posts["asked"]
    return world.add(asked.platform, by, text, at=world.clock.now() - ago, re=re, key=key)


def follow(database: Database, settings: Settings, ahead: timedelta = 20 * MINUTE) -> int:
    """Visit what is due so much later, until nothing is."""
    hand, done = Hand(database, settings, ahead=ahead), 0
    while visited := follow_threads(hand):
        done += visited
    return done


def waits(database: Database, post: Post, world: World) -> list[tuple[object, object]]:
    """Start and end of the waits of its author, by the platform."""
    with database.reading() as session:
        author = select(Mention.author_id).where(Mention.external_id == external_id(world, post))
        found = select(Wait).join(Conversation, col(Conversation.id) == Wait.conversation_id)
        rows = session.exec(found.where(col(Conversation.author_id).in_(author)).order_by(col(Wait.started_at)))
        return [(w.started_at, w.ended_at) for w in rows]


@pytest.mark.parametrize("name", PLACES)
def test_what_is_said_in_a_thread_we_are_in_arrives_and_small_talk_of_strangers_does_not(
    name: str, database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, asked = scene(name, database, sandbox)
    world = sandbox.world
    follow_up = add(world, "marta", "Still dripping by the way", 40 * MINUTE)
    stranger = add(world, "pavel", "Lovely weather today", 35 * MINUTE)
    assert follow(database, settings, ahead=MINUTE) == 0, "not visited before its time"
    assert follow(database, settings) == 1
    assert stored(database) == ids(world, [asked, follow_up])
    assert external_id(world, stranger) not in stored(database)
    assert waits(database, asked, world) == [(asked.made_at, None)], "a follow-up does not restart the wait"


@pytest.mark.parametrize("name", PLACES)
def test_our_reply_by_hand_is_noticed_with_its_real_time_and_ends_the_wait(
    name: str, database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, asked = scene(name, database, sandbox)
    ours = add(sandbox.world, "brand", "@marta_brews sorry to hear that! Jo", 30 * MINUTE)
    follow(database, settings)
    assert stored(database) == ids(sandbox.world, [asked, ours])
    assert waits(database, asked, sandbox.world) == [(asked.made_at, ours.made_at)]
    with database.reading() as session:
        (found,) = session.exec(select(Conversation)).all()
        assert found.waiting_since is None


@pytest.mark.parametrize("name", ["x", "reddit"])
def test_whoever_answers_our_reply_is_heard_even_in_the_same_visit(
    name: str, database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, asked = scene(name, database, sandbox)
    ours = add(sandbox.world, "brand", "What batch is it?", 30 * MINUTE, key="ours")
    theirs = add(sandbox.world, "pavel", "Mine says 44", 25 * MINUTE, re="ours", key="theirs")
    more = add(sandbox.world, "pavel", "Or was it 45", 20 * MINUTE, re="theirs")
    follow(database, settings)
    assert stored(database) == ids(sandbox.world, [asked, ours, theirs, more])
    assert waits(database, theirs, sandbox.world) == [(theirs.made_at, None)]


def test_nothing_is_asked_twice_and_the_cursor_moves(database: Database, sandbox: Sandbox, house: Settings) -> None:
    settings, asked = scene("x", database, sandbox)
    first = add(sandbox.world, "marta", "Still dripping", 40 * MINUTE)
    follow(database, settings)
    assert (thread(database, asked.id).cursor or {})["since_id"] == first.id
    second = add(sandbox.world, "marta", "And now the lid", 2 * MINUTE)
    assert follow(database, settings) == 0
    assert follow(database, settings, ahead=2 * HOUR) == 1
    assert stored(database) == ids(sandbox.world, [asked, first, second])


@pytest.mark.parametrize(
    ("name", "every"), [("reddit", 15 * MINUTE), ("public", 15 * MINUTE), ("blog", 15 * MINUTE), ("x", HOUR)]
)
def test_a_fresh_thread_is_visited_often(
    name: str, every: timedelta, database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, asked = scene(name, database, sandbox)
    key = external_id(sandbox.world, asked)
    _about(thread(database, key), 15 * MINUTE)
    follow(database, settings)
    _about(thread(database, key), 20 * MINUTE + every)


def test_an_older_thread_is_visited_hourly_and_x_seldom_where_mentions_are_polled(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, asked = scene("reddit", database, sandbox)
    follow(database, settings, ahead=2 * DAY)
    _about(thread(database, asked.fullname), 2 * DAY + HOUR)
    sandbox.world.add("x", "pavel", "my kettle, too", key="tweet", at=sandbox.clock.now() - HOUR)
    source_id = listen_to(database, settings, SourceKind.X_SEARCH, "kettle")
    listen_to(database, settings, SourceKind.X_MENTIONS, "tarnbrook")
    poll(database, settings, source_id)
    follow(database, settings)
    _about(thread(database, sandbox.world.posts["tweet"].id), 20 * MINUTE + 6 * HOUR)


def _about(found: Thread, ahead: timedelta) -> None:
    assert found.next_poll_at
    assert abs(found.next_poll_at - utc_now() - ahead) < MINUTE


def test_a_resolved_conversation_is_followed_seven_days_more_and_a_reopened_one_again(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, asked = scene("reddit", database, sandbox)
    by = By(at=utc_now(), user_id=make_cast(database)["ana"], role=Role.AMBASSADOR)
    with database.writing() as session:
        (conversation_id,) = session.exec(select(Conversation.id)).all()
        assert conversation_id
        resolve(session, conversation_id, Resolution.NO_ANSWER, by=by)
    assert follow(database, settings, ahead=6 * DAY) == 1
    sandbox.log.clear()
    assert follow(database, settings, ahead=7 * DAY + HOUR) == 1, "it is let go"
    assert thread(database, asked.fullname).next_poll_at is None
    assert sandbox.log.seen == []
    assert follow(database, settings, ahead=9 * DAY) == 0
    with database.writing() as session:
        reopen(session, conversation_id, by=by)
    assert follow(database, settings, ahead=9 * DAY) == 1, "somebody waits there again"


def test_history_is_never_followed_and_stays_history_when_its_thread_is(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    world, now = sandbox.world, sandbox.clock.now()
    more = {"place": "kettles", "title": "Old"}
    old = world.add("reddit", "marta", "An old kettle", key="asked", at=now - 10 * DAY, **more)  # type: ignore[arg-type]
    source_id = listen_to(database, house, SourceKind.REDDIT_NEW, "kettles", "kettle")
    comments = listen_to(database, house, SourceKind.REDDIT_COMMENTS, "kettles", "kettle")
    poll(database, house, source_id)
    assert thread(database, old.fullname).next_poll_at is None
    assert follow(database, house, ahead=DAY) == 0
    young = add(world, "pavel", "My kettle is younger", 10 * MINUTE)
    aside = add(world, "marta", "Aside: years ago already", 9 * DAY)
    poll(database, house, comments)
    assert follow(database, house, ahead=30 * MINUTE) == 1
    assert stored(database) == ids(world, [old, young, aside])
    with database.reading() as session:
        found = session.exec(select(Conversation).order_by(col(Conversation.id))).all()
        assert [(c.status, c.resolution) for c in found] == [
            (Status.RESOLVED, Resolution.HISTORY),
            (Status.NEW, None),
        ]


def test_a_locked_thread_ends_the_waits_in_it(database: Database, sandbox: Sandbox, house: Settings) -> None:
    settings, asked = scene("reddit", database, sandbox)
    sandbox.world.lock("asked")
    follow(database, settings)
    with database.reading() as session:
        (wait,) = session.exec(select(Wait)).all()
        assert wait.end == WaitEnd.LOCKED
        assert session.exec(select(Conversation.waiting_since)).one() is None
    assert thread(database, asked.fullname).locked_at


def test_threads_on_x_stop_at_the_daily_money_and_go_on_the_next_day(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings, asked = scene("x", database, sandbox)
    follow_up = add(sandbox.world, "marta", "Still dripping", 40 * MINUTE)
    poor = settings.model_copy(update={"x_daily_usd": 0.05})
    sandbox.log.clear()
    follow(database, poor)
    found = thread(database, asked.id)
    assert sandbox.log.seen == []
    assert "daily 0.05 USD" in (found.last_error or "")
    assert found.next_poll_at
    assert found.next_poll_at.hour == found.next_poll_at.minute == 0
    follow(database, settings, ahead=DAY)
    assert stored(database) == ids(sandbox.world, [asked, follow_up])


def test_a_failing_platform_backs_off_and_keeps_what_it_said(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    from sandbox.faults import Fault

    settings, asked = scene("reddit", database, sandbox)
    sandbox.faults.arm(Fault("/api/info", status=500, times=2))
    for failures, ahead in ((1, 20 * MINUTE), (2, 2 * HOUR)):
        follow(database, settings, ahead=ahead)
        found = thread(database, asked.fullname)
        assert (found.failures, bool(found.last_error)) == (failures, True)
        _about(found, ahead + 15 * MINUTE * 2**failures)
    follow(database, settings, ahead=DAY)
    assert (thread(database, asked.fullname).failures, thread(database, asked.fullname).last_error) == (0, None)


def test_every_thread_has_its_turn_though_a_visit_is_bounded(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    settings = without_reddit_keys(sandbox, database_url=database.url)
    world, now = sandbox.world, sandbox.clock.now()
    for n in range(12):
        world.add("reddit", "marta", f"kettle {n}", at=now - HOUR, title="Help", place="kettles")
    poll(database, settings, listen_to(database, settings, SourceKind.REDDIT_NEW, "kettles", "kettle"))
    sandbox.log.clear()
    follow(database, settings)
    asked = {s.path for s in sandbox.log.seen if "/comments/" in s.path}
    assert len(asked) == 12


def test_threads_of_another_address_are_not_asked_about(database: Database, sandbox: Sandbox, house: Settings) -> None:
    settings, asked = scene("reddit", database, sandbox)
    other = sandbox.url.replace("127.0.0.1", "localhost")
    sandbox.log.clear()
    follow(database, settings.model_copy(update={"reddit_url": other, "reddit_oauth_url": other}))
    assert sandbox.log.seen == []
    assert "another address" in (thread(database, asked.fullname).last_error or "")


def test_a_competitors_threads_are_nobodys_to_follow(database: Database, sandbox: Sandbox, house: Settings) -> None:
    from worker.brands import add_brand

    with database.writing() as session:
        add_brand(session, "Rival", competitor=True)
    now = sandbox.clock.now()
    sandbox.world.add("reddit", "marta", "rival kettle", at=now - HOUR, title="Help", place="kettles")
    poll(database, house, listen_to(database, house, SourceKind.REDDIT_NEW, "kettles", "rival", brand="Rival"))
    with database.reading() as session:
        assert session.exec(select(Thread.next_poll_at)).all() == [None]
    assert follow(database, house, ahead=DAY) == 0


class Reader:
    """A thread listener that fails while one thread, "a", is among those it is asked for."""

    def __init__(self, fails: Exception | None = None, posts: tuple[FoundPost, ...] = ()) -> None:
        self.fails = fails
        self.posts = posts
        self.visits: list[list[str]] = []

    def fetch_threads(self, threads: Sequence[Followed]) -> ThreadBatch:
        names = [t.thread_id for t in threads]
        self.visits.append(names)
        if "a" in names and self.fails:
            raise self.fails
        posts = self.posts if "a" in names else ()
        return ThreadBatch(posts=posts, cursors={n: {"seen": True} for n in names}, cost_usd=0.25)


def followed(database: Database, reader: Reader, monkeypatch: pytest.MonkeyPatch, *names: str) -> At:
    """Threads of these names in which Marta waits, all due together. A worker at that time."""
    monkeypatch.setattr(worker.following, "open_threads", lambda *_: reader)
    acme = make_brand(database)
    arrive(database, acme, [post(n, f"marta_{n}", 0, platform=Platform.BLOG) for n in names], 1)
    return At(database, Settings(database_url=database.url), present=at(17))


@pytest.mark.parametrize("fails", [Unreachable("it sends us elsewhere"), KeyError("nobody foresaw this")])
def test_a_thread_that_always_fails_does_not_starve_those_due_with_it(
    fails: Exception, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(fails)
    hand = followed(database, reader, monkeypatch, "a", "b", "c")
    assert follow_threads(hand) == 3, "once they are visited together, and all fail"
    while any(thread(database, n).cursor is None for n in "bc"):
        hand.present += HOUR
        assert follow_threads(hand) == 1, "then each by itself"
    assert reader.visits == [["a", "b", "c"], ["a"], ["b"], ["c"]]
    assert thread(database, "a").failures == 2
    assert [thread(database, n).failures for n in "bc"] == [0, 0]
    hand.present += DAY
    assert [follow_threads(hand) for _ in range(3)] == [1, 2, 0], "and what succeeded goes together again"


def test_what_cannot_be_saved_backs_off_and_says_so(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(posts=(post("a1", "marta_a", 5, to="a", thread="a", platform=Platform.BLOG, followers=10**30),))
    hand = followed(database, reader, monkeypatch, "a")
    assert follow_threads(hand) == 1
    assert follow_threads(hand) == 0, "it is not due at once again"
    found = thread(database, "a")
    assert (found.failures, found.cursor, found.next_poll_at) == (1, None, at(17 + 30))
    assert "the log has its trace" in (found.last_error or "")
    with database.reading() as session:
        assert session.exec(select(Spending.usd)).all() == [0.25], "what was paid is paid"
        assert session.exec(select(Mention.external_id)).all() == ["a"]


def test_where_threads_are_not_followed_an_open_one_is_let_go_for_good(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader()
    hand = followed(database, reader, monkeypatch, "a")
    hand.settings = hand.settings.model_copy(update={"follow_days": 0})
    assert [follow_threads(hand) for _ in range(3)] == [1, 0, 0]
    assert reader.visits == []
    assert thread(database, "a").next_poll_at is None
