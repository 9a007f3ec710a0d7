"""WORKSPACE: which buttons stand over a conversation, each with its key and its choices.

Comes in: the row and who looks. Goes out: plain dicts; what they tell when pressed is checked by `workspace.acting`.
The verbs decide what may be done: a button is only an offer.
"""

from typing import Any

from models.values import Band, Dismissal, Resolution, Role, Status
from triage.rows import Row
from workspace.rows import DISMISSALS
from workspace.session import Person

Button = dict[str, Any]
BANDS = {Band.URGENT: "Urgent: now", Band.HIGH: "High: soon", Band.NORMAL: "Normal", Band.LOW: "Low: there is time"}


def buttons(row: Row, who: Person, colleagues: list[tuple[int, str]]) -> list[Button]:
    """In the order of the work: take it, put it aside, pass it on, finish it."""
    if row.status == Status.RESOLVED:
        return [_plain("Reopen", "e", "reopen")]
    if row.status == Status.DISMISSED:
        return [_plain("Restore", "d", "restore")]
    aside = _plain("Wake", "s", "wake") if row.status == Status.SNOOZED else _snooze()
    return [*_taking(row, who), aside, _assign(row, who, colleagues), _resolve(row), _dismiss()]


def _plain(label: str, key: str, verb: str) -> Button:
    return {"label": label, "key": key, "told": {"verb": verb}}


def _taking(row: Row, who: Person) -> list[Button]:
    if row.assignee_id is None:
        return [_plain("Claim", "c", "claim")]
    if row.assignee_id == who.user_id or who.is_at_least(Role.MANAGER):
        return [_plain("Release", "c", "release")]
    return []


def _snooze() -> Button:
    when = (("1 hour", "hour", ""), ("Tomorrow", "tomorrow", "09:00"), ("Next week", "week", "Monday 09:00"))
    options: list[Button] = [
        {"label": label, "hint": hint, "told": {"verb": "snooze", "until": until}} for label, until, hint in when
    ]
    own = {"name": "until", "type": "datetime-local", "label": "Own time"}
    options.append({"label": "Snooze until then", "told": {"verb": "snooze"}, "fields": [own]})
    return {"label": "Snooze", "key": "s", "asks": "Out of the queue until", "options": options}


def _assign(row: Row, who: Person, colleagues: list[tuple[int, str]]) -> Button:
    options: list[Button] = [
        {"label": name, "hint": "you" if user_id == who.user_id else "", "told": {"verb": "assign", "to": user_id}}
        for user_id, name in colleagues
        if user_id != row.assignee_id
    ]
    if row.escalated:
        options.append({"label": "No more help needed", "told": {"verb": "de_escalate"}})
    else:
        why = [{"name": "why", "type": "text", "label": "What a manager should know"}]
        options.append({"label": "Ask a manager for help", "told": {"verb": "escalate"}, "fields": why})
    return {"label": "Assign", "key": "x", "asks": "Give it to", "options": options}


def _resolve(row: Row) -> Button:
    if row.waiting_since is None:
        return {"label": "Resolve", "key": "e", "told": {"verb": "resolve", "reason": Resolution.ANSWERED}}
    told = {"verb": "resolve"}
    fields = [
        {"name": "url", "type": "url", "label": "Link of the answer"},
        {"name": "at", "type": "datetime-local", "label": "When it was given"},
    ]
    options: list[Button] = [
        {"label": "Answered privately", "told": told | {"reason": Resolution.ANSWERED_PRIVATELY}},
        {
            "label": "No answer",
            "hint": "the wait stays open in reports",
            "told": told | {"reason": Resolution.NO_ANSWER},
        },
        {"label": "Answered elsewhere", "told": told | {"reason": Resolution.ANSWERED_ELSEWHERE}, "fields": fields},
    ]
    return {"label": "Resolve", "key": "e", "asks": "They still wait. How is it finished?", "options": options}


def _dismiss() -> Button:
    options = [
        {"label": DISMISSALS[reason].capitalize(), "told": {"verb": "dismiss", "reason": reason}}
        for reason in Dismissal
    ]
    return {"label": "Dismiss", "key": "d", "asks": "Not ours to answer, because it is", "options": options}
