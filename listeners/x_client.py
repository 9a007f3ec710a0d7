"""LISTEN, X: one door to the X API v2. Comes in: a path and its parameters. Goes out: an `Answer` or a `ListenerError`.

Every request goes through tweepy's `Client` (sign-in, hosts, status errors). Its general `request` is used, not the
method per endpoint: those can only send `tweet.*` parameters, while X renamed them to `post.*` with API 2.167; we
send the old names until X refuses them. It never waits out a rate limit and never retries by itself.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Self

import requests
import tweepy
import urllib3

from listeners.errors import Refused, Unreachable
from listeners.x_errors import error_for, error_in, words_of
from listeners.x_wire import DEADLINE, TIMEOUT, Timeout, Wire
from settings import Settings

CLIENT_ERRORS = (
    tweepy.TweepyException,
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    AttributeError,
    TypeError,
    ValueError,
    LookupError,
    OSError,
)
"""What tweepy lets through: its own, those of requests, and whatever breaks in it on `[]` or `{"errors": null}`."""

APP_KEY = "QUARTERDECK_X_BEARER_TOKEN"
USER_KEYS = (
    "QUARTERDECK_X_CONSUMER_KEY, QUARTERDECK_X_CONSUMER_SECRET, "
    "QUARTERDECK_X_ACCESS_TOKEN and QUARTERDECK_X_ACCESS_TOKEN_SECRET"
)
_NEW_NAMES = {
    "tweet.fields": "post.fields",
    "referenced_tweets.id": "referenced_posts",
    "note_tweet": "note_post",
    "edit_history_tweet_ids": "edit_history_post_ids",
}
_BY_EXPANSION = {
    "author_id": "author_id",
    "referenced_tweets": "referenced_tweets.id",
    "edit_history_tweet_ids": "edit_history_tweet_ids",
}
"""Fields of 2.166 that 2.167 gives only with an expansion."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of X, raw JSON checked for its outer shape only."""

    data: tuple[Mapping[str, Any], ...] = ()
    posts: tuple[Mapping[str, Any], ...] = ()
    """Expanded posts (`includes.tweets` or `includes.posts`)."""
    users: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Expanded users by id."""
    errors: tuple[Mapping[str, Any], ...] = ()
    newest_id: str = ""
    next_token: str = ""


class XApi:
    """Signed-in access to the X API, for one visit: `with XApi(settings) as api`. Not for several threads.

    Raises `Refused` when there are no keys at all.
    """

    def __init__(self, settings: Settings, timeout: Timeout = TIMEOUT, deadline: float = DEADLINE) -> None:
        check_keys(settings)
        app, user = settings.x_bearer_token.get_secret_value(), _user_keys(settings)
        self.has_app, self.has_user = bool(app), has_user_keys(settings)
        self.requests = 0
        """How many requests were sent."""
        self.ahead = timedelta(0)
        """How far the platform's clock is ahead of ours, by its last Date header."""
        self._new_names = False
        self._wire = Wire(settings.x_url, timeout, deadline)
        self._client = tweepy.Client(
            app or None, *(key or None for key in user), return_type=requests.Response, wait_on_rate_limit=False
        )
        for scheme in ("https://", "http://"):
            self._client.session.mount(scheme, self._wire)
        _keep_secrets_out_of_logs()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._client.session.close()

    def get(self, path: str, params: Mapping[str, object], *, as_user: bool = False, partial: bool = False) -> Answer:
        """Ask once (twice if X wants the new names). Lists are joined by commas, empty values left out.

        `as_user`: with the user's keys where there are any. `partial`: an answer of errors only is fine (look-ups
        of posts that are gone). Raises what `x_errors` maps the failure to.
        """
        signed = self.has_user and (as_user or not self.has_app)
        response = self._send(path, params, signed)
        if response.status_code >= 400 and not self._new_names and "tweet.fields" in words_of(response):
            self._new_names = True
            response = self._send(path, params, signed)
        if response.status_code >= 400:
            raise error_for(response, self.now())
        return _answer(response, partial)

    def now(self) -> datetime:
        """Our time, aware UTC."""
        return datetime.now(UTC)

    def platform_now(self) -> datetime:
        """The platform's time as far as its last answer told, else ours."""
        return self.now() + self.ahead

    def _send(self, path: str, params: Mapping[str, object], signed: bool) -> requests.Response:
        self.requests += 1
        try:
            response = self._client.request("GET", path, params=_sent(params, self._new_names), user_auth=signed)
        except CLIENT_ERRORS as error:
            # An error status is an answer; tweepy raises on it, or stumbles over its body.
            if self._wire.last is None or self._wire.last.status_code < 400:
                raise Unreachable(_unreachable(error)) from error
            response = self._wire.last
        self._note_clock(response)
        return _typed(response)

    def _note_clock(self, response: requests.Response) -> None:
        try:
            told = parsedate_to_datetime(response.headers.get("date", ""))
        except ValueError:
            return
        if told.utcoffset() is not None:
            self.ahead = told - self.now()


def check_keys(settings: Settings) -> None:
    """Raise `Refused`, naming the settings, unless there is an app's key or a user's."""
    if not settings.x_bearer_token.get_secret_value() and not has_user_keys(settings):
        raise Refused(f"X needs keys: set {APP_KEY} (search) or {USER_KEYS} (our mentions and own posts).")


def has_user_keys(settings: Settings) -> bool:
    """Whether an account of ours is signed in with all four keys."""
    return all(_user_keys(settings))


def _user_keys(settings: Settings) -> tuple[str, str, str, str]:
    return (
        settings.x_consumer_key.get_secret_value(),
        settings.x_consumer_secret.get_secret_value(),
        settings.x_access_token.get_secret_value(),
        settings.x_access_token_secret.get_secret_value(),
    )


def _keep_secrets_out_of_logs() -> None:
    # At DEBUG these log the Authorization header, signatures and bodies.
    for name in ("tweepy", "oauthlib", "requests_oauthlib"):
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.INFO))


def _sent(params: Mapping[str, object], new_names: bool) -> dict[str, str]:
    sent = {name: list(value) if isinstance(value, list | tuple) else value for name, value in params.items()}
    if new_names:
        sent = _renamed(sent)
    joined = {n: ",".join(map(str, v)) if isinstance(v, list) else str(v) for n, v in sent.items()}
    return {name: value for name, value in joined.items() if value}


def _renamed(params: dict[str, Any]) -> dict[str, Any]:
    fields: list[str] = params.get("tweet.fields", [])
    expanded = [_BY_EXPANSION[name] for name in fields if name in _BY_EXPANSION]
    asked = params | {
        "tweet.fields": [name for name in fields if name not in _BY_EXPANSION],
        "expansions": list(dict.fromkeys([*params.get("expansions", []), *expanded])),
    }
    return {_NEW_NAMES.get(str(name), str(name)): _new_values(value) for name, value in asked.items()}


def _new_values(value: Any) -> Any:
    return [_NEW_NAMES.get(item, item) for item in value] if isinstance(value, list) else value


def _typed(response: object) -> requests.Response:
    if not isinstance(response, requests.Response):
        raise Unreachable("X's client gave no answer; it is tried again.")
    return response


def _unreachable(error: BaseException) -> str:
    if isinstance(error, requests.Timeout):
        return "X did not answer in time; it is tried again."
    if isinstance(error, requests.ConnectionError | urllib3.exceptions.HTTPError):
        return f"No connection to X, or it was cut ({type(error).__name__}); it is tried again."
    return f"X answered in a way its client cannot read ({type(error).__name__}); it is tried again."


def _answer(response: requests.Response, partial: bool) -> Answer:
    try:
        body = response.json()
    except ValueError:
        raise Unreachable("X answered with something that is not JSON; it is tried again.") from None
    if not isinstance(body, dict):
        raise Unreachable("X answered with JSON of an unknown shape; it is tried again.")
    answer = _read(body)
    if answer.data or partial:
        return answer
    if answer.errors:
        raise error_in(answer.errors)
    if not isinstance(body.get("meta"), dict):
        raise Unreachable("X answered with neither posts nor errors; it is tried again.")
    return answer


def _read(body: Mapping[str, Any]) -> Answer:
    data, includes, meta = body.get("data"), _mapping(body.get("includes")), _mapping(body.get("meta"))
    users = {str(user["id"]): user for user in _mappings(includes.get("users")) if "id" in user}
    return Answer(
        data=_mappings([data] if isinstance(data, dict) else data),
        posts=_mappings(includes.get("tweets")) + _mappings(includes.get("posts")),
        users=users,
        errors=_mappings(body.get("errors")),
        newest_id=str(meta.get("newest_id") or ""),
        next_token=str(meta.get("next_token") or ""),
    )


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> tuple[Mapping[str, Any], ...]:
    return tuple(item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()
