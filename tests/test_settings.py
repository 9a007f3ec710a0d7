"""TESTS: where settings are read, in which order, and what is said when they are wrong."""

from pathlib import Path

import pytest

from models.values import Band, Intent
from settings import APPROVABLE, Settings, SettingsError, config_folder, normalised_database_url, settings
from triage.priority import PLAIN, Weights
from triage.rules import weights_told


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration folder that is neither the data folder nor the current one."""
    config = tmp_path / "config"
    config.mkdir()
    monkeypatch.setenv("QUARTERDECK_CONFIG", str(config))
    return config


def write(folder: Path, dotenv: str = "", toml: str = "") -> None:
    if dotenv:
        (folder / ".env").write_text(dotenv, encoding="utf-8")
    if toml:
        (folder / "quarterdeck.toml").write_text(toml, encoding="utf-8")


def told() -> Settings:
    settings.cache_clear()
    return settings()


def refusal() -> str:
    with pytest.raises(SettingsError) as refused:
        told()
    return str(refused.value)


def test_the_environment_goes_before_dotenv_and_dotenv_before_toml(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "QUARTERDECK_BRAND=env file\nQUARTERDECK_X_DAILY_USD=2\n", 'brand = "toml"\nfollow_days = 3\n')
    assert (told().brand, told().x_daily_usd, told().follow_days) == ("env file", 2.0, 3.0)
    monkeypatch.setenv("QUARTERDECK_BRAND", "environment")
    assert told().brand == "environment"


def test_without_a_config_folder_the_files_are_read_from_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTERDECK_DATA", str(tmp_path))
    write(tmp_path, "QUARTERDECK_BRAND=from the data folder\n")
    assert told().brand == "from the data folder"


def test_nothing_is_read_from_or_kept_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUARTERDECK_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    write(here, "QUARTERDECK_BRAND=stranger\nDATABASE_URL=sqlite:////stranger.sqlite\n", 'brand = "stranger"\n')
    assert told().brand == "My brand"
    assert told().data == config_folder()
    assert here not in (told().data, *told().data.parents)
    assert told().database == f"sqlite:///{told().data / 'quarterdeck.sqlite'}"


def test_a_relative_sqlite_file_lies_in_the_data_folder_wherever_one_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTERDECK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DATABASE_URL", "sqlite:///mine.sqlite")
    assert told().database == f"sqlite:///{tmp_path / 'data' / 'mine.sqlite'}"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    assert told().database == f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"


PARTS = ("SEVERITY", "INTENT", "WAITING", "ADDRESSED", "REACH")


def test_the_parts_of_the_priority_are_taken_from_the_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert weights_told(told()) == PLAIN == Weights(40, 25, 20, 10, 5)
    write(folder, toml="priority_reach = 0\npriority_waiting = 25\n")
    assert weights_told(told()) == Weights(40, 25, 25, 10, 0)
    for name, most in zip(PARTS, (0, 0, 100, 0, 0), strict=True):
        monkeypatch.setenv(f"QUARTERDECK_PRIORITY_{name}", str(most))
    assert weights_told(told()) == Weights(0, 0, 100, 0, 0)


@pytest.mark.parametrize(("reach", "made"), [("0", 95), ("6", 101), ("1000000", 1000095)])
def test_parts_that_do_not_make_a_hundred_are_refused_with_what_they_make(
    reach: str, made: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTERDECK_PRIORITY_REACH", reach)
    message = refusal()
    assert message.endswith(f"the five together must make 100, and they make {made}")
    assert all(f"QUARTERDECK_PRIORITY_{name}" in message for name in PARTS)


@pytest.mark.parametrize("given", ["-5", "4.5", "much", "nan"])
def test_a_part_of_the_priority_is_a_whole_number_from_nothing_on(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTERDECK_PRIORITY_REACH", given)
    message = refusal()
    assert message.startswith("QUARTERDECK_PRIORITY_REACH: ")
    assert "\n" not in message


def test_a_relative_data_folder_is_made_absolute_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUARTERDECK_DATA", "kept")
    assert told().data == tmp_path / "kept"


def test_the_home_sign_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("QUARTERDECK_DATA", "~/kept")
    assert told().data == config_folder() == tmp_path / "kept"


def test_the_database_may_be_named_in_dotenv_and_in_toml(folder: Path) -> None:
    write(folder, toml='database_url = "postgresql://toml/one"\n')
    assert told().database == "postgresql+psycopg://toml/one"
    write(folder, "DATABASE_URL=postgresql://dotenv/one\n")
    assert told().database == "postgresql+psycopg://dotenv/one"


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://u:p@h:5433/d", "postgresql+psycopg://u:p@h:5433/d"),
        ("postgresql+psycopg2://h/d?sslmode=require", "postgresql+psycopg://h/d?sslmode=require"),
        ("postgresql+asyncpg://u:a%40b%2Fc@h/d", "postgresql+psycopg://u:a%40b%2Fc@h/d"),
        ("postgresql://u@/d?host=/run/postgresql", "postgresql+psycopg://u@/d?host=%2Frun%2Fpostgresql"),
        ("sqlite+pysqlite:////srv/q.sqlite", "sqlite:////srv/q.sqlite"),
    ],
)
def test_every_spelling_of_a_database_is_understood(given: str, used: str) -> None:
    assert normalised_database_url(given) == used


@pytest.mark.parametrize(
    "given", ["mysql://h/d", "nonsense", "sqlite://", "sqlite:///:memory:", "postgresql://u:se:cret@h:port/d"]
)
def test_a_database_that_cannot_work_is_refused_without_repeating_it(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", given)
    message = refusal()
    assert message.startswith("DATABASE_URL: ")
    assert "sqlite:///" in message
    assert "cret" not in message


def test_empty_means_default_and_goes_before_what_stands_below(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "QUARTERDECK_X_URL=http://127.0.0.1:8765\nQUARTERDECK_DATA=\nQUARTERDECK_BRAND=\n")
    for name in ("QUARTERDECK_X_DAILY_USD", "QUARTERDECK_X_URL", "QUARTERDECK_ALLOW_ADDRESSES", "DATABASE_URL"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("QUARTERDECK_X_BEARER_TOKEN", " \n")
    found = told()
    assert (found.x_daily_usd, found.x_url, found.allow_addresses, found.brand) == (1.0, "", (), "My brand")
    assert found.x_bearer_token.get_secret_value() == ""
    assert found.database.endswith("/quarterdeck.sqlite")
    monkeypatch.setenv("QUARTERDECK_DATA", "")
    assert told().data.name == "quarterdeck"


def test_a_key_copied_with_its_line_end_is_taken_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTERDECK_X_BEARER_TOKEN", "abc\r\n")
    assert told().x_bearer_token.get_secret_value() == "abc"


def test_a_dotenv_with_a_byte_order_mark_loses_no_line(folder: Path) -> None:
    (folder / ".env").write_bytes(b"\xef\xbb\xbfQUARTERDECK_BRAND=Marked\r\n")
    assert told().brand == "Marked"


def test_no_secret_is_ever_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = [name for name, field in Settings.model_fields.items() if "Secret" in str(field.annotation)]
    assert len(secrets) == 8
    for name in secrets:
        monkeypatch.setenv(f"QUARTERDECK_{name.upper()}", "hunter2")
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:hunter2@h/d")
    found = told()
    assert "hunter2" in found.database
    assert "hunter2" not in f"{found!r} {found} {found.model_dump(exclude={'database_url'})}"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("X_DAILY_USD", "a dollar", "valid number"),
        ("X_DAILY_USD", "inf", "finite"),
        ("X_DAILY_USD", "-1", "greater than or equal to 0"),
        ("FOLLOW_DAYS", "1e12", "less than or equal to"),
        ("NEEDS_REPLY_AT", "50", "less than or equal to 1"),
        ("X_URL", "api.example.org", "http://"),
        ("REDDIT_URL", "https://", "http://"),
        ("ALLOW_ADDRESSES", "127.0.0.1", "host:port"),
        ("ALLOW_ADDRESSES", "http://127.0.0.1:80", "host:port"),
        ("LOG_LEVEL", "loud", "'DEBUG'"),
        ("DATA", "~nobody-of-that-name/q", "whole path"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_write(
    name: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setenv(f"QUARTERDECK_{name}", value)
    assert refusal().startswith(f"QUARTERDECK_{name}: ")
    assert says in refusal()


def test_every_problem_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTERDECK_X_DAILY_USD", "much")
    monkeypatch.setenv("QUARTERDECK_LOG_LEVEL", "loud")
    assert len(refusal().split("\n")) == 2


def test_a_line_of_dotenv_that_is_none_is_told_by_number_only(folder: Path) -> None:
    write(folder, "QUARTERDECK_BRAND=fine\nthis is my secret key\n")
    assert refusal() == f"{folder / '.env'}, line 2: write NAME=value"


def test_a_toml_that_is_none_or_names_no_setting_is_refused(folder: Path) -> None:
    write(folder, toml="brand = \n")
    assert f"{folder / 'quarterdeck.toml'} is not TOML" in refusal()
    write(folder, toml="x_dayly_usd = 5\n")
    assert "no setting 'x_dayly_usd'" in refusal()


@pytest.mark.parametrize("name", [".env", "quarterdeck.toml"])
def test_a_file_of_other_bytes_is_told(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b'brand = "\xff\xfe"\n')
    assert refusal() == f"{folder / name} cannot be read: it is not UTF-8"


@pytest.mark.parametrize("name", [".env", "quarterdeck.toml"])
def test_a_folder_in_the_place_of_a_file_is_told(folder: Path, name: str) -> None:
    (folder / name).mkdir()
    assert refusal() == f"{folder / name} cannot be read: Is a directory"


def test_toml_may_hold_lists_and_numbers(folder: Path) -> None:
    write(folder, toml='allow_addresses = ["127.0.0.1:1", "[::1]:2"]\nx_daily_usd = 0.5\nlog_level = "warning"\n')
    assert told().allow_addresses == ("127.0.0.1:1", "[::1]:2")
    assert (told().x_daily_usd, told().log_level) == (0.5, "WARNING")


def test_what_a_manager_must_approve_is_told_by_intents_and_bands(folder: Path) -> None:
    assert set(APPROVABLE) == {"*", *Intent, *Band}
    write(folder, "QUARTERDECK_APPROVE_INTENTS=crisis, Urgent\n")
    assert told().approve_intents == ("crisis", "urgent")
    write(folder, "QUARTERDECK_APPROVE_INTENTS=crisis, anger\n")
    assert "QUARTERDECK_APPROVE_INTENTS" in refusal()


@pytest.mark.parametrize("told", ["x", "reddit,X", "Twitter"])
def test_learning_from_x_is_refused_with_the_reason(folder: Path, told: str) -> None:
    write(folder, f"QUARTERDECK_LEARN_FROM={told}\n")
    assert "X's terms forbid training on its posts" in refusal()


def test_learning_is_told_by_platform(folder: Path) -> None:
    assert told().learn_from == ("reddit", "blog")
    write(folder, "QUARTERDECK_LEARN_FROM=Blog\n")
    assert told().learn_from == ("blog",)
    write(folder, "QUARTERDECK_LEARN_FROM=none\n")
    assert told().learn_from == ()
    write(folder, "QUARTERDECK_LEARN_FROM=mastodon\n")
    assert "out of reddit, blog; or none" in refusal()
