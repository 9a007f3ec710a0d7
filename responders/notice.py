"""RESPOND: our own post, whoever typed it, is recognised when a poll brings it: hand-offs above all.

Comes in: mentions of ours as polls stored them. Goes out: responses that are public now, with the platform's time. Ends
no wait by itself: triage does, when the post comes in or when we can tell whom it answers. Commits nothing.
"""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from models import Mention, Placement, Response, ResponseAttempt
from models.response import AttemptOutcome
from models.response import ResponseStatus as Is
from responders.matching import same_words
from responders.order import editions_of
from responders.outcome import Report
from responders.protocol import close_attempt, settle_sent
from settings import Settings
from triage.arrivals import History, place
from triage.history import By
from triage.recompute import one_hand

EXPECTED = (Is.HANDED_OFF, Is.FIRING, Is.UNCERTAIN)


def expected(session: Session) -> list[int]:
    """The responses that are public by what polls have brought."""
    ours = (
        select(Placement.mention_id)
        .join(Mention, col(Mention.id) == Placement.mention_id)
        .where(
            Placement.brand_id == Response.brand_id,
            Placement.stored_at >= Response.written_at,
            col(Mention.own),
            Mention.platform == Response.platform,
            or_(col(Placement.conversation_id) == Response.conversation_id, col(Placement.ambiguous)),
        )
    )
    query = select(Response).where(col(Response.status).in_(EXPECTED), ours.correlate(Response).exists())
    rows = session.exec(query.order_by(col(Response.id))).all()
    return [r.id for r in rows if r.id is not None and match_of(session, r) is not None]


def notice(session: Session, response_id: int, now: datetime, settings: Settings) -> bool:
    """Settle one response if we have its post. False when we have not, or it was settled before."""
    one_hand(session)
    response = session.get_one(Response, response_id, populate_existing=True, with_for_update={"key_share": True})
    match = match_of(session, response) if response.status in EXPECTED else None
    if match is None:
        return False
    alike = same_words(response.platform, response.text, match.text)
    if alike or response.external_id == match.external_id:
        attempts = select(ResponseAttempt.id).where(ResponseAttempt.response_id == response_id)
        for attempt_id in session.exec(attempts).all():
            close_attempt(session, attempt_id or 0, Report(outcome=AttemptOutcome.SENT), now)
    settle_sent(session, response, match, "" if alike else "Posted in other words than were written here.", now)
    if match.parent_id is None:
        _tell_parent(session, response, match, now, settings)
    return True


def _tell_parent(session: Session, response: Response, match: Mention, now: datetime, settings: Settings) -> None:
    """The platform did not say what our post answers, and now we know: the wait of that person ends."""
    match.parent_id = session.get_one(Mention, response.parent_mention_id).external_id
    session.flush()
    by = By(at=now, rule="respond")
    place(session, response.brand_id, (), [match.id or 0], history=History(), by=by, settings=settings)


def match_of(session: Session, response: Response) -> Mention | None:
    """The post of ours that is this response, if we have it.

    What was fired is known by the same words under the same post. A hand-off is any answer of ours to that post; where
    none is told to answer it, any of ours to that person since: by the same words first.
    """
    parent = session.get_one(Mention, response.parent_mention_id)
    editions = editions_of(session, parent)
    ours = _ours(session, response, parent, editions)
    alike = [m for m in ours if same_words(response.platform, response.text, m.text)]
    beneath = [m for m in ours if m.parent_id in editions]
    if response.external_id:
        named = [m for m in ours if m.external_id == response.external_id]
        return named[0] if named else None
    both = [m for m in alike if m in beneath or m.parent_id is None]
    here = [m for m in ours if not _is_ambiguous(session, response, m)]
    if response.status != Is.HANDED_OFF:
        return both[0] if both else None
    return next(iter([*both, *beneath, *alike, *here]), None)


def _is_ambiguous(session: Session, response: Response, mention: Mention) -> bool:
    """It answers one of several people, and nobody can tell whom but by its words."""
    placement = session.get(Placement, (mention.id, response.brand_id))
    return placement is not None and placement.ambiguous


def _ours(session: Session, response: Response, parent: Mention, editions: frozenset[str]) -> list[Mention]:
    """Posts of ours that answer the post or this person after it, and are no other response; oldest first."""
    taken = select(Response.external_id).where(
        Response.platform == response.platform,
        Response.conversation_id == response.conversation_id,
        Response.status == Is.SENT,
        col(Response.external_id).is_not(None),
    )
    here = (Placement.conversation_id == response.conversation_id) & (Mention.posted_at >= parent.posted_at)
    somebodys = col(Placement.ambiguous) & (Mention.thread_key == parent.thread_key)
    query = (
        select(Mention)
        .join(Placement, col(Placement.mention_id) == Mention.id)
        .where(
            Placement.brand_id == response.brand_id,
            Mention.platform == response.platform,
            col(Mention.own),
            col(Mention.automatic).is_(False),
            col(Mention.deleted_at).is_(None),
            Placement.stored_at >= response.written_at,
            col(Mention.external_id).not_in(taken),
            or_(here, somebodys, col(Mention.parent_id).in_(editions)),
        )
        .order_by(col(Mention.posted_at), col(Mention.external_id))
    )
    return list(session.exec(query))
