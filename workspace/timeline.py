"""WORKSPACE: one conversation from its first word to its last: posts, notes, and the waits between them.

Comes in: the whole conversation, notes, who wrote our posts, the present. Goes out: plain items in order. Words of
others are handed on untouched. Asks no database.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from triage.conversations import WholeConversation
from worker.demo_apart import visible_at
from workspace.clock import edge, exact, spoken_due, spoken_length, spoken_when
from workspace.rows import handle

ENDS = {
    "answered_elsewhere": "answered elsewhere after", "deleted": "deleted after", "locked": "locked after",
    "dismissed": "dismissed after",
}  # fmt: skip
Told = tuple[datetime, str, str]
"""A note: when, by whom, what."""


def timeline(
    whole: WholeConversation,
    notes: Sequence[Told],
    writers: Mapping[str, str],
    now: datetime,
    zone: ZoneInfo,
) -> list[dict[str, Any]]:
    """Everything in the order it happened; at one moment a wait stands before what ended it."""
    name = whole.row.author_name or handle(whole.row.platform, whole.row.author)
    items: list[tuple[datetime, int, dict[str, Any]]] = []
    for post in whole.posts:
        ours = writers.get(post["external_id"], handle(whole.row.platform, post["author"]))
        items.append((post["posted_at"], 2, _post(post, ours if post["own"] else name, now, zone)))
    for at, who, text in notes:
        head = {"kind": "note", "who": who, "what": "note, team only", "text": text}
        items.append((at, 3, head | _when(at, now, zone)))
    for wait in whole.waits:
        items.append((wait["ended_at"] or now, 1 if wait["ended_at"] else 9, _wait(wait, whole, now, zone)))
    return [item for _, _, item in sorted(items, key=lambda told: told[:2])]


def _post(post: Mapping[str, Any], who: str, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    own = post["own"]
    what = (
        ("automatic answer" if post["automatic"] else "public reply")
        if own
        else "original post"
        if post["parent_id"] is None
        else ""
    )
    marks = []
    if post["deleted"]:
        marks.append("deleted on the platform")
    elif post["editions"] > 1:
        marks.append("edited")
    if not post["date_given"]:
        marks.append("time not known, found then")
    return {
        "kind": "ours" if own else "theirs",
        "mention": post["mention_id"],
        "who": who,
        "what": " · ".join([what, *marks] if what else marks),
        "text": post["text"] if not post["deleted"] else "",
        "gone": post["deleted"],
        "url": visible_at(post["url"]),
    } | _when(post["posted_at"], now, zone)


def _when(moment: datetime, now: datetime, zone: ZoneInfo) -> dict[str, str]:
    return {"when": spoken_when(moment, now, zone), "exact": exact(moment, zone)}


def _wait(wait: Mapping[str, Any], whole: WholeConversation, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    start, end, seconds = wait["started_at"], wait["ended_at"], wait["target_seconds"]
    target = f" · target {spoken_length(timedelta(seconds=seconds))}" if seconds else ""
    if end is not None:
        word = "answered in" if wait["end"] == "answered" else ENDS.get(wait["end"] or "", "ended after")
        late = bool(seconds) and wait["end"] == "answered" and (end - start).total_seconds() > seconds
        hover = f"{exact(start, zone)} to {exact(end, zone)}"
        return {"kind": "wait", "text": f"{word} {spoken_length(end - start)}{target}", "edge": "", "late": late,
                "running": False, "exact": hover}  # fmt: skip
    due = whole.row.due_at if wait["needs_answer"] else None
    told = spoken_due(due, now) if due else "needs no answer" if not wait["needs_answer"] else ""
    text = f"waiting {spoken_length(now - start)}" + (f" · {told}" if told else "")
    hover = f"since {exact(start, zone)}" + (f", due {exact(due, zone)}" if due else "")
    return {"kind": "wait", "text": text, "edge": edge(start, due, now), "late": False, "running": True, "exact": hover}
