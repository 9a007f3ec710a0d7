"""LISTEN: does a text hold one of the words or phrases a source asks for?

Comes in: a source's --match and a post's text. Goes out: yes or no. Never a language's opinion: Chinese, Japanese and
Korean runs, which have no spaces, match anywhere; other words match whole words, whatever their case or accents' form.
"""

import re
import unicodedata
from dataclasses import dataclass

EVERYTHING = "*"

CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff\u0e00-\u0e7f"
_TERM = re.compile(r'"([^"]*)"|(\S+)')
_CJK = re.compile(f"[{CJK}]")


@dataclass(frozen=True, slots=True)
class Matcher:
    """Words and phrases, ready to be looked for."""

    pattern: re.Pattern[str] | None
    """None = everything matches."""

    def matches(self, text: str) -> bool:
        """Whether the text holds one of the terms."""
        return self.pattern is None or self.pattern.search(folded(text)) is not None


def matcher(words: str) -> Matcher:
    """Read `acme "blue kettle" 品牌` (spaces or commas part, quotes join). ValueError when no usable term is left.

    A term needs two letters or digits, or one CJK character: a lone "#" would flood the queue (zammad#1606).
    """
    if words.strip() == EVERYTHING:
        return Matcher(None)
    terms = [folded(a or b).strip() for a, b in _TERM.findall(words.replace(",", " "))]
    usable = [t for t in terms if t and _usable(t)]
    if not usable:
        raise ValueError('--match needs a word or phrase of at least two letters, or "*" for everything')
    return Matcher(re.compile("|".join(_expression(t) for t in sorted(set(usable), key=len, reverse=True))))


def folded(text: str) -> str:
    """The text in the form in which words are compared: NFKC, case folded."""
    return unicodedata.normalize("NFKC", text).casefold()


def _usable(term: str) -> bool:
    letters = [c for c in term if c.isalnum()]
    return len(letters) >= 2 or any(_CJK.match(c) for c in letters)


def _expression(term: str) -> str:
    body = r"\s+".join(re.escape(part) for part in term.split())
    before = r"(?<!\w)" if _edge(term[0]) else ""
    after = r"(?!\w)" if _edge(term[-1]) else ""
    # A Latin word stands whole also beside CJK letters, which \w counts as word characters.
    return before.replace(r"\w", rf"[^\W{CJK}]") + body + after.replace(r"\w", rf"[^\W{CJK}]")


def _edge(character: str) -> bool:
    return character.isalnum() and not _CJK.match(character)
