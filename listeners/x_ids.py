"""LISTEN, X: what an X id tells about time. Comes in: decimal ids. Goes out: moments and ids. Never a guess.

Ids made since November 2010 are "snowflakes": id >> 22 = milliseconds since 1288834974657 (Twitter's open-sourced
Snowflake service, 2010). Older ids hold no time; the first that does is 29700859247 (TweetedAt, WS-DL, 2019).
"""

from datetime import UTC, datetime, timedelta

EPOCH_MS = 1_288_834_974_657
FIRST_SNOWFLAKE = 29_700_859_247
_LONGEST = 19


def is_id(value: object) -> bool:
    """Whether this is a decimal X id as text."""
    return isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _LONGEST


def time_of(post_id: str) -> datetime | None:
    """When the id was made, UTC, cut to the second as X's created_at is; None for ids older than snowflakes."""
    milliseconds = _milliseconds(post_id)
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds // 1000, UTC)


def id_at(moment: datetime) -> str:
    """The smallest id that can have been made at this moment (aware)."""
    return str(_id(round(moment.timestamp() * 1000)))


def earlier(post_id: str, by: timedelta) -> str:
    """The id that lies this much earlier; ids without a time come back as they are."""
    milliseconds = _milliseconds(post_id)
    if milliseconds is None:
        return post_id
    return str(max(FIRST_SNOWFLAKE, _id(milliseconds - round(by.total_seconds() * 1000))))


def next_second(post_id: str) -> str:
    """The smallest id of the second after this id's; ids without a time come back as they are."""
    milliseconds = _milliseconds(post_id)
    return post_id if milliseconds is None else str(_id((milliseconds // 1000 + 1) * 1000))


def newest(ids: list[str]) -> str:
    """The largest id, "" when there is none."""
    return max(ids, key=int, default="")


def oldest(ids: list[str]) -> str:
    """The smallest id, "" when there is none."""
    return min(ids, key=int, default="")


def _milliseconds(post_id: str) -> int | None:
    number = int(post_id)
    return (number >> 22) + EPOCH_MS if number >= FIRST_SNOWFLAKE else None


def _id(milliseconds: int) -> int:
    return (milliseconds - EPOCH_MS) << 22
