"""COMMANDS: `quarterdeck show`: one conversation whole."""

from typing import Annotated, Any

import typer

from commands.common import LARGEST_ID, AsJson, house, print_json, print_table, show_line, z
from commands.queue import row_json
from triage.conversations import WholeConversation, find_conversation, whole
from worker.house import SetupError


def show(
    id: Annotated[str, typer.Argument(help="A conversation's number, or platform:external_id of a post.")],
    as_json: AsJson = False,
) -> None:
    """Show one conversation: its posts, waits, readings and history."""
    with house() as (database, settings), database.reading() as session:
        if id.isdigit() and not (id.isascii() and int(id) <= LARGEST_ID):
            raise SetupError(f"There is no conversation {id}.")
        found = whole(session, find_conversation(session, id), settings)
        if as_json:
            print_json(_whole_json(found))
        else:
            _print(found)


def _whole_json(found: WholeConversation) -> dict[str, Any]:
    head = row_json(found.row)
    return head | {"posts": found.posts, "waits": found.waits, "events": found.events, "others": found.others}


def _print(found: WholeConversation) -> None:
    row = found.row
    band = row.band or "not read"
    show_line(f"{row.author} on {row.platform} · {row.status} · {row.priority} points · {band}", "bold")
    show_line(", ".join(f"{name} {points} of {row.most[name]}" for name, points in row.reasons.items()))
    show_line(f"{row.answerable.how.value}: {row.answerable.reason}")
    posts = [(z(p["posted_at"]), "us" if p["own"] else p["author"], _words(p)) for p in found.posts]
    print_table("Posts", ("when", "who", "text"), posts, "")
    waits = [(z(w["started_at"]), z(w["ended_at"]) or "running", w["end"], w["band"]) for w in found.waits]
    print_table("Waits", ("from", "to", "how it ended", "band"), waits, "")
    events = [(z(e["at"]), e["verb"], e["by"], e["why"]) for e in found.events]
    print_table("History", ("when", "what", "who", "why"), events, "")
    if found.others:
        show_line(f"{found.others} {'other' if found.others == 1 else 'others'} in this thread.")


def _words(post: dict[str, Any]) -> str:
    return "(deleted there)" if post["deleted"] else post["text"]
