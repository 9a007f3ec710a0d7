"""Every setting, its default and its meaning, read once from the environment, .env and quarterdeck.toml.

Comes in: environment variables (first), then `.env`, then `quarterdeck.toml`, both in QUARTERDECK_CONFIG or, without
it, in QUARTERDECK_DATA. Goes out: one frozen `Settings`. Never read from the current folder, and never prints a secret.
"""

import os
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationInfo, field_validator
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


class Settings(BaseSettings):
    """What this installation was told. Names in the environment carry the prefix QUARTERDECK_."""

    model_config = SettingsConfigDict(env_prefix="QUARTERDECK_", frozen=True, extra="ignore", populate_by_name=True)

    data: Path = Field(default_factory=lambda: user_data_path("quarterdeck", appauthor=False))
    """Where the embedded database and everything else that must be kept lies."""
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    """sqlite:///… or postgresql://…; empty = quarterdeck.sqlite in the data folder."""
    brand: str = "My brand"
    """The name the first brand gets."""
    allow_addresses: Words = ()
    """Exact host:port pairs that fetching may reach although they are private."""

    x_url: str = ""
    """Address of the X API; empty = the real one."""
    reddit_url: str = ""
    """Address of Reddit's website (feeds, sign-in of the API); empty = the real one."""
    reddit_oauth_url: str = ""
    """Address of Reddit's API; empty = the real one."""
    x_bearer_token: SecretStr = SecretStr("")
    x_consumer_key: SecretStr = SecretStr("")
    x_consumer_secret: SecretStr = SecretStr("")
    x_access_token: SecretStr = SecretStr("")
    x_access_token_secret: SecretStr = SecretStr("")
    x_daily_usd: float = Field(default=1.0, ge=0)
    """What one X source may spend in a UTC day, in US dollars; it stops there and says so."""
    reddit_client_id: SecretStr = SecretStr("")
    reddit_client_secret: SecretStr = SecretStr("")
    reddit_username: str = ""
    reddit_password: SecretStr = SecretStr("")
    reddit_user_agent: str = ""
    """As Reddit asks: <platform>:<app id>:<version> (by /u/<name>)."""

    read_after_seconds: float = 60
    """A mention still unread after this many seconds opens by rule, marked "not read yet"."""
    needs_reply_at: float = Field(default=0.5, ge=0, le=1)
    """A wait needs an answer if the reading's needs_reply reaches this."""
    history_hours: float = Field(default=48, ge=0)
    """A mention older than its source, or imported, enters the queue only if younger than this."""
    follow_days: float = Field(default=7, ge=0)
    """How long after resolving the thread of a conversation is still fetched."""
    target_minutes_urgent: float = Field(default=30, gt=0)
    target_minutes_high: float = Field(default=60, gt=0)
    target_minutes_normal: float = Field(default=240, gt=0)
    target_minutes_low: float = Field(default=1440, gt=0)
    fetch_timeout: float = Field(default=30, gt=0)
    """Overall deadline of one fetch of a feed, in seconds."""
    fetch_max_bytes: int = Field(default=5_000_000, gt=0)
    """Largest body of a feed that is read, decoded, in bytes."""
    parse_timeout: float = Field(default=20, gt=0)
    """Deadline of parsing one feed in its child process, in seconds."""
    log_level: str = "INFO"

    @field_validator("allow_addresses", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(w.strip() for w in value.split(",") if w.strip()) if isinstance(value, str) else value

    @field_validator("x_url", "reddit_url", "reddit_oauth_url")
    @classmethod
    def _origin(cls, value: str, info: ValidationInfo) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError(f"QUARTERDECK_{str(info.field_name).upper()} must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        return normalised_database_url(value) if value else value

    @property
    def database(self) -> str:
        """The database address with its driver, the embedded file by default."""
        return self.database_url or f"sqlite:///{self.data / 'quarterdeck.sqlite'}"

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
            DotEnvSettingsSource(settings_cls, env_file=folder / ".env"),
            TomlConfigSettingsSource(settings_cls, toml_file=folder / "quarterdeck.toml"),
        )


def config_folder() -> Path:
    """The folder that may hold .env and quarterdeck.toml."""
    told = os.environ.get("QUARTERDECK_CONFIG") or os.environ.get("QUARTERDECK_DATA")
    return Path(told) if told else user_data_path("quarterdeck", appauthor=False)


def normalised_database_url(value: str) -> str:
    """The address with the driver we use: psycopg 3 for every spelling of PostgreSQL. ValueError says what is wrong."""
    try:
        url = make_url(value)
    except ArgumentError:
        raise ValueError("DATABASE_URL is no database address; use sqlite:///… or postgresql://…") from None
    backend = url.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    if backend == "sqlite":
        return url.set(drivername="sqlite").render_as_string(hide_password=False)
    raise ValueError(f"DATABASE_URL names {backend}; Quarterdeck runs on sqlite:///… or postgresql://…")


@cache
def settings() -> Settings:
    """The settings of this process, read at the first call."""
    return Settings()
