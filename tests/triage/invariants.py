"""TESTS: what must hold of a house at any time, worked out from its rows as simply as can be.

Comes in: a session at rest. Goes out: nothing, or an AssertionError that names the conversation. It shares no code with
the rules it checks but the nouns.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, delete, select

from models import Brand, Closure, Conversation, Correction, Event, Mention, Mute, Placement, Reading, Thread, Wait
from models.values import Platform, Resolution, Status
from settings import Settings
from triage.priority import PLAIN
from triage.queue import page
from triage.recompute import recompute
from triage.rules import rules_for
from triage.thread_keys import ThreadKey

PARTS = PLAIN.maxima
STATE = (
    "status", "resolution", "dismissal", "snoozed_until", "ended_at", "assignee_id", "claimed_at", "escalated_at",
    "opened_by_rule",
)  # fmt: skip


@dataclass
class Held:
    """One conversation with everything that hangs on it."""

    conversation: Conversation
    thread: Thread
    competitor: bool
    muted: bool
    theirs: list[tuple[Mention, Placement]] = field(default_factory=list)
    ours: list[Mention] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    closures: list[Closure] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def running(self) -> list[Wait]:
        return [w for w in self.waits if w.end is None]

    def is_settled(self, mention: Mention, placement: Placement) -> bool:
        """Deleted, locked, closed by somebody who had it, or answered by a later post of ours."""
        if mention.deleted_at or self.thread.locked_at:
            return True
        closed = any(c.said_at >= had(mention, placement) and covers(c, mention) for c in self.closures)
        return closed or any(o.posted_at >= mention.posted_at or descends(o, mention, self) for o in self.ours)

    def unsettled(self) -> list[tuple[Mention, Placement]]:
        return [(m, p) for m, p in self.theirs if not self.is_settled(m, p)]


def had(mention: Mention, placement: Placement) -> datetime:
    """When the brand had these very words."""
    return max(placement.stored_at, mention.edited_at) if mention.edited_at else placement.stored_at


def covers(closure: Closure, mention: Mention) -> bool:
    """An answer elsewhere answers nothing that was written after it."""
    late = closure.ended_at < mention.posted_at <= closure.said_at
    return not (closure.kind == "answered_elsewhere" and late)


def descends(ours: Mention, mention: Mention, held: Held) -> bool:
    """Our post answers the mention, through whatever stands between."""
    posts = {m.external_id: m for m in [*held.ours, *(m for m, _ in held.theirs)]}
    at: Mention | None = ours
    for _ in posts:
        if at is None or at.external_id == mention.external_id:
            break
        at = posts.get(at.parent_id or "")
    return at is not None and at.external_id == mention.external_id


def load(session: Session) -> dict[int, Held]:
    """Every conversation, by id."""
    competitors = {b.id for b in session.exec(select(Brand)) if b.competitor}
    threads = {t.id: t for t in session.exec(select(Thread))}
    mutes = {(m.brand_id, m.author_id) for m in session.exec(select(Mute))}
    found: dict[int, Held] = {}
    for c in session.exec(select(Conversation)):
        thread = threads[c.thread_id]
        muted = thread.muted_at is not None or (c.brand_id, c.author_id) in mutes
        found[c.id or 0] = Held(c, thread, c.brand_id in competitors, muted)
    query = select(Mention, Placement).join(Placement, col(Placement.mention_id) == Mention.id)
    for mention, placement in session.exec(query.order_by(col(Mention.posted_at), col(Mention.external_id))):
        if placement.conversation_id is None:
            assert mention.own, f"{mention.external_id} belongs to nobody"
        elif mention.own:
            found[placement.conversation_id].ours.append(mention)
        else:
            found[placement.conversation_id].theirs.append((mention, placement))
    for wait in session.exec(select(Wait)):
        found[wait.conversation_id].waits.append(wait)
    for closure in session.exec(select(Closure).where(col(Closure.undone_at).is_(None))):
        found[closure.conversation_id].closures.append(closure)
    for event in session.exec(select(Event).order_by(col(Event.id))):
        found[event.conversation_id or 0].events.append(event)
    return found


def check(session: Session, now: datetime) -> None:
    """Everything, at one moment."""
    house = load(session)
    for held in house.values():
        try:
            check_copies(held)
            check_priority(held.conversation)
            check_nothing_sits_unseen(held, now)
            check_silence(held)
            check_history(held)
        except AssertionError as error:
            raise AssertionError(f"conversation {held.conversation.id}: {error}") from error
    check_queue(session, house, now)


def check_copies(held: Held) -> None:
    """At most one running wait; the queue's copies are its."""
    assert len(held.running) <= 1, "two waits run"
    since = held.running[0].started_at if held.running else None
    assert held.conversation.waiting_since == since, "waiting_since is not the running wait's"
    if held.running:
        assert held.conversation.wait_id == held.running[0].id
        assert held.conversation.band == held.running[0].band
        assert held.conversation.needs_answer == (held.running[0].needs_answer and not held.competitor)
    assert held.conversation.mentions == len(held.theirs)
    assert bool(held.running) == bool(held.unsettled()), "what waits and what is unsettled differ"


def check_priority(c: Conversation) -> None:
    """The reasons add up, none above its maximum."""
    assert sum(c.reasons.values()) == c.priority
    assert c.rank == 100 - c.priority
    for name, points in c.reasons.items():
        assert 0 <= points <= PARTS[name], f"{name}: {points}"


def check_nothing_sits_unseen(held: Held, now: datetime) -> None:
    """Where a mention waits, the conversation is before people's eyes, or a person put it away who had it."""
    c = held.conversation
    fresh = [(m, p) for m, p in held.unsettled() if not p.rests]
    if not fresh or held.muted or c.status in (Status.NEW, Status.OPEN):
        return
    last = next(e for e in reversed(held.events) if e.after.get("status") == c.status)
    if last.verb == "merged":  # what a person decided on one of two stands: find that decision
        last = next(e for e in reversed(held.events) if e.verb in ("snoozed", "resolved", "dismissed"))
    assert last.user_id is not None, f"a rule left it {c.status}"
    for mention, placement in fresh:
        assert had(mention, placement) <= last.at, f"{mention.external_id} came after it was {c.status}"
    assert c.resolution != Resolution.HISTORY
    if c.status == Status.SNOOZED:
        assert c.snoozed_until is not None
        assert c.snoozed_until > now


def check_silence(held: Held) -> None:
    """Where a wait needs no answer because a person said so, they had everything that waits in it."""
    if held.muted or not held.running or held.running[0].needs_answer_said is not False:
        return
    last = next(e for e in reversed(held.events) if e.after.get("needs_answer") is False)
    assert last.user_id is not None
    for mention, placement in held.unsettled():
        assert placement.rests or had(mention, placement) <= last.at, f"{mention.external_id} came after the word"


def check_history(held: Held) -> None:
    """Every change of state has its event, and each goes on from where the one before it ended."""
    state: dict[str, Any] = dict.fromkeys(STATE) | {"status": "new", "opened_by_rule": False}
    merged = max((n for n, e in enumerate(held.events) if e.verb == "merged"), default=-1)
    for number, event in enumerate(held.events):
        told = {k: v for k, v in event.after.items() if k in STATE}
        if number > merged:
            assert {k: event.before[k] for k in told} == {k: state[k] for k in told}, f"before {event.verb}"
        state |= told
    present = {k: plain(getattr(held.conversation, k)) for k in STATE}
    if merged >= 0:
        present.pop("opened_by_rule")
        state.pop("opened_by_rule")
    assert state == present, f"history says {state}, the row {present}"


def plain(value: Any) -> Any:
    """As history writes it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def check_queue(session: Session, house: dict[int, Held], now: datetime) -> None:
    """What the queue shows is what its definition says, in order."""
    rows = page(session, now=now, settings=Settings(), limit=None)
    shown = [r.id for r in rows]
    newest = {r.mention_id: r for r in session.exec(select(Reading).order_by(col(Reading.id)))}
    words = words_of(session)
    readings = {i: need_said(r, words.get(i, {})) for i, r in newest.items()}
    must, may = set(), set()
    for number, held in house.items():
        wants = demanding(held, readings, [m for m, _ in held.unsettled()])
        if in_front(held, now) and wants:
            must.add(number)
        if in_front(held, now) and (wants or demanding(held, readings, [m for m, _ in held.theirs])):
            may.add(number)
    assert must <= set(shown) <= may, f"{must=} {shown=} {may=}"
    assert len(shown) == len(set(shown))
    keys = [r.place for r in rows]
    assert keys == sorted(keys, key=lambda k: (k[0], k[1] or now, k[2]))


def in_front(held: Held, now: datetime) -> bool:
    c = held.conversation
    opened = c.status == Status.OPEN or (c.status == Status.NEW and c.created_at <= now - timedelta(seconds=60))
    return opened and bool(held.running) and not held.competitor


def words_of(session: Session) -> dict[int, dict[str, str]]:
    """Mention → label → what a person said last of its present edition, and did not take back."""
    query = select(Correction, Mention).join(Mention, col(Mention.id) == Correction.mention_id)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for correction, mention in session.exec(query.order_by(col(Correction.id))):
        if correction.undone_at is None and correction.edition == mention.editions:
            found[correction.mention_id][correction.label] = correction.said
    return found


def need_said(read: Reading, words: dict[str, str]) -> float:
    """Of the corrections that lives make: a need that was said; crisis needs an answer, chatter none."""
    if "needs_reply" in words:
        return 1.0 if words["needs_reply"] == "yes" else 0.0
    said = words.get("intent", read.intent)
    return read.needs_reply if said == read.intent else {"crisis": 1.0, "chatter": 0.0}[said]


def demanding(held: Held, readings: dict[int, float], mentions: list[Mention]) -> bool:
    """Said by a person; else not muted, and one of these is unread or reads as needing a reply."""
    said = held.running[0].needs_answer_said if held.running else None
    if said is not None:
        return said
    return not held.muted and any(m.id not in readings or readings[m.id] >= 0.5 for m in mentions)


def check_from_scratch(session: Session, now: datetime) -> None:
    """Forgetting what was worked out and working it out anew gives the same. Leaves the session to be rolled back."""
    before = worked_out(session)
    said = {(w.conversation_id, w.first_mention_id): (w.needs_answer_said, w.band_said, w.band, w.target_seconds)
            for w in session.exec(select(Wait))}  # fmt: skip
    kept = [Wait(**w.model_dump(exclude={"id"})) for w in session.exec(select(Wait)) if is_said(w)]
    session.execute(delete(Wait))
    session.execute(update(Placement).values(conversation_id=None, ambiguous=False))
    session.flush()
    session.expire_all()
    session.add_all(kept)
    session.flush()
    keys: dict[int, list[ThreadKey]] = defaultdict(list)
    for t in session.exec(select(Thread)):
        keys[t.brand_id].append(ThreadKey(Platform(t.platform), t.external_id))
    for brand_id, found in keys.items():
        recompute(session, rules_for(session, brand_id, Settings()), found, now)
    session.flush()
    session.expire_all()
    after = worked_out(session)
    assert after == before
    assert len(said) == len(after["waits"])


def is_said(wait: Wait) -> bool:
    return wait.needs_answer_said is not None or wait.band_said


def worked_out(session: Session) -> dict[str, Any]:
    """What recomputation is responsible for; the band is fixed at the first reading and so no function of the rest."""
    waits = sorted(
        (w.conversation_id, w.first_mention_id, w.started_at, w.ended_at, w.end, w.answer_id, w.stored_at,
         w.needs_answer, w.history)
        for w in session.exec(select(Wait))
    )  # fmt: skip
    placements = sorted(
        (p.mention_id, p.brand_id, p.conversation_id, p.ambiguous) for p in session.exec(select(Placement))
    )
    copies = sorted(
        (c.id or 0, c.waiting_since, c.mentions, c.needs_answer, c.last_stored_at)
        for c in session.exec(select(Conversation))
    )
    return {"waits": waits, "placements": placements, "copies": copies}
