"""TRIAGE: who waits in one thread, since when, and what ended it.

Comes in: every post of one thread that a brand holds, and what people closed. Goes out: for each post whose
conversation it belongs to, and for each person their waits. A pure function of the posts: the order in which they
arrived never matters (METRICS.md). It never looks at the present time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from models.values import WaitEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFact:
    """What the waits need to know of one post."""

    id: int
    external_id: str
    author_id: int
    posted_at: datetime
    """Platform time."""
    stored_at: datetime
    """When the brand first had it; only tells which posts a closure could know of."""
    own: bool = False
    automatic: bool = False
    is_root: bool = False
    """It answers nothing: the first post of its thread."""
    parent_id: str | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureFact:
    """A person's word that somebody's wait is over; covers what was stored by `said_at`."""

    author_id: int
    kind: WaitEnd
    said_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitFact:
    """One wait. Running while `end` is None."""

    mention_ids: tuple[int, ...]
    """In order; the first is the one it is known by."""
    started_at: datetime
    end: WaitEnd | None = None
    ended_at: datetime | None = None
    answer_id: int | None = None


@dataclass(frozen=True, slots=True)
class ThreadWaits:
    """The whole thread, worked out."""

    person_of: dict[int, int | None] = field(default_factory=dict)
    """Post id → author id of the person whose conversation it belongs to; None for announcements and ambiguous."""
    ambiguous: frozenset[int] = frozenset()
    """Posts of ours that answer one of several people, and nobody can tell whom."""
    waits: dict[int, list[WaitFact]] = field(default_factory=dict)
    """Author id → waits in order of their start; every person of the thread has an entry."""


def thread_waits(
    posts: Iterable[PostFact], closures: Sequence[ClosureFact] = (), locked_at: datetime | None = None
) -> ThreadWaits:
    """Work out one thread. Calling it with the same facts in any order gives the same result.

    A post of ours belongs to the nearest ancestor by somebody else and ends that person's wait. With no such ancestor
    it ends none. Where the ancestor is unknown it ends the wait of the only person waiting at that time, if just one.
    """
    by_external = {p.external_id: p for p in posts}
    ordered = _ordered(by_external)
    lanes = _Lanes(closures, locked_at)
    person_of: dict[int, int | None] = {}
    ambiguous: set[int] = set()
    for post in ordered:
        if not post.own:
            person_of[post.id] = post.author_id
            lanes.heard(post)
            continue
        person, known = _addressee(post, by_external)
        if person is None and not known:
            waiting = lanes.waiting_at(post.posted_at)
            person = waiting[0] if len(waiting) == 1 else None
            if person is None:
                ambiguous.add(post.id)
        person_of[post.id] = person
        if person is not None and not post.automatic:
            lanes.answered(person, post)
    return ThreadWaits(person_of, frozenset(ambiguous), lanes.finished())


def _ordered(posts: Mapping[str, PostFact]) -> list[PostFact]:
    """By (posted_at, external_id), except that no post stands before one it answers, whatever the clocks say."""
    keys: dict[str, tuple[datetime, int]] = {}

    def place(post: PostFact) -> tuple[datetime, int]:
        chain: list[PostFact] = []
        seen: set[str] = set()
        at: PostFact | None = post
        while at is not None and at.external_id not in keys and at.external_id not in seen:
            seen.add(at.external_id)
            chain.append(at)
            at = posts.get(at.parent_id or "")
        before = keys.get(at.external_id) if at is not None else None
        for link in reversed(chain):
            before = (link.posted_at, 0) if before is None else max((link.posted_at, 0), (before[0], before[1] + 1))
            keys[link.external_id] = before
        return keys[post.external_id]

    # The latest is placed first, so that a circle of parents is always cut at the same post, and mostly at its oldest.
    latest_first = sorted(posts.values(), key=lambda p: (p.posted_at, p.external_id), reverse=True)
    return sorted(latest_first, key=lambda p: (*place(p), p.external_id))


def _addressee(post: PostFact, posts: Mapping[str, PostFact]) -> tuple[int | None, bool]:
    """The nearest ancestor by somebody else, and whether the ancestry is known well enough to say "nobody"."""
    seen: set[str] = set()
    at = post
    while at.external_id not in seen:
        seen.add(at.external_id)
        if at.is_root:
            return None, True
        parent = posts.get(at.parent_id or "")
        if parent is None:
            return None, False
        if not parent.own:
            return parent.author_id, True
        at = parent
    return None, True


def _answers_earlier_words(closure: ClosureFact, post: PostFact) -> bool:
    """An answer elsewhere that was given before this post, by clocks that agree: it waits for another."""
    elsewhere = closure.kind == WaitEnd.ANSWERED_ELSEWHERE
    return elsewhere and closure.ended_at < post.posted_at <= closure.said_at


@dataclass(slots=True)
class _Running:
    mentions: list[PostFact]

    def gone_at(self) -> datetime | None:
        """When the last of its mentions was deleted, if all were."""
        times = [m.deleted_at for m in self.mentions]
        return max(t for t in times if t) if all(times) else None


class _Lanes:
    """The running waits while a thread is walked in order. A lane holds what one closure covers, or what none does.

    Mentions that arrived after a closure stand in another lane, so that a late one can never hide in a closed wait.
    """

    def __init__(self, closures: Sequence[ClosureFact], locked_at: datetime | None) -> None:
        self.closures = sorted(closures, key=lambda c: (c.said_at, c.ended_at, c.kind))
        self.locked_at = locked_at
        self.running: dict[tuple[int, ClosureFact | None], _Running] = {}
        self.done: dict[int, list[WaitFact]] = {}

    def heard(self, post: PostFact) -> None:
        """A person spoke: their wait goes on, or a new one begins."""
        self.done.setdefault(post.author_id, [])
        lane = (post.author_id, self._closed_by(post))
        wait = self.running.get(lane)
        if wait and (other := self._other_end(lane, wait)) and other[0] <= post.posted_at:
            self._finish(lane, *other)
            wait = None
        if wait:
            wait.mentions.append(post)
        else:
            self.running[lane] = _Running([post])

    def answered(self, person: int, answer: PostFact) -> None:
        """We spoke to a person: what had not ended otherwise before ends here."""
        for lane in [k for k in self.running if k[0] == person]:
            other = self._other_end(lane, self.running[lane])
            if other and other[0] < answer.posted_at:
                self._finish(lane, *other)
            else:
                self._finish(lane, answer.posted_at, WaitEnd.ANSWERED, answer.id)

    def waiting_at(self, moment: datetime) -> list[int]:
        """The people whose wait runs at that moment."""
        people = {k[0] for k, w in self.running.items() if not (e := self._other_end(k, w)) or e[0] >= moment}
        return sorted(people)

    def finished(self) -> dict[int, list[WaitFact]]:
        """Every wait, the running ones last to be looked at."""
        for lane, wait in list(self.running.items()):
            other = self._other_end(lane, wait)
            if other:
                self._finish(lane, *other)
            else:
                self._finish(lane, None, None)
        return {a: sorted(w, key=lambda f: (f.started_at, f.mention_ids)) for a, w in self.done.items()}

    def _closed_by(self, post: PostFact) -> ClosureFact | None:
        mine = (c for c in self.closures if c.author_id == post.author_id and c.said_at >= post.stored_at)
        return next((c for c in mine if not _answers_earlier_words(c, post)), None)

    def _other_end(self, lane: tuple[int, ClosureFact | None], wait: _Running) -> tuple[datetime, WaitEnd] | None:
        ends = []
        if gone := wait.gone_at():
            ends.append((gone, WaitEnd.DELETED))
        if self.locked_at:
            ends.append((max(self.locked_at, wait.mentions[0].posted_at), WaitEnd.LOCKED))
        if lane[1]:
            ends.append((lane[1].ended_at, lane[1].kind))
        return min(ends) if ends else None

    def _finish(
        self,
        lane: tuple[int, ClosureFact | None],
        at: datetime | None,
        end: WaitEnd | None,
        answer_id: int | None = None,
    ) -> None:
        wait = self.running.pop(lane)
        fact = WaitFact(
            mention_ids=tuple(m.id for m in wait.mentions),
            started_at=wait.mentions[0].posted_at,
            end=end,
            ended_at=at,
            answer_id=answer_id,
        )
        self.done[lane[0]].append(fact)
