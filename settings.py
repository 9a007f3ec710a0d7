"""Every setting, its default and its meaning, read once from the environment, .env and quarterdeck.toml.

Comes in: environment variables (first), then `.env`, then `quarterdeck.toml`, both in QUARTERDECK_CONFIG or, without
it, in QUARTERDECK_DATA. Goes out: one frozen `Settings`. Never read from the current folder, and never prints a secret.
"""

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from dotenv.parser import parse_stream
from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

Words = Annotated[tuple[str, ...], NoDecode]
"""A comma-separated list in the environment, a tuple in Python."""
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LONGEST_DAYS = 36_500
"""A hundred years: beyond that a number of days is a slip of the finger."""
APPROVABLE = (
    "*", "crisis", "churn", "complaint", "question", "purchase", "suggestion", "praise", "promo", "chatter",
    "urgent", "high", "normal", "low",
)  # fmt: skip
"""Intents and bands, by name: no room is imported here, so that settings cost a command nothing."""
LEARNABLE = ("reddit", "blog")
"""Platforms whose posts a classifier may learn from."""
NOT_FROM_X = "X's terms forbid training on its posts, so nothing is learned from x; leave it out"


class SettingsError(Exception):
    """The settings cannot be used. One line a problem, saying which and what to write; never a value."""


class Settings(BaseSettings):
    """What this installation was told. Names in the environment carry the prefix QUARTERDECK_; empty = default."""

    model_config = SettingsConfigDict(
        env_prefix="QUARTERDECK_", frozen=True, extra="ignore", populate_by_name=True, allow_inf_nan=False
    )

    data: Path = Field(default_factory=lambda: user_data_path("quarterdeck", appauthor=False))
    """Where the embedded database and everything else that must be kept lies."""
    database_url: str = Field(default="", validation_alias="DATABASE_URL", repr=False)
    """sqlite:///… or postgresql://…; empty = quarterdeck.sqlite in the data folder."""
    brand: str = "My brand"
    """The name the first brand gets."""
    allow_addresses: Words = ()
    """Exact host:port pairs that fetching may reach although they are private."""
    trusted_proxies: Words = ()
    """Addresses of the reverse proxies before the workspace; only what they say about https and the visitor counts."""

    x_url: str = ""
    """Address of the X API; empty = the real one."""
    reddit_url: str = ""
    """Address of Reddit's website (feeds, sign-in of the API); empty = the real one."""
    reddit_oauth_url: str = ""
    """Address of Reddit's API; empty = the real one."""
    x_bearer_token: SecretStr = SecretStr("")
    """The app's key of X: reading only."""
    x_consumer_key: SecretStr = SecretStr("")
    """With the next three, the keys of our own account on X: its mentions and its own posts at the lower price."""
    x_consumer_secret: SecretStr = SecretStr("")
    x_access_token: SecretStr = SecretStr("")
    x_access_token_secret: SecretStr = SecretStr("")
    x_daily_usd: float = Field(default=1.0, ge=0)
    """What one X source may spend in a UTC day, in US dollars; it stops there and says so."""
    reddit_client_id: SecretStr = SecretStr("")
    """With the next four, the keys of our Reddit app and account; without them the public feeds are read."""
    reddit_client_secret: SecretStr = SecretStr("")
    reddit_username: str = ""
    reddit_password: SecretStr = SecretStr("")
    reddit_user_agent: str = ""
    """As Reddit asks: <platform>:<app id>:<version> (by /u/<name>)."""

    model: str = ""
    """Another model that reads: a folder or a hub name (docs/other-models.md); empty = the shipped one."""
    model_labels: str = ""
    """What its labels mean, where they do not say so: LABEL_0=negative,LABEL_1=neutral,LABEL_2=positive."""

    read_after_seconds: float = Field(default=60, ge=0, le=LONGEST_DAYS * 86_400)
    """A mention still unread after this many seconds opens by rule, marked "not read yet"."""
    needs_reply_at: float = Field(default=0.5, ge=0, le=1)
    """A wait needs an answer if the reading's needs_reply reaches this."""
    review_below: float = Field(default=0.5, ge=0, le=1)
    """A reading less sure than this stands in the review view until somebody has looked at it."""
    learn_from: Words = ("reddit", "blog")
    """Platforms whose corrections the reading learns from; empty in the environment = default, "none" = learn nothing.
    x is refused: its terms forbid training on its posts."""
    learn_every: int = Field(default=20, ge=5, le=10_000)
    """After so many newly looked-at mentions the light head is fitted anew."""
    history_hours: float = Field(default=48, ge=0, le=LONGEST_DAYS * 24)
    """A mention older than its source, or imported, enters the queue only if younger than this."""
    follow_days: float = Field(default=7, ge=0, le=LONGEST_DAYS)
    """How long after resolving the thread of a conversation is still fetched."""
    target_minutes_urgent: float = Field(default=30, gt=0, le=LONGEST_DAYS * 1440)
    """The first response time promised in the band urgent, in minutes; the next three for the other bands."""
    target_minutes_high: float = Field(default=60, gt=0, le=LONGEST_DAYS * 1440)
    target_minutes_normal: float = Field(default=240, gt=0, le=LONGEST_DAYS * 1440)
    target_minutes_low: float = Field(default=1440, gt=0, le=LONGEST_DAYS * 1440)
    priority_severity: int = Field(default=40, ge=0)
    """The most points of 100 that a conversation gets for how bad silence would be; the next four for the other parts
    of its priority. All five together make 100."""
    priority_intent: int = Field(default=25, ge=0)
    priority_waiting: int = Field(default=20, ge=0)
    priority_addressed: int = Field(default=10, ge=0)
    priority_reach: int = Field(default=5, ge=0)
    grace_seconds: float = Field(default=10, ge=0, le=600)
    """How long an approved reply waits before it goes out, with Undo, in seconds."""
    approve_intents: Words = ()
    """Intents and bands whose replies a manager must approve first; "*" = every reply."""
    x_reply_daily_usd: float = Field(default=5.0, ge=0)
    """What our replies on X may cost in a UTC day, in US dollars; further ones go back to their writers."""
    fetch_timeout: float = Field(default=30, gt=0)
    """Overall deadline of one fetch of a feed, in seconds."""
    fetch_max_bytes: int = Field(default=5_000_000, gt=0)
    """Largest body of a feed that is read, decoded, in bytes."""
    parse_timeout: float = Field(default=20, gt=0)
    """Deadline of parsing one feed in its child process, in seconds."""
    log_level: LogLevel = "INFO"
    """The least important line that is logged."""

    @model_validator(mode="before")
    @classmethod
    def _empty_means_default(cls, told: Any) -> Any:
        clean = {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}
        return {name: value for name, value in clean.items() if value != ""}

    @field_validator("data")
    @classmethod
    def _folder(cls, value: Path) -> Path:
        return _absolute(value)

    @field_validator("allow_addresses", "trusted_proxies", "approve_intents", "learn_from", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(w.strip() for w in value.split(",") if w.strip()) if isinstance(value, str) else value

    @field_validator("allow_addresses")
    @classmethod
    def _pairs(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pair in value:
            host, _, port = pair.rpartition(":")
            if not host or "/" in pair or not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
                raise ValueError("give host:port pairs with a comma between them, such as 127.0.0.1:8765")
        return value

    @field_validator("approve_intents")
    @classmethod
    def _intents_and_bands(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        told = tuple(word.lower() for word in value)
        if not set(told) <= set(APPROVABLE):
            raise ValueError(f"give intents or bands with a comma between them, out of {', '.join(APPROVABLE)}")
        return told

    @field_validator("learn_from")
    @classmethod
    def _teachers(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        told = tuple(dict.fromkeys(word.lower() for word in value))
        if {"x", "twitter"} & set(told):
            raise ValueError(NOT_FROM_X)
        if told == ("none",):
            return ()
        if not set(told) <= set(LEARNABLE):
            raise ValueError(f"give platforms with a comma between them, out of {', '.join(LEARNABLE)}; or none")
        return told

    @field_validator("x_url", "reddit_url", "reddit_oauth_url")
    @classmethod
    def _origin(cls, value: str) -> str:
        if value and not (value.startswith(("http://", "https://")) and _host(value)):
            raise ValueError("give an address that begins with http:// or https://")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _parts_of_a_hundred(self) -> "Settings":
        parts = {name: getattr(self, name) for name in type(self).model_fields if name.startswith("priority_")}
        if sum(parts.values()) != 100:
            names = ", ".join(environment_name(name) for name in parts)
            raise ValueError(f"{names}: the five together must make 100, and they make {sum(parts.values())}")
        return self

    @field_validator("log_level", mode="before")
    @classmethod
    def _capitals(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        return normalised_database_url(value) if value else value

    @property
    def database(self) -> str:
        """The database address with its driver: the embedded file by default. May hold a password."""
        url = make_url(self.database_url or "sqlite:///quarterdeck.sqlite")
        if url.get_backend_name() == "sqlite":
            url = url.set(database=str(self.data / str(url.database)))  # an absolute path stays as it is
        return url.render_as_string(hide_password=False)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order of belief: what code said, the environment, .env, quarterdeck.toml."""
        folder = config_folder()
        return (
            init_settings,
            env_settings,
            DotEnvSettingsSource(settings_cls, env_file=folder / ".env", env_file_encoding="utf-8-sig"),
            TomlConfigSettingsSource(settings_cls, toml_file=folder / "quarterdeck.toml"),
        )


def config_folder() -> Path:
    """The folder that may hold .env and quarterdeck.toml. Raises `SettingsError` where ~ means nothing."""
    told = os.environ.get("QUARTERDECK_CONFIG") or os.environ.get("QUARTERDECK_DATA")
    if not told:
        return user_data_path("quarterdeck", appauthor=False)
    try:
        return _absolute(Path(told))
    except ValueError as error:
        raise SettingsError(f"QUARTERDECK_CONFIG, QUARTERDECK_DATA: {error}") from None


def normalised_database_url(value: str) -> str:
    """The address with the driver we use: psycopg 3 for every spelling of PostgreSQL. ValueError says what is wrong."""
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):  # its own words may hold the password
        raise ValueError("this is no database address; use sqlite:///… or postgresql://…") from None
    backend = url.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    if backend != "sqlite":
        raise ValueError(f"Quarterdeck does not run on {backend}; use sqlite:///… or postgresql://…")
    if url.database in (None, "", ":memory:"):
        raise ValueError("a database in memory would forget everything; name a file: sqlite:////path/to/file.sqlite")
    return url.set(drivername="sqlite").render_as_string(hide_password=False)


def environment_name(field: str) -> str:
    """How a setting is called in the environment and in .env."""
    return "DATABASE_URL" if field.lower() == "database_url" else f"QUARTERDECK_{field.upper()}"


@cache
def settings() -> Settings:
    """The settings of this process, read at the first call. Raises `SettingsError`, which names every problem."""
    folder = config_folder()
    problems = [*_wrong_in_dotenv(folder / ".env"), *_wrong_in_toml(folder / "quarterdeck.toml")]
    if not problems:
        try:
            return Settings()
        except ValidationError as error:
            problems = [_problem(e["loc"], _said(e["msg"])) for e in error.errors()]
    raise SettingsError("\n".join(problems)) from None


def _problem(place: tuple[int | str, ...], said: str) -> str:
    """One line; what concerns several settings names them itself."""
    return f"{environment_name(str(place[0]))}: {said}" if place else said


def _said(message: str) -> str:
    return message.removeprefix("Value error, ").replace("Input should be", "it should be")


def _wrong_in_dotenv(path: Path) -> list[str]:
    """Lines that are no NAME=value, by number only: they may hold a key."""
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig") as file:
            wrong = [b.original.line for b in parse_stream(file) if b.error or (b.key and b.value is None)]
    except (OSError, UnicodeDecodeError) as error:
        return [f"{path} cannot be read: {_why(error)}"]
    return [f"{path}, line {line}: write NAME=value" for line in wrong]


def _wrong_in_toml(path: Path) -> list[str]:
    """What is no TOML, or names no setting: a slip there would otherwise be a setting that silently does nothing."""
    if not path.exists():
        return []
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        return [f"{path} is not TOML: {error}"]
    except (OSError, UnicodeDecodeError) as error:
        return [f"{path} cannot be read: {_why(error)}"]
    known = {*Settings.model_fields, "DATABASE_URL"}
    return [f"{path}: there is no setting {name!r}; docs/settings.md lists them" for name in told if name not in known]


def _why(error: OSError | UnicodeDecodeError) -> str:
    return "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error.strerror)


def _absolute(path: Path) -> Path:
    try:
        return path.expanduser().absolute()
    except RuntimeError:
        raise ValueError("~ has no meaning here; write the whole path") from None


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
