"""TRIAGE: how soon, and why. Comes in: a reading, the age of a wait, who spoke to whom. Goes out: band and points.

Pure. Priority is a plain sum of whole points under five names whose maxima add up to 100, so its reasons always add up.
The band is decided by severity and intent alone, and it alone decides the target.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log10
from typing import Protocol

from models.values import Band, Intent

SEVERITY, INTENT, WAITING, ADDRESSED, REACH = 40, 25, 20, 10, 5

INTENT_POINTS = {
    Intent.CRISIS: 25,
    Intent.CHURN: 22,
    Intent.COMPLAINT: 18,
    Intent.QUESTION: 15,
    Intent.PURCHASE: 15,
    Intent.SUGGESTION: 7,
    Intent.PRAISE: 4,
    Intent.PROMO: 0,
    Intent.CHATTER: 0,
}
UNREAD_SEVERITY, UNREAD_INTENT = 16, 15
"""Not read yet: in the middle, above what is known to be harmless."""


class Read(Protocol):
    """What of a reading matters here; the table `Reading` and the classifier's own result both have it."""

    @property
    def p_negative(self) -> float:
        """0–1."""

    @property
    def intents(self) -> Mapping[str, float]:
        """Probability of each intent, 0–1."""

    @property
    def intent(self) -> str:
        """The primary intent's code."""


@dataclass(frozen=True, slots=True)
class Priority:
    """Points by name, and when waiting will have earned the next one."""

    reasons: dict[str, int]
    rescore_at: datetime | None

    @property
    def points(self) -> int:
        """0–100."""
        return sum(self.reasons.values())


def severity(reading: Read | None) -> int:
    """0–40: how bad it would be to say nothing, from what was read."""
    if reading is None:
        return UNREAD_SEVERITY
    p = reading.intents
    heat = 0.35 + 0.65 * reading.p_negative
    worst = max(
        p.get("crisis", 0.0) if reading.intent == Intent.CRISIS else 0.0,
        0.85 * p.get("churn", 0.0) if reading.intent == Intent.CHURN else 0.0,
        0.75 * p.get("complaint", 0.0) * heat,
        0.45 * reading.p_negative,
    )
    floor = {Intent.CRISIS: 0.85, Intent.CHURN: 0.6}.get(Intent(reading.intent), 0.0)
    return round(SEVERITY * min(1.0, max(worst, floor)))


def band(reading: Read) -> Band:
    """Urgent: safety. High: may leave, or a hot complaint. Normal: wants something of us. Low: the rest."""
    intent = Intent(reading.intent)
    if intent == Intent.CRISIS:
        return Band.URGENT
    if intent == Intent.CHURN or (intent == Intent.COMPLAINT and severity(reading) >= 26):
        return Band.HIGH
    if intent in (Intent.COMPLAINT, Intent.QUESTION, Intent.PURCHASE):
        return Band.NORMAL
    return Band.LOW


def priority(
    readings: Iterable[Read | None],
    *,
    waiting_since: datetime | None,
    target_seconds: float,
    now: datetime,
    addressed: bool,
    followers: int | None,
) -> Priority:
    """The points of one wait at `now`: the worst of what its mentions say, its age against its target, and the rest.

    `readings` holds one entry a mention, None for one not read yet. `followers` None = unknown reach, no points.
    """
    read = list(readings) or [None]
    waited, rescore_at = waiting_points(waiting_since, target_seconds, now)
    reasons = {
        "severity": max(severity(r) for r in read),
        "intent": max(UNREAD_INTENT if r is None else INTENT_POINTS[Intent(r.intent)] for r in read),
        "waiting": waited,
        "addressed": ADDRESSED if addressed else 0,
        "reach": reach_points(followers),
    }
    return Priority(reasons, rescore_at)


def waiting_points(since: datetime | None, target_seconds: float, now: datetime) -> tuple[int, datetime | None]:
    """0–20, one point for each twentieth of the target that has passed; and when the next is earned."""
    if since is None:
        return 0, None
    step = timedelta(seconds=target_seconds) / WAITING
    earned = min(WAITING, max(0, (now - since) // step))
    return earned, None if earned == WAITING else since + step * (earned + 1)


def reach_points(followers: int | None) -> int:
    """0–5, a point for each power of ten: bounded, so that a small account is never drowned by a large one."""
    return min(REACH, int(log10(followers))) if followers and followers > 0 else 0
