"""COMMANDS: `quarterdeck worker` and `quarterdeck listen`: the headless hand."""

from typing import Annotated

import typer
from sqlmodel import col, select

from commands.common import REJECTS, house, plain, say
from models import Source
from models.values import PollOutcome, SourceState


def worker(
    once: Annotated[bool, typer.Option("--once", help="Do everything that is due now, then end (for cron).")] = False,
) -> None:
    """Poll, read, follow and wake what is due, until stopped. Several at once do no work twice."""
    # Reading models costs a second of start time that no other command should pay.
    from worker.embedded import run_for_ever, run_once, stop_on_signals
    from worker.lease import Worker

    with house() as (database, settings):
        hand = Worker(database, settings)
        restore = stop_on_signals(hand)
        try:
            if once:
                say(f"Did {run_once(hand)} pieces of work; nothing is due.")
            else:
                run_for_ever(hand)
        finally:
            restore()


def listen(
    once: Annotated[bool, typer.Option("--once", help="One poll of every active source, due or not.")] = False,
) -> None:
    """Poll every active source once, due or not, and nothing else. Exit code 3 if any failed."""
    from worker.lease import Worker
    from worker.polling import poll_source

    if not once:
        say("Say --once. To keep polling on a schedule, run `quarterdeck worker`.")
        raise typer.Exit(2)
    with house() as (database, settings):
        with database.reading() as session:
            query = select(Source).where(Source.state == SourceState.ACTIVE, col(Source.removed_at).is_(None))
            found = [(s.id or 0, s.kind, s.name or s.target) for s in session.exec(query.order_by(col(Source.id)))]
        failed = 0
        for source_id, kind, name in found:
            outcome = poll_source(Worker(database, settings), source_id)
            if outcome is None:
                say(f"{source_id} {kind.value} {plain(name)}: another worker is at it")
                continue
            failed += outcome.outcome == PollOutcome.FAILED
            say(f"{source_id} {kind.value} {plain(name)}: {outcome.outcome.value}, {outcome.found} found, "
                f"{outcome.new} new{'. ' + plain(outcome.said) if outcome.said else ''}")  # fmt: skip
        if failed:
            raise typer.Exit(REJECTS)
