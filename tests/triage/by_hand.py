"""TESTS: readings said by a test instead of the classifier, stored and worked out as the worker does it."""

from sqlmodel import Session, select

from models import Conversation, Mention, Placement, Reading
from models.database import Database
from models.values import Intent, Sentiment
from settings import Settings
from tests.house import at
from triage.history import By
from triage.recompute import recompute
from triage.rules import rules_for
from triage.thread_keys import ThreadKey
from triage.verbs import open_read


def read(
    database: Database,
    brand_id: int,
    said: dict[str, tuple[str, float, float]],
    minutes: float,
    *,
    confidence: float | None = None,
) -> None:
    """external_id → (intent, p_negative, needs_reply); every conversation that holds one is worked out and opened."""
    with database.writing() as session:
        for external_id, (intent, p_negative, needs_reply) in said.items():
            mention = session.exec(select(Mention).where(Mention.external_id == external_id)).one()
            made = reading(mention.id or 0, intent, p_negative, needs_reply, minutes)
            made.confidence = confidence
            session.add(made)
            mention.read_at = at(minutes)
            session.flush()
            work_out(session, brand_id, mention, minutes)


def reading(mention_id: int, intent: str, p_negative: float, needs_reply: float, minutes: float) -> Reading:
    """One row, sure of its intent."""
    return Reading(
        mention_id=mention_id,
        sentiment=Sentiment.NEGATIVE if p_negative >= 0.5 else Sentiment.NEUTRAL,
        p_negative=p_negative,
        p_neutral=1 - p_negative,
        p_positive=0.0,
        intent=Intent(intent),
        intents={i.value: 1.0 if i == intent else 0.0 for i in Intent},
        intent_confidence=1.0,
        about_brand=1.0,
        needs_reply=needs_reply,
        language="en",
        model_version="by hand",
        read_at=at(minutes),
    )


def work_out(session: Session, brand_id: int, mention: Mention, minutes: float) -> None:
    """What the worker does after a reading."""
    rules = rules_for(session, brand_id, Settings())
    recompute(session, rules, [ThreadKey(mention.platform, mention.thread_key)], at(minutes))
    query = select(Conversation.id).join(Placement).where(Placement.mention_id == mention.id)
    found = [i for i in session.exec(query.where(Placement.brand_id == brand_id)) if i is not None]
    open_read(session, found, by=By(at=at(minutes), rule="reading"))
