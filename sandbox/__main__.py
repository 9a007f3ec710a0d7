"""Sandbox: run it by hand. In: a port and how far its clock is off, out: the story on 127.0.0.1 until stopped.

`python -m sandbox` begins the story anew at every start. With `--data FOLDER` it begins once, at the first start,
and goes on from there: what was said, deleted and set is kept, and time passes while the sandbox is down.
`--history FILE.csv` writes what is older than 7 days in the columns of `quarterdeck import` and ends; give it the
same `--data` as the sandbox that is to be polled, or the same posts will have other ids there. `--places FILE.json`
writes where to listen, and the keys. It calls nobody.
"""

import argparse
import csv
import json
import sys
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from threading import Event

from sandbox.clock import Clock
from sandbox.history import COLUMNS, history_rows
from sandbox.life import load_story
from sandbox.places import places
from sandbox.server import running
from sandbox.store import StoreError, keep_in
from sandbox.world import World

OLD = timedelta(days=7)


def main() -> None:
    """Serve the story, every platform below one address, until Ctrl-C; or write its history."""
    given = _parser().parse_args()
    world = load_story(Clock(timedelta(minutes=-given.behind)))
    world.enterprise = given.enterprise
    try:
        if given.history or given.places:
            _write(world, given)
        else:
            _serve(world, given)
    except StoreError as wrong:
        sys.exit(f"sandbox: {wrong}")


def write_history(world: World, path: Path) -> int:
    """Write what is older than 7 days as UTF-8 CSV with a header line; return the number of rows."""
    rows = list(history_rows(world, world.clock.now() - OLD))
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, COLUMNS)
        sheet.writeheader()
        sheet.writerows(rows)
    return len(rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A pretend X, Reddit and blogs.")
    parser.add_argument("--port", type=int, default=8765, help="0 takes a free one")
    behind = "minutes the clock is behind the machine's; a kept clock goes on as it went"
    parser.add_argument("--behind", type=float, default=0.0, help=behind)
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="keep everything there and go on from it")
    history = "write what is older than 7 days as a CSV file to import, and end"
    parser.add_argument("--history", type=Path, metavar="FILE.csv", help=history)
    parser.add_argument("--places", type=Path, metavar="FILE.json", help="write where to listen, and end")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input closes")
    parser.add_argument("--nobody-answers", action="store_true", help="people do not answer our replies")
    parser.add_argument("--enterprise", action="store_true", help="X lets us answer people who did not call us")
    parser.add_argument("--post-names", action="store_true", help="let X answer in the words of API 2.167")
    return parser


def _write(world: World, given: argparse.Namespace) -> None:
    with keep_in(world, given.data) if given.data else nullcontext():
        if given.history:
            count = write_history(world, given.history)
            sys.stderr.write(f"{count} posts written to {given.history}\n")
        if given.places:
            given.places.write_text(json.dumps(places(world), indent=1), encoding="utf-8")


def _serve(world: World, given: argparse.Namespace) -> None:
    with running(world, given.port, new_names=given.post_names, folder=given.data) as sandbox:
        if given.nobody_answers:
            world.answers = ()
        sys.stderr.write(f"sandbox on {sandbox.url} with {len(world.posts)} posts; Ctrl-C stops it\n")
        sys.stderr.flush()
        try:
            sys.stdin.read() if given.with_parent else Event().wait()
        except KeyboardInterrupt:
            sys.stderr.write("sandbox stopped\n")


if __name__ == "__main__":
    main()
