"""TESTS: one worker in a process of its own that fires one reply, and kills or stops itself at a named point.

The points are seen from outside, by the database events of SQLAlchemy and Python's audit events: the program itself
knows none of them. Write transactions of a shot: 1 = the intent, 2 = the record.

    intent.before_commit  intent.after_commit  connect  record.begun  record.after_statement.5  record.before_commit
    record.after_commit   never
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.context import ForkServerContext
from multiprocessing.context import ForkServerProcess as Process
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

from models.database import Database
from tests.responders.stage import Hand, keys_for
from worker.responding import fire

PHASES = {1: "intent", 2: "record"}


def begin(url: str, platform_url: str, response_id: int, point: str, ahead: timedelta, sign: int) -> Process:
    """Start the child. It dies, or stops, by itself at the point."""
    process = _context().Process(target=run, args=(url, platform_url, response_id, point, ahead, sign))
    process.start()
    return process


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.responders.crash_child"])  # importing tweepy and praw takes a second
    return context


def run(url: str, platform_url: str, response_id: int, point: str, ahead: timedelta, sign: int) -> None:
    """Fire one reply; do to ourselves what `sign` says when the point is reached."""
    database = Database(url)
    watch(database, lambda seen: os.kill(os.getpid(), sign) if seen == point else None)
    fire(Hand(database, keys_for(platform_url), ahead=ahead), response_id)
    database.close()


def watch(database: Database, reached: Callable[[str], None]) -> None:
    """Tell every point as it is reached."""
    seen = {"phase": 0, "statement": 0}

    def phase() -> str:
        return PHASES.get(seen["phase"], "later")

    def begun(connection: Any) -> None:
        if connection.get_execution_options().get("quarterdeck_writing"):
            seen.update(phase=seen["phase"] + 1, statement=0)
            reached(f"{phase()}.begun")

    def statement(connection: Any, *_: Any) -> None:
        if connection.get_execution_options().get("quarterdeck_writing"):
            seen["statement"] += 1
            reached(f"{phase()}.after_statement.{seen['statement']}")

    def before_commit(connection: Any) -> None:
        if connection.get_execution_options().get("quarterdeck_writing"):
            reached(f"{phase()}.before_commit")

    def after_commit(session: Session) -> None:
        reached(f"{phase()}.after_commit")

    def audited(name: str, _arguments: object) -> None:
        if name == "socket.connect" and seen["phase"]:
            reached("connect")

    event.listen(database.engine, "begin", begun)
    event.listen(database.engine, "after_cursor_execute", statement)
    event.listen(database.engine, "commit", before_commit)
    event.listen(Session, "after_commit", after_commit)
    sys.addaudithook(audited)


KILL, STOP = int(signal.SIGKILL), int(signal.SIGSTOP)
