"""Sandbox, X: posts and people as JSON. In: the world and what fields were asked, out: objects of API v2.

Only what was asked for is in the answer. It speaks `tweet.*` (2.166) and `post.*` (2.167).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

from sandbox.records import Person, Post, edits_by, is_public, locked
from sandbox.world import World
from sandbox.x_text import added_front, full_text, mentions_in, post_url, user_id, wire_text

Json = dict[str, Any]

_POST_NAMES = {
    "edit_history_tweet_ids": "edit_history_post_ids",
    "referenced_tweets": "referenced_posts",
    "referenced_tweets.id": "referenced_posts",
    "referenced_tweets.id.author_id": "referenced_posts.author_id",
    "note_tweet": "note_post",
}
_OLD_NAMES = {new: old for old, new in _POST_NAMES.items()} | {"referenced_posts": "referenced_tweets"}
_IMPLIED = {
    "author_id": "author_id",
    "in_reply_to_user_id": "in_reply_to_user_id",
    "referenced_tweets.id": "referenced_tweets",
    "referenced_tweets.id.author_id": "referenced_tweets",
    "entities.mentions.username": "entities",
    "edit_history_tweet_ids": "edit_history_tweet_ids",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asked for, in the old (`tweet.*`) words, and which words to answer in."""

    tweet_fields: frozenset[str] = frozenset()
    user_fields: frozenset[str] = frozenset()
    expansions: frozenset[str] = frozenset()
    new_names: bool = False

    @staticmethod
    def of(params: dict[str, str], new_names: bool) -> "Asked":
        """Read them from a query string; in the new vocabulary both spellings of a name are taken."""
        fields = {*_listed(params, "tweet.fields"), *(_listed(params, "post.fields") if new_names else ())}
        expansions = {_old_expansion(name) for name in _listed(params, "expansions")}
        fields = {_OLD_NAMES.get(name, name) for name in fields}
        fields |= {_IMPLIED[name] for name in expansions if name in _IMPLIED}
        users = frozenset(_listed(params, "user.fields"))
        return Asked(frozenset(fields), users, frozenset(expansions), new_names)

    def word(self, name: str) -> str:
        """Return what a field is called in the vocabulary of this request."""
        return _POST_NAMES.get(name, name) if self.new_names else name


@dataclass(slots=True)
class Extras:
    """What rides along with posts: expanded posts and users by id, and references that lead nowhere."""

    posts: dict[str, Json] = field(default_factory=dict)
    users: dict[str, Json] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a post: which id it has, since when, and all ids of the chain."""

    post: Post
    id: str
    text: str
    made_at: datetime
    history: tuple[str, ...]


def newest_version(post: Post, now: datetime) -> Version:
    """Return the wording in force at `now`."""
    return versions(post, now)[-1]


def versions(post: Post, now: datetime) -> list[Version]:
    """Return every wording up to `now`, oldest first."""
    edits = edits_by(post, now)
    history = (post.id, *(edit.id for edit in edits))
    first = Version(post, post.id, post.text, post.made_at, history)
    return [first, *(Version(post, edit.id, edit.text, edit.at, history) for edit in edits)]


def find_version(world: World, wanted: str) -> Version | None:
    """Return the wording that has an id, deleted posts excluded; None if there is none."""
    now, post = world.clock.now(), world.find("x", wanted)
    if post is None or not is_public(post, now):
        return None
    return next((version for version in versions(post, now) if version.id == wanted), None)


def tweet(world: World, version: Version, asked: Asked) -> Json:
    """Return one post with the default fields and those asked for, empty ones left out."""
    names = {"id", "text", "edit_history_tweet_ids"} | asked.tweet_fields
    made = _tweet_fields(world, version, names)
    if asked.new_names and "public_metrics" in made:
        made["public_metrics"] = _renamed(made["public_metrics"], "retweet_count", "repost_count")
    return {asked.word(name): value for name, value in made.items()}


def user(world: World, person: Person, asked: Asked) -> Json:
    """Return one account with the default fields and those asked for."""
    made = _user_fields(world, person)
    if asked.new_names:
        made["public_metrics"] = _renamed(made["public_metrics"], "tweet_count", "post_count")
    names = {"id", "name", "username"} | asked.user_fields
    return {name: value for name, value in made.items() if name in names}


def extras(world: World, shown: Iterable[Version], asked: Asked) -> Extras:
    """Collect what the expansions bring in: authors, referenced posts and theirs, people named."""
    found = Extras()
    for version in shown:
        _expand(world, version, asked, found)
    return found


def problem_base(new_names: bool) -> str:
    """Return where problem types live in each vocabulary."""
    return f"https://api.{'x' if new_names else 'twitter'}.com/2/problems/"


def iso(at: datetime) -> str:
    """Write a moment as X does, to the second with .000."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _listed(params: dict[str, str], name: str) -> list[str]:
    return [part for part in params.get(name, "").split(",") if part]


def _old_expansion(name: str) -> str:
    return "referenced_tweets.id" if name == "referenced_posts" else _OLD_NAMES.get(name, name)


def _renamed(values: Json, old: str, new: str) -> Json:
    return {new if name == old else name: value for name, value in values.items()}


def _tweet_fields(world: World, version: Version, names: set[str] | frozenset[str]) -> Json:
    post, author = version.post, world.author(version.post)
    full = full_text(world, post, version.text)
    added = added_front(post, version.text, full)
    wire = wire_text(world, full, post_url(author.name_on("x"), version.id), added)
    parent = world.parent(post)
    values: Json = {
        "id": version.id,
        "text": wire.text,
        "edit_history_tweet_ids": list(version.history),
        "author_id": user_id(author.name_on("x")),
        "conversation_id": world.root(post).id,
        "created_at": iso(version.made_at),
        "lang": post.language,
        "entities": wire.entities,
        "note_tweet": _note(wire.note, wire.note_entities),
        "referenced_tweets": _references(post, parent),
        "in_reply_to_user_id": _answered(world, post, parent),
        "public_metrics": _metrics(world, post) if "public_metrics" in names else {},
        "edit_controls": _edit_controls(version),
        "possibly_sensitive": False,
        "reply_settings": "following" if locked(world.root(post), world.clock.now()) else "everyone",
        "source": "Twitter Web App",
    }
    return {name: value for name, value in values.items() if name in names and value not in ({}, [], None)}


def _note(note: str | None, entities: Json) -> Json | None:
    if note is None:
        return None
    return {"text": note} | ({"entities": entities} if entities else {})


def _references(post: Post, parent: Post | None) -> list[Json]:
    kinds = {"reply": "replied_to", "quote": "quoted", "repost": "retweeted"}
    return [{"type": kinds[post.kind], "id": parent.id}] if parent else []


def _answered(world: World, post: Post, parent: Post | None) -> str | None:
    return user_id(world.author(parent).name_on("x")) if parent and post.kind == "reply" else None


def _metrics(world: World, post: Post) -> Json:
    now = world.clock.now()
    about = [other.kind for other in world.posts.values() if other.re == post.key and is_public(other, now)]
    liked = crc32(post.id.encode()) % 23
    return {
        "retweet_count": about.count("repost"),
        "reply_count": about.count("reply"),
        "like_count": liked,
        "quote_count": about.count("quote"),
        "bookmark_count": liked // 9,
        "impression_count": 40 + liked * 31,
    }


def _edit_controls(version: Version) -> Json:
    until = version.post.made_at + timedelta(hours=1)
    return {
        "edits_remaining": 6 - len(version.history),
        "is_edit_eligible": version.post.kind in ("post", "quote"),
        "editable_until": iso(until),
    }


def _user_fields(world: World, person: Person) -> Json:
    account = person.x
    if account is None:
        raise KeyError(f"{person.key} has no account on X")
    said = sum(post.by == person.key for post in world.on("x", world.clock.now()))
    return {
        "id": user_id(account.handle),
        "name": account.name or account.handle,
        "username": account.handle,
        "created_at": "2019-03-04T09:30:00.000Z",
        "description": "",
        "protected": False,
        "verified": False,
        "verified_type": "business" if person.ours else "none",
        "profile_image_url": "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png",
        "public_metrics": {
            "followers_count": account.followers,
            "following_count": account.followers // 3 + 10,
            "tweet_count": said,
            "listed_count": account.followers // 900,
            "like_count": said * 2,
        },
    }


def _expand(world: World, version: Version, asked: Asked, found: Extras) -> None:
    author = world.author(version.post)
    if "author_id" in asked.expansions:
        _take_user(world, author, asked, found)
    parent = world.parent(version.post)
    if parent and "in_reply_to_user_id" in asked.expansions and version.post.kind == "reply":
        _take_user(world, world.author(parent), asked, found)
    if "entities.mentions.username" in asked.expansions:
        for name in mentions_in(full_text(world, version.post, version.text)):
            _take_user(world, world.person_named("x", name), asked, found)
    if parent and asked.expansions & {"referenced_tweets.id", "referenced_tweets.id.author_id"}:
        _take_reference(world, parent, asked, found)
    if "edit_history_tweet_ids" in asked.expansions:
        for other in versions(version.post, world.clock.now()):
            found.posts.setdefault(other.id, tweet(world, other, asked))


def _take_user(world: World, person: Person | None, asked: Asked, found: Extras) -> None:
    if person and person.x and user_id(person.x.handle) not in found.users:
        found.users[user_id(person.x.handle)] = user(world, person, asked)


def _take_reference(world: World, parent: Post, asked: Asked, found: Extras) -> None:
    version = find_version(world, parent.id)
    if version is None:
        found.missing[parent.id] = "referenced_tweets.id"
        return
    found.posts.setdefault(parent.id, tweet(world, version, asked))
    if "referenced_tweets.id.author_id" in asked.expansions or asked.new_names:
        _take_user(world, world.author(parent), asked, found)
