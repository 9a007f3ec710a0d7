"""TRIAGE: what stored mentions mean for the brands that have them.

Comes in: what LISTEN saved, in the same transaction. Goes out: threads, conversations and waits in line with it, and
statuses that hide no new mention: a snoozed conversation wakes, a resolved one reopens, a dismissed one is restored.
Never commits, never calls a platform.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col, select

from models import Conversation, Event, Mention, Placement, Thread
from models.database import chunks, insert_missing
from models.values import Platform, Resolution, Status, WaitEnd
from settings import Settings
from triage.facts import muted_authors
from triage.hearing import ask_again, let_fall, outlast
from triage.history import By, record
from triage.recompute import Recomputed, one_hand, recompute
from triage.rehome import rehome
from triage.rules import Rules, rules_for
from triage.thread_keys import ThreadKey, settle_threads
from triage.verbs.change import plain
from triage.verbs.dismiss import restore
from triage.verbs.resolve import reopen
from triage.verbs.snooze import wake


@dataclass(frozen=True, slots=True)
class History:
    """What is history to the way a batch was come by: asked of a mention's platform time (DESIGN §4)."""

    is_older: Callable[[datetime], bool] = lambda _: False
    """Older than its source, or imported: its lag says nothing about us."""
    rests: Callable[[datetime], bool] = lambda _: False
    """Older, and too old for the queue: counted in reports only."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a batch of stored mentions led to."""

    mentions: int
    """Mentions this brand did not have before."""
    conversations: frozenset[int]
    """Conversations of the brand that were worked out."""


def place(
    session: Session,
    brand_id: int,
    ids: Iterable[int],
    changed: Iterable[int],
    *,
    history: History,
    by: By,
    settings: Settings,
) -> Arrived:
    """Take in the mentions `ids` for this brand, and work out anew every thread that `ids` or `changed` touch.

    Harmless to repeat.
    """
    one_hand(session)
    mentions = _load(session, ids)
    fresh, arrived, awake = _place_missing(session, brand_id, mentions, history, by.at)
    touched = set(changed) | arrived
    moved = settle_threads(session, touched)
    session.flush()
    touched |= moved.ids
    keys = _keys(session, sorted(touched), moved.left)
    rehome(session, touched, by)
    outlast(session, brand_id, awake, by)
    done: dict[int, Recomputed] = {}
    for brand, found in sorted(keys.items()):
        done[brand] = recompute(session, rules_for(session, brand, settings), found, by.at)
    if brand_id in done:
        _settle_statuses(session, rules_for(session, brand_id, settings), done[brand_id], arrived, awake, by)
    for brand, result in done.items():
        edited = set(changed) - (fresh if brand == brand_id else set())
        _hear_edits(session, rules_for(session, brand, settings), result, edited, by, settings)
    here = done.get(brand_id)
    return Arrived(len(fresh), frozenset(here.conversations if here else ()))


def _load(session: Session, ids: Iterable[int]) -> dict[int, Mention]:
    found: dict[int, Mention] = {}
    for part in chunks(sorted(set(ids))):
        query = select(Mention).where(col(Mention.id).in_(part))
        found |= {m.id: m for m in session.exec(query) if m.id is not None}
    return found


def _place_missing(
    session: Session, brand_id: int, mentions: dict[int, Mention], history: History, at: datetime
) -> tuple[set[int], set[int], set[int]]:
    """Which mentions the brand did not have; these and those that count otherwise now; of them, what does not rest."""
    present: dict[int, Placement] = {}
    for part in chunks(sorted(mentions)):
        query = select(Placement).where(Placement.brand_id == brand_id, col(Placement.mention_id).in_(part))
        present |= {p.mention_id: p for p in session.exec(query)}
    fresh = {i for i in mentions if i not in present}
    rows = [
        {
            "mention_id": i, "brand_id": brand_id, "stored_at": at, "ambiguous": False,
            "history": history.is_older(mentions[i].posted_at),
            "rests": history.rests(mentions[i].posted_at),
        }
        for i in sorted(fresh)
    ]  # fmt: skip
    insert_missing(session, Placement, rows)
    arrived = set(fresh)
    awake = {i for i in fresh if not history.rests(mentions[i].posted_at)}
    for i, placement in present.items():
        live = placement.history and not history.is_older(mentions[i].posted_at)
        if placement.rests and not history.rests(mentions[i].posted_at):
            placement.rests = False
            awake.add(i)
        if live or i in awake:
            placement.history = placement.history and not live
            arrived.add(i)
    session.flush()
    return fresh, arrived, awake


def _keys(session: Session, touched: list[int], left: set[ThreadKey]) -> dict[int, set[ThreadKey]]:
    """By brand: every thread that gained, lost or holds one of the mentions."""
    keys: dict[int, set[ThreadKey]] = defaultdict(set)
    for part in chunks(touched):
        query = (
            select(Placement.brand_id, Mention.platform, Mention.thread_key)
            .join(Mention, col(Mention.id) == Placement.mention_id)
            .where(col(Mention.id).in_(part))
            .distinct()
        )
        for brand_id, platform, key in session.exec(query):
            keys[brand_id].add(ThreadKey(Platform(platform), key))
    for platform in {k.platform for k in left}:
        for names in chunks(sorted(k.key for k in left if k.platform == platform)):
            threads = select(Thread.brand_id, Thread.external_id).where(
                Thread.platform == platform, col(Thread.external_id).in_(names)
            )
            for brand_id, key in session.exec(threads):
                keys[brand_id].add(ThreadKey(platform, key))
    return keys


def _settle_statuses(
    session: Session, rules: Rules, done: Recomputed, arrived: set[int], awake: set[int], by: By
) -> None:
    """History rests; everything else that a person newly said is to be seen."""
    heard = _conversations_of(session, rules.brand_id, awake)
    rested = _conversations_of(session, rules.brand_id, arrived) - heard
    _rest(session, [done.conversations[i] for i in sorted(rested & done.made)], _rule(by, "history"))
    muted = muted_authors(session, rules.brand_id)
    here = [done.conversations[i] for i in sorted(heard & set(done.conversations))]
    rule = _rule(by, "new_mention")
    again = [c for c in here if _hear(session, c, muted, by) and ask_again(session, c, rule)]
    _work_out_again(session, rules, again, by)


def _work_out_again(session: Session, rules: Rules, conversations: Iterable[Conversation], by: By) -> None:
    threads = [session.get_one(Thread, c.thread_id) for c in conversations]
    if threads:
        session.flush()
        recompute(session, rules, [ThreadKey(t.platform, t.external_id) for t in threads], by.at)


def _rest(session: Session, conversations: Iterable[Conversation], by: By) -> None:
    """Resolve as history what this transaction has made: all at once, since an import makes thousands."""
    before = {"status": Status.NEW.value, "resolution": None, "ended_at": None}
    after = {"status": Status.RESOLVED.value, "resolution": Resolution.HISTORY.value, "ended_at": plain(by.at)}
    resting = [c for c in conversations if c.status == Status.NEW]
    lines = [
        {"at": by.at, "brand_id": c.brand_id, "conversation_id": c.id, "verb": "resolved", "user_id": by.user_id,
         "by_rule": by.rule, "before": before, "after": after, "why": ""}
        for c in resting
    ]  # fmt: skip
    for conversation in resting:
        conversation.status, conversation.resolution = Status.RESOLVED, Resolution.HISTORY
        conversation.ended_at = by.at
    session.flush()
    if lines:
        session.execute(insert(Event), lines)


def _conversations_of(session: Session, brand_id: int, mention_ids: set[int]) -> set[int]:
    """The conversations in which these mentions are the person's own words."""
    found: set[int] = set()
    for part in chunks(sorted(mention_ids)):
        query = (
            select(Placement.conversation_id)
            .join(Mention, col(Mention.id) == Placement.mention_id)
            .where(
                Placement.brand_id == brand_id,
                col(Mention.id).in_(part),
                col(Mention.own).is_(False),
                col(Placement.conversation_id).is_not(None),
            )
        )
        found |= {c for c in session.exec(query) if c is not None}
    return found


def _hear(session: Session, conversation: Conversation, muted: frozenset[int], by: By) -> bool:
    """The person spoke: no status may hide it, unless they or the thread are muted. Whether they are heard."""
    assert conversation.id is not None
    if conversation.author_id in muted or session.get_one(Thread, conversation.thread_id).muted_at:
        return False
    rule = _rule(by, "new_mention")
    if conversation.status == Status.SNOOZED:
        wake(session, conversation.id, by=rule)
    elif conversation.status == Status.RESOLVED:
        reopen(session, conversation.id, by=rule)
    elif conversation.status == Status.DISMISSED:
        restore(session, conversation.id, by=rule)
    return True


def _hear_edits(
    session: Session, rules: Rules, done: Recomputed, changed: set[int], by: By, settings: Settings
) -> None:
    """Edited words are new words: a closure said of the old ones falls, unless we had answered them.

    What was said before they were there was said of other words, and stands.
    """
    again = set()
    for conversation_id, since in sorted(_edited(session, rules.brand_id, changed).items()):
        conversation = done.conversations.get(conversation_id)
        if conversation is None or conversation.resolution == Resolution.HISTORY:
            continue
        unanswered = [moment for mention_id, moment in since.items() if done.ends.get(mention_id) != WaitEnd.ANSWERED]
        if not unanswered:
            continue
        rule = _rule(by, "new_mention")
        record(session, conversation, "edited", rule)
        let_fall(session, conversation, min(unanswered), rule)
        _hear(session, conversation, muted_authors(session, rules.brand_id), by)
        thread = session.get_one(Thread, conversation.thread_id)
        again.add(ThreadKey(thread.platform, thread.external_id))
    if again:
        session.flush()
        recompute(session, rules, again, by.at)


def _edited(session: Session, brand_id: int, changed: set[int]) -> dict[int, dict[int, datetime]]:
    """By conversation: the posts of others whose words changed just now, each with when anybody first could know of it.

    No closure said before that was said of it.
    """
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    for part in chunks(sorted(changed)):
        query = (
            select(Placement.conversation_id, Mention.id, Mention.posted_at, Placement.stored_at)
            .join(Mention, col(Mention.id) == Placement.mention_id)
            .where(
                Placement.brand_id == brand_id,
                col(Mention.id).in_(part),
                col(Mention.own).is_(False),
                col(Mention.editions) > 1,
                col(Mention.read_at).is_(None),
                col(Placement.conversation_id).is_not(None),
            )
        )
        for conversation_id, mention_id, posted_at, stored_at in session.exec(query):
            assert conversation_id is not None
            assert mention_id is not None
            found[conversation_id][mention_id] = min(posted_at, stored_at)
    return found


def _rule(by: By, name: str) -> By:
    return By(at=by.at, rule=name)
