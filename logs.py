"""Structured logs, on standard error. Comes in: an event's name and plain values. Never anybody's words, nor a key.

Lines for people where a person looks on, JSON elsewhere.
"""

import logging
import sys

import structlog


def set_up_logs(level: str = "INFO") -> None:
    """Configure the logs of this process. Libraries are heard from warnings on; tweepy never below INFO: at DEBUG it
    would write the Authorization header."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("tweepy").setLevel(logging.INFO)
    for chatty in ("httpx", "httpcore", "alembic", "prawcore", "urllib3"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    people = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer() if people else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
