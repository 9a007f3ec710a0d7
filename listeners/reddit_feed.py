"""LISTEN: one entry of a Reddit feed → `Post`. Comes in: a parsed feed. Goes out: submissions and comments as posts.

A feed tells less than the API: no parent of a comment (only its thread), no deletion, no lock, no edit. It never
guesses what it is not told.
"""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from listeners.feed_parse import Moment, ParsedEntry, ParsedFeed, ParsedText
from listeners.html_text import plain_text
from listeners.post import Post
from listeners.reddit_post import mentioned_in, page_of, thread_in, writer_of
from models.values import Platform

_FULLNAME = re.compile(r"t[13]_[0-9a-z]+\Z", re.I | re.ASCII)
_BODY = re.compile(r"<!-- SC_OFF -->(.*)<!-- SC_ON -->", re.S)
_FURNITURE = re.compile(r"submitted\s+by(?:\s|&#32;|&nbsp;)*<a [^>]*/user/.*\Z", re.S)


def posts_in(feed: ParsedFeed) -> tuple[Post, ...]:
    """The submissions and comments of a feed, in its order; what else a search lists (subreddits) is left out."""
    return tuple(post for entry in feed.entries if (post := post_in(entry)) is not None)


def post_in(entry: ParsedEntry) -> Post | None:
    """Read one entry; None for what is no submission and no comment. A comment's parent_id is None: not told."""
    if not _FULLNAME.match(entry.id):
        return None
    handle = entry.author.name.strip().removeprefix("/u/").removeprefix("u/")
    title, body, path = _words(entry.title), _body(entry), urlsplit(entry.link).path
    submission = entry.id.startswith("t3_")
    text = "\n\n".join(filter(None, [title, body])) if submission else body
    return Post(
        platform=Platform.REDDIT,
        external_id=entry.id,
        author=writer_of(handle),
        text=text,
        url=page_of(path) if "/comments/" in path else "",
        posted_at=_moment(entry.published or entry.updated),
        thread_id=entry.id if submission else thread_in(path),
        thread_title=title if submission else title.removeprefix(f"/u/{handle} on ") if handle else "",
        mentioned=mentioned_in(text),
    )


def _body(entry: ParsedEntry) -> str:
    """What its author wrote. Reddit fences that in two HTML comments and adds "submitted by … [link] [comments]"."""
    content = entry.content.value or entry.summary.value
    fenced = _BODY.search(content)
    if fenced:
        return plain_text(fenced[1])
    return plain_text(_FURNITURE.sub("", content))


def _words(text: ParsedText) -> str:
    return plain_text(text.value) if text.html else text.value.strip()


def _moment(moment: Moment | None) -> datetime | None:
    try:
        return datetime(*moment, tzinfo=UTC) if moment else None
    except ValueError:
        return None
