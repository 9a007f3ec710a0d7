"""A child of a Reddit listing becomes one post, with nothing invented and nothing private kept."""

from datetime import UTC, datetime
from typing import Any

import pytest

from listeners.reddit_post import mentioned_in, moment, page_of, post_of, posts_of, thread_in
from tests.listeners.reddit_stage import comment, submission


def read(child: dict[str, Any]) -> Any:
    post = post_of(child)
    assert post is not None
    return post


def test_a_submission_is_its_title_a_blank_line_and_its_text() -> None:
    post = read(
        submission("abc", "Kettle <leaks>", selftext="Water & steam\n\nu/Tarnbrook_team?", author_fullname="t2_9")
    )
    assert (post.external_id, post.thread_id, post.parent_id) == ("t3_abc", "t3_abc", None)
    assert post.text == "Kettle <leaks>\n\nWater & steam\n\nu/Tarnbrook_team?"
    assert post.thread_title == "Kettle <leaks>"
    assert (post.author.handle, post.author.external_id) == ("marta", "t2_9")
    assert post.author.url == "https://www.reddit.com/user/marta"
    assert post.mentioned == ("tarnbrook_team",)
    assert post.posted_at == datetime.fromtimestamp(1.7e9, UTC)
    assert post.url == "https://www.reddit.com/r/kettles/comments/abc/x/"
    assert (post.language, post.author.followers, post.edited_at) == (None, None, None)


def test_a_link_is_its_title_alone() -> None:
    assert read(submission("abc", "Look", selftext="  ", url="https://x.example")).text == "Look"


def test_a_comment_knows_its_thread_and_what_it_answers() -> None:
    post = read(comment("c1", parent_id="t1_b", link_title="Kettles", edited=1.8e9, locked=True))
    assert (post.thread_id, post.parent_id, post.thread_title, post.text) == ("t3_aa", "t1_b", "Kettles", "It leaks")
    assert post.url == "https://www.reddit.com/r/kettles/comments/aa/_/c1/"
    assert post.edited_at == datetime.fromtimestamp(1.8e9, UTC)
    assert post.locked


def test_an_inbox_item_finds_its_thread_in_its_context_and_addresses_us() -> None:
    child = comment("c1", context="/r/kettles/comments/AA1/some_title/c1/?context=3", dest="Tarnbrook_Team")
    del child["data"]["link_id"]
    post = read(child)
    assert post.thread_id == "t3_aa1"
    assert post.url == "https://www.reddit.com/r/kettles/comments/AA1/some_title/c1/"
    assert post.mentioned == ("tarnbrook_team",)
    assert post.from_copy, "the inbox keeps what a moderator removed from the thread"
    assert not read(comment("c1")).from_copy


def test_a_crosspost_is_a_thread_of_its_own_that_quotes() -> None:
    post = read(submission("abc", crosspost_parent="t3_old"))
    assert (post.thread_id, post.quoted_id) == ("t3_abc", "t3_old")


@pytest.mark.parametrize("mark", ["[deleted]", "[removed]", "[ Removed by Reddit ]", "[removed by moderator]"])
def test_a_deleted_comment_has_no_words(mark: str) -> None:
    for author in ("[deleted]", None):
        post = read(comment("c1", mark, author=author))
        assert (post.deleted, post.text, post.author.handle) == (True, "", "")


def test_somebody_may_say_removed_and_mean_it() -> None:
    assert not read(comment("c1", "[removed]")).deleted


def test_the_words_of_a_deleted_account_stay() -> None:
    post = read(comment("c1", author="[deleted]"))
    assert (post.deleted, post.text, post.author.handle) == (False, "It leaks", "")


@pytest.mark.parametrize(
    "how",
    [
        {"selftext": "[deleted]", "author": "[deleted]"},
        {"title": "[deleted by user]", "author": "[deleted]"},
        {"selftext": "still shown to moderators", "removed_by_category": "moderator"},
    ],
)
def test_a_deleted_submission_has_neither_title_nor_words(how: dict[str, Any]) -> None:
    post = read(submission("abc", **how))
    assert (post.deleted, post.text, post.thread_title) == (True, "", "")


def test_an_archived_thread_takes_no_answer() -> None:
    assert read(submission("abc", archived=True)).locked


def test_messages_people_and_subreddits_are_no_mentions() -> None:
    private = {"kind": "t4", "data": {"name": "t4_x", "id": "x", "body": "psst", "author": "marta"}}
    others = [{"kind": kind, "data": {"id": "x", "name": f"{kind}_x"}} for kind in ("t2", "t5")]
    more = {"kind": "more", "data": {"id": "c9", "name": "t1_c9", "children": ["c9"], "parent_id": "t3_aa"}}
    odd: list[Any] = [None, "t3_abc", 7, [], {}, {"kind": "t3"}, {"kind": "t3", "data": []}, {"data": {"name": "t3_"}}]
    assert posts_of([private, *others, more, *odd]) == ()


def test_values_of_other_kinds_than_reddit_promises_do_no_harm() -> None:
    odd: dict[str, Any] = {
        "author": 5,
        "title": None,
        "selftext": {},
        "created_utc": "yesterday",
        "edited": True,
        "permalink": 3,
    }
    post = read(submission("abc", **odd))
    assert (post.text, post.posted_at, post.edited_at, post.author.handle) == ("", None, None, "")
    assert post.url == "https://www.reddit.com/comments/abc/"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("hello u/Acme and /u/other-one, u/acme", ("acme", "other-one")),
        ("escaped u/acme\\_care", ("acme_care",)),
        ("see https://www.reddit.com/u/acme and you/acme or menu/acme", ()),
        ("(u/acme)", ("acme",)),
        ("谢谢u/acme", ("acme",)),
    ],
)
def test_names_are_found_as_reddit_finds_them(text: str, names: tuple[str, ...]) -> None:
    assert mentioned_in(text) == names


@pytest.mark.parametrize("value", [False, True, None, "1", 0, -1, float("nan"), float("inf"), 1e30])
def test_what_is_no_time_is_none(value: object) -> None:
    assert moment(value) is None


def test_addresses_hold_no_markup() -> None:
    assert page_of('/r/a/comments/b/"><script>/') == "https://www.reddit.com/r/a/comments/b/%22%3E%3Cscript%3E/"
    assert page_of("javascript:alert(1)") == ""
    assert page_of("//evil.example/comments/b") == "https://www.reddit.com//evil.example/comments/b"


def test_a_thread_is_found_in_a_link() -> None:
    assert thread_in("https://www.reddit.com/r/a/comments/1abC/x/") == "t3_1abc"
    assert thread_in("/comments/1abc") == "t3_1abc"
    assert thread_in("https://www.reddit.com/r/a/") is None
