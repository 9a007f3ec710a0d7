"""TRIAGE: what of a conversation a person is asked to look at: each mention of theirs as read, the least sure first.

Comes in: a conversation's id. Goes out: mentions with their labels. Reads only.
"""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models import Conversation, Mention, Placement, Wait
from settings import Settings
from triage.labels import Labels, load_labels

NEWEST = 12
"""So many of their newest mentions can be corrected from one conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One mention of theirs, as it holds."""

    mention_id: int
    edition: int
    platform: str
    labels: Labels
    in_doubt: bool
    """It is why the conversation stands in the review view."""


def judged(session: Session, conversation_id: int, settings: Settings) -> list[Judged]:
    """Their newest mentions that were read and still stand, in the order in which they were written.

    Empty where nothing is read yet, and where there is no such conversation.
    """
    theirs = _theirs(session, conversation_id)
    labels = load_labels(session, [m.id for m in theirs if m.id is not None])
    conversation = session.get(Conversation, conversation_id)
    wait = session.get(Wait, conversation.wait_id) if conversation and conversation.wait_id else None
    since = wait.started_at if wait is not None and wait.end is None else None
    is_asked = conversation is not None and conversation.least_sure is not None and since is not None
    return [
        Judged(
            mention_id=m.id,
            edition=m.editions,
            platform=m.platform.value,
            labels=held,
            in_doubt=is_asked and since is not None and m.posted_at >= since and _doubtful(held, settings),
        )
        for m in theirs
        if m.id is not None and (held := labels.get(m.id)) is not None
    ]


def to_look_at(among: list[Judged]) -> int | None:
    """The mention to ask about: the least sure one in doubt, else their newest; None where none is read."""
    doubtful = [(j.labels.in_doubt or 0.0, j.mention_id) for j in among if j.in_doubt]
    return min(doubtful)[1] if doubtful else among[-1].mention_id if among else None


def _doubtful(held: Labels, settings: Settings) -> bool:
    return held.in_doubt is not None and held.in_doubt < settings.review_below


def _theirs(session: Session, conversation_id: int) -> list[Mention]:
    query = (
        select(Mention)
        .join(Placement, col(Placement.mention_id) == Mention.id)
        .where(
            Placement.conversation_id == conversation_id,
            col(Mention.own).is_(False),
            col(Mention.deleted_at).is_(None),
            col(Mention.read_at).is_not(None),
        )
        .order_by(col(Mention.posted_at).desc(), col(Mention.external_id).desc())
    )
    return list(session.exec(query.limit(NEWEST)))[::-1]
