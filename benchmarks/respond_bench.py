"""BENCHMARKS: the storm over replies at full size, faults and deaths over hundreds of them, and the naive sender too.

    python -m benchmarks.respond_bench [REPLIES] [SEEDS]

Says for each seed: replies, workers that died, people asked, doubles, lost. In: numbers. Out: lines on standard output.
"""

import logging
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import structlog

from models.database import Database
from tests.responders.stage import keys_for, open_house, platforms
from tests.responders.storm import Storm, weather, weather_naively


def main(replies: int = 50, seeds: int = 5) -> None:
    """Run the storm for each seed, once with the protocol and once without."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    clean = True
    for name, go in (("protocol", weather), ("naive", weather_naively)):
        for seed in range(seeds):
            said, doubles, lost = run(go, replies, seed)
            print(f"{name:8} seed {seed}: {said}", flush=True)
            clean &= name == "naive" or not (doubles or lost)
    if not clean:
        sys.exit("the protocol posted twice or lost a reply")


def run(go: Callable[[Storm, int], list[int]], replies: int, seed: int) -> tuple[str, int, int]:
    """One storm in an empty house: what came of it in words, doubles, lost."""
    with tempfile.TemporaryDirectory() as folder, platforms(timedelta(hours=-5)) as sandbox:
        database = Database(f"sqlite:///{Path(folder) / 'storm.sqlite'}")
        database.migrate()
        settings = keys_for(sandbox.url, x_reply_daily_usd=1_000, x_daily_usd=1_000)
        sandbox.world.comments_per_window = 10_000
        storm = Storm(open_house(database, settings), sandbox, seed)
        began = perf_counter()
        try:
            go(storm, replies)
        finally:
            storm.close()
            database.close()
        lost, doubles = replies - storm.published(), storm.doubles()
        said = (
            f"{replies} replies, {storm.deaths} deaths, {storm.asked} times a person was asked, "
            f"{doubles} doubles, {lost} lost, {perf_counter() - began:.0f} s"
        )
        return said, doubles, lost


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
