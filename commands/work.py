"""COMMANDS: `quarterdeck worker` and `quarterdeck listen`: the headless hand."""

from typing import TYPE_CHECKING, Annotated

import typer

from commands.common import REJECTS, house, say
from models.values import PollOutcome, SourceState
from worker.installation import require_here
from worker.sources import list_sources

if TYPE_CHECKING:
    from worker.polling import Outcome


def worker(
    once: Annotated[bool, typer.Option("--once", help="Do everything that is due now, then end (for cron).")] = False,
) -> None:
    """Poll, read, follow and wake what is due, until stopped. Several at once do no work twice."""
    # Reading models costs a second of start time that no other command should pay.
    from worker.embedded import run_for_ever, run_once, stop_on_signals
    from worker.lease import Worker

    with house() as (database, settings):
        require_here(database)
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
    from worker.embedded import stop_on_signals
    from worker.lease import Worker
    from worker.polling import poll_source

    if not once:
        raise typer.BadParameter("Say --once. To keep polling on a schedule, run `quarterdeck worker`.")
    failed = 0
    with house() as (database, settings):
        require_here(database)
        with database.reading() as session:
            active = [s for s, _ in list_sources(session) if s.state == SourceState.ACTIVE]
            found = [(s.id or 0, f"{s.id} {s.kind.value} {s.name or s.target}") for s in active]
        hand = Worker(database, settings)
        restore = stop_on_signals(hand)
        try:
            for source_id, name in found:
                if hand.stopping.is_set():
                    break
                outcome = poll_source(hand, source_id)
                say(f"{name}: {_told(outcome)}")
                failed += outcome is not None and outcome.outcome == PollOutcome.FAILED
        finally:
            restore()
    if failed:
        raise typer.Exit(REJECTS)


def _told(outcome: "Outcome | None") -> str:
    if outcome is None:
        return "another worker is at it"
    said = f". {outcome.said}" if outcome.said else ""
    return f"{outcome.outcome.value}, {outcome.found} found, {outcome.new} new{said}"
