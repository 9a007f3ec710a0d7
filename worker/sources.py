"""WORKER: what we poll. Comes in: a kind and a target an admin names. Goes out: a source row, or what is wrong with it.

Checked before it is saved: a source that could never work, or would flood the queue, is refused with what to do.
"""

from datetime import datetime
from urllib.parse import urlsplit

from sqlmodel import Session, col, func, select

from listeners.authors import handle_key
from listeners.base import Target
from listeners.errors import ListenerError
from listeners.matching import EVERYTHING, matcher
from listeners.post import Batch
from listeners.table import DEFAULT_EVERY, NEEDS_MATCH, open_listener, origin
from models import Account, Gap, Source
from models.base import utc_now
from models.database import Database
from models.values import SourceKind, SourceState
from settings import Settings
from triage.history import By
from worker.accounts import add_account
from worker.house import SetupError, brand_named
from worker.money import left_today, spend
from worker.polling import ours_of

SHORTEST, LONGEST = 1, 7 * 24 * 3600
"""Seconds between two polls of one source."""
PREVIEW = "preview"
"""Who spends the money of previews."""
OWN_KINDS = frozenset({SourceKind.X_OWN, SourceKind.X_MENTIONS, SourceKind.REDDIT_OWN})
"""Kinds whose target is an account of ours."""


def add_source(
    session: Session,
    kind: SourceKind,
    target: str,
    *,
    settings: Settings,
    by: By,
    brand: str | None = None,
    name: str = "",
    match: str = "",
    every: int | None = None,
) -> Source:
    """Add a source, due at once. The same one removed earlier comes back with its cursor. Raises `SetupError`."""
    owner = brand_named(session, brand)
    target = clean_target(kind, target)
    seconds = every if every is not None else DEFAULT_EVERY.get(kind, 900)
    if not SHORTEST <= seconds <= LONGEST:
        raise SetupError(f"--every takes {SHORTEST} to {LONGEST} seconds; {seconds} is outside.")
    check_target(kind, target, match, settings)
    here = origin(kind.platform, settings)
    query = select(Source).where(
        Source.brand_id == owner.id, Source.kind == kind, Source.target == target, Source.origin == here
    )
    source = session.exec(query).first()
    if source is not None and source.removed_at is None:
        raise SetupError(f"Source {source.id} polls that already.")
    if source is None:
        source = Source(brand_id=owner.id or 0, kind=kind, target=target, every_seconds=seconds, origin=here)
    source.name, source.match, source.every_seconds = name, match, seconds
    if source.removed_at is not None:  # what was posted while nobody listened is older than this listening
        source.created_at = by.at
    source.state, source.removed_at, source.next_poll_at = SourceState.ACTIVE, None, by.at
    source.failures, source.failed_since, source.last_error = 0, None, None
    session.add(source)
    session.flush()
    if kind in OWN_KINDS and target and not owner.competitor and not _has_account(session, source):
        add_account(session, kind.platform, target, settings=settings, by=by, brand=owner.name)
    return source


def _has_account(session: Session, source: Source) -> bool:
    """Whether its account is known: adding it again would forget that it is an automatic one."""
    query = select(Account.id).where(
        Account.brand_id == source.brand_id,
        Account.platform == source.kind.platform,
        Account.handle_key == handle_key(source.target),
    )
    return session.exec(query.limit(1)).first() is not None


def clean_target(kind: SourceKind, target: str) -> str:
    """The target as it is stored: handles without @, subreddits without r/."""
    target = target.strip()
    if kind in OWN_KINDS:
        return target.removeprefix("@").removeprefix("u/")
    if kind in (SourceKind.REDDIT_NEW, SourceKind.REDDIT_COMMENTS):
        return "+".join(p.strip().removeprefix("/").removeprefix("r/") for p in target.split("+"))
    return target


def check_target(kind: SourceKind, target: str, match: str, settings: Settings) -> None:
    """Whether a source could work at all. Raises `SetupError`; asks no platform."""
    if not target and kind not in (
        SourceKind.X_OWN,
        SourceKind.X_MENTIONS,
        SourceKind.REDDIT_INBOX,
        SourceKind.REDDIT_OWN,
    ):
        raise SetupError(f"A source of kind {kind} needs a target.")
    if kind in (SourceKind.FEED, SourceKind.COMMENTS) and not _is_web_address(target):
        raise SetupError(f"A source of kind {kind} needs a whole address that begins with http:// or https://.")
    if kind in NEEDS_MATCH and not match.strip():
        raise SetupError(
            f"A source of kind {kind} brings everything that is posted there: say --match with the words or phrases "
            'to keep, or --match "*" for everything.'
        )
    try:
        if match:
            matcher(match)
        if kind != SourceKind.REDDIT_INBOX:  # its keys may come later; the poll says so
            open_listener(Target(kind=kind, target=target, match=match), settings)
    except ValueError as error:
        raise SetupError(str(error)) from None
    except ListenerError as error:
        if error.permanent:
            raise SetupError(str(error)) from None


def _is_web_address(target: str) -> bool:
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def fetch_preview(
    database: Database, settings: Settings, kind: SourceKind, target: str, match: str, now: datetime
) -> Batch:
    """One visit without a cursor, within what is left of the day's money for previews; keeps nothing but its cost.

    Takes as long as the platform does. An empty `match` keeps everything. Raises `SetupError`, `ListenerError`.
    """
    match = match.strip() or EVERYTHING
    target = clean_target(kind, target)
    check_target(kind, target, match, settings)
    with database.reading() as session:
        budget = left_today(session, PREVIEW, now, settings)
        told = Target(kind=kind, target=target, match=match, ours=ours_of(session), budget_usd=budget)
    batch = open_listener(told, settings).fetch(None)
    if batch.cost_usd > 0:
        with database.writing() as session:
            spend(session, PREVIEW, now, batch.cost_usd)
    return batch


def pause(session: Session, source_id: int) -> Source:
    """Poll it no more until it is resumed."""
    source = get_source(session, source_id)
    source.state = SourceState.PAUSED
    return source


def resume(session: Session, source_id: int) -> Source:
    """Poll it again, at once; what had failed is forgiven."""
    source = get_source(session, source_id)
    source.state, source.next_poll_at = SourceState.ACTIVE, utc_now()
    source.failures, source.failed_since = 0, None
    return source


def remove(session: Session, source_id: int) -> Source:
    """Poll it no more; what it brought stays, and so does the row that says where that came from."""
    source = get_source(session, source_id)
    source.state, source.removed_at = SourceState.PAUSED, utc_now()
    return source


def get_source(session: Session, source_id: int) -> Source:
    """The source of that number. `SetupError` when there is none, or it was removed."""
    source = session.get(Source, source_id)
    if source is None or source.removed_at is not None:
        raise SetupError(f"There is no source {source_id}. `quarterdeck source list` shows what there is.")
    return source


def list_sources(session: Session, brand_id: int | None = None) -> list[tuple[Source, int]]:
    """Every source that was not removed, with the number of its open gaps."""
    gaps = (
        select(Gap.source_id, func.count().label("open"))
        .where(col(Gap.closed_at).is_(None))
        .group_by(col(Gap.source_id))
        .subquery()
    )
    query = (
        select(Source, func.coalesce(gaps.c.open, 0))
        .outerjoin(gaps, gaps.c.source_id == Source.id)
        .where(col(Source.removed_at).is_(None))
        .order_by(col(Source.id))
    )
    if brand_id is not None:
        query = query.where(Source.brand_id == brand_id)
    return [(source, int(count)) for source, count in session.exec(query)]
