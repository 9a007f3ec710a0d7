"""WORKER: fill a house with the story of the pretend platforms, so that a newcomer sees everything at work.

Comes in: an empty database, where the story takes place, a file of its past. Goes out: a database marked as a demo's,
with brand, accounts, sources and people. Never touches a database that may hold real work, and asks no platform.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from models import Account, Mention, Response, Source, Thread
from models.base import utc_now
from models.database import Database
from models.values import Platform, Role, SourceKind, SourceState
from settings import Settings
from triage.history import By
from triage.queue import backlog
from worker.accounts import add_account
from worker.house import SetupError, first_brand, open_house
from worker.importing import import_file
from worker.installation import mark
from worker.sources import add_source, list_sources
from worker.users import add_user, list_users

BRAND, TIMEZONE = "Tarnbrook", "Europe/London"
CAST = (
    ("ana@example.org", "Ana", Role.AMBASSADOR),
    ("ben@example.org", "Ben", Role.AMBASSADOR),
    ("mia@example.org", "Mia", Role.MANAGER),
    ("ada@example.org", "Ada", Role.ADMIN),
)
"""Nobody of them has a password: they come in by one click, which only the demo knows."""
OFTEN, SELDOM = 10, 20
"""Seconds between two polls: X and Reddit, blogs. Nobody waits longer for what comes in."""
MATCH = 'tarnbrook tarn beck "kettle leak" screw screws'
REAL_WORK = (
    "This folder holds real work, so no demo runs in it: it would mix invented people with yours. "
    "Give the demo a folder of its own in QUARTERDECK_DATA."
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a demo has come since it was started."""

    unpolled: int
    """Sources that were never polled."""
    unread: int
    """Mentions that nothing has read yet."""
    waiting: int
    """Conversations in the queue."""

    @property
    def ready(self) -> bool:
        """Whether the queue shows what it should."""
        return not self.unpolled and not self.unread and self.waiting > 0


def refuse_real_work(path: Path) -> None:
    """Raise `SetupError` unless a file is missing, empty, a demo's, or a database without users and sources.

    Only looks: a database of real work is not even brought up to this program's schema.
    """
    if not path.exists() or not path.stat().st_size:
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as file:
            real = _is_real_work(file)
    except sqlite3.Error:
        raise SetupError(f"{path} cannot be read as a database of ours. {REAL_WORK}") from None
    if real:
        raise SetupError(REAL_WORK)


def _is_real_work(file: sqlite3.Connection) -> bool:
    tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    marked = file.execute("SELECT demo FROM installation").fetchone() if "installation" in tables else None
    if marked is not None:
        return not marked[0]
    ours = [f"SELECT EXISTS (SELECT 1 FROM {name})" for name in ("user", "source") if name in tables]
    return bool(tables) and ("alembic_version" not in tables or any(file.execute(q).fetchone()[0] for q in ours))


def prepare(settings: Settings, places: dict[str, Any], history: Path) -> Database:
    """Open the demo's house, filled at the first start; later ones go on where it was, at the address there is now.

    `places` as the sandbox tells them, `history` a file to import. Interrupted and begun again it ends the same.
    Raises `SetupError`.
    """
    database = open_house(settings)
    try:
        with database.writing() as session:
            mark(session, demo=True)
            _move(session, settings.x_url)
            filled = bool(list_sources(session))
            _who(session, settings, places)
        if not filled:
            import_file(database, history, settings=settings)
            with database.writing() as session:
                _listen(session, settings, places)
        with database.writing() as session:
            _at_once(session)
    except BaseException:
        database.close()
        raise
    return database


def progress(database: Database) -> Progress:
    """How far the worker has come."""
    with database.reading() as session:
        never = select(func.count(col(Source.id))).where(col(Source.last_polled_at).is_(None))
        unread = select(func.count(col(Mention.id))).where(col(Mention.read_at).is_(None))
        return Progress(session.exec(never).one(), session.exec(unread).one(), backlog(session))


def kept_address(path: Path) -> str:
    """Where the platforms were when this demo last ran; empty before the first time."""
    if not path.exists():
        return ""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as file:
        try:
            found = file.execute("SELECT origin FROM account WHERE platform = 'x' ORDER BY id").fetchone()
        except sqlite3.OperationalError:  # killed before there was a table
            return ""
    return str(found[0]) if found else ""


def _who(session: Session, settings: Settings, places: dict[str, Any]) -> None:
    """The brand, our accounts, the cast. Harmless to repeat; what a visitor changed stays."""
    first_brand(session).timezone = TIMEZONE
    known = {user.email for user in list_users(session)}
    if known:
        return
    for email, name, role in CAST:
        add_user(session, email, role, name=name)
    for told in places["accounts"]:
        add_account(
            session,
            Platform(told["platform"]),
            told["handle"],
            settings=settings,
            by=_by(),
            automatic=told["automatic"],
        )


def _listen(session: Session, settings: Settings, places: dict[str, Any]) -> None:
    """A source of every kind that brings something of the story."""
    ours = {(a["platform"], a["automatic"]): a["handle"] for a in places["accounts"]}
    on_x, on_reddit, below = ours["x", False], ours["reddit", False], "+".join(places["subreddits"])
    word = BRAND.lower()
    wanted = [
        (SourceKind.X_MENTIONS, on_x, "", "Mentions of us", OFTEN),
        (SourceKind.X_SEARCH, word, "", "Our name on X", OFTEN),
        (SourceKind.X_OWN, on_x, "", "What we say on X", OFTEN),
        (SourceKind.REDDIT_SEARCH, word, "", "Our name on Reddit", OFTEN),
        (SourceKind.REDDIT_NEW, below, MATCH, "New threads", OFTEN),
        (SourceKind.REDDIT_COMMENTS, below, MATCH, "New comments", OFTEN),
        (SourceKind.REDDIT_INBOX, "", "", "Our inbox on Reddit", OFTEN),
        (SourceKind.REDDIT_OWN, on_reddit, "", "What we say on Reddit", OFTEN),
        *((SourceKind.FEED, settings.x_url + path, word, _title(path), SELDOM) for path in places["feeds"]),
        *((SourceKind.COMMENTS, settings.x_url + path, "", _title(path), SELDOM) for path in places["comments"]),
    ]
    for kind, target, match, name, every in wanted:
        add_source(session, kind, target, settings=settings, by=_by(), match=match, name=name, every=every)


def _title(path: str) -> str:
    """ "/blog/the-tarn/feed.xml" → "Blog the-tarn"; comment feeds say under which article."""
    _, _, blog, *rest = path.split("/")
    return f"Blog {blog}" if len(rest) == 1 else f"Comments at {blog}: {rest[0].rpartition('-')[0]}"


def _move(session: Session, here: str) -> None:
    """The same pretend platforms may have another port today: everything that is theirs moves along."""
    before = session.exec(
        select(Account.origin).where(Account.platform == Platform.X).order_by(col(Account.id))
    ).first()
    if before in (None, "", here):
        return
    for table in (Source, Account, Response):
        at = col(table.origin)
        session.connection().execute(update(table).where(at == before).values(origin=here))
    for row, name in ((Source, "target"), (Mention, "url"), (Thread, "url"), (Thread, "comments_url")):
        told = getattr(row, name)
        moved = update(row).where(told.startswith(f"{before}/", autoescape=True))
        session.connection().execute(moved.values({name: func.replace(told, f"{before}/", f"{here}/")}))
    # What a blog's cursor remembers is where it was; without one the next poll finds what is known to be known.
    blogs = (SourceKind.FEED, SourceKind.COMMENTS)
    session.connection().execute(update(Source).where(col(Source.kind).in_(blogs)).values(cursor=None))
    session.connection().execute(update(Thread).where(col(Thread.platform) == Platform.BLOG).values(cursor=None))


def _at_once(session: Session) -> None:
    """Poll everything now; what failed while the platforms were down is forgiven."""
    now = utc_now()
    for source, _ in list_sources(session):
        if source.state == SourceState.ACTIVE:
            source.next_poll_at, source.failures, source.failed_since, source.last_error = now, 0, None, None


def _by() -> By:
    return By(at=utc_now(), rule="demo")
