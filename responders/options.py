"""RESPOND: whether and how a conversation can be answered, as whom, to whom, for how much: known before anyone types.

Comes in: a conversation. Goes out: plain values for the composer. Reads only; asks no platform.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from listeners.authors import handle_key
from models import Account, Author, Brand, Conversation, Mention, Placement, Response, Thread, Wait
from models.response import LIVE_RESPONSES
from models.values import How, Platform
from responders.length import LIMITS
from responders.origin import key_account
from settings import Settings
from triage.answerable import Answerable, answerable
from triage.history import Refused
from triage.labels import load_labels
from triage.rules import rules_for

X_LINK_USD = 0.200
"""A reply with a link in it (X's price list of 2026-08); without one `triage.answerable.X_SUMMONED_USD`."""
CONSIDERED = 50
"""Newest posts of the person that are looked at for one we may answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is known before anyone types."""

    how: How
    reason: str
    price_usd: float | None
    """None where it costs nothing or cannot be said."""
    price_with_link_usd: float | None
    account_id: int | None
    account: str
    """As whom: our handle; "" = not known."""
    to_handle: str
    """To whom."""
    parent_mention_id: int | None
    """The post to answer; None = there is none left."""
    parent_external_id: str
    parent_url: str
    """Where to open it on the platform; "" = not known."""
    limit: int | None
    """Longest reply, as `responders.length.length` counts; None = no limit known."""
    needs_approval: bool
    """A manager must approve it first."""
    live: Response | None
    """The reply that is on its way already, as a copy of its row; nobody may begin another."""


def options(session: Session, conversation_id: int, settings: Settings, now: datetime) -> Options:
    """Work out how this conversation can be answered at `now`. `Refused` when there is none."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None:
        raise Refused(f"There is no conversation {conversation_id}.")
    parent, how = _parent(session, conversation, settings)
    account = key_account(session, conversation.platform, settings) if how.how == How.API else None
    if how.how == How.API and (account is None or account.brand_id != conversation.brand_id):
        how = Answerable(
            How.HAND_OFF, "The keys for posting belong to another account: copy the text and open the post."
        )
        account = None
    account = account or _shown_account(session, conversation)
    by_api = how.how == How.API
    return Options(
        how=how.how,
        reason=how.reason,
        price_usd=how.price_usd if by_api else None,
        price_with_link_usd=X_LINK_USD if by_api and conversation.platform == Platform.X else None,
        account_id=account.id if account else None,
        account=account.handle if account else "",
        to_handle=session.get_one(Author, conversation.author_id).handle,
        parent_mention_id=parent.id if parent else None,
        parent_external_id=parent.external_id if parent else "",
        parent_url=parent.url if parent else "",
        limit=LIMITS.get(conversation.platform),
        needs_approval=_needs_approval(session, conversation, settings),
        live=_copy(live_response(session, conversation_id)),
    )


def live_response(session: Session, conversation_id: int) -> Response | None:
    """The reply of this conversation that is on its way, as it stands now."""
    query = select(Response).where(
        Response.conversation_id == conversation_id, col(Response.status).in_(LIVE_RESPONSES)
    )
    return session.exec(query.execution_options(populate_existing=True)).first()


def _copy(row: Response | None) -> Response | None:
    """Plain values that outlive the session."""
    return Response(**row.model_dump()) if row else None


def latest_response(session: Session, conversation_id: int) -> Response | None:
    """The newest reply of this conversation, whatever became of it: a refused one says why."""
    query = select(Response).where(Response.conversation_id == conversation_id).order_by(col(Response.id).desc())
    return session.exec(query.limit(1).execution_options(populate_existing=True)).first()


def _parent(session: Session, conversation: Conversation, settings: Settings) -> tuple[Mention | None, Answerable]:
    """The newest post of theirs that we may answer by API, else by hand, and how."""
    brand = session.get_one(Brand, conversation.brand_id)
    if brand.competitor:
        return None, Answerable(How.NO, "This is about a competitor: nobody answers for us here.")
    locked = session.get_one(Thread, conversation.thread_id).locked_at is not None
    handles = rules_for(session, conversation.brand_id, settings).handles
    found: list[tuple[Mention, Answerable]] = []
    for mention in _theirs(session, conversation):
        how = answerable(
            conversation.platform,
            mentioned=mention.mentioned,
            quotes_us=_quotes_us(session, mention),
            gone=mention.deleted_at is not None,
            locked=locked,
            handles=handles,
            settings=settings,
        )
        found.append((mention, how))
    for wanted in (How.API, How.HAND_OFF):
        for mention, how in found:
            if how.how == wanted:
                return mention, how
    if found:
        return None, found[0][1]
    return None, Answerable(How.NO, "No post of theirs is left to answer.")


def _theirs(session: Session, conversation: Conversation) -> list[Mention]:
    """Their posts of the running wait, else all of them; newest first."""
    query = (
        select(Mention)
        .join(Placement, col(Placement.mention_id) == Mention.id)
        .where(Placement.conversation_id == conversation.id, col(Mention.own).is_(False))
        .order_by(col(Mention.posted_at).desc(), col(Mention.external_id).desc())
        .limit(CONSIDERED)
    )
    if conversation.waiting_since is None:
        return list(session.exec(query))
    running = list(session.exec(query.where(Mention.posted_at >= conversation.waiting_since)))
    return running or list(session.exec(query))


def _quotes_us(session: Session, mention: Mention) -> bool:
    if not mention.quoted_id:
        return False
    query = select(Mention.id).where(
        Mention.platform == mention.platform, Mention.external_id == mention.quoted_id, col(Mention.own)
    )
    return session.exec(query.limit(1)).first() is not None


def _shown_account(session: Session, conversation: Conversation) -> Account | None:
    """As whom a person answers on the platform itself: our first account there that is no automatic one."""
    query = (
        select(Account)
        .where(
            Account.brand_id == conversation.brand_id,
            Account.platform == conversation.platform,
            col(Account.automatic).is_(False),
            Account.handle_key != handle_key(""),
        )
        .order_by(col(Account.id))
    )
    return session.exec(query.limit(1)).first()


def _needs_approval(session: Session, conversation: Conversation, settings: Settings) -> bool:
    """Whether the settings name the band, or the intent of anything they said in the wait, or it is not read yet."""
    told = set(settings.approve_intents)
    if not told:
        return False
    if "*" in told or (conversation.band is not None and conversation.band.value in told):
        return True
    wait = session.get(Wait, conversation.wait_id) if conversation.wait_id else None
    theirs = (
        select(Mention.id)
        .join(Placement, col(Placement.mention_id) == Mention.id)
        .where(
            Placement.conversation_id == conversation.id, col(Mention.own).is_(False), col(Mention.deleted_at).is_(None)
        )
    )
    if wait is not None:
        theirs = theirs.where(Mention.posted_at >= wait.started_at)
    mention_ids = [i for i in session.exec(theirs) if i is not None]
    labels = load_labels(session, mention_ids)
    # What nobody has read yet may be anything: a manager looks.
    return any(i not in labels or labels[i].intent.value in told for i in mention_ids)
