"""COMMANDS: `quarterdeck reply`: one public answer, the whole way that the workspace's send takes."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer
from sqlmodel import Session, select

from commands.common import FAILED, LARGEST_ID, REJECTS, AsJson, house, print_json, say, show_line, z
from models import Response, User
from models.base import utc_now
from models.database import Database
from models.response import ResponseStatus as Is
from responders.verbs import STILL_OURS, respond, undo
from triage.conversations import find_conversation
from triage.history import By, Refused
from worker.house import SetupError

if TYPE_CHECKING:
    from worker.lease import Worker

STEP = 0.2
"""Seconds between two looks at a row that somebody else may move on."""
PATIENCE = 30.0
"""Seconds until another process that took it must have sent it."""


def reply(
    conversation: Annotated[str, typer.Argument(help="A conversation's number, or platform:external_id of a post.")],
    text: Annotated[str, typer.Option("--text", help="The reply, as it will be public.")],
    by: Annotated[str, typer.Option("--by", help="The email of the person who stands for it.")],
    as_json: AsJson = False,
) -> None:
    """Answer a conversation in public: approval rules, grace and all. Ctrl+C during the grace takes it back."""
    # The worker loads reading models, a second of start time that no other command should pay.
    from worker.lease import Worker

    with house() as (database, settings), _interrupts() as interrupts:
        with database.writing() as session:
            person = _person(session, by)
            begun = respond(session, _number(session, conversation), text, by=person, settings=settings)
            response_id = begun.id or 0
        _wait_for_grace(database, response_id, interrupts)
        if interrupts:
            _take_back(database, response_id, person)
        else:
            _send(Worker(database, settings), response_id)
        _wait_for_whoever_sends(database, response_id)
        done = _row(database, response_id)
    if as_json:
        print_json(_json(done))
    else:
        show_line(_told(done))
    if code := _exit_code(done):
        raise typer.Exit(code)


def _person(session: Session, email: str) -> By:
    user = session.exec(select(User).where(User.email == email.strip().lower())).first()
    if user is None or user.disabled_at is not None:
        raise SetupError(f"There is no active user {email}. `quarterdeck user list` shows who there is.")
    return By(at=utc_now(), user_id=user.id, role=user.role)


def _number(session: Session, told: str) -> int:
    if told.isdigit() and not (told.isascii() and int(told) <= LARGEST_ID):
        raise Refused(f"There is no conversation {told}.")
    return find_conversation(session, told)


@contextmanager
def _interrupts() -> Iterator[list[int]]:
    """Ctrl+C is noted here and looked at between two steps: no step, nor the one shot, is broken into."""
    noted: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: noted.append(number))
    try:
        yield noted
    finally:
        signal.signal(signal.SIGINT, before)


def _wait_for_grace(database: Database, response_id: int, interrupts: list[int]) -> None:
    """Until it is due, somebody has changed it, or Ctrl+C."""
    first = _row(database, response_id)
    if first.status != Is.APPROVED or first.due_at is None:
        return
    if (first.due_at - utc_now()).total_seconds() > STEP:
        say(f"It goes out in {(first.due_at - utc_now()).total_seconds():.0f} s; Ctrl+C takes it back.")
    while not interrupts:
        row = _row(database, response_id)
        left = (row.due_at - utc_now()).total_seconds() if row.due_at else 0.0
        if row.status != Is.APPROVED or left <= 0:
            return
        time.sleep(min(left, STEP))


def _take_back(database: Database, response_id: int, person: By) -> None:
    """End the command, unless it is too late."""
    try:
        with database.writing() as session:
            undo(session, response_id, by=By(at=utc_now(), user_id=person.user_id, role=person.role))
    except Refused as late:
        say(str(late))
        return
    say("Taken back: nothing was sent. The words are your draft.")
    raise typer.Exit(FAILED)


def _send(worker: "Worker", response_id: int) -> None:
    """Send it, if it is due and nobody else does."""
    # With reading models, as above.
    from worker.responding import fire

    fire(worker, response_id)


def _wait_for_whoever_sends(database: Database, response_id: int) -> None:
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        row = _row(database, response_id)
        if row.status != Is.FIRING or row.said:  # said: it came back in doubt
            return
        time.sleep(STEP)


def _row(database: Database, response_id: int) -> Response:
    with database.reading() as session:
        row = session.get_one(Response, response_id)
        session.expunge(row)
        return row


def _told(row: Response) -> str:
    words = {
        Is.SENT: f"Public since {z(row.posted_at)}: {row.url or row.external_id}",
        Is.AWAITING_APPROVAL: "It waits for a manager's approval.",
        Is.FIRING: "It may be public or not; a running worker looks for it.",
    }.get(row.status, "")
    return " ".join(part for part in (f"{row.status.value}.", words, row.said) if part)


def _exit_code(row: Response) -> int:
    if row.status in (Is.SENT, Is.AWAITING_APPROVAL):
        return 0
    return REJECTS if row.status in (*STILL_OURS, Is.FIRING, Is.UNCERTAIN) else FAILED


def _json(row: Response) -> dict[str, Any]:
    return {
        "response": row.id,
        "status": row.status.value,
        "said": row.said,
        "external_id": row.external_id,
        "url": row.url,
        "posted_at": row.posted_at,
    }
