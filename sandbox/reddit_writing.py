"""Sandbox, Reddit: what POST does. In: a token's owner and a form, out: Reddit's JSON, or a refusal.

Comment, delete, edit, and marks in the inbox. What may be said is decided in `reddit_rules`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sandbox.records import Draft, Post, is_public
from sandbox.reddit_auth import Caller
from sandbox.reddit_paths import Refused
from sandbox.reddit_rules import RedditRefusal, check_text
from sandbox.reddit_shape import Json, known, thing
from sandbox.world import World
from sandbox.writing import accept, retract


@dataclass(frozen=True, slots=True)
class Deed:
    """One POST: who, with which form, and by how many seconds Reddit is to act late."""

    world: World
    who: Caller
    params: dict[str, str]
    delay: float = 0.0


def act(deed: Deed, path: str) -> Json:
    """Do what a cleaned path asks for and return the answer; raises Refused for what has a status of its own."""
    doing = _DEEDS.get(path)
    if doing is None:
        raise Refused(404, "Not Found")
    try:
        return doing(deed)
    except RedditRefusal as refusal:
        if refusal.forbidden:
            raise Refused(403, "Forbidden") from None
        pause = {"ratelimit": float(refusal.seconds)} if refusal.seconds else {}
        return {"json": {**pause, "errors": [refusal.error]}}


def _comment(deed: Deed) -> Json:
    _need_user(deed)
    world, text = deed.world, deed.params.get("text", "")
    check_text(text)
    parent = known(world, deed.params.get("thing_id", ""))
    at = world.clock.now() + timedelta(seconds=deed.delay)
    draft = Draft("reddit", world.keys.user, parent.key if parent else None, text, at)
    if deed.delay:
        world.put_off(draft)
        return {}
    return _shown(world, accept(world, draft))


def _delete(deed: Deed) -> Json:
    _need_user(deed)
    post = _own(deed, "id")
    if post and is_public(post, deed.world.clock.now()):
        retract(deed.world, post)
    return {}


def _edit(deed: Deed) -> Json:
    _need_user(deed)
    text = deed.params.get("text", "")
    check_text(text)
    post = _own(deed, "thing_id")
    if post is None or not is_public(post, deed.world.clock.now()):
        raise RedditRefusal("NOT_AUTHOR", "you can't do that", "thing_id")
    return _shown(deed.world, deed.world.edit(post.key, text))


def _marks(deed: Deed, *, read: bool) -> Json:
    if deed.who != "user":
        raise Refused(403, "Forbidden")
    deed.world.mark_read({name for name in deed.params.get("id", "").split(",") if name}, read=read)
    return {}


_DEEDS: dict[str, Callable[[Deed], Json]] = {
    "/api/comment": _comment,
    "/api/del": _delete,
    "/api/editusertext": _edit,
    "/api/read_message": lambda deed: _marks(deed, read=True),
    "/api/unread_message": lambda deed: _marks(deed, read=False),
}


def _need_user(deed: Deed) -> None:
    if deed.who != "user":
        raise RedditRefusal("USER_REQUIRED", "Please log in to do that.")


def _own(deed: Deed, name: str) -> Post | None:
    post = known(deed.world, deed.params.get(name, ""))
    return post if post and post.by == deed.world.keys.user else None


def _shown(world: World, post: Post) -> Json:
    return {"json": {"errors": [], "data": {"things": [thing(world, post)]}}}
