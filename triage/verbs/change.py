"""TRIAGE: the one shape of a verb: a guarded UPDATE whose row count decides, then its event.

Comes in: a guard and new values. Goes out: the fresh row, or `Refused`. Never commits.

Who sees a status as it stands and changes it takes the one hand first, so that a mention that arrives meanwhile comes
before or after it, never unseen in between.
"""

from typing import Any

from sqlalchemy import ColumnElement, true, update
from sqlmodel import Session, col, select

from models import Conversation, Mention, MentionVersion, Placement, Thread, User
from models.values import Status
from settings import settings
from triage.history import By, Refused, record
from triage.recompute import one_hand, recompute
from triage.rules import rules_for
from triage.thread_keys import ThreadKey

LIVE = (Status.NEW, Status.OPEN)
UNFINISHED = (Status.NEW, Status.OPEN, Status.SNOOZED)


def load(session: Session, conversation_id: int) -> Conversation:
    """The conversation as it stands, nobody else's to change until the end. `Refused` when there is none."""
    session.flush()
    conversation = session.get(
        Conversation, conversation_id, populate_existing=True, with_for_update={"key_share": True}
    )
    if conversation is None:
        raise Refused(f"There is no conversation {conversation_id}.")
    return conversation


def change(
    session: Session,
    conversation_id: int,
    verb: str,
    by: By,
    guard: ColumnElement[bool],
    values: dict[str, Any],
    why: str = "",
    beside: dict[str, tuple[Any, Any]] | None = None,
) -> Conversation | None:
    """Change the row where the guard holds and leave an event; None when it does not hold: somebody was faster.

    `beside`: what the event tells of facts that stand elsewhere, name → (before, after).
    """
    if "status" in values:
        one_hand(session)
    conversation = load(session, conversation_id)
    before = {name: plain(getattr(conversation, name)) for name in values}
    statement = update(Conversation).where(col(Conversation.id) == conversation_id, guard).values(**values)
    if session.connection().execute(statement).rowcount == 0:
        return None
    session.refresh(conversation)
    after = {name: plain(getattr(conversation, name)) for name in values}
    for name, (was, is_now) in (beside or {}).items():
        before[name], after[name] = was, is_now
    record(session, conversation, verb, by, before, after, why)
    return conversation


def heard(by: By) -> ColumnElement[bool]:
    """A guard: the person wrote and edited nothing that we had only after the moment in which `by` acts.

    What nobody can have read, nobody puts aside. Rules put nothing aside.
    """
    if by.rule:
        return true()
    stored = col(Conversation.last_stored_at)
    edited = (
        select(MentionVersion.id)
        .join(Mention, col(Mention.id) == MentionVersion.mention_id)
        .join(Placement, col(Placement.mention_id) == Mention.id)
        .where(
            Placement.conversation_id == Conversation.id,
            col(Mention.own).is_(False),
            MentionVersion.replaced_at > by.at,
        )
        .correlate(Conversation)
    )
    return (stored.is_(None) | (stored <= by.at)) & ~edited.exists()


def unheard(session: Session, conversation: Conversation, by: By) -> bool:
    """Whether there is something of theirs that `by` cannot have read."""
    query = select(Conversation.id).where(col(Conversation.id) == conversation.id, ~heard(by))
    return session.exec(query).first() is not None


def work_out(session: Session, conversation: Conversation, by: By) -> Conversation:
    """Recompute the conversation's thread after a person's word changed its waits."""
    one_hand(session)
    session.flush()
    thread = session.get_one(Thread, conversation.thread_id)
    rules = rules_for(session, conversation.brand_id, settings())
    recompute(session, rules, [ThreadKey(thread.platform, thread.external_id)], by.at)
    session.refresh(conversation)
    return conversation


def name_of(session: Session, user_id: int | None) -> str:
    """How a colleague is called on the screen."""
    user = session.get(User, user_id) if user_id is not None else None
    return (user.name or user.email) if user else "Nobody"


def plain(value: Any) -> Any:
    """A value as history keeps it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def standing(conversation: Conversation) -> str:
    """The status as a word in a sentence."""
    return f"It is {conversation.status.value} already."


def why_not(session: Session, conversation_id: int, by: By) -> Refused:
    """Why `by` cannot put it aside: what they have not read, or the status it has already."""
    conversation = load(session, conversation_id)
    if unheard(session, conversation, by):
        return Refused("They wrote again just now: read that first.")
    return Refused(standing(conversation))
