"""Once a day the platforms are asked what became of what we hold."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import Conversation, Mention, MentionVersion, Spending, Wait
from models.base import utc_now
from models.database import Database
from models.values import Resolution, SourceKind, Status, WaitEnd
from sandbox.faults import Fault
from sandbox.history import external_id
from sandbox.records import Post
from sandbox.server import Sandbox
from settings import Settings
from tests.worker.stage import Hand, listen_to, mention, poll, stored, without_reddit_keys
from worker.reading import read_mentions
from worker.rechecking import recheck

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TOMORROW = DAY + MINUTE


def scene(on: str, database: Database, sandbox: Sandbox, house: Settings) -> Post:
    """Marta's kettle, found and read."""
    now = sandbox.clock.now()
    more = {"place": "kettles", "title": "Help"} if on == "reddit" else {}
    asked = sandbox.world.add(on, "marta", "My kettle leaks", key="asked", at=now - HOUR, **more)  # type: ignore[arg-type]
    kind, target, match = (SourceKind.X_SEARCH, "kettle", "")
    if on == "reddit":
        kind, target, match = SourceKind.REDDIT_NEW, "kettles", "kettle"
    poll(database, house, listen_to(database, house, kind, target, match))
    read_mentions(Hand(database, house))
    sandbox.log.clear()
    return asked


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_a_deleted_post_becomes_a_tombstone_and_its_wait_ends(
    on: str, database: Database, sandbox: Sandbox, house: Settings
) -> None:
    asked = scene(on, database, sandbox, house)
    sandbox.world.delete("asked")
    assert recheck(Hand(database, house, ahead=TOMORROW)) == 1
    found = mention(database, external_id(sandbox.world, asked))
    assert (found.text, found.url, found.posted_at) == ("", "", asked.made_at)
    assert found.deleted_at
    with database.reading() as session:
        (wait,) = session.exec(select(Wait)).all()
        assert (wait.started_at, wait.end) == (asked.made_at, WaitEnd.DELETED)
        assert session.exec(select(Conversation.waiting_since)).one() is None


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_a_post_that_stands_again_is_found_for_a_week_and_its_author_waits_as_before(
    on: str, database: Database, sandbox: Sandbox, house: Settings
) -> None:
    asked = scene(on, database, sandbox, house)
    post_id = external_id(sandbox.world, asked)
    words = mention(database, post_id).text
    sandbox.world.delete("asked")
    days = [recheck(Hand(database, house, ahead=day * TOMORROW)) for day in (1, 2)]
    assert days == [1, 1], "what went is asked about again"
    sandbox.world.delete("asked", at=sandbox.clock.now() + 99 * DAY)
    recheck(Hand(database, house, ahead=3 * TOMORROW))
    found = mention(database, post_id)
    assert (found.text, found.deleted_at, found.read_at) == (words, None, None)
    assert found.url
    with database.reading() as session:
        (wait,) = session.exec(select(Wait)).all()
        assert (wait.started_at, wait.end) == (asked.made_at, None)
        assert session.exec(select(Conversation.waiting_since)).one() == asked.made_at
    sandbox.world.delete("asked")
    assert recheck(Hand(database, house, ahead=5 * TOMORROW)) == 1
    assert recheck(Hand(database, house, ahead=13 * TOMORROW)) == 0, "eight days after it went"


def test_what_stands_is_looked_at_before_what_went(database: Database, sandbox: Sandbox, house: Settings) -> None:
    scene("x", database, sandbox, house)
    sandbox.world.delete("asked")
    assert recheck(Hand(database, house, ahead=TOMORROW)) == 1
    for n in range(3):
        sandbox.world.add("x", "marta", f"kettle {n}", at=sandbox.clock.now() - HOUR)
    poll(database, house, 1)
    assert recheck(Hand(database, house, ahead=TOMORROW + HOUR)) == 3, "the one that went was looked at longest ago"
    poor = house.model_copy(update={"x_daily_usd": 0.015})
    recheck(Hand(database, poor, ahead=3 * TOMORROW))
    with database.reading() as session:
        looked = select(Mention.deleted_at).where(col(Mention.checked_at) > utc_now() + 2 * TOMORROW)
        assert session.exec(looked).all() == [None, None, None]


def test_an_edit_on_reddit_is_a_version_and_read_again(database: Database, sandbox: Sandbox, house: Settings) -> None:
    asked = scene("reddit", database, sandbox, house)
    sandbox.world.edit("asked", "My kettle caught fire")
    recheck(Hand(database, house, ahead=TOMORROW))
    found = mention(database, asked.fullname)
    assert (found.text, found.editions, found.read_at) == ("Help\n\nMy kettle caught fire", 2, None)
    with database.reading() as session:
        assert session.exec(select(MentionVersion.text)).all() == ["Help\n\nMy kettle leaks"]
    assert read_mentions(Hand(database, house, ahead=TOMORROW)) == 1


def test_an_edit_on_x_is_a_new_post_of_the_same_conversation(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    asked = scene("x", database, sandbox, house)
    edited = sandbox.world.edit("asked", "My kettle caught fire")
    recheck(Hand(database, house, ahead=TOMORROW))
    assert stored(database) == {asked.id, edited.edits[0].id}
    assert mention(database, asked.id).edited_at
    with database.reading() as session:
        assert len(session.exec(select(Conversation)).all()) == 1


@pytest.mark.parametrize("on", ["x", "reddit"])
def test_nothing_is_asked_on_its_first_day_nor_twice_a_day(
    on: str, database: Database, sandbox: Sandbox, house: Settings
) -> None:
    scene(on, database, sandbox, house)
    done = [recheck(Hand(database, house, ahead=ahead)) for ahead in (HOUR, TOMORROW, TOMORROW + 23 * HOUR)]
    assert done == [0, 1, 0]
    assert recheck(Hand(database, house, ahead=2 * TOMORROW)) == 1


def test_what_it_cost_on_x_is_kept_and_its_daily_money_is_never_passed(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    for n in range(6):
        sandbox.world.add("x", "marta", f"kettle {n}", at=sandbox.clock.now() - HOUR)
    scene("x", database, sandbox, house)
    poor = house.model_copy(update={"x_daily_usd": 0.02})
    tomorrow = Hand(database, poor, ahead=TOMORROW)
    assert [recheck(tomorrow), recheck(tomorrow)] == [4, 0]
    with database.reading() as session:
        spent = select(Spending.usd).where(col(Spending.reader) == "recheck:x")
        assert [round(usd, 6) for usd in session.exec(spent)] == [0.02]
    assert recheck(Hand(database, house, ahead=2 * DAY)) == 3, "those not looked at yet come first"


def test_a_failure_counts_as_not_asked_and_is_tried_again_later(
    database: Database, sandbox: Sandbox, house: Settings
) -> None:
    asked = scene("reddit", database, sandbox, house)
    sandbox.world.delete("asked")
    sandbox.faults.arm(Fault("/api/info", status=500))
    hand = Hand(database, house, ahead=TOMORROW)
    assert recheck(hand) == 0
    assert mention(database, asked.fullname).checked_at is None
    asks = len(sandbox.log.seen)
    assert recheck(hand) == 0
    assert len(sandbox.log.seen) == asks, "not again at once"
    hand.ahead += 16 * MINUTE
    assert recheck(hand) == 1
    assert mention(database, asked.fullname).deleted_at


def test_without_keys_nothing_counts_as_looked_at(database: Database, sandbox: Sandbox, house: Settings) -> None:
    asked = scene("reddit", database, sandbox, house)
    keyless = without_reddit_keys(sandbox, database_url=database.url)
    assert recheck(Hand(database, keyless, ahead=TOMORROW)) == 0
    assert mention(database, asked.fullname).checked_at is None


def test_ids_a_platform_says_nothing_of_are_left_alone(database: Database, sandbox: Sandbox, house: Settings) -> None:
    """Seven posts of a subreddit that is closed for a day are not seven deletions."""
    for n in range(7):
        sandbox.world.add("reddit", "marta", f"kettle {n}", at=sandbox.clock.now() - HOUR, title="T", place="coffee")
    poll(database, house, listen_to(database, house, SourceKind.REDDIT_NEW, "coffee", "kettle"))
    sandbox.faults.arm(Fault("/api/info", body='{"kind":"Listing","data":{"children":[],"after":null}}', status=200))
    assert recheck(Hand(database, house, ahead=TOMORROW)) == 7
    with database.reading() as session:
        assert session.exec(select(Mention.id).where(col(Mention.deleted_at).is_not(None))).all() == []


def test_looking_again_at_history_wakes_nothing(database: Database, sandbox: Sandbox, house: Settings) -> None:
    now = sandbox.clock.now()
    more = {"place": "kettles", "title": "Old"}
    old = sandbox.world.add("reddit", "marta", "An old kettle", at=now - 9 * DAY, **more)  # type: ignore[arg-type]
    poll(database, house, listen_to(database, house, SourceKind.REDDIT_NEW, "kettles", "kettle"))
    assert recheck(Hand(database, house, ahead=TOMORROW)) == 1
    assert mention(database, old.fullname).checked_at
    with database.reading() as session:
        (found,) = session.exec(select(Conversation)).all()
        assert (found.status, found.resolution) == (Status.RESOLVED, Resolution.HISTORY)


def test_posts_of_another_address_are_not_asked_about(database: Database, sandbox: Sandbox, house: Settings) -> None:
    asked = scene("reddit", database, sandbox, house)
    other = sandbox.url.replace("127.0.0.1", "localhost")
    elsewhere = house.model_copy(update={"reddit_url": other, "reddit_oauth_url": other})
    assert recheck(Hand(database, elsewhere, ahead=TOMORROW)) == 0
    assert sandbox.log.seen == []
    assert mention(database, asked.fullname).deleted_at is None
