"""Sandbox, Reddit: things as JSON. In: the world's posts and people, out: Reddit's kind/data objects.

Deleted and removed things keep their place and lose their words and author, as on Reddit.
"""

import html
import re
from datetime import datetime, timedelta
from typing import Any

from sandbox.ids import base36, person_number
from sandbox.records import Person, Post, deleted, edits_by, exists, is_listed, locked, text_at
from sandbox.world import World

Json = dict[str, Any]
SITE = "https://www.reddit.com"
ARCHIVED_AFTER = timedelta(days=180)


def thing(world: World, post: Post) -> Json:
    """Return a submission (t3) or a comment (t1, its replies left empty)."""
    if post.kind == "submission":
        return {"kind": "t3", "data": _submission(world, post)}
    return {"kind": "t1", "data": comment_data(world, post)}


def listing(children: list[Json], after: str | None, before: str | None = None) -> Json:
    """Wrap things as a Listing; `after` and `before` are fullnames or None."""
    data = {
        "after": after,
        "dist": len(children),
        "modhash": None,
        "geo_filter": "",
        "children": children,
        "before": before,
    }
    return {"kind": "Listing", "data": data}


def comment_data(world: World, post: Post) -> Json:
    """Return the data of a comment, `replies` empty."""
    now, root = world.clock.now(), world.root(post)
    parent = world.parent(post)
    body = words_of(post, now)
    return _common(world, post) | {
        "body": body,
        "body_html": body_html(body),
        "parent_id": parent.fullname if parent else root.fullname,
        "link_id": root.fullname,
        "link_title": root.title,
        "link_author": author_of(world, root, now),
        "link_permalink": f"{SITE}{permalink(root)}",
        "link_url": f"{SITE}{permalink(root)}",
        "num_comments": count_comments(world, root),
        "is_submitter": post.by == root.by,
        "score_hidden": False,
        "controversiality": 0,
        "collapsed": False,
        "replies": "",
        "locked": False,
        "permalink": permalink(post, root),
    }


def redditor(world: World, person: Person) -> Json:
    """Return an account (t2)."""
    name, now = person.name_on("reddit"), world.clock.now()
    said = sum(post.by == person.key for post in world.on("reddit", now))
    data = {
        "id": base36(person_number(name)),
        "name": name,
        "created": 1_500_000_000.0,
        "created_utc": 1_500_000_000.0,
        "link_karma": 10 + said,
        "comment_karma": 40 + said * 3,
        "is_employee": False,
        "is_friend": False,
        "is_mod": False,
        "is_gold": False,
        "verified": True,
        "has_verified_email": True,
        "icon_img": "",
        "subreddit": None,
    }
    return {"kind": "t2", "data": data}


def subreddit(world: World, name: str) -> Json:
    """Return a community (t5)."""
    place = world.subreddits[name.casefold()]
    data = {
        "id": base36(person_number(place.name)),
        "name": f"t5_{base36(person_number(place.name))}",
        "display_name": place.name,
        "display_name_prefixed": f"r/{place.name}",
        "title": place.name,
        "public_description": "",
        "description": "",
        "subreddit_type": "public",
        "subscribers": 12_000 + person_number(place.name) % 90_000,
        "created_utc": 1_300_000_000.0,
        "over18": False,
        "quarantine": False,
        "url": f"/r/{place.name}/",
        "lang": "en",
    }
    return {"kind": "t5", "data": data}


def words_of(post: Post, now: datetime) -> str:
    """Return the text in force, or what stands there once it is deleted or removed."""
    if deleted(post, now):
        return "[removed]" if post.removed else "[deleted]"
    return text_at(post, now)


def author_of(world: World, post: Post, now: datetime) -> str:
    """Return the author's name, or [deleted]."""
    return "[deleted]" if deleted(post, now) else world.author(post).name_on("reddit")


def permalink(post: Post, root: Post | None = None) -> str:
    """Return the path of a submission, or of a comment under `root`."""
    top = root or post
    path = f"/r/{top.place}/comments/{top.id}/{slug(top.title)}/"
    return path if root is None or root is post else f"{path}{post.id}/"


def slug(title: str) -> str:
    """Return a title as it stands in an address; "_" if nothing is left of it."""
    return re.sub(r"\W+", "_", title.casefold(), flags=re.ASCII).strip("_")[:50].rstrip("_") or "_"


def body_html(text: str) -> str:
    """Return a text as Reddit renders it: paragraphs, everything else escaped."""
    parts = [part for part in re.split(r"\n{2,}", text.strip()) if part]
    paragraphs = "\n\n".join(f"<p>{html.escape(part)}</p>" for part in parts)
    return f'<!-- SC_OFF --><div class="md">{paragraphs}\n</div><!-- SC_ON -->'


def count_comments(world: World, root: Post) -> int:
    """Count what is under a submission and was not deleted."""
    now = world.clock.now()
    return sum(post.root == root.key and post is not root and is_listed(post, now) for post in _all(world))


def escaped(value: Any) -> Any:
    """Return an answer as Reddit sends it without raw_json=1: &, < and > in texts written as entities."""
    if isinstance(value, str):
        return html.escape(value, quote=False)
    if isinstance(value, list):
        return [escaped(part) for part in value]
    return {name: escaped(part) for name, part in value.items()} if isinstance(value, dict) else value


def stamp(at: datetime) -> float:
    """Return a moment in seconds since 1970."""
    return at.timestamp()


def _all(world: World) -> list[Post]:
    return [post for post in world.posts.values() if post.platform == "reddit"]


def _submission(world: World, post: Post) -> Json:
    now = world.clock.now()
    body = words_of(post, now) if post.text or deleted(post, now) else ""
    gone = "moderator" if post.removed else "deleted"
    return _common(world, post) | {
        "title": post.title,
        "selftext": body,
        "selftext_html": body_html(body) if body else None,
        "is_self": True,
        "domain": f"self.{post.place}",
        "url": f"{SITE}{permalink(post)}",
        "permalink": permalink(post),
        "num_comments": count_comments(world, post),
        "locked": locked(post, now),
        "removed_by_category": gone if deleted(post, now) else None,
        "upvote_ratio": 1.0,
        "over_18": False,
        "hidden": False,
        "spoiler": False,
        "thumbnail": "self",
        "media": None,
        "link_flair_text": None,
        "is_video": False,
        "num_crossposts": 0,
    }


def _common(world: World, post: Post) -> Json:
    now, author = world.clock.now(), world.author(post).name_on("reddit")
    edits = edits_by(post, now)
    place = world.subreddits[post.place.casefold()].name
    kept = {} if deleted(post, now) else {"author_fullname": f"t2_{base36(person_number(author))}"}
    return kept | {
        "id": post.id,
        "name": post.fullname,
        "author": author_of(world, post, now),
        "subreddit": place,
        "subreddit_id": f"t5_{base36(person_number(place))}",
        "subreddit_name_prefixed": f"r/{place}",
        "subreddit_type": "public",
        "created": stamp(post.made_at),
        "created_utc": stamp(post.made_at),
        "edited": stamp(edits[-1].at) if edits and not deleted(post, now) else False,
        "archived": now - world.root(post).made_at > ARCHIVED_AFTER,
        "score": 1,
        "ups": 1,
        "downs": 0,
        "likes": None,
        "saved": False,
        "stickied": False,
        "gilded": 0,
        "distinguished": None,
        "author_flair_text": None,
        "author_flair_css_class": None,
        "approved_by": None,
        "banned_by": None,
        "mod_reports": [],
        "user_reports": [],
        "num_reports": None,
        "quarantine": False,
        "send_replies": True,
    }


def known(world: World, fullname: str) -> Post | None:
    """Return the thing with a fullname (t1_… or t3_…), deleted or not; None if it was never made."""
    post = world.find("reddit", fullname[3:])
    fits = post and post.fullname == fullname and exists(post, world.clock.now())
    return post if fits else None
