"""COMMANDS: `quarterdeck queue`: what waits, most pressing first, and the queue's other views."""

from datetime import datetime
from typing import Annotated, Any

import typer

from commands.common import AsJson, OnlyBrand, house, one_line, print_json, print_table, z
from models.base import utc_now
from triage.queue import VIEWS, Row, page
from worker.house import SetupError, brand_named

MOST = 1_000_000


def queue(
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="How many conversations.")] = 20,
    view: Annotated[str, typer.Option(help="One of: " + ", ".join(VIEWS))] = "needs-answer",
    brand: OnlyBrand = None,
    all_: Annotated[bool, typer.Option("--all", help="The whole view, however long.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what needs an answer, most pressing first."""
    with house() as (database, settings), database.reading() as session:
        if view not in VIEWS:
            raise SetupError(f"There is no view {view}. There are: {', '.join(VIEWS)}.")
        brand_id = brand_named(session, brand).id if brand else None
        now = utc_now()
        rows = page(session, now=now, settings=settings, view=view, brand_id=brand_id, limit=None if all_ else limit)
        if as_json:
            print_json([row_json(r) for r in rows])
            return
        table = [
            (r.id, r.priority, r.band or "not read", due(r.due_at, now), r.platform, r.author, r.intent or "",
             one_line(r.text)[:70], r.assignee)
            for r in rows
        ]  # fmt: skip
        columns = ("id", "pts", "band", "due", "on", "author", "intent", "text", "who has it")
        print_table(VIEWS[view].says.capitalize(), columns, table, "Nothing here: " + VIEWS[view].says + ".")


def due(due_at: datetime | None, now: datetime) -> str:
    """A due time as people say it: "overdue 41 min", "in 3 h 10"."""
    if due_at is None:
        return ""
    minutes = abs(int((due_at - now).total_seconds())) // 60
    days, hours = divmod(minutes // 60, 24)
    spoken = f"{days} d {hours} h" if days else f"{hours} h {minutes % 60:02}" if hours else f"{minutes} min"
    return f"overdue {spoken}" if due_at < now else f"in {spoken}"


def row_json(row: Row) -> dict[str, Any]:
    """One conversation as the contract has it."""
    return {
        "id": row.id,
        "brand": row.brand,
        "platform": row.platform,
        "author": row.author,
        "text": row.text,
        "url": row.url,
        "sentiment": row.sentiment,
        "intent": row.intent,
        "needs_reply": row.needs_reply,
        "confidence": row.confidence,
        "in_doubt": row.in_doubt,
        "corrected": row.corrected,
        "band": row.band,
        "priority": row.priority,
        "reasons": [{"name": n, "points": p} for n, p in row.reasons.items()],
        "status": row.status,
        "assignee": row.assignee,
        "waiting_since": z(row.waiting_since),
        "due_at": z(row.due_at),
        "answerable": row.answerable.how.value,
        "answerable_reason": row.answerable.reason,
        "price_usd": row.answerable.price_usd,
        "mentions": row.mentions,
    }
