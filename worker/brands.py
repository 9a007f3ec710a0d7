"""WORKER: the brands we listen for. Comes in: a name. Goes out: a brand row."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session, col, select

from models import Brand
from worker.house import SetupError


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
