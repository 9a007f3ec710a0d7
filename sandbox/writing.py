"""Sandbox: what the brand says. In: drafts, out: posts in the world, at once or when their time has come.

A draft is judged at its own time, so one that a platform took in late may find its text already there.
"""

from datetime import timedelta

from sandbox import reddit_rules, x_rules
from sandbox.backtalk import answer_back, fall_silent
from sandbox.records import Draft, Post
from sandbox.reddit_rules import RedditRefusal
from sandbox.world import World
from sandbox.x_rules import XRefusal

LISTED_AFTER = timedelta(seconds=10)
"""How long timelines, listings and threads do not show what was just said."""
DELAY = "sandbox.delay"
"""Under this name a request carries the seconds by which the platform is to act late."""


def accept(world: World, draft: Draft) -> Post:
    """Publish a draft at its time and return the post; raises XRefusal or RedditRefusal.

    Once it returns the post is kept, even if the process ends before anybody is told.
    """
    check = {"x": x_rules.check, "reddit": reddit_rules.check}[draft.on]
    check(world, draft)
    listed_at = draft.at + LISTED_AFTER
    language = world.posts[draft.re].language if draft.re else "en"
    post = world.add(draft.on, draft.by, draft.text, at=draft.at, re=draft.re, language=language, listed_at=listed_at)
    answer_back(world, post)
    return post


def retract(world: World, post: Post) -> None:
    """Delete a post of the brand's; nobody will answer it any more. Calling twice is safe."""
    world.delete(post.key)
    fall_silent(world, post)


def settle(world: World) -> None:
    """Act on every late draft whose time has come; one that is refused is gone, as nobody waits for it."""
    for draft in world.due(world.clock.now()):
        try:
            accept(world, draft)
        except (XRefusal, RedditRefusal):
            continue
