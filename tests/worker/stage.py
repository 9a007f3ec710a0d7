"""TESTS: a house in front of a sandbox: settings that reach it, sources, a worker with a clock of its own, and what
each source may show by the world's own records."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlmodel import col, select

from listeners.matching import matcher
from models import Mention, Source, Thread
from models.base import utc_now
from models.database import Database
from models.values import SourceKind
from sandbox.blog_feeds import BlogView
from sandbox.history import external_id
from sandbox.query import contains
from sandbox.records import Post, is_public, text_at
from sandbox.reddit_listing import inbox
from sandbox.server import Sandbox
from sandbox.world import World
from sandbox.x_listing import searchable
from sandbox.x_shape import newest_version
from sandbox.x_text import full_text, mentions_in
from settings import Settings
from tests.conftest import NOON
from triage.history import By
from worker.lease import Worker
from worker.polling import Outcome, poll_source
from worker.sources import add_source

ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class Hand(Worker):
    """A worker whose clock a test may set ahead of the machine's."""

    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        """The machine's time, so much later."""
        return utc_now() + self.ahead


@dataclass(slots=True)
class At(Worker):
    """A worker whose clock stands still."""

    present: datetime = NOON

    def now(self) -> datetime:
        """That moment."""
        return self.present


def told(sandbox: Sandbox, **more: Any) -> Settings:
    """Settings with every key, pointing at a sandbox; money enough."""
    keys = sandbox.world.keys
    values: dict[str, Any] = {
        "x_url": sandbox.url,
        "x_bearer_token": SecretStr(keys.x_bearer),
        "x_consumer_key": SecretStr(keys.x_consumer_key),
        "x_consumer_secret": SecretStr(keys.x_consumer_secret),
        "x_access_token": SecretStr(keys.x_access_token),
        "x_access_token_secret": SecretStr(keys.x_access_token_secret),
        "x_daily_usd": 50.0,
        "reddit_url": sandbox.url,
        "reddit_oauth_url": sandbox.url,
        "reddit_client_id": SecretStr(keys.reddit_client_id),
        "reddit_client_secret": SecretStr(keys.reddit_client_secret),
        "reddit_username": "tarnbrook_team",
        "reddit_password": SecretStr(keys.reddit_password),
        "brand": "Tarnbrook",
        "allow_addresses": (sandbox.address,),
    }
    return Settings(**(values | more))


def without_reddit_keys(sandbox: Sandbox, **more: Any) -> Settings:
    """The same, but Reddit is read through its public feeds."""
    none = {"reddit_client_id": SecretStr(""), "reddit_client_secret": SecretStr(""), "reddit_password": SecretStr("")}
    return told(sandbox, **(none | more))


def environment(settings: Settings, database_url: str, folder: Path) -> dict[str, str]:
    """The same settings as a shell has them, for a fresh process."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith("QUARTERDECK_")}
    said = {"DATABASE_URL": database_url, "QUARTERDECK_DATA": str(folder), "PYTHONWARNINGS": "error"}
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if name in ("data", "database_url") or value == type(settings).model_fields[name].default:
            continue
        plain = value.get_secret_value() if isinstance(value, SecretStr) else value
        said[f"QUARTERDECK_{name.upper()}"] = ",".join(plain) if isinstance(plain, tuple) else str(plain)
    return kept | said


def command(*words: str) -> list[str]:
    """The words of a fresh `quarterdeck …` process."""
    return [sys.executable, "-m", "cli", *words]


def listen_to(
    database: Database, settings: Settings, kind: SourceKind, target: str, match: str = "", **more: Any
) -> int:
    """Add a source as an admin at the shell does; its number."""
    with database.writing() as session:
        by = By(at=utc_now(), rule="shell")
        source = add_source(session, kind, target, settings=settings, by=by, match=match, **more)
        assert source.id is not None
        return source.id


def poll(database: Database, settings: Settings, source_id: int, ahead: timedelta = timedelta(0)) -> Outcome:
    """One poll, so much later than now."""
    outcome = poll_source(Hand(database, settings, ahead=ahead), source_id)
    assert outcome is not None
    return outcome


def the(database: Database, source_id: int) -> Source:
    """A source's row as it stands."""
    with database.reading() as session:
        found = session.get_one(Source, source_id)
        session.expunge(found)
    return found


def stored(database: Database) -> set[str]:
    """external_id of every mention there is."""
    with database.reading() as session:
        return set(session.exec(select(Mention.external_id)))


def mention(database: Database, post_id: str) -> Mention:
    """The mention of that id."""
    with database.reading() as session:
        found = session.exec(select(Mention).where(Mention.external_id == post_id)).one()
        session.expunge(found)
    return found


def thread(database: Database, key: str) -> Thread:
    """The one thread of that id."""
    with database.reading() as session:
        found = session.exec(select(Thread).where(col(Thread.external_id) == key)).one()
        session.expunge(found)
    return found


# ---------------------------------------------------------------- what each source may show


def ids(world: World, posts: Iterable[Post]) -> set[str]:
    """The identities mentions of these posts have."""
    return {external_id(world, post) for post in posts}


def public(world: World, platform: Any, *kinds: str) -> list[Post]:
    """What is public on a platform just now, of these kinds."""
    now = world.clock.now()
    return [p for p in world.on(platform, now) if is_public(p, now) and p.kind in kinds]


def words_on_x(world: World, post: Post) -> str:
    """An X post's whole text as worded now."""
    return full_text(world, post, text_at(post, world.clock.now()))


def may_show(world: World, kind: SourceKind, target: str, match: str = "*") -> set[str]:
    """The posts a source may show just now, worked out from the world's records and nothing else."""
    now, wanted = world.clock.now(), matcher(match)
    x = public(world, "x", "post", "reply", "quote")
    match kind:
        case SourceKind.X_SEARCH:
            found = [p for p in x if contains(words_on_x(world, p), target) and searchable(newest_version(p, now), now)]
        case SourceKind.X_MENTIONS:
            named = [p for p in x if "tarnbrook" in {n.casefold() for n in mentions_in(words_on_x(world, p))}]
            found = [p for p in named if p.by != "brand"]
        case SourceKind.X_OWN:
            found = [p for p in x if p.by == "brand"]
        case SourceKind.REDDIT_SEARCH:
            submissions = public(world, "reddit", "submission")
            found = [p for p in submissions if contains(f"{p.title}\n{text_at(p, now)}", target)]
        case SourceKind.REDDIT_NEW:
            found = [p for p in public(world, "reddit", "submission") if p.place == target]
        case SourceKind.REDDIT_COMMENTS:
            found = [p for p in public(world, "reddit", "comment") if p.place == target]
        case SourceKind.REDDIT_INBOX:
            found = [notice.post for notice in inbox(world, world.people["brand"])]
        case SourceKind.REDDIT_OWN:
            found = [p for p in public(world, "reddit", "submission", "comment") if p.by == "brand"]
        case SourceKind.FEED:
            found = [p for p in public(world, "blog", "article") if f"/{p.place}/" in target][-10:]
        case SourceKind.COMMENTS:
            found = [p for p in public(world, "blog", "comment") if f"-{world.root(p).id}/" in target]
    return ids(world, [p for p in found if wanted.matches(f"{p.title}\n{text_at(p, now)}")])


def answered_of_ours(world: World, found: set[str]) -> set[str]:
    """Our own X posts that these answer or quote: they ride along."""
    now = world.clock.now()
    answering = [p for p in world.on("x", now) if external_id(world, p) in found and p.re]
    parents = [world.posts[p.re] for p in answering if p.re]
    return ids(world, [p for p in parents if p.by == "brand" and is_public(p, now)])


def comments_of(sandbox: Sandbox, article_key: str) -> str:
    """The address of an article's comment feed."""
    world = sandbox.world
    article = world.posts[article_key]
    view = BlogView(world, world.blogs[article.place], sandbox.url, None)
    return f"{view.url(article)}comments.xml"
