"""LISTEN: the child process in which feeds are parsed. Started by feed_parse.py as `python -m listeners.feed_child`.

Comes in on stdin: pairs of frames, a JSON head and a body. Goes out on stdout: one frame for each pair, "+" and the
feed as JSON, or "!" and the kind of failure. Never outlives its parent for long: it ends when stdin ends, and its
memory and the time of one feed are bounded, because a hostile feed can eat both.
"""

import json
import os
import signal
import struct
import sys
import warnings
from typing import IO

MEMORY = 1_500_000_000
"""Address space of this process in bytes, where the system can bound it."""

_LENGTH = struct.Struct(">Q")


def main() -> None:
    """Answer pairs of frames until there are no more."""
    _bound_memory()
    warnings.simplefilter("ignore")
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not look like an answer
    while (head := read_frame(asked)) is not None:
        body = read_frame(asked) or b""
        told = json.loads(head)
        _alarm(told["seconds"])
        write_frame(answers, _answer(body, told["content_type"], told["url"]))
        _alarm(0)


def _answer(body: bytes, content_type: str, url: str) -> bytes:
    from listeners.feed_reading import read_feed  # feedparser, loaded only after the memory is bounded
    from listeners.feed_shapes import to_json

    try:
        return b"+" + to_json(read_feed(body, content_type, url))
    except Exception as error:  # noqa: BLE001  the outermost loop: no feed may end it, and the parent says what happened
        return b"!" + type(error).__name__.encode("ascii", "replace")


def read_frame(stream: IO[bytes]) -> bytes | None:
    """One frame; None when the other side has gone, be it in the middle of one."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    length = _LENGTH.unpack(head)[0]
    body = stream.read(length)
    return body if len(body) == length else None


def write_frame(stream: IO[bytes], body: bytes) -> None:
    """Write one frame and push it out."""
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def _alarm(seconds: float) -> None:
    """End this process after so many seconds, in case the parent is not there any more to do it; 0 = never mind."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _bound_memory() -> None:
    try:
        import resource  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass


if __name__ == "__main__":
    main()
