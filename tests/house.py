"""TESTS: the fixed cast and short words for what happens in a house: Ana, Ben, Mia and Ada; posts that arrive."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from listeners.post import Post, Writer
from listeners.saving import Sighting
from models import Account, Author, Brand, Conversation, Mention, User, Wait
from models.database import Database
from models.values import Platform, Role
from settings import Settings
from tests.conftest import NOON
from triage.arrivals import Arrived
from triage.history import By
from worker.intake import take_in


def at(minutes: float) -> datetime:
    """Minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def make_brand(database: Database, name: str = "Acme", *, competitor: bool = False) -> int:
    """A brand whose X handle is its name in lower case."""
    with database.writing() as session:
        brand = Brand(name=name, competitor=competitor)
        session.add(brand)
        session.flush()
        assert brand.id is not None
        handle = name.lower()
        for platform in (Platform.X, Platform.REDDIT):
            session.add(Account(brand_id=brand.id, platform=platform, handle=handle, handle_key=handle))
        return brand.id


def make_cast(database: Database) -> dict[str, int]:
    """Ana and Ben (ambassadors), Mia (manager), Ada (admin): name → user id."""
    roles = {"ana": Role.AMBASSADOR, "ben": Role.AMBASSADOR, "mia": Role.MANAGER, "ada": Role.ADMIN}
    with database.writing() as session:
        users = {n: User(email=f"{n}@example.org", name=n.title(), role=r) for n, r in roles.items()}
        session.add_all(users.values())
        session.flush()
        return {n: u.id for n, u in users.items() if u.id is not None}


def by(cast: dict[str, int], name: str, minutes: float = 0) -> By:
    """One of the cast, acting so many minutes after noon."""
    role = {"mia": Role.MANAGER, "ada": Role.ADMIN}.get(name, Role.AMBASSADOR)
    return By(at=at(minutes), user_id=cast[name], role=role)


def post(
    external_id: str,
    author: str,
    minutes: float,
    text: str = "the kettle leaks",
    *,
    to: str | None = None,
    thread: str | None = None,
    platform: Platform = Platform.X,
    deleted: bool = False,
    locked: bool = False,
    author_id: str | None = None,
    mentioned: tuple[str, ...] = (),
    followers: int | None = None,
) -> Post:
    """A post made so many minutes after noon; a root without `to` and `thread` is its own thread."""
    return Post(
        platform=platform,
        external_id=external_id,
        author=Writer(handle=author, external_id=author_id, followers=followers),
        text="" if deleted else text,
        posted_at=at(minutes),
        parent_id=to,
        thread_id=thread,
        deleted=deleted,
        locked=locked,
        mentioned=mentioned,
    )


def arrive(
    database: Database,
    brand_id: int,
    posts: Iterable[Post],
    minutes: float,
    *,
    imported: bool = False,
    to_queue: bool = False,
    own: Iterable[str] = (),
    older_than_source: datetime | None = None,
) -> Arrived:
    """Take posts in, so many minutes after noon by the machine's clock."""
    sighting = Sighting(
        brand_id=brand_id,
        via="import" if imported else "source:1",
        at=at(minutes),
        from_import=imported,
        own_ids=frozenset(own),
    )
    with database.writing() as session:
        return take_in(
            session, posts, sighting, settings=Settings(), to_queue=to_queue, older_than_source=older_than_source
        )


def conversation_of(session: Session, handle: str, external_thread: str | None = None) -> Conversation:
    """The one conversation of an author (in a thread, where they have several)."""
    query = (
        select(Conversation).join(Author, col(Author.id) == Conversation.author_id).where(Author.handle_key == handle)
    )
    found = session.exec(query).all()
    if external_thread is not None:
        from models import Thread

        found = [c for c in found if session.get_one(Thread, c.thread_id).external_id == external_thread]
    assert len(found) == 1, f"{handle}: {len(found)} conversations"
    return found[0]


def waits_of(session: Session, handle: str) -> list[tuple[float, float | None, str | None]]:
    """Start and end in minutes after noon, and how it ended, of every wait of an author."""
    query = (
        select(Wait)
        .join(Conversation, col(Conversation.id) == Wait.conversation_id)
        .join(Author, col(Author.id) == Conversation.author_id)
        .where(Author.handle_key == handle)
        .order_by(col(Wait.started_at), col(Wait.id))
    )
    return [
        (_minutes(w.started_at) or 0.0, _minutes(w.ended_at), w.end.value if w.end else None)
        for w in session.exec(query)
    ]


def texts(session: Session) -> dict[str, str]:
    """external_id → newest text."""
    return {m.external_id: m.text for m in session.exec(select(Mention))}


def _minutes(moment: datetime | None) -> float | None:
    return None if moment is None else (moment - NOON).total_seconds() / 60
