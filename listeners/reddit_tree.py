"""LISTEN: one Reddit thread, read whole. Comes in: its fullname and what the last visit left. Goes out: posts.

Reddit hides parts of a long thread behind "more"; those are opened newest first, within bounds, and what is left over
is gone on with at the next visit. It never reads a thread without bound.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from listeners.errors import ListenerError, Unreachable
from listeners.post import Cursor, Post
from listeners.reddit_client import RedditClient
from listeners.reddit_post import post_of

LIMIT = 500
MORE = 5
"""Requests for hidden comments in one visit, a hundred of them each."""
AT_ONCE = 100
PENDING = 1000

NOT_WHOLE = "a thread has more comments than one visit reads; the newest come first"


@dataclass(slots=True)
class _Tree:
    """What a thread has shown so far."""

    title: str = ""
    posts: list[Post] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    """Bare ids of hidden comments."""
    deeper: list[str] = field(default_factory=list)
    """Bare ids of comments whose answers are on a page of their own."""

    def take(self, children: Iterable[object]) -> None:
        """Take in comments with their replies, and what "more" hides."""
        for child in _flat(children):
            post = post_of(child, self.title)
            if post is not None:
                self.posts.append(post)
            elif child.get("kind") == "more":
                self._more(child["data"])

    def _more(self, data: Mapping[str, Any]) -> None:
        ids = [part for part in data.get("children") or () if isinstance(part, str)]
        self.hidden += ids
        parent = data.get("parent_id")
        if not ids and isinstance(parent, str) and parent.startswith("t1_"):
            self.deeper.append(parent[3:])


def read_tree(client: RedditClient, thread_id: str, cursor: Cursor) -> tuple[Sequence[Post], Cursor, str]:
    """The thread's posts as far as one visit reads, the next cursor, and a note where something is left for the next.

    At most 6 requests. Raises `ListenerError` when the thread itself could not be read; a failure behind it leaves the
    rest pending.
    """
    tree, path = _Tree(), f"comments/{thread_id[3:]}"
    root = _take_page(tree, client.get(path, limit=LIMIT, sort="new"))
    pending, note = _open_hidden(client, tree, thread_id, cursor)
    newest = max([*(number(post.external_id[3:]) for post in tree.posts[1:]), cursor.get("newest", 0)], default=0)
    kept = {"count": root.get("num_comments"), "newest": newest, "pending": pending[:PENDING], "unread": 0}
    return tree.posts, kept, note


def _take_page(tree: _Tree, answer: Any) -> Mapping[str, Any]:
    """Take in a page of a thread, [submission, comments]; returns the submission's data."""
    try:
        root, children = answer[0]["data"]["children"][0], answer[1]["data"]["children"]
        data: Mapping[str, Any] = root["data"]
        tree.title = str(data["title"])
    except (TypeError, ValueError, KeyError, IndexError):
        raise Unreachable("Reddit answered with something other than a thread; it is tried again") from None
    tree.take([root, *children])
    return data


def _open_hidden(client: RedditClient, tree: _Tree, thread_id: str, cursor: Cursor) -> tuple[list[str], str]:
    """Open what "more" hides; returns what is left to open at the next visit, and a note if anything is."""
    newest, asked = cursor.get("newest", 0), set[str]()
    todo = _in_order(tree, cursor)
    for _ in range(MORE):
        part = _part(todo)
        if not part:
            return [], ""
        try:
            _open(client, tree, thread_id, part)
        except ListenerError:
            break  # the thread itself was read; the next request meets the same trouble and tells it
        asked.update(part)
        had = {post.external_id[3:] for post in tree.posts}
        todo = [name for name in _in_order(tree, {**cursor, "pending": todo}) if name not in asked | had]
    left = [name for name in todo if name.startswith("/") or name in cursor.get("pending", ()) or number(name) > newest]
    return left, NOT_WHOLE if todo else ""


def _in_order(tree: _Tree, cursor: Cursor) -> list[str]:
    """What to open, most wanted first: never seen, left over, deeper pages, then what an earlier visit has opened."""
    newest = cursor.get("newest", 0)
    hidden = sorted(tree.hidden, key=number, reverse=True)
    fresh = [name for name in hidden if number(name) > newest]
    return list(dict.fromkeys([*fresh, *cursor.get("pending", ()), *(f"/{name}" for name in tree.deeper), *hidden]))


def _part(todo: Sequence[str]) -> list[str]:
    """What one request opens: a deeper page, or a hundred hidden comments."""
    if todo and todo[0].startswith("/"):
        return [todo[0]]
    return [name for name in todo if not name.startswith("/")][:AT_ONCE]


def _open(client: RedditClient, tree: _Tree, thread_id: str, part: Sequence[str]) -> None:
    if part[0].startswith("/"):
        _take_page(tree, client.get(f"comments/{thread_id[3:]}/_{part[0]}", limit=LIMIT, sort="new"))
        return
    answer = client.read_by_post("api/morechildren/", link_id=thread_id, children=",".join(part), sort="new")
    try:
        tree.take(answer["json"]["data"]["things"])
    except (TypeError, KeyError):
        raise Unreachable("Reddit did not show the hidden comments of a thread; it is tried again") from None


def _flat(children: Iterable[object]) -> Iterator[Mapping[str, Any]]:
    """Every child with a `data`, replies included, without recursion: nesting is the writers' choice."""
    stack = list(children)
    while stack:
        child = stack.pop()
        data = child.get("data") if isinstance(child, Mapping) else None
        if not isinstance(child, Mapping) or not isinstance(data, Mapping):
            continue
        yield child
        replies = data.get("replies")
        inner = replies.get("data", {}).get("children") if isinstance(replies, Mapping) else None
        stack += inner if isinstance(inner, list) else []


def number(id36: str) -> int:
    """Reddit's id as a number: larger is younger, about. 0 for what is none."""
    try:
        return int(id36, 36)
    except ValueError:
        return 0
