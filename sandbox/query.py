"""Sandbox: the search language of X and Reddit. In: a query text, out: a tree; it knows nothing of posts.

Both platforms share the grammar: terms side by side must all hold, OR binds weaker, "phrases",
parentheses, and - (or NOT) turns a term round. What a term means is the platform's own business.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_TOKEN = re.compile(r'\s*(?:([()])|(-?)([A-Za-z_]+:)?"([^"]*)"|(-(?=\())|([^\s()]+))')
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class QueryError(ValueError):
    """The query cannot be understood; the text says where and why, as the platform would."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, "phrase" or field:value. `field` is "" for plain words; `quoted` tells "a b" from a."""

    field: str
    value: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """What must hold together."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Of which one must hold."""

    parts: tuple["Node", ...]


Node = Term | Not | All | Any


def holds(node: Node, term: Callable[[Term], bool]) -> bool:
    """Whether a tree holds, given what each term says."""
    match node:
        case Term():
            return term(node)
        case Not(part):
            return not holds(part, term)
        case All(parts):
            return all(holds(part, term) for part in parts)
        case Any(parts):
            return any(holds(part, term) for part in parts)


def parse(text: str) -> Node:
    """Read a query; raises QueryError for an empty one, a stray parenthesis or a dangling OR.

    >>> parse('from:ana')
    Term(field='from', value='ana', quoted=False)
    """
    tokens = _tokens(text)
    node, rest = _any_of(tokens)
    if rest:
        raise QueryError(f"no viable alternative at input '{rest[0]}'")
    return node


def words(text: str) -> list[str]:
    """Split a text as the platforms do: at punctuation and symbols, letters' case forgotten."""
    return re.findall(r"\w+", text.casefold())


def contains(text: str, wanted: str) -> bool:
    """Whether a text holds a word or a run of words; scripts without spaces letter by letter."""
    if _WIDE.search(wanted):
        return wanted.casefold() in text.casefold()
    have, want = words(text), words(wanted)
    return bool(want) and any(have[at : at + len(want)] == want for at in range(len(have)))


def _tokens(text: str) -> list[str | Node]:
    tokens: list[str | Node] = []
    at, text = 0, text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match or match.end() == at:
            raise QueryError(f"mismatched character at position {at + 1}")
        at = match.end()
        tokens.append(_token(match))
    return tokens


def _token(match: re.Match[str]) -> str | Node:
    bracket, minus, field, phrase, minus_group, word = match.groups()
    if bracket or minus_group:
        return str(bracket or "NOT")
    if phrase is not None:
        return _negated(minus, Term((field or "").rstrip(":"), phrase, quoted=True))
    if word in ("OR", "AND", "NOT"):
        return str(word)
    if word == "-":
        raise QueryError(f"no viable alternative at position {match.start() + 1}")
    negative, word = (word[0], word[1:]) if word[0] == "-" and len(word) > 1 else ("", word)
    name, colon, value = word.partition(":")
    known = bool(colon and value and name.isidentifier() and not value.startswith("//"))
    return _negated(negative, Term(name.casefold(), value) if known else Term("", word))


def _negated(minus: str, term: Term) -> Node:
    return Not(term) if minus else term


_Rest = list[str | Node]


def _any_of(tokens: _Rest) -> tuple[Node, _Rest]:
    part, rest = _all_of(tokens)
    parts = [part]
    while rest and rest[0] == "OR":
        part, rest = _all_of(rest[1:])
        parts.append(part)
    return (parts[0] if len(parts) == 1 else Any(tuple(parts))), rest


def _all_of(tokens: _Rest) -> tuple[Node, _Rest]:
    part, rest = _one(tokens)
    parts = [part]
    while rest and rest[0] not in (")", "OR"):
        part, rest = _one(rest[1:] if rest[0] == "AND" else rest)
        parts.append(part)
    return (parts[0] if len(parts) == 1 else All(tuple(parts))), rest


def _one(tokens: _Rest) -> tuple[Node, _Rest]:
    if not tokens:
        raise QueryError("missing a term at the end of the query")
    first, rest = tokens[0], tokens[1:]
    if not isinstance(first, str):
        return first, rest
    if first == "NOT":
        part, rest = _one(rest)
        return Not(part), rest
    if first != "(":
        raise QueryError(f"no viable alternative at input '{first}'")
    node, rest = _any_of(rest)
    if not rest or rest[0] != ")":
        raise QueryError("missing ')' at the end of the query")
    return node, rest[1:]
