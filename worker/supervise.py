"""WORKER: keep several processes of ours running. Comes in: what to run. Goes out when asked to stop, with all of them.

A child that ends is started again, later each time it dies young. Stopping asks every child politely, waits, and ends
what is left; should we die ourselves, the children notice that their standard input closes (`end_with_parent`). Knows
nothing of what the children do.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import IO, TextIO

import structlog

log = structlog.get_logger("worker.supervise")

FIRST_REST = 1.0
LONGEST_REST = 60.0
"""Seconds before a child is started again: doubled each time it dies young, up to a minute."""
OLD = 60.0
"""A child that ran so long, in seconds, was well: its rest starts over."""
STOP_SECONDS = 20.0
"""How long a child may take to finish the job in hand."""
LOOK_SECONDS = 0.2
PARENT = "QUARTERDECK_SUPERVISED_BY"
"""In a child's environment: the process id of the one that watches over it."""
OURS = {"PYTHONUNBUFFERED": "1"}
"""So that a child's lines come when it says them."""


@dataclass(frozen=True, slots=True)
class Child:
    """One process to keep running."""

    name: str
    """Stands before each of its lines."""
    words: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    """On top of ours."""
    must_start: bool = False
    """Whether everything ends with its exit code if it fails before it was ever `OLD`, rather than trying again."""
    ready: Callable[[], bool] | None = None
    """Whether the next child may start; asked until it is true, or this one ended. None = at once."""


@dataclass(slots=True)
class _Running:
    child: Child
    process: subprocess.Popen[str] | None = None
    reader: threading.Thread | None = None
    started: float = 0.0
    again_at: float = 0.0
    rest: float = FIRST_REST
    was_well: bool = False


def python(module: str, *words: str) -> list[str]:
    """The words that run a module of ours with this Python. The current folder is not where modules are looked for."""
    return [sys.executable, "-P", "-m", module, *words]


def supervise(
    children: Sequence[Child],
    *,
    stopping: threading.Event,
    out: TextIO | None = None,
    ready: Callable[[], None] | None = None,
) -> int:
    """Run the children until `stopping` is set; then stop them all and return 0.

    `ready` is called once, when all have been started. Returns a child's exit code if one that `must_start` did not.
    """
    running = [_Running(child) for child in children]
    code = 0
    try:
        for one in running:
            _start(one, out or sys.stderr)
            _wait_until_ready(one, stopping)
        if ready is not None:
            ready()
        while not stopping.is_set() and not code:
            code = next((c for one in running if (c := _look(one, out or sys.stderr))), 0)
            stopping.wait(LOOK_SECONDS)
    finally:
        _stop(running)
    return code


@contextmanager
def stop_on_signals() -> Iterator[threading.Event]:
    """An event that SIGTERM and Ctrl+C set, while the block lasts."""
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _start(one: _Running, out: TextIO) -> None:
    # A group of its own: Ctrl+C reaches us alone, and we ask the children in order.
    one.process = subprocess.Popen(
        one.child.words, env={**os.environ, **one.child.environment, **OURS, PARENT: str(os.getpid())},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        errors="replace", start_new_session=True,
    )  # fmt: skip
    one.started = time.monotonic()
    assert one.process.stdout is not None
    one.reader = threading.Thread(target=_prefix, args=(one.child.name, one.process.stdout, out), daemon=True)
    one.reader.start()


def _wait_until_ready(one: _Running, stopping: threading.Event) -> None:
    asked = one.child.ready
    while asked is not None and one.process is not None and one.process.poll() is None and not asked():
        if stopping.wait(LOOK_SECONDS / 4):
            return


def _look(one: _Running, out: TextIO) -> int:
    """Start a child again that ended, after its rest. The exit code of one that had to start and did not."""
    now = time.monotonic()
    if one.process is None:
        if now >= one.again_at:
            _start(one, out)
        return 0
    code = one.process.poll()
    if code is None:
        one.was_well = one.was_well or now - one.started >= OLD
        return 0
    if one.child.must_start and code > 0 and not one.was_well:
        return code
    _close(one)
    one.rest = FIRST_REST if now - one.started >= OLD else one.rest
    log.warning("child.ended", child=one.child.name, code=code, again_in_seconds=one.rest)
    one.process, one.again_at, one.rest = None, now + one.rest, min(one.rest * 2, LONGEST_REST)
    return 0


def _stop(running: Sequence[_Running]) -> None:
    """Ask all, wait for all, end the rest. The last to start is asked first."""
    alive = [one for one in reversed(running) if one.process is not None]
    for one in alive:
        if one.process is not None and one.process.poll() is None:
            one.process.terminate()
    until = time.monotonic() + STOP_SECONDS
    for one in alive:
        assert one.process is not None
        try:
            one.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("child.killed", child=one.child.name, after_seconds=STOP_SECONDS)
            one.process.kill()
            one.process.wait()
        _close(one)


def _close(one: _Running) -> None:
    """Let go of what connected us with a child that has ended; its last lines are still passed on."""
    if one.process is not None and one.process.stdin is not None:
        one.process.stdin.close()
    if one.reader is not None:
        one.reader.join(timeout=2)


def _prefix(name: str, lines: IO[str], out: TextIO) -> None:
    with lines:
        for line in lines:
            out.write(f"{name:<9} | {line.rstrip()}\n")
            out.flush()


def end_with_parent() -> None:
    """In a supervised child: ask ourselves to stop when the supervisor is gone, however it went. Else does nothing."""
    if os.environ.get(PARENT) == str(os.getppid()):
        threading.Thread(target=_wait_for_parent, name="parent", daemon=True).start()


def _wait_for_parent() -> None:
    # Its end of our standard input closes when it ends, even by kill -9.
    try:
        while os.read(0, 1024):
            pass
    except OSError:
        pass
    os.kill(os.getpid(), signal.SIGTERM)
