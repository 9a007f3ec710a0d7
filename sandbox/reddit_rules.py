"""Sandbox, Reddit: what we may say there. In: a draft and the world at its time, out: nothing, or Reddit's refusal.

Names and words of the errors are Reddit's. The same comment twice is no error there. Checking changes nothing.
"""

from datetime import datetime, timedelta

from sandbox.records import Draft, Post, deleted, locked
from sandbox.reddit_shape import ARCHIVED_AFTER
from sandbox.world import World

LONGEST = 10_000
WINDOW = timedelta(minutes=10)


class RedditRefusal(Exception):
    """A comment Reddit does not take: the error's `name`, its words, the `field` it is about.

    `seconds` is set for RATELIMIT. `forbidden` means a bare 403 instead.
    """

    def __init__(
        self, name: str, message: str = "", field: str | None = None, *, seconds: int = 0, forbidden: bool = False
    ) -> None:
        super().__init__(message or name)
        self.error = [name, message, field]
        self.seconds, self.forbidden = seconds, forbidden


def check_text(text: str) -> None:
    """Raise RedditRefusal for a text that no place would take."""
    if not text.strip():
        raise RedditRefusal("NO_TEXT", "we need something here", "text")
    if len(text) > LONGEST:
        raise RedditRefusal("TOO_LONG", f"this is too long (max: {LONGEST})", "text")


def check(world: World, draft: Draft) -> None:
    """Raise RedditRefusal unless Reddit would publish the draft at its time."""
    check_text(draft.text)
    if draft.re is None:
        raise RedditRefusal("NO_THING_ID", "thing id not specified", "parent")
    parent = world.posts[draft.re]
    _check_place(world, parent)
    _check_parent(world, parent, draft.at)
    _check_pace(world, draft)


def _check_place(world: World, parent: Post) -> None:
    place = world.subreddits[parent.place.casefold()]
    if place.state != "public" or place.bars_us:
        raise RedditRefusal("SUBREDDIT_NOTALLOWED", forbidden=True)


def _check_parent(world: World, parent: Post, now: datetime) -> None:
    root = world.root(parent)
    if deleted(parent, now) and parent is root:
        raise RedditRefusal("DELETED_LINK", "the link you are commenting on has been deleted", "parent")
    if deleted(parent, now):
        raise RedditRefusal("DELETED_COMMENT", "that comment has been deleted", "parent")
    if locked(root, now):
        raise RedditRefusal("THREAD_LOCKED", "Comments are locked.", "parent")
    if now - root.made_at > ARCHIVED_AFTER:
        raise RedditRefusal("TOO_OLD", "that's a piece of history now; it's too late to reply to it", "parent")


def _check_pace(world: World, draft: Draft) -> None:
    own = (post for post in world.posts.values() if post.platform == "reddit" and post.by == draft.by)
    recent = sorted(post.made_at for post in own if draft.at - WINDOW < post.made_at <= draft.at)
    if len(recent) < world.comments_per_window:
        return
    free_at = recent[len(recent) - world.comments_per_window] + WINDOW if world.comments_per_window else None
    seconds = int((free_at - draft.at).total_seconds()) + 1 if free_at else int(WINDOW.total_seconds())
    pause = f"Take a break for {_told(seconds)} before trying again."
    raise RedditRefusal("RATELIMIT", f"Looks like you've been doing that a lot. {pause}", "ratelimit", seconds=seconds)


def _told(seconds: int) -> str:
    count, unit = (seconds // 60, "minute") if seconds >= 60 else (seconds, "second")
    return f"{count} {unit}" + ("" if count == 1 else "s")
