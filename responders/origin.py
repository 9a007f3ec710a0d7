"""RESPOND: where a reply may go, and as whom: nothing approved in one place ever reaches another.

Comes in: a response and the settings of the process that would send it. Goes out: "" or the reason why not here.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from sqlmodel import Session, col, select

from listeners.authors import handle_key
from listeners.table import origin as reading_origin
from models import Account, Brand, Installation, Response
from models.values import Platform
from settings import Settings


def posting_origin(platform: Platform, settings: Settings) -> str:
    """The address our replies go to; empty = the real platform. Kept on a response when it is approved."""
    return {Platform.X: settings.x_url, Platform.REDDIT: settings.reddit_oauth_url}.get(platform, "")


def has_keys(platform: Platform, settings: Settings) -> bool:
    """Whether this process could post at all."""
    needed = {
        Platform.X: (
            settings.x_consumer_key,
            settings.x_consumer_secret,
            settings.x_access_token,
            settings.x_access_token_secret,
        ),
        Platform.REDDIT: (settings.reddit_client_id, settings.reddit_client_secret, settings.reddit_password),
    }.get(platform, ())
    named = platform != Platform.REDDIT or bool(settings.reddit_username)
    return bool(needed) and named and all(key.get_secret_value() for key in needed)


def key_account(session: Session, platform: Platform, settings: Settings) -> Account | None:
    """Whose keys these are: the account by the id in X's token, or by Reddit's user name; None = none, or unclear.

    A token that names nobody (a sandbox's) belongs to the only account there is, if there is just one.
    """
    accounts = session.exec(
        select(Account)
        .join(Brand, col(Brand.id) == Account.brand_id)
        .where(Account.platform == platform, col(Brand.competitor).is_(False))
        .order_by(col(Account.id))
    ).all()
    if platform == Platform.REDDIT:
        named = handle_key(settings.reddit_username)
        return next((a for a in accounts if named and a.handle_key == named), None)
    user_id = settings.x_access_token.get_secret_value().split("-")[0]
    if user_id.isdigit():
        return next((a for a in accounts if user_id in (a.external_id, a.handle_key)), None)
    mine = [a for a in accounts if not a.automatic]
    return mine[0] if len(mine) == 1 else None


def is_demo(session: Session) -> bool:
    """Whether this database was made for a demo."""
    row = session.get(Installation, 1)
    return row is not None and row.demo


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's own. The real platform ("") is not."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def not_here(session: Session, response: Response, settings: Settings) -> str:
    """Why this process must leave a response alone, for people; "" = it may act on it.

    No failure of the response: a process of the right configuration sends it.
    """
    platform = response.platform
    here = posting_origin(platform, settings)
    if response.origin != here:
        return f"It was approved for {_place(response.origin)}, but the worker posts to {_place(here)}: not sent."
    if is_demo(session) and not (is_loopback(here) and is_loopback(reading_origin(platform, settings))):
        return "This is a demo: nothing in it ever reaches a real platform."
    if not has_keys(platform, settings):
        return "The worker has no keys for posting: not sent."
    account = key_account(session, platform, settings)
    if account is None or (response.account_id is not None and account.id != response.account_id):
        return "The worker's keys belong to another account than it was approved for: not sent."
    if account.origin != reading_origin(platform, settings):
        return f"Our account belongs to {_place(account.origin)}, not to what the worker posts to: not sent."
    return ""


def _place(origin: str) -> str:
    return origin or "the real platform"
