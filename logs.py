"""Structured logs, on standard error. Comes in: an event's name and plain values. Never anybody's words, nor a key.

Lines for people where a person looks on, one JSON object a line elsewhere. Of an exception its type and its way through
the code are logged, not its message: a database's, a parser's or a client's message quotes what somebody wrote.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

_Raised = tuple[type[BaseException], BaseException, TracebackType | None]


def set_up_logs(level: str = "INFO") -> None:
    """Configure the logs of this process; harmless to repeat. Libraries are heard from warnings on, never below: at
    DEBUG tweepy would write the Authorization header."""
    people = sys.stderr.isatty()
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _trace_without_words,
    ]
    renderer: Any = structlog.dev.ConsoleRenderer() if people else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.name = "quarterdeck"
    names = [structlog.stdlib.add_logger_name, *shared]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=names))
    root = logging.getLogger()
    for earlier in [h for h in root.handlers if h.name == handler.name]:
        root.removeHandler(earlier)
    root.addHandler(handler)
    for chatty in ("httpx", "httpcore", "alembic", "praw", "prawcore", "tweepy", "urllib3", "requests_oauthlib"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _trace_without_words(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace `exc_info` by where it came from: types, files, lines and functions; of a database error its code too."""
    raised = _raised(line.pop("exc_info", None))
    if raised is not None:
        line["exception"] = trace(raised[1])
    return line


def trace(error: BaseException) -> str:
    """The way of an exception and of those it came from, newest last, without any message."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = traceback.extract_tb(error.__traceback__)
    way = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([*([trace(before), "then"] if before else []), *way, _named(error)])


def _named(error: BaseException) -> str:
    """An exception's type, and the code that a database or the system gave it."""
    inner = getattr(error, "orig", None) or error
    codes = (getattr(inner, name, None) for name in ("sqlstate", "sqlite_errorname", "errno"))
    told = next((str(code) for code in codes if code), "")
    return f"{type(error).__module__}.{type(error).__qualname__}" + (f" [{told}]" if told else "")


def _raised(told: Any) -> _Raised | None:
    """What a logger was given as `exc_info`: True, an exception, or the triple."""
    if isinstance(told, BaseException):
        return type(told), told, told.__traceback__
    if told is True:
        told = sys.exc_info()
    return told if isinstance(told, tuple) and told[0] is not None else None
