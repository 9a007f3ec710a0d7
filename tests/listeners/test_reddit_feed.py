"""An entry of a Reddit feed becomes a post, without the furniture Reddit adds."""

from datetime import UTC, datetime
from typing import Any

import pytest

from listeners.feed_parse import ParsedAuthor, ParsedEntry, ParsedFeed, ParsedText, parse_feed
from listeners.reddit_feed import post_in, posts_in

MARTA = ParsedAuthor(name="/u/marta", uri="https://www.reddit.com/user/marta")
SUBMITTED = (
    ' &#32; submitted by &#32; <a href="https://www.reddit.com/user/marta"> /u/marta </a> <br/> '
    '<span><a href="https://x.example/p">[link]</a></span> &#32; <span><a href="https://x">[comments]</a></span>'
)


def fenced(html: str) -> str:
    return f'<!-- SC_OFF --><div class="md">{html}</div><!-- SC_ON -->'


def entry(**parts: Any) -> ParsedEntry:
    told: dict[str, Any] = {
        "id": "t3_abc",
        "link": "https://www.reddit.com/r/kettles/comments/abc/my_kettle/",
        "title": ParsedText(value="My <kettle> & me"),
        "content": ParsedText(value=fenced("<p>It leaks.</p>\n\n<p>u/acme?</p>") + SUBMITTED, html=True),
        "author": MARTA,
        "published": (2026, 3, 4, 11, 0, 0),
        "updated": (2026, 3, 4, 11, 30, 0),
    }
    return ParsedEntry(**(told | parts))


def read(**parts: Any) -> Any:
    post = post_in(entry(**parts))
    assert post is not None
    return post


def test_a_submission_is_its_title_and_its_own_words() -> None:
    post = read()
    assert post.text == "My <kettle> & me\n\nIt leaks.\n\nu/acme?"
    assert (post.external_id, post.thread_id, post.thread_title) == ("t3_abc", "t3_abc", "My <kettle> & me")
    assert (post.author.handle, post.author.external_id) == ("marta", None)
    assert post.posted_at == datetime(2026, 3, 4, 11, 0, tzinfo=UTC)
    assert post.url == "https://www.reddit.com/r/kettles/comments/abc/my_kettle/"
    assert post.mentioned == ("acme",)


@pytest.mark.parametrize(
    "content", [SUBMITTED, f"<table> <tr><td> <a><img src='x'/></a> </td><td>{SUBMITTED}</td></tr></table>"]
)
def test_a_link_has_no_words_of_its_own(content: str) -> None:
    assert read(content=ParsedText(value=content, html=True)).text == "My <kettle> & me"


def test_words_about_submitting_stay_where_somebody_wrote_them() -> None:
    words = fenced("<p>It was submitted by <a href='https://www.reddit.com/user/pavel'>u/pavel</a>, I think.</p>")
    assert read(content=ParsedText(value=words + SUBMITTED, html=True)).text.endswith(
        "It was submitted by u/pavel, I think."
    )


def test_a_comment_knows_its_thread_but_not_what_it_answers() -> None:
    post = read(
        id="t1_c1",
        link="https://www.reddit.com/r/kettles/comments/abc/my_kettle/c1/",
        title=ParsedText(value="/u/marta on My kettle on fire"),
        content=ParsedText(value=fenced("<p>Still &lt;broken&gt;</p>"), html=True),
        published=None,
    )
    assert (post.thread_id, post.parent_id, post.thread_title) == ("t3_abc", None, "My kettle on fire")
    assert post.text == "Still <broken>"
    assert post.posted_at == datetime(2026, 3, 4, 11, 30, tzinfo=UTC)


def test_what_is_neither_submission_nor_comment_is_left_out() -> None:
    assert posts_in(ParsedFeed(entries=(entry(id="t5_sub"), entry(id="https://x.example/1"), entry(id="")))) == ()


def test_a_foreign_link_is_no_address_of_a_post() -> None:
    assert read(link="javascript:alert(1)").url == ""
    assert read(link="https://evil.example/r/a/comments/b/c/").url.startswith("https://www.reddit.com/r/a/")


def test_an_entry_without_author_and_time_is_kept() -> None:
    post = read(author=ParsedAuthor(), published=None, updated=(2026, 2, 31, 0, 0, 0))
    assert (post.author.handle, post.posted_at) == ("", None)


def test_an_atom_feed_as_reddit_writes_it_is_read() -> None:
    body = """<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>kettles</title>
    <entry><author><name>/u/marta</name><uri>https://www.reddit.com/user/marta</uri></author>
    <category term="kettles" label="r/kettles"/>
    <content type="html">&lt;!-- SC_OFF --&gt;&lt;div class="md"&gt;&lt;p&gt;Steam &amp;amp; water&lt;/p&gt;
    &lt;/div&gt;&lt;!-- SC_ON --&gt; &amp;#32; submitted by &amp;#32; &lt;a href="https://www.reddit.com/user/marta"&gt;
    /u/marta &lt;/a&gt;</content><id>t3_abc</id><link href="https://www.reddit.com/r/kettles/comments/abc/x/" />
    <updated>2026-03-04T11:00:00+00:00</updated><title>It &lt;leaks&gt;</title></entry></feed>"""
    (post,) = posts_in(parse_feed(body.encode(), "application/atom+xml", "https://www.reddit.com/r/kettles/.rss"))
    assert post.text == "It <leaks>\n\nSteam & water"
    assert post.posted_at == datetime(2026, 3, 4, 11, 0, tzinfo=UTC)
