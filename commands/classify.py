"""COMMANDS: `quarterdeck classify`: read the texts of a file, or say how well the shipped model reads."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn

from commands.common import errors, house, output, say
from models.base import utc_now
from triage.priority import band, priority
from worker.house import first_brand

if TYPE_CHECKING:
    from triage.reading import ReadingResult


def classify(
    file: Annotated[Path | None, typer.Argument(help="A CSV file.")] = None,
    column: Annotated[str | None, typer.Option(help="The column that holds the texts.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the result goes.")] = None,
    accuracy: Annotated[
        Path | None, typer.Option(help="Measure the shipped model on the labelled texts in this folder instead.")
    ] = None,
) -> None:
    """Read every text of FILE: sentiment, intent, needs_reply, language, band and priority beside its own columns."""
    with house() as (database, settings):
        if accuracy is not None:
            _measure(accuracy)
            return
        if file is None or column is None or out is None:
            raise ValueError("Say FILE, --column NAME and --out FILE; or --accuracy FOLDER.")
        from triage.reading.files import classify_file
        from triage.rules import rules_for

        with database.reading() as session:
            rules = rules_for(session, first_brand(session).id or 0, settings)
        now = utc_now()

        def extra(results: "list[ReadingResult]", texts: list[str]) -> list[dict[str, object]]:
            rows: list[dict[str, object]] = []
            for result, text in zip(results, texts, strict=True):
                kind = band(result)
                weighed = priority(
                    [result], waiting_since=now, target_seconds=rules.target_seconds(kind, now), now=now,
                    addressed=_names_somebody(text), followers=None,
                )  # fmt: skip
                rows.append({"band": kind.value, "priority": weighed.points})
            return rows

        with Progress(
            TextColumn("reading"), BarColumn(), TextColumn("{task.fields[done]} texts"), console=errors
        ) as bar:
            task = bar.add_task("read", total=1.0, done=0)

            def on_progress(done: int, share: float) -> None:
                bar.update(task, completed=share, done=done)

            done = classify_file(file, column, out, on_progress, extra)
        say(f"{done} texts read into {out}.")


def _names_somebody(text: str) -> bool:
    """Whether the text holds an @name, as classify's contract counts a post as addressed to us."""
    return re.search(r"(?<![\w@])@\w", text) is not None


def _measure(folder: Path) -> None:
    from triage.reading.accuracy import measure, render

    if not folder.is_dir():
        raise ValueError(f"There is no folder {folder}.")
    output().print(render(measure(folder)))
