"""TESTS: a house with its sources beside the pretend platforms, whose clock is 3 h 7 min behind ours and stands still.

`Round` walks the steps as people and cron do; what became of them is asked of the platforms through tweepy and praw,
and of the reports. Time passes only when a test says so, for the house and the platforms alike.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from models import Brand, Conversation, Wait
from models.base import utc_now
from models.database import Database
from models.response import ResponseStatus
from models.values import Platform, SourceKind
from reports.query import report_response_times
from reports.waits import WaitRow
from sandbox.records import Post
from sandbox.server import Sandbox, running
from sandbox.world import small_world
from settings import Settings
from tests.house import make_cast
from tests.responders.stage import House
from tests.sandbox.clients import reddit_client, x_client
from tests.worker.stage import listen_to, told
from triage.history import By
from triage.verbs import claim
from worker.accounts import add_account
from worker.embedded import run_once
from worker.house import open_house
from worker.responding import look_due

BEHIND = timedelta(hours=3, minutes=7)
LATE = 90.0
"""Seconds from the send to the reply's time on the platform."""
PATHS = {"x": "/2/tweets", "reddit": "/api/comment"}
SOURCES = {
    "x": ((SourceKind.X_MENTIONS, "tarnbrook", ""), (SourceKind.X_OWN, "tarnbrook", "")),
    "reddit": (
        (SourceKind.REDDIT_NEW, "kettles", "tarnbrook"),
        (SourceKind.REDDIT_COMMENTS, "kettles", "tarnbrook"),
        (SourceKind.REDDIT_OWN, "tarnbrook_team", ""),
    ),
}


@contextmanager
def platforms_behind() -> Iterator[Sandbox]:
    """The pretend platforms, nothing said yet; their clock stands still."""
    now = datetime.now(UTC).replace(microsecond=0)
    with running(small_world(now - BEHIND)) as sandbox:
        yield sandbox


def furnish(database: Database, sandbox: Sandbox, on: str, *more: tuple[SourceKind, str, str], **said: Any) -> Settings:
    """Set a house up as an admin does at the shell: brand, our handle, the cast, sources."""
    settings = told(sandbox, **said)
    open_house(settings.model_copy(update={"database_url": database.url})).close()
    with database.writing() as session:
        shell = By(at=utc_now(), rule="shell")
        add_account(session, Platform.X, "tarnbrook", settings=settings, by=shell)
    for kind, target, match in (*SOURCES[on], *more):
        listen_to(database, settings, kind, target, match)
    return settings


@dataclass
class Round(House):
    """A house, its platforms, and the way round."""

    sandbox: Sandbox = field(kw_only=True)
    on: str = field(kw_only=True)

    def pass_time(self, seconds: float) -> None:
        """Let so much time pass, for the house and the platforms."""
        self.later(seconds=seconds)
        self.sandbox.clock.advance(timedelta(seconds=seconds))

    def said(self, by: str, text: str, re: Post | None = None, title: str = "") -> Post:
        """Somebody says something in public, now."""
        place = {"x": "", "reddit": "kettles"}[self.on]
        return self.sandbox.world.add(self.on, by, text, re=re.key if re else None, place=place, title=title)  # type: ignore[arg-type]

    def name(self, post: Post) -> str:
        """What the platform calls a post."""
        return post.id if self.on == "x" else post.fullname

    def work(self) -> None:
        """What cron's `worker --once` does, after ten minutes in which every source fell due."""
        self.pass_time(600)
        self.work_without_waiting()

    def work_without_waiting(self) -> None:
        """The same, right now: what is due just now."""
        run_once(self.hand())

    def claim(self, post: Post) -> None:
        """Ana takes it on."""
        with self.database.writing() as session:
            claim(session, self.conversation(self.name(post)), by=self.by("ana"))

    def settle_doubt(self, response_id: int) -> None:
        """Let the worker look whenever it wants to, until it knows."""
        for _ in range(80):
            look_due(self.hand())
            if self.stands(response_id) != ResponseStatus.FIRING:
                return
            self.pass_time(5)
        raise AssertionError("nobody looked within 400 s")

    def conversation_row(self, post: Post) -> Conversation:
        """The conversation that holds a post, as it stands."""
        with self.database.reading() as session:
            found = session.get_one(Conversation, self.conversation(self.name(post)))
            session.expunge(found)
            return found

    def waits(self, post: Post) -> list[Wait]:
        """The waits of its conversation, oldest first."""
        with self.database.reading() as session:
            here = select(Wait).where(Wait.conversation_id == self.conversation(self.name(post)))
            found = list(session.exec(here.order_by(col(Wait.started_at))))
            session.expunge_all()
            return found

    def report(self) -> tuple[float | None, list[WaitRow]]:
        """What the report says: the median of the answered, and the waits it comes from."""
        with self.database.reading() as session:
            found = report_response_times(session, until=self.now())
        return found.times.answered_median, found.rows


def open_round(database: Database, sandbox: Sandbox, on: str, *more: tuple[SourceKind, str, str], **said: Any) -> Round:
    """A furnished house; a reply has no grace unless `grace_seconds` is told."""
    settings = furnish(database, sandbox, on, *more, **({"grace_seconds": 0} | said))
    with database.reading() as session:
        brand_id = _brand(session)
    return Round(database, settings, make_cast(database), brand_id, sandbox=sandbox, on=on)


def _brand(session: Session) -> int:
    found = session.exec(select(Brand.id)).one()
    assert found is not None
    return found


# ---------------------------------------------------------------- what the platforms say, through their usual clients


@dataclass(frozen=True, slots=True)
class Shown:
    """One post as a platform shows it to anybody who asks."""

    id: str
    parent: str
    text: str
    at: datetime


def on_x(sandbox: Sandbox, post_id: str) -> Shown:
    """One post, by tweepy."""
    fields = ["created_at", "referenced_tweets"]
    given: dict[str, Any] = x_client(sandbox).get_tweet(post_id, tweet_fields=fields)
    return _x(given["data"])


def ours_on_x(sandbox: Sandbox) -> list[Shown]:
    """Our timeline, newest first, by tweepy."""
    client, fields = x_client(sandbox), ["created_at", "referenced_tweets"]
    us: dict[str, Any] = client.get_user(username="tarnbrook")
    given: dict[str, Any] = client.get_users_tweets(us["data"]["id"], tweet_fields=fields)
    return [_x(one) for one in given.get("data", [])]


def _x(told: dict[str, Any]) -> Shown:
    answered = [r["id"] for r in told.get("referenced_tweets", []) if r["type"] == "replied_to"]
    words = told["text"]
    while answered and words.startswith("@"):  # the platform names whom it answers
        words = words.partition(" ")[2]
    made = datetime.fromisoformat(told["created_at"].replace("Z", "+00:00"))
    return Shown(told["id"], answered[0] if answered else "", words, made)


def on_reddit(sandbox: Sandbox, name: str) -> Shown:
    """One submission or comment, by praw."""
    (found,) = reddit_client(sandbox).info(fullnames=[name])
    return _reddit(found)


def ours_on_reddit(sandbox: Sandbox) -> list[Shown]:
    """Our comments, newest first, by praw."""
    return [_reddit(c) for c in reddit_client(sandbox).redditor("tarnbrook_team").comments.new(limit=None)]


def _reddit(found: Any) -> Shown:
    comment = found.fullname.startswith("t1_")
    made = datetime.fromtimestamp(found.created_utc, UTC)
    return Shown(found.fullname, found.parent_id if comment else "", found.body if comment else found.selftext, made)
