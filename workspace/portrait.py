"""WORKSPACE: who speaks, and why the conversation stands where it stands, in plain words for a component.

Comes in: the customer and the row. Goes out: dicts of text and numbers. Asks no database.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from triage.beside import Customer
from triage.rows import Row
from workspace.clock import MONTHS, exact, spoken_length
from workspace.rows import DISMISSALS, INTENTS, PLATFORMS, RESOLUTIONS, handle, spoken_followers


def portrait(customer: Customer, row: Row, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """Everything the customer pane shows."""
    return {
        "id": row.id,
        "parts": [_part(name, points, row, now) for name, points in row.reasons.items()],
        "priority": row.priority,
        "name": customer.name or handle(customer.platform, customer.handle),
        "facts": _facts(customer, zone),
        "moods": [
            {"balance": round(m.balance, 2), "words": f"{m.sentiment}, {exact(m.posted_at, zone)}"}
            for m in customer.moods
        ],
        "mentions": customer.mentions,
        "earlier": [_earlier(e, zone) for e in customer.earlier],
    }


def _part(name: str, points: int, row: Row, now: datetime) -> dict[str, Any]:
    """One bar, and the room it has: every maximum drawn to the scale of the largest."""
    most, largest = row.most.get(name, 0), max(row.most.values())
    return {
        "name": name,
        "word": _word(name, row, now),
        "points": points,
        "most": most,
        "room": round(100 * most / largest),
    }


def _word(name: str, row: Row, now: datetime) -> str:
    if name == "intent":
        return INTENTS[row.intent][0] if row.intent else "not read yet"
    if name == "waiting":
        return f"waited {spoken_length(now - row.waiting_since)}" if row.waiting_since else "waiting"
    if name == "reach":
        return spoken_followers(row.reached)
    return {"addressed": "speaks to us"}.get(name, name)


def _facts(customer: Customer, zone: ZoneInfo) -> list[dict[str, str]]:
    facts = [
        ("on", f"{PLATFORMS.get(customer.platform, customer.platform)}, {handle(customer.platform, customer.handle)}")
    ]
    if customer.followers is not None:
        facts.append(("followers", f"{customer.followers:,}".replace(",", "\u2009")))
    if customer.first_seen_at is not None:
        here = customer.first_seen_at.astimezone(zone)
        facts.append(("first seen", f"{here.day} {MONTHS[here.month - 1]} {here.year}"))
    facts.append(("mentions of us", str(customer.mentions)))
    if customer.median_answer_seconds is not None:
        facts.append(("usually answered in", spoken_length(timedelta(seconds=customer.median_answer_seconds))))
    return [{"word": word, "is": value} for word, value in facts]


def _earlier(row: Row, zone: ZoneInfo) -> dict[str, Any]:
    moment = row.place[1] or row.waiting_since
    told = [PLATFORMS.get(row.platform, row.platform)]
    if moment is not None:
        here = moment.astimezone(zone)
        told.append(f"{here.day} {MONTHS[here.month - 1]}")
    if row.assignee_name:
        told.append(row.assignee_name)
    told.append(_how_ended(row))
    return {"id": row.id, "text": row.text[:160] or "The post was deleted.", "told": " · ".join(told)}


def _how_ended(row: Row) -> str:
    if row.status == "resolved":
        return RESOLUTIONS.get(row.resolution or "", "resolved")
    if row.status == "dismissed":
        return DISMISSALS.get(row.dismissal or "", "dismissed")
    if row.waiting_since is not None:
        return "still waits" if row.status != "snoozed" else "snoozed, still waits"
    return "answered"
