"""LISTEN: which row of `Author` a writer is.

Comes in: writers as listeners saw them. Goes out: author ids. An account is known by the platform's id once we have
it, by its handle until then; when both turn out to be one account, the posts move to the row with the id.
Never guesses across platforms.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from listeners.post import LONGEST_ID, Writer, bounded
from models import Author, Mention, Mute
from models.base import utc_now
from models.database import chunks, insert_missing
from models.values import Platform

GONE = "gone:"
"""Begins the key of a row whose posts have moved to the row with the id: it is nobody any more."""


@dataclass(frozen=True, slots=True)
class Authors:
    """Who the writers are, and which mentions changed hands on the way."""

    ids: dict[Writer, int]
    moved: frozenset[int]
    """Mentions that now belong to another author row: their threads must be worked out anew."""


def resolve_authors(session: Session, platform: Platform, writers: Iterable[Writer], *, old: bool = False) -> Authors:
    """The author row of each writer, made or refreshed as needed. Does not commit; safe to repeat.

    `old`: the writers are as they once were (an import): blanks are filled, but nothing newer is overwritten.
    """
    wanted = list(dict.fromkeys(writers))
    known = _Known(session, platform, wanted)
    moved = {m for w in wanted for m in known.adopt(w)}
    # Those told by id go first: a writer of the same batch who is told by handle only may be one of them.
    for told_by_id in (True, False):
        missing = {known.key(w): w for w in wanted if bool(w.external_id) == told_by_id and known.find(w) is None}
        if missing:
            insert_missing(session, Author, [_row(platform, k, w) for k, w in sorted(missing.items())])
            known = _Known(session, platform, wanted)
    for writer in wanted:
        known.refresh(writer, old)
    return Authors({w: _id(known.find(w)) for w in wanted}, frozenset(moved))


def handle_key(handle: str) -> str:
    """The form in which handles are compared: case folded, without @ or u/, never too long for an index."""
    return handle.strip().removeprefix("@").removeprefix("u/").casefold()[:LONGEST_ID]


class _Known:
    """The authors that may be meant, by id and by handle."""

    def __init__(self, session: Session, platform: Platform, writers: Sequence[Writer]) -> None:
        self.session = session
        self.by_key: dict[str, Author] = {}
        self.by_handle: dict[str, list[Author]] = {}
        for part in chunks(writers, 400):
            keys = [self.key(w) for w in part]
            handles = [handle_key(w.handle) for w in part if w.handle]
            query = select(Author).where(
                Author.platform == platform, or_(col(Author.key).in_(keys), col(Author.handle_key).in_(handles))
            )
            for author in session.exec(query.order_by(col(Author.id))):
                if author.key not in self.by_key:
                    self.by_key[author.key] = author
                    self.by_handle.setdefault(author.handle_key, []).append(author)

    @staticmethod
    def key(writer: Writer) -> str:
        return f"id:{bounded(writer.external_id)}" if writer.external_id else f"h:{handle_key(writer.handle)}"

    def find(self, writer: Writer) -> Author | None:
        """By id; a writer told by handle only is the account that last had that handle."""
        if found := self.by_key.get(self.key(writer)):
            return found
        if writer.external_id or not writer.handle:
            return None
        same = [a for a in self.by_handle.get(handle_key(writer.handle), []) if not a.key.startswith(GONE)]
        return same[-1] if same else None

    def adopt(self, writer: Writer) -> list[int]:
        """Give a row known by handle its id, or move its posts to the row that has it: those are returned."""
        told = self.by_key.get(f"h:{handle_key(writer.handle)}") if writer.handle and writer.external_id else None
        if told is None:
            return []
        key = self.key(writer)
        owner = self.by_key.get(key)
        del self.by_key[told.key]
        if owner is None:
            told.key, told.external_id = key, writer.external_id
            self.by_key[key] = told
            self.session.add(told)
            self.session.flush()
            return []
        mutes = select(Mute.brand_id, Mute.muted_by, Mute.muted_at).where(Mute.author_id == told.id)
        rows = [
            {"brand_id": b, "author_id": owner.id, "muted_by": u, "muted_at": t} for b, u, t in self.session.exec(mutes)
        ]
        insert_missing(self.session, Mute, rows)
        moving = update(Mention).where(col(Mention.author_id) == told.id).values(author_id=owner.id)
        told.key = f"{GONE}{told.id}"
        self.session.flush()
        return [m for m in self.session.scalars(moving.returning(col(Mention.id))) if m is not None]

    def refresh(self, writer: Writer, old: bool) -> None:
        """The newest sighting of handle, name and followers stands."""
        author = self.find(writer)
        if author is None:
            return
        if writer.external_id and writer.handle and author.handle != writer.handle and not (old and author.handle):
            author.handle, author.handle_key = writer.handle, handle_key(writer.handle)
        for name in ("name", "url", "followers"):
            told, kept = getattr(writer, name), getattr(author, name)
            blank = told is None or told == ""
            if not blank and told != kept and not (old and kept not in (None, "")):
                setattr(author, name, told)


def _row(platform: Platform, key: str, writer: Writer) -> dict[str, object]:
    return {
        "platform": platform,
        "key": key,
        "external_id": writer.external_id,
        "handle": writer.handle,
        "handle_key": handle_key(writer.handle),
        "name": writer.name,
        "url": writer.url,
        "followers": writer.followers,
        "first_seen_at": utc_now(),
    }


def _id(author: Author | None) -> int:
    assert author is not None
    assert author.id is not None
    return author.id
