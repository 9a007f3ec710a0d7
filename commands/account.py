"""COMMANDS: `quarterdeck account add | list | remove`: who "we" are, with or without keys."""

from typing import Annotated

import typer
from sqlmodel import col, select

from commands.common import AsJson, ForBrand, OnlyBrand, house, print_json, print_table, say, shell
from models import Account, Brand
from models.values import Platform
from worker.accounts import add_account, remove_account
from worker.house import brand_named

app = typer.Typer(help="Our own accounts: their posts end waits instead of starting them.", no_args_is_help=True)
OnPlatform = Annotated[Platform, typer.Argument(case_sensitive=False)]


@app.command()
def add(
    platform: OnPlatform,
    handle: Annotated[str, typer.Argument(help="Without @ or u/.")],
    id: Annotated[str | None, typer.Option("--id", help="The platform's id of the account; survives renaming.")] = None,
    name: Annotated[str, typer.Option(help="The name people see.")] = "",
    automatic: Annotated[bool, typer.Option("--automatic", help="A bot: its posts end no wait.")] = False,
    brand: ForBrand = None,
) -> None:
    """Add an account of ours. Its stored posts count as ours from now on."""
    with house() as (database, settings), database.writing() as session:
        account = add_account(
            session, platform, handle, settings=settings, by=shell(), brand=brand, external_id=id, name=name,
            automatic=automatic,
        )  # fmt: skip
        say(f"Account {account.handle} on {platform.value} is ours.")


@app.command("list")
def list_(brand: OnlyBrand = None, as_json: AsJson = False) -> None:
    """Show every account of ours."""
    with house() as (database, _), database.reading() as session:
        query = select(Account, Brand).join(Brand, col(Brand.id) == Account.brand_id).order_by(col(Account.id))
        if brand is not None:
            query = query.where(Account.brand_id == brand_named(session, brand).id)
        found = session.exec(query).all()
        if as_json:
            fields = {"platform", "handle", "external_id", "name", "automatic", "from_settings"}
            print_json([a.model_dump(include=fields) | {"brand": b.name} for a, b in found])
        else:
            rows = [
                (a.platform.value, a.handle, a.external_id, a.name, "automatic" if a.automatic else "", b.name)
                for a, b in found
            ]
            print_table("Accounts", ("platform", "handle", "id", "name", "", "brand"), rows, "No account yet.")


@app.command()
def remove(platform: OnPlatform, handle: Annotated[str, typer.Argument(help="Without @ or u/.")]) -> None:
    """Forget an account: its posts are somebody's again."""
    with house() as (database, settings), database.writing() as session:
        remove_account(session, platform, handle, settings=settings, by=shell())
        say(f"{handle} on {platform.value} is not ours any more.")
