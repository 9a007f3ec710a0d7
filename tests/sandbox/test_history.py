"""Rows to import: the same identities and words as the platforms' answers."""

from datetime import timedelta

from sandbox.history import COLUMNS, history_rows
from sandbox.server import Sandbox
from sandbox.world import World
from tests.sandbox.clients import get, x_client
from tests.sandbox.conftest import NOW

WEEK = timedelta(days=7)


def test_only_what_is_older_and_still_public_is_history(world: World) -> None:
    world.add("x", "marta", "young", at=NOW - timedelta(days=6))
    gone = world.add("x", "marta", "gone", at=NOW - timedelta(days=9))
    world.delete(gone.key)
    old = world.add("x", "marta", "old", at=NOW - timedelta(days=8))
    world.add("x", "pavel", "", re=old.key, kind="repost", at=NOW - timedelta(days=8))
    rows = list(history_rows(world, NOW - WEEK))
    assert [row["text"] for row in rows] == ["old"]
    assert tuple(rows[0]) == COLUMNS


def test_a_row_from_x_is_what_x_answers(world: World, sandbox: Sandbox) -> None:
    root = world.add("x", "marta", "@tarnbrook a < b https://example.org/x", at=NOW - timedelta(days=9))
    reply = world.add("x", "brand", "long " * 80, re=root.key, at=NOW - timedelta(days=8))
    rows = list(history_rows(world, NOW - WEEK))
    client = x_client(sandbox)
    fields = ["note_tweet", "conversation_id"]
    for row, post in zip(rows, client.get_tweets([root.id, reply.id], tweet_fields=fields)["data"], strict=True):
        whole = post.get("note_tweet", post)["text"].replace("&lt;", "<")
        assert (row["external_id"], row["text"], row["conversation_id"]) == (post["id"], whole, post["conversation_id"])
    assert [row["parent_id"] for row in rows] == ["", root.id]
    assert [(row["author"], row["followers"], row["own"]) for row in rows] == [
        ("marta_brews", "312", "false"),
        ("tarnbrook", "18400", "true"),
    ]
    assert rows[0]["posted_at"] == "2026-02-23T12:00:00Z"


def test_rows_from_reddit_carry_fullnames_and_title_with_text(world: World) -> None:
    root = world.add("reddit", "marta", "body", title="Leaks", place="kettles", at=NOW - timedelta(days=9))
    said = world.add("reddit", "pavel", "same", re=root.key, at=NOW - timedelta(days=9))
    rows = list(history_rows(world, NOW - WEEK))
    told = [(row["external_id"], row["text"], row["parent_id"], row["conversation_id"]) for row in rows]
    assert told == [
        (root.fullname, "Leaks\n\nbody", "", root.fullname),
        (said.fullname, "same", root.fullname, root.fullname),
    ]
    assert rows[1]["url"].endswith(f"/r/kettles/comments/{root.id}/leaks/{said.id}/")


def test_rows_from_blogs_have_the_identity_their_feed_gives(world: World, sandbox: Sandbox) -> None:
    article = world.add("blog", "marta", "body", title="Leaks", place="slow-kitchen", at=NOW - timedelta(days=9))
    world.add("blog", "pavel", "same", re=article.key, at=NOW - timedelta(days=9))
    rows = list(history_rows(world, NOW - WEEK))
    assert f">{rows[0]['external_id']}</guid>" in get(sandbox, "/blog/slow-kitchen/feed.xml").text
    comments = get(sandbox, f"/blog/slow-kitchen/leaks-{article.id}/comments.xml").text
    assert f">{rows[1]['external_id']}</guid>" in comments
    assert rows[1]["parent_id"] == rows[1]["conversation_id"] == rows[0]["external_id"]
