"""The story: how it is read, and that the one we tell holds together."""

from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from sandbox.clock import Clock
from sandbox.life import STORY, StoryError, load_story, read_tables, span
from sandbox.records import Answer, text_at
from sandbox.x_text import mentions_in
from tests.sandbox.conftest import NOW

SMALL = """
[[people]]
key = "ana"
x = { handle = "ana", followers = 3 }
blog = { name = "Ana" }
[[blogs]]
slug = "b"
title = "B"
by = "ana"
"""


def tell(folder: Path, posts: str) -> object:
    (folder / "a.toml").write_text(SMALL + posts, encoding="utf-8")
    return load_story(Clock(stopped_at=NOW), folder)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("-2d 3h 12m", -184_320), ("+4m 30s", 270), ("2h", 7_200), ("-30s", -30), ("1d", 86_400)],
)
def test_times_are_read_as_written(text: str, seconds: int) -> None:
    assert span(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "soon", "2", "2w", "-", "1h -3m"])
def test_a_wrong_time_is_refused(text: str) -> None:
    with pytest.raises(StoryError, match="is no time"):
        span(text)


def test_edits_deletions_locks_and_dates_are_taken_from_the_story(tmp_path: Path) -> None:
    posts = """
[[posts]]
key = "two"
on = "blog"
kind = "comment"
by = "ana"
at = "-1h"
re = "one"
text = "later"
[[posts]]
key = "one"
on = "blog"
kind = "article"
by = "ana"
blog = "b"
at = "-2d"
dated = "-400d"
title = "T"
text = "first"
edit = { after = "1d", text = "second" }
delete = { after = "47h", by = "moderator" }
lock = { after = "30h" }
"""
    world = tell(tmp_path, posts)
    one = world.posts["one"]  # type: ignore[attr-defined]
    assert (one.made_at, one.served_at) == (NOW - timedelta(days=2), NOW - timedelta(days=400))
    assert [text_at(one, NOW - timedelta(hours=h)) for h in (25, 24)] == ["first", "second"]
    assert (one.deleted_at, one.removed) == (NOW - timedelta(hours=1), True)
    assert one.locked_at == NOW - timedelta(hours=18)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ('by = "nobody"', "nobody"),
        ('by = "ana"\nre = "none"', "nobody wrote"),
        ('by = "ana"\nblog = "c"', "not known"),
        ('by = "ana"\nat = "now"', "is no time"),
    ],
)
def test_a_table_that_cannot_be_right_is_named(tmp_path: Path, change: str, says: str) -> None:
    lines = {"on": "x", "kind": "post", "text": "t", "key": "k"}
    given = change if "at =" in change else f'{change}\nat = "-1h"'
    post = "\n[[posts]]\n" + "\n".join(f'{name} = "{value}"' for name, value in lines.items()) + f"\n{given}\n"
    with pytest.raises(StoryError, match=says):
        tell(tmp_path, post)


def test_what_is_answered_back_is_taken_from_the_story(tmp_path: Path) -> None:
    post = """
[[posts]]
key = "one"
on = "x"
kind = "post"
by = "ana"
at = "-1h"
text = "t"
[[answers]]
to = "one"
after = "1m 15s"
texts = ["Danke "]
[[answers]]
mood = "broken"
language = "de"
themes = ["leak"]
texts = ["a", "b"]
"""
    world = tell(tmp_path, post)
    assert world.answers == (  # type: ignore[attr-defined]
        Answer(("Danke",), to="one", after=75),
        Answer(("a", "b"), mood="broken", language="de", themes=("leak",)),
    )
    with pytest.raises(StoryError, match="'two', which nobody wrote"):
        tell(tmp_path, post.replace('to = "one"', 'to = "two"'))


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match="not a table"):
        tell(tmp_path, "\n[[colours]]\nname = 'red'\n")


def test_our_story_loads_and_every_reference_resolves() -> None:
    tables = read_tables(sorted(STORY.glob("*.toml")))
    world = load_story(Clock(stopped_at=NOW))
    assert len(world.posts) == len(tables["posts"]) >= 400
    assert {blog.by for blog in world.blogs.values()} <= world.people.keys()
    for post in world.posts.values():
        assert world.author(post).name_on(post.platform)
        assert world.root(post).made_at <= post.made_at
    assert world.people["brand"].ours
    assert world.people["brandbot"].automatic


def test_our_story_happens_on_every_platform_and_goes_on_after_now() -> None:
    world = load_story(Clock(stopped_at=NOW))
    assert all(len(world.on(platform, NOW)) > 10 for platform in ("x", "reddit", "blog"))
    assert any(post.made_at > NOW for post in world.posts.values())
    assert any(post.made_at < NOW - timedelta(days=7) for post in world.posts.values())


def test_in_our_story_people_are_answered_sooner_from_week_to_week() -> None:
    world = load_story(Clock(stopped_at=NOW))
    took: dict[int, list[float]] = {0: [], 1: [], 2: []}
    for post in world.posts.values():
        asked = world.parent(post)
        if post.by == "brand" and asked and asked.by != "brand" and asked.made_at < NOW - timedelta(days=1.5):
            took[(NOW - asked.made_at).days // 7].append((post.made_at - asked.made_at).total_seconds() / 3_600)
    assert all(len(hours) >= 25 for hours in took.values())
    assert median(took[2]) > 3 > 2 > median(took[1]) > 1 > median(took[0])


def test_our_story_names_nobody_on_x_who_is_not_in_it() -> None:
    world = load_story(Clock(stopped_at=NOW))
    named = {name for post in world.posts.values() if post.platform == "x" for name in mentions_in(post.text)}
    assert {name for name in named if world.person_named("x", name) is None} <= {"everyone"}


def test_the_same_now_gives_the_same_ids() -> None:
    first, second = (load_story(Clock(stopped_at=NOW)) for _ in range(2))
    assert [post.id for post in first.posts.values()] == [post.id for post in second.posts.values()]
