"""COMMANDS: `quarterdeck learning list | use | off | on`: what the reading learned from corrections."""

from typing import Annotated

import typer

from commands.common import LARGEST_ID, AsJson, house, print_json, print_table, say, shell, z
from models import LearnedHead
from models.values import LearningMode
from settings import Settings
from triage.learning import store
from triage.present_model import present_model, standing

app = typer.Typer(help="What the reading learned from corrections.", no_args_is_help=True)

Version = Annotated[int, typer.Argument(min=1, max=LARGEST_ID, help="Its number, as `learning list` shows it.")]
SAYS = {
    LearningMode.AUTO: "Each new version that passes is used.",
    LearningMode.PINNED: "A chosen version is used; new ones wait.",
    LearningMode.OFF: "Nothing is used, and nothing is learned.",
}


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """Show every version with its figures, refused ones too."""
    with house() as (database, settings), database.reading() as session:
        (mode, active), heads, model = store.state(session), store.heads(session), present_model(session)
        if as_json:
            print_json([_json(head, active, model) for head in heads])
            return
        rows = [
            (h.id, z(h.fitted_at), h.lessons, f"{h.held_out_before:.1%} → {h.held_out_after:.1%} of {h.held_out}",
             f"{h.anchors_before:.1%} → {h.anchors_after:.1%}", standing(h, active, model))
            for h in heads
        ]  # fmt: skip
        columns = ("id", "when", "lessons", "corrections kept back", "known before", "")
        print_table("Learned versions", columns, rows, "Nothing was learned yet.")
        say(f"{SAYS[mode]} {_from(settings)}")


def _from(settings: Settings) -> str:
    told = ", ".join(settings.learn_from) or "nobody"
    return f"Learning from {told}; never from x, whose terms forbid it."


def _json(head: LearnedHead, active: int | None, model: str | None) -> dict[str, object]:
    reads = head.id == active and head.base_version == model
    return head.model_dump(exclude={"weights", "newest_correction_id"}) | {"active": reads}


@app.command()
def use(version: Version) -> None:
    """Use a version that passed, until something else is said."""
    with house() as (database, _), database.writing() as session:
        store.use(session, version, by=shell())
    say(f"Version {version} is used from the next reading on; new ones wait.")


@app.command()
def off() -> None:
    """Use none, and learn nothing."""
    with house() as (database, _), database.writing() as session:
        store.use_none(session, by=shell())
    say("The model alone reads from now on, and nothing is learned.")


@app.command()
def on() -> None:
    """Use the newest version that passed, and each new one that does."""
    with house() as (database, _), database.writing() as session:
        store.follow(session, by=shell())
    say(SAYS[LearningMode.AUTO])
