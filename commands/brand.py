"""COMMANDS: `quarterdeck brand add | list`."""

from typing import Annotated

import typer

from commands.common import AsJson, OnlyBrand, house, print_json, print_table, say
from worker.brands import add_brand, list_brands
from worker.house import brand_named

app = typer.Typer(help="The brands we listen for, and competitors to compare with.", no_args_is_help=True)


@app.command()
def add(
    name: str,
    timezone: Annotated[str, typer.Option(help="IANA name; days, targets and reports are in it.")] = "UTC",
    competitor: Annotated[bool, typer.Option("--competitor", help="Counted, never queued.")] = False,
) -> None:
    """Add a brand."""
    with house() as (database, _), database.writing() as session:
        added = add_brand(session, name, timezone=timezone, competitor=competitor)
        say(f"Brand {added.id} added.")


@app.command("list")
def list_(brand: OnlyBrand = None, as_json: AsJson = False) -> None:
    """Show every brand."""
    with house() as (database, _), database.reading() as session:
        brands = list_brands(session) if brand is None else [brand_named(session, brand)]
        if as_json:
            print_json([b.model_dump(include={"id", "name", "timezone", "competitor"}) for b in brands])
        else:
            rows = [(b.id, b.name, b.timezone, "competitor" if b.competitor else "ours") for b in brands]
            print_table("Brands", ("id", "name", "time zone", ""), rows, "No brand yet.")
