"""WORKER: where the encoder places mentions, kept for topics and for finding similar past answers.

Comes in: readings. Goes out: one row a mention, of its newest reading. What was made of words goes when the words go.
"""

from collections.abc import Mapping

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models import Embedding, Mention
from triage.reading import ReadingResult
from worker.lease import Worker

MOST = 500
"""How many are dropped in one go."""


def keep_embeddings(session: Session, readings: Mapping[int, ReadingResult]) -> None:
    """Store what these readings give, in the place of what earlier ones gave. Does not commit."""
    rows = [
        Embedding(mention_id=mention_id, model_version=base_version(read.model_version), vector=read.embedding)
        for mention_id, read in readings.items()
        if read.embedding is not None
    ]
    if readings:
        session.execute(delete(Embedding).where(col(Embedding.mention_id).in_(list(readings))))
        session.add_all(rows)


def base_version(model_version: str) -> str:
    """The model's own version, without what was learned here: it alone decides the embedding."""
    return model_version.partition("+learned-")[0]


def forget_embeddings(worker: Worker) -> int:
    """Drop those of mentions that were deleted since. How many."""
    gone = select(Embedding.mention_id).join(Mention, col(Mention.id) == Embedding.mention_id)
    with worker.database.reading() as session:
        found = list(session.exec(gone.where(col(Mention.deleted_at).is_not(None)).limit(MOST)))
    if not found:
        return 0
    with worker.database.writing() as session:
        return session.connection().execute(delete(Embedding).where(col(Embedding.mention_id).in_(found))).rowcount
