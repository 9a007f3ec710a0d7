"""LISTEN, X: is a search query fit to be polled? Comes in: a query. Goes out: the query, or `BadTarget`. Asks nobody.

X refuses most bad queries itself, at the first poll; this says so before a source is saved, and also stops those X
takes but that would flood a queue or say nothing (a lone "#", an empty phrase).
"""

import re
import unicodedata

from listeners.errors import BadTarget
from listeners.matching import CJK

LONGEST = 512
"""Characters a recent search takes on pay-per-use (docs.x.com, rate limits and query limits, August 2026)."""
_TOKEN = re.compile(
    r'(?P<minus>-?)(?:(?P<paren>[()])|(?:(?P<operator>[a-z_]+):)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s()"]+)))'
)
_DEPENDENT = re.compile(r"is|has|lang|sample|min_\w+|\w+_count", re.ASCII)
"""Operators that X takes only beside one that finds posts by itself (docs.x.com, search operators)."""
_CJK = re.compile(f"[{CJK}]")


def checked_query(query: str) -> str:
    """The query without outer spaces. Raises `BadTarget` saying what to change."""
    query = " ".join(query.split())
    if not query:
        raise BadTarget("The search is empty; give a word, a phrase in quotes, a #tag or an @name.")
    if len(query) > LONGEST:
        raise BadTarget(f"The search has {len(query)} characters; X takes {LONGEST}. Split it into two sources.")
    if query.count('"') % 2:
        raise BadTarget("The search has a quote that is not closed.")
    if not _finds_something(query):
        raise BadTarget(
            "The search finds nothing by itself: it needs a word or phrase of two letters, a #tag, an @name or the "
            "like that is not excluded by a minus."
        )
    return query


def _finds_something(query: str) -> bool:
    excluded = [False]
    found = False
    for token in _TOKEN.finditer(query):
        minus = bool(token["minus"])
        if token["paren"] == "(":
            excluded.append(excluded[-1] or minus)
        elif token["paren"] == ")":
            excluded.pop()
            if not excluded:
                break
        elif not (minus or excluded[-1]):
            found = found or _stands_alone(token)
    if len(excluded) != 1:
        raise BadTarget("The search has brackets that do not match.")
    return found


def _stands_alone(token: re.Match[str]) -> bool:
    operator, value = token["operator"], token["phrase"] or token["word"] or ""
    if operator:
        return not _DEPENDENT.fullmatch(operator) and any(c.isalnum() for c in value)
    return value != "OR" and not value.endswith(":") and _says_something(value)


def _says_something(value: str) -> bool:
    letters = [c for c in value if c.isalnum()]
    emoji = any(unicodedata.category(c) == "So" for c in value)
    return len(letters) >= 2 or emoji or any(_CJK.match(c) for c in letters)
