"""LISTEN, import: one row → one post, or the reason why not. Comes in: cells by column. Goes out: `Row`.

The columns and their rules are those of the README's import table. It never touches a database, and never guesses a
time: a row without a believable one is refused, because every figure would inherit the guess.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from listeners.post import Post, Writer, storable
from models.values import Platform

PLATFORMS = {p.value: p for p in Platform} | {"twitter": Platform.X}
YES = frozenset({"true", "1", "yes"})
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""Nothing was posted before; an earlier time is an empty cell of some other program (1970, 1899)."""
AHEAD = timedelta(days=1)
"""How far a platform's clock may run before ours."""
MOST_FOLLOWERS = 2**31 - 1

TWICE = "stood in an hour that the clock showed twice; taken as the first"
NO_URL = "had a url that is no web address; kept without it"

_FOLLOWERS = re.compile(r"(\d{1,12})(?:\.0*)?", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+", re.ASCII)
_TIME_OF_DAY = re.compile(r"[T ]\d\d")
_X_HANDLE = re.compile(r"(?<![\w@])@(\w{1,15})\b", re.ASCII)
_REDDIT_HANDLE = re.compile(r"(?<!\w)/?u/([\w-]{3,20})\b", re.ASCII)


class BadRow(Exception):
    """This row cannot be imported; the text is the reason the rejects show."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row understood."""

    post: Post
    own: bool
    """The file says that it is ours."""
    brand: str
    """The name as written; empty = the default brand."""
    notes: tuple[str, ...] = ()
    """What was changed on the way, in words that go behind a number of rows."""


def read_row(cells: Mapping[str, str], *, zone: ZoneInfo | None, now: datetime) -> Row:
    """Read one row; columns that are missing count as empty. `zone` is that of times without an offset.

    Raises `BadRow`. A time without an offset is one unless there is a zone. Of an hour that a clock shows twice the
    first is taken and noted; a time the clock jumped over is refused, for it says that the zone is wrong.
    """
    posted_at, twice = _time(_cell(cells, "posted_at"), zone, now)
    url = _url(cells.get("url", "").strip())
    notes = ((TWICE,) if twice else ()) + ((NO_URL,) if url is None else ())
    platform = _platform(_cell(cells, "platform"))
    text = cells.get("text", "")
    post = Post(
        platform=platform,
        external_id=_identifier(_cell(cells, "external_id")),
        author=_writer(cells),
        text=text,
        url=url or "",
        posted_at=posted_at,
        thread_id=_cell(cells, "conversation_id") or None,
        parent_id=_cell(cells, "parent_id") or None,
        mentioned=_mentioned(platform, text),
    )
    return Row(post, _cell(cells, "own").lower() in YES, _cell(cells, "brand"), notes)


def _cell(cells: Mapping[str, str], name: str) -> str:
    return storable(cells.get(name, "")).strip()


def _platform(value: str) -> Platform:
    found = PLATFORMS.get(value.lower())
    if found is None:
        told = f'platform "{_short(value)}" is not known' if value else "platform is empty"
        raise BadRow(f"{told}: use x, reddit or blog")
    return found


def _identifier(value: str) -> str:
    if not value:
        raise BadRow("external_id is empty")
    if _SCIENTIFIC.fullmatch(value):
        raise BadRow("external_id has lost its digits to a spreadsheet (1.23E+18): export it as text")
    return value


def _writer(cells: Mapping[str, str]) -> Writer:
    handle = _cell(cells, "author")
    handle = handle.removeprefix("@").removeprefix("/u/").removeprefix("u/").strip()
    external_id = _cell(cells, "author_id") or None
    if not handle:
        raise BadRow("author is empty")
    if external_id and _SCIENTIFIC.fullmatch(external_id):
        raise BadRow("author_id has lost its digits to a spreadsheet (1.23E+18): export it as text")
    return Writer(
        handle=handle,
        external_id=external_id,
        name=_cell(cells, "author_name"),
        followers=_followers(_cell(cells, "followers")),
    )


def _followers(value: str) -> int | None:
    if not value:
        return None
    found = _FOLLOWERS.fullmatch(value)
    if found is None or int(found[1]) > MOST_FOLLOWERS:
        raise BadRow(f'followers "{_short(value)}" is no number of people')
    return int(found[1])


def _url(value: str) -> str | None:
    """The address, empty where there is none, None where it is no web address."""
    if not value:
        return ""
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    plain = value.isprintable() and not any(c.isspace() for c in value)
    return value if plain and parts.scheme in ("http", "https") and parts.hostname else None


def _mentioned(platform: Platform, text: str) -> tuple[str, ...]:
    """The accounts a text names, as far as its words tell."""
    pattern = {Platform.X: _X_HANDLE, Platform.REDDIT: _REDDIT_HANDLE}.get(platform)
    return tuple(dict.fromkeys(h.lower() for h in pattern.findall(text))) if pattern else ()


def _time(value: str, zone: ZoneInfo | None, now: datetime) -> tuple[datetime, bool]:
    """The moment in UTC, and whether the zone's clock showed it twice."""
    told, twice = _written_time(value), False
    if told.utcoffset() is None:
        if zone is None:
            raise BadRow("posted_at has no offset (2026-03-04T12:00:00+01:00), and no --timezone was given")
        told, twice = _local(told, zone)
    try:
        moment = told.astimezone(UTC)
    except OverflowError:
        raise BadRow(f'posted_at "{_short(value)}" is no time') from None
    if moment < EARLIEST:
        raise BadRow(f"posted_at lies before {EARLIEST:%Y}: nothing was posted then")
    if moment > now + AHEAD:
        raise BadRow("posted_at lies more than a day in the future")
    return moment, twice


def _written_time(value: str) -> datetime:
    if not value:
        raise BadRow("posted_at is empty")
    try:
        told = datetime.fromisoformat(value)
    except ValueError:
        raise BadRow(f'posted_at "{_short(value)}" is no ISO 8601 time (2026-03-04T12:00:00+01:00)') from None
    if not _TIME_OF_DAY.search(value):
        raise BadRow("posted_at is a day without a time")
    return told


def _local(told: datetime, zone: ZoneInfo) -> tuple[datetime, bool]:
    """The time in a zone. `BadRow` where its clock jumped over it."""
    first, second = told.replace(tzinfo=zone, fold=0), told.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first, False
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != told:
        raise BadRow(f"posted_at names a time that clocks in {zone.key} jumped over: is that the right --timezone?")
    return first, True


def _short(value: str) -> str:
    """Enough of a value to find it."""
    return value if len(value) <= 40 else value[:39] + "…"
