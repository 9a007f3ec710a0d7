"""TRIAGE, reading: how lists of words are looked for in texts.

In comes one alternative a line (a regular expression in lower case, starting where a word starts) and, for
writing without spaces, alternatives separated by white space; out goes whether any is in a lower-case text. Python's
regular expressions try one alternative after another at every letter, which took half a millisecond a text; so one
pass finds which alternatives a text holds the letters of (`literals.py`), and only those are tried, nearly always
none. What is found is the same. It never holds words itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from triage.reading.literals import needed

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


class WordList:
    """Alternatives to look for. Nothing is compiled before it is needed; then it is kept. Thread-safe."""

    def __init__(self, pattern: str, alternatives: Sequence[str]) -> None:
        self.pattern = pattern
        """All alternatives as one regular expression."""
        self.alternatives = tuple(alternatives)
        """Regular expressions; `pattern` matches a text if one of them does."""
        self._compiled: dict[int, re.Pattern[str]] = {}

    def found_in(self, text: str) -> bool:
        """Whether any alternative matches somewhere in a lower-case text."""
        return any(self._one(each).search(text) for each in self._worth_trying(text))

    def taken_from(self, text: str) -> str:
        """The text with a space in place of all that matches."""
        return self._whole.sub(" ", text) if self.found_in(text) else text

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def _one(self, number: int) -> re.Pattern[str]:
        if number not in self._compiled:
            self._compiled[number] = re.compile(self.alternatives[number])
        return self._compiled[number]

    def _worth_trying(self, text: str) -> Iterable[int]:
        """Numbers of the alternatives whose letters are in the text, and of those that may match anything."""
        literals, owners, always = self._screen
        found = literals.find_matches_as_indexes(text, overlapping=True)
        return always.union(*[owners[match[0]] for match in found]) if found else always

    @cached_property
    def _screen(self) -> tuple[AhoCorasick, list[list[int]], frozenset[int]]:
        """All needed literals as an automaton, the alternatives that need each, and those that need none."""
        from ahocorasick_rs import AhoCorasick  # here, with the work below, because importing must stay cheap

        literals = [needed(alternative) for alternative in self.alternatives]
        owners: dict[str, list[int]] = {each: [] for each in chain.from_iterable(filter(None, literals))}
        for number, needs in enumerate(literals):
            for each in needs or ():
                owners[each].append(number)
        always = frozenset(number for number, needs in enumerate(literals) if not needs)
        return AhoCorasick(owners), list(owners.values()), always


def one_of(words: str, unspaced: str = "") -> WordList:
    """Finds any of the lines of `words` at the start of a word, or any part of `unspaced` anywhere."""
    lines, parts = _lines(words), unspaced.split()
    at_start = [rf"(?<!\w)(?:{'|'.join(lines)})"] if lines else []
    return WordList("|".join([*at_start, *parts]), [*(rf"(?<!\w)(?:{line})" for line in lines), *parts])


def near(one: str, other: str, gap: int) -> WordList:
    """Finds a word of `one` and a word of `other`, in any order, at most `gap` characters apart."""
    first, second = "|".join(_lines(one)), "|".join(_lines(other))
    between = rf"[^.!?]{{0,{gap}}}?(?<!\w)"
    pattern = rf"(?<!\w)(?:(?:{first}){between}(?:{second})|(?:{second}){between}(?:{first}))"
    return WordList(pattern, [pattern])


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
