"""RESPOND: how long a text is to a platform, and whether it holds a link. Comes in: words. Goes out: a count.

X counts by weight (docs.x.com, "Counting characters"; twitter-text's configuration v3): most letters 1, the rest 2, an
emoji 2, a link 23. Reddit counts characters. Never changes a text.
"""

import re
import unicodedata

from models.values import Platform

LIMITS: dict[Platform, int] = {Platform.X: 280, Platform.REDDIT: 10_000}
"""Longest reply a platform takes; blogs have no limit we know of."""
LINK_WEIGHT = 23
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_LINK = re.compile(
    r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]|(?<![\w@/.-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?![\w@])"
    r"(?:/[^\s<>\"]*[^\s<>\".,;:!?)\]])?",
    re.I | re.ASCII,
)
_PICTURE = "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\u2190-\u21ff\u3030\u303d\u3297\u3299]"
_EMOJI = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_PICTURE}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
    f"(?:\u200d{_PICTURE}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?)*"
)


def length(platform: Platform, text: str) -> int:
    """What the text counts on the platform; compare it with `LIMITS`.

    >>> length(Platform.X, "see https://example.org/a/very/long/address and 水壶")
    36
    """
    if platform != Platform.X:
        return len(text)
    rest, links = _LINK.subn("", unicodedata.normalize("NFC", text))
    rest, pictures = _EMOJI.subn("", rest)
    return links * LINK_WEIGHT + pictures * 2 + sum(map(_weight, rest))


def holds_link(text: str) -> bool:
    """Whether X would make a link of something in it, which costs more."""
    return _LINK.search(text) is not None


def _weight(letter: str) -> int:
    return 1 if any(low <= ord(letter) <= high for low, high in _LIGHT) else 2
