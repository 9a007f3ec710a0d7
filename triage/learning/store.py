"""TRIAGE, learning: which learned head is in use, and the changes of that: one event each, by managers or by the rule.

Comes in: a session. Goes out: the head in use, and rows. Never commits, never fits.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlmodel import Session, col, select

from models import LearnedHead, Learning
from models.database import insert_missing
from models.values import LearningMode, Role
from triage.history import By, Refused, record
from triage.learning.learned import Learned

ONE = 1
"""The number of the only row of `Learning`."""
ONLY_MANAGERS = "Only a manager may say what the reading learns. Ask one of yours."


def name_of(head_id: int) -> str:
    """How a head is called in the version of a reading."""
    return f"learned-{head_id}"


def load_active(session: Session) -> Learned | None:
    """The head in use; None = the model alone. With another model than `base_version` it must not be used."""
    query = (
        select(LearnedHead.id, LearnedHead.base_version)
        .join(Learning, col(Learning.head_id) == LearnedHead.id)
        .where(Learning.id == ONE)
    )
    found = session.exec(query).first()
    if found is None or found[0] is None:
        return None
    return _cached(session, found[0], found[1])


@lru_cache(maxsize=4)
def _unpacked(data: bytes, version: str, base_version: str) -> Learned:
    return Learned.from_bytes(data, version, base_version)


def _cached(session: Session, head_id: int, base_version: str) -> Learned | None:
    """A head never changes, and is parsed once a process."""
    data = session.exec(select(LearnedHead.weights).where(LearnedHead.id == head_id)).one()
    return None if data is None else _unpacked(data, name_of(head_id), base_version)


def state(session: Session) -> tuple[LearningMode, int | None]:
    """Whether new heads are used by themselves, and the number of the one in use (None = none)."""
    row = session.get(Learning, ONE)
    return (row.mode, row.head_id) if row else (LearningMode.AUTO, None)


def heads(session: Session, most: int = 50) -> list[LearnedHead]:
    """The attempts to learn, the newest first, refused ones too."""
    return list(session.exec(select(LearnedHead).order_by(col(LearnedHead.id).desc()).limit(most)))


def use(session: Session, head_id: int, *, by: By) -> LearnedHead:
    """Use this head from the next reading on, until a manager says otherwise. `Refused` where it did not pass."""
    _asked_by_a_manager(by)
    head = session.get(LearnedHead, head_id)
    if head is None or head.weights is None:
        raise Refused(f"There is no version {head_id} that passed its test.")
    record(session, None, "learned_used", by, *_set(session, LearningMode.PINNED, head_id))
    return head


def use_none(session: Session, *, by: By) -> None:
    """The model alone reads from now on, and nothing is learned until a manager says so."""
    _asked_by_a_manager(by)
    record(session, None, "learning_stopped", by, *_set(session, LearningMode.OFF, None))


def follow(session: Session, *, by: By) -> None:
    """Use the newest head that passed, and each new one that does."""
    _asked_by_a_manager(by)
    passed = select(LearnedHead.id).where(col(LearnedHead.weights).is_not(None))
    newest = session.exec(passed.order_by(col(LearnedHead.id).desc()).limit(1)).first()
    record(session, None, "learning_resumed", by, *_set(session, LearningMode.AUTO, newest))


def add(session: Session, head: LearnedHead, *, by: By) -> LearnedHead:
    """Keep an attempt; one that passed is used at once unless a manager chose otherwise."""
    session.add(head)
    session.flush()
    if head.weights is not None and _locked(session).mode == LearningMode.AUTO:
        record(session, None, "learned_used", by, *_set(session, LearningMode.AUTO, head.id))
    return head


def _asked_by_a_manager(by: By) -> None:
    if not by.may(Role.MANAGER):
        raise Refused(ONLY_MANAGERS)


def _set(session: Session, mode: LearningMode, head_id: int | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Change the one row; how it was and how it is, for history."""
    row = _locked(session)
    before = {"mode": row.mode.value, "head": row.head_id}
    row.mode, row.head_id = mode, head_id
    session.flush()
    return before, {"mode": mode.value, "head": head_id}


def _locked(session: Session) -> Learning:
    """The one row, nobody else's to change until the end."""
    insert_missing(session, Learning, [{"id": ONE, "mode": LearningMode.AUTO}])
    return session.get_one(Learning, ONE, populate_existing=True, with_for_update=True)
