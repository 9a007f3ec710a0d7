"""LISTEN: a feed's entries → `Post`s: who an entry is, when it was, what it says, what it answers.

Comes in: a `ParsedFeed` and the feed's first address. Goes out: posts in the feed's order. Never uses time as an
identity: feeds re-date, omit and future-date their items.
"""

import calendar
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urldefrag, urlsplit

from listeners.feed_shapes import Moment, ParsedAuthor, ParsedEntry, ParsedFeed
from listeners.html_text import http_url
from listeners.post import Post, Writer
from models.values import Platform

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = timedelta(days=1)

# RFC 3986, 4.3: a scheme, a colon, and something without spaces; "C:\..." is no scheme.
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:\S+")
# WordPress opens a comment's RSS text so, in the blog's language: <p>In reply to <a href="…#comment-7">Anna</a>.</p>
_ANSWERS = re.compile(r'\s*<p>[^<]{0,60}<a [^<>]{0,200}?href="([^"<>]{1,1000}#[\w-]+)"[^<>]{0,200}>[^<]{0,200}</a>')
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPlace:
    """Where entries were found."""

    first_url: str
    """The feed's address as it was configured; part of identities for ever, wherever the feed moves."""
    comments: bool = False
    """The entries are comments, not articles."""
    article_id: str | None = None
    """The article that all entries comment on, where that is known."""


def posts_of(feed: ParsedFeed, place: FeedPlace, now: datetime) -> list[Post]:
    """Every entry once, in the feed's order; of entries with one id the first (the newest, as a rule) stands."""
    make = _comment if place.comments else _article
    posts: dict[str, Post] = {}
    for entry in feed.entries:
        post = make(entry, feed, place, now)
        posts.setdefault(post.external_id, post)
    return list(posts.values())


def feed_id(entry: ParsedEntry, first_url: str) -> str:
    """The external_id of a blog post: CONTRACT's rule, the one place where it is written.

    The entry's id if it is an absolute URI, else "<first address>#<id>", else the link, else
    "<first address>#<sha256 of title + text>".
    """
    if entry.id:
        return named_id(entry.id, first_url)
    if entry.link:
        return entry.link
    words = entry.title.text + _body(entry)
    return f"{first_url}#{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()}"


def named_id(identifier: str, first_url: str) -> str:
    """The external_id that an id written in a feed stands for: an entry's own, or the one it answers."""
    return identifier if _ABSOLUTE.fullmatch(identifier) else f"{first_url}#{identifier}"


def believable(moment: Moment | None, now: datetime) -> datetime | None:
    """The moment as aware UTC if it lies in [2000, now + 1 day]; None otherwise: many feeds' dates are nonsense."""
    if moment is None:
        return None
    try:
        when = datetime.fromtimestamp(calendar.timegm((*moment, 0, 0, 0)), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return when if EARLIEST <= when <= now + LATEST else None


def posted_at(entry: ParsedEntry, now: datetime) -> datetime | None:
    """When the entry was published, else when it was updated; None when neither can be believed."""
    return believable(entry.published, now) or believable(entry.updated, now)


def _article(entry: ParsedEntry, feed: ParsedFeed, place: FeedPlace, now: datetime) -> Post:
    identity, title = feed_id(entry, place.first_url), " ".join(entry.title.text.split())
    body = _body(entry)
    whole = body if body.startswith(title) else f"{title}\n\n{body}"
    url = _url(entry)
    return Post(
        platform=Platform.BLOG,
        external_id=identity,
        author=_writer(entry, feed, url or place.first_url),
        text=whole.strip(),
        url=url,
        posted_at=posted_at(entry, now),
        thread_id=identity,
        thread_title=title,
        language=_language(entry, feed),
        comments_url=http_url(entry.comments_feed),
    )


def _comment(entry: ParsedEntry, feed: ParsedFeed, place: FeedPlace, now: datetime) -> Post:
    """A comment is in its article's thread: the one we know, else the page its own link points into."""
    identity, url = feed_id(entry, place.first_url), _url(entry)
    page, part = urldefrag(url)
    answered, text = _answered(entry), _body(entry) or entry.title.text
    if answered:  # that first line is the blog's, not the author's; an Atom feed of the same comments has none
        text = text.partition("\n\n")[2] or text
    return Post(
        platform=Platform.BLOG,
        external_id=identity,
        author=_writer(entry, feed, url or place.first_url),
        text=text,
        url=url,
        posted_at=posted_at(entry, now),
        thread_id=place.article_id or (page if part else None),
        parent_id=_parent(entry, answered, feed, place, identity) or place.article_id,
        language=_language(entry, feed),
    )


def _body(entry: ParsedEntry) -> str:
    return entry.content.text or entry.summary.text


def _url(entry: ParsedEntry) -> str:
    """The entry's page: its link, else an alternate one, else its id where that is a web address."""
    others = (link.href for link in entry.links if link.rel == "alternate")
    return next((safe for raw in (entry.link, *others, entry.id) if (safe := http_url(raw))), "")


def _writer(entry: ParsedEntry, feed: ParsedFeed, page: str) -> Writer:
    """Who wrote it: the entry's author, else the feed's, as Atom says.

    The account's id is the author's address where one is given. A bare name is only unique on its blog, so it becomes
    "<host>#<name in lower case>": two Annas on two blogs are two people. So does a name whose address is only the
    blog's own front page, which all its authors share.
    """
    author = next((a for a in (entry.author, feed.author) if a != ParsedAuthor()), ParsedAuthor())
    uri, name = http_url(author.uri, page), author.name or author.email or author.uri
    shared = uri.rstrip("/") in (http_url(feed.link).rstrip("/"), _front(page))
    host = (urlsplit(page).hostname or "").removeprefix("www.")
    identity = uri if uri and not (shared and name) else f"{host}#{name.lower()}" if name else None
    return Writer(handle=name, external_id=identity, name=name, url=uri)


def _front(page: str) -> str:
    parts = urlsplit(page)
    return f"{parts.scheme}://{parts.netloc}"


def _answered(entry: ParsedEntry) -> str:
    """The link of the comment that WordPress names in the first line of a comment's RSS; "" when there is none."""
    found = _ANSWERS.match(entry.content.value)
    same_page = found is not None and urldefrag(found.group(1))[0] == urldefrag(entry.link)[0]
    return found.group(1) if found is not None and same_page else ""


def _parent(entry: ParsedEntry, answered: str, feed: ParsedFeed, place: FeedPlace, identity: str) -> str | None:
    """What a comment answers: thr:in-reply-to, else the comment named in its first line."""
    if entry.in_reply_to:
        return named_id(entry.in_reply_to, place.first_url)
    if not answered:
        return None
    same = (feed_id(e, place.first_url) for e in feed.entries if e.link == answered)
    return next(same, _sibling(identity, urldefrag(entry.link)[1], urldefrag(answered)[1]))


def _sibling(identity: str, own_part: str, part: str) -> str | None:
    """The id of a comment that is not in the feed any more, where ids end as links do (…#comment-7)."""
    stem = identity.removesuffix(f"#{own_part}")
    return f"{stem}#{part}" if own_part and stem != identity else None


def _language(entry: ParsedEntry, feed: ParsedFeed) -> str | None:
    found = _LANGUAGE.fullmatch(entry.language or feed.language)
    return found.group(1).lower() if found else None
