"""TRIAGE: a person or a thread of no interest: new mentions wake, reopen and restore nothing. And the opposite."""

from sqlmodel import Session, col, select

from models import Conversation, Mute, Thread
from triage.history import By, Refused, record
from triage.verbs.change import load, work_out


def mute_author(session: Session, conversation_id: int, *, by: By, why: str = "") -> Conversation:
    """Mute the person of this conversation, in every thread of the brand."""
    conversation = load(session, conversation_id)
    if _mute(session, conversation) is not None:
        raise Refused("They are muted already.")
    session.add(
        Mute(brand_id=conversation.brand_id, author_id=conversation.author_id, muted_by=by.user_id, muted_at=by.at)
    )
    record(session, conversation, "author_muted", by, why=why)
    return _work_out_all(session, conversation, by)


def unmute_author(session: Session, conversation_id: int, *, by: By, why: str = "") -> Conversation:
    """Listen to the person again; what runs in this conversation waits again."""
    conversation = load(session, conversation_id)
    mute = _mute(session, conversation)
    if mute is None:
        raise Refused("They are not muted.")
    session.delete(mute)
    record(session, conversation, "author_unmuted", by, why=why)
    return _work_out_all(session, conversation, by)


def mute_thread(session: Session, conversation_id: int, *, by: By, why: str = "") -> Conversation:
    """Mute the whole thread for this brand."""
    return _set_thread(session, conversation_id, True, by, why)


def unmute_thread(session: Session, conversation_id: int, *, by: By, why: str = "") -> Conversation:
    """Listen to the thread again."""
    return _set_thread(session, conversation_id, False, by, why)


def _mute(session: Session, conversation: Conversation) -> Mute | None:
    query = select(Mute).where(Mute.brand_id == conversation.brand_id, col(Mute.author_id) == conversation.author_id)
    return session.exec(query).first()


def _work_out_all(session: Session, conversation: Conversation, by: By) -> Conversation:
    """Every conversation of the person with the brand follows."""
    query = select(Conversation).where(
        Conversation.brand_id == conversation.brand_id, col(Conversation.author_id) == conversation.author_id
    )
    for other in session.exec(query).all():
        work_out(session, other, by)
    return conversation


def _set_thread(session: Session, conversation_id: int, muted: bool, by: By, why: str) -> Conversation:
    conversation = load(session, conversation_id)
    thread = session.get_one(Thread, conversation.thread_id)
    if (thread.muted_at is not None) == muted:
        raise Refused("The thread is muted already." if muted else "The thread is not muted.")
    thread.muted_at = by.at if muted else None
    record(session, conversation, "thread_muted" if muted else "thread_unmuted", by, why=why)
    return work_out(session, conversation, by)
