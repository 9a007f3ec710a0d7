"""Sandbox: platform-shaped identities. In: a moment and a number, out: an id; equal input, equal id."""

from datetime import UTC, datetime
from zlib import crc32

_X_EPOCH_MS = 1_288_834_974_657
_REDDIT_EPOCH = datetime(2005, 6, 23, tzinfo=UTC)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def snowflake(at: datetime, number: int = 0) -> int:
    """Return an X id: milliseconds since X's epoch high, `number` modulo 2**22 low."""
    return (round(at.timestamp() * 1000) - _X_EPOCH_MS) << 22 | number & 0x3FFFFF


def snowflake_time(number: int) -> datetime:
    """Return the moment an X id was made (UTC, to the millisecond)."""
    return datetime.fromtimestamp(((number >> 22) + _X_EPOCH_MS) / 1000, UTC)


def reddit_number(at: datetime, number: int = 0) -> int:
    """Return a rising Reddit number: 64 a second since Reddit began."""
    return int((at - _REDDIT_EPOCH).total_seconds()) * 64 + number % 64


def base36(number: int) -> str:
    """Write a whole number ≥ 0 in Reddit's digits."""
    text = ""
    while number or not text:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text


def person_number(name: str) -> int:
    """Return a stable number for an account name; case does not matter."""
    return 1_000_000_000 + crc32(name.casefold().encode())
