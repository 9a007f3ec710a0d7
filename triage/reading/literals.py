"""TRIAGE, reading: which letters a text must hold for a pattern to be worth trying.

In comes a regular expression; out go a few literal strings, of which every text that matches holds at least one. A
text that holds none need not be searched, and looking for thousands of literals at once costs a microsecond. It never
names too much: what it does not understand counts as matching anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, NamedTuple

MOST = 256
"""More strings than this are not spelled out."""
_LONGEST_RUN = 4
"""Repetitions up to this are spelled out."""

Strings = frozenset[str]
_parse: Any = import_module("re._parser").parse
"""Python's own parser of patterns: the one that decides what they mean. It has no public name."""


class _Part(NamedTuple):
    """What a part of a pattern can match, spelled out; if that is too much (None), of what any match holds one."""

    whole: Strings | None
    needed: Strings | None = None

    def sure(self) -> Strings | None:
        """Strings of which any match holds one; None if it may be anything."""
        return self.needed if self.whole is None else _most_telling([self.whole])


_NOTHING = frozenset({""})


def needed(pattern: str) -> frozenset[str] | None:
    r"""Strings of which every match of `pattern` holds at least one; None if there are no such strings.

    >>> sorted(needed(r"(?:got|felt) (?:\w+ )?(?:shocks?|a jolt)\b"))
    ['a jolt', 'shock', 'shocks']
    """
    parsed = _parse(pattern)
    return _sequence(parsed).sure() if parsed.state.flags == re.UNICODE else None


def _sequence(nodes: Iterable[Any]) -> _Part:
    """Parts after one another: what neighbours can match joins, and the most telling of all is needed."""
    run, ended = _NOTHING, list[Strings | None]()
    for kind, argument in _spelled_out(nodes):
        part = _part(kind, argument)
        joined = _joined(run, part.whole)
        if joined is None:
            ended += [run, part.needed]
        run = joined or part.whole or _NOTHING
    return _Part(None, _most_telling([*ended, run])) if ended else _Part(run)


def _spelled_out(nodes: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Each node's kind and argument; what repeats at least n times as n times the thing and then the rest."""
    for operation, argument in nodes:
        kind = str(operation)
        if kind not in ("MAX_REPEAT", "MIN_REPEAT") or argument[0] > _LONGEST_RUN:
            yield kind, argument
            continue
        least, most, body = argument
        yield from [("SUBPATTERN", (None, 0, 0, body))] * least
        yield "UP_TO", (most - least, body)


def _part(kind: str, argument: Any) -> _Part:
    match kind:
        case "LITERAL":
            return _Part(frozenset(chr(argument)))
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return _Part(_NOTHING)
        case "IN" if all(str(each) == "LITERAL" for each, _ in argument):
            return _Part(frozenset(chr(code) for _, code in argument))
        case "SUBPATTERN" if not argument[1] and not argument[2]:  # no flags of its own
            return _sequence(argument[3])
        case "BRANCH":
            return _either([_sequence(each) for each in argument[1]])
        case "UP_TO" if argument[0] == 1:
            return _either([_Part(_NOTHING), _sequence(argument[1])])
        case "UP_TO" if argument[0] == 0:
            return _Part(_NOTHING)
        case _:
            return _Part(None)


def _either(parts: list[_Part]) -> _Part:
    wholes = [part.whole for part in parts if part.whole is not None]
    if len(wholes) == len(parts):
        return _Part(frozenset().union(*wholes))
    sure = [strings for part in parts if (strings := part.sure()) is not None]
    return _Part(None, frozenset().union(*sure) if len(sure) == len(parts) else None)


def _joined(run: Strings, whole: Strings | None) -> Strings | None:
    if whole is None or len(run) * len(whole) > MOST:
        return None
    return run if whole is _NOTHING else frozenset(one + other for one in run for other in whole)


def _most_telling(choices: list[Strings | None]) -> Strings | None:
    """The choice whose shortest string is longest: long strings are rare. One with an empty string says nothing."""
    usable = [each for each in choices if each and "" not in each]
    return max(usable, key=lambda each: (min(map(len, each)), -len(each)), default=None)
