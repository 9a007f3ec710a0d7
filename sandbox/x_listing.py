"""Sandbox, X: what a listing holds and how it is cut into pages. In: posts and parameters, out: a page.

Bounds are checked as X checks them; a wrong one raises `BadRequest` with X's words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.ids import base36, snowflake
from sandbox.x_shape import Version, iso

SEARCH_WINDOW = timedelta(days=7)
SEARCH_LAG = timedelta(seconds=30)
_END_LAG = timedelta(seconds=10)
_NEXT, _PREVIOUS = "b26v89c19zqg8o3f", "77qp89c19zqg8o3f"


class BadRequest(ValueError):
    """A parameter X refuses with 400; `name` and `value` say which."""

    def __init__(self, name: str, value: str, message: str) -> None:
        super().__init__(message)
        self.name, self.value = name, value


@dataclass(frozen=True, slots=True)
class Page:
    """A run of posts, newest first, and the tokens of its neighbours (None at the ends)."""

    versions: list[Version]
    next_token: str | None
    previous_token: str | None

    def meta(self) -> dict[str, Any]:
        """Return X's `meta` object."""
        made: dict[str, Any] = {"result_count": len(self.versions)}
        if self.versions:
            made |= {"newest_id": self.versions[0].id, "oldest_id": self.versions[-1].id}
        tokens = {"next_token": self.next_token, "previous_token": self.previous_token}
        return made | {name: token for name, token in tokens.items() if token}


def page(found: list[Version], params: dict[str, str], low: int, default: int) -> Page:
    """Cut a page out of what was found. `low` and `default` bound max_results (at most 100)."""
    size = whole_number(params, "max_results", low, 100, default)
    ordered = sorted(found, key=lambda version: int(version.id), reverse=True)
    token = params.get("pagination_token") or params.get("next_token")
    start = _start(ordered, token, size) if token else 0
    shown = ordered[start : start + size]
    more = start + size < len(ordered)
    return Page(
        shown,
        _NEXT + base36(int(shown[-1].id)) if more and shown else None,
        _PREVIOUS + base36(int(shown[0].id)) if token and start and shown else None,
    )


def bounds(params: dict[str, str]) -> Callable[[Version], bool]:
    """Return the test that since_id, until_id, start_time and end_time make; since_id beats start_time."""
    since, until = number(params, "since_id"), number(params, "until_id")
    start, end = moment(params, "start_time"), moment(params, "end_time")

    def inside(version: Version) -> bool:
        made = int(version.id)
        after = made > since if since is not None else start is None or version.made_at >= start
        return after and (until is None or made < until) and (end is None or version.made_at < end)

    return inside


def check_search_window(params: dict[str, str], now: datetime) -> None:
    """Refuse bounds outside the last 7 days, and an end nearer than 10 seconds."""
    opens, since = now - SEARCH_WINDOW, number(params, "since_id")
    start, end = moment(params, "start_time"), moment(params, "end_time")
    if since is not None and since < snowflake(opens):
        raise BadRequest(
            "since_id",
            str(since),
            f"'since_id' must be a tweet id created after {opens:%Y-%m-%dT%H:%MZ}. "
            f"Please use a 'since_id' that is larger than {snowflake(opens)}",
        )
    for name, at in (("start_time", start), ("end_time", end)):
        if at is not None and at < opens and (name == "end_time" or since is None):
            raise BadRequest(
                name,
                params[name],
                f"Invalid '{name}':'{params[name]}'. '{name}' must be on or after {iso(opens)}.",
            )
    if end is not None and end > now - _END_LAG:
        raise BadRequest(
            "end_time",
            params["end_time"],
            f"Invalid 'end_time':'{params['end_time']}'. "
            "'end_time' must be a minimum of 10 seconds prior to the request time.",
        )


def searchable(version: Version, now: datetime) -> bool:
    """Whether recent search knows a post: made within 7 days, and at least 30 seconds ago."""
    return now - SEARCH_WINDOW <= version.made_at <= now - SEARCH_LAG


def whole_number(params: dict[str, str], name: str, low: int, high: int, default: int) -> int:
    """Read a bounded whole number, or the default if absent."""
    value = params.get(name, str(default))
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        message = f"The `{name}` query parameter value [{value}] is not between {low} and {high}"
        raise BadRequest(name, value, message)
    return int(value)


def number(params: dict[str, str], name: str) -> int | None:
    """Read a post id; None if absent."""
    value = params.get(name)
    if value is not None and not (value.isascii() and value.isdigit() and len(value) <= 19):
        raise BadRequest(name, value, f"The `{name}` query parameter value [{value}] is not valid")
    return int(value) if value is not None else None


def moment(params: dict[str, str], name: str) -> datetime | None:
    """Read a time as X takes it (RFC 3339 with Z); None if absent."""
    value = params.get(name)
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value.replace("Z", "+00:00")).astimezone(UTC)
    except ValueError:
        raise BadRequest(name, value, f"The `{name}` query parameter value [{value}] is not valid") from None


def _start(ordered: list[Version], token: str, size: int) -> int:
    for prefix in (_NEXT, _PREVIOUS):
        if token.startswith(prefix) and token[len(prefix) :].isalnum():
            edge = int(token[len(prefix) :], 36)
            if prefix == _NEXT:
                return sum(int(version.id) >= edge for version in ordered)
            return max(0, sum(int(version.id) > edge for version in ordered) - size)
    raise BadRequest("next_token", token, f"The `next_token` query parameter value [{token}] is not valid")
