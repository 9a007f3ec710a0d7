"""RESPOND: whether a post is the reply we sent, although platforms change texts on the way.

Comes in: what was typed, and what a platform shows. Goes out: yes or no. Never looks at times: two clocks may be hours
apart, and the parent and the words are enough.
"""

import html
import re
import unicodedata

from models.values import Platform

_LEADING_NAMES = re.compile(r"\A(?:\s*@\w{1,50}(?!\w))+\s*")
_LINK = re.compile(r"https?://\S+|(?<![@a-z0-9_.-])(?:[a-z0-9-]+\.)+[a-z]{2,}\S*", re.I | re.ASCII)
_MARKDOWN_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~>|^&<])")


def same_words(platform: Platform, typed: str, shown: str) -> bool:
    """Whether the platform may show `shown` for what was typed.

    >>> same_words(Platform.X, "See acme.example/help &  write us", "@marta See https://t.co/a1 &amp; write us")
    True
    """
    return bare(platform, typed) == bare(platform, shown)


def bare(platform: Platform, text: str) -> str:
    """The words alone, in a form that both sides share: no leading @names, links alike, entities and escapes undone,
    white space single, nothing invisible."""
    text = html.unescape(html.unescape(text))  # X escapes & < > once; a typed "&amp;" comes back as "&amp;amp;"
    text = unicodedata.normalize("NFC", text)
    if platform == Platform.REDDIT:
        text = _MARKDOWN_ESCAPE.sub(r"\1", text)
    visible = "".join(c for c in text if c in "\n\t\r" or not _invisible(c))
    if platform == Platform.X:
        visible = _LEADING_NAMES.sub("", visible)
        visible = _LINK.sub("\N{LINK SYMBOL}", visible)
    return " ".join(visible.split())


def _invisible(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf") or "\ufe00" <= letter <= "\ufe0f"
