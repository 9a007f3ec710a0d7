from datetime import timedelta

import pytest

from sandbox.records import is_public, locked, text_at
from sandbox.world import World, small_world
from tests.sandbox.conftest import NOW


def test_the_same_story_at_the_same_time_gives_the_same_ids() -> None:
    def told() -> list[str]:
        world = small_world(NOW)
        first = world.add("x", "marta", "hello")
        return [
            first.id,
            world.add("reddit", "pavel", "", title="A", place="kettles").id,
            world.edit(first.key, "b").id,
        ]

    assert told() == told()


def test_two_posts_of_one_second_have_different_ids(world: World) -> None:
    posts = [world.add("reddit", "marta", "", title=str(n), place="kettles") for n in range(70)]
    assert len({post.id for post in posts}) == 70


def test_an_answer_joins_the_thread_of_what_it_answers(world: World) -> None:
    root = world.add("x", "marta", "one")
    reply = world.add("x", "brand", "two", re=root.key)
    deeper = world.add("x", "marta", "three", re=reply.key)
    assert [world.root(post) for post in (reply, deeper)] == [root, root]


def test_a_quote_begins_a_thread_of_its_own(world: World) -> None:
    root = world.add("x", "brand", "one")
    quote = world.add("x", "marta", "look", re=root.key, kind="quote")
    assert quote.root == quote.key
    assert world.parent(quote) == root


def test_a_post_to_come_is_there_when_its_time_comes(world: World) -> None:
    post = world.add("x", "marta", "soon", at=NOW + timedelta(minutes=4))
    assert world.on("x", NOW) == []
    assert world.on("x", NOW + timedelta(minutes=4)) == [post]


def test_wordings_deletions_and_locks_hold_from_their_time_on(world: World) -> None:
    post = world.add("reddit", "marta", "first", title="T", place="kettles", at=NOW)
    world.edit(post.key, "second", NOW + timedelta(hours=1))
    world.lock(post.key, NOW + timedelta(hours=2))
    world.delete(post.key, NOW + timedelta(hours=3))
    now = world.posts[post.key]
    assert [text_at(now, NOW + timedelta(hours=h)) for h in (0, 1)] == ["first", "second"]
    assert [locked(now, NOW + timedelta(hours=h)) for h in (1, 2)] == [False, True]
    assert [is_public(now, NOW + timedelta(hours=h)) for h in (2, 3)] == [True, False]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"on": "reddit", "by": "marta", "text": "", "place": "nowhere"}, "nowhere"),
        ({"on": "reddit", "by": "brandbot", "text": "", "place": "kettles"}, "no account on reddit"),
        ({"on": "x", "by": "marta", "text": "again", "key": "one"}, "two posts have the key"),
        ({"on": "blog", "by": "marta", "text": "", "re": "one"}, "answers"),
    ],
)
def test_what_cannot_be_is_refused_by_name(world: World, wrong: dict[str, str], says: str) -> None:
    world.add("x", "marta", "one", key="one")
    with pytest.raises((KeyError, ValueError), match=says):
        world.add(**wrong)  # type: ignore[arg-type]
