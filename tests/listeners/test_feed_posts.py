"""Who an entry is, when it was, what it says and what it answers."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from listeners.feed_posts import FeedPlace, believable, feed_id, posts_of
from listeners.feed_shapes import Moment, ParsedAuthor, ParsedEntry, ParsedFeed, ParsedLink, ParsedText
from listeners.html_text import as_text
from listeners.post import Post

FIRST = "https://blog.example/feed"
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def text(value: str) -> ParsedText:
    return as_text(value, html=False)


def post(entry: ParsedEntry, place: FeedPlace | None = None, **feed: object) -> Post:
    whole = ParsedFeed(entries=(entry,), **feed)  # type: ignore[arg-type]
    (made,) = posts_of(whole, place or FeedPlace(first_url=FIRST), NOON)
    return made


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("https://blog.example/?p=7", "https://blog.example/?p=7"),
        ("tag:blog.example,2026:7", "tag:blog.example,2026:7"),
        ("urn:uuid:1225c695", "urn:uuid:1225c695"), ("yt:video:dQw4", "yt:video:dQw4"), ("7", f"{FIRST}#7"),
        ("/p/7", f"{FIRST}#/p/7"), ("12:30", f"{FIRST}#12:30"), ("C:\\posts\\7", f"{FIRST}#C:\\posts\\7"),
        ("a b: c", f"{FIRST}#a b: c"), ("tag:", f"{FIRST}#tag:"), ("品牌:7", f"{FIRST}#品牌:7"),
    ],
)  # fmt: skip
def test_an_id_is_the_identity_and_bound_to_its_feed_unless_it_is_absolute(identifier: str, expected: str) -> None:
    assert feed_id(ParsedEntry(id=identifier, link="https://blog.example/7"), FIRST) == expected


def test_without_an_id_the_link_is_the_identity_and_without_a_link_the_words() -> None:
    assert feed_id(ParsedEntry(link="https://blog.example/7", title=text("T")), FIRST) == "https://blog.example/7"
    identity = feed_id(ParsedEntry(title=text("Title"), summary=text("Text")), FIRST)
    assert identity == f"{FIRST}#{hashlib.sha256(b'TitleText').hexdigest()}"
    assert identity == feed_id(ParsedEntry(title=text("Title"), content=text("Text"), summary=text("other")), FIRST)
    assert identity != feed_id(ParsedEntry(title=text("Title"), summary=text("Text!")), FIRST)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ((2026, 3, 4, 11, 0, 0), NOON - timedelta(hours=1)), ((2026, 3, 5, 12, 0, 0), NOON + timedelta(days=1)),
        ((2026, 3, 5, 12, 0, 1), None), ((2000, 1, 1, 0, 0, 0), datetime(2000, 1, 1, tzinfo=UTC)),
        ((1999, 12, 31, 23, 59, 59), None), ((1, 1, 1, 0, 0, 0), None), ((1055, 2, 1, 0, 0, 0), None),
        ((2099, 1, 1, 0, 0, 0), None), ((0, 0, 0, 0, 0, 0), None), ((9999, 99, 1, 0, 0, 0), None), (None, None),
    ],
)  # fmt: skip
def test_a_date_is_believed_between_2000_and_tomorrow(moment: Moment | None, expected: datetime | None) -> None:
    assert believable(moment, NOON) == expected


def test_the_publication_goes_before_the_update_and_the_update_before_nothing() -> None:
    good, later, nonsense = (2026, 3, 1, 0, 0, 0), (2026, 3, 2, 0, 0, 0), (1, 1, 1, 0, 0, 0)
    assert post(ParsedEntry(id="1", published=good, updated=later)).posted_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert post(ParsedEntry(id="1", published=nonsense, updated=later)).posted_at == datetime(2026, 3, 2, tzinfo=UTC)
    assert post(ParsedEntry(id="1", published=nonsense)).posted_at is None


def test_an_article_is_its_title_and_its_text_and_its_own_thread() -> None:
    entry = ParsedEntry(
        id="tag:x,1:1", link="https://blog.example/1", title=text("Hot\nkettle"), content=text("One\n\nTwo"),
        summary=text("short"), comments_feed="https://blog.example/1/feed", language="DE-at",
    )  # fmt: skip
    made = post(entry)
    assert (made.text, made.thread_title) == ("Hot kettle\n\nOne\n\nTwo", "Hot kettle")
    assert (made.external_id, made.thread_id, made.parent_id) == ("tag:x,1:1", "tag:x,1:1", None)
    assert (made.url, made.comments_url, made.language) == (
        "https://blog.example/1",
        "https://blog.example/1/feed",
        "de",
    )


def test_a_title_that_begins_the_text_is_not_said_twice() -> None:
    assert post(ParsedEntry(id="1", title=text("My kettle"), summary=text("My kettle leaks"))).text == "My kettle leaks"
    assert post(ParsedEntry(id="1", title=text("Only a title"))).text == "Only a title"
    assert post(ParsedEntry(id="1", summary=text("Only text"))).text == "Only text"


def test_a_hostile_link_is_no_url_and_the_next_usable_one_is_taken() -> None:
    assert post(ParsedEntry(id="1", link="javascript:alert(1)")).url == ""
    links = (ParsedLink(rel="enclosure", href="https://x/1.mp3"), ParsedLink(rel="alternate", href="https://x/1"))
    assert post(ParsedEntry(id="1", link="data:x", links=links)).url == "https://x/1"
    assert post(ParsedEntry(id="https://x/7")).url == "https://x/7"


def test_two_people_of_one_name_on_two_blogs_are_two_people() -> None:
    ana = ParsedAuthor(name="Ana")
    here = post(ParsedEntry(id="1", link="https://www.blog.example/1", author=ana)).author
    there = post(ParsedEntry(id="1", link="https://other.example/1", author=ParsedAuthor(name="ANA"))).author
    assert (here.handle, here.external_id, there.external_id) == ("Ana", "blog.example#ana", "other.example#ana")


def test_an_authors_address_is_the_identity_unless_it_is_the_blogs_own() -> None:
    ana = ParsedAuthor(name="Ana", uri="https://ana.example/")
    assert post(ParsedEntry(id="1", author=ana)).author.external_id == "https://ana.example/"
    shared = ParsedAuthor(name="Ana", uri="https://blog.example")
    entry = ParsedEntry(id="1", link="https://blog.example/1", author=shared)
    assert post(entry, link="https://blog.example/").author.external_id == "blog.example#ana"
    hostile = ParsedAuthor(name="Ana", uri="javascript:alert(1)")
    assert post(ParsedEntry(id="1", author=hostile)).author.url == ""


def test_an_entry_without_an_author_is_by_the_feeds_author() -> None:
    assert post(ParsedEntry(id="1"), author=ParsedAuthor(name="Mia")).author.handle == "Mia"
    assert post(ParsedEntry(id="1", author=ParsedAuthor(email="mia@x.example"))).author.handle == "mia@x.example"
    nobody = post(ParsedEntry(id="1")).author
    assert (nobody.handle, nobody.external_id) == ("", None)


def test_entries_of_one_id_are_one_post_and_the_first_stands() -> None:
    feed = ParsedFeed(entries=(ParsedEntry(id="1", title=text("new")), ParsedEntry(id="1", title=text("old"))))
    assert [p.text for p in posts_of(feed, FeedPlace(first_url=FIRST), NOON)] == ["new"]


# ---------------------------------------------------------------- comments

UNDER = FeedPlace(first_url=FIRST, comments=True, article_id="https://blog.example/?p=7")
PAGE = "https://blog.example/kettle/"


def comment(number: int, html: str = "<p>Hi</p>", **more: object) -> ParsedEntry:
    return ParsedEntry(
        id=f"https://blog.example/?p=7#comment-{number}", link=f"{PAGE}#comment-{number}", title=text("By: Ana"),
        content=as_text(html, html=True), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_comment_is_in_its_articles_thread_and_answers_the_article() -> None:
    made = post(comment(1), UNDER)
    assert (made.text, made.thread_id, made.parent_id) == ("Hi", UNDER.article_id, UNDER.article_id)


def test_a_comment_under_an_unknown_article_is_in_the_thread_of_its_page() -> None:
    made = post(comment(1), FeedPlace(first_url=FIRST, comments=True))
    assert (made.thread_id, made.parent_id) == (PAGE, None)
    bare = post(ParsedEntry(id="1", link="https://blog.example/c/1"), FeedPlace(first_url=FIRST, comments=True))
    assert bare.thread_id is None


def test_a_comment_says_what_it_answers() -> None:
    assert post(comment(2, in_reply_to="https://blog.example/?p=7#comment-1"), UNDER).parent_id == (
        "https://blog.example/?p=7#comment-1"
    )
    assert post(comment(2, in_reply_to="c1"), UNDER).parent_id == f"{FIRST}#c1"


@pytest.mark.parametrize("words", ["In reply to", "Als Antwort auf", "回复给"])
def test_wordpress_names_the_answered_comment_in_the_first_line(words: str) -> None:
    html = f'<p>{words} <a href="{PAGE}#comment-1">Ana</a>.</p>\n<p>I agree</p>'
    made = post(comment(2, html), UNDER)
    assert made.parent_id == "https://blog.example/?p=7#comment-1"
    assert made.text == "I agree"
    feed = ParsedFeed(entries=(comment(2, html), ParsedEntry(id="odd-id", link=f"{PAGE}#comment-1")))
    assert posts_of(feed, UNDER, NOON)[0].parent_id == f"{FIRST}#odd-id"


@pytest.mark.parametrize(
    "html", [f'<p>See <a href="{PAGE}">this</a></p>', '<p><a href="https://else.example/#c-1">x</a></p>']
)
def test_another_link_in_the_first_line_is_no_parent(html: str) -> None:
    assert post(comment(2, html), UNDER).parent_id == UNDER.article_id
