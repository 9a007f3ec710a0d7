"""TRIAGE: bring conversations, placements and waits of some threads into line with their posts.

Comes in: a brand and thread keys, inside the caller's transaction. Goes out: rows that say what `thread_waits` says.
Calling it twice changes nothing. It never changes a status: that is what verbs are for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, text, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from models import Conversation, Placement, Wait
from models.database import chunks, insert_missing
from models.values import Band, Label, Status, WaitEnd
from triage.facts import ThreadFacts, load_threads, muted_authors, newest
from triage.labels import Labels, load_labels
from triage.priority import band as band_of
from triage.priority import priority
from triage.rules import UNREAD_BAND, Rules
from triage.thread_keys import ThreadKey
from triage.waits import ThreadWaits, WaitFact, thread_waits
from triage.weighing import kept

_NOTHING_LEFT = {
    "mentions": 0, "last_mention_at": None, "last_stored_at": None, "wait_id": None, "waiting_since": None,
    "needs_answer": False, "band": None, "due_at": None, "least_sure": None,
}  # fmt: skip
DECIDE_BAND = frozenset({Label.SENTIMENT, Label.INTENT})
"""The labels that the band follows from."""
ONE_HAND = 0x51444C
"""Any number nobody else uses for pg_advisory_lock."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What a recomputation touched."""

    conversations: dict[int, Conversation]
    """By id: every conversation of the threads."""
    made: frozenset[int]
    """Of them, those that did not exist before."""
    ends: Mapping[int, WaitEnd | None]
    """By mention of a person: how the wait it stands in ended; None while that runs."""


def one_hand(session: Session) -> None:
    """Wait for every other transaction that works out what posts mean, until this one ends; SQLite has one anyway.

    Call it before the first write. Two that each hold half of a thread would both work it out without the other's half.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_HAND})


def recompute(session: Session, rules: Rules, keys: Iterable[ThreadKey], now: datetime) -> Recomputed:
    """Work these threads out and store what changed. Does not commit."""
    facts = load_threads(session, rules.brand_id, keys)
    worked = [(f, thread_waits(f.posts, f.closures, f.thread.locked_at)) for f in facts]
    made = _make_conversations(session, rules.brand_id, worked, now)
    _store_placements(session, rules.brand_id, worked)
    waits = _Waits(session, rules, worked)
    stored = [
        (f, f.conversations[author], facts_of_waits, waits.store(f, f.conversations[author], facts_of_waits))
        for f, result in worked
        for author, facts_of_waits in result.waits.items()
    ]
    left = [c for f, r in worked for author, c in f.conversations.items() if author not in r.waits]
    waits.drop(left)
    waits.finish()
    copies = [(c, _copies(f, c, rows, facts_of_waits, waits, rules, now)) for f, c, facts_of_waits, rows in stored]
    copies += [(c, _NOTHING_LEFT | kept({}, None, rules.weights)) for c in left]
    _store_copies(session, copies)
    ends = {
        mention: fact.end
        for _, _, facts_of_waits, _ in stored
        for fact in facts_of_waits
        for mention in fact.mention_ids
    }
    return Recomputed({_known(c.id): c for _, c, _, _ in stored}, frozenset(made), ends)


def _known(value: int | None) -> int:
    assert value is not None
    return value


def _make_conversations(
    session: Session, brand_id: int, worked: list[tuple[ThreadFacts, ThreadWaits]], now: datetime
) -> set[int]:
    rows: list[dict[str, Any]] = [
        {
            "brand_id": brand_id, "platform": f.thread.platform, "thread_id": _known(f.thread.id), "author_id": author,
            "status": Status.NEW, "created_at": now, "needs_answer": True, "opened_by_rule": False, "mentions": 0,
            "priority": 0, "rank": 100, "reasons": {},
        }
        for f, result in worked
        for author in result.waits
        if author not in f.conversations
    ]  # fmt: skip
    insert_missing(session, Conversation, rows)
    made: set[int] = set()
    by_thread = {f.thread.id: f for f, _ in worked}
    for part in chunks(sorted({r["thread_id"] for r in rows})):
        for conversation in session.exec(select(Conversation).where(col(Conversation.thread_id).in_(part))):
            if conversation.author_id not in by_thread[conversation.thread_id].conversations:
                made.add(_known(conversation.id))
                by_thread[conversation.thread_id].conversations[conversation.author_id] = conversation
    return made


def _store_placements(session: Session, brand_id: int, worked: list[tuple[ThreadFacts, ThreadWaits]]) -> None:
    changes = []
    for f, result in worked:
        for mention_id, person in result.person_of.items():
            conversation = f.conversations.get(person) if person is not None else None
            wanted = (conversation.id if conversation else None, mention_id in result.ambiguous)
            if f.placed[mention_id] != wanted:
                changes.append({"m": mention_id, "c": wanted[0], "a": wanted[1]})
    if changes:
        table = Placement.__table__  # type: ignore[attr-defined]
        statement = (
            update(table)
            .where(table.c.mention_id == bindparam("m"), table.c.brand_id == brand_id)
            .values(conversation_id=bindparam("c"), ambiguous=bindparam("a"))
        )
        session.connection().execute(statement, changes)


@dataclass(slots=True, kw_only=True)
class _NewWait:
    """A wait that is not stored yet: an import makes thousands, and the ORM would send them one by one."""

    conversation_id: int
    brand_id: int
    first_mention_id: int
    started_at: datetime
    id: int | None = None
    stored_at: datetime | None = None
    ended_at: datetime | None = None
    end: WaitEnd | None = None
    answer_id: int | None = None
    needs_reply: float | None = None
    needs_answer_said: bool | None = None
    needs_answer: bool = True
    band: Band | None = None
    band_said: bool = False
    band_read: Band | None = None
    target_seconds: int | None = None
    history: bool = False


AnyWait = Wait | _NewWait
_COLUMNS = tuple(f.name for f in fields(_NewWait) if f.name != "id")


class _Waits:
    """The stored waits of the conversations at hand, and what must become of them."""

    def __init__(self, session: Session, rules: Rules, worked: list[tuple[ThreadFacts, ThreadWaits]]) -> None:
        self.session = session
        self.rules = rules
        self.muted = muted_authors(session, rules.brand_id)
        self.stored: dict[int, dict[int, Wait]] = {}
        ids = [_known(c.id) for f, _ in worked for c in f.conversations.values()]
        for part in chunks(sorted(ids)):
            for wait in session.exec(select(Wait).where(col(Wait.conversation_id).in_(part))):
                self.stored.setdefault(wait.conversation_id, {})[wait.first_mention_id] = wait
        mentions = (m for _, r in worked for waits in r.waits.values() for w in waits for m in w.mention_ids)
        self.readings = load_labels(session, mentions, rules.needs_reply_at)
        self.gone: list[int] = []
        self.fresh: list[_NewWait] = []

    def store(self, thread: ThreadFacts, conversation: Conversation, facts: list[WaitFact]) -> list[AnyWait]:
        """Insert, change and drop rows until they say the same; what a person said goes with the mention."""
        before = self.stored.get(_known(conversation.id), {})
        kept: list[AnyWait] = []
        for fact in facts:
            first = fact.mention_ids[0]
            wait: AnyWait = before.pop(first, None) or _NewWait(
                conversation_id=_known(conversation.id),
                brand_id=self.rules.brand_id,
                first_mention_id=first,
                started_at=fact.started_at,
            )
            self._inherit(wait, [before.pop(m) for m in fact.mention_ids if m in before])
            self._set(wait, fact, thread, conversation)
            kept.append(wait)
        self.gone += [_known(w.id) for w in before.values()]
        self.fresh += [w for w in kept if isinstance(w, _NewWait)]
        return kept

    def _inherit(self, wait: AnyWait, others: list[Wait]) -> None:
        """Waits that turned out to be one: a band said of any holds; that no answer is needed, only if said of all."""
        for other in others:
            if other.band_said and not wait.band_said:
                wait.band, wait.band_said, wait.target_seconds = other.band, True, other.target_seconds
            self.gone.append(_known(other.id))
        if others:
            known = [*others, wait] if isinstance(wait, Wait) else others
            said = {w.needs_answer_said for w in known}
            wait.needs_answer_said = True if True in said else None if None in said else False

    def _set(self, wait: AnyWait, fact: WaitFact, thread: ThreadFacts, conversation: Conversation) -> None:
        read = self.readings.get(fact.mention_ids[0])
        said = thread.said[fact.mention_ids[0]]
        stored_at = None if said.history else said.stored_at
        before = wait.band, wait.started_at
        wait.started_at, wait.ended_at, wait.end = fact.started_at, fact.ended_at, fact.end
        wait.answer_id, wait.history, wait.stored_at = fact.answer_id, said.history, stored_at
        wait.needs_reply = read.needs_reply if read else None
        wait.needs_answer = self._needs_answer(wait, fact, thread, conversation)
        self._set_band(wait, read)
        # A promise once made stands: a target that changes is for those to whom nothing was promised yet.
        promised = wait.target_seconds is not None and before == (wait.band, wait.started_at)
        if wait.band and not wait.band_said and not promised:
            wait.target_seconds = self.rules.target_seconds(wait.band, wait.started_at)

    def _set_band(self, wait: AnyWait, read: Labels | None) -> None:
        """Fixed by the first reading; a person who corrects that reading while the wait runs moves it."""
        if wait.band_read is None and read:
            wait.band_read = band_of(read.read or read)
        if wait.band_said or (wait.end is not None and wait.band is not None):
            return
        wait.band = band_of(read) if read and read.corrected & DECIDE_BAND else wait.band_read

    def _needs_answer(self, wait: AnyWait, fact: WaitFact, thread: ThreadFacts, conversation: Conversation) -> bool:
        if wait.needs_answer_said is not None:
            return wait.needs_answer_said
        if self.is_muted(thread, conversation):
            return False
        # Any of its mentions, not only the first: a question below a joke must not hide behind the joke.
        readings = [self.readings.get(m) for m in fact.mention_ids]
        return any(r is None or r.needs_reply >= self.rules.needs_reply_at for r in readings)

    def is_muted(self, thread: ThreadFacts, conversation: Conversation) -> bool:
        """Whether the brand hears of this person, or of this thread, no more."""
        return conversation.author_id in self.muted or thread.thread.muted_at is not None

    def drop(self, conversations: Iterable[Conversation]) -> None:
        """Of conversations whose posts have all gone elsewhere, or turned out to be ours, no wait is left."""
        for conversation in conversations:
            self.gone += [_known(w.id) for w in self.stored.get(_known(conversation.id), {}).values()]

    def reads(self, fact: WaitFact) -> list[Labels | None]:
        """The readings of a wait's mentions, None where one is not read yet."""
        return [self.readings.get(m) for m in fact.mention_ids]

    def least_sure(self, fact: WaitFact, thread: ThreadFacts, conversation: Conversation) -> float | None:
        """The least confidence among what nobody has looked at, where it is too low and the wait runs."""
        if fact.end is not None or self.rules.competitor or self.is_muted(thread, conversation):
            return None
        gone = {p.id for p in thread.by_author[conversation.author_id] if p.deleted_at}
        read = [self.readings[m] for m in fact.mention_ids if m in self.readings and m not in gone]
        doubts = [r.in_doubt for r in read if r.in_doubt is not None]
        return min((d for d in doubts if d < self.rules.review_below), default=None)

    def finish(self) -> None:
        """Write the new rows, and drop those no wait is known by any more."""
        self.session.flush()
        for part in chunks(self.gone):
            self.session.execute(delete(Wait).where(col(Wait.id).in_(part)))
        insert_missing(self.session, Wait, [{n: getattr(w, n) for n in _COLUMNS} for w in self.fresh])
        by_first = {(w.conversation_id, w.first_mention_id): w for w in self.fresh}
        for part in chunks(sorted({w.conversation_id for w in self.fresh})):
            query = select(Wait.conversation_id, Wait.first_mention_id, Wait.id).where(
                col(Wait.conversation_id).in_(part)
            )
            for conversation_id, first, wait_id in self.session.exec(query):
                if wait := by_first.get((conversation_id, first)):
                    wait.id = wait_id


def _copies(
    thread: ThreadFacts,
    conversation: Conversation,
    stored: list[AnyWait],
    facts: list[WaitFact],
    waits: _Waits,
    rules: Rules,
    now: datetime,
) -> dict[str, Any]:
    """The queue's copies: the running wait, else the newest, and what it weighs."""
    theirs = thread.by_author[conversation.author_id]
    wait, fact = next(((w, f) for w, f in zip(stored, facts, strict=True) if f.end is None), (stored[-1], facts[-1]))
    target = wait.target_seconds or rules.target_seconds(wait.band or UNREAD_BAND, wait.started_at)
    waiting_since = wait.started_at if wait.end is None else None
    weighed = priority(
        waits.reads(fact),
        waiting_since=waiting_since,
        target_seconds=target,
        now=now,
        addressed=any(_addressed(thread, m, rules) for m in fact.mention_ids),
        followers=max((thread.said[m].followers or 0 for m in fact.mention_ids), default=0),
        weights=rules.weights,
    )
    return {
        "mentions": len(theirs),
        "last_mention_at": newest(p.posted_at for p in theirs),
        "last_stored_at": newest(p.stored_at for p in theirs),
        "wait_id": wait.id,
        "waiting_since": waiting_since,
        "needs_answer": wait.needs_answer and not rules.competitor,
        "band": wait.band,
        "due_at": wait.started_at + timedelta(seconds=target) if wait.end is None else None,
        "least_sure": waits.least_sure(fact, thread, conversation),
        **kept(weighed.reasons, weighed.rescore_at, rules.weights),
    }


def _store_copies(session: Session, copies: list[tuple[Conversation, dict[str, Any]]]) -> None:
    """Write what changed in one statement: column by column the ORM would send hundreds."""
    session.flush()
    changed = [(c, v) for c, v in copies if any(getattr(c, name) != value for name, value in v.items())]
    if not changed:
        return
    table = Conversation.__table__  # type: ignore[attr-defined]
    names = list(changed[0][1])
    statement = update(table).where(table.c.id == bindparam("known")).values({n: bindparam(f"new_{n}") for n in names})
    rows = [{"known": c.id} | {f"new_{name}": value for name, value in v.items()} for c, v in changed]
    session.connection().execute(statement, rows)
    for conversation, values in changed:
        for name, value in values.items():
            set_committed_value(conversation, name, value)


def _addressed(thread: ThreadFacts, mention_id: int, rules: Rules) -> bool:
    """It names one of our accounts, or answers a post of ours."""
    said = thread.said[mention_id]
    if any((thread.thread.platform, name) in rules.handles for name in said.mentioned):
        return True
    return said.parent_id in thread.own_ids
