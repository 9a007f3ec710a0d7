"""TESTS: what people wrote in two conversations that turn out to be one."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from models import Draft, Note, Response
from models.database import Database
from models.response import LIVE_RESPONSES
from models.response import ResponseStatus as Is
from models.values import How, Platform
from tests.conftest import NOON
from tests.house import arrive, conversation_of, make_brand, make_cast, post


def two_that_are_one(database: Database) -> tuple[int, int, int]:
    """Marta in two threads whose common root is not known yet: Ana's number, and those of both conversations."""
    brand = make_brand(database)
    cast = make_cast(database)
    arrive(database, brand, [post("1", "marta", 0, to="0")], 5)
    arrive(database, brand, [post("2", "marta", 1, to="00")], 6)
    with database.reading() as session:
        older = conversation_of(session, "marta", "0").id or 0
        younger = conversation_of(session, "marta", "00").id or 0
    return cast["ana"], older, younger


def turn_out(database: Database) -> int:
    """The parents come: both stand in one thread. The number of the conversation that is left."""
    arrive(database, 1, [post("0", "pavel", -2, thread="root"), post("00", "pavel", -1, thread="root")], 10)
    with database.reading() as session:
        return conversation_of(session, "marta").id or 0


def reply(conversation: int, user: int, status: Is, text: str) -> Response:
    return Response(
        conversation_id=conversation, brand_id=1, parent_mention_id=1, platform=Platform.X, how=How.API, status=status,
        text=text, written_by=user, written_at=NOON,
        ended_at=None if status in LIVE_RESPONSES else NOON + timedelta(minutes=1),
    )  # fmt: skip


def test_replies_drafts_and_notes_stay_when_two_conversations_become_one(database: Database) -> None:
    ana, older, younger = two_that_are_one(database)
    with database.writing() as session:
        session.add_all([
            Draft(conversation_id=older, user_id=ana, text="first words", revision=4),
            Draft(conversation_id=younger, user_id=ana, text="second words", revision=9),
            Draft(conversation_id=younger, user_id=ana, kind="note", text="ask the workshop", revision=1),
            Note(conversation_id=younger, user_id=ana, text="she called, too"),
            reply(older, ana, Is.SENT, "sent"), reply(younger, ana, Is.APPROVED, "on its way"),
        ])  # fmt: skip
    left = turn_out(database)
    assert left == older
    with database.reading() as session:
        drafts = {d.kind: (d.text, d.revision) for d in session.exec(select(Draft))}
        assert drafts == {"reply": ("first words\n\nsecond words", 10), "note": ("ask the workshop", 1)}
        assert [n.conversation_id for n in session.exec(select(Note))] == [left]
        assert standing(session) == {"sent": Is.SENT, "on its way": Is.APPROVED}
        assert {r.conversation_id for r in session.exec(select(Response))} == {left}


@pytest.mark.parametrize(("older_is", "younger_is", "stays"), [
    (Is.APPROVED, Is.FIRING, "younger"), (Is.UNCERTAIN, Is.APPROVED, "older"), (Is.HANDED_OFF, Is.LATER, "younger"),
    (Is.AWAITING_APPROVAL, Is.AWAITING_APPROVAL, "older"),
])  # fmt: skip
def test_of_two_live_replies_the_one_that_is_further_on_its_way_stays(
    database: Database, older_is: Is, younger_is: Is, stays: str
) -> None:
    ana, older, younger = two_that_are_one(database)
    with database.writing() as session:
        session.add_all([reply(older, ana, older_is, "older"), reply(younger, ana, younger_is, "younger")])
    turn_out(database)
    ended = "older" if stays == "younger" else "younger"
    with database.reading() as session:
        assert standing(session)[stays] in LIVE_RESPONSES
        assert standing(session)[ended] == Is.DISCARDED
        assert [d.text for d in session.exec(select(Draft))] == [ended]


def test_words_that_may_be_public_already_become_nobodys_draft(database: Database) -> None:
    ana, older, younger = two_that_are_one(database)
    with database.writing() as session:
        session.add_all([reply(older, ana, Is.FIRING, "older"), reply(younger, ana, Is.FIRING, "younger")])
    turn_out(database)
    with database.reading() as session:
        assert standing(session) == {"older": Is.FIRING, "younger": Is.DISCARDED}
        assert session.exec(select(Draft)).all() == []
        assert "may be public" in session.exec(select(Response.said).where(Response.text == "younger")).one()


def standing(session: Session) -> dict[str, Is]:
    return {r.text: r.status for r in session.exec(select(Response))}
