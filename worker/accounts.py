"""WORKER: who "we" are. Comes in: a handle an admin names. Goes out: an account row, and every stored post of it
counted as ours from then on: waits are worked out anew, as if we had always known."""

from sqlmodel import Session, col, select

from listeners.authors import handle_key
from listeners.saving import mark_own
from listeners.table import origin
from models import Account
from models.values import Platform
from settings import Settings
from triage.arrivals import History, place
from triage.history import By
from worker.house import SetupError, brand_named


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
    same = select(Account).where(Account.platform == platform, col(Account.handle_key) == key)
    account = session.exec(same).first()
    if account is not None and account.brand_id != owner.id:
        raise SetupError(f"{handle} belongs to another brand already; remove it there first.")
    if account is None:
        clean = handle.strip().removeprefix("@").removeprefix("u/")
        account = Account(brand_id=owner.id or 0, platform=platform, handle=clean, handle_key=key)
    account.external_id = external_id or account.external_id
    account.name = name or account.name
    account.automatic = automatic
    account.origin = origin(platform, settings)
    session.add(account)
    session.flush()
    _work_out(session, account, owner.competitor, settings, by)
    return account


def remove_account(session: Session, platform: Platform, handle: str, *, settings: Settings, by: By) -> None:
    """Forget an account: its posts are somebody's again. `SetupError` when there is no such account."""
    key = handle_key(handle)
    account = session.exec(select(Account).where(Account.platform == platform, col(Account.handle_key) == key)).first()
    if account is None:
        raise SetupError(f"There is no account {handle} on {platform}. `quarterdeck account list` shows what there is.")
    session.delete(account)
    session.flush()
    _work_out(session, account, True, settings, by)


def _work_out(session: Session, account: Account, not_ours: bool, settings: Settings, by: By) -> None:
    changed = mark_own(session, account, removed=not_ours)
    session.flush()
    place(session, account.brand_id, (), changed, history=History(), by=by, settings=settings)
