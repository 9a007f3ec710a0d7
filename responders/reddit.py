"""RESPOND, Reddit: one comment through praw, and a look at our own comments for it.

Comes in: an `Order`. Goes out: a `Report` of one request, or what our comments show. Signing in happens before the
intent, never between it and the comment; praw neither retries nor sleeps here.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from listeners.errors import ListenerError, RateLimited, Refused
from listeners.reddit import read_page
from listeners.reddit_client import OAUTH, client_of, quiet_reddit, translated
from listeners.reddit_listing import listing_in
from listeners.reddit_post import post_of
from listeners.reddit_quota import quota_of, wait_told
from listeners.reddit_recheck import states_of
from listeners.x_wire import Timeout
from models.response import AttemptOutcome
from responders.order import Looked, Order, ParentGone
from responders.outcome import Report, Wired, plain_outcome, unclear, unsent
from responders.wire import TIMEOUT, GatedWire, gated
from settings import Settings

PATH = "/api/comment"
PAGES = 2
"""Pages of 100 own comments a look reads at most; our reply is among the newest."""
UNTOLD = timedelta(seconds=60)
"""The wait after a limit that names none."""
_PAUSE = re.compile(r"(\d+) (millisecond|second|minute|hour)s?")
_SECONDS = {"millisecond": 0.001, "second": 1.0, "minute": 60.0, "hour": 3600.0}
_KEYS = frozenset({"USER_REQUIRED", "BAD_CAPTCHA", "WRONG_PASSWORD"})


class RedditShot:
    """One comment, ready to go: signed in, and its parent looked at a moment ago."""

    def __init__(self, order: Order, settings: Settings, timeout: Timeout = TIMEOUT) -> None:
        """Signs in. Raises `ListenerError` when that fails, or `ParentGone` when nobody can answer there any more."""
        self._order = order
        origin = settings.reddit_oauth_url or OAUTH
        self._reddit = quiet_reddit(settings, _quota(settings))
        self._wire = GatedWire("", timeout)
        core: Any = self._reddit._core
        core.requestor._http.mount(origin, self._wire)
        _check_parent(order, self._ask("GET", "api/info", params={"id": order.parent_id}))
        self._wire.last = None

    def _ask(self, method: str, path: str, **what: Any) -> Any:
        try:
            return self._reddit.request(method=method, path=path, **what)
        except ListenerError:
            raise
        except Exception as failure:
            core: Any = self._reddit._core
            raise translated(failure, core.requestor.status) from failure

    def fire(self, in_time: Callable[[], bool]) -> Report:
        """Send the one request; see `Shot`."""
        error, limited = "", None
        form = {"thing_id": self._order.parent_id, "text": self._order.text}
        with gated(PATH, in_time) as gate:
            try:
                # Not Comment.reply(): that would send again by itself when Reddit asks for a pause of milliseconds.
                self._reddit.request(method="POST", path=PATH.strip("/"), data=form)
            except RateLimited as failure:
                error, limited = type(failure).__name__, failure.retry_at
            except Exception as failure:  # noqa: BLE001  (whatever broke, the wire tells what may have left)
                error = _name(failure)
        seen = wired(self._wire, written=gate.written, late=gate.late, error=error)
        if limited and not gate.written and not gate.late:
            return _pause(limited)
        return read_report(self._order, seen, limited)

    def close(self) -> None:
        """Give connections back."""
        core: Any = self._reddit._core
        core.requestor.close()


def _check_parent(order: Order, answer: Any) -> None:
    children, _ = listing_in(answer)
    parent = next((post for child in children if (post := post_of(child))), None)
    if parent is not None and parent.deleted:
        raise ParentGone("The post was deleted.")
    if parent is not None and parent.locked:
        raise ParentGone("The thread is locked: nobody can answer in it.")


def wired(wire: GatedWire, *, written: bool, late: bool, error: str) -> Wired:
    """What passed over the wire."""
    answer = wire.last
    if answer is None:
        return Wired(written=written, late=late, error=error)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    body = None
    if wire.whole:
        try:
            body = answer.json()
        except ValueError:
            body = None
    return Wired(
        written=written, late=late, status=answer.status_code, whole=wire.whole, headers=headers, body=body, error=error
    )


def read_report(order: Order, seen: Wired, limited: datetime | None = None) -> Report:
    """What Reddit's answer means. `limited`: when a 429 lets us ask again, as the client heard it."""
    outcome = plain_outcome(seen)
    if outcome is None:
        return _by_body(order, seen)
    if outcome == AttemptOutcome.NOT_FIRED:
        return unsent(seen, "Reddit")
    if outcome == AttemptOutcome.LATER:
        return _later(seen, limited)
    if outcome == AttemptOutcome.REFUSED:
        return Report(outcome=outcome, said=f"Reddit does not take it ({seen.status}).")
    return unclear(seen, "Reddit")


def _by_body(order: Order, seen: Wired) -> Report:
    if seen.status == 403:
        return Report(
            outcome=AttemptOutcome.REFUSED,
            said="Reddit does not let our account comment here (403): it may be barred from the subreddit, or the "
            "thread closed.",
        )
    answer = seen.body.get("json") if isinstance(seen.body, Mapping) else None
    if not isinstance(answer, Mapping):
        return unclear(seen, "Reddit")
    if answer.get("errors"):
        return _by_errors(answer)
    data = answer.get("data")
    things = data.get("things") if isinstance(data, Mapping) else None
    post = post_of(things[0]) if isinstance(things, list) and things else None
    if post is None or post.deleted:
        return unclear(seen, "Reddit")  # a quarantined subreddit takes a comment and shows nothing
    return Report(outcome=AttemptOutcome.SENT, post=post)


def _by_errors(answer: Mapping[str, Any]) -> Report:
    """Reddit's own errors: it read the comment and did not take it."""
    errors = answer["errors"]
    first = errors[0] if isinstance(errors, list) and errors else ["", ""]
    first = [str(part or "") for part in first] if isinstance(first, list) else [str(first), ""]
    name, words = first[0], " ".join(first[1].split())[:200] if len(first) > 1 else ""
    if name == "RATELIMIT":
        return _pause(datetime.now(UTC) + _told(answer, words))
    if name in _KEYS:
        return Report(
            outcome=AttemptOutcome.LATER, said=f"Reddit wants us to sign in anew ({name}); it is tried again."
        )
    return Report(outcome=AttemptOutcome.REFUSED, said=f"Reddit does not take it: {words or name}")


def _told(answer: Mapping[str, Any], words: str) -> timedelta:
    seconds = answer.get("ratelimit")
    if isinstance(seconds, int | float) and 0 < seconds < 86_400:
        return timedelta(seconds=float(seconds))
    found = _PAUSE.search(words)
    return timedelta(seconds=max(1.0, int(found[1]) * _SECONDS[found[2]])) if found else UNTOLD


def _pause(until: datetime) -> Report:
    said = f"Reddit asks us to pause; it goes out at {until:%H:%M} UTC."
    return Report(outcome=AttemptOutcome.LATER, said=said, retry_at=until)


def _later(seen: Wired, limited: datetime | None) -> Report:
    if seen.status == 429:
        return _pause(limited or datetime.now(UTC) + wait_told(seen.headers, UNTOLD))
    said = f"Reddit does not accept our sign-in ({seen.status}); it is tried again with a new one."
    return Report(outcome=AttemptOutcome.LATER, said=said)


def look(order: Order, settings: Settings, _budget_usd: float) -> Looked:
    """Look for the reply among our newest comments. Raises `ListenerError` when the look could not be made whole."""
    client, after = client_of(settings), ""
    for _ in range(PAGES):
        page = read_page(client, f"user/{_our_name(settings)}/comments", {"sort": "new"}, after)
        found = next((p for p in page.posts if order.is_answered_by(p)), None)
        if found or not page.after:
            return Looked(found)
        after = page.after
    return Looked(None)


def find_post(_order: Order, external_id: str, settings: Settings, _budget_usd: float) -> Looked:
    """One post by its fullname, if Reddit shows it and it is ours. Raises `ListenerError`."""
    state = states_of(client_of(settings), [external_id]).get(external_id)
    post = post_of({"kind": external_id[:2], "data": state}) if state else None
    ours = post is not None and post.author.handle.casefold() == _our_name(settings).casefold()
    return Looked(post if ours else None)


def _our_name(settings: Settings) -> str:
    if not settings.reddit_username:
        raise Refused("set QUARTERDECK_REDDIT_USERNAME and _PASSWORD to look at our own comments")
    return settings.reddit_username.removeprefix("u/")


def _quota(settings: Settings) -> Any:
    client_id = settings.reddit_client_id.get_secret_value()
    return quota_of(f"{settings.reddit_oauth_url or OAUTH}|{client_id}|{settings.reddit_username}")


def _name(failure: Exception) -> str:
    cause = getattr(failure, "original_exception", failure)
    return type(cause).__name__
