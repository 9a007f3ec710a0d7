"""Sandbox: people who answer our answers. In: a reply of ours, out: what its addressee will say back, or nothing.

Who says what and when follows from the posts alone, never from chance.
"""

from collections.abc import Iterator
from datetime import timedelta
from zlib import crc32

from sandbox.records import Answer, Post, deleted, locked
from sandbox.world import World

BACK = "+back"
"""What the key of such an answer ends with, behind the key of the post we replied to."""
_SILENT = {"job", "moderation", "place", "press", "promo", "review", "spam", "surname"}
_TROUBLE = {
    *("app", "billing", "delivery", "filter", "handle", "leak", "noise", "phone", "refund", "sparks", "voltage"),
    "warranty",
}
_ROUNDS = 2


def answer_back(world: World, reply: Post) -> Post | None:
    """Let the author of what we replied to answer in the future, at most once a post and twice in a row.

    None if they have nothing to say. The world's `answers` are what can be said.
    """
    parent = world.parent(reply)
    if parent is None or not world.author(reply).ours or world.author(parent).ours:
        return None
    if f"{parent.key}{BACK}" in world.posts or parent.kind in ("article", "repost"):
        return None
    chosen = next(_chosen(world, parent), None)
    if chosen is None:
        return None
    text, after = chosen
    at = (reply.listed_at or reply.made_at) + timedelta(seconds=after)
    if deleted(parent, at) or (parent.platform == "reddit" and locked(world.root(parent), at)):
        return None
    key, language, theme = f"{parent.key}{BACK}", parent.language, parent.theme
    return world.add(parent.platform, parent.by, text, key=key, at=at, re=reply.key, language=language, theme=theme)


def fall_silent(world: World, reply: Post) -> None:
    """Take back what would have been said to a reply of ours that is no longer there."""
    now = world.clock.now()
    for post in list(world.posts.values()):
        if post.re == reply.key and post.made_at > now:
            world.delete(post.key, now)


def _chosen(world: World, parent: Post) -> Iterator[tuple[str, int]]:
    for answer in world.answers:
        if answer.to == parent.key:
            yield answer.texts[0], answer.after
            return
    number = crc32(parent.key.encode())
    rounds = parent.key.count(BACK)
    quiet = parent.theme in _SILENT or rounds >= _ROUNDS or number % 4 == 0
    texts = () if quiet else _stock(world, parent, _mood(parent, number, rounds))
    if texts:
        used = {post.text for post in world.posts.values() if post.key.endswith(BACK)}
        turned = [texts[(number + step) % len(texts)] for step in range(len(texts))]
        yield next((text for text in turned if text not in used), turned[0]), 40 + number // 7 % 140


def _mood(parent: Post, number: int, rounds: int) -> str:
    if rounds:
        return "thanks"
    return ("thanks", "broken", "question")[number // 4 % 3] if parent.theme in _TROUBLE else "thanks"


def _stock(world: World, parent: Post, mood: str) -> tuple[str, ...]:
    def fits(answer: Answer) -> bool:
        return (answer.to, answer.mood, answer.language) == ("", mood, parent.language)

    known = [answer for answer in world.answers if fits(answer)]
    themed = [answer for answer in known if parent.theme in answer.themes]
    plain = [answer for answer in known if not answer.themes]
    return tuple(text for answer in themed or plain for text in answer.texts)
