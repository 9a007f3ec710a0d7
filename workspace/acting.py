"""WORKSPACE: what a person asked for with a button or a key, checked, and its opposite for Undo.

Comes in: what a component told, which may be forged. Goes out: a plan: one verb with its arguments, what to say, and
the plan that takes it back. A plan changes nothing before it runs, in a transaction of the caller.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.values import Band, Dismissal, Label, Resolution
from triage import verbs
from triage.beside import check_seen
from triage.history import By, Refused
from triage.rows import Row
from workspace.clock import spoken_when
from workspace.rows import DISMISSALS, INTENTS, RESOLUTIONS

UNDO = timedelta(seconds=10)
LARGEST_ID = 2**31 - 1
MORNING = 9
"""The hour at which what was snoozed for days comes back."""
UNREADABLE = "That could not be understood. Reload the page, and try again."


@dataclass(frozen=True, slots=True)
class Plan:
    """One verb about one conversation."""

    verb: Callable[..., Any]
    conversation_id: int
    says: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    puts_aside: bool = False
    """It takes words out of sight, so they must have been seen."""
    opposite: "Plan | None" = None
    undo: "Callable[[Any], Plan | None] | None" = None
    """The same, where it is known only from what the verb gave back."""

    def back(self, result: Any) -> "Plan | None":
        """The plan that takes back what gave this result."""
        return self.undo(result) if self.undo else self.opposite

    def run(self, session: Session, *, by: By, seen: datetime | None) -> Any:
        """Do it in the caller's transaction. Raises `Refused`."""
        if self.puts_aside:
            check_seen(session, self.conversation_id, seen)
        return self.verb(session, self.conversation_id, *self.args, by=by, **self.kwargs)


def number(told: object) -> int:
    """A row's number as a component told it. `Refused` when it is none."""
    if isinstance(told, bool) or not isinstance(told, int) or not 0 < told <= LARGEST_ID:
        raise Refused(UNREADABLE)
    return told


def words(told: object, longest: int = 2_000) -> str:
    """Text as a component told it; empty when nothing was said. `Refused` when it is no text."""
    if told is None:
        return ""
    if not isinstance(told, str) or len(told) > longest:
        raise Refused(UNREADABLE)
    return told.strip()


def plan(told: object, row: Row, *, by: By, zone: ZoneInfo) -> Plan:
    """What was asked for, about the conversation of `row`. `Refused` when it makes no sense."""
    if not isinstance(told, Mapping) or told.get("verb") not in _PLANS or number(told.get("conversation")) != row.id:
        raise Refused(UNREADABLE)
    return _PLANS[told["verb"]](told, row, by, zone)


def _claim(_told: Mapping[str, Any], row: Row, _by: By, _zone: ZoneInfo) -> Plan:
    return Plan(verbs.claim, row.id, "It is yours.", opposite=Plan(verbs.release, row.id, "Put back for others."))


def _release(_told: Mapping[str, Any], row: Row, by: By, _zone: ZoneInfo) -> Plan:
    back = Plan(verbs.claim, row.id, "It is yours again.") if row.assignee_id == by.user_id else None
    return Plan(verbs.release, row.id, "Put back for others.", opposite=back)


def _assign(told: Mapping[str, Any], row: Row, by: By, _zone: ZoneInfo) -> Plan:
    to = number(told.get("to"))
    back = None
    if row.assignee_id is None and (to == by.user_id or _manages(by)):
        back = Plan(verbs.unassign, row.id, "Nobody has it.")
    elif row.assignee_id is not None and _manages(by):
        back = Plan(verbs.assign, row.id, f"{row.assignee_name} has it again.", (row.assignee_id,))
    return Plan(verbs.assign, row.id, "Passed on.", (to,), opposite=back)


def _snooze(told: Mapping[str, Any], row: Row, by: By, zone: ZoneInfo) -> Plan:
    until = snooze_until(words(told.get("until")), by.at, zone)
    says = f"Snoozed until {spoken_when(until, by.at, zone)}. They still wait."
    back = Plan(verbs.wake, row.id, "Back in the queue.")
    return Plan(verbs.snooze, row.id, says if row.waiting_since else says.split(". ")[0] + ".", (until,),
                puts_aside=True, opposite=back)  # fmt: skip


def _resolve(told: Mapping[str, Any], row: Row, _by: By, zone: ZoneInfo) -> Plan:
    reason = _one_of(Resolution, told.get("reason"))
    kwargs: dict[str, Any] = {}
    if reason == Resolution.ANSWERED_ELSEWHERE:
        kwargs = {"url": _link(told.get("url")), "answered_at": local_time(words(told.get("at")), zone)}
    back = Plan(verbs.reopen, row.id, "Open again.")
    return Plan(verbs.resolve, row.id, f"Resolved: {RESOLUTIONS[reason]}.", (reason,), kwargs, True, back)


def _dismiss(told: Mapping[str, Any], row: Row, _by: By, _zone: ZoneInfo) -> Plan:
    reason = _one_of(Dismissal, told.get("reason"))
    back = Plan(verbs.restore, row.id, "Restored.")
    return Plan(verbs.dismiss, row.id, f"Dismissed: {DISMISSALS[reason]}.", (reason,), puts_aside=True, opposite=back)


def _escalate(told: Mapping[str, Any], row: Row, _by: By, _zone: ZoneInfo) -> Plan:
    back = Plan(verbs.de_escalate, row.id, "Help is not asked for any more.")
    return Plan(
        verbs.escalate, row.id, "A manager is asked for help.", kwargs={"why": words(told.get("why"))}, opposite=back
    )


def _set_band(told: Mapping[str, Any], row: Row, _by: By, _zone: ZoneInfo) -> Plan:
    band = _one_of(Band, told.get("band"))
    back = Plan(verbs.set_band, row.id, f"{row.band} again.".capitalize(), (Band(row.band),)) if row.band else None
    return Plan(verbs.set_band, row.id, f"It is {band} now, and its target follows.", (band,), opposite=back)


def _set_needs_answer(told: Mapping[str, Any], row: Row, _by: By, _zone: ZoneInfo) -> Plan:
    needs = told.get("needs") is True
    says = "It needs an answer." if needs else "It needs no answer."
    back = Plan(verbs.set_needs_answer, row.id, "As it was before.", (not needs,), puts_aside=needs)
    return Plan(verbs.set_needs_answer, row.id, says, (needs,), puts_aside=not needs, opposite=back)


WORDS = {
    (Label.ABOUT_BRAND, "yes"): "It is about us.", (Label.ABOUT_BRAND, "no"): "It is not about us.",
    (Label.NEEDS_REPLY, "yes"): "It needs an answer.", (Label.NEEDS_REPLY, "no"): "It needs no answer.",
}  # fmt: skip


def _correct(told: Mapping[str, Any], row: Row, _by: By, _zone: ZoneInfo) -> Plan:
    mention_id, label = number(told.get("mention")), _one_of(Label, told.get("label"))
    said = words(told.get("said"), 20)
    word = INTENTS[said][0] if label == Label.INTENT and said in INTENTS else said
    return Plan(
        verbs.correct, row.id, WORDS.get((label, said), f"Corrected: {word}."), (mention_id, label, said),
        {"edition": number(told.get("edition"))},
        undo=lambda kept: _take_back(row.id, mention_id, [kept.id]),
    )  # fmt: skip


def _confirm(told: Mapping[str, Any], row: Row, _by: By, _zone: ZoneInfo) -> Plan:
    mention_id = number(told.get("mention"))
    return Plan(
        verbs.confirm, row.id, f"{row.author_name or row.author}: looks right.", (mention_id,),
        {"edition": number(told.get("edition"))},
        undo=lambda kept: _take_back(row.id, mention_id, [c.id for c in kept]) if kept else None,
    )  # fmt: skip


def _take_back(conversation_id: int, mention_id: int, corrections: list[int]) -> Plan:
    return Plan(verbs.take_back, conversation_id, "As it was read.", (mention_id,), {"corrections": corrections})


def _plain(verb: Callable[..., Any], says: str) -> "Planner":
    def planned(_told: Mapping[str, Any], row: Row, _by: By, _zone: ZoneInfo) -> Plan:
        return Plan(verb, row.id, says)

    return planned


Planner = Callable[[Mapping[str, Any], Row, By, ZoneInfo], Plan]
_PLANS: dict[str, Planner] = {
    "claim": _claim,
    "release": _release,
    "assign": _assign,
    "snooze": _snooze,
    "wake": _plain(verbs.wake, "Back in the queue."),
    "resolve": _resolve,
    "reopen": _plain(verbs.reopen, "Open again."),
    "dismiss": _dismiss,
    "restore": _plain(verbs.restore, "Restored."),
    "escalate": _escalate,
    "de_escalate": _plain(verbs.de_escalate, "Help is not asked for any more."),
    "set_band": _set_band,
    "correct": _correct,
    "confirm": _confirm,
    "set_needs_answer": _set_needs_answer,
}


def snooze_until(told: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Until when: "hour", "tomorrow" and "week" (09:00 there), or a local time such as 2026-03-04T09:00."""
    here = now.astimezone(zone)
    if told == "hour":
        return now + timedelta(hours=1)
    if told in ("tomorrow", "week"):
        days = 1 if told == "tomorrow" else 7 - here.weekday()
        day = here.date() + timedelta(days=days)
        return datetime(day.year, day.month, day.day, MORNING, tzinfo=zone).astimezone(now.tzinfo)
    return local_time(told, zone)


def local_time(told: str, zone: ZoneInfo) -> datetime:
    """A time as the browser's own field gives it, in the viewer's zone. `Refused` when it is none."""
    try:
        return datetime.fromisoformat(told).replace(tzinfo=zone)
    except ValueError:
        raise Refused("Choose a day and a time.") from None


def _one_of(kind: type[Any], told: object) -> Any:
    if told not in {member.value for member in kind}:
        raise Refused(UNREADABLE)
    return kind(told)


def _link(told: object) -> str:
    link = words(told)
    if link and not link.lower().startswith(("http://", "https://")):
        raise Refused("Give the whole link, beginning with https://.")
    return link


def _manages(by: By) -> bool:
    return by.role is not None and by.role.value in ("manager", "admin")
