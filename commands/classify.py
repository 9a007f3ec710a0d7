"""COMMANDS: `quarterdeck classify`: read the texts of a file, or say how well the shipped model reads. No database."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn

from commands.common import USAGE, errors, output, say, troubles
from models.base import utc_now
from settings import settings
from triage.priority import band, priority
from triage.rules import weights_told

if TYPE_CHECKING:
    from triage.reading import ReadingResult


def classify(
    file: Annotated[Path | None, typer.Argument(help="A CSV file, UTF-8.")] = None,
    column: Annotated[str | None, typer.Option(help="The column that holds the texts.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the result goes.")] = None,
    accuracy: Annotated[
        Path | None, typer.Option(help="Measure the shipped model on the labelled texts in this folder instead.")
    ] = None,
) -> None:
    """Read every text of FILE: sentiment, intent, needs_reply, language, band and priority beside its own columns."""
    with troubles():
        if accuracy is not None:
            _measure(accuracy)
        elif file is None or column is None or out is None:
            raise typer.BadParameter("Say FILE, --column NAME and --out FILE; or --accuracy FOLDER.")
        else:
            _classify(file, column, out)


def _classify(file: Path, column: str, out: Path) -> None:
    from triage.reading.files import FileRefused, classify_file

    with Progress(TextColumn("reading"), BarColumn(), TextColumn("{task.fields[done]} texts"), console=errors) as bar:
        task = bar.add_task("read", total=1.0, done=0)

        def on_progress(done: int, share: float) -> None:
            bar.update(task, completed=share, done=done)

        try:
            done = classify_file(file, column, out, on_progress, urgency)
        except FileRefused as error:
            say(str(error), "red")
            raise typer.Exit(USAGE) from None
    say(f"{done} texts read into {out}.")


def urgency(results: "list[ReadingResult]", texts: list[str]) -> list[dict[str, object]]:
    """Band and priority of each text, as for a post of this minute by an author of unknown reach."""
    now, weights = utc_now(), weights_told(settings())
    rows: list[dict[str, object]] = []
    for result, text in zip(results, texts, strict=True):
        # Nothing has waited yet, so the target plays no part.
        weighed = priority(
            [result], waiting_since=now, target_seconds=1.0, now=now, addressed=names_somebody(text), followers=None,
            weights=weights,
        )  # fmt: skip
        rows.append({"band": band(result).value, "priority": weighed.points})
    return rows


def names_somebody(text: str) -> bool:
    """Whether the text holds an @name, as classify's contract counts a post as addressed to us."""
    return re.search(r"(?<![\w@])@\w", text) is not None


def _measure(folder: Path) -> None:
    from triage.reading.accuracy import measure, render

    if not folder.is_dir():
        raise typer.BadParameter(f"There is no folder {folder}.")
    output().print(render(measure(folder)))
