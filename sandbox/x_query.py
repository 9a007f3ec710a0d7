"""Sandbox, X: what recent search finds. In: a query and posts, out: which match; it does not page or render.

The operators people use are played; any other is refused as X refuses what it does not know.
"""

from collections.abc import Callable

from sandbox.query import All, Any, Node, Not, QueryError, Term, contains, holds, parse
from sandbox.records import Post, text_at
from sandbox.world import World
from sandbox.x_text import full_text, hashtags_in, mentions_in, urls_in

MAX_LENGTH = 512
_VALUES = {
    "is": {"reply", "quote", "retweet"},
    "has": {"links", "mentions", "hashtags", "media", "images", "videos"},
}
_Test = Callable[[World, Post, str, str], bool]


def compile_query(query: str) -> Node:
    """Read a query as X would; QueryError says what X finds wrong with it."""
    node = parse(query)
    for term in _terms(node):
        _check(term)
    if not _stands_alone(node):
        raise QueryError("Rules must contain at least one positive, non-conjunction-required operator")
    return node


def _check(term: Term) -> None:
    if term.field and term.field not in _OPERATORS:
        raise QueryError(f"Reference to invalid operator '{term.field}'.")
    if term.field in _VALUES and term.value not in _VALUES[term.field]:
        raise QueryError(f"Reference to invalid field '{term.field}:{term.value}'.")


def matches(world: World, node: Node, post: Post) -> bool:
    """Whether a post, as worded now on the world's clock, is what the query asks for. Reposts never are."""
    if post.kind == "repost":
        return False
    text = full_text(world, post, text_at(post, world.clock.now()))
    return holds(node, lambda term: _term(world, post, text, term))


def _terms(node: Node) -> list[Term]:
    match node:
        case Term():
            return [node]
        case Not(part):
            return _terms(part)
        case All(parts) | Any(parts):
            return [term for part in parts for term in _terms(part)]


def _stands_alone(node: Node) -> bool:
    match node:
        case Term(field):
            return field not in ("is", "has", "lang")
        case Not():
            return False
        case All(parts):
            return any(_stands_alone(part) for part in parts)
        case Any(parts):
            return all(_stands_alone(part) for part in parts)


def _term(world: World, post: Post, text: str, term: Term) -> bool:
    if term.field:
        return _OPERATORS[term.field](world, post, text, term.value)
    if not term.quoted and term.value.startswith("@"):
        return term.value[1:].casefold() in _folded(mentions_in(text))
    if not term.quoted and term.value.startswith("#"):
        return term.value[1:].casefold() in _folded(hashtags_in(text))
    return contains(text, term.value)


def _folded(names: list[str]) -> set[str]:
    return {name.casefold() for name in names}


def _from(world: World, post: Post, text: str, value: str) -> bool:
    return world.author(post).name_on("x").casefold() == value.lstrip("@").casefold()


def _to(world: World, post: Post, text: str, value: str) -> bool:
    parent = world.parent(post)
    reply = post.kind == "reply" and parent is not None
    return reply and parent is not None and _from(world, parent, "", value)


def _lang(world: World, post: Post, text: str, value: str) -> bool:
    return post.language == value


def _is(world: World, post: Post, text: str, value: str) -> bool:
    return post.kind == value


def _conversation(world: World, post: Post, text: str, value: str) -> bool:
    return world.root(post).id == value


def _has(world: World, post: Post, text: str, value: str) -> bool:
    have = {"links": urls_in, "mentions": mentions_in, "hashtags": hashtags_in}
    return value in have and bool(have[value](text))


def _url(world: World, post: Post, text: str, value: str) -> bool:
    return any(contains(url, value) for url in urls_in(text))


_OPERATORS: dict[str, _Test] = {
    "from": _from,
    "to": _to,
    "lang": _lang,
    "is": _is,
    "conversation_id": _conversation,
    "has": _has,
    "url": _url,
}
