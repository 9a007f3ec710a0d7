"""TRIAGE, learning: what people said, fetched from the rows, and read again by the model that reads today.

Comes in: a session, the platforms that learning is allowed on. Goes out: lessons. Reading again, instead of keeping
what was made of the words, means that a new model learns from old corrections too. Changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, func, select

from models import Correction, LearnedHead, Mention
from models.values import Label, Platform
from triage.learning.lessons import Lessons, label_row
from triage.reading.language import detect
from triage.reading.memory import Memory
from triage.reading.model import Model
from triage.reading.normalise import normalise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 2_000
"""Newest mentions with somebody's word that are learned from."""
TEACHES = (Label.SENTIMENT, Label.INTENT, Label.ABOUT_BRAND, Label.NEEDS_REPLY)
Key = tuple[str, str, str]
_read: Memory[Key, tuple[NDArray[np.float64], NDArray[np.float16]]] = Memory(MOST)


@dataclass(frozen=True, slots=True)
class Told:
    """One mention and what people said of it."""

    mention_id: int
    text: str
    language: str | None
    words: dict[Label, str]


def newest_correction(session: Session) -> int:
    """The number of the newest; 0 = there is none."""
    return session.exec(select(func.max(Correction.id))).one() or 0


def fresh(session: Session, platforms: Sequence[str]) -> int:
    """How many mentions were newly looked at since the last attempt to learn."""
    last = session.exec(select(func.max(LearnedHead.newest_correction_id))).one() or 0
    query = select(func.count(func.distinct(Correction.mention_id))).where(
        col(Correction.id) > last,
        col(Correction.undone_at).is_(None),
        col(Correction.platform).in_([Platform(p) for p in platforms]),
        col(Correction.label).in_(TEACHES),
    )
    return session.exec(query).one()


def gather(session: Session, platforms: Sequence[str]) -> list[Told]:
    """What people said of the present words of mentions on these platforms; the newest word on a label counts."""
    said = (
        select(Correction, Mention)
        .join(Mention, col(Mention.id) == Correction.mention_id)
        .where(
            col(Correction.undone_at).is_(None),
            col(Correction.label).in_(TEACHES),
            col(Correction.platform).in_([Platform(p) for p in platforms]),
            Correction.edition == Mention.editions,
            col(Mention.deleted_at).is_(None),
            col(Mention.own).is_(False),
        )
        .order_by(col(Correction.id))
    )
    found: dict[int, Told] = {}
    for correction, mention in session.exec(said):
        told = found.setdefault(correction.mention_id, Told(correction.mention_id, mention.text, mention.language, {}))
        told.words[Label(correction.label)] = correction.said
    newest = sorted(found)[-MOST:]
    return [found[i] for i in newest]


def lessons(told: Sequence[Told], model: Model) -> Lessons | None:
    """Read them with this model, without anything learned; None where the model gives no embeddings."""
    import numpy as np  # here, because importing this room must stay cheap

    keys = [(model.version, normalise(t.text), detect(t.text, t.language)) for t in told]
    read = _read.all_of(keys, lambda new: _read_with(model, new))
    if not read or not read[0][1].size:
        return None
    return Lessons(
        ids=np.array([t.mention_id for t in told], dtype=np.int64),
        embeddings=np.stack([embedding for _, embedding in read]),
        probabilities=np.stack([probabilities for probabilities, _ in read]),
        labels=np.array([label_row(t.words) for t in told], dtype=np.float32),
    )


def _read_with(model: Model, keys: Sequence[Key]) -> list[tuple[NDArray[np.float64], NDArray[np.float16]]]:
    import numpy as np  # here, for the same reason

    said = model.read([text for _, text, _ in keys], [language for _, _, language in keys])
    embeddings = said.embeddings if said.embeddings is not None else np.zeros((len(keys), 0), dtype=np.float16)
    return list(zip(said.probabilities, embeddings, strict=True))
