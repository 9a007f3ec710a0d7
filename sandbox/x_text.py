"""Sandbox, X: how a text stands on the wire. In: a post's words, out: cut text with its entities.

Web addresses become t.co links, long texts are cut with the whole in the note, positions count code points.
"""

import html
import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sandbox import ids
from sandbox.records import Post
from sandbox.world import World
from sandbox.x_length import LIMIT, LINK_WEIGHT, letter_weight, weighted_length

MORE = "… "
"""Between a cut text and the link to the whole; the dots weigh two."""
_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
_MENTION = re.compile(r"(?<![\w@])@([A-Za-z0-9_]{1,15})(?![\w@])")
_HASHTAG = re.compile(r"(?<![\w#&])#(\w*[^\W\d_]\w*)")


@dataclass(frozen=True, slots=True)
class WireText:
    """A wording as X serves it: `text` (at most 280 by weight), and the whole `note` if that was cut."""

    text: str
    entities: dict[str, Any]
    note: str | None
    note_entities: dict[str, Any]


def mentions_in(text: str) -> list[str]:
    """Return the handles a text names, without @, in order."""
    return _MENTION.findall(text)


def hashtags_in(text: str) -> list[str]:
    """Return the tags a text holds, without #, in order."""
    return _HASHTAG.findall(text)


def urls_in(text: str) -> list[str]:
    """Return the web addresses a text holds, in order."""
    return _URL.findall(text)


def full_text(world: World, post: Post, wording: str) -> str:
    """Return a wording with what X itself adds: whom a reply answers in front, what a quote quotes behind."""
    parent = world.parent(post)
    if parent is None:
        return wording
    handle = world.author(parent).name_on("x")
    if post.kind == "quote":
        return f"{wording} {post_url(handle, parent.id)}"
    if post.kind == "repost":
        return f"RT @{handle}: {full_text(world, parent, parent.text)}"
    named = {name.casefold() for name in mentions_in(wording)}
    if post.by == parent.by or handle.casefold() in named:
        return wording
    return f"@{handle} {wording}"


def post_url(handle: str, post_id: str) -> str:
    """Return the address people open."""
    return f"https://twitter.com/{handle}/status/{post_id}"


def added_front(post: Post, wording: str, full: str) -> int:
    """Return how many letters of `full_text` X itself has put before a reply's wording."""
    return len(full) - len(wording) if post.kind == "reply" else 0


def wire_text(world: World, full: str, own_url: str, added: int = 0) -> WireText:
    """Shorten links, find entities and cut at 280, as X does for `text` and `note_tweet`.

    The first `added` letters were not typed and do not count.
    &, < and > are sent as entities, and positions count them so (60 of 60 recorded answers agree).
    """
    text, expanded = _shortened(full.strip())
    whole = html.escape(text, quote=False)
    entities = _entities(world, whole, expanded)
    if weighted_length(text[added:]) <= LIMIT:
        return WireText(whole, entities, None, {})
    own_link = short_link(own_url)
    cut = html.escape(f"{_cut(text, LIMIT - LINK_WEIGHT - weight(MORE))}{MORE}{own_link}", quote=False)
    return WireText(cut, _entities(world, cut, expanded | {own_link: own_url}), whole, entities)


def short_link(url: str) -> str:
    """Return the t.co link for an address; the same address has the same link."""
    digest = blake2b(url.encode(), digest_size=8).hexdigest()
    return f"https://t.co/{digest[:10]}"


def weight(text: str) -> int:
    """Count as X does: most letters 1, Chinese, Japanese, Korean and emoji 2."""
    return sum(letter_weight(letter) for letter in text)


def _cut(text: str, limit: int) -> str:
    total = 0
    for at, letter in enumerate(text):
        total += letter_weight(letter)
        if total > limit:
            return text[:at].rstrip()
    return text


def _shortened(text: str) -> tuple[str, dict[str, str]]:
    expanded = {short_link(url): url for url in urls_in(text)}
    return _URL.sub(lambda match: short_link(match[0]), text), expanded


def _entities(world: World, text: str, expanded: dict[str, str]) -> dict[str, Any]:
    found = {
        "hashtags": [_span(match) | {"tag": match[1]} for match in _HASHTAG.finditer(text)],
        "mentions": [_mention(world, match) for match in _MENTION.finditer(text)],
        "urls": [_link(match, expanded) for match in _URL.finditer(text) if match[0] in expanded],
    }
    return {name: items for name, items in found.items() if items}


def _span(match: re.Match[str]) -> dict[str, Any]:
    return {"start": match.start(), "end": match.end()}


def _mention(world: World, match: re.Match[str]) -> dict[str, Any]:
    person = world.person_named("x", match[1])
    known = {"id": user_id(person.name_on("x"))} if person else {}
    return _span(match) | {"username": person.name_on("x") if person else match[1]} | known


def _link(match: re.Match[str], expanded: dict[str, str]) -> dict[str, Any]:
    url = expanded[match[0]]
    shown = re.sub(r"^https?://(www\.)?", "", url)
    shown = shown if len(shown) <= 27 else f"{shown[:26]}…"
    return _span(match) | {"url": match[0], "expanded_url": url, "display_url": shown}


def user_id(handle: str) -> str:
    """Return the X user id of a handle."""
    return str(ids.person_number(handle))
