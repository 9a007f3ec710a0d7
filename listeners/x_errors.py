"""LISTEN, X: what an error answer means. Comes in: a response of 400 and above, or `errors[]`. Goes out: our error.

X's reasons stand in `errors[].message`, `errors[].detail` or `detail`; tweepy copies only some of them. The words
are X's about our own request, never a post's.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from listeners.errors import BadTarget, Gone, ListenerError, RateLimited, Refused, Unreachable

WINDOW = timedelta(minutes=15)
"""X counts requests per 15 minutes; waited when the answer does not say how long."""
LONGEST_WAIT = timedelta(hours=24)
_MOST_WORDS = 300


class TooOld(BadTarget):
    """since_id or until_id lies before what X still searches; `name` says which."""

    def __init__(self, message: str, name: str) -> None:
        super().__init__(message)
        self.name = name


def error_for(response: requests.Response, now: datetime) -> ListenerError:
    """The error an answer of 400 or above stands for; `now` is our own time (aware)."""
    status, words = response.status_code, words_of(response)
    told = f" X says: {words}" if words else ""
    if status == 429:
        until = now + wait_told(response.headers)
        return RateLimited(f"X's rate limit is used up until {until:%H:%M} UTC.", retry_at=until)
    if status == 401:
        return Refused(f"X does not accept the keys (401). Check the QUARTERDECK_X_… settings.{told}")
    if status == 402:
        return Refused(f"The X account has no credits left (402). Add credits in X's developer console.{told}")
    if status == 403:
        return Refused(f"X refuses this (403). Check what the keys may do in X's developer console.{told}")
    if status in (404, 410):
        return Gone(f"X does not know what this source asks for ({status}).{told}")
    if status == 400:
        return _bad_request(words)
    return Unreachable(f"X answered with {status}; it is tried again.{told}")


def error_in(errors: Iterable[Mapping[str, Any]]) -> ListenerError:
    """The error a 200 answer of errors only stands for: an account that is gone, protected or suspended."""
    error = next(iter(errors))
    words, kind = _said(error), f"{error.get('title', '')} {error.get('type', '')}".casefold()
    if "not found" in kind or "not-found" in kind:
        return Gone(f"X does not know what this source asks for. X says: {words}")
    if "authoriz" in kind or "forbidden" in kind:
        return Refused(f"X does not show this to these keys. X says: {words}")
    return Unreachable(f"X answered with an error; it is tried again. X says: {words}")


def words_of(response: requests.Response) -> str:
    """X's own reasons in an error answer, cut to a line; "" when it gives none."""
    try:
        body = response.json()
    except ValueError:
        return ""
    if not isinstance(body, dict):
        return ""
    errors = body.get("errors")
    parts = [_said(e) for e in errors if isinstance(e, dict)] if isinstance(errors, list) else []
    return " ".join([p for p in parts if p] or [_said(body)])[:_MOST_WORDS]


def wait_told(headers: Mapping[str, str]) -> timedelta:
    """How long a 429 asks to wait, 1 s to 24 h; 15 minutes when it does not say or cannot be believed.

    Reset and Date are both on the platform's clock, which may be hours away from ours: only their difference counts.
    """
    reset = headers.get("x-rate-limit-reset")
    if headers.get("x-app-limit-24hour-remaining") == "0":
        reset = headers.get("x-app-limit-24hour-reset", reset)
    try:
        wait = timedelta(seconds=int(reset or "") - _date(headers).timestamp())
    except (ValueError, OverflowError):
        return WINDOW
    if wait < -timedelta(minutes=1):
        return WINDOW
    return min(max(wait, timedelta(seconds=1)), LONGEST_WAIT)


def _date(headers: Mapping[str, str]) -> datetime:
    return parsedate_to_datetime(headers.get("date", ""))


def _bad_request(words: str) -> ListenerError:
    for name in ("since_id", "until_id"):
        if name in words:
            return TooOld(f"X no longer searches that far back. X says: {words}", name)
    return BadTarget(f"X cannot read this source's target (400). Change it. X says: {words}")


def _said(error: Mapping[str, Any]) -> str:
    said = error.get("message") or error.get("detail") or error.get("title")
    return " ".join(str(said).split()) if isinstance(said, str) else ""
