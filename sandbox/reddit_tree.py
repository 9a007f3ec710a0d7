"""Sandbox, Reddit: comment trees. In: a thread, out: nested replies with "more" where they are cut.

Deleted comments stay as empty places while somebody has answered them, and vanish otherwise.
"""

from collections import defaultdict

from sandbox.records import Post, exists, is_listed
from sandbox.reddit_shape import Json, comment_data, listing, thing
from sandbox.world import World

DEPTH = 10
DEFAULT_LIMIT, LARGEST_LIMIT = 200, 500
_Children = dict[str, list[Post]]


def children_of(world: World, root: Post) -> _Children:
    """Return the comments of a thread by the key of what they answer, oldest first, dead ends left out."""
    now = world.clock.now()
    below: _Children = defaultdict(list)
    inside = [post for post in world.posts.values() if post.root == root.key and post is not root]
    for post in sorted((post for post in inside if exists(post, now)), key=lambda post: post.order):
        below[post.re or root.key].append(post)

    def alive(post: Post) -> bool:
        below[post.key] = [child for child in below[post.key] if alive(child)]
        return bool(below[post.key]) or is_listed(post, now)

    below[root.key] = [child for child in below[root.key] if alive(child)]
    return below


def thread(world: World, root: Post, limit: int, only: Post | None, context: int, newest: bool) -> list[Json]:
    """Return the two listings of a thread: its submission, and its comments nested up to `limit`.

    `only` shows one comment with its answers, under up to `context` of its ancestors. `newest` sorts so.
    """
    below = children_of(world, root)
    top = below[root.key]
    if only is not None:
        top = [_narrowed(world, root, only, context, below)]
    budget = _Budget(min(limit, LARGEST_LIMIT), newest)
    comments = _level(world, root, top, below, 0, budget)
    return [listing([thing(world, root)], None), listing(comments, None)]


def more_children(world: World, root: Post, wanted: list[str]) -> list[Json]:
    """Return comments by bare id with all their answers, flat, each naming its parent."""
    below = children_of(world, root)
    flat: list[Json] = []

    def walk(post: Post, depth: int) -> None:
        flat.append({"kind": "t1", "data": comment_data(world, post) | {"depth": depth}})
        for child in below[post.key]:
            walk(child, depth + 1)

    shown = {child.id: child for children in below.values() for child in children}
    for post_id in wanted:
        if post_id in shown and all(part["data"]["id"] != post_id for part in flat):
            walk(shown[post_id], 0)
    return flat


class _Budget:
    """How many comments may still be shown, and in which order."""

    def __init__(self, left: int, newest: bool) -> None:
        self.left, self.newest = left, newest


def _narrowed(world: World, root: Post, only: Post, context: int, below: _Children) -> Post:
    top = only
    while context > 0 and top.re and top.re != root.key:
        parent = world.posts[top.re]
        below[parent.key] = [top]
        top, context = parent, context - 1
    return top


def _level(world: World, parent: Post, posts: list[Post], below: _Children, depth: int, budget: _Budget) -> list[Json]:
    if posts and depth >= DEPTH:
        return [_more(parent, [], below, depth)]
    ordered = posts[::-1] if budget.newest else posts
    shown: list[Json] = []
    for at, post in enumerate(ordered):
        if budget.left <= 0:
            return [*shown, _more(parent, ordered[at:], below, depth)]
        budget.left -= 1
        data = comment_data(world, post) | {"depth": depth}
        replies = _level(world, post, below[post.key], below, depth + 1, budget)
        data["replies"] = listing(replies, None) if replies else ""
        shown.append({"kind": "t1", "data": data})
    return shown


def _more(parent: Post, hidden: list[Post], below: _Children, depth: int) -> Json:
    first = hidden[0].id if hidden else "_"
    data = {
        "count": sum(_size(post, below) for post in hidden),
        "name": f"t1_{first}",
        "id": first,
        "parent_id": parent.fullname,
        "depth": depth,
        "children": [post.id for post in hidden],
    }
    return {"kind": "more", "data": data}


def _size(post: Post, below: _Children) -> int:
    return 1 + sum(_size(child, below) for child in below[post.key])
