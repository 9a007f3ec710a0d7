"""feedparser's objects become plain shapes; nothing of a feed is opened or changed on the way."""

from pathlib import Path

import pytest

from listeners.feed_reading import read_feed
from listeners.feed_shapes import ParsedEntry, ParsedFeed, from_json, to_json
from tests.listeners.tiny_server import item, rss

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:feedparser")
URL = "https://blog.example/feeds/all.xml"


def read(body: bytes | str, content_type: str = "application/xml") -> ParsedFeed:
    return read_feed(body.encode() if isinstance(body, str) else body, content_type, URL)


def only(body: bytes | str) -> ParsedEntry:
    (entry,) = read(body).entries
    return entry


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"
 xmlns:thr="http://purl.org/syndication/thread/1.0"><title>Blog</title><author><name>Mia</name></author>
 <link href="https://blog.example/"/><entry><id>tag:blog.example,2026:1</id><title type="text">a &lt;b&gt; c</title>
 <link href="../1"/><link rel="replies" type="application/atom+xml" href="/1/comments.atom" thr:count="3"/>
 <thr:in-reply-to ref="tag:blog.example,2026:0" href="x"/><author><name>Ana</name><uri>https://ana.example/</uri>
 <email>ana@x.example</email></author><published>2026-03-04T13:00:00+01:00</published>
 <updated>2026-03-05T00:00:00Z</updated><content type="html">&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</content>
 </entry></feed>"""


def test_an_atom_entry_is_read_whole() -> None:
    feed = read(ATOM)
    (entry,) = feed.entries
    assert (feed.version, feed.title, feed.author.name, feed.language) == ("atom10", "Blog", "Mia", "de")
    assert (entry.id, entry.link) == ("tag:blog.example,2026:1", "https://blog.example/1")
    assert (entry.title.text, entry.content.text) == ("a <b> c", "One\n\nTwo")
    assert (entry.author.name, entry.author.uri, entry.author.email) == ("Ana", "https://ana.example/", "ana@x.example")
    assert (entry.published, entry.updated) == ((2026, 3, 4, 12, 0, 0), (2026, 3, 5, 0, 0, 0))
    assert entry.comments_feed == "https://blog.example/1/comments.atom"
    assert (entry.in_reply_to, entry.language) == ("tag:blog.example,2026:0", "de")


def test_an_rss_item_is_read_whole() -> None:
    more = (
        "<link>/p/7</link><dc:creator>Ana</dc:creator><comments>/p/7#comments</comments>"
        "<wfw:commentRss>/p/7/feed/</wfw:commentRss><content:encoded>&lt;p&gt;Whole&lt;/p&gt;</content:encoded>"
        "<pubDate>Wed, 04 Mar 2026 12:00:00 GMT</pubDate>"
        '<slash:comments xmlns:slash="http://purl.org/rss/1.0/modules/slash/">12</slash:comments>'
    )
    entry = only(rss(item("7", "Ana &amp; Ben", "short", more)))
    assert (entry.id, entry.link, entry.title.text) == ("7", "https://blog.example/p/7", "Ana & Ben")
    assert (entry.content.text, entry.summary.text) == ("Whole", "short")
    assert (entry.author.name, entry.comment_count) == ("Ana", 12)
    assert entry.comments == "https://blog.example/p/7#comments"
    assert entry.comments_feed == "https://blog.example/p/7/feed/"
    assert entry.published == (2026, 3, 4, 12, 0, 0)


@pytest.mark.parametrize("guid", ["7", "/p/7", "http://blog.example/?", "p 7"])
def test_ids_stay_as_they_are_written(guid: str) -> None:
    """feedparser would join them to the feed's address, and take a lone question mark off."""
    assert only(rss(f"<item><guid>{guid}</guid><title>x</title></item>")).id == guid


@pytest.mark.parametrize(
    ("date", "hour"),
    [("12:00:00 CEST", 10), ("12:00:00 CET", 11), ("12:00:00 JST", 3), ("12:00:00 EST", 17), ("12:00:00 GMT", 12)],
)
def test_zones_by_name_are_not_taken_for_utc(date: str, hour: int) -> None:
    entry = only(rss(item("7", more=f"<pubDate>Wed, 04 Mar 2026 {date}</pubDate>")))
    assert entry.published == (2026, 3, 4, hour, 0, 0)


def test_an_entry_without_updated_has_none() -> None:
    entry = only(rss(item("7", more="<pubDate>Wed, 04 Mar 2026 12:00:00 GMT</pubDate>")))
    assert (entry.published, entry.updated) == ((2026, 3, 4, 12, 0, 0), None)


def test_a_feed_with_a_comment_before_its_declaration_is_read() -> None:
    assert len(read(b"<!-- hello -->\n" + rss(item("1"), item("2"))).entries) == 2
    assert len(read(b"\r\n\r\n" + rss(item("1"))).entries) == 1


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("latin-1", "iso-8859-1"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("utf-16", "utf-16"),
    ],
)
def test_a_wrong_encoding_costs_no_entry(encoding: str, declared: str) -> None:
    text = rss(item("7", "Café – crème")).decode().replace("–", "-" if encoding == "latin-1" else "–")
    body = text.replace('version="1.0"', f'version="1.0" encoding="{declared}"', 1).encode(encoding)
    assert only(body).title.text.startswith("Café")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("&#55357;&#56832;", "😀"), ("&#xD83D;&#xDE00;", "😀"), ("&#x1F600;", "😀"), ("a&#xd83d;b", "a\ufffdb"),
        ("&#x0;", "\ufffd"), ("&#0065;&#0;&#66;", "A\ufffdB"), ("&#x110000;", "\ufffd"), ("&#9999999999;", "\ufffd"),
        ("&#60;&#55357;&#56832;&#62;", "<😀>"), ("&#65279;&#56832;", "\ufeff\ufffd"), ("&#8211;&amp;#0;", "–\ufffd"),
    ],
)  # fmt: skip
def test_half_characters_and_impossible_ones_cost_no_entry(written: str, shown: str) -> None:
    """An emoji as two surrogate references is what some blogs write; feedparser would give the whole feed up."""
    first, second = read(rss(item("1", f"so {written} hot"), item("2", "Second"))).entries
    assert (first.title.text, second.title.text) == (f"so {shown} hot", "Second")


def test_half_characters_in_an_authors_name_and_in_cdata_are_whole_ones() -> None:
    more = (
        "<dc:creator>An&#0;na &#xD83D;&#xDE00;</dc:creator>"
        "<content:encoded><![CDATA[<p>&#55357;&#56832; hot</p>]]></content:encoded>"
    )
    entry = only(rss(item("1", more=more)))
    assert (entry.author.name, entry.content.text) == ("An\ufffdna 😀", "😀 hot")


def test_a_feed_that_names_a_file_opens_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss(item("secret")))
    for body in (str(secret), f"file://{secret}", secret.as_uri()):
        assert read(body).entries == ()
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    entity = f"{doctype}<rss><channel><item><title>&x;</title></item></channel></rss>"
    assert "secret" not in repr(read(entity).entries)


def test_a_picture_as_content_is_passed_over() -> None:
    entry = only(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>x</title><summary>words</summary>'
        '<content type="image/png">iVBORw0KGgo=</content></entry></feed>'
    )
    assert (entry.content.text, entry.summary.text) == ("", "words")


def test_what_is_read_survives_the_way_to_the_parent() -> None:
    feed = read(ATOM)
    assert from_json(to_json(feed)) == feed
    strange = ParsedFeed(title="lone \ud800 surrogate and \x00")
    assert from_json(to_json(strange)) == strange
