"""TRIAGE, reading: words that want an answer, and words that want none.

In comes a normalised text in lower case; out goes whether it asks something, follows something up, only
advertises, only thanks or only passes on what another said. Made for recall: a question too many costs a
glance, a question missed costs a customer. It never decides what to do about it.
"""

from __future__ import annotations

import re

from triage.reading.follow_ups import ADVERT, COMMENDS, CONTENT, FOLLOW_UP, THANKS
from triage.reading.questions import OPENING, RHETORIC, SURE

_TO_THE_CROWD = re.compile(rf"(?:{RHETORIC.pattern})[^.!?。！？]*[?？]*")
_PASSED_ON = re.compile(r"^\W*rt @user")
_SHORT = 160


def asks(text: str) -> bool:
    """Whether somebody asks somebody something, with a question mark or without, and not just for the sake of it."""
    plain = _TO_THE_CROWD.sub(" . ", text) if RHETORIC.found_in(text) else text
    return bool(SURE.found_in(plain) or _real_mark(plain) or _bare_question(plain))


def follows_up(text: str) -> bool:
    """Whether a text holds a number to look up, waits for something, or tells what went wrong."""
    return FOLLOW_UP.found_in(CONTENT.taken_from(text))


def advertises(text: str) -> bool:
    """Whether a text sells, recruits or collects followers."""
    return ADVERT.found_in(text)


def thanks(text: str) -> bool:
    """Whether a text is short and holds praise or thanks (there may be more to it)."""
    return len(text) <= _SHORT and THANKS.found_in(text)


def commends(text: str) -> bool:
    """Whether a text speaks well of a service or a product by name of the thing, or recommends it."""
    return COMMENDS.found_in(text)


def passes_on(text: str) -> bool:
    """Whether a text only repeats another's ("RT @…")."""
    return _PASSED_ON.match(text) is not None


def _real_mark(plain: str) -> bool:
    """A question mark with at least two words, or three letters of Chinese or Japanese, before it."""
    return any(re.search(r"\w+\W+\w+|[\u3040-\u9fff]{3}", part) for part in _before_marks(plain))


def _before_marks(plain: str) -> list[str]:
    if "¿" in plain:
        return [plain]
    return [re.split(r"[.!]\s", part)[-1] for part in re.split(r"[?؟]", plain)[:-1]]


def _bare_question(plain: str) -> bool:
    """An interrogative opening of a sentence that no full stop or exclamation mark marks as a statement."""
    return any(not re.match(r"[^?]*?!", plain[found.end() :]) for found in OPENING.finditer(plain))
