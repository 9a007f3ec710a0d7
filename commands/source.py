"""COMMANDS: `quarterdeck source add | list | preview | pause | resume | remove`: what we poll."""

from typing import Annotated, Any

import typer

from commands.common import (
    FAILED,
    AsJson,
    ForBrand,
    OnlyBrand,
    SourceId,
    house,
    one_line,
    print_json,
    print_table,
    say,
    shell,
    z,
)
from listeners.errors import ListenerError
from listeners.post import Post
from models import Source
from models.base import utc_now
from models.values import SourceKind, SourceState
from worker import sources
from worker.house import brand_named

app = typer.Typer(help="What we poll: searches, timelines, subreddits, feeds.", no_args_is_help=True)
Match = Annotated[str, typer.Option(help='Keep only posts with one of these words or "phrases"; "*" = everything.')]


@app.command()
def add(
    kind: SourceKind,
    target: Annotated[str, typer.Argument(help="Query, handle, subreddits (a+b) or address.")] = "",
    name: Annotated[str, typer.Option(help="A name for people.")] = "",
    match: Match = "",
    every: Annotated[int | None, typer.Option(help="Seconds between two polls.")] = None,
    brand: ForBrand = None,
) -> None:
    """Add a source; it is due at once."""
    with house() as (database, settings), database.writing() as session:
        source = sources.add_source(
            session, kind, target, settings=settings, by=shell(), brand=brand, name=name, match=match, every=every
        )
        say(f"Source {source.id} added: {kind.value}, every {source.every_seconds} s.")


@app.command("list")
def list_(brand: OnlyBrand = None, as_json: AsJson = False) -> None:
    """Show every source with its health."""
    with house() as (database, _), database.reading() as session:
        found = sources.list_sources(session, brand_named(session, brand).id if brand else None)
        if as_json:
            print_json([_as_json(s, gaps) for s, gaps in found])
            return
        rows = [
            (s.id, s.kind.value, s.name or s.target, _health(s), z(s.last_success_at) or "never", gaps or "",
             s.last_error)
            for s, gaps in found
        ]  # fmt: skip
        columns = ("id", "kind", "what", "state", "last success", "gaps", "last error")
        print_table(
            "Sources", columns, rows, "No source yet. Add one: quarterdeck source add feed ADDRESS --match WORDS"
        )


def _as_json(source: Source, gaps: int) -> dict[str, Any]:
    return {
        "id": source.id,
        "kind": source.kind.value,
        "target": source.target,
        "name": source.name,
        "state": source.state.value,
        "last_success_at": z(source.last_success_at),
        "last_error": source.last_error,
        "failures": source.failures,
        "gaps_open": gaps,
        "next_poll_at": z(source.next_poll_at),
    }


def _health(source: Source) -> str:
    if source.state == SourceState.PAUSED:
        return "paused"
    return f"failing ({source.failures})" if source.failures else "active"


@app.command()
def preview(
    kind: SourceKind,
    target: Annotated[str, typer.Argument(help="Query, handle, subreddits (a+b) or address.")] = "",
    match: Match = "",
    limit: Annotated[int, typer.Option(min=1, help="How many posts to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Fetch once and show what would be kept. Saves no post; X bills it like any read, and the day's sum counts it."""
    with house() as (database, settings):
        try:
            batch = sources.fetch_preview(database, settings, kind, target, match, utc_now())
        except ListenerError as error:
            say(str(error), "red")
            raise typer.Exit(FAILED) from None
        if as_json:
            print_json([_post_json(p) for p in batch.posts[:limit]])
        else:
            rows = [(z(p.posted_at) or "no date", p.author.handle, one_line(p.text)[:100]) for p in batch.posts[:limit]]
            print_table(f"{len(batch.posts)} posts", ("posted", "author", "text"), rows, "Nothing matches right now.")
        for note in (*batch.notes, batch.limited):
            if note:
                say(note)


def _post_json(post: Post) -> dict[str, Any]:
    return {
        "external_id": post.external_id,
        "author": post.author.handle,
        "text": post.text,
        "url": post.url,
        "posted_at": z(post.posted_at),
    }


@app.command()
def pause(id: SourceId) -> None:
    """Poll a source no more until it is resumed."""
    with house() as (database, _), database.writing() as session:
        say(f"Source {sources.pause(session, id).id} is paused.")


@app.command()
def resume(id: SourceId) -> None:
    """Poll a source again, at once."""
    with house() as (database, _), database.writing() as session:
        say(f"Source {sources.resume(session, id).id} is active.")


@app.command()
def remove(id: SourceId) -> None:
    """Poll a source no more. What it brought stays."""
    with house() as (database, _), database.writing() as session:
        say(f"Source {sources.remove(session, id).id} is removed; its mentions stay.")
