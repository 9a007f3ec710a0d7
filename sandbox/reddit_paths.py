"""Sandbox, Reddit: what each address answers. In: a path and parameters, out: posts or JSON, or a refusal.

The same table serves OAuth, public JSON and feeds, so they cannot disagree about what is there.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sandbox import reddit_listing as lists
from sandbox import reddit_tree as tree
from sandbox.records import Person, Post
from sandbox.reddit_auth import Caller
from sandbox.reddit_shape import Json, comment_data, known, listing, permalink, redditor, subreddit, thing
from sandbox.world import World


class Refused(Exception):
    """An address that answers with an error; `location` makes it a redirect."""

    def __init__(self, status: int, message: str, reason: str = "", location: str = "") -> None:
        super().__init__(message)
        self.status, self.location = status, location
        self.body: Json = {"message": message, "error": status} | ({"reason": reason} if reason else {})


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: who asks (None = without a token), the parts of its path, its parameters."""

    world: World
    who: Caller | None
    parts: dict[str, str]
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: `json` for programs; `posts` and `title` if it can also be a feed (posts None = it cannot)."""

    json: Json | list[Json]
    posts: list[Post] | None = None
    title: str = ""


_Answer = Callable[[Ask], Found]


def find(ask: Ask, path: str) -> Found:
    """Answer a cleaned path (no trailing slash, no suffix); raises Refused."""
    for pattern, answer in PATHS:
        match = pattern.fullmatch(path)
        if match:
            parts = {name: part for name, part in match.groupdict().items() if part}
            return answer(Ask(ask.world, ask.who, parts, ask.params))
    raise Refused(404, "Not Found")


def _submissions(ask: Ask) -> Found:
    places = _places(ask)
    return _paged(ask, lists.newest(ask.world, "submission", places), f"newest submissions : {_title(ask)}")


def _comments(ask: Ask) -> Found:
    return _paged(ask, lists.newest(ask.world, "comment", _places(ask)), f"{_title(ask)} comments")


def _search(ask: Ask) -> Found:
    restricted = ask.params.get("restrict_sr", "").casefold() in ("1", "true", "on", "yes")
    places = _places(ask) if "subs" in ask.parts and restricted else None
    query = ask.params.get("q", "")
    found = lists.search(ask.world, query, places, ask.params.get("t", "all"))
    return _paged(ask, found, f"{query} - search")


def _thread(ask: Ask) -> Found:
    world, root = ask.world, known(ask.world, f"t3_{ask.parts['id']}")
    if root is None:
        raise Refused(404, "Not Found")
    _open_place(world, root.place)
    only = known(world, f"t1_{ask.parts['comment']}") if "comment" in ask.parts else None
    limit = _number(ask, "limit", tree.DEFAULT_LIMIT)
    newest = ask.params.get("sort") == "new"
    json = tree.thread(world, root, limit, only, _number(ask, "context", 0), newest)
    flat = [root, *lists.newest(world, "comment", {root.place.casefold()})]
    posts = [post for post in flat if post.root == root.key][: _number(ask, "limit", 25) + 1]
    return Found(json, posts, root.title)


def _more(ask: Ask) -> Found:
    root = known(ask.world, ask.params.get("link_id", ""))
    if root is None:
        raise Refused(400, "Bad Request")
    wanted = [part for part in ask.params.get("children", "").split(",") if part]
    things = tree.more_children(ask.world, root, wanted)
    return Found({"json": {"errors": [], "data": {"things": things}}})


def _info(ask: Ask) -> Found:
    world = ask.world
    wanted = [name for name in ask.params.get("id", "").split(",") if name][:100]
    posts = [post for name in wanted if (post := known(world, name))]
    communities = {part["data"]["name"]: part for part in (subreddit(world, name) for name in world.subreddits)}
    children = [thing(world, post) for post in posts]
    return Found(listing([*children, *(communities[name] for name in wanted if name in communities)], None))


def _user_things(ask: Ask) -> Found:
    person = _account(ask)
    kinds = {"comments": {"comment"}, "submitted": {"submission"}}.get(ask.parts.get("part", ""))
    posts = lists.written_by(ask.world, person, kinds or {"comment", "submission"})
    return _paged(ask, posts, f"overview for {person.name_on('reddit')}")


def _user_about(ask: Ask) -> Found:
    return Found(redditor(ask.world, _account(ask)))


def _me(ask: Ask) -> Found:
    _need_user(ask)
    return Found(redditor(ask.world, ask.world.people[ask.world.keys.user])["data"])


def _about(ask: Ask) -> Found:
    return Found(subreddit(ask.world, _open_place(ask.world, ask.parts["sub"])))


def _inbox(ask: Ask) -> Found:
    _need_user(ask)
    world, box = ask.world, ask.parts["box"]
    me = world.people[world.keys.user]
    wanted = {"mentions": "username_mention", "comments": "comment_reply", "selfreply": "post_reply"}.get(box)
    notices = [notice for notice in lists.inbox(world, me) if wanted in (None, notice.why)]
    if box == "unread":
        notices = [notice for notice in notices if notice.post.fullname not in world.read_inbox]
    why = {notice.post.key: notice.why for notice in notices}
    page = lists.page(world, [notice.post for notice in notices], ask.params)
    children: list[Json] = [{"kind": "t1", "data": _notice(world, post, why[post.key], me)} for post in page.posts]
    return Found(listing(children, page.after))


def _find_subreddits(ask: Ask) -> Found:
    wanted = ask.params.get("q", "").casefold()
    names = [name for name in ask.world.subreddits if wanted and wanted in name]
    return Found(listing([subreddit(ask.world, name) for name in names], None))


_NOTICE_FIELDS = (
    *("id", "name", "author", "author_fullname", "body", "body_html", "subreddit", "subreddit_name_prefixed"),
    *("parent_id", "likes", "created", "created_utc", "link_title", "num_comments", "replies", "score"),
    "distinguished",
)
_SUBS, _SUB = r"r/(?P<subs>[\w+]+)", r"r/(?P<sub>\w+)"
PATHS: tuple[tuple[re.Pattern[str], _Answer], ...] = tuple(
    (re.compile(pattern), answer)
    for pattern, answer in (
        (rf"/{_SUB}/about", _about),
        (rf"/{_SUBS}(/(new|hot))?", _submissions),
        (rf"/{_SUBS}/comments", _comments),
        (rf"/{_SUBS}/search", _search),
        (r"/search", _search),
        (rf"(/{_SUB})?/comments/(?P<id>\w+)(/[^/]*(/(?P<comment>\w+))?)?", _thread),
        (r"/api/morechildren", _more),
        (r"/api/info", _info),
        (r"/api/v1/me", _me),
        (r"/user/(?P<name>[\w-]+)/about", _user_about),
        (r"/user/(?P<name>[\w-]+)(/(?P<part>comments|submitted|overview))?", _user_things),
        (r"/message/(?P<box>inbox|unread|mentions|comments|selfreply)", _inbox),
        (r"/subreddits/search", _find_subreddits),
    )
)


def _paged(ask: Ask, posts: list[Post], title: str) -> Found:
    page = lists.page(ask.world, posts, ask.params)
    return Found(listing([thing(ask.world, post) for post in page.posts], page.after), page.posts, title)


def _title(ask: Ask) -> str:
    return ask.parts.get("subs", "all")


def _places(ask: Ask) -> set[str] | None:
    names = [name for name in ask.parts["subs"].casefold().split("+") if name]
    if "all" in names:
        return None
    if len(names) == 1:
        _open_place(ask.world, names[0])
    return set(names)


def _open_place(world: World, name: str) -> str:
    place = world.subreddits.get(name.casefold())
    if place is None:
        raise Refused(302, "Found", location=f"https://www.reddit.com/subreddits/search?q={name}")
    if place.state == "private":
        raise Refused(403, "Forbidden", reason="private")
    if place.state == "banned":
        raise Refused(404, "Not Found", reason="banned")
    return place.name


def _account(ask: Ask) -> Person:
    person = ask.world.person_named("reddit", ask.parts["name"])
    if person is None:
        raise Refused(404, "Not Found")
    return person


def _need_user(ask: Ask) -> None:
    if ask.who != "user":
        raise Refused(403, "Forbidden")


def _number(ask: Ask, name: str, default: int) -> int:
    value = ask.params.get(name, "")
    return int(value) if value.isdigit() else default


def _notice(world: World, post: Post, why: str, me: Person) -> Json:
    full = comment_data(world, post)
    return {name: full[name] for name in _NOTICE_FIELDS if name in full} | {
        "subject": why.replace("_", " "),
        "type": why,
        "was_comment": True,
        "new": post.fullname not in world.read_inbox,
        "dest": me.name_on("reddit"),
        "first_message": None,
        "first_message_name": None,
        "associated_awarding_id": None,
        "context": f"{permalink(post, world.root(post))}?context=3",
    }
