"""Sandbox, X: what we may say there. In: a draft and the world at its time, out: nothing, or X's refusal.

The words are X's own where they are on record. Checking changes nothing.
"""

import unicodedata
from datetime import datetime, timedelta

from sandbox.records import Draft, Post, is_public, locked, text_at
from sandbox.world import World
from sandbox.x_length import LIMIT, weighted_length
from sandbox.x_text import full_text, mentions_in

DUPLICATE_WINDOW = timedelta(hours=24)
"""How long the same text is refused; X does not publish its window."""
TOO_LONG = (
    "Your Tweet text is too long. For more information on how Twitter determines text length see "
    "https://github.com/twitter/twitter-text."
)
GONE = "You attempted to reply to a Tweet that is deleted or not visible to you."
RESTRICTED = "The original Tweet author restricted who can reply to this Tweet."
NOT_SUMMONED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the "
    "author of the post you are replying to."
)
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
NOT_OURS = "You are not authorized to delete this Tweet."


class XRefusal(Exception):
    """A post X does not take; the text is its `detail`."""

    def __init__(self, detail: str, status: int = 403) -> None:
        super().__init__(detail)
        self.status = status


def check(world: World, draft: Draft) -> None:
    """Raise XRefusal unless X would publish the draft at its time."""
    if weighted_length(draft.text) > LIMIT:
        raise XRefusal(TOO_LONG, 400)
    if draft.re is not None:
        _check_target(world, world.posts[draft.re], draft)
    if _said_already(world, draft):
        raise XRefusal(DUPLICATE)


def summoned(world: World, post: Post, by: str, now: datetime) -> bool:
    """Whether the author of a post called the account with the key `by`: it names it, or quotes a post of it.

    One's own posts can always be answered. (X's rule for self-serve access since February 2026.)
    """
    if post.by == by:
        return True
    handle = world.people[by].name_on("x").casefold()
    if handle in (name.casefold() for name in mentions_in(full_text(world, post, text_at(post, now)))):
        return True
    parent = world.parent(post)
    return post.kind == "quote" and parent is not None and parent.by == by


def _check_target(world: World, post: Post, draft: Draft) -> None:
    if not is_public(post, draft.at):
        raise XRefusal(GONE)
    called = summoned(world, post, draft.by, draft.at)
    if locked(world.root(post), draft.at) and not called:
        raise XRefusal(RESTRICTED)
    if not called and not world.enterprise:
        raise XRefusal(NOT_SUMMONED)


def _said_already(world: World, draft: Draft) -> bool:
    text = _plain(draft.text)
    since = draft.at - DUPLICATE_WINDOW
    own = (post for post in world.posts.values() if post.platform == "x" and post.by == draft.by)
    recent = (post for post in own if post.made_at > since and is_public(post, draft.at))
    return any(_plain(post.text) == text for post in recent)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
