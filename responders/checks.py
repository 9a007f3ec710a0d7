"""RESPOND: what must hold before a reply is begun, and the kind words where it does not.

Comes in: who wants to say what, where. Goes out: clean words, or `Refused`. Changes nothing.
"""

import re
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from listeners.post import storable
from listeners.reddit_post import thread_in
from models import Conversation, Mention, MentionVersion, Placement, Response
from models.response import LIVE_RESPONSES
from models.response import ResponseStatus as Is
from models.values import How, Platform, Role
from responders.length import LIMITS, length
from responders.matching import same_words
from responders.options import Options
from triage.history import By, Refused
from triage.verbs.change import UNFINISHED, name_of, unheard
from triage.verbs.change import standing as conversation_standing

SAME_ON_X = timedelta(hours=24)
"""X refuses the same words twice; its window is not published, a day is what has been seen."""
LONGEST_BY_HAND = 40_000
"""Characters of a hand-off where the platform's limit is not known."""
_X_POST = re.compile(r"(?:/status(?:es)?/|\A)(\d{1,19})(?:[/?#]|\Z)")
_REDDIT_NAME = re.compile(r"\At1_[0-9a-z]+\Z")
_REDDIT_COMMENT = re.compile(r"/comments/[0-9a-z]+/[^/]*/([0-9a-z]+)(?:[/?#]|\Z)", re.I)


def writer_of(by: By) -> int:
    """The person who acts: every public word has one. Rules never speak."""
    if by.user_id is None or by.role not in (Role.AMBASSADOR, Role.MANAGER, Role.ADMIN):
        raise Refused("A reply needs a person who stands for it.")
    return by.user_id


def check_text(platform: Platform, text: str) -> str:
    """The words as they will go out: as typed, without white space around. `Refused` if empty or too long."""
    clean = text.replace("\r\n", "\n").strip()
    if not clean:
        raise Refused("Write something first.")
    if storable(clean) != clean or any(ord(c) < 32 and c not in "\n\t" for c in clean):
        raise Refused("The text holds characters that no platform shows; take them out.")
    limit = LIMITS.get(platform, LONGEST_BY_HAND)
    if (over := length(platform, clean) - limit) > 0:
        raise Refused(f"It is {over:,} characters too long: {platform.value} takes {limit:,}.")
    return clean


def same_reply(session: Session, told: Options, text: str, writer: int, how: How) -> Response | None:
    """The reply that says these very words under this very post already: a second click is the first."""
    query = select(Response).where(
        Response.parent_mention_id == told.parent_mention_id,
        Response.written_by == writer,
        Response.how == how,
        Response.text == text,
        col(Response.status).in_((*LIVE_RESPONSES, Is.SENT)),
    )
    return session.exec(query.order_by(col(Response.id).desc()).limit(1)).first()


def check_conversation(session: Session, conversation: Conversation, by: By) -> None:
    """It is not finished, and nobody else has it."""
    if conversation.status not in UNFINISHED:
        raise Refused(f"{conversation_standing(conversation)} Take it up again first.")
    if conversation.assignee_id not in (None, by.user_id) and not by.may(Role.MANAGER):
        raise Refused(f"Somebody was faster: {name_of(session, conversation.assignee_id)} has it.")


def repeated(session: Session, conversation: Conversation, text: str, how: How, at: datetime) -> None:
    """X takes the same words only once a day, wherever they stand: better said before than after."""
    if conversation.platform != Platform.X or how != How.API:
        return
    query = select(Response.text).where(
        Response.platform == Platform.X, Response.status == Is.SENT, col(Response.ended_at) > at - SAME_ON_X
    )
    if any(same_words(Platform.X, text, sent) and _alike(text, sent) for sent in session.exec(query)):
        raise Refused("X takes the same words only once a day, and we have said these: change a word or two.")


def _alike(one: str, other: str) -> bool:
    """Links count here: two texts that differ by their link are two texts to X."""
    return " ".join(one.split()) == " ".join(other.split())


def live_words(session: Session, live: Response | None, by: By) -> str:
    """Why nobody can begin another reply while this one lives."""
    if live is None:
        return "Somebody was faster: another reply is on its way."
    who = "Your" if live.written_by == by.user_id else f"Somebody was faster: {name_of(session, live.written_by)}'s"
    return {
        Is.AWAITING_APPROVAL: f"{who} reply waits for a manager's approval.",
        Is.HANDED_OFF: f"{who} reply was taken to the platform by hand: take that back first.",
        Is.UNCERTAIN: f"{who} reply may be public or not: settle that first.",
        Is.LATER: f"{who} reply waits for the platform and goes out then.",
    }.get(live.status, f"{who} reply is on its way.")


def standing(response: Response) -> str:
    """How a response stands, where that forbids what was asked."""
    return {
        Is.AWAITING_APPROVAL: "It waits for a manager's approval.",
        Is.APPROVED: "It is approved already and goes out.",
        Is.FIRING: "It is going out right now, and cannot be called back. We say what became of it.",
        Is.LATER: "It is approved already and waits for the platform.",
        Is.UNCERTAIN: "It may be public or not: look, and say which.",
        Is.HANDED_OFF: "It was taken to the platform by hand.",
        Is.SENT: "It is public already. If it must go, delete it on the platform.",
        Is.REFUSED: "The platform refused it already.",
        Is.DISCARDED: "It was taken back already.",
    }[response.status]


def told_post(platform: Platform, told: str) -> tuple[str, str]:
    """Id and link (or "") of a post a person names by its link or id. `Refused` when it names none."""
    told = told.strip()
    url = told if told.startswith(("http://", "https://")) else ""
    if platform == Platform.X and (found := _X_POST.search(told)):
        return found[1], url
    if platform == Platform.REDDIT:
        if _REDDIT_NAME.match(told):
            return told, ""
        if thread_in(told) and (found := _REDDIT_COMMENT.search(told)):
            return f"t1_{found[1].lower()}", url
    raise Refused("Give the link of our reply, as you see it in the browser.")


def answered_since(session: Session, response: Response, since: datetime) -> Mention | None:
    """A post of ours that came into the conversation since then: somebody answered meanwhile."""
    return _ours_since(session, response.conversation_id, since)


def last_heard(session: Session, conversation_id: int) -> datetime | None:
    """When the newest of what is known of a conversation came in, a post or an edit: what `check_heard` asks for.

    The moment of a row, not of a look: clocks of several machines differ, and a transaction may still be on its way.
    """
    stored = select(func.max(Placement.stored_at)).where(Placement.conversation_id == conversation_id)
    edited = (
        select(func.max(MentionVersion.replaced_at))
        .join(Placement, col(Placement.mention_id) == MentionVersion.mention_id)
        .where(Placement.conversation_id == conversation_id)
    )
    return max((at for at in (session.exec(stored).one(), session.exec(edited).one()) if at is not None), default=None)


def check_heard(session: Session, conversation: Conversation, seen: datetime | None) -> None:
    """Whoever speaks has seen what was said: `seen` is the `last_heard` of their screen; None = they look at none."""
    if seen is None or conversation.id is None:
        return
    if _ours_since(session, conversation.id, seen):
        raise Refused("Somebody answered meanwhile: look whether yours is still needed.")
    if unheard(session, conversation, By(at=seen)):
        raise Refused("They wrote again just now: read that first.")


def _ours_since(session: Session, conversation_id: int, since: datetime) -> Mention | None:
    query = (
        select(Mention)
        .join(Placement, col(Placement.mention_id) == Mention.id)
        .where(
            Placement.conversation_id == conversation_id,
            col(Mention.own),
            col(Mention.automatic).is_(False),
            Placement.stored_at > since,
        )
    )
    return session.exec(query.limit(1)).first()
