"""TRIAGE: what people wrote in two conversations that turn out to be one: replies on their way, drafts, notes.

Comes in: the older, which stays, and the younger, inside the caller's transaction. Goes out: everything on the older,
no word lost, and one live reply at most. Never commits.
"""

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from models import Draft, Note, Response
from models.response import LIVE_RESPONSES
from models.response import ResponseStatus as Is
from triage.history import By

_FURTHEST = (Is.FIRING, Is.UNCERTAIN, Is.LATER, Is.APPROVED, Is.HANDED_OFF, Is.AWAITING_APPROVAL)
"""Of two live replies the one whose status stands first here stays: it may be public already."""


def merge_writing(session: Session, older_id: int, younger_id: int, by: By) -> None:
    """Move replies, drafts and notes to the older conversation."""
    session.flush()
    _end_one_of_two(session, older_id, younger_id, by)
    for table in (Response, Note):
        statement = update(table).where(col(table.conversation_id) == younger_id)
        session.execute(statement.values(conversation_id=older_id))
    _join_drafts(session, older_id, younger_id)


def _end_one_of_two(session: Session, older_id: int, younger_id: int, by: By) -> None:
    """Two replies to one person were on their way: the one that is less far goes no further, and its words are kept."""
    query = select(Response).where(
        col(Response.conversation_id).in_((older_id, younger_id)), col(Response.status).in_(LIVE_RESPONSES)
    )
    live = session.exec(query.with_for_update().execution_options(populate_existing=True)).all()
    if len(live) < 2:
        return
    _, ended = sorted(live, key=lambda r: (_FURTHEST.index(r.status), r.id or 0))
    in_doubt = ended.status in (Is.FIRING, Is.UNCERTAIN)
    said = "Two conversations turned out to be one, and the other's reply was further on its way."
    ended.said = f"{said} This one may be public all the same: look." if in_doubt else said
    ended.status, ended.due_at, ended.ended_at = Is.DISCARDED, None, by.at
    session.flush()
    if not in_doubt:  # words that may be public are nobody's draft: they would go out twice
        _add_words(session, ended.conversation_id, ended.written_by, ended.text, by)


def _add_words(session: Session, conversation_id: int, user_id: int, text: str, by: By) -> None:
    draft = _draft(session, conversation_id, user_id, "reply")
    if draft is None:
        draft = Draft(conversation_id=conversation_id, user_id=user_id, revision=0)
    draft.text, draft.revision, draft.updated_at = _joined(text, draft.text), draft.revision + 1, by.at
    session.add(draft)
    session.flush()


def _join_drafts(session: Session, older_id: int, younger_id: int) -> None:
    """Whoever typed in both finds both, one below the other."""
    for moved in session.exec(select(Draft).where(Draft.conversation_id == younger_id)).all():
        there = _draft(session, older_id, moved.user_id, moved.kind)
        if there is None:
            moved.conversation_id = older_id
            continue
        there.text = _joined(there.text, moved.text)
        there.revision = max(there.revision, moved.revision) + 1
        session.execute(delete(Draft).where(col(Draft.id) == moved.id))
    session.flush()


def _draft(session: Session, conversation_id: int, user_id: int, kind: str) -> Draft | None:
    query = select(Draft).where(Draft.conversation_id == conversation_id, Draft.user_id == user_id, Draft.kind == kind)
    return session.exec(query.execution_options(populate_existing=True)).first()


def _joined(first: str, second: str) -> str:
    parts = dict.fromkeys(part for part in (first, second) if part.strip())
    return "\n\n".join(parts)
