"""WORKER: who "we" are. Comes in: a handle an admin names. Goes out: an account row, and every stored post of it
counted as ours from then on: waits are worked out anew, as if we had always known."""

from sqlmodel import Session, col, select

from listeners.authors import handle_key
from listeners.table import origin
from models import Account
from models.values import Platform
from settings import Settings
from triage.history import By
from worker.house import SetupError, account_changed, brand_named


def add_account(
    session: Session,
    platform: Platform,
    handle: str,
    *,
    settings: Settings,
    by: By,
    brand: str | None = None,
    external_id: str | None = None,
    name: str = "",
    automatic: bool = False,
) -> Account:
    """Add an account, or say more about one there is. Does not commit; harmless to repeat."""
    key = handle_key(handle)
    if not key:
        raise SetupError("An account needs its handle, without @ or u/.")
    owner = brand_named(session, brand)
    account = _known(session, platform, key, external_id)
    if account is not None and account.brand_id != owner.id:
        raise SetupError(f"{handle} belongs to another brand already; remove it there first.")
    clean = handle.strip().removeprefix("@").removeprefix("u/")
    if account is None:
        account = Account(brand_id=owner.id or 0, platform=platform, handle=clean, handle_key=key)
    account.handle, account.handle_key = clean, key
    account.external_id = external_id or account.external_id
    account.name = name or account.name
    account.automatic = automatic
    account.origin = origin(platform, settings)
    session.add(account)
    session.flush()
    account_changed(session, account, settings, by)
    return account


def _known(session: Session, platform: Platform, key: str, external_id: str | None) -> Account | None:
    """The account of that handle, else the one of that id: keys name ours by its id alone."""
    rows = session.exec(select(Account).where(Account.platform == platform).order_by(col(Account.id))).all()
    by_id = (a for a in rows if external_id and a.external_id == external_id)
    return next((a for a in rows if a.handle_key == key), None) or next(by_id, None)


def remove_account(session: Session, platform: Platform, handle: str, *, settings: Settings, by: By) -> None:
    """Forget an account: its posts are somebody's again. `SetupError` when there is no such account."""
    key = handle_key(handle)
    account = session.exec(select(Account).where(Account.platform == platform, col(Account.handle_key) == key)).first()
    if account is None:
        raise SetupError(f"There is no account {handle} on {platform}. `quarterdeck account list` shows what there is.")
    session.delete(account)
    session.flush()
    account_changed(session, account, settings, by)
