"""TESTS: the logs hold events, not anybody's words."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from logs import set_up_logs, trace

WORDS = "a customer said this"


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    yield
    structlog.reset_defaults()
    root = logging.getLogger()
    for handler in [h for h in root.handlers if h.name == "quarterdeck"]:
        root.removeHandler(handler)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    told = capsys.readouterr()
    assert told.out == ""
    return [json.loads(line) for line in told.err.splitlines()]


def test_a_line_is_one_json_object_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    structlog.get_logger("worker").info("poll", source=1, outcome="ok")
    structlog.get_logger("worker").debug("not told")
    (line,) = lines(capsys)
    assert {k: line[k] for k in ("event", "source", "outcome", "level")} == {
        "event": "poll", "source": 1, "outcome": "ok", "level": "info",
    }  # fmt: skip
    assert str(line["timestamp"]).endswith("Z")


def test_setting_up_twice_tells_once(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    set_up_logs()
    logging.getLogger("some.library").warning("be careful")
    (line,) = lines(capsys)
    assert (line["event"], line["logger"], line["level"]) == ("be careful", "some.library", "warning")


def test_libraries_are_heard_from_warnings_on_even_at_debug(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("DEBUG")
    for name in ("tweepy.client", "urllib3.connectionpool", "httpx", "prawcore", "requests_oauthlib.oauth1_auth"):
        logging.getLogger(name).info("Authorization: Bearer secret")
        logging.getLogger(name).debug("Authorization: Bearer secret")
    assert lines(capsys) == []


def test_a_trace_tells_the_way_but_no_message(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    try:
        try:
            int(WORDS)
        except ValueError as error:
            raise RuntimeError(WORDS) from error
    except RuntimeError:
        structlog.get_logger().exception("job.broke")
        logging.getLogger("library").exception("it broke")
    ours, theirs = lines(capsys)
    for line in (ours, theirs):
        assert WORDS not in json.dumps(line)
        assert "builtins.ValueError\nthen\n" in str(line["exception"])
        assert "test_logs.py" in str(line["exception"])
        assert str(line["exception"]).endswith("builtins.RuntimeError")


def test_a_database_error_is_told_by_its_code() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection, pytest.raises(IntegrityError) as broke:
        connection.execute(text("CREATE TABLE t (a TEXT UNIQUE)"))
        for _ in range(2):
            connection.execute(text("INSERT INTO t VALUES (:a)"), {"a": WORDS})
    engine.dispose()
    told = trace(broke.value)
    assert WORDS not in told
    assert told.endswith("sqlalchemy.exc.IntegrityError [SQLITE_CONSTRAINT_UNIQUE]")
