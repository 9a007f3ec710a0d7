"""TRIAGE, reading: which language a text is written in.

In comes a text and, if known, the language its author or source usually writes in; out goes an ISO 639-1
code or "und". Long enough texts are read by py3langid, restricted to the configured languages; short ones
go by their script and the fallback, because no detector is to be trusted on a few letters.
It never raises for any text. The model takes about 0.15 s and 115 MB and is loaded at the first long text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from triage.reading.normalise import normalise

DEFAULT_LANGUAGES = ("en", "es", "de", "fr", "it", "pt", "nl", "pl", "tr", "ru", "ar", "hi", "zh", "ja", "ko")
UNDETERMINED = "und"
LONG_ENOUGH = 20
LONG_ENOUGH_CJK = 6
SURE_ENOUGH = 0.5

_NOISE = re.compile(r"\bhttp\b|@user|#|<[^<>]*>|[^\w\s']|[\d_]")
_SIGN_NAMES = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\ufe0f\u200d]")
_SCRIPTS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("ja", r"\u3040-\u30ff\u31f0-\u31ff", frozenset({"ja"})),
    ("ko", r"\uac00-\ud7af\u1100-\u11ff", frozenset({"ko"})),
    ("zh", r"\u3400-\u4dbf\u4e00-\u9fff", frozenset({"zh", "ja"})),
    ("ar", r"\u0600-\u06ff", frozenset({"ar", "fa", "ur"})),
    ("hi", r"\u0900-\u097f", frozenset({"hi", "mr", "ne"})),
    ("ru", r"\u0400-\u04ff", frozenset({"ru", "uk", "bg", "sr", "mk", "be"})),
    ("el", r"\u0370-\u03ff", frozenset({"el"})),
    ("he", r"\u0590-\u05ff", frozenset({"he"})),
    ("th", r"\u0e00-\u0e7f", frozenset({"th"})),
)
_SCRIPT_PATTERNS = [(code, re.compile(f"[{chars}]"), users) for code, chars, users in _SCRIPTS]
_ANY_SCRIPT = re.compile(f"[{''.join(chars for _, chars, _ in _SCRIPTS)}]")
_NOT_LATIN = frozenset().union(*(users for _, _, users in _SCRIPTS))


def detect(text: str, fallback: str | None = None, languages: Sequence[str] = DEFAULT_LANGUAGES) -> str:
    """Name the language of a text (ISO 639-1), or "und" if there is too little to go by.

    `fallback` is the language its author or source usually writes in (None = not known); it decides short
    texts unless their script rules it out. `languages` restricts the long ones.

    >>> detect("ok", fallback="de"), detect("ok"), detect("最悪です", fallback="en")
    ('de', 'und', 'ja')
    """
    words = _words(text)
    script = _script(words)
    needed = LONG_ENOUGH_CJK if script in ("zh", "ja", "ko") else LONG_ENOUGH
    if len(words.replace(" ", "")) < needed:
        return _short(script, fallback)
    code, probability = _identifier(tuple(languages)).classify(words)
    return str(code) if probability >= SURE_ENOUGH else _short(script, fallback, str(code))


def _words(text: str) -> str:
    """Letters only: no links, names, emoji, digits or tags."""
    text = _SIGN_NAMES.sub(" ", text[:2_000])
    return " ".join(_NOISE.sub(" ", normalise(text)).split())


def _script(words: str) -> str | None:
    """The language that the text's main non-Latin script stands for; None = Latin or no letters."""
    if words.isascii() or not _ANY_SCRIPT.search(words):
        return None
    counts = {code: len(pattern.findall(words)) for code, pattern, _ in _SCRIPT_PATTERNS}
    letters = len(words.replace(" ", ""))
    if counts["ja"] and counts["ja"] + counts["zh"] > letters / 3:
        return "ja"
    code = max(counts, key=lambda each: counts[each])
    return code if counts[code] > letters / 3 else None


def _short(script: str | None, fallback: str | None, guess: str = UNDETERMINED) -> str:
    if script is None:
        return fallback if fallback and fallback not in _NOT_LATIN else guess
    users = next(users for code, _, users in _SCRIPT_PATTERNS if code == script)
    return fallback if fallback in users else script


@lru_cache(maxsize=4)
def _identifier(languages: tuple[str, ...]) -> Any:
    """The detector for these languages. Errors: ValueError for a language it does not know."""
    from py3langid.langid import (  # here, because loading numpy and the model would slow every start
        MODEL_FILE,
        LanguageIdentifier,
    )

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(languages)
    return identifier
