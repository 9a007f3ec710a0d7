"""LISTEN: one child of a Reddit listing → `Post`. Comes in: raw JSON (asked for with raw_json=1). Goes out: a `Post`.

What is no public post (messages, people, subreddits) gives None. It never keeps a private message.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from listeners.post import Post, Writer
from models.values import Platform

SITE = "https://www.reddit.com"
"""Where people open a post, whatever address we poll."""

_FULLNAME = re.compile(r"t[13]_\w+\Z", re.ASCII)
_THREAD = re.compile(r"/comments/([0-9a-z]+)(?:[/?]|\Z)", re.I | re.ASCII)
_MENTION = re.compile(r"(?<![A-Za-z0-9_/])/?u/([A-Za-z0-9_-]{2,32})", re.I)
_MARK = re.compile(r"\[ ?(?:deleted|removed)(?: by [a-z ]+)? ?\]\Z", re.I)


def posts_of(children: Iterable[object]) -> tuple[Post, ...]:
    """The public posts among a listing's children, in the listing's order."""
    return tuple(post for child in children if (post := post_of(child)) is not None)


def post_of(child: object, thread_title: str = "") -> Post | None:
    """Read one child: a submission (t3) or comment (t1, from the inbox too); `thread_title` where it names none."""
    data = child.get("data") if isinstance(child, Mapping) else None
    name = fullname(child)
    if not isinstance(child, Mapping) or not isinstance(data, Mapping) or not _FULLNAME.match(name):
        return None
    if child.get("kind") != name[:2]:
        return None  # a "more" carries the name of the first comment it hides
    return _submission(name, data) if name.startswith("t3_") else _comment(name, data, thread_title)


def fullname(child: object) -> str:
    """`t3_abc` of any child, also of kinds we do not keep; empty when it has none."""
    if not isinstance(child, Mapping) or not isinstance(child.get("data"), Mapping):
        return ""
    data = child["data"]
    kind, id36 = _text(child, "kind"), _text(data, "id")
    return _text(data, "name") or (f"{kind}_{id36}" if kind and id36 else "")


def thread_in(url: str) -> str | None:
    """The submission's fullname in a link to it or to one of its comments; None when the link holds none."""
    found = _THREAD.search(url)
    return f"t3_{found[1].lower()}" if found else None


def mentioned_in(text: str) -> tuple[str, ...]:
    """The names a text addresses as u/name, lower case, in order. Reddit's editor writes _ as \\_."""
    return tuple(dict.fromkeys(name.lower() for name in _MENTION.findall(text.replace("\\_", "_"))))


def page_of(permalink: str) -> str:
    """The address people open, from a path at Reddit; empty stays empty."""
    return SITE + quote(permalink, safe="/%:?&=+#@~!$'()*,;") if permalink.startswith("/") else ""


def writer_of(name: str, external_id: str | None = None) -> Writer:
    """An account by its name; an empty handle for a deleted one."""
    if not name or name == "[deleted]":
        return Writer(handle="")
    return Writer(handle=name, external_id=external_id, url=f"{SITE}/user/{quote(name)}")


def _submission(name: str, data: Mapping[str, Any]) -> Post:
    title, body = _text(data, "title"), _text(data, "selftext")
    gone = bool(data.get("removed_by_category")) or (_nobody(data) and bool(_MARK.match(body) or _MARK.match(title)))
    text = "" if gone else f"{title}\n\n{body}".strip() if body.strip() else title
    return Post(
        external_id=name,
        text=text,
        url=page_of(_text(data, "permalink") or f"/comments/{name[3:]}/"),
        thread_id=name,
        thread_title="" if gone else title,
        quoted_id=_text(data, "crosspost_parent") or None,
        deleted=gone,
        mentioned=mentioned_in(text),
        **_common(data),
    )


def _comment(name: str, data: Mapping[str, Any], thread_title: str) -> Post:
    body = _text(data, "body")
    gone = _nobody(data) and bool(_MARK.match(body.strip()))
    thread = _text(data, "link_id") or thread_in(_text(data, "permalink") or _text(data, "context"))
    text = "" if gone else body
    return Post(
        external_id=name,
        text=text,
        url=page_of(_comment_path(name, data, thread)),
        thread_id=thread,
        thread_title=_text(data, "link_title") or thread_title,
        parent_id=_text(data, "parent_id") or None,
        deleted=gone,
        # An inbox item names the account it was sent to. It keeps the words that a moderator removed from the thread.
        from_copy=bool(_text(data, "dest")),
        mentioned=tuple(dict.fromkeys((*mentioned_in(text), *filter(None, [_text(data, "dest").lower()])))),
        **_common(data),
    )


def _common(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "platform": Platform.REDDIT,
        "author": writer_of(_text(data, "author"), _text(data, "author_fullname") or None),
        "posted_at": moment(data.get("created_utc")),
        "edited_at": moment(data.get("edited")),
        "locked": data.get("locked") is True or data.get("archived") is True,
    }


def _comment_path(name: str, data: Mapping[str, Any], thread: str | None) -> str:
    told = _text(data, "permalink") or _text(data, "context").partition("?")[0]
    if told or not thread:
        return told
    subreddit = _text(data, "subreddit")
    return (f"/r/{subreddit}" if subreddit else "") + f"/comments/{thread[3:]}/_/{name[3:]}/"


def moment(value: object) -> datetime | None:
    """Seconds since 1970 as aware UTC; None for Reddit's `false` and for what is no time."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _nobody(data: Mapping[str, Any]) -> bool:
    return _text(data, "author") in ("", "[deleted]")


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""
