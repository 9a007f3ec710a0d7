"""WORKER: open the house: the database at the newest schema, with the first brand and the accounts that keys name.

Comes in: settings. Goes out: an open `Database`. Every command begins here; opening twice changes nothing.
"""

from sqlmodel import Session, col, func, select

from listeners.authors import handle_key
from listeners.saving import mark_own
from listeners.table import origin
from models import Account, Brand, Installation
from models.base import utc_now
from models.database import Database
from models.values import Platform
from settings import Settings
from triage.arrivals import History, place
from triage.history import By
from triage.recompute import one_hand


class SetupError(Exception):
    """What was asked for cannot be set up so; the text says what to do."""


def open_house(settings: Settings) -> Database:
    """Open and migrate the database, and make what every installation has. Raises `DatabaseError`."""
    database = Database(settings.database)
    database.migrate()
    with database.reading() as session:
        installation = session.get(Installation, 1)
        # The keys of somebody who only looks into a demo are no accounts of it.
        named = {} if installation and installation.demo else _named_by_keys(settings)
        ready = session.exec(select(func.count()).select_from(Brand)).one() and _all_known(session, named)
    if not ready:
        with database.writing() as session:
            _make_first(session, settings, named)
    return database


def first_brand(session: Session) -> Brand:
    """The brand that is meant where none is named: the oldest of our own."""
    query = select(Brand).where(col(Brand.competitor).is_(False)).order_by(col(Brand.id))
    return session.exec(query.limit(1)).one()


def brand_named(session: Session, name: str | None) -> Brand:
    """The brand of that name, whatever its case; the first one for None. `SetupError` lists the names there are."""
    if name is None:
        return first_brand(session)
    brands = session.exec(select(Brand).order_by(col(Brand.id))).all()
    found = next((b for b in brands if b.name.casefold() == name.casefold()), None)
    if found is None:
        names = ", ".join(b.name for b in brands)
        raise SetupError(f'There is no brand "{name}". There are: {names}. Add one with `quarterdeck brand add NAME`.')
    return found


def _named_by_keys(settings: Settings) -> dict[tuple[Platform, str], str | None]:
    """(platform, handle) → id of the accounts whose keys we hold. An X access token begins with its user's id."""
    named: dict[tuple[Platform, str], str | None] = {}
    user_id = settings.x_access_token.get_secret_value().split("-")[0]
    if user_id.isdigit():
        named[Platform.X, user_id] = user_id
    if settings.reddit_username:
        named[Platform.REDDIT, settings.reddit_username.removeprefix("u/")] = None
    return named


def _all_known(session: Session, named: dict[tuple[Platform, str], str | None]) -> bool:
    return all(_account(session, p, handle, external_id) for (p, handle), external_id in named.items())


def _account(session: Session, platform: Platform, handle: str, external_id: str | None) -> Account | None:
    query = select(Account).where(Account.platform == platform)
    same = col(Account.handle_key) == handle_key(handle)
    return session.exec(query.where(same | (col(Account.external_id) == external_id) if external_id else same)).first()


def _make_first(session: Session, settings: Settings, named: dict[tuple[Platform, str], str | None]) -> None:
    if session.exec(select(func.count()).select_from(Brand)).one() == 0:
        session.add(Brand(name=settings.brand))
        session.flush()
    brand = first_brand(session)
    for (platform, handle), external_id in named.items():
        if _account(session, platform, handle, external_id) is None:
            account = Account(
                brand_id=brand.id or 0, platform=platform, handle=handle, handle_key=handle_key(handle),
                external_id=external_id, from_settings=True, origin=origin(platform, settings),
            )  # fmt: skip
            session.add(account)
            session.flush()
            account_changed(session, account, settings, By(at=utc_now(), rule="settings"))


def account_changed(session: Session, account: Account, settings: Settings, by: By) -> None:
    """Work out anew what stored posts of an account mean, now that it is ours or no longer. Does not commit."""
    one_hand(session)
    changed = mark_own(session, account, by.at)
    session.flush()
    place(session, account.brand_id, (), changed, history=History(), by=by, settings=settings)
