"""TRIAGE: a person or a thread of no interest: new mentions wake, reopen and restore nothing. And the opposite."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from models import Conversation, Event, Mention, MentionVersion, Mute, Placement, Thread
from models.values import Resolution, Status
from triage.hearing import ask_again
from triage.history import By, Refused, record
from triage.recompute import one_hand
from triage.verbs.change import load, work_out
from triage.verbs.dismiss import restore
from triage.verbs.resolve import reopen
from triage.verbs.snooze import wake


def mute_author(session: Session, conversation_id: int, *, by: By, why: str = "") -> Conversation:
    """Mute the person of this conversation, in every thread of the brand."""
    one_hand(session)
    conversation = load(session, conversation_id)
    if _mute(session, conversation) is not None:
        raise Refused("They are muted already.")
    session.add(
        Mute(brand_id=conversation.brand_id, author_id=conversation.author_id, muted_by=by.user_id, muted_at=by.at)
    )
    record(session, conversation, "author_muted", by, why=why)
    _work_out(session, _of_author(session, conversation), by)
    return conversation


def unmute_author(session: Session, conversation_id: int, *, by: By, why: str = "") -> Conversation:
    """Listen to the person again; what runs waits again, and what they said meanwhile is seen."""
    one_hand(session)
    conversation = load(session, conversation_id)
    mute = _mute(session, conversation)
    if mute is None:
        raise Refused("They are not muted.")
    since = mute.muted_at
    session.delete(mute)
    record(session, conversation, "author_unmuted", by, why=why)
    _listen_again(session, _of_author(session, conversation), since, by)
    return conversation


def mute_thread(session: Session, conversation_id: int, *, by: By, why: str = "") -> Conversation:
    """Mute the whole thread for this brand."""
    conversation, _ = _set_thread(session, conversation_id, True, by, why)
    return work_out(session, conversation, by)


def unmute_thread(session: Session, conversation_id: int, *, by: By, why: str = "") -> Conversation:
    """Listen to the thread again; what was said in it meanwhile is seen."""
    conversation, since = _set_thread(session, conversation_id, False, by, why)
    query = select(Conversation).where(col(Conversation.thread_id) == conversation.thread_id)
    _listen_again(session, session.exec(query.order_by(col(Conversation.id))).all(), since, by)
    return conversation


def is_muted(session: Session, conversation: Conversation) -> bool:
    """Whether its person or its thread is of no interest."""
    thread = session.get_one(Thread, conversation.thread_id)
    return thread.muted_at is not None or _mute(session, conversation) is not None


def _mute(session: Session, conversation: Conversation) -> Mute | None:
    query = select(Mute).where(Mute.brand_id == conversation.brand_id, col(Mute.author_id) == conversation.author_id)
    return session.exec(query).first()


def _of_author(session: Session, conversation: Conversation) -> list[Conversation]:
    """Every conversation of the person with the brand."""
    query = select(Conversation).where(
        Conversation.brand_id == conversation.brand_id, col(Conversation.author_id) == conversation.author_id
    )
    return list(session.exec(query.order_by(col(Conversation.id))).all())


def _set_thread(session: Session, conversation_id: int, muted: bool, by: By, why: str) -> tuple[Conversation, datetime]:
    """The conversation, and since when the thread is or was muted."""
    one_hand(session)
    conversation = load(session, conversation_id)
    thread = session.get_one(Thread, conversation.thread_id, populate_existing=True)
    if (thread.muted_at is not None) == muted:
        raise Refused("The thread is muted already." if muted else "The thread is not muted.")
    since = thread.muted_at or by.at
    thread.muted_at = by.at if muted else None
    record(session, conversation, "thread_muted" if muted else "thread_unmuted", by, why=why)
    return conversation, since


def _work_out(session: Session, conversations: Iterable[Conversation], by: By) -> None:
    for conversation in conversations:
        work_out(session, conversation, by)


def _listen_again(session: Session, conversations: Iterable[Conversation], since: datetime, by: By) -> None:
    """What was put away before the person's latest words comes back, as it would have without the mute."""
    session.flush()
    rule = By(at=by.at, rule="unmuted")
    for conversation in conversations:
        assert conversation.id is not None
        if is_muted(session, conversation):
            continue
        if _spoke_since(session, conversation, since):
            ask_again(session, conversation, rule)
        if _spoke_since(session, conversation, _put_away_at(session, conversation)):
            if conversation.status == Status.SNOOZED:
                wake(session, conversation.id, by=rule)
            elif conversation.status == Status.RESOLVED:
                reopen(session, conversation.id, by=rule)
            elif conversation.status == Status.DISMISSED:
                restore(session, conversation.id, by=rule)
        work_out(session, conversation, by)


def _put_away_at(session: Session, conversation: Conversation) -> datetime | None:
    """After when words were not before anybody's eyes. None = ever: what rests as history nobody put away."""
    if conversation.status == Status.SNOOZED:
        snoozed = select(Event.at).where(Event.conversation_id == conversation.id, Event.verb == "snoozed")
        return session.exec(snoozed.order_by(col(Event.id).desc()).limit(1)).first()
    return None if conversation.resolution == Resolution.HISTORY else conversation.ended_at


def _spoke_since(session: Session, conversation: Conversation, moment: datetime | None) -> bool:
    """Whether we had words of theirs, new or edited, other than history, after that moment (None = at any time)."""
    query = (
        select(Placement.mention_id)
        .join(Mention, col(Mention.id) == Placement.mention_id)
        .where(
            Placement.conversation_id == conversation.id,
            col(Placement.rests).is_(False),
            col(Mention.own).is_(False),
            col(Mention.deleted_at).is_(None),
        )
    )
    if moment is not None:
        edits = select(MentionVersion.id).where(
            MentionVersion.mention_id == Mention.id, MentionVersion.replaced_at > moment
        )
        query = query.where((col(Placement.stored_at) > moment) | edits.correlate(Mention).exists())
    return session.exec(query.limit(1)).first() is not None
