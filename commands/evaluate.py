"""COMMANDS: `quarterdeck evaluate`: how good the readings of a file of labelled texts are. No database."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from commands.common import USAGE, AsJson, errors, print_json, print_table, say, show_line, troubles

if TYPE_CHECKING:
    from triage.reading.evaluating import FileEvaluation
    from triage.reading.evaluation import Estimate, Evaluation

FEW = 20
"""Rows of a language below which its figures say nothing."""


class Field(StrEnum):
    """What of a reading is compared with the labels."""

    SENTIMENT = "sentiment"
    INTENT = "intent"


def evaluate(
    file: Annotated[Path, typer.Argument(help="A CSV or TSV file of labelled texts.")],
    text: Annotated[str, typer.Option(help="The column that holds the texts.")],
    label: Annotated[str, typer.Option(help="The column that holds the labels.")],
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", help="LABEL=OURS, once for each label that is not ours; LABEL=- leaves its rows out."),
    ] = None,
    field: Annotated[Field, typer.Option(help="What the labels say.")] = Field.SENTIMENT,
    delimiter: Annotated[
        str | None, typer.Option(help="What parts the columns; comma if not said, tab for .tsv and .tab.")
    ] = None,
    no_header: Annotated[
        bool, typer.Option("--no-header", help="The first line is a row; columns are numbers from 1.")
    ] = False,
    picture: Annotated[
        Path | None,
        typer.Option(help="Where the picture goes, .png or .svg; if not said, FILE's name with -evaluation.png, here."),
    ] = None,
    no_picture: Annotated[bool, typer.Option("--no-picture", help="Draw none.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read the texts of FILE, compare the readings with its labels, and say how often and how surely they are right."""
    with troubles():
        target = None if no_picture else _target(picture or Path(f"{file.stem}-evaluation.png"))
        found = _evaluated(file, text, label, mapped or [], field, delimiter, not no_header)
        for note in _notes(found, label):
            say(note)
        if as_json:
            print_json(_as_json(found, field))
        else:
            _print(found)
        if target is not None:
            _draw(found, target)


def _target(path: Path) -> Path:
    """Where the picture goes, checked before hours of reading."""
    if path.suffix.lower() not in (".png", ".svg"):
        raise typer.BadParameter(f"--picture {path} must end in .png or .svg.")
    if not path.absolute().parent.is_dir():
        raise typer.BadParameter(f"--picture {path}: there is no folder {path.absolute().parent}.")
    return path


def _evaluated(
    path: Path, text: str, label: str, mapped: list[str], field: Field, delimiter: str | None, has_header: bool
) -> "FileEvaluation":
    from triage.reading.evaluating import evaluate_file
    from triage.reading.files import FileRefused
    from triage.reading.label_map import LabelsRefused
    from triage.reading.labelled_files import LabelledFile

    try:
        file = LabelledFile(path, text, label, delimiter=delimiter, has_header=has_header)
        with _progress() as on_progress:
            return evaluate_file(file, mapped, of=field.value, on_progress=on_progress)
    except (FileRefused, LabelsRefused) as error:
        say(str(error), "red")
        raise typer.Exit(USAGE) from None


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar that appears with the first texts read, so that a refusal stands alone."""
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("texts"), TimeRemainingColumn())
    bar = Progress(*columns, console=errors)
    task = bar.add_task("read", total=None)

    def on_progress(done: int, total: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield on_progress
    finally:
        if bar.tasks[0].completed:
            bar.stop()


def _notes(found: "FileEvaluation", label: str) -> list[str]:
    """What is not in the figures, or in them and odd."""
    survey = found.survey
    left_out = [
        f"{count:,} {what}"
        for count, what in (
            (survey.missing_labels, f"without a label in {label}"),
            (survey.empty_texts, "without a text"),
            (found.left_out, "left out by --map"),
        )
        if count
    ]
    besides = f"; {', '.join(left_out)}" if left_out else ""
    notes = [f"{found.figures.rows:,} of {survey.rows:,} rows evaluated{besides}."]
    if survey.misshapen:
        notes.append(f"{survey.misshapen:,} rows have more or fewer cells than the first line: look at them.")
    if survey.lost_letters:
        notes.append(f"{survey.lost_letters:,} rows have lost letters: is the file saved as UTF-8?")
    if found.labels.unused:
        notes.append(f"--map names labels that no row has: {', '.join(found.labels.unused)}.")
    return notes


def _as_json(found: "FileEvaluation", field: Field) -> dict[str, Any]:
    survey = asdict(found.survey)
    return {
        "field": field.value,
        "model_version": found.model_version,
        "file": {**survey, "labels": dict(found.survey.labels), "left_out": found.left_out},
        "labels": dict(found.labels.meanings),
        **found.figures.as_dict(),
    }


def _print(found: "FileEvaluation") -> None:
    figures = found.figures
    show_line(f"Read by {found.model_version}, {figures.rows:,} texts (95 % intervals by bootstrap):")
    for name, share in (
        ("accuracy", figures.accuracy),
        ("macro recall", figures.macro_recall),
        ("macro F1", figures.macro_f1),
    ):
        show_line(f"{name:13} {_estimate(share)}", indent=2)
    if figures.yes_no:
        show_line(f"{f'F1 {figures.classes[0]}':13} {_estimate(figures.yes_no.f1)}", indent=2)
        sorting = (figures.yes_no.average_precision, figures.yes_no.auc)
        show_line(f"average precision {_share(sorting[0])}, area under the ROC curve {_share(sorting[1])}", indent=2)
    show_line(f"calibration error (ECE, 15 bins, a share) {figures.calibration_error:.3f}", indent=2)
    show_line(f"always the commonest class: accuracy {_share(figures.commonest)}", indent=2)
    _print_classes(figures)
    _print_languages(figures)
    rows = [(f"{b.low:g}–{b.high:g}", f"{b.rows:,}", _share(b.accuracy)) for b in figures.bands if b.rows]
    _table("By confidence of the reading", ("confidence", "rows", "right"), rows)


def _print_classes(figures: "Evaluation") -> None:
    rows = [
        (name, f"{each.support:,}", _share(each.precision), _share(each.recall), _share(each.f1))
        for name, each in figures.by_class.items()
    ]
    _table("By class", ("class", "rows", "precision", "recall", "F1"), rows)
    matrix = [(name, *counts) for name, counts in zip(figures.classes, figures.confusion, strict=True)]
    _table("Confusion: labelled (down), read as (across)", ("", *figures.classes), matrix)


def _print_languages(figures: "Evaluation") -> None:
    rows = [
        (code, f"{each.rows:,}", _share(each.accuracy), _share(each.macro_recall))
        for code, each in figures.languages.items()
        if each.rows >= FEW
    ]
    few = sum(each.rows for each in figures.languages.values() if each.rows < FEW)
    _table("By language, as detected", ("language", "rows", "accuracy", "macro recall"), rows)
    if few:
        show_line(f"{few:,} rows in languages with fewer than {FEW} are not shown; --json has them.")


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    show_line("")
    show_line(title)
    print_table("", columns, rows, "")


def _estimate(estimate: "Estimate") -> str:
    return f"{_share(estimate.value)}  ({100 * estimate.low:.1f}–{100 * estimate.high:.1f})"


def _share(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"


def _draw(found: "FileEvaluation", target: Path) -> None:
    from triage.reading.pictures import draw

    figures = found.figures
    title = f"{figures.rows:,} texts read by {found.model_version}: macro recall {_share(figures.macro_recall.value)}"
    target.write_bytes(draw(figures, title, target.suffix.lower().removeprefix(".")))
    say(f"Picture: {target}")
