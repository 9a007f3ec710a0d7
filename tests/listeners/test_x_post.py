"""LISTEN, X: raw JSON in both vocabularies becomes one shape; what is missing stays empty, and nothing breaks."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listeners.base import Ours
from listeners.post import Post
from listeners.x_client import Answer
from listeners.x_ids import id_at
from listeners.x_post import read_answer, read_post
from models.values import Platform

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
ID = str(int(id_at(NOON)) + 7)
USER = {"id": "5", "username": "Marta_B", "name": "Marta", "public_metrics": {"followers_count": 312}}


def post(**raw: Any) -> Post:
    return read_post({"id": ID, "text": "hello", **raw}, {"5": USER})


def test_everything_x_tells_is_there() -> None:
    found = post(
        text="@Tarnbrook &lt;3 it&amp;lt; https://t.co/abc",
        author_id="5",
        created_at="2026-03-04T12:00:00.000Z",
        conversation_id="90",
        lang="en",
        entities={"mentions": [{"start": 0, "end": 10, "username": "Tarnbrook", "id": "77"}]},
        referenced_tweets=[{"type": "replied_to", "id": "91"}, {"type": "quoted", "id": "92"}],
        edit_history_tweet_ids=[ID],
    )
    assert found.text == "@Tarnbrook <3 it&lt; https://t.co/abc", "X's entities are undone once, links kept"
    assert (found.platform, found.external_id, found.posted_at) == (Platform.X, ID, NOON)
    assert (found.thread_id, found.parent_id, found.quoted_id) == ("90", "91", "92")
    assert found.mentioned == ("tarnbrook", "77")
    assert (found.author.handle, found.author.external_id, found.author.name) == ("Marta_B", "5", "Marta")
    assert (found.author.followers, found.author.url) == (312, "https://x.com/Marta_B")
    assert found.url == f"https://x.com/Marta_B/status/{ID}"
    assert (found.edit_of, found.edited_at, found.language) == (None, None, "en")


def test_the_new_names_say_the_same() -> None:
    old = {
        "referenced_tweets": [{"type": "replied_to", "id": "91"}],
        "edit_history_tweet_ids": ["90", ID],
        "note_tweet": {"text": "long", "entities": {"mentions": [{"username": "a", "id": "1"}]}},
    }
    new = {name.replace("tweet", "post"): value for name, value in old.items()}
    assert post(**old) == post(**new)


def test_a_long_post_has_its_whole_text_and_all_its_mentions() -> None:
    note = {"text": "the whole &amp; long text @late", "entities": {"mentions": [{"username": "Late", "id": "8"}]}}
    found = post(text="the whole…", note_tweet=note, entities={"mentions": [{"username": "early", "id": "9"}]})
    assert found.text == "the whole & long text @late"
    assert found.mentioned == ("early", "9", "late", "8")


def test_an_edit_names_its_first_edition_and_keeps_its_time_and_thread() -> None:
    first, later = id_at(NOON), str(int(id_at(NOON.replace(minute=10))) + 1)
    raw = {"edit_history_tweet_ids": [first, later], "created_at": "2026-03-04T12:10:00.000Z", "conversation_id": later}
    found = read_post({"id": later, "text": "better", **raw}, {})
    assert (found.external_id, found.edit_of, found.thread_id) == (later, first, first)
    assert (found.posted_at, found.edited_at) == (NOON, NOON.replace(minute=10))


@pytest.mark.parametrize("made", [None, "yesterday", 5, "2026-03-04T12:00:00"])
def test_a_missing_time_is_read_from_the_id(made: object) -> None:
    assert post(created_at=made).posted_at == NOON


def test_an_id_without_time_and_no_time_told_gives_none() -> None:
    assert read_post({"id": "20", "text": "just setting up"}, {}).posted_at is None


def test_an_unknown_author_keeps_the_id_and_a_link_that_works() -> None:
    found = post(author_id="6")
    assert (found.author.handle, found.author.external_id) == ("", "6")
    assert found.url == f"https://x.com/i/status/{ID}"


def test_one_of_our_accounts_is_known_without_an_expansion() -> None:
    ours = (Ours(platform=Platform.X, handle="tarnbrook", external_id="77"),)
    assert read_post({"id": ID, "text": "", "author_id": "77"}, {}, ours).author.handle == "tarnbrook"


@pytest.mark.parametrize(
    ("told", "language"),
    [("en", "en"), ("und", None), ("zxx", None), ("qme", None), ("qst", None), ("in", "id"), ("iw", "he"),
     ("zh-CN", "zh"), ("ckb", None), ("", None), (None, None), (7, None)],
)  # fmt: skip
def test_languages_are_iso_639_1_or_nothing(told: object, language: str | None) -> None:
    assert post(lang=told).language == language


def test_retweets_and_items_without_id_are_counted_not_returned() -> None:
    repost = {"id": "3", "text": "RT @a: hi", "referenced_tweets": [{"type": "retweeted", "id": "2"}]}
    found = read_answer(Answer(data=({"id": "1", "text": "a"}, repost, {"text": "b"}, {"id": "x"})))
    assert [p.external_id for p in found.posts] == ["1"]
    assert (found.reposts, found.unusable) == (1, 2)


def test_our_own_referenced_posts_are_known_by_id_or_by_handle() -> None:
    parents = (
        {"id": "1", "author_id": "77"},
        {"id": "2", "author_id": "5"},
        {"id": "3", "author_id": "6"},
        {"id": "4"},
    )
    ours = (Ours(platform=Platform.X, handle="x", external_id="77"), Ours(platform=Platform.X, handle="marta_b"))
    found = read_answer(Answer(posts=parents, users={"5": USER}), ours)
    assert [p.external_id for p in found.own_parents] == ["1", "2"]
    assert read_answer(Answer(posts=parents, users={"5": USER})).own_parents == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["text", "author_id", "created_at", "conversation_id", "lang", "entities", "note_tweet", "note_post",
     "referenced_tweets", "referenced_posts", "edit_history_tweet_ids", "username"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(FIELDS, JSON), st.dictionaries(st.sampled_from(["username", "name", "public_metrics"]), JSON))
def test_no_shape_of_a_field_breaks_the_reading(raw: dict[str, Any], user: dict[str, Any]) -> None:
    author = str(raw.get("author_id") or "")
    found = read_answer(Answer(data=({"id": ID, **raw},), posts=({"id": "9", **raw},), users={author: user}))
    assert len(found.posts) + found.reposts == 1
