"""TESTS: a source of each way to listen, and a world that has something for it."""

from collections.abc import Callable
from datetime import timedelta

from models.database import Database
from models.values import SourceKind
from sandbox.server import Sandbox
from sandbox.world import World
from settings import Settings
from tests.worker.stage import listen_to, may_show, told, without_reddit_keys

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def say(world: World, on: str, n: int, text: str = "the kettle", **more: str) -> None:
    """So many posts, a minute apart, the last one an hour old."""
    now = world.clock.now()
    if on == "reddit":
        more = {"place": "kettles", "title": "kettle"} | more
    if on == "blog":
        more = {"place": "slow-kitchen", "title": "kettle"} | more
    for k in range(n):
        world.add(on, ("marta", "pavel")[k % 2], f"{text} {k}", at=now - HOUR - k * MINUTE, **more)  # type: ignore[arg-type]


Setting = Callable[..., Settings]
TARGETS: dict[str, tuple[SourceKind, str, str, str, Setting]] = {
    "x": (SourceKind.X_SEARCH, "kettle", "", "/2/", told),
    "reddit": (SourceKind.REDDIT_NEW, "kettles", "kettle", "/r/", told),
    "public": (SourceKind.REDDIT_NEW, "kettles", "kettle", "/r/", without_reddit_keys),
    "feed": (SourceKind.FEED, "/blog/slow-kitchen/feed.xml", "kettle", "/blog/", told),
}


def listening(name: str, database: Database, sandbox: Sandbox, number: int = 8) -> tuple[Settings, int, set[str], str]:
    """A world with posts, and a source that should bring them: settings, source, expected ids, path of its requests."""
    kind, target, match, path, setting = TARGETS[name]
    settings = setting(sandbox, database_url=database.url)
    say(sandbox.world, {"x": "x", "feed": "blog"}.get(name, "reddit"), number)
    target = sandbox.url + target if kind == SourceKind.FEED else target
    source_id = listen_to(database, settings, kind, target, match)
    return settings, source_id, may_show(sandbox.world, kind, target, match or "*"), path
