"""COMMANDS: `quarterdeck report response-times`: how long the public waited, counting those who still do."""

from datetime import datetime
from typing import Annotated

import typer

from commands.common import AsJson, house, output, print_json, show_line, to_programs
from models.base import utc_now
from worker.house import brand_named

app = typer.Typer(help="Figures, defined in docs/metrics.md.", no_args_is_help=True)


@app.callback()
def report() -> None:
    """Figures, defined in docs/metrics.md."""


@app.command("response-times")
def response_times(
    from_: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day, brand's zone.")
    ] = None,
    to: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day, included.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Every wait, not only those that need an answer.")] = False,
    brand: Annotated[str | None, typer.Option("--brand", help="One brand; all of ours if not said.")] = None,
    as_json: AsJson = False,
    as_csv_: Annotated[bool, typer.Option("--csv", help="One line a wait, for spreadsheets.")] = False,
) -> None:
    """How long the public waited for our first answer, platform time to platform time."""
    if as_json and as_csv_:
        raise typer.BadParameter("Say --json or --csv, not both.")
    if from_ and to and from_ > to:
        raise typer.BadParameter("--from lies after --to.")
    # scipy and numpy cost half a second that other commands should not pay.
    from reports.export import as_csv
    from reports.export import as_json as json_of
    from reports.neglect import neglect_basis, neglect_finding
    from reports.query import report_response_times
    from reports.reach import by_reach, small_and_large
    from reports.table import as_table

    with house() as (database, _), database.reading() as session:
        found = report_response_times(
            session,
            brand_ids=[brand_named(session, brand).id or 0] if brand else None,
            from_=from_.date() if from_ else None,
            to=to.date() if to else None,
            needs_answer_only=not all_,
            until=utc_now(),
        )
        times, needing = found.times, not all_
        if as_json:
            print_json(json_of(times, by_reach(found.rows, times.until, times.zone, needs_answer_only=needing)))
        elif as_csv_:
            to_programs("".join(as_csv(found.rows, times.until, needs_answer_only=needing)))
        else:
            output().print(as_table(times))
            sides = small_and_large(found.rows, times.until, times.zone, needs_answer_only=needing)
            show_line(f"{neglect_finding(sides)} {neglect_basis(sides)}")
