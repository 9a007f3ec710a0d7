"""RESPOND: what is written and not public: each person's draft, and the team's notes beside a conversation.

Comes in: words as they are typed. Goes out: rows. A draft is never lost: an older saving never overwrites a newer one,
and a reply that is taken back or comes back puts its words here again. Never commits.
"""

from sqlalchemy import update
from sqlmodel import Session, col, select

from listeners.post import storable
from models import Draft, Note, User
from models.base import utc_now
from models.database import insert_missing
from triage.history import By, Refused, record
from triage.verbs.change import load

LONGEST = 40_000
"""Characters of a draft or note."""


def save_draft(
    session: Session, conversation_id: int, user_id: int, text: str, revision: int, kind: str = "reply"
) -> Draft:
    """Keep what one person has typed. `revision` counts up with every change; an older one changes nothing.

    What comes back is what is kept now: a higher revision than the one given says that another tab was faster.
    """
    if len(text) > LONGEST:
        raise Refused(f"That is too long to keep: {len(text):,} characters of {LONGEST:,}.")
    now = utc_now()
    row = {
        "conversation_id": conversation_id, "user_id": user_id, "kind": kind, "text": "", "revision": -1,
        "updated_at": now,
    }  # fmt: skip
    insert_missing(session, Draft, [row])
    newer = update(Draft).where(
        col(Draft.conversation_id) == conversation_id,
        col(Draft.user_id) == user_id,
        col(Draft.kind) == kind,
        col(Draft.revision) < revision,
    )
    session.execute(newer.values(text=storable(text), revision=revision, updated_at=now))
    return _draft(session, conversation_id, user_id, kind) or Draft(conversation_id=conversation_id, user_id=user_id)


def get_draft(session: Session, conversation_id: int, user_id: int, kind: str = "reply") -> Draft | None:
    """What a person has typed here and not sent. An empty text with a revision: it was sent or thrown away."""
    return _draft(session, conversation_id, user_id, kind)


def clear_draft(session: Session, conversation_id: int, user_id: int, said: str, kind: str = "reply") -> None:
    """Empty it: its words went out; other words, typed in another tab, stay.

    The row stays, so that a late saving of older words does not bring them back.
    """
    present = _draft(session, conversation_id, user_id, kind)
    if present is None or _bare(present.text) not in _bare(said):
        return
    mine = update(Draft).where(
        col(Draft.conversation_id) == conversation_id, col(Draft.user_id) == user_id, col(Draft.kind) == kind
    )
    session.execute(mine.values(text="", revision=Draft.revision + 1, updated_at=utc_now()))


def _bare(text: str) -> str:
    """The words as they go out."""
    return text.replace("\r\n", "\n").strip()


def put_back(session: Session, conversation_id: int, user_id: int, text: str, kind: str = "reply") -> None:
    """Words that did not go out are their writer's draft again; what they have typed since stays, below."""
    session.flush()
    present = _draft(session, conversation_id, user_id, kind)
    if present is None:
        save_draft(session, conversation_id, user_id, text, 0, kind)
        return
    typed = present.text.strip()
    joined = text if not typed or typed == text.strip() else f"{text}\n\n{present.text}"
    save_draft(session, conversation_id, user_id, joined[:LONGEST], present.revision + 1, kind)


def add_note(session: Session, conversation_id: int, text: str, *, by: By) -> Note:
    """Say something to the team. Never public, ends no wait."""
    clean = storable(text).strip()
    if by.user_id is None:
        raise Refused("A note needs somebody who says it.")
    if not clean:
        raise Refused("Write something first.")
    if len(clean) > LONGEST:
        raise Refused(f"That is too long for a note: {len(clean):,} characters of {LONGEST:,}.")
    conversation = load(session, conversation_id)
    note = Note(conversation_id=conversation_id, user_id=by.user_id, text=clean, written_at=by.at)
    session.add(note)
    session.flush()
    record(session, conversation, "noted", by, after={"note": note.id})
    clear_draft(session, conversation_id, by.user_id, clean, "note")
    return note


def list_notes(session: Session, conversation_id: int) -> list[tuple[Note, User]]:
    """What the team said, oldest first, with who said it."""
    query = (
        select(Note, User)
        .join(User, col(User.id) == Note.user_id)
        .where(Note.conversation_id == conversation_id)
        .order_by(col(Note.written_at), col(Note.id))
    )
    return list(session.exec(query).all())


def _draft(session: Session, conversation_id: int, user_id: int, kind: str) -> Draft | None:
    query = select(Draft).where(Draft.conversation_id == conversation_id, Draft.user_id == user_id, Draft.kind == kind)
    return session.exec(query.execution_options(populate_existing=True)).first()
