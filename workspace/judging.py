"""WORKSPACE: what a mention was read as, in the words and keys of the strip that corrects it.

Comes in: the mentions of a conversation as they hold. Goes out: plain dicts for a component. Asks no database.
"""

from collections.abc import Sequence
from typing import Any

from models.values import Band, Intent, Label, Sentiment
from settings import Settings
from triage.labels import NO, YES, Labels
from triage.review import Judged, to_look_at
from triage.rows import Row
from workspace.buttons import BANDS
from workspace.rows import INTENTS, LANGUAGES, PLATFORMS, owed

SENTIMENT_KEYS = {Sentiment.NEGATIVE: "-", Sentiment.NEUTRAL: "0", Sentiment.POSITIVE: "+"}
NEED_KEY, ABOUT_KEY = "a", "b"
NOT_FROM_X = "X forbids training on its posts: nothing is learned from this."


def strip(among: Sequence[Judged], row: Row, settings: Settings, *, learning: bool, open_: bool) -> dict[str, Any]:
    """Everything the strip shows: each mention that can be corrected, and which one is asked about."""
    return {
        "open": open_,
        "ask": to_look_at(list(among)),
        "mentions": [_mention(j, settings, learning=learning) for j in among],
        "bands": _bands(row),
        "unread": "" if among else "Nothing has read it yet." if row.text else "The words are gone.",
    }


def _mention(one: Judged, settings: Settings, *, learning: bool) -> dict[str, Any]:
    held, read = one.labels, one.labels.read or one.labels
    return {
        "id": one.mention_id,
        "edition": one.edition,
        "doubt": one.in_doubt,
        "says": _says(held, in_doubt=one.in_doubt),
        "intents": [_intent(number, code, held, read) for number, code in enumerate(Intent, 1)],
        "sentiments": [_sentiment(code, held, read) for code in Sentiment],
        "toggles": [
            _toggle(Label.NEEDS_REPLY, NEED_KEY, ("needs an answer", "needs no answer"),
                    held.needs_reply >= settings.needs_reply_at, read.needs_reply),
            _toggle(Label.ABOUT_BRAND, ABOUT_KEY, ("about us", "not about us"), held.about_brand >= 0.5,
                    read.about_brand),
        ],
        "language": held.language,
        "languages": _languages(held.language),
        "learns": _learns(one.platform, settings, learning=learning),
    }  # fmt: skip


def _says(held: Labels, *, in_doubt: bool) -> str:
    """How sure it was, or that somebody has looked."""
    if held.corrected:
        return "corrected by hand"
    if held.said:
        return "looked at, and right"
    if held.confidence is None:
        return ""
    sure = f"{held.confidence * 100:.0f} % sure"
    return f"{sure}: please check" if in_doubt else sure


def _intent(number: int, code: Intent, held: Labels, read: Labels) -> dict[str, Any]:
    word, colour = INTENTS[code]
    told = {"verb": "correct", "label": Label.INTENT, "said": code}
    return _choice(str(number), word, held.intent == code, read.intents.get(code, 0.0), told) | {"colour": colour}


def _sentiment(code: Sentiment, held: Labels, read: Labels) -> dict[str, Any]:
    shares = {
        Sentiment.NEGATIVE: read.p_negative, Sentiment.NEUTRAL: read.p_neutral, Sentiment.POSITIVE: read.p_positive,
    }  # fmt: skip
    told = {"verb": "correct", "label": Label.SENTIMENT, "said": code}
    return _choice(SENTIMENT_KEYS[code], code.value, held.sentiment == code, shares[code], told)


def _toggle(label: Label, key: str, words: tuple[str, str], is_on: bool, share: float) -> dict[str, Any]:
    told = {"verb": "correct", "label": label, "said": NO if is_on else YES}
    return _choice(key, words[0] if is_on else words[1], is_on, share, told)


def _choice(key: str, word: str, is_on: bool, share: float, told: dict[str, Any]) -> dict[str, Any]:
    percent = round(100 * share)
    return {"key": key, "word": word, "on": is_on, "share": percent, "hover": f"read as this with {percent} %",
            "told": told}  # fmt: skip


def _bands(row: Row) -> list[dict[str, Any]]:
    """How soon, for the wait that runs; nothing where nobody waits."""
    if not owed(row):
        return []
    return [
        {"word": band.value, "hover": BANDS[band], "on": band == row.band, "told": {"verb": "set_band", "band": band}}
        for band in Band
    ]


def _languages(present: str) -> list[tuple[str, str]]:
    """What it may be written in, the present one first of all if it is none of these."""
    known = {"en": "English", **LANGUAGES, "und": "not to be told"}
    return [(code, known.get(code, code)) for code in dict.fromkeys([present, *known])]


def _learns(platform: str, settings: Settings, *, learning: bool) -> str:
    """Whether the reading learns from what is said of this mention."""
    if platform == "x":
        return NOT_FROM_X
    if platform not in settings.learn_from:
        return f"Nothing is learned from {PLATFORMS.get(platform, platform)}, as the settings say."
    return "The reading learns from what you say." if learning else "Learning is switched off."
