"""RESPOND: what people do with a reply, in pairs: respond/undo, approve/return, hand off/take back, and after doubt.

Comes in: the caller's write transaction, who acts. Goes out: the response's row, and one event. The guard stands in the
WHERE of the UPDATE and the row count decides. Never commits, never calls a platform: `worker/responding.py` fires.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from models import Conversation, Response
from models.database import waited_to_write
from models.response import ResponseStatus as Is
from models.values import How, Role
from responders.checks import (
    answered_since,
    check_conversation,
    check_heard,
    check_text,
    live_words,
    repeated,
    same_reply,
    standing,
    told_post,
    writer_of,
)
from responders.drafts import clear_draft, put_back
from responders.length import holds_link
from responders.options import Options, live_response, options
from responders.origin import not_here, posting_origin
from settings import Settings
from triage.history import By, Refused, record
from triage.verbs.change import load

STILL_OURS = (Is.APPROVED, Is.LATER)
"""Approved and certainly not public: it can be taken back, or fired."""


def respond(
    session: Session, conversation_id: int, text: str, *, by: By, settings: Settings, seen: datetime | None = None
) -> Response:
    """Answer in public through the platform's API: after the grace, or after a manager's approval where rules ask.

    The same words again (a double click) are the same reply: its row comes back. `seen`: the `last_heard` of the
    screen they were written at; what was said since must be read first. Raises `Refused`.
    """
    return _begin(session, conversation_id, text, How.API, by, settings, seen)


def hand_off(
    session: Session, conversation_id: int, text: str, *, by: By, settings: Settings, seen: datetime | None = None
) -> Response:
    """Take the words to the platform by hand: our own post is noticed there, whoever typed it. Raises `Refused`."""
    return _begin(session, conversation_id, text, How.HAND_OFF, by, settings, seen)


def _begin(
    session: Session, conversation_id: int, text: str, how: How, by: By, settings: Settings, seen: datetime | None
) -> Response:
    writer = writer_of(by)
    conversation = load(session, conversation_id)
    told = options(session, conversation_id, settings, by.at)
    clean = check_text(conversation.platform, text)
    if same := same_reply(session, told, clean, writer, how):
        return same
    if told.live is not None:
        raise Refused(live_words(session, told.live, by))
    check_conversation(session, conversation, by)
    check_heard(session, conversation, seen)
    if told.how == How.NO or told.parent_mention_id is None or (how == How.API and told.how != How.API):
        raise Refused(told.reason)
    repeated(session, conversation, clean, how, by.at)
    response = _written(conversation, told, clean, how, by, settings)
    response.said = "A manager must approve it first." if told.needs_approval else ""
    if not told.needs_approval:
        _set(response, _approval(session, response, by, settings))
    try:
        with session.begin_nested():
            session.add(response)
            session.flush()
    except IntegrityError:  # the index that allows one live reply a conversation
        raise Refused(live_words(session, live_response(session, conversation_id), by)) from None
    clear_draft(session, conversation_id, writer, clean)
    record(session, conversation, "handed_off" if how == How.HAND_OFF else "responded", by, after=_facts(response))
    return response


def _written(conversation: Conversation, told: Options, text: str, how: How, by: By, settings: Settings) -> Response:
    assert conversation.id is not None
    assert told.parent_mention_id is not None
    assert by.user_id is not None
    return Response(
        conversation_id=conversation.id,
        brand_id=conversation.brand_id,
        parent_mention_id=told.parent_mention_id,
        platform=conversation.platform,
        account_id=told.account_id,
        origin=posting_origin(conversation.platform, settings),
        how=how,
        status=Is.AWAITING_APPROVAL,
        text=text,
        written_by=by.user_id,
        written_at=by.at,
        price_usd=price(told, text) if how == How.API else None,
    )


def price(told: Options, text: str) -> float | None:
    """What these words will cost, in US dollars."""
    from_link = told.price_with_link_usd
    return from_link if from_link is not None and holds_link(text) else told.price_usd


def _approval(session: Session, response: Response, by: By, settings: Settings) -> dict[str, Any]:
    """What approving writes: by whom, for which address, and when it goes out."""
    values: dict[str, Any] = {
        "approved_by": by.user_id,
        "approved_at": by.at,
        "origin": posting_origin(response.platform, settings),
        "said": "",
    }
    if response.how == How.HAND_OFF:
        return values | {"status": Is.HANDED_OFF, "due_at": None}
    before, response.origin = response.origin, values["origin"]
    reason = not_here(session, response, settings)
    response.origin = before
    if reason:
        raise Refused(reason)
    return values | {"status": Is.APPROVED, "due_at": _due(session, by, settings)}


def _due(session: Session, by: By, settings: Settings) -> datetime:
    """When the grace ends. A press that had to wait for its turn to write loses nothing of it."""
    return by.at + waited_to_write(session) + timedelta(seconds=settings.grace_seconds)


def undo(session: Session, response_id: int, *, by: By) -> Response:
    """Take it back before it goes out; its words are the writer's draft again. `Refused` once it is going out."""
    response = _theirs(session, response_id, by)
    values = {"status": Is.DISCARDED, "due_at": None, "ended_at": by.at, "said": "Taken back before it went out."}
    return _to_draft(session, response, STILL_OURS, values, "undone", by)


def approve(session: Session, response_id: int, *, by: By, settings: Settings) -> Response:
    """Let it go out after the grace. Managers approve, and nobody their own words."""
    response = _for_manager(session, response_id, by)
    if answered_since(session, response, response.written_at):
        raise Refused("Somebody answered meanwhile: return it, and look whether it is still needed.")
    values = _approval(session, response, by, settings)
    return _change(session, response, (Is.AWAITING_APPROVAL,), values, "approved", by)


def return_(session: Session, response_id: int, *, by: By, why: str) -> Response:
    """Give it back to its writer with a reason; its words are their draft again."""
    response = _for_manager(session, response_id, by)
    if not why.strip():
        raise Refused("Say why, so that the writer knows what to change.")
    values = {"status": Is.DISCARDED, "due_at": None, "ended_at": by.at, "said": f"Returned: {why.strip()}"}
    return _to_draft(session, response, (Is.AWAITING_APPROVAL,), values, "returned", by, why.strip())


def discard(session: Session, response_id: int, *, by: By) -> Response:
    """Let it go for good: its words stay on the row only. After doubt it may be public all the same."""
    response = _theirs(session, response_id, by)
    doubt = response.status == Is.UNCERTAIN
    said = "Left as it is: it may be public." if doubt else "Thrown away before it went out."
    values = {"status": Is.DISCARDED, "due_at": None, "ended_at": by.at, "said": said}
    allowed = (Is.AWAITING_APPROVAL, Is.HANDED_OFF, Is.UNCERTAIN, *STILL_OURS)
    return _change(session, response, allowed, values, "discarded", by)


def take_back_hand_off(session: Session, response_id: int, *, by: By) -> Response:
    """It was not answered by hand after all; its words are the writer's draft again."""
    response = _theirs(session, response_id, by)
    values = {"status": Is.DISCARDED, "due_at": None, "ended_at": by.at, "said": "Taken back: not answered by hand."}
    return _to_draft(session, response, (Is.HANDED_OFF,), values, "hand_off_taken_back", by)


def send_again(session: Session, response_id: int, *, by: By, settings: Settings) -> Response:
    """A person looked and it is not there: send the same words once more, after the grace."""
    writer_of(by)
    response = load_response(session, response_id)
    values = {
        "status": Is.APPROVED,
        "due_at": _due(session, by, settings),
        "approved_by": by.user_id,
        "approved_at": by.at,
        "external_id": None,
        "url": "",
        "said": "",
    }
    return _change(session, response, (Is.UNCERTAIN,), values, "sent_again", by)


def it_is_there(session: Session, response_id: int, url_or_id: str, *, by: By) -> Response:
    """A person looked and it is there: the platform is asked for that post and its time, and then it counts as sent."""
    writer_of(by)
    response = load_response(session, response_id)
    external_id, url = told_post(response.platform, url_or_id)
    values = {"external_id": external_id, "url": url, "due_at": by.at, "said": "We ask the platform for its time."}
    return _change(session, response, (Is.UNCERTAIN, Is.HANDED_OFF), values, "said_there", by)


def load_response(session: Session, response_id: int) -> Response:
    """The response as it stands, nobody else's to change until the end. `Refused` when there is none."""
    session.flush()
    response = session.get(Response, response_id, populate_existing=True, with_for_update={"key_share": True})
    if response is None:
        raise Refused(f"There is no reply {response_id}.")
    return response


def _theirs(session: Session, response_id: int, by: By) -> Response:
    """A response that is this person's to take back: its writer's, its approver's, or anybody's for managers."""
    writer_of(by)
    response = load_response(session, response_id)
    if by.user_id not in (response.written_by, response.approved_by) and not by.may(Role.MANAGER):
        raise Refused("It is somebody else's reply; only they or a manager can take it back.")
    return response


def _for_manager(session: Session, response_id: int, by: By) -> Response:
    writer_of(by)
    response = load_response(session, response_id)
    if not by.may(Role.MANAGER):
        raise Refused("Only a manager can approve or return a reply.")
    if by.user_id == response.written_by:
        raise Refused("These are your own words: another manager must look at them.")
    return response


def _to_draft(
    session: Session,
    response: Response,
    allowed: tuple[Is, ...],
    values: dict[str, Any],
    verb: str,
    by: By,
    why: str = "",
) -> Response:
    changed = _change(session, response, allowed, values, verb, by, why)
    put_back(session, changed.conversation_id, changed.written_by, changed.text)
    return changed


def _change(
    session: Session,
    response: Response,
    allowed: tuple[Is, ...],
    values: dict[str, Any],
    verb: str,
    by: By,
    why: str = "",
) -> Response:
    """Change the row where its status allows it, and leave an event; else `Refused`, saying how it stands."""
    before = response.status
    guard = update(Response).where(col(Response.id) == response.id, col(Response.status).in_(allowed))
    if session.connection().execute(guard.values(**values)).rowcount == 0:
        raise Refused(standing(load_response(session, response.id or 0)))
    session.refresh(response)
    conversation = session.get_one(Conversation, response.conversation_id)
    told = {"response": response.id, "status": before.value}
    record(session, conversation, verb, by, told, _facts(response), why)
    return response


def _set(response: Response, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(response, name, value)


def _facts(response: Response) -> dict[str, Any]:
    return {"response": response.id, "status": response.status.value, "how": response.how.value}
