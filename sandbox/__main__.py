"""Sandbox: run it by hand. In: a port and how far its clock is off, out: the story on 127.0.0.1 until stopped."""

import argparse
import sys
from datetime import timedelta

import uvicorn

from sandbox.clock import Clock
from sandbox.life import load_story
from sandbox.server import build, server_config


def main() -> None:
    """Serve the story; every platform is below the one address."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A pretend X, Reddit and blog.")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--behind", type=float, default=0.0, help="minutes the clock is behind the machine's")
    parser.add_argument("--post-names", action="store_true", help="let X answer in the words of API 2.167")
    given = parser.parse_args()
    world = load_story(Clock(timedelta(minutes=-given.behind)))
    config = server_config(build(world, new_names=given.post_names).app)
    config.port = given.port
    sys.stderr.write(f"sandbox on http://127.0.0.1:{given.port} with {len(world.posts)} posts; Ctrl-C stops it\n")
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main()
