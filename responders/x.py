"""RESPOND, X: one reply through tweepy, and a look at our own timeline for it.

Comes in: an `Order`. Goes out: a `Report` of one request, or what our timeline shows. It never posts anything but the
order's text under the order's parent, and never asks twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import requests
import tweepy

from listeners.errors import ListenerError, RateLimited
from listeners.post import Post, Writer
from listeners.x import own
from listeners.x_account import Account, account
from listeners.x_client import CLIENT_ERRORS, XApi
from listeners.x_errors import wait_told, words_of
from listeners.x_ids import is_id, time_of
from listeners.x_money import OWNED_POST_USD, OutOfMoney, Purse, next_day
from listeners.x_pages import walk
from listeners.x_post import TWEET_FIELDS, post_url, read_answer, read_post
from listeners.x_wire import Timeout
from models.response import AttemptOutcome
from models.values import Platform
from responders.order import Looked, Order
from responders.outcome import Report, Wired, plain_outcome, unclear, unsent
from responders.wire import TIMEOUT, GatedWire, TooLate, gated
from settings import Settings

PATH = "/2/tweets"
PAGES = 3
"""Pages of 100 own posts a look reads at most; our reply is among the newest."""

_whose: dict[tuple[str, str], Account] = {}
"""Address and token → the account they belong to: asking costs money, so one process asks once."""


class XShot:
    """One reply on X, ready to go."""

    def __init__(self, order: Order, settings: Settings, timeout: Timeout = TIMEOUT) -> None:
        self._order = order
        self._wire = GatedWire(settings.x_url, timeout)
        self._client = tweepy.Client(
            None,
            settings.x_consumer_key.get_secret_value(),
            settings.x_consumer_secret.get_secret_value(),
            settings.x_access_token.get_secret_value(),
            settings.x_access_token_secret.get_secret_value(),
            return_type=requests.Response,
            wait_on_rate_limit=False,
        )
        self._client.session.max_redirects = 0  # a 307 would be answered by posting again
        for scheme in ("https://", "http://"):
            self._client.session.mount(scheme, self._wire)

    def fire(self, in_time: Callable[[], bool]) -> Report:
        """Send the one request; see `Shot`."""
        error = ""
        with gated(PATH, in_time) as gate:
            try:
                self._client.create_tweet(
                    text=self._order.text, in_reply_to_tweet_id=self._order.parent_id, user_auth=True
                )
            except (*CLIENT_ERRORS, TooLate) as failure:
                error = type(failure).__name__
        return read_report(self._order, wired(self._wire, written=gate.written, late=gate.late, error=error))

    def close(self) -> None:
        """Give connections back."""
        self._client.session.close()


def wired(wire: GatedWire, *, written: bool, late: bool, error: str) -> Wired:
    """What passed over the wire."""
    answer = wire.last
    if answer is None:
        return Wired(written=written, late=late, error=error)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    body, words = (_json(answer), words_of(answer)) if wire.whole else (None, "")
    return Wired(
        written=written, late=late, status=answer.status_code, whole=wire.whole, headers=headers, body=body,
        words=words, error=error,
    )  # fmt: skip


def read_report(order: Order, seen: Wired) -> Report:
    """What X's answer means. Pure but for the time a rate limit ends."""
    outcome = plain_outcome(seen)
    if outcome is None:
        return _by_body(order, seen)
    if outcome == AttemptOutcome.NOT_FIRED:
        return unsent(seen, "X")
    if outcome == AttemptOutcome.LATER:
        return _later(seen)
    if outcome == AttemptOutcome.REFUSED:
        return _refused(seen)
    return unclear(seen, "X")


def _by_body(order: Order, seen: Wired) -> Report:
    if seen.status == 403:
        if "duplicate" in seen.words.lower():
            return Report(
                outcome=AttemptOutcome.AMBIGUOUS,
                said="X says that we have posted these words already. We look whether it was here.",
            )
        return _refused(seen)
    data = seen.body.get("data") if isinstance(seen.body, Mapping) else None
    post_id = data.get("id") if isinstance(data, Mapping) else None
    if not is_id(post_id):
        return unclear(seen, "X")
    return Report(outcome=AttemptOutcome.SENT, post=_sent(order, dict(data or {})))


def _sent(order: Order, data: Mapping[str, Any]) -> Post:
    """Our reply by X's short answer: the id holds the platform's time."""
    told = read_post({"id": data["id"], "text": data.get("text"), "created_at": data.get("created_at")}, {})
    handle = "" if order.handle.isdigit() else order.handle
    return Post(
        platform=Platform.X,
        external_id=told.external_id,
        author=Writer(handle=order.handle, external_id=order.account_external_id),
        text=told.text or order.text,
        url=post_url(handle, told.external_id),
        posted_at=told.posted_at or time_of(told.external_id),
        thread_id=order.thread_id,
        parent_id=order.parent_id,
    )


def _refused(seen: Wired) -> Report:
    told = f" X says: {seen.words}" if seen.words else ""
    return Report(outcome=AttemptOutcome.REFUSED, said=f"X does not take it ({seen.status}).{told}")


def _later(seen: Wired) -> Report:
    if seen.status == 429:
        until = datetime.now(UTC) + wait_told(requests.structures.CaseInsensitiveDict(seen.headers))
        said = f"X lets us post again at {until:%H:%M} UTC; it goes out then."
        return Report(outcome=AttemptOutcome.LATER, said=said, retry_at=until)
    what = "does not accept our keys (401). Check the QUARTERDECK_X_… settings"
    if seen.status == 402:
        what = "says that our account has no credits left (402). Add credits in X's developer console"
    return Report(outcome=AttemptOutcome.LATER, said=f"X {what}; it is tried again.")


def look(order: Order, settings: Settings, budget_usd: float) -> Looked:
    """Look for the reply among our newest posts. Raises `ListenerError` when the look could not be made whole."""
    with XApi(settings) as api:
        purse = Purse(budget_usd, api.now().date())
        try:
            who = own_account(api, purse, settings)
        except OutOfMoney:
            raise out_of_money(api.now()) from None
        seen = walk(api, own(who), purse, since=order.parent_id if is_id(order.parent_id) else "", pages=PAGES)
        posts = [p for answer in seen.answers for p in read_answer(answer).posts]
        found = next((p for p in posts if order.is_answered_by(p)), None)
        if found is None and seen.error is not None:
            raise seen.error
        if found is None and seen.out_of_money:
            raise out_of_money(api.now())
        return Looked(_named(found, who, order.handle) if found else None, round(purse.spent, 6))


def find_post(order: Order, external_id: str, settings: Settings, budget_usd: float) -> Looked:
    """One post by its id, if X shows it and it is ours. Raises `ListenerError`."""
    with XApi(settings) as api:
        purse = Purse(budget_usd, api.now().date())
        try:
            who = own_account(api, purse, settings)
        except OutOfMoney:
            raise out_of_money(api.now()) from None
        answer = api.get(PATH, {"ids": [external_id], "tweet.fields": TWEET_FIELDS}, as_user=True, partial=True)
        posts = [p for p in read_answer(answer).posts if p.author.external_id == who.id]
        purse.pay((f"p{p.external_id}" for p in posts), OWNED_POST_USD)
        return Looked(_named(posts[0], who, order.handle) if posts else None, round(purse.spent, 6))


def own_account(api: XApi, purse: Purse, settings: Settings) -> Account:
    """The account the keys belong to; asked once a process where the token does not say."""
    token = settings.x_access_token.get_secret_value()
    user_id = token.split("-")[0]
    if is_id(user_id):
        return Account(user_id, "", owned=True)
    key = (settings.x_url, token)
    if key not in _whose:
        _whose[key] = account(api, purse, "", None)
    return _whose[key]


def out_of_money(now: datetime) -> ListenerError:
    """Why a look waits for tomorrow."""
    return RateLimited("the money for looking is spent for today", retry_at=next_day(now))


def _named(post: Post, who: Account, otherwise: str) -> Post:
    """Our own timeline is asked without its author, who would cost ten times the post."""
    handle = who.handle or otherwise
    shown = "" if handle.isdigit() else handle
    return replace(post, author=Writer(handle=handle, external_id=who.id), url=post_url(shown, post.external_id))


def _json(answer: requests.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None
