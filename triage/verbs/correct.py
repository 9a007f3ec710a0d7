"""TRIAGE: what a person knows better than the reading: how soon, and whether at all."""

from sqlmodel import Session

from models import Conversation
from models.values import Band
from settings import settings
from triage.history import By, Refused, record
from triage.recompute import one_hand
from triage.rules import rules_for
from triage.verbs.change import load, unheard, why_not, work_out
from triage.verbs.closing import running


def set_band(session: Session, conversation_id: int, band: Band, *, by: By, why: str = "") -> Conversation:
    """Put the running wait into another band; its target follows. It stays until a person says otherwise."""
    one_hand(session)
    conversation = load(session, conversation_id)
    wait = running(session, conversation)
    if wait is None:
        raise Refused("Nobody waits in this conversation, so there is no target to change.")
    record(session, conversation, "band_set", by, {"band": wait.band}, {"band": band}, why)
    wait.band, wait.band_said = band, True
    rules = rules_for(session, conversation.brand_id, settings())
    wait.target_seconds = rules.target_seconds(band, wait.started_at)
    return work_out(session, conversation, by)


def set_needs_answer(session: Session, conversation_id: int, needs: bool, *, by: By, why: str = "") -> Conversation:
    """Say whether the running wait needs an answer; it goes before the reading.

    That it needs one holds for the wait. That it needs none is said of what was there to read: a new mention undoes it.
    """
    one_hand(session)
    conversation = load(session, conversation_id)
    wait = running(session, conversation)
    if wait is None:
        raise Refused("Nobody waits in this conversation.")
    if not needs and unheard(session, conversation, by):
        raise why_not(session, conversation_id, by)
    before, after = {"needs_answer": wait.needs_answer}, {"needs_answer": needs}
    record(session, conversation, "needs_answer_set", by, before, after, why)
    wait.needs_answer_said = needs
    return work_out(session, conversation, by)
