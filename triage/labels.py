"""TRIAGE: what holds of a mention: its newest reading, with a person's words in the place of the reading's.

Comes in: mentions. Goes out: labels, which every rule, screen and figure uses. Reads only: the reading itself is never
changed, and no later reading goes before a person's word, as long as the words it was said of stand.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from models import Correction, Mention, Reading
from models.database import chunks
from models.values import Intent, Label, Sentiment
from settings import settings

YES, NO = "yes", "no"
WANTS = {
    Intent.CRISIS: 0.95, Intent.CHURN: 0.8, Intent.COMPLAINT: 0.6, Intent.QUESTION: 0.6, Intent.PURCHASE: 0.6,
    Intent.SUGGESTION: 0.5,
}  # fmt: skip
"""What `needs_reply` is raised to where a person said the intent, as the reading does for its own."""
WANTS_NOTHING = 0.3
"""What it is held down to where a person said praise, promotion or chatter, or that it is not about us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What holds of one mention. `triage.priority.Read` for the rules."""

    sentiment: Sentiment
    p_negative: float
    """0–1, as the next two: they sum to 1."""
    p_neutral: float
    p_positive: float
    intent: Intent
    intents: Mapping[str, float]
    """Probability of each, 0–1."""
    about_brand: float
    """0–1, as the next."""
    needs_reply: float
    language: str
    confidence: float | None
    """How sure the reading was, 0–1; None = it did not say."""
    model_version: str
    said: frozenset[Label] = frozenset()
    """What a person said, whether they agreed or not."""
    corrected: frozenset[Label] = frozenset()
    """Of it, what they said otherwise than the reading."""
    read: "Labels | None" = None
    """The same without anybody's words; None = nobody said anything."""

    @property
    def in_doubt(self) -> float | None:
        """Its confidence while nobody has looked at it; None once somebody has."""
        return None if self.said else self.confidence

    def as_words(self, needs_reply_at: float) -> dict[Label, str]:
        """Each label in the words of a correction; `needs_reply` counts as yes from that share on."""
        return {
            Label.SENTIMENT: self.sentiment.value,
            Label.INTENT: self.intent.value,
            Label.ABOUT_BRAND: YES if self.about_brand >= 0.5 else NO,
            Label.NEEDS_REPLY: YES if self.needs_reply >= needs_reply_at else NO,
            Label.LANGUAGE: self.language,
        }


def load_labels(session: Session, mention_ids: Iterable[int], needs_reply_at: float | None = None) -> dict[int, Labels]:
    """What holds of each of these mentions that was read. `needs_reply_at` is the setting's unless told."""
    found: dict[int, Labels] = {}
    needs_from = settings().needs_reply_at if needs_reply_at is None else needs_reply_at
    for part in chunks(sorted(set(mention_ids))):
        query = select(Reading).where(col(Reading.mention_id).in_(part)).order_by(col(Reading.id))
        found |= {r.mention_id: _as_read(r) for r in session.exec(query)}
        for mention_id, words in _said(session, part).items():
            if mention_id in found:
                found[mention_id] = with_words(found[mention_id], words, needs_from)
    return found


def _as_read(r: Reading) -> Labels:
    return Labels(
        sentiment=r.sentiment, p_negative=r.p_negative, p_neutral=r.p_neutral, p_positive=r.p_positive,
        intent=r.intent, intents=r.intents, about_brand=r.about_brand, needs_reply=r.needs_reply,
        language=r.language, confidence=r.confidence, model_version=r.model_version,
    )  # fmt: skip


def _said(session: Session, mention_ids: Iterable[int]) -> dict[int, dict[Label, str]]:
    """The newest word on each label that stands, of the present edition."""
    query = (
        select(Correction.mention_id, Correction.label, Correction.said)
        .join(Mention, col(Mention.id) == Correction.mention_id)
        .where(
            col(Correction.mention_id).in_(mention_ids),
            col(Correction.undone_at).is_(None),
            Correction.edition == Mention.editions,
        )
        .order_by(col(Correction.id))
    )
    found: dict[int, dict[Label, str]] = defaultdict(dict)
    for mention_id, label, said in session.exec(query):
        found[mention_id][Label(label)] = said
    return found


def with_words(read: Labels, words: Mapping[Label, str], needs_reply_at: float = 0.5) -> Labels:
    """A reading with what a person said in its place. Where they agree, its probabilities stand.

    The intent they said is the gravest that holds, and whether it needs a reply follows from it unless they said that.
    From `needs_reply_at` on a reading says that it does.
    """
    if not words:
        return read
    held = replace(read, said=frozenset(words), read=read)
    if (sentiment := Sentiment(words.get(Label.SENTIMENT, read.sentiment))) != read.sentiment:
        negative, neutral, positive = (float(each == sentiment) for each in Sentiment)
        held = replace(held, sentiment=sentiment, p_negative=negative, p_neutral=neutral, p_positive=positive)
    if (intent := Intent(words.get(Label.INTENT, read.intent))) != read.intent:
        held = replace(held, intent=intent, intents=_with_intent(read.intents, intent),
                       needs_reply=_need_of(intent, read.needs_reply))  # fmt: skip
    if Label.ABOUT_BRAND in words:
        about = words[Label.ABOUT_BRAND] == YES
        held = replace(held, about_brand=_held(held.about_brand, about, 0.5))
        if not about:
            held = replace(held, needs_reply=min(held.needs_reply, WANTS_NOTHING))
    if Label.NEEDS_REPLY in words:
        needs = words[Label.NEEDS_REPLY] == YES
        held = replace(held, needs_reply=_held(held.needs_reply, needs, needs_reply_at))
    held = replace(held, language=words.get(Label.LANGUAGE, read.language))
    return replace(held, corrected=_otherwise(held, read, needs_reply_at))


def _held(share: float, said: bool, counts_from: float) -> float:
    """The share itself where it says the same."""
    return share if said == (share >= counts_from) else float(said)


def _with_intent(intents: Mapping[str, float], said: Intent) -> dict[str, float]:
    """None graver than what was said holds; lighter ones may stand beside it."""
    graver = list(Intent)[: list(Intent).index(said)]
    return {**intents, **{each.value: 0.0 for each in graver}, said.value: 1.0}


def _need_of(intent: Intent, read: float) -> float:
    return max(read, WANTS[intent]) if intent in WANTS else min(read, WANTS_NOTHING)


def _otherwise(held: Labels, read: Labels, needs_reply_at: float) -> frozenset[Label]:
    before, after = read.as_words(needs_reply_at), held.as_words(needs_reply_at)
    return frozenset(label for label in held.said if before[label] != after[label])
