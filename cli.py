"""Front door for the shell: `quarterdeck …`. Comes in: what somebody typed. Goes out: one room's intention, called.

Importing this file loads none of the heavy libraries: a command pays only for what it uses.
"""

import sys
from importlib.metadata import version
from typing import Annotated

import structlog
import typer

from commands import account, brand, learning, report, source, user
from commands.classify import classify
from commands.common import FAILED, say
from commands.demo import demo
from commands.doctor import doctor
from commands.evaluate import evaluate
from commands.importing import import_
from commands.queue import queue
from commands.reply import reply
from commands.show import show
from commands.up import up
from commands.work import listen, worker
from logs import set_up_logs
from worker.supervise import end_with_parent

app = typer.Typer(
    name="quarterdeck",
    help="Listen for mentions of a brand, answer in public, and know how long the public waited.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
app.command()(demo)
app.command()(up)
app.command()(worker)
app.command()(listen)
app.add_typer(brand.app, name="brand")
app.add_typer(account.app, name="account")
app.add_typer(source.app, name="source")
app.command()(queue)
app.command()(show)
app.command()(reply)
app.command("import")(import_)
app.add_typer(report.app, name="report")
app.command()(classify)
app.command()(evaluate)
app.add_typer(learning.app, name="learning")
app.add_typer(user.app, name="user")
app.command()(doctor)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"quarterdeck {version('quarterdeck')}")
        raise typer.Exit


@app.callback()
def quarterdeck(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and end.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Listen for mentions of a brand, answer in public, and know how long the public waited."""


def main() -> None:
    """The entry point of the installed command. What nobody foresaw ends as a trace without anybody's words."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")  # a terminal that lacks a letter shows ? instead of ending the command
    end_with_parent()
    try:
        app()
    except Exception as error:  # noqa: BLE001  (the outermost place: logged, and told)
        set_up_logs()
        structlog.get_logger("cli").error("command.broke", exc_info=error)
        say(f"This should not have happened: {type(error).__name__}. The trace above holds nobody's words; "
            "please report it with what you typed.", "red")  # fmt: skip
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
