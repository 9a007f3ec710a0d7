"""COMMANDS: `quarterdeck import`: what platforms no longer give, or others have collected."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from commands.common import REJECTS, errors, house, plain, say
from worker.house import SetupError


def import_(
    file: Annotated[Path, typer.Argument(help="FILE.csv or FILE.jsonl, UTF-8.")],
    timezone: Annotated[str | None, typer.Option(help="IANA zone of times that have no offset.")] = None,
    to_queue: Annotated[bool, typer.Option("--to-queue", help="Old mentions enter the queue too.")] = False,
    read: Annotated[bool, typer.Option("--read", help="Read them now instead of leaving that to the worker.")] = False,
    brand: Annotated[
        str | None, typer.Option("--brand", help="For rows that name none; the first one if not said.")
    ] = None,
) -> None:
    """Import posts. The same file twice changes nothing; what cannot be imported lands in FILE.rejects.csv (exit 3)."""
    from worker.importing import import_file
    from worker.lease import Worker
    from worker.reading import read_mentions

    with house() as (database, settings):
        if not file.is_file():
            raise SetupError(f"There is no file {file}.")
        with Progress(
            TextColumn("importing"), BarColumn(), DownloadColumn(), TimeRemainingColumn(), console=errors
        ) as bar:
            task = bar.add_task("import", total=file.stat().st_size)
            result = import_file(
                database, file, settings=settings, brand=brand, timezone=timezone, to_queue=to_queue,
                on_progress=lambda done: bar.update(task, completed=done),
            )  # fmt: skip
        say(
            f"{result.rows} rows: {result.mentions_new} new, {result.seen_again} seen again, "
            f"{result.editions} other texts, {result.rejected} rejected."
        )
        for note, count in result.notes.items():
            say(f"{count} rows {plain(note)}.")
        if result.ignored_columns:
            say(f"Columns not used: {plain(', '.join(result.ignored_columns))}.")
        if read:
            hand = Worker(database, settings)
            with errors.status("reading") as status:
                done = 0
                while count := read_mentions(hand):
                    done += count
                    status.update(f"reading: {done} mentions")
            say(f"{done} mentions read.")
        if result.rejected:
            say(f"Rejected rows and their reasons: {result.rejects_path}")
            raise typer.Exit(REJECTS)
