"""WORKER: the brands we listen for, and what they promise. Comes in: a name, a time. Goes out: a brand, a target."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session, col, select

from models import Brand, Target
from models.values import Band, Role
from triage.history import By, Refused
from worker.house import SetupError

SHORTEST, LONGEST = 60, 30 * 24 * 3600
"""Seconds a promise may name: a minute to thirty days."""


def add_brand(session: Session, name: str, *, timezone: str = "UTC", competitor: bool = False) -> Brand:
    """Add a brand. `timezone` is an IANA name. Raises `SetupError`."""
    name = name.strip()
    if not name:
        raise SetupError("A brand needs a name.")
    if any(b.name.casefold() == name.casefold() for b in list_brands(session)):
        raise SetupError(f'There is a brand "{name}" already.')
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SetupError(f'"{timezone}" is no time zone; use an IANA name such as Europe/Berlin.') from None
    brand = Brand(name=name, timezone=timezone, competitor=competitor)
    session.add(brand)
    session.flush()
    return brand


def list_brands(session: Session) -> list[Brand]:
    """Every brand, the first one first."""
    return list(session.exec(select(Brand).order_by(col(Brand.id))))


def set_target(session: Session, brand_id: int, band: Band, seconds: int, *, by: By) -> Target:
    """Promise a first answer within `seconds` for waits that begin from now on; earlier ones keep theirs.

    A new row, never an edit. For managers and admins; raises `Refused`.
    """
    if not by.may(Role.MANAGER):
        raise Refused("Only a manager or an admin may set targets.")
    if not SHORTEST <= seconds <= LONGEST:
        raise Refused("A target is at least one minute and at most thirty days.")
    if session.get(Brand, brand_id) is None:
        raise Refused("That brand is not here any more. Look at the list again.")
    target = Target(brand_id=brand_id, band=band, seconds=seconds, valid_from=by.at)
    session.add(target)
    session.flush()
    return target
