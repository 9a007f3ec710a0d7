"""WORKER: run the jobs on one machine, in a few threads of one process. No broker, nothing to install.

Comes in: a worker. Goes out when asked to stop (SIGTERM, Ctrl+C), after the job in hand; or, with `once`, when nothing
is due any more. A job that breaks is logged and tried at its next turn: one bad item never stops the loop.
"""

import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from types import FrameType

import structlog

from worker.jobs import JOBS, Job
from worker.lease import Worker

log = structlog.get_logger("worker.embedded")

POLLERS = 3
"""Threads that poll, so that a slow platform holds up no other."""


def run_once(worker: Worker) -> int:
    """Do everything that is due, until a whole round of the jobs did nothing. How many pieces of work that was."""
    worker.once = True
    done = 0
    while not worker.stopping.is_set():
        with ThreadPoolExecutor(POLLERS) as pool:
            polling = [pool.submit(_drain, worker, JOBS[0]) for _ in range(POLLERS)]
            _watch(worker, partial(_all_done, polling))
        polled = sum(drained.result() for drained in polling)
        rest = sum(_drain(worker, job) for job in JOBS[1:])
        done += polled + rest
        if polled + rest == 0:
            break
    return done


def run_for_ever(worker: Worker) -> None:
    """Work until asked to stop. Returns when every thread has finished the job in hand."""
    threads = [threading.Thread(target=_loop, args=(worker, JOBS[0]), name=f"poll {n}") for n in range(POLLERS)]
    threads += [threading.Thread(target=_loop, args=(worker, job), name=job.name) for job in JOBS[1:]]
    for thread in threads:
        thread.start()
    log.info("worker.started", name=worker.name, threads=len(threads))
    _watch(worker, partial(_all_ended, threads))
    log.info("worker.stopped", name=worker.name)


def stop_on_signals(worker: Worker) -> Callable[[], None]:
    """SIGTERM and Ctrl+C set `stopping`. Calling what comes back restores the handlers there were."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        worker.stopping.set()  # and nothing else: a log line begun by the interrupted code would be broken into

    before = {s: signal.signal(s, stop) for s in (signal.SIGTERM, signal.SIGINT)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    return restore


def _watch(worker: Worker, done_within: Callable[[float], bool]) -> None:
    """Wait until `done_within(seconds)`, and say once that a stop was asked for.

    In short turns: a signal may be handed to any thread, and Python runs its handler in this one only when it wakes.
    """
    told = False
    while not done_within(0.5):
        if worker.stopping.is_set() and not told:
            log.info("worker.stopping", name=worker.name)
            told = True


def _all_done(polling: list[Future[int]], seconds: float) -> bool:
    return not wait(polling, timeout=seconds).not_done


def _all_ended(threads: list[threading.Thread], seconds: float) -> bool:
    next((t for t in threads if t.is_alive()), threads[0]).join(timeout=seconds)
    return not any(t.is_alive() for t in threads)


def _drain(worker: Worker, job: Job) -> int:
    """Run one job until it finds nothing due."""
    total = 0
    while not worker.stopping.is_set():
        done = _guarded(worker, job)
        total += done
        if done == 0:
            break
    return total


def _loop(worker: Worker, job: Job) -> None:
    while not worker.stopping.is_set():
        if _guarded(worker, job) == 0:
            worker.stopping.wait(job.every_seconds)


def _guarded(worker: Worker, job: Job) -> int:
    try:
        return job.run(worker)
    except Exception as error:
        log.exception("job.broke", job=job.name, error=type(error).__name__)
        return 0
