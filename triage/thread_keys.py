"""TRIAGE: which thread a mention belongs to, while platforms tell it late or not at all.

Comes in: mentions whose facts are new. Goes out: the thread keys that gained or lost posts. Where the platform told the
thread, that is it; else a post belongs to its parent's thread, and while the parent is not known, to the parent's id.
So a parent that comes later joins what it belongs to, whatever came first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from models import Mention
from models.database import chunks
from models.values import Platform


@dataclass(frozen=True, slots=True)
class ThreadKey:
    """One thread of a platform, by the platform's id."""

    platform: Platform
    key: str


@dataclass(slots=True)
class Moved:
    """Which mentions changed threads, and the threads they left."""

    ids: set[int] = field(default_factory=set)
    left: set[ThreadKey] = field(default_factory=set)


def settle_threads(session: Session, mention_ids: Iterable[int]) -> Moved:
    """Give these mentions, and whatever hangs below them, their thread."""
    moved = Moved()
    level = _load(session, mention_ids)
    seen: set[int | None] = set()
    while level:
        seen |= {m.id for m in level}
        parents = _by_external(session, level)
        for mention in level:
            _settle(mention, parents, moved)
        session.flush()
        level = [m for m in _children(session, level) if m.id not in seen]
    return moved


def _settle(mention: Mention, parents: dict[tuple[Platform, str], Mention], moved: Moved) -> None:
    if mention.thread_given:
        return
    parent = parents.get((mention.platform, mention.parent_id or ""))
    key = parent.thread_key if parent else mention.parent_id or mention.external_id
    if key != mention.thread_key:
        moved.left.add(ThreadKey(mention.platform, mention.thread_key))
        moved.ids.add(mention.id or 0)
        mention.thread_key = key


def _load(session: Session, ids: Iterable[int]) -> list[Mention]:
    found: list[Mention] = []
    for part in chunks(sorted(ids)):
        found += session.exec(select(Mention).where(col(Mention.id).in_(part))).all()
    return found


def _by_external(session: Session, level: list[Mention]) -> dict[tuple[Platform, str], Mention]:
    found: dict[tuple[Platform, str], Mention] = {}
    for platform in {m.platform for m in level}:
        wanted = {m.parent_id for m in level if m.platform == platform and m.parent_id and not m.thread_given}
        for part in chunks(sorted(wanted)):
            query = select(Mention).where(Mention.platform == platform, col(Mention.external_id).in_(part))
            found |= {(platform, m.external_id): m for m in session.exec(query)}
    return found


def _children(session: Session, level: list[Mention]) -> list[Mention]:
    found: list[Mention] = []
    for platform in {m.platform for m in level}:
        for part in chunks(sorted({m.external_id for m in level if m.platform == platform})):
            query = select(Mention).where(
                Mention.platform == platform, col(Mention.parent_id).in_(part), col(Mention.thread_given).is_(False)
            )
            found += session.exec(query).all()
    return found
