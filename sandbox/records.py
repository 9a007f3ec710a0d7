"""Sandbox: the frozen records a world consists of, and the rules that follow from them and a moment.

In: nothing, out: plain values. A record is never changed; the world replaces it by a new one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Platform = Literal["x", "reddit", "blog"]
Kind = Literal["post", "reply", "quote", "repost", "submission", "comment", "article"]


@dataclass(frozen=True, slots=True)
class XAccount:
    """A person on X: the handle without @, the shown name, how many follow."""

    handle: str
    name: str = ""
    followers: int = 0


@dataclass(frozen=True, slots=True)
class RedditAccount:
    """A person on Reddit: the name without u/."""

    name: str


@dataclass(frozen=True, slots=True)
class BlogAccount:
    """A person on blogs: the name signed with, and the home page given with it (may be empty)."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the story, under one key on every platform. `ours` is the brand, `automatic` its bot."""

    key: str
    x: XAccount | None = None
    reddit: RedditAccount | None = None
    blog: BlogAccount | None = None
    ours: bool = False
    automatic: bool = False

    def name_on(self, platform: Platform) -> str:
        """Return what the platform calls them; KeyError if they have no account there."""
        if platform == "x" and self.x:
            return self.x.handle
        if platform == "reddit" and self.reddit:
            return self.reddit.name
        if platform == "blog" and self.blog:
            return self.blog.name
        raise KeyError(f"{self.key} has no account on {platform}; give one in [[people]]")


@dataclass(frozen=True, slots=True)
class Subreddit:
    """A community: open to all, private (403), or banned (404); `bars_us` = our account may only read there."""

    name: str
    state: Literal["public", "private", "banned"] = "public"
    bars_us: bool = False


@dataclass(frozen=True, slots=True)
class Blog:
    """A blog: `gone` answers 410; `moved_to` (another slug) answers 301."""

    slug: str
    title: str
    by: str
    language: str = "en"
    gone: bool = False
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A later wording of a post; on X it has an id of its own, elsewhere an empty one."""

    at: datetime
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One thing somebody said in public.

    `re` is the parent's (or quoted or reposted post's) key, `root` the key of the thread's first post,
    `place` the subreddit or blog slug, `served_at` the date a feed claims when it is not `made_at`
    ("" = the feed gives none). `id` is bare: decimal on X, base 36 on Reddit, a number on blogs. Until
    `listed_at` (None = at once) only who asks for its id sees it. `theme` is the story's word for what it is
    about; no platform shows it.
    """

    key: str
    platform: Platform
    kind: Kind
    id: str
    by: str
    made_at: datetime
    text: str
    root: str
    re: str | None = None
    title: str = ""
    place: str = ""
    language: str = "en"
    edits: tuple[Edit, ...] = ()
    deleted_at: datetime | None = None
    removed: bool = False
    locked_at: datetime | None = None
    served_at: datetime | Literal[""] | None = None
    listed_at: datetime | None = None
    theme: str = ""

    @property
    def fullname(self) -> str:
        """Reddit's name for it: t3_… for a submission, t1_… for a comment."""
        return f"{'t3' if self.kind == 'submission' else 't1'}_{self.id}"

    @property
    def order(self) -> tuple[datetime, int]:
        """Where it stands among others: by time, then by id."""
        return self.made_at, int(self.id, 36)


@dataclass(frozen=True, slots=True)
class Draft:
    """Something the brand wants to say: `text` under the post with the key `re` (None = a new post) at `at`."""

    on: Platform
    by: str
    re: str | None
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What people say back once we have answered them.

    `to` names one post whose author says the first of `texts`, `after` seconds after our reply is listed. Without it
    the texts are a stock for a `mood` and a `language`, of which each author takes one; with `themes` only for those.
    """

    texts: tuple[str, ...]
    to: str = ""
    after: int = 0
    mood: Literal["thanks", "broken", "question"] = "thanks"
    language: str = "en"
    themes: tuple[str, ...] = ()


def exists(post: Post, now: datetime) -> bool:
    """Whether the post was made by `now`, deleted since or not."""
    return post.made_at <= now


def deleted(post: Post, now: datetime) -> bool:
    """Whether its author or a moderator has taken it away by `now`."""
    return post.deleted_at is not None and post.deleted_at <= now


def is_public(post: Post, now: datetime) -> bool:
    """Whether anybody may read it at `now`."""
    return exists(post, now) and not deleted(post, now)


def is_listed(post: Post, now: datetime) -> bool:
    """Whether timelines, listings and threads show it at `now`; lookups by id show it earlier."""
    return is_public(post, now) and (post.listed_at is None or post.listed_at <= now)


def locked(root: Post, now: datetime) -> bool:
    """Whether a thread takes no further replies at `now`."""
    return root.locked_at is not None and root.locked_at <= now


def edits_by(post: Post, now: datetime) -> tuple[Edit, ...]:
    """Return the edits made by `now`, oldest first."""
    return tuple(edit for edit in post.edits if edit.at <= now)


def text_at(post: Post, now: datetime) -> str:
    """Return the wording in force at `now`."""
    done = edits_by(post, now)
    return done[-1].text if done else post.text
