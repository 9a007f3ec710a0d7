"""What became of Reddit posts we hold."""

from collections.abc import Iterator

import pytest

from listeners.base import Rechecker
from listeners.errors import Unreachable
from listeners.reddit_recheck import BELIEVED, open_reddit_recheck
from sandbox.faults import Fault
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
def rechecker(sandbox: Sandbox) -> Rechecker:
    opened = open_reddit_recheck(keyed(sandbox.url))
    assert opened is not None
    return opened


def test_each_post_comes_back_as_it_is_now(sandbox: Sandbox, rechecker: Rechecker) -> None:
    world = sandbox.world
    root = world.add("reddit", "marta", "It leaks", title="My kettle", place="kettles")
    edited = world.add("reddit", "marta", "Still", re=root.key)
    deleted = world.add("reddit", "pavel", "Mine too", re=root.key)
    removed = world.add("reddit", "pavel", "Buy here", re=root.key)
    world.edit(edited.key, "Mended!")
    world.delete(deleted.key)
    world.delete(removed.key, removed=True)
    world.lock(root.key)
    asked = [root.fullname, edited.fullname, deleted.fullname, removed.fullname, "t1_neverwas"]
    found = {post.external_id: post for post in rechecker.recheck(asked)}
    assert list(found) == asked
    assert found[root.fullname].locked
    assert (found[edited.fullname].text, found[edited.fullname].edited_at) == ("Mended!", NOON)
    for name in asked[2:]:
        assert (found[name].deleted, found[name].text, found[name].author.handle) == (True, "", "")
    assert not found[edited.fullname].deleted


def test_one_odd_answer_is_not_taken_for_a_mass_deletion(rechecker: Rechecker) -> None:
    many = [f"t1_none{n}" for n in range(BELIEVED + 1)]
    assert rechecker.recheck(many) == ()
    assert [post.deleted for post in rechecker.recheck(many[:BELIEVED])] == [True] * BELIEVED


@pytest.mark.parametrize("trouble", ["html", "list"])
def test_trouble_deletes_nothing(sandbox: Sandbox, rechecker: Rechecker, trouble: str) -> None:
    sandbox.faults.arm(Fault("/api/info", trouble))  # type: ignore[arg-type]
    with pytest.raises(Unreachable):
        rechecker.recheck(["t1_abc"])


def test_what_is_no_fullname_is_not_asked_for(sandbox: Sandbox, rechecker: Rechecker) -> None:
    assert rechecker.recheck(["abc", "t4_abc", "t1_a,t1_b"]) == ()
    assert sandbox.log.seen == []


def test_more_than_a_hundred_at_once_is_an_error_of_the_caller(rechecker: Rechecker) -> None:
    with pytest.raises(ValueError, match="at most 100"):
        rechecker.recheck([f"t1_a{n}" for n in range(101)])


def test_without_keys_there_is_no_way_to_look() -> None:
    assert open_reddit_recheck(Settings()) is None
