"""TRIAGE: how soon, and why. Comes in: a reading, the age of a wait, who spoke to whom. Goes out: band and points.

Pure. Priority is a plain sum of whole points under five names whose maxima add up to 100, so its reasons always add up.
The band is decided by severity and intent alone, whatever the maxima are, and it alone decides the target.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from math import log10
from typing import Protocol

from models.values import Band, Intent


@dataclass(frozen=True, slots=True)
class Weights:
    """The most points each part can give: whole, not negative, 100 together. Settings say them."""

    severity: int = 40
    intent: int = 25
    waiting: int = 20
    addressed: int = 10
    reach: int = 5

    @property
    def maxima(self) -> dict[str, int]:
        """By name, in the order in which the parts are told."""
        return asdict(self)

    @property
    def code(self) -> str:
        """As a row keeps them: "40/25/20/10/5"."""
        return "/".join(str(most) for most in self.maxima.values())


PLAIN = Weights()
"""What holds where nobody set anything; the scales below are written in these."""

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
"""Of 25."""
UNREAD_SEVERITY, UNREAD_INTENT = 0.4, 15
"""Not read yet: in the middle, above what is known to be harmless. Of 1 and of 25."""
HOT = 26
"""Of 40: from this severity on a complaint's band is high."""
MOST_TENS = 5
"""From 10 to the power of this many followers on, more count no further."""


class Read(Protocol):
    """What of a reading matters here; the table `Reading` and the classifier's own result both have it."""

    @property
    def p_negative(self) -> float:
        """0–1."""

    @property
    def needs_reply(self) -> float:
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


def severity(reading: Read | None) -> float:
    """0–1: how bad it would be to say nothing, from what was read.

    Danger and leaving count whole. All else counts as far as an answer is needed: a furious word among friends is no
    reason to hurry, a calm question to us is.
    """
    if reading is None:
        return UNREAD_SEVERITY
    p = reading.intents
    heat = 0.35 + 0.65 * reading.p_negative
    wanted = max(0.75 * p.get("complaint", 0.0) * heat, 0.45 * reading.p_negative, 0.4)
    worst = max(
        p.get("crisis", 0.0) if reading.intent == Intent.CRISIS else 0.0,
        0.85 * p.get("churn", 0.0) if reading.intent == Intent.CHURN else 0.0,
        wanted * reading.needs_reply,
    )
    floor = {Intent.CRISIS: 0.85, Intent.CHURN: 0.6}.get(Intent(reading.intent), 0.0)
    return min(1.0, max(worst, floor))


def band(reading: Read) -> Band:
    """Urgent: safety. High: may leave, or a hot complaint. Normal: wants something of us. Low: the rest."""
    intent = Intent(reading.intent)
    if intent == Intent.CRISIS:
        return Band.URGENT
    if intent == Intent.CHURN or (intent == Intent.COMPLAINT and round(PLAIN.severity * severity(reading)) >= HOT):
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
    weights: Weights,
) -> Priority:
    """The points of one wait at `now`: the worst of what its mentions say, its age against its target, and the rest.

    `readings` holds one entry a mention, None for one not read yet. `followers` None = unknown reach, no points. Each
    part is rounded by itself and none passes its maximum in `weights`; the same order of facts under any weights.
    """
    read = list(readings) or [None]
    waited, rescore_at = waiting_points(waiting_since, target_seconds, now, weights.waiting)
    reasons = {
        "severity": round(weights.severity * max(severity(r) for r in read)),
        "intent": round(weights.intent * max(_intent(r) * _wanted(r) for r in read) / PLAIN.intent),
        "waiting": waited,
        "addressed": round(weights.addressed * max(_wanted(r) for r in read)) if addressed else 0,
        "reach": reach_points(followers, weights.reach),
    }
    return Priority(reasons, rescore_at)


def _intent(reading: Read | None) -> int:
    return UNREAD_INTENT if reading is None else INTENT_POINTS[Intent(reading.intent)]


def _wanted(reading: Read | None) -> float:
    """0–1: how far an answer is needed. What it is and to whom it is said count no further than that."""
    if reading is None or Intent(reading.intent) in (Intent.CRISIS, Intent.CHURN):
        return 1.0
    return reading.needs_reply


def waiting_points(
    since: datetime | None, target_seconds: float, now: datetime, most: int
) -> tuple[int, datetime | None]:
    """0–`most`, a point for each `most`-th part of the target that has passed; and when the next is earned."""
    if since is None or most == 0:
        return 0, None
    target = timedelta(seconds=target_seconds)
    step = target / most  # to the microsecond: so many of them may pass the target by a few
    earned = most if now - since >= target else min(most, max(0, (now - since) // step))
    return earned, None if earned == most else since + min(target, step * (earned + 1))


def reach_points(followers: int | None, most: int) -> int:
    """0–`most`, a fifth of it for each power of ten up to 100,000, so that a large account never drowns a small one."""
    tens = min(MOST_TENS, int(log10(followers))) if followers and followers > 0 else 0
    return round(most * tens / MOST_TENS)
