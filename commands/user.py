"""COMMANDS: `quarterdeck user add | list | disable`."""

import sys
from typing import Annotated

import typer

from commands.common import AsJson, house, print_json, print_table, say
from models.values import Role
from worker import users

app = typer.Typer(help="Who works here.", no_args_is_help=True)


@app.command()
def add(
    email: str,
    role: Annotated[Role, typer.Option(help="What they may do.")],
    name: Annotated[str, typer.Option(help="As colleagues call them.")] = "",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Add a person."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    with house() as (database, _), database.writing() as session:
        user = users.add_user(session, email, role, name=name, password=password)
        say(f"{user.email} is here, as {user.role.value}." + ("" if password else " They have no password yet."))


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """Show everybody."""
    with house() as (database, _), database.reading() as session:
        found = users.list_users(session)
        if as_json:
            print_json(
                [
                    {"email": u.email, "name": u.name, "role": u.role.value, "disabled": u.disabled_at is not None,
                     "password": u.password_hash is not None}
                    for u in found
                ]
            )  # fmt: skip
        else:
            rows = [(u.email, u.name, u.role.value, "disabled" if u.disabled_at else "") for u in found]
            print_table(
                "Users", ("email", "name", "role", ""), rows, "Nobody yet: quarterdeck user add EMAIL --role admin"
            )


@app.command()
def disable(email: str) -> None:
    """Let a person in no more; history keeps their name."""
    with house() as (database, _), database.writing() as session:
        say(f"{users.disable_user(session, email).email} is disabled.")
