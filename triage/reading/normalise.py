"""TRIAGE, reading: one spelling for what the n-gram head sees.

In comes a public text as it was found (entities, tags, links, names, emoji, anything); out goes one line
of plain words. The same function serves training and reading, so that both see the same features.
It never raises and never changes the stored mention.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

HEAD_CHARS = 8_000
TAIL_CHARS = 2_000

CJK = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
"""Character ranges (for a regular expression's brackets) of kana, Han and Hangul."""

_CODE = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,400}>|<!--|-->")
_URL = re.compile(rf"(?:https?://|\bwww\.)[^\s<>\"{CJK}\u3000-\u303f\uff00-\uffef]+", re.IGNORECASE)
_NAME = re.compile(r"(?<![A-Za-z0-9_@.])@[A-Za-z0-9_]{1,30}|(?<![\w/])/?u/[\w-]{3,20}")
_HASHTAG = re.compile(r"#(\w+)")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+")
_RUN = re.compile(r"(.)\1{3,}", re.DOTALL)
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
_SIGN = re.compile(r"[^\x00-\x7f\w\s]")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00b4": "'", "`": "'"})
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_INVISIBLE = {"\ufe0e", "\ufe0f", "\u200b", "\u200c", "\u200d", "\ufeff", "\ufffd"}


def normalise(text: str) -> str:
    """Rewrite a text as one line of words: links as `http`, names as `@user`, emoji as their names.

    Runs of a character are cut to three and `#CamelCase` is split. Case is kept. Of a text longer than
    10,000 characters the first 8,000 and the last 2,000 are used.

    >>> normalise("@ana Sooooo good 😍 &amp; cheap! #BestDayEver https://example.com/x")
    '@user Sooo good smiling face with heart-shaped eyes & cheap! #Best Day Ever http'
    """
    text = _mend(_shorten(text))
    text = _TAG.sub(" ", _CODE.sub(" ", html.unescape(html.unescape(text))))
    text = _NAME.sub("@user", _URL.sub(" http ", text))
    text = _HASHTAG.sub(_split_hashtag, text)
    text = _RUN.sub(r"\1\1\1", text)
    if not text.isascii():
        text = _SIGN.sub(lambda match: _sign_in_words(match.group()), text)
    return _SPACE.sub(" ", text).strip()


def _shorten(text: str) -> str:
    if len(text) <= HEAD_CHARS + TAIL_CHARS:
        return text
    return text[:HEAD_CHARS] + " " + text[-TAIL_CHARS:]


def _mend(text: str) -> str:
    """Join surrogate pairs, drop lone ones, fold wide and stylised letters (NFKC) and curly quotes."""
    if text.isascii():
        return text
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFKC", text.translate(_QUOTES))


def _split_hashtag(match: re.Match[str]) -> str:
    return "#" + _CAMEL.sub(" ", match.group(1)) + " "


@lru_cache(maxsize=4096)
def _sign_in_words(sign: str) -> str:
    if sign in _INVISIBLE or ord(sign) in _SKIN_TONES:
        return ""
    if unicodedata.category(sign) not in ("So", "Sk") or ord(sign) < 0x2000:
        return sign
    return f" {unicodedata.name(sign, 'sign').lower()} "
