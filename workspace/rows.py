"""WORKSPACE: conversations as the queue's rows, in plain words for a component.

Comes in: rows of the queue, the present, the viewer's zone. Goes out: dicts of text and numbers. Words of others are
handed on untouched: the component shows them as text. Decides nothing, asks no database.
"""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from models.values import Intent, Status
from triage.rows import Row
from workspace.clock import edge, exact, spoken_due, spoken_when

SHOWN = 400
"""Characters of a post that a row is given; two lines hold fewer."""
ALSO = 0.5
"""A second intent is shown from this probability on."""

INTENTS = {
    "crisis": ("safety", "red"), "churn": ("may leave", "amber"), "complaint": ("complaint", "amber"),
    "question": ("question", "blue"), "purchase": ("wants to buy", "violet"), "suggestion": ("suggestion", "blue"),
    "praise": ("praise", "green"), "promo": ("promotion", "plain"), "chatter": ("chatter", "plain"),
}  # fmt: skip
"""Intent → its word and its colour."""
PLATFORMS = {"x": "X", "reddit": "Reddit", "blog": "Blog"}
LANGUAGES = {
    "de": "Deutsch", "es": "Español", "fr": "Français", "it": "Italiano", "ja": "日本語", "ko": "한국어",
    "nl": "Nederlands", "pl": "Polski", "pt": "Português", "ru": "Русский", "sv": "Svenska", "tr": "Türkçe",
    "uk": "Українська", "zh": "中文", "ar": "العربية", "hi": "हिन्दी", "he": "עברית", "el": "Ελληνικά",
}  # fmt: skip
RESOLUTIONS = {
    "answered": "answered", "answered_privately": "answered privately", "answered_elsewhere": "answered elsewhere",
    "no_answer": "without an answer", "history": "history",
}  # fmt: skip
DISMISSALS = {
    "no_answer_needed": "no answer needed", "spam": "spam", "not_about_us": "not about us", "duplicate": "duplicate",
}  # fmt: skip
_SUBREDDIT = re.compile(r"/r/([A-Za-z0-9_]{2,21})/")


def queue_row(row: Row, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """One row of the queue."""
    return {
        "id": row.id,
        "name": row.author_name or handle(row.platform, row.author),
        "where": where(row.platform, row.url),
        "due": _due(row, now, zone),
        "exact": _exact(row, zone),
        "edge": edge(row.waiting_since, row.due_at, now) if owed(row) else "",
        "text": row.text[:SHOWN] or "The post was deleted.",
        "gone": not row.text,
        "chips": chips(row),
        "quiet": " · ".join(_quiet(row)),
        "who": {"letters": letters(row.assignee_name), "name": row.assignee_name} if row.assignee_name else None,
    }


def owed(row: Row) -> bool:
    """Whether somebody waits for an answer of ours in it."""
    return row.waiting_since is not None and row.status in (Status.NEW, Status.OPEN, Status.SNOOZED)


def handle(platform: str, name: str) -> str:
    """A handle as its platform writes it."""
    return {"x": f"@{name}", "reddit": f"u/{name}"}.get(platform, name)


def where(platform: str, url: str) -> str:
    """Where it was posted: "X", "r/tea", "blog · slow-kitchen.example"."""
    if platform == "reddit" and (found := _SUBREDDIT.search(url)):
        return f"r/{found[1]}"
    if platform == "blog":
        try:
            host = urlsplit(url).hostname
        except ValueError:
            host = None
        return f"blog · {host}" if host else "blog"
    return PLATFORMS.get(platform, platform)


def chips(row: Row) -> list[dict[str, str]]:
    """Its intents, the primary first; one that says so while nothing has read it."""
    if row.intent is None:
        return [{"word": "not read yet", "colour": "plain"}] if row.text else []
    also = [i for i in Intent if i != row.intent and row.intents.get(i.value, 0) >= ALSO and i not in _QUIET_INTENTS]
    named = [row.intent, *(i.value for i in also[:1])]
    return [{"word": INTENTS[name][0], "colour": INTENTS[name][1]} for name in named]


_QUIET_INTENTS = (Intent.CHATTER, Intent.PROMO, Intent.PRAISE)


def letters(name: str | None) -> str:
    """Two letters for a face: "AN" for Ana, "BK" for Ben Kaya."""
    parts = (name or "").split("@")[0].replace(".", " ").split()
    told = "".join(p[0] for p in parts[:2]) if len(parts) > 1 else (parts[0][:2] if parts else "?")
    return told.upper()


def reach(followers: int | None) -> str:
    """How many follow them; empty where it is not known, or few."""
    return spoken_followers(followers) if followers and followers >= 100 else ""


def spoken_followers(followers: int | None) -> str:
    """ "7 followers", "310 followers", "2.1 k followers"; "reach unknown" where no platform told."""
    if followers is None:
        return "reach unknown"
    if followers == 1:
        return "1 follower"
    for size, unit in ((1_000_000, " M"), (1_000, " k")):
        if followers >= size:
            number = f"{followers / size:.1f}" if followers < 10 * size else f"{followers // size}"
            return f"{number.removesuffix('.0')}{unit} followers"
    return f"{followers} followers"


def _quiet(row: Row) -> list[str]:
    """What is said quietly after the chips."""
    told = ["not sure? please check" if row.in_doubt else row.sentiment or ""]
    told.append(LANGUAGES.get(row.language or "", "") if row.language != "en" else "")
    told.append(reach(row.followers) or (f"{row.mentions} posts" if row.mentions > 1 else ""))
    told.append(str(row.priority))
    return [words for words in told if words]


def _due(row: Row, now: datetime, zone: ZoneInfo) -> str:
    if row.status == Status.SNOOZED and row.snoozed_until:
        return f"until {spoken_when(row.snoozed_until, now, zone)}"
    if row.status == Status.RESOLVED:
        return RESOLUTIONS.get(row.resolution or "", "resolved")
    if row.status == Status.DISMISSED:
        return DISMISSALS.get(row.dismissal or "", "dismissed")
    if row.waiting_since is None:
        return "answered"
    return spoken_due(row.due_at, now) or f"since {spoken_when(row.waiting_since, now, zone)}"


def _exact(row: Row, zone: ZoneInfo) -> str:
    times = (("waiting since", row.waiting_since), ("due", row.due_at), ("snoozed until", row.snoozed_until))
    return " · ".join(f"{word} {exact(moment, zone)}" for word, moment in times if moment)
