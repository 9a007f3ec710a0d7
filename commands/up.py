"""COMMANDS: `quarterdeck up`: the worker and the workspace together, until stopped."""

from typing import Annotated

import typer
from sqlmodel import Session, col, func, select

from commands.common import FAILED, house, say
from models import User
from worker import installation
from worker.supervise import Child, python, stop_on_signals, supervise

FIRST_ADMIN = (
    "Nobody can sign in yet, and no visitor ever becomes admin by being first. Make the first admin: "
    "quarterdeck user add you@example.org --role admin --password-stdin, type a password of 12 characters or more and "
    "press Enter. Then run quarterdeck up again."
)


def up(
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Where the workspace listens.")] = 8501,
    host: Annotated[str, typer.Option(help="The address it listens on; only this machine if not said.")] = "127.0.0.1",
) -> None:
    """Run the worker and the workspace until stopped; either is started again if it ends."""
    with house() as (database, _):
        with database.writing() as session:
            installation.mark(session, demo=False)
            ready = _somebody_may_sign_in(session)
        if not ready:
            say(FIRST_ADMIN, "red")
            raise typer.Exit(FAILED)
    children = [
        Child("worker", python("cli", "worker")),
        Child("workspace", python("app", "--host", host, "--port", str(port)), must_start=True),
    ]
    with stop_on_signals() as stopping:
        code = supervise(children, stopping=stopping, ready=lambda: _greet(host, port))
    if code:
        raise typer.Exit(FAILED)


def _greet(host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    say(f"The workspace opens at http://{shown}:{port} in a moment. Ctrl+C stops everything.")
    if host not in ("127.0.0.1", "localhost", "::1"):
        say("Others can reach this address over plain http: put a reverse proxy with https before it.", "yellow")


def _somebody_may_sign_in(session: Session) -> bool:
    able = select(func.count(col(User.id))).where(col(User.disabled_at).is_(None), col(User.password_hash).is_not(None))
    return session.exec(able).one() > 0
