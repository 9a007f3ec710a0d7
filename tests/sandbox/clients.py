"""The real clients, pointed at a sandbox. Nothing of theirs is patched."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
import praw
import prawcore
import requests
import tweepy
from prawcore.sessions import FiniteRetryStrategy

from sandbox.keys import Keys
from sandbox.server import Sandbox

AGENT = "linux:org.example.quarterdeck-tests:v1 (by /u/tarnbrook_team)"


class RedirectOrigin(requests.adapters.HTTPAdapter):
    """Sends what is meant for X to another address, with a timeout, and says whom it was meant for."""

    def __init__(self, origin: str, timeout: tuple[float, float] = (5, 5)) -> None:
        self.origin, self.timeout = urlsplit(origin), timeout
        super().__init__()

    def send(self, request: Any, stream: bool = False, timeout: Any = None, *rest: Any, **more: Any) -> Any:
        meant = urlsplit(request.url)
        request.url = urlunsplit((self.origin.scheme, self.origin.netloc, meant.path, meant.query, ""))
        request.headers["X-Original-Host"] = meant.netloc
        return super().send(request, stream, timeout or self.timeout, *rest, **more)


def x_client(sandbox: Sandbox, return_type: type = dict, **more: Any) -> tweepy.Client:
    """tweepy with the sandbox's keys; `bearer_token=None` leaves the app token out."""
    keys: Keys = sandbox.world.keys
    given: dict[str, Any] = {
        "bearer_token": keys.x_bearer,
        "consumer_key": keys.x_consumer_key,
        "consumer_secret": keys.x_consumer_secret,
        "access_token": keys.x_access_token,
        "access_token_secret": keys.x_access_token_secret,
    }
    client = tweepy.Client(**(given | more), return_type=return_type)
    for host in ("https://api.twitter.com", "https://api.x.com"):
        client.session.mount(host, RedirectOrigin(sandbox.url))
    return client


def reddit_client(sandbox: Sandbox, **more: Any) -> Any:
    """praw with the sandbox's keys, signed in as the brand. Any, because praw's annotations deny what it does."""
    keys = sandbox.world.keys
    given: dict[str, Any] = {
        "client_id": keys.reddit_client_id,
        "client_secret": keys.reddit_client_secret,
        "username": "tarnbrook_team",
        "password": keys.reddit_password,
        "user_agent": AGENT,
        "check_for_updates": False,
    }
    return praw.Reddit(oauth_url=sandbox.url, reddit_url=sandbox.url, **(given | more))


def get(sandbox: Sandbox, path: str, **more: Any) -> httpx.Response:
    """One public request with an honest User-Agent."""
    headers = {"User-Agent": AGENT} | more.pop("headers", {})
    return httpx.get(sandbox.url + path, headers=headers, timeout=60, **more)


class NoRetry(FiniteRetryStrategy):
    """praw repeats a POST by itself unless told not to."""

    def __init__(self, retries: int = 0) -> None:
        super().__init__(retries=0)

    def _sleep_seconds(self) -> None:
        return None


class Impatient(prawcore.Requestor):
    """praw waits 16 seconds unless told not to."""

    patience = 60.0

    def request(self, *given: Any, timeout: Any = None, **more: Any) -> Any:
        return super().request(*given, timeout=self.patience, **more)


def reddit_writer(sandbox: Sandbox, **more: Any) -> Any:
    """praw as whoever answers uses it: one request per call, an end to waiting, no pause for RATELIMIT."""
    made = reddit_client(sandbox, requestor_class=Impatient, **more)
    made._core._retry_strategy_class = NoRetry
    return made
