"""Front door for the shell: `quarterdeck …`. Comes in: what somebody typed. Goes out: one room's intention, called.

Importing this file loads none of the heavy libraries: a command pays only for what it uses.
"""

import typer

from commands import account, brand, report, source, user
from commands.classify import classify
from commands.doctor import doctor
from commands.importing import import_
from commands.queue import queue, show
from commands.work import listen, worker

app = typer.Typer(
    name="quarterdeck",
    help="Listen for mentions of a brand, answer in public, and know how long the public waited.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(worker)
app.command()(listen)
app.add_typer(brand.app, name="brand")
app.add_typer(account.app, name="account")
app.add_typer(source.app, name="source")
app.command()(queue)
app.command()(show)
app.command("import")(import_)
app.add_typer(report.app, name="report")
app.command()(classify)
app.add_typer(user.app, name="user")
app.command()(doctor)


def main() -> None:
    """The entry point of the installed command."""
    app()


if __name__ == "__main__":
    main()
