"""TRIAGE, reading: how lists of words become patterns.

In comes one alternative a line (a regular expression in lower case, starting where a word starts) and, for
writing without spaces, alternatives separated by white space; out goes one pattern. It is matched against
lower-case text, which is several times faster than ignoring case. It never holds words itself.
"""

from __future__ import annotations

import re


def one_of(words: str, unspaced: str = "") -> re.Pattern[str]:
    """A pattern that finds any of the lines of `words` at the start of a word, or any part of `unspaced` anywhere."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    parts = [rf"(?<!\w)(?:{'|'.join(lines)})"] if lines else []
    return re.compile("|".join([*parts, *unspaced.split()]))


def near(one: str, other: str, gap: int) -> re.Pattern[str]:
    """A pattern that finds a word of `one` and a word of `other`, in any order, at most `gap` characters apart."""
    first = "|".join(line.strip() for line in one.splitlines() if line.strip())
    second = "|".join(line.strip() for line in other.splitlines() if line.strip())
    between = rf"[^.!?]{{0,{gap}}}?(?<!\w)"
    return re.compile(rf"(?<!\w)(?:(?:{first}){between}(?:{second})|(?:{second}){between}(?:{first}))")
