"""TESTS: verbs by name, and what a test of verbs asks of the house."""

from collections.abc import Callable

from sqlmodel import Session, col, select

from models import Conversation, Event, Thread, Wait
from models.database import Database
from models.values import Dismissal, Resolution
from settings import Settings
from tests.house import at
from triage import verbs
from triage.history import By
from triage.queue import page

Verb = Callable[[Session, int, By], Conversation]


def do(database: Database, verb: Verb, conversation_id: int, actor: By) -> Conversation:
    with database.writing() as session:
        return verb(session, conversation_id, actor)


def facts(database: Database, conversation_id: int) -> dict[str, object]:
    with database.reading() as session:
        conversation = session.get_one(Conversation, conversation_id)
        columns = conversation.model_dump(exclude={"needs_answer_said"})
        said = session.exec(select(Wait.needs_answer_said, Wait.end, Wait.band_said)).all()
        return columns | {"waits": said, "muted": session.get_one(Thread, conversation.thread_id).muted_at}


def events(database: Database, conversation_id: int) -> list[str]:
    with database.reading() as session:
        query = select(Event.verb).where(Event.conversation_id == conversation_id).order_by(col(Event.id))
        return list(session.exec(query))


def queued(database: Database, minutes: float = 60) -> list[str]:
    with database.reading() as session:
        return [row.author for row in page(session, now=at(minutes), settings=Settings())]


PAIRS: dict[str, tuple[Verb, Verb, str, str]] = {
    "claim": (
        lambda s, i, b: verbs.claim(s, i, by=b),
        lambda s, i, b: verbs.release(s, i, by=b),
        "claimed", "released",
    ),
    "assign": (
        lambda s, i, b: verbs.assign(s, i, b.user_id or 0, by=b),
        lambda s, i, b: verbs.unassign(s, i, by=b),
        "assigned", "unassigned",
    ),
    "snooze": (
        lambda s, i, b: verbs.snooze(s, i, at(600), by=b),
        lambda s, i, b: verbs.wake(s, i, by=b),
        "snoozed", "woken",
    ),
    "escalate": (
        lambda s, i, b: verbs.escalate(s, i, by=b, why="legal"),
        lambda s, i, b: verbs.de_escalate(s, i, by=b),
        "escalated", "de_escalated",
    ),
    "resolve": (
        lambda s, i, b: verbs.resolve(s, i, Resolution.NO_ANSWER, by=b),
        lambda s, i, b: verbs.reopen(s, i, by=b),
        "resolved", "reopened",
    ),
    "resolve elsewhere": (
        lambda s, i, b: verbs.resolve(
            s, i, Resolution.ANSWERED_ELSEWHERE, by=b, url="https://help.example.org/1", answered_at=at(2)
        ),
        lambda s, i, b: verbs.reopen(s, i, by=b),
        "resolved", "reopened",
    ),
    "dismiss": (
        lambda s, i, b: verbs.dismiss(s, i, Dismissal.SPAM, by=b),
        lambda s, i, b: verbs.restore(s, i, by=b),
        "dismissed", "restored",
    ),
    "dismiss as needing none": (
        lambda s, i, b: verbs.dismiss(s, i, Dismissal.NO_ANSWER_NEEDED, by=b),
        lambda s, i, b: verbs.restore(s, i, by=b),
        "dismissed", "restored",
    ),
    "mute the author": (
        lambda s, i, b: verbs.mute_author(s, i, by=b),
        lambda s, i, b: verbs.unmute_author(s, i, by=b),
        "author_muted", "author_unmuted",
    ),
    "mute the thread": (
        lambda s, i, b: verbs.mute_thread(s, i, by=b),
        lambda s, i, b: verbs.unmute_thread(s, i, by=b),
        "thread_muted", "thread_unmuted",
    ),
}  # fmt: skip


def rule(name: str) -> By:
    return By(at=at(1), rule=name)
