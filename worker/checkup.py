"""WORKER: what is configured, reachable and wrong, and how to mend it. Comes in: nothing. Goes out: findings, in order.

Prints no secret and changes nothing but a missing schema.
"""

import socket
import sys
from collections.abc import Iterator
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlmodel import Session

from listeners.table import origin
from models import Source
from models.database import DatabaseError
from models.values import Platform, SourceState
from settings import Settings, SettingsError, config_folder, settings
from triage.reading import classify
from triage.reading.other import Found, Hub, ModelRefused, NotFetched, look_up
from worker.house import open_house
from worker.sources import list_sources

State = Literal["good", "note", "wrong"]


class Finding(NamedTuple):
    """One thing looked at."""

    state: State
    """good; note = works, but somebody should know; wrong = something needed does not work."""
    what: str
    found: str
    mend: str = ""


def check_up(*, offline: bool) -> list[Finding]:
    """Look at everything. `offline`: open no connection to a platform."""
    return list(_look(offline))


def _look(offline: bool) -> Iterator[Finding]:
    yield Finding("good", "Python", sys.version.split()[0])
    yield Finding("good", "settings are read from", f"the environment, {config_folder() / '.env'}, "
                  f"{config_folder() / 'quarterdeck.toml'}")  # fmt: skip
    try:
        told = settings()
    except SettingsError as error:
        for problem in str(error).splitlines():
            yield Finding("wrong", "settings", problem, "Correct it; docs/settings.md lists every setting.")
        return
    yield Finding("good", "data folder", str(told.data))
    yield from _database(told, offline)
    yield from _keys(told)
    yield from _reading(told, offline)


def _database(told: Settings, offline: bool) -> Iterator[Finding]:
    where = make_url(told.database).render_as_string(hide_password=True)
    try:
        database = open_house(told)
    except DatabaseError as error:
        yield Finding("wrong", "database", str(error), "Check DATABASE_URL and QUARTERDECK_DATA.")
        return
    yield Finding("good", "database", f"{where}, schema {database.version()}")
    with database.reading() as session:
        yield from _sources(session, told)
        if not offline:
            yield from _reachable(session, told)
    database.close()


def _sources(session: Session, told: Settings) -> Iterator[Finding]:
    found = list_sources(session)
    if not found:
        yield Finding("note", "sources", "none", "quarterdeck source add feed ADDRESS --match WORDS")
    for source, gaps in found:
        name = f"source {source.id} ({source.kind.value} {source.name or source.target})"
        if source.origin != origin(source.kind.platform, told):
            yield Finding("wrong", name, f"belongs to {source.origin or 'the real platform'}",
                          "Correct QUARTERDECK_X_URL or QUARTERDECK_REDDIT_URL, or add the source again.")  # fmt: skip
        else:
            yield _health(name, source, gaps)


def _health(name: str, source: Source, gaps: int) -> Finding:
    if source.failures:
        return Finding("wrong", name, f"failed {source.failures} times: {source.last_error}",
                       f"Mend it, then `quarterdeck source resume {source.id}`.")  # fmt: skip
    if source.state == SourceState.PAUSED:
        return Finding("note", name, source.last_error or "paused", f"`quarterdeck source resume {source.id}`")
    if gaps:
        return Finding("note", name, f"{gaps} stretches are not fetched yet", "The next polls fill them.")
    if source.last_success_at is None:
        return Finding("note", name, "not polled yet", "Run `quarterdeck worker`.")
    return Finding("good", name, f"last success {source.last_success_at:%Y-%m-%d %H:%M} UTC")


def _reachable(session: Session, told: Settings) -> Iterator[Finding]:
    kinds = {s.kind.platform for s, _ in list_sources(session)}
    addresses = {
        Platform.X: told.x_url or "https://api.x.com",
        Platform.REDDIT: told.reddit_url or "https://www.reddit.com",
    }
    for platform, address in addresses.items():
        if platform in kinds:
            yield _reach(platform, address)


def _reach(platform: Platform, address: str) -> Finding:
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), timeout=5).close()
    except OSError as error:
        return Finding("wrong", f"{platform} at {address}", f"cannot be reached: {error.strerror or error}",
                       "Check the network; nothing is lost, polls are tried again.")  # fmt: skip
    return Finding("good", f"{platform} at {address}", "can be reached")


def _keys(told: Settings) -> Iterator[Finding]:
    user = [told.x_consumer_key, told.x_consumer_secret, told.x_access_token, told.x_access_token_secret]
    held = [bool(k.get_secret_value()) for k in user]
    if any(held) and not all(held):
        yield Finding(
            "wrong",
            "X keys",
            "some of the four user keys are missing",
            "Set QUARTERDECK_X_CONSUMER_KEY, _X_CONSUMER_SECRET, _X_ACCESS_TOKEN, _X_ACCESS_TOKEN_SECRET.",
        )
    elif all(held) or told.x_bearer_token.get_secret_value():
        what = "user keys" if all(held) else "a bearer token: reading only"
        yield Finding("good", "X keys", f"{what}; at most {told.x_daily_usd:.2f} USD a day and source")
    else:
        yield Finding("note", "X keys", "none: X is not read", "README, Keys for X")
    yield _reddit_keys(told)


def _reddit_keys(told: Settings) -> Finding:
    """A user name alone is no key: it only says who asks."""
    keys = {
        "_CLIENT_ID": told.reddit_client_id.get_secret_value(),
        "_CLIENT_SECRET": told.reddit_client_secret.get_secret_value(),
        "_USERNAME": told.reddit_username,
        "_PASSWORD": told.reddit_password.get_secret_value(),
    }
    missing = [f"QUARTERDECK_REDDIT{name}" for name, key in keys.items() if not key]
    if not any(key for name, key in keys.items() if name != "_USERNAME"):
        return Finding("note", "Reddit keys", "none: the public feeds are read, answers are handed off")
    if missing:
        return Finding("wrong", "Reddit keys", "incomplete", f"Set {', '.join(missing)}.")
    return Finding("good", "Reddit keys", f"for u/{told.reddit_username}")


def _reading(told: Settings, offline: bool) -> Iterator[Finding]:
    """Another model's files and labels, if one is named; then whether what reads can read. May fetch the model."""
    if told.model:
        try:
            found = look_up(told.model, told.model_labels, hub=Hub(fetches=not offline))
        except ModelRefused as error:
            absent = offline and isinstance(error, NotFetched)
            yield Finding("note" if absent else "wrong", "other model", str(error), "See docs/other-models.md.")
            return
        yield _labels(found)
    elif told.model_labels:
        yield Finding("note", "other model", "QUARTERDECK_MODEL_LABELS without QUARTERDECK_MODEL does nothing")
    yield _model()


def _labels(found: Found) -> Finding:
    what = f"{found.name}: {found.labels}; the shipped model says all else"
    if {"negative", "positive"} <= set(found.labels.said) and "neutral" not in found.labels.said:
        return Finding("note", "other model", what, "It knows no neutral: expect too much negative and positive.")
    return Finding("good", "other model", what)


def _model() -> Finding:
    try:
        version = classify(["The kettle leaks and nobody answers."])[0].model_version
    except ModelRefused as error:
        return Finding("wrong", "model", str(error), "See docs/other-models.md.")
    except Exception as error:  # noqa: BLE001  (whatever is wrong with the weights is the finding)
        return Finding("wrong", "model", f"cannot read: {type(error).__name__}", "Install Quarterdeck again.")
    return Finding("good", "model", version)
