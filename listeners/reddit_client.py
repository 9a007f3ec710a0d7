"""LISTEN: the one door to Reddit's API, through praw, with praw's traps closed.

Comes in: the settings and a path of the API. Goes out: Reddit's JSON as it came, or a `ListenerError`. It never sleeps
inside a call, never tries a request twice behind our back, never reads a praw.ini, and never asks a package registry.
"""

import configparser
import logging
import platform
import threading
from datetime import datetime
from importlib.resources import files
from typing import Any

import praw
import prawcore
import requests
from praw.config import Config
from prawcore.rate_limit import RateLimiter
from prawcore.sessions import FiniteRetryStrategy

from listeners.errors import BadTarget, ListenerError, Refused, Unreachable
from listeners.reddit_answers import refuse_bad_status
from listeners.reddit_quota import Quota, quota_of
from listeners.x_wire import Wire
from settings import Settings

WWW = "https://www.reddit.com"
OAUTH = "https://oauth.reddit.com"
CONNECT_SECONDS = 5.0
VERSION = "0.1.0"

# At DEBUG prawcore writes what we ask for and what we send; that is somebody's words.
logging.getLogger("prawcore").setLevel(logging.INFO)

_of_thread = threading.local()


def has_keys(settings: Settings) -> bool:
    """Whether Reddit is polled through its API (a client id is set) or through its public feeds."""
    return bool(settings.reddit_client_id.get_secret_value())


def user_agent(settings: Settings) -> str:
    """What we tell Reddit we are: as set, else in the form its API rules ask for."""
    by = f" (by /u/{settings.reddit_username})" if settings.reddit_username else " (self-hosted mention listener)"
    return settings.reddit_user_agent or f"{platform.system().lower() or 'server'}:quarterdeck:v{VERSION}{by}"


def client_of(settings: Settings) -> "RedditClient":
    """This thread's client for these settings; made once, so that one sign-in serves many polls."""
    held: tuple[Settings, RedditClient] | None = getattr(_of_thread, "held", None)
    if held is None or held[0] != settings:
        held = (settings, RedditClient(settings))
        _of_thread.held = held
    return held[1]


class RedditClient:
    """Reads Reddit's API. One a thread: praw is not safe to share. Unusable settings: `Refused` or `BadTarget`."""

    def __init__(self, settings: Settings) -> None:
        client_id = settings.reddit_client_id.get_secret_value()
        self.signed_in = bool(settings.reddit_username and settings.reddit_password.get_secret_value())
        """Signed in as a user; without, only what everybody may read is had (no inbox)."""
        self._quota = quota_of(f"{settings.reddit_oauth_url or OAUTH}|{client_id}|{settings.reddit_username}")
        self._reddit = quiet_reddit(settings, self._quota)

    @property
    def requests(self) -> int:
        """Requests made so far, sign-ins included."""
        return self._requestor.made

    def waiting_until(self) -> datetime | None:
        """When Reddit lets these keys ask again (aware UTC); None = now."""
        return self._quota.waiting_until()

    def get(self, path: str, **params: str | int) -> Any:
        """Reddit's answer to one GET, parsed and otherwise as it came. Raises `ListenerError`, and nothing else."""
        return self._ask("GET", path, params=params)

    def read_by_post(self, path: str, **form: str) -> Any:
        """The same for the one read that praw itself makes by POST (morechildren). Changes nothing at Reddit."""
        return self._ask("POST", path, data=form)

    def _ask(self, method: str, path: str, **what: Any) -> Any:
        for renewed in (False, True):
            try:
                return self._reddit.request(method=method, path=path, **what)
            except ListenerError:
                raise
            except Exception as failure:
                # A sign-in lasts an hour: prawcore has dropped the old one, the next request gets a new one.
                if self._requestor.status == requests.codes.unauthorized and not renewed:
                    continue
                raise translated(failure, self._requestor.status) from failure
        raise AssertionError("the second try returns or raises")

    @property
    def _requestor(self) -> "QuietRequestor":
        core: Any = self._reddit._core
        requestor: QuietRequestor = core.requestor
        return requestor


def quiet_reddit(settings: Settings, quota: Quota) -> praw.Reddit:
    """A praw.Reddit that takes everything from the settings and neither sleeps nor retries. Makes no request yet."""
    if bool(settings.reddit_url) != bool(settings.reddit_oauth_url):
        raise BadTarget(
            "set both QUARTERDECK_REDDIT_URL and QUARTERDECK_REDDIT_OAUTH_URL, or neither: keys go to one place"
        )
    with Config.LOCK:
        Config.CONFIG = _packaged_config()
    try:
        reddit = praw.Reddit("DEFAULT", **_requestor(settings, quota), **_identity(settings))
    except Exception as failure:
        raise Refused(
            f"praw refuses the settings ({type(failure).__name__}); check QUARTERDECK_REDDIT_CLIENT_ID, "
            "_CLIENT_SECRET and _USER_AGENT"
        ) from failure
    cores: list[Any] = [reddit._core, reddit._read_only_core]
    for core in cores:
        core._rate_limiter = NoWaiting(window_size=600)
        core._retry_strategy_class = NoRetry
    return reddit


class QuietRequestor(prawcore.Requestor):
    """Every request of praw passes here: bounded in time, no redirects, rates heard, bad statuses told apart."""

    def __init__(self, *, quota: Quota, seconds: float, **kwargs: Any) -> None:
        """`seconds` bounds both silence and the whole answer; praw's own timeout setting has no effect."""
        self.made = 0
        self.status = 0
        """HTTP status of the last answer; 0 when there was none."""
        self._quota = quota
        session = requests.Session()
        for scheme in ("http://", "https://"):
            session.mount(scheme, Wire("", (min(CONNECT_SECONDS, seconds), seconds), deadline=seconds))
        super().__init__(session=session, **kwargs)

    def request(self, *args: Any, timeout: object = None, **kwargs: Any) -> requests.Response:
        """One request, once. Raises `RateLimited` without asking while Reddit wants us to wait."""
        self._quota.check()
        self.status = 0
        self.made += 1
        kwargs["allow_redirects"] = False
        response = super().request(*args, **kwargs)
        self.status = response.status_code
        self._quota.hear(response.headers)
        refuse_bad_status(response, self._quota)
        return response


class NoWaiting(RateLimiter):
    """Does nothing where prawcore's own sleeps up to ten minutes inside a call: `Quota` refuses instead."""

    def delay(self) -> None:
        """Do not sleep."""

    def update(self, *, response_headers: object) -> None:
        """Do not read the headers either: prawcore's reading raises on any it does not expect."""


class NoRetry(FiniteRetryStrategy):
    """One request is one request; the worker tries again when it is due."""

    def __init__(self, retries: int = 0) -> None:
        super().__init__(retries=0)

    def _sleep_seconds(self) -> None:
        return None


def translated(failure: Exception, status: int) -> ListenerError:
    """The room's own error for anything praw, prawcore or requests raise; `status` is the last answer's, 0 = none."""
    if isinstance(failure, prawcore.OAuthException):
        return Refused(
            "Reddit does not sign us in; check QUARTERDECK_REDDIT_USERNAME and _PASSWORD, and that the account has no "
            "second factor and is a developer of the app"
        )
    if status == requests.codes.unauthorized:
        return Refused("Reddit does not accept our sign-in (401); check QUARTERDECK_REDDIT_USERNAME and _PASSWORD")
    if isinstance(failure, prawcore.RequestException):
        return _unsent(failure.original_exception)
    return Unreachable(f"Reddit gave an answer that cannot be read ({type(failure).__name__}); it is tried again")


def _unsent(cause: Exception) -> ListenerError:
    if isinstance(cause, requests.exceptions.InvalidHeader | UnicodeError):
        return Refused("QUARTERDECK_REDDIT_USER_AGENT holds characters that no request can carry; use plain ASCII")
    return Unreachable(f"Reddit cannot be reached ({type(cause).__name__}); it is tried again")


def _requestor(settings: Settings, quota: Quota) -> dict[str, Any]:
    return {
        "requestor_class": QuietRequestor,
        "requestor_kwargs": {"quota": quota, "seconds": settings.fetch_timeout},
    }


def _identity(settings: Settings) -> dict[str, Any]:
    """Every value praw would else look for in the environment or in an ini file, said outright."""
    return {
        "client_id": settings.reddit_client_id.get_secret_value(),
        "client_secret": settings.reddit_client_secret.get_secret_value() or None,
        "username": settings.reddit_username or None,
        "password": settings.reddit_password.get_secret_value() or None,
        "refresh_token": None,
        "redirect_uri": None,
        "user_agent": user_agent(settings),
        "oauth_url": settings.reddit_oauth_url or OAUTH,
        "reddit_url": settings.reddit_url or WWW,
        "check_for_updates": False,
        "check_for_async": False,
        "ratelimit_seconds": 0,
        "timeout": int(settings.fetch_timeout) or 1,
    }


def _packaged_config() -> configparser.ConfigParser:
    """praw's own defaults only: praw.ini of the working or the home folder could send our keys elsewhere."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(files("praw").joinpath("praw.ini").read_text(encoding="utf-8"))
    return parser
