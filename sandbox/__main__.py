"""Sandbox: run it by hand. In: a port and how far its clock is off, out: the story on 127.0.0.1 until stopped."""

import argparse
import sys
from datetime import timedelta
from threading import Event

from sandbox.clock import Clock
from sandbox.life import load_story
from sandbox.server import running


def main() -> None:
    """Serve the story, every platform below one address, until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A pretend X, Reddit and blogs.")
    parser.add_argument("--port", type=int, default=8765, help="0 takes a free one")
    parser.add_argument("--behind", type=float, default=0.0, help="minutes the clock is behind the machine's")
    parser.add_argument("--post-names", action="store_true", help="let X answer in the words of API 2.167")
    given = parser.parse_args()
    world = load_story(Clock(timedelta(minutes=-given.behind)))
    with running(world, given.port, new_names=given.post_names) as sandbox:
        sys.stderr.write(f"sandbox on {sandbox.url} with {len(world.posts)} posts; Ctrl-C stops it\n")
        sys.stderr.flush()
        try:
            Event().wait()
        except KeyboardInterrupt:
            sys.stderr.write("sandbox stopped\n")


if __name__ == "__main__":
    main()
