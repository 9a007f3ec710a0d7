"""LISTEN: what Reddit's statuses mean for us. Comes in: an answer. Goes out: nothing, or the `ListenerError` for it.

It never looks at anybody's words: only at status, headers and Reddit's own `reason`.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests

from listeners.errors import BadTarget, Gone, ListenerError, RateLimited, Refused, Unreachable
from listeners.reddit_quota import Quota, wait_told

SIGN_IN = "/api/v1/access_token"
UNTOLD = timedelta(seconds=60)
"""The wait after a 429 that names none."""


def refuse_bad_status(response: requests.Response, quota: Quota) -> None:
    """Raise what a bad answer stands for. 401 of the API passes: prawcore must see it to drop its sign-in."""
    status = response.status_code
    if status < 300 or (status == 401 and not _is_sign_in(response)):
        return
    if status == 429:
        until = quota.hold(wait_told(response.headers, UNTOLD))
        raise RateLimited("Reddit asks us to slow down (429)", retry_at=until)
    raise _error(response, status)


def ending(failure: ListenerError | None) -> dict[str, Any]:
    """How a visit that was cut short says so, as fields of `Batch` and `ThreadBatch`; what it had read is kept."""
    if failure is None:
        return {}
    if isinstance(failure, RateLimited):
        return {"limited": str(failure), "retry_at": failure.retry_at}
    return {"notes": (str(failure),), "retry_at": failure.retry_at}


def _error(response: requests.Response, status: int) -> ListenerError:
    if status in (408, 425) or status >= 500:
        told = wait_told(response.headers, timedelta(0))
        return Unreachable(
            f"Reddit is in trouble ({status}); it is tried again", retry_at=datetime.now(UTC) + told if told else None
        )
    if _is_sign_in(response):
        return Refused(
            f"Reddit refuses our keys ({status}); check QUARTERDECK_REDDIT_CLIENT_ID and _CLIENT_SECRET "
            "(new keys need Reddit's approval)"
        )
    if status < 400:
        return _redirect(response, status)
    return _refusal(status, _reason(response))


def _redirect(response: requests.Response, status: int) -> ListenerError:
    path = urlsplit(response.headers.get("location", "")).path
    if path.startswith("/subreddits/search"):
        return Gone("there is no such subreddit; check its name")
    if "login" in path:
        return Refused("Reddit asks us to sign in; check QUARTERDECK_REDDIT_USERNAME and _PASSWORD")
    return Unreachable(f"Reddit sends us elsewhere ({status}) instead of answering; it is tried again")


def _refusal(status: int, reason: str) -> ListenerError:
    if reason == "banned":
        return Gone("Reddit has banned this subreddit")
    if status in (404, 410):
        return Gone(f"Reddit does not know this ({status}): no such subreddit, account or thread")
    if status == 451:
        return Gone("Reddit may not show this here for legal reasons (451)")
    if status == 403:
        return Refused(_forbidden(reason))
    if status == 414:
        return BadTarget("the query or the list of subreddits is too long for Reddit (414); shorten it")
    return Refused(f"Reddit does not understand what we ask ({status}); check the source's query and names")


def _forbidden(reason: str) -> str:
    if reason in ("private", "gold_only"):
        return "the subreddit is private (403); our account must become a member, or remove the source"
    if reason in ("quarantined", "gated"):
        return f"the subreddit is {reason} (403); open it once on Reddit with our account and accept"
    return "Reddit refuses this to our keys (403); check that the account may read it and what the app may do"


def _reason(response: requests.Response) -> str:
    try:
        answer = response.json()
    except ValueError:
        return ""
    reason = answer.get("reason") if isinstance(answer, dict) else ""
    return reason if isinstance(reason, str) else ""


def _is_sign_in(response: requests.Response) -> bool:
    return urlsplit(response.url or "").path.endswith(SIGN_IN)
