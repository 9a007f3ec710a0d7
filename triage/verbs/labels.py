"""TRIAGE: say what a mention is, where the reading was wrong or unsure; take that back.

A label is a fact about the mention, so it holds in every conversation the mention stands in, at once: priority, whether
an answer is needed, and the running wait's band follow. The reading stays as it was.
"""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from models import Conversation, Correction, Event, Mention, Placement, Wait
from models.values import Intent, Label, Sentiment
from settings import settings
from triage.history import By, Refused, record
from triage.labels import NO, YES, Labels, load_labels
from triage.recompute import one_hand
from triage.verbs.change import load, work_out
from triage.verbs.closing import running

WORDS: Mapping[Label, frozenset[str]] = {
    Label.SENTIMENT: frozenset(Sentiment),
    Label.INTENT: frozenset(Intent),
    Label.ABOUT_BRAND: frozenset({YES, NO}),
    Label.NEEDS_REPLY: frozenset({YES, NO}),
}
"""What a person may say of each label; of language any two small letters, or "und"."""
SHOWN = (Label.SENTIMENT, Label.INTENT, Label.NEEDS_REPLY)
"""What whoever says "looks right" agrees to."""


def correct(
    session: Session, conversation_id: int, mention_id: int, label: Label, said: str, *, by: By, edition: int
) -> Correction:
    """Say what one label of a mention is; it goes before every reading of this edition, later ones too.

    `edition`: the one the person read; `Refused` where there is another by now, or where nothing has read it yet.
    """
    if not _is_word(label, said):
        raise Refused(f"{said[:40]!r} is no {label.value.replace('_', ' ')}.")
    mention, labels = _looked_at(session, conversation_id, mention_id, edition)
    was = labels.as_words(settings().needs_reply_at)[label]
    (kept,) = _say(session, mention, labels, {label: (was, said)}, by)
    for conversation in _conversations(session, mention_id):
        before = {label.value: was}
        if label == Label.NEEDS_REPLY and _overrule(session, conversation, mention, needs=said == YES):
            before["needs_answer"] = NO if said == YES else YES
        record(session, conversation, "corrected", by, before, {label.value: said, "correction": kept.id})
        work_out(session, conversation, by)
    return kept


def confirm(session: Session, conversation_id: int, mention_id: int, *, by: By, edition: int) -> list[Correction]:
    """Say that the reading looks right: nothing changes but that nobody asks again, and that later readings heed it."""
    mention, labels = _looked_at(session, conversation_id, mention_id, edition)
    words = labels.as_words(settings().needs_reply_at)
    kept = _say(session, mention, labels, {n: (words[n], words[n]) for n in SHOWN if n not in labels.said}, by)
    for conversation in _conversations(session, mention_id):
        record(session, conversation, "confirmed", by, {}, {n.value: words[n] for n in SHOWN})
        work_out(session, conversation, by)
    return kept


def take_back(
    session: Session, conversation_id: int, mention_id: int, *, by: By, corrections: list[int]
) -> list[Correction]:
    """The opposite of both: these words of a person hold no more, and what they had gone before holds again."""
    one_hand(session)
    query = select(Correction).where(
        col(Correction.id).in_(corrections), Correction.mention_id == mention_id, col(Correction.undone_at).is_(None)
    )
    taken = session.exec(query).all()
    concerned = _conversations(session, mention_id)
    if not taken or conversation_id not in {c.id for c in concerned}:
        raise Refused("That was taken back already.")
    for correction in taken:
        correction.undone_at = by.at
    before = {c.label.value: c.said for c in taken}
    for conversation in concerned:
        _restore(session, conversation, session.get_one(Mention, mention_id), corrections)
        record(session, conversation, "correction_undone", by, before, {c.label.value: c.was for c in taken})
        work_out(session, conversation, by)
    return list(taken)


def _is_word(label: Label, said: str) -> bool:
    if label != Label.LANGUAGE:
        return said in WORDS[label]
    return said == "und" or (len(said) == 2 and said.isascii() and said.islower() and said.isalpha())


def _looked_at(session: Session, conversation_id: int, mention_id: int, edition: int) -> tuple[Mention, Labels]:
    """The mention as the person saw it, nobody else's to change until the end."""
    one_hand(session)
    load(session, conversation_id)
    mention = session.get(Mention, mention_id, populate_existing=True)
    placed = select(Placement).where(Placement.mention_id == mention_id, Placement.conversation_id == conversation_id)
    if mention is None or mention.own or session.exec(placed).first() is None:
        raise Refused("That post does not stand in this conversation any more.")
    if mention.deleted_at is not None:
        raise Refused("It was deleted just now; there is nothing left to correct.")
    if mention.editions != edition:
        raise Refused("They changed their words just now: read those first.")
    labels = load_labels(session, [mention_id]).get(mention_id)
    if labels is None or mention.read_at is None:
        raise Refused("Nothing has read it yet. In a moment there is a reading to correct.")
    return mention, labels


def _say(
    session: Session, mention: Mention, labels: Labels, words: Mapping[Label, tuple[str, str]], by: By
) -> list[Correction]:
    assert mention.id is not None
    kept = [
        Correction(
            mention_id=mention.id, edition=mention.editions, label=label, was=was, said=said,
            model_version=labels.model_version, platform=mention.platform, said_by=by.user_id, said_at=by.at,
        )
        for label, (was, said) in words.items()
    ]  # fmt: skip
    session.add_all(kept)
    session.flush()
    return kept


def _overrule(session: Session, conversation: Conversation, mention: Mention, *, needs: bool) -> bool:
    """An older word on the whole running wait gives way to this one on its mention, where they disagree.

    That the wait needs an answer gives way only where it holds no other mention. Whether it did.
    """
    wait = running(session, conversation)
    if wait is None or mention.posted_at < wait.started_at or wait.needs_answer_said is not (not needs):
        return False
    if not needs and not _is_alone(session, conversation, wait):
        return False
    wait.needs_answer_said = None
    return True


def _is_alone(session: Session, conversation: Conversation, wait: Wait) -> bool:
    query = (
        select(Mention.id)
        .join(Placement, col(Placement.mention_id) == Mention.id)
        .where(
            Placement.conversation_id == conversation.id,
            col(Mention.own).is_(False),
            Mention.posted_at >= wait.started_at,
        )
    )
    return len(session.exec(query.limit(2)).all()) == 1


def _restore(session: Session, conversation: Conversation, mention: Mention, corrections: list[int]) -> None:
    """That the mention's wait needs an answer holds again, ended or not.

    That it needs none was said of other words; the readings decide.
    """
    query = select(Event).where(Event.conversation_id == conversation.id, Event.verb == "corrected")
    overruled = any(
        e.before.get("needs_answer") == YES and e.after.get("correction") in corrections for e in session.exec(query)
    )
    wait = _wait_with(session, conversation, mention)
    if overruled and wait is not None and wait.needs_answer_said is None:
        wait.needs_answer_said = True


def _wait_with(session: Session, conversation: Conversation, mention: Mention) -> Wait | None:
    """The wait the mention stands in: the newest that had begun when it was posted."""
    query = select(Wait).where(Wait.conversation_id == conversation.id, Wait.started_at <= mention.posted_at)
    return session.exec(query.order_by(col(Wait.started_at).desc(), col(Wait.id).desc()).limit(1)).first()


def _conversations(session: Session, mention_id: int) -> list[Conversation]:
    """Every conversation the mention stands in: one a brand."""
    query = (
        select(Conversation)
        .join(Placement, col(Placement.conversation_id) == Conversation.id)
        .where(Placement.mention_id == mention_id)
        .order_by(col(Conversation.id))
    )
    return list(session.exec(query))
