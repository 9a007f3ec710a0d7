"""BENCHMARKS: a storm of posts as an import file. Comes in: a number of rows. Goes out: a CSV file, the same each time.

    python -m benchmarks.storm FILE ROWS

Many threads, some long; people who come back, answers of ours, follow-ups, parents that are missing, threads untold.
"""

import csv
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

COLUMNS = (
    "platform", "external_id", "author", "text", "posted_at", "parent_id", "conversation_id", "url", "followers", "own",
)  # fmt: skip
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE = 20_000
PLATFORMS = ("x", "twitter", "reddit", "blog")


def write_storm(path: Path, rows: int, seed: int = 7) -> None:
    """Write a file of so many rows, each a post of its own, over sixty days from 2026-01-01."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for row in storm(rows, chance):
            writer.writerow(row)


def storm(rows: int, chance: random.Random) -> list[dict[str, str]]:
    """The rows, in the order of their times."""
    threads: list[list[dict[str, str]]] = []
    made: list[dict[str, str]] = []
    for number in range(rows):
        if threads and chance.random() < 0.6:
            thread = threads[-1 - min(int(chance.expovariate(0.05)), len(threads) - 1)]
        else:
            thread = []
            threads.append(thread)
        row = _row(number, rows, thread, chance)
        thread.append(row)
        made.append(row)
    return made


def _row(number: int, rows: int, thread: list[dict[str, str]], chance: random.Random) -> dict[str, str]:
    root = thread[0] if thread else None
    parent = chance.choice(thread[-5:]) if thread else None
    own = parent is not None and parent["own"] == "false" and chance.random() < 0.45
    known = parent["external_id"] if parent else ""
    external_id = f"{10**17 + number}"
    at = BEGIN + timedelta(days=60) * (number / rows)
    return {
        "platform": root["platform"] if root else chance.choice(PLATFORMS),
        "external_id": external_id,
        "author": "quarterdeck_help" if own else _person(thread, chance),
        "text": f"post {number}: the kettle {chance.choice(('leaks', 'sings', 'is late', 'burns'))} again, what now?",
        "posted_at": at.isoformat(),
        "parent_id": known if chance.random() < 0.98 else f"gone{number}" if known else "",
        "conversation_id": (root["external_id"] if root else external_id) if chance.random() < 0.7 else "",
        "url": f"https://example.org/{external_id}",
        "followers": str(int(chance.paretovariate(0.7))),
        "own": "true" if own else "false",
    }


def _person(thread: list[dict[str, str]], chance: random.Random) -> str:
    """Somebody who spoke in the thread before, as often as not."""
    spoke = [r["author"] for r in thread if r["own"] == "false"]
    return chance.choice(spoke) if spoke and chance.random() < 0.5 else f"person_{int(chance.triangular(0, PEOPLE, 0))}"


if __name__ == "__main__":
    write_storm(Path(sys.argv[1]), int(sys.argv[2]))
