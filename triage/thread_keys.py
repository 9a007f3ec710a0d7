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

DEEPEST = 1000
"""How many levels below a mention are followed; more would be a circle."""


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
    for depth in range(DEEPEST):
        if not level:
            break
        parents = _by_external(session, level)
        ids = {m.id for m in level}
        keys = [_climb(m, ids, parents) for m in level]
        changed = [m for m, key in zip(level, keys, strict=True) if _settle(m, key, moved)]
        session.flush()
        level = _children(session, changed if depth else level)  # what is new may be a parent others waited for
    return moved


def _settle(mention: Mention, key: str, moved: Moved) -> bool:
    """Whether the mention changed threads."""
    if key == mention.thread_key:
        return False
    moved.left.add(ThreadKey(mention.platform, mention.thread_key))
    moved.ids.add(mention.id or 0)
    mention.thread_key = key
    return True


def _climb(mention: Mention, level: set[int | None], known: dict[tuple[Platform, str], Mention]) -> str:
    """Up through the mentions being settled, to one whose thread is told or settled already, or to the uppermost."""
    path: dict[str, None] = {}
    at = mention
    while at.id in level and not at.thread_given:
        path[at.external_id] = None
        parent = known.get((at.platform, at.parent_id or ""))
        if parent is None:
            return at.parent_id or at.external_id
        if parent.external_id in path:
            return min(path)  # posts that answer each other in a circle: always the same one names the thread
        at = parent
    return at.thread_key


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
