"""Sandbox: the world, who there is and what was said. In: people and posts, out: what was public when.

One world may be read by the server's thread while another changes it: every change replaces a whole
mapping, and tells `keep` what it now holds before anybody is answered. It never knows how a platform words
its answers.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Literal, TypeVar

from sandbox import ids
from sandbox.clock import Clock
from sandbox.keys import Keys
from sandbox.records import (
    Answer,
    Blog,
    BlogAccount,
    Draft,
    Edit,
    Kind,
    Person,
    Platform,
    Post,
    RedditAccount,
    Subreddit,
    XAccount,
    exists,
)

_T = TypeVar("_T")
_ROOT_KIND: dict[Platform, Kind] = {"x": "post", "reddit": "submission", "blog": "article"}
_REPLY_KIND: dict[Platform, Kind] = {"x": "reply", "reddit": "comment", "blog": "comment"}


class World:
    """People, places and posts, and the clock they live by."""

    def __init__(self, clock: Clock | None = None, keys: Keys | None = None) -> None:
        self.clock = clock or Clock()
        self.keys = keys or Keys()
        self.people: dict[str, Person] = {}
        self.subreddits: dict[str, Subreddit] = {}
        self.blogs: dict[str, Blog] = {}
        self.answers: tuple[Answer, ...] = ()
        """What people say back to our replies; empty = nobody does."""
        self.drafts: tuple[Draft, ...] = ()
        """What the platforms took in and will act on later."""
        self.enterprise = False
        """Whether X lets us answer people who did not call us."""
        self.comments_per_window = 60
        """How many comments Reddit takes from us in 10 minutes."""
        self.read_inbox: frozenset[str] = frozenset()
        self.tokens: dict[str, tuple[str, datetime]] = {}
        self.windows: dict[str, tuple[datetime, int]] = {}
        self.keep: Callable[[str, str, Any], None] = lambda kind, key, value: None
        self.posts: dict[str, Post] = {}
        self._by_id: dict[tuple[Platform, str], str] = {}
        self._change = Lock()

    # who and where

    def add_person(self, person: Person) -> Person:
        """Take in a person; their key must be new."""
        self.people = _with_new(self.people, person.key, person)
        self.keep("people", person.key, person)
        return person

    def add_subreddit(self, name: str, state: Literal["public", "private", "banned"] = "public") -> Subreddit:
        """Open a subreddit; its name must be new, whatever its case."""
        self.subreddits = _with_new(self.subreddits, name.casefold(), Subreddit(name, state))
        self.keep("subreddits", name.casefold(), self.subreddits[name.casefold()])
        return self.subreddits[name.casefold()]

    def bar_us(self, name: str, *, barred: bool = True) -> Subreddit:
        """Let a subreddit take no more comments of ours, or take them again."""
        made = replace(self.subreddits[name.casefold()], bars_us=barred)
        self.subreddits = {**self.subreddits, name.casefold(): made}
        self.keep("subreddits", name.casefold(), made)
        return made

    def add_blog(self, blog: Blog) -> Blog:
        """Open a blog; its slug must be new."""
        self.blogs = _with_new(self.blogs, blog.slug, blog)
        self.keep("blogs", blog.slug, blog)
        return blog

    def person_named(self, platform: Platform, name: str) -> Person | None:
        """Return who carries a name on a platform, whatever its case; None if nobody does."""
        for person in self.people.values():
            account = getattr(person, platform)
            if account and person.name_on(platform).casefold() == name.casefold():
                return person
        return None

    # what was said

    def add(
        self,
        on: Platform,
        by: str,
        text: str,
        *,
        key: str | None = None,
        kind: Kind | None = None,
        at: datetime | None = None,
        re: str | None = None,
        title: str = "",
        place: str = "",
        language: str = "en",
        served_at: datetime | Literal[""] | None = None,
        listed_at: datetime | None = None,
        theme: str = "",
    ) -> Post:
        """Publish a post and return it, id and thread filled in.

        `at` is now unless given, and may lie ahead: the post is then public from that moment. `re` is the
        key of a post already added. `place` (subreddit, blog slug) is taken from the parent if absent.
        `listed_at`: when listings begin to show it.
        """
        with self._change:
            parent = self.posts[re] if re else None
            kind = kind or (_REPLY_KIND[on] if parent else _ROOT_KIND[on])
            key = key or f"{on}-{len(self.posts) + 1}"
            place = place or (parent.place if parent else "")
            self._check(on, by, key, parent, place)
            at = (at or self.clock.now()).replace(microsecond=0)
            inside = parent is not None and kind not in ("quote", "repost")
            post = Post(
                key=key,
                platform=on,
                kind=kind,
                id=self._new_id(on, key, at),
                by=by,
                made_at=at,
                text=text,
                root=parent.root if parent and inside else key,
                re=re,
                title=title,
                place=place,
                language=language,
                served_at=served_at,
                listed_at=listed_at,
                theme=theme,
            )
            return self._put(post)

    def edit(self, key: str, text: str, at: datetime | None = None) -> Post:
        """Reword a post from `at` (default now) on; on X the new wording gets an id of its own."""
        with self._change:
            post = self.posts[key]
            at = (at or self.clock.now()).replace(microsecond=0)
            new_id = self._new_id("x", key, at) if post.platform == "x" else ""
            edits = sorted((*post.edits, Edit(at, text, new_id)), key=lambda edit: edit.at)
            return self._put(replace(post, edits=tuple(edits)))

    def delete(self, key: str, at: datetime | None = None, *, removed: bool = False) -> Post:
        """Take a post away from `at` (default now) on; `removed` = by a moderator, else by its author."""
        with self._change:
            return self._put(replace(self.posts[key], deleted_at=at or self.clock.now(), removed=removed))

    def lock(self, key: str, at: datetime | None = None) -> Post:
        """Close the thread that the post belongs to from `at` (default now) on; return its first post."""
        with self._change:
            root = self.posts[self.posts[key].root]
            return self._put(replace(root, locked_at=at or self.clock.now()))

    # what there is

    def on(self, platform: Platform, now: datetime) -> list[Post]:
        """Return what exists on a platform at `now`, deleted posts included, oldest first."""
        found = [post for post in self.posts.values() if post.platform == platform and exists(post, now)]
        return sorted(found, key=lambda post: post.order)

    def find(self, platform: Platform, post_id: str) -> Post | None:
        """Return the post with a bare id (on X: any of its wordings' ids), public or not; or None."""
        key = self._by_id.get((platform, post_id))
        return self.posts[key] if key else None

    def author(self, post: Post) -> Person:
        """Return who wrote it."""
        return self.people[post.by]

    def parent(self, post: Post) -> Post | None:
        """Return the post it answers, quotes or reposts; None for a first post."""
        return self.posts[post.re] if post.re else None

    def root(self, post: Post) -> Post:
        """Return the first post of its thread."""
        return self.posts[post.root]

    def mark_read(self, fullnames: set[str], *, read: bool = True) -> None:
        """Mark notices in the brand's Reddit inbox as read, or as unread again."""
        marked = self.read_inbox | fullnames if read else self.read_inbox - fullnames
        self.remember("read_inbox", marked)

    # what is to come, and what outlives a restart

    def put_off(self, draft: Draft) -> None:
        """Take in something to say later; `due` hands it out when its time has come."""
        with self._change:
            self.remember("drafts", (*self.drafts, draft))

    def due(self, now: datetime) -> list[Draft]:
        """Hand out each draft whose time has come, once, oldest first."""
        with self._change:
            ready = sorted((draft for draft in self.drafts if draft.at <= now), key=lambda draft: draft.at)
            if ready:
                self.remember("drafts", tuple(draft for draft in self.drafts if draft.at > now))
            return ready

    def remember(self, name: Literal["read_inbox", "drafts", "tokens", "windows"], value: Any) -> None:
        """Replace what is known under a name, and keep it."""
        setattr(self, name, value)
        self.keep(name, "", value)

    def refill(self, posts: Iterable[Post]) -> None:
        """Take these posts for all there are, with the ids they have."""
        self.posts = {post.key: post for post in posts}
        self._by_id = {}
        for post in self.posts.values():
            for post_id in (post.id, *(edit.id for edit in post.edits if edit.id)):
                self._by_id[post.platform, post_id] = post.key

    def _put(self, post: Post) -> Post:
        self.keep("posts", post.key, post)
        self.posts = {**self.posts, post.key: post}
        return post

    def _check(self, on: Platform, by: str, key: str, parent: Post | None, place: str) -> None:
        self.people[by].name_on(on)
        if key in self.posts:
            raise ValueError(f"two posts have the key {key!r}; give one of them another")
        if parent and parent.platform != on:
            raise ValueError(f"{key!r} on {on} answers {parent.key!r} on {parent.platform}")
        places = {"x": {""}, "reddit": set(self.subreddits), "blog": set(self.blogs)}
        if place.casefold() not in places[on]:
            raise ValueError(f"{key!r} stands in {place!r}, which is not known on {on}; add it first")

    def _new_id(self, on: Platform, key: str, at: datetime) -> str:
        number = _id_number(on, at, len(self._by_id))
        while (on, _id_text(on, number)) in self._by_id:
            number += 1
        made = _id_text(on, number)
        self._by_id[on, made] = key
        return made


def small_world(at: datetime | None = None, offset: timedelta = timedelta(0)) -> World:
    """Return a world with the brand, its bot and two customers and nothing said yet.

    With `at` its clock stands still there, else it runs `offset` apart from the machine's.
    """
    world = World(Clock(offset, at))
    world.add_person(
        Person(
            "brand",
            XAccount("tarnbrook", "Tarnbrook", 18_400),
            RedditAccount("tarnbrook_team"),
            BlogAccount("Tarnbrook", "https://tarnbrook.example"),
            ours=True,
        )
    )
    bot = XAccount("tarnbrook_bot", "Tarnbrook status")
    world.add_person(Person("brandbot", bot, ours=True, automatic=True))
    for key, followers in (("marta", 312), ("pavel", 45)):
        x = XAccount(f"{key}_brews", key.title(), followers)
        world.add_person(Person(key, x, RedditAccount(f"u_{key}"), BlogAccount(key.title())))
    world.add_subreddit("kettles")
    world.add_subreddit("coffee")
    world.add_blog(Blog("slow-kitchen", "Slow Kitchen", "marta"))
    return world


def _id_number(on: Platform, at: datetime, order: int) -> int:
    if on == "x":
        return ids.snowflake(at, order)
    return ids.reddit_number(at, order) if on == "reddit" else 1000 + order


def _id_text(on: Platform, number: int) -> str:
    return ids.base36(number) if on == "reddit" else str(number)


def _with_new(known: dict[str, _T], key: str, value: _T) -> dict[str, _T]:
    if key in known:
        raise ValueError(f"{key!r} is there twice; give one of them another name")
    return {**known, key: value}
