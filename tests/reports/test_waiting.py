"""Who waits, and what stands behind a figure: the rows a person reads, on both databases."""

from collections.abc import Iterator

import pytest

from models import Conversation, Mention, Placement
from models.database import Database
from models.values import Platform
from reports.waiting import longest_waiting, said_between, said_in_waits
from tests.reports.conftest import MakeWait, minute
from tests.reports.test_query import World


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    with database.writing() as session:
        yield World(session)


def test_the_longest_stands_first_and_whoever_has_an_answer_is_not_there(wait: MakeWait) -> None:
    rows = [wait(at=5), wait(at=1), wait(at=0, answered=3), wait(at=2, needs_answer=False), wait(at=1)]
    found = longest_waiting(rows, minute(60))
    assert [row.wait_id for row in found] == [2, 5, 1]


def test_a_wait_answered_later_was_waiting_then(wait: MakeWait) -> None:
    assert len(longest_waiting([wait(answered=90)], minute(60))) == 1


def test_a_wait_comes_with_its_words_its_person_and_who_has_it(world: World) -> None:
    one, other = world.wait(3), world.wait(4)
    conversation = world.session.get_one(Conversation, one.conversation_id)
    conversation.assignee_id = world.ana.id
    mention = world.session.get_one(Mention, one.first_mention_id)
    mention.text = "<b>=1+1</b>"
    world.session.flush()
    found = said_in_waits(world.session, [one.id or 0, other.id or 0, 4711])
    said = found[one.id or 0]
    assert set(found) == {one.id, other.id}
    assert (said.conversation_id, said.platform, said.handle, said.text, said.posted_at, said.assignee) == (
        one.conversation_id, Platform.X, "1", "<b>=1+1</b>", minute(3), "ana@example.com",
    )  # fmt: skip
    assert found[other.id or 0].assignee == ""


def test_the_posts_of_a_time_stand_newest_first_once_each_and_without_ours(world: World) -> None:
    waits = [world.wait(n) for n in (0, 5, 10, 15)]
    for wait in waits:
        world.add(Placement(mention_id=wait.first_mention_id, brand_id=world.brand.id, conversation_id=None))
    ours = world.session.get_one(Mention, waits[1].first_mention_id)
    ours.own = True
    world.session.flush()
    found = said_between(world.session, brand_ids=[world.brand.id], start=minute(0), end=minute(15))
    assert [(s.handle, s.conversation_id) for s in found] == [("3", None), ("1", None)]
    short = said_between(world.session, brand_ids=[world.brand.id], start=minute(0), end=minute(15), limit=1)
    assert [s.handle for s in short] == ["3"]
