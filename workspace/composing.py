"""WORKSPACE: the composer: what is known before a word is typed, and what a person may do with words.

Comes in: a conversation, or what the component told, which may be forged. Goes out: plain data; or one thing done, in
the caller's transaction. The rules stand in responders/; nothing here reaches a platform.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models import Response, User
from models.response import ResponseStatus as Is
from models.values import How, Role, Status
from responders import drafts, verbs
from responders.options import Options, latest_response, options
from settings import Settings
from triage.history import By, Refused
from triage.queue import page_of
from triage.rows import Row
from worker.demo_apart import visible_at
from workspace.acting import UNREADABLE, number, words
from workspace.clock import spoken_when
from workspace.rows import PLATFORMS, handle
from workspace.session import Person

REPLY, NOTE = "reply", "note"
OPEN_ON = {"x": "Copy and open on X", "reddit": "Copy and open on Reddit", "blog": "Copy and open the article"}
LEADS = {How.API: "Can be answered here", How.HAND_OFF: "Answered by hand", How.NO: "Cannot be answered"}
LOCAL = {"x": "X", "reddit": "Reddit", "blog": "the blog"}


def composer_data(
    session: Session, settings: Settings, who: Person, conversation_id: int | None, now: datetime, zone: ZoneInfo
) -> dict[str, Any]:
    """The composer's data; id 0 without a conversation."""
    if conversation_id is None:
        return {"id": 0}
    try:
        told, row = options(session, conversation_id, settings, now), page_of(session, conversation_id, settings)
    except Refused:
        return {"id": 0}
    by_hand = told.how == How.HAND_OFF
    return {
        "id": conversation_id,
        "user": who.user_id,
        REPLY: _draft(session, conversation_id, who, REPLY),
        NOTE: _draft(session, conversation_id, who, NOTE),
        "how": told.how,
        "lead": LEADS[told.how],
        "reason": told.reason,
        "price": told.price_usd,
        "priceLink": told.price_with_link_usd,
        "platform": row.platform,
        "account": handle(row.platform, told.account) if told.account else "",
        "to": row.author_name or handle(row.platform, told.to_handle),
        "limit": told.limit,
        "button": _button(told, row),
        "opens": visible_at(told.parent_url) if by_hand and not told.needs_approval else "",
        "url": visible_at(told.parent_url or row.url),
        "warn": _warn(told, row, who),
        "stands": _stands(row),
        "live": _live(session, told.live, told, row, who, now) if told.live else None,
        "last": _last(session, conversation_id, now, zone),
    }


def _draft(session: Session, conversation_id: int, who: Person, kind: str) -> dict[str, Any]:
    kept = drafts.get_draft(session, conversation_id, who.user_id, kind)
    return {"text": kept.text, "revision": kept.revision} if kept else {"text": "", "revision": 0}


def _button(told: Options, row: Row) -> str:
    if told.needs_approval:
        return "Send for approval"
    return OPEN_ON[row.platform] if told.how == How.HAND_OFF else "Send in public"


def _warn(told: Options, row: Row, who: Person) -> str:
    if row.assignee_id is not None and row.assignee_id != who.user_id:
        return f"{row.assignee_name} has it"
    return "Second pair of eyes needed" if told.needs_approval else ""


def _stands(row: Row) -> str:
    """Why no reply can be written now; empty when it can."""
    if row.status == Status.RESOLVED:
        return "It is resolved. Reopen it to answer."
    return "It is dismissed. Restore it to answer." if row.status == Status.DISMISSED else ""


def _last(session: Session, conversation_id: int, now: datetime, zone: ZoneInfo) -> str:
    """What became of the newest reply, where that still matters."""
    last = latest_response(session, conversation_id)
    if last is None:
        return ""
    if last.status == Is.SENT and last.posted_at is not None:
        return f"Sent {spoken_when(last.posted_at, now, zone)}"
    return last.said if last.status in (Is.REFUSED, Is.DISCARDED) else ""


# ---------------------------------------------------------------- a reply on its way


def _live(
    session: Session, live: Response, told: Options, row: Row, who: Person, now: datetime
) -> dict[str, Any]:  # fmt: skip
    writer = session.get(User, live.written_by)
    mine = who.user_id in (live.written_by, live.approved_by) or who.is_at_least(Role.MANAGER)
    left = (live.due_at - now).total_seconds() if live.status == Is.APPROVED and live.due_at else None
    return {
        "id": live.id,
        "status": live.status,
        "who": "you" if live.written_by == who.user_id else (writer.name or writer.email) if writer else "Somebody",
        "says": _says(live, row),
        "text": live.text,
        "left": left,
        "actions": _actions(live, row, who, told) if mine else [],
    }


def _says(live: Response, row: Row) -> str:
    place = LOCAL[row.platform]
    said = {
        Is.AWAITING_APPROVAL: "Waits for a manager's approval.",
        Is.APPROVED: "On its way.",
        Is.FIRING: f"It is going out to {place} right now.",
        Is.LATER: f"{PLATFORMS[row.platform]} asked us to wait. It goes out by itself.",
        Is.UNCERTAIN: f"We cannot tell whether it went out. Look on {place}, and say which.",
        Is.HANDED_OFF: f"Copied and opened on {place}. We will notice your reply.",
    }[live.status]
    return live.said if live.said and live.status in (Is.LATER, Is.UNCERTAIN) else said


def _actions(live: Response, row: Row, who: Person, told: Options) -> list[dict[str, Any]]:
    """What can be done with it now."""
    link = [{"name": "link", "label": "Link of our reply"}]
    url = visible_at(told.parent_url or row.url)
    if live.status in (Is.APPROVED, Is.LATER):
        return [{"label": "Undo", "do": "undo"}]
    if live.status == Is.UNCERTAIN:
        again = {"label": "It is not there: send again", "do": "again"}
        there = {"label": "It is there", "do": "there", "fields": link}
        return [{"label": "Look", "opens": url}, again, there, {"label": "Leave it", "do": "discard"}]
    if live.status == Is.HANDED_OFF:
        copy = {"label": "Copy and open again", "opens": url, "copies": True}
        return [
            copy,
            {"label": "It is there", "do": "there", "fields": link},
            {"label": "Take back", "do": "take_back"},
        ]
    if live.status == Is.AWAITING_APPROVAL and who.is_at_least(Role.MANAGER) and who.user_id != live.written_by:
        why = [{"name": "why", "label": "What should change"}]
        return [{"label": "Approve", "do": "approve", "main": True}, {"label": "Return", "do": "return", "fields": why}]
    return [{"label": "Take back", "do": "take_back"}] if live.status == Is.AWAITING_APPROVAL else []


# ---------------------------------------------------------------- what a person does


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the component told, checked for shape; whether it may be done is the verbs' to say."""

    do: str
    conversation_id: int
    response_id: int
    text: str
    revision: int
    kind: str
    more: str
    """Why, or a link."""
    seen: datetime | None
    """The newest of what they look at; whoever speaks in public must have seen everything."""


def asked(told: object) -> Asked:
    """Read what the component told. `Refused` when it makes no sense."""
    if not isinstance(told, Mapping) or told.get("do") not in {"draft", *_DOES}:
        raise Refused(UNREADABLE)
    text, revision = told.get("text", ""), told.get("revision", 0)
    if not isinstance(text, str) or isinstance(revision, bool) or not isinstance(revision, int):
        raise Refused(UNREADABLE)
    if not 0 <= revision < 2**31 or told.get("kind", REPLY) not in (REPLY, NOTE):
        raise Refused(UNREADABLE)
    return Asked(
        do=told["do"],
        conversation_id=number(told.get("conversation")),
        response_id=number(told["response"]) if told.get("response") else 0,
        text=text,
        revision=revision,
        kind=told.get("kind", REPLY),
        more=words(told.get("why") or told.get("link")),
        seen=_moment(told.get("seen")) if told["do"] in ("send", "hand_off") else None,
    )


def _moment(told: object) -> datetime:
    """A moment that we gave the component ourselves. `Refused` when it is none."""
    try:
        moment = datetime.fromisoformat(words(told))
    except ValueError:
        raise Refused(UNREADABLE) from None
    if moment.tzinfo is None:
        raise Refused(UNREADABLE)
    return moment


def keep(session: Session, wanted: Asked, user_id: int) -> int:
    """Keep what was typed; the revision that is kept now."""
    return drafts.save_draft(
        session, wanted.conversation_id, user_id, wanted.text, wanted.revision, wanted.kind
    ).revision


def keep_beside(session: Session, wanted: Asked, user_id: int) -> None:
    """Words that were refused stay their writer's, beside what another tab has kept meanwhile."""
    kept = drafts.get_draft(session, wanted.conversation_id, user_id, wanted.kind)
    if kept is None or wanted.text.strip() not in kept.text:
        drafts.put_back(session, wanted.conversation_id, user_id, wanted.text, wanted.kind)


def do(session: Session, wanted: Asked, *, by: By, settings: Settings) -> str:
    """Do what was asked for, in the caller's transaction; what to say about it. Raises `Refused`."""
    if wanted.response_id and _conversation_of(session, wanted.response_id) != wanted.conversation_id:
        raise Refused(UNREADABLE)
    return _DOES[wanted.do](session, wanted, by, settings)


def _conversation_of(session: Session, response_id: int) -> int:
    return verbs.load_response(session, response_id).conversation_id


def _send(session: Session, wanted: Asked, by: By, settings: Settings) -> str:
    sent = verbs.respond(session, wanted.conversation_id, wanted.text, by=by, settings=settings, seen=wanted.seen)
    return "It waits for a manager's approval." if sent.status == Is.AWAITING_APPROVAL else ""


def _hand_off(session: Session, wanted: Asked, by: By, settings: Settings) -> str:
    handed = verbs.hand_off(session, wanted.conversation_id, wanted.text, by=by, settings=settings, seen=wanted.seen)
    return "It waits for a manager's approval." if handed.status == Is.AWAITING_APPROVAL else ""


def _note(session: Session, wanted: Asked, by: By, _settings: Settings) -> str:
    drafts.add_note(session, wanted.conversation_id, wanted.text, by=by)
    return ""


def _undo(session: Session, wanted: Asked, by: By, _settings: Settings) -> str:
    verbs.undo(session, wanted.response_id, by=by)
    return "Taken back. Your words are here again."


def _approve(session: Session, wanted: Asked, by: By, settings: Settings) -> str:
    verbs.approve(session, wanted.response_id, by=by, settings=settings)
    return "Approved."


def _return(session: Session, wanted: Asked, by: By, _settings: Settings) -> str:
    verbs.return_(session, wanted.response_id, by=by, why=wanted.more)
    return "Returned to its writer."


def _take_back(session: Session, wanted: Asked, by: By, _settings: Settings) -> str:
    """A hand-off, or what waits for approval: its words are the writer's draft again."""
    response = verbs.load_response(session, wanted.response_id)
    if response.status == Is.AWAITING_APPROVAL:
        verbs.discard(session, wanted.response_id, by=by)
        drafts.put_back(session, response.conversation_id, response.written_by, response.text)
    else:
        verbs.take_back_hand_off(session, wanted.response_id, by=by)
    return "Taken back. The words are a draft again."


def _discard(session: Session, wanted: Asked, by: By, _settings: Settings) -> str:
    verbs.discard(session, wanted.response_id, by=by)
    return "Left as it is."


def _again(session: Session, wanted: Asked, by: By, settings: Settings) -> str:
    verbs.send_again(session, wanted.response_id, by=by, settings=settings)
    return ""


def _there(session: Session, wanted: Asked, by: By, _settings: Settings) -> str:
    verbs.it_is_there(session, wanted.response_id, wanted.more, by=by)
    return "We ask the platform for its time."


_DOES: dict[str, Callable[[Session, Asked, By, Settings], str]] = {
    "send": _send,
    "hand_off": _hand_off,
    "note": _note,
    "undo": _undo,
    "approve": _approve,
    "return": _return,
    "take_back": _take_back,
    "discard": _discard,
    "again": _again,
    "there": _there,
}
