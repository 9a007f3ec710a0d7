"""TRIAGE: which thread a mention belongs to, while platforms tell it late or not at all.

Comes in: mentions whose facts are new. Goes out: the thread keys that gained or lost posts. Where the platform told the
thread, that is it. The others hang together by what they answer: such a bunch has the thread of the told post it hangs
below, else the one told by a post that hangs below it, else the id at its top, known or not. So a parent or an answer
that comes later joins what it belongs to, whatever came first. It never moves a post whose thread was told.
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


Id = tuple[Platform, str]
"""Platform and external_id of a post, stored or not."""


def settle_threads(session: Session, mention_ids: Iterable[int]) -> Moved:
    """Give these mentions, and whatever hangs together with them, their thread."""
    moved = Moved()
    for top, bunch in _bunches(session, _tops(session, _load(session, mention_ids))).items():
        key = bunch.told_above or min(bunch.told_below, default=top[1])
        for mention in bunch.untold:
            _settle(mention, key, moved)
    session.flush()
    return moved


def _settle(mention: Mention, key: str, moved: Moved) -> None:
    if key != mention.thread_key:
        moved.left.add(ThreadKey(mention.platform, mention.thread_key))
        moved.ids.add(mention.id or 0)
        mention.thread_key = key


# ---------------------------------------------------------------- up


def _tops(session: Session, mentions: list[Mention]) -> set[Id]:
    """The tops of the bunches these mentions are part of, hang above or hang below."""
    known = _ancestors(session, mentions)
    tops: set[Id] = set()
    for mention in mentions:
        if not mention.thread_given:
            tops.add(_top(mention, known))
            continue
        tops.add(_id(mention))
        parent = known.get((mention.platform, mention.parent_id or ""))
        if parent is None and mention.parent_id:
            tops.add((mention.platform, mention.parent_id))
        elif parent is not None and not parent.thread_given:
            tops.add(_top(parent, known))
    return tops


def _top(mention: Mention, known: dict[Id, Mention]) -> Id:
    """The uppermost id above an untold mention: a told post, one not stored, or one that answers nothing."""
    path: list[str] = []
    at = mention
    while at.external_id not in path:
        path.append(at.external_id)
        if not at.parent_id:
            return _id(at)
        parent = known.get((at.platform, at.parent_id))
        if parent is None or parent.thread_given:
            return at.platform, at.parent_id
        at = parent
    # Posts that answer each other in a circle: always the same one stands for the top.
    return at.platform, min(path[path.index(at.external_id) :])


def _ancestors(session: Session, mentions: list[Mention]) -> dict[Id, Mention]:
    """The stored parents of these mentions, their parents, and so on up to the first whose thread was told."""
    known: dict[Id, Mention] = {}
    level = mentions
    while wanted := {(m.platform, m.parent_id) for m in level if m.parent_id} - known.keys():
        found = _stored(session, wanted)
        known |= found
        level = [m for m in found.values() if not m.thread_given]
    return known


# ---------------------------------------------------------------- down


@dataclass(slots=True)
class _Bunch:
    """Posts without a told thread that hang together."""

    untold: list[Mention] = field(default_factory=list)
    told_above: str = ""
    """The thread of the told post at the top."""
    told_below: set[str] = field(default_factory=set)
    """The threads of told posts that answer one of them, or the missing post that they answer."""


def _bunches(session: Session, tops: set[Id]) -> dict[Id, _Bunch]:
    bunches = {top: _Bunch() for top in tops}
    for top, mention in _stored(session, tops).items():
        if mention.thread_given:
            bunches[top].told_above = mention.thread_key
        else:
            bunches[top].untold.append(mention)
    top_of: dict[Id, Id] = {top: top for top in tops}
    level = set(tops)
    while level:
        unsettled = {i for i in level if not bunches[top_of[i]].told_above}
        for parent, key in _told_below(session, unsettled):
            bunches[top_of[parent]].told_below.add(key)
        below = [m for m in _untold_below(session, level) if _id(m) not in top_of]
        for mention in below:
            top = top_of[mention.platform, mention.parent_id or ""]
            top_of[_id(mention)] = top
            bunches[top].untold.append(mention)
        level = {_id(m) for m in below}
    return bunches


def _told_below(session: Session, ids: set[Id]) -> list[tuple[Id, str]]:
    found: list[tuple[Id, str]] = []
    for platform, part in _parts(ids):
        query = (
            select(Mention.parent_id, Mention.thread_key)
            .where(Mention.platform == platform, col(Mention.parent_id).in_(part), col(Mention.thread_given))
            .distinct()
        )
        found += [((platform, parent or ""), key) for parent, key in session.exec(query)]
    return found


def _untold_below(session: Session, ids: set[Id]) -> list[Mention]:
    found: list[Mention] = []
    for platform, part in _parts(ids):
        query = select(Mention).where(
            Mention.platform == platform, col(Mention.parent_id).in_(part), col(Mention.thread_given).is_(False)
        )
        found += session.exec(query).all()
    return found


# ---------------------------------------------------------------- from the database


def _id(mention: Mention) -> Id:
    return mention.platform, mention.external_id


def _load(session: Session, ids: Iterable[int]) -> list[Mention]:
    found: list[Mention] = []
    for part in chunks(sorted(ids)):
        found += session.exec(select(Mention).where(col(Mention.id).in_(part))).all()
    return found


def _stored(session: Session, ids: set[Id]) -> dict[Id, Mention]:
    found: dict[Id, Mention] = {}
    for platform, part in _parts(ids):
        query = select(Mention).where(Mention.platform == platform, col(Mention.external_id).in_(part))
        found |= {_id(m): m for m in session.exec(query)}
    return found


def _parts(ids: set[Id]) -> Iterable[tuple[Platform, list[str]]]:
    """The ids of each platform, in slices a statement takes."""
    for platform in sorted({p for p, _ in ids}):
        for part in chunks(sorted(i for p, i in ids if p == platform)):
            yield platform, list(part)
