"""Sandbox: the story. In: tables in sandbox/life/*.toml, out: a world; times are taken from the story's now.

A table that cannot be right (an unknown person, parent, place, or a wrong time) stops the loading by name.
"""

import re
import tomllib
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sandbox.clock import Clock
from sandbox.records import Answer, Blog, BlogAccount, Person, RedditAccount, XAccount
from sandbox.world import World

STORY = Path(__file__).parent / "life"
_STEP = re.compile(r"(\d+)\s*([dhms])")
_WHOLE = re.compile(r"([+-]?)\s*((?:\d+\s*[dhms]\s*)+)")
_UNIT = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_Tables = dict[str, list[dict[str, Any]]]


class StoryError(ValueError):
    """A table of the story that cannot be right; the text names it."""


def load_story(clock: Clock | None = None, folder: Path = STORY) -> World:
    """Return a new world with everything the folder's files tell, as of the clock's now."""
    world = World(clock)
    tables = read_tables(sorted(folder.glob("*.toml")))
    tell(world, tables, world.clock.now().replace(microsecond=0))
    return world


def read_tables(files: Iterable[Path]) -> _Tables:
    """Return the files' tables put together, in the order of the files."""
    together: _Tables = {"people": [], "subreddits": [], "blogs": [], "posts": [], "answers": []}
    for file in files:
        for name, rows in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if name not in together:
                raise StoryError(f"{file.name}: [[{name}]] is not a table of the story")
            together[name].extend(rows)
    return together


def tell(world: World, tables: _Tables, now: datetime) -> None:
    """Put people, places, posts and what people answer back into a world; posts may stand in any order."""
    for row in tables["people"]:
        world.add_person(_person(row))
    for row in tables["subreddits"]:
        world.add_subreddit(row["name"], row.get("state", "public"))
    for row in tables["blogs"]:
        world.add_blog(Blog(**row))
    for row in _parents_first(tables["posts"], now):
        try:
            _post(world, row, now)
        except (KeyError, ValueError) as wrong:
            raise StoryError(f"post {row.get('key')!r}: {wrong}") from wrong
    world.answers = tuple(_answer(row, world) for row in tables["answers"])


def span(text: str) -> timedelta:
    """Read "-2d 3h 12m", "+4m 30s" or "2h"; a sign holds for the whole.

    >>> span("-1h 30m").total_seconds()
    -5400.0
    """
    match = _WHOLE.fullmatch(text.strip())
    if not match:
        raise StoryError(f"{text!r} is no time; write it like -2d 3h 12m")
    seconds = sum(int(count) * _UNIT[unit] for count, unit in _STEP.findall(match[2]))
    return timedelta(seconds=-seconds if match[1] == "-" else seconds)


def _person(row: dict[str, Any]) -> Person:
    return Person(
        row["key"],
        XAccount(**row["x"]) if "x" in row else None,
        RedditAccount(**row["reddit"]) if "reddit" in row else None,
        BlogAccount(**row["blog"]) if "blog" in row else None,
        ours=row.get("ours", False),
        automatic=row.get("automatic", False),
    )


def _answer(row: dict[str, Any], world: World) -> Answer:
    to = row.get("to", "")
    if to and to not in world.posts:
        raise StoryError(f"an answer is to {to!r}, which nobody wrote")
    texts = tuple(text.strip() for text in row["texts"])
    after = int(span(row.get("after", "0s")).total_seconds())
    given = {name: row[name] for name in ("mood", "language") if name in row}
    return Answer(texts, to, after, themes=tuple(row.get("themes", ())), **given)


def _parents_first(rows: list[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    by_key = {row["key"]: row for row in rows}
    ordered = sorted(rows, key=lambda row: now + span(row["at"]))
    for row in ordered:
        parent = by_key.get(row.get("re", ""))
        if "re" in row and parent is None:
            raise StoryError(f"post {row['key']!r} answers {row['re']!r}, which nobody wrote")
        if parent and span(parent["at"]) >= span(row["at"]):
            raise StoryError(f"post {row['key']!r} is not later than {parent['key']!r}, which it answers")
    return ordered


def _post(world: World, row: dict[str, Any], now: datetime) -> None:
    at = now + span(row["at"])
    served = row.get("dated")
    world.add(
        row["on"],
        row["by"],
        row.get("text", "").strip(),
        key=row["key"],
        kind=row["kind"],
        at=at,
        re=row.get("re"),
        title=row.get("title", ""),
        place=row.get("sub") or row.get("blog") or "",
        language=row.get("label", {}).get("language", "en"),
        served_at="" if served == "" else now + span(served) if served else None,
        theme=row.get("label", {}).get("theme", ""),
    )
    if "edit" in row:
        world.edit(row["key"], row["edit"]["text"].strip(), at + span(row["edit"]["after"]))
    if "delete" in row:
        world.delete(row["key"], at + span(row["delete"]["after"]), removed=row["delete"].get("by") == "moderator")
    if "lock" in row:
        world.lock(row["key"], at + span(row["lock"]["after"]))
