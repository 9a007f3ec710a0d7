"""TESTS: a house with a brand on X and Reddit, our cast, and the pretend platforms; time may be moved on."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from pydantic import SecretStr
from sqlmodel import Session, col, select

from listeners.post import Post as Found
from listeners.post import Writer
from listeners.saving import Sighting
from listeners.table import origin
from models import Account, Brand, Conversation, Mention, Placement, Response, ResponseAttempt, User
from models.database import Database
from models.response import ResponseStatus
from models.values import Platform, Role
from responders.verbs import respond
from sandbox.keys import Keys
from sandbox.records import Post
from sandbox.server import Sandbox, running
from sandbox.world import small_world
from settings import Settings
from triage.history import By
from worker.intake import take_in
from worker.lease import Worker
from worker.responding import respond_due

ROLES = {"ana": Role.AMBASSADOR, "ben": Role.AMBASSADOR, "mia": Role.MANAGER, "ada": Role.ADMIN}
HANDLES = {Platform.X: "tarnbrook", Platform.REDDIT: "tarnbrook_team"}


@dataclass(slots=True)
class Hand(Worker):
    """A worker whose clock can be put on."""

    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def keys_for(url: str, **more: Any) -> Settings:
    """Settings with every key of the sandbox, pointed at an address."""
    keys = Keys()
    told: dict[str, Any] = {
        "x_url": url, "reddit_url": url, "reddit_oauth_url": url,
        "x_bearer_token": SecretStr(keys.x_bearer), "x_consumer_key": SecretStr(keys.x_consumer_key),
        "x_consumer_secret": SecretStr(keys.x_consumer_secret), "x_access_token": SecretStr(keys.x_access_token),
        "x_access_token_secret": SecretStr(keys.x_access_token_secret),
        "reddit_client_id": SecretStr(keys.reddit_client_id),
        "reddit_client_secret": SecretStr(keys.reddit_client_secret),
        "reddit_username": "tarnbrook_team", "reddit_password": SecretStr(keys.reddit_password),
        "grace_seconds": 0,
    }  # fmt: skip
    return Settings(**told | more)


@dataclass
class House:
    """One database with people in it, beside one set of platforms."""

    database: Database
    settings: Settings
    cast: dict[str, int] = field(default_factory=dict)
    brand_id: int = 0
    ahead: timedelta = timedelta(0)

    def hand(self) -> Hand:
        """A worker of this house, at the house's time."""
        return Hand(self.database, self.settings, ahead=self.ahead)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def later(self, **much: float) -> None:
        """Put the house's clock on."""
        self.ahead += timedelta(**much)

    def by(self, name: str) -> By:
        return By(at=self.now(), user_id=self.cast[name], role=ROLES[name])

    def hear(self, *posts: Found) -> None:
        """Take posts in, as a poll does."""
        with self.database.writing() as session:
            take_in(session, posts, Sighting(brand_id=self.brand_id, via="source:1", at=self.now()),
                    settings=self.settings)  # fmt: skip

    def conversation(self, external_id: str) -> int:
        """The conversation that holds a post."""
        with self.database.reading() as session:
            query = (
                select(Placement.conversation_id)
                .join(Mention, col(Mention.id) == Placement.mention_id)
                .where(Mention.external_id == external_id)
            )
            found = session.exec(query).one()
            assert found is not None
            return found

    def answer(self, external_id: str, text: str = "Sorry! Which kettle is it?", name: str = "ana") -> int:
        """Ana answers a post; the response's id."""
        conversation_id = self.conversation(external_id)
        with self.database.writing() as session:
            made = respond(session, conversation_id, text, by=self.by(name), settings=self.settings)
            assert made.id is not None
            return made.id

    def response(self, response_id: int) -> Response:
        with self.database.reading() as session:
            found = session.get_one(Response, response_id)
            session.expunge(found)
            return found

    def attempts(self, response_id: int) -> list[ResponseAttempt]:
        with self.database.reading() as session:
            query = select(ResponseAttempt).where(ResponseAttempt.response_id == response_id)
            found = list(session.exec(query.order_by(col(ResponseAttempt.number))))
            session.expunge_all()
            return found

    def stands(self, response_id: int) -> str:
        return self.response(response_id).status.value


def open_house(database: Database, settings: Settings) -> House:
    """Make the brand, its accounts and the cast."""
    house = House(database, settings)
    with database.writing() as session:
        brand = Brand(name="Tarnbrook")
        session.add(brand)
        session.flush()
        house.brand_id = brand.id or 0
        for platform, handle in HANDLES.items():
            session.add(Account(brand_id=house.brand_id, platform=platform, handle=handle, handle_key=handle,
                                origin=origin(platform, settings)))  # fmt: skip
        house.cast = _cast(session)
    return house


def _cast(session: Session) -> dict[str, int]:
    users = {n: User(email=f"{n}@example.org", name=n.title(), role=r) for n, r in ROLES.items()}
    session.add_all(users.values())
    session.flush()
    return {n: u.id for n, u in users.items() if u.id is not None}


def as_found(sandbox: Sandbox, post: Post) -> Found:
    """A sandbox's post as a listener brings it."""
    person, parent, root = sandbox.world.author(post), sandbox.world.parent(post), sandbox.world.root(post)
    on = Platform(post.platform)

    def name(one: Post) -> str:
        return one.id if on == Platform.X else one.fullname

    page = "https://x.com/i/status" if on == Platform.X else "https://www.reddit.com/comments"
    return Found(
        platform=on,
        external_id=name(post),
        author=Writer(handle=person.name_on(post.platform)),
        text=post.text,
        url=f"{page}/{post.id}",
        posted_at=post.made_at,
        thread_id=name(root),
        parent_id=name(parent) if parent else None,
        mentioned=("tarnbrook",) if "@tarnbrook" in post.text else (),
    )


@contextmanager
def platforms(offset: timedelta = timedelta(0)) -> Iterator[Sandbox]:
    """The pretend platforms around a small world, their clock so far apart from ours."""
    with running(small_world(offset=offset)) as sandbox:
        yield sandbox


def complaint(sandbox: Sandbox, on: str = "x", by: str = "marta", text: str = "@tarnbrook my kettle leaks") -> Post:
    """Somebody complains, ten minutes ago by the platforms' clock."""
    at = sandbox.clock.now() - timedelta(minutes=10)
    place = {"x": "", "reddit": "kettles"}[on]
    title = {"x": "", "reddit": "My kettle"}[on]
    return sandbox.world.add(on, by, text, at=at, place=place, title=title)  # type: ignore[arg-type]


def posts_by_us(sandbox: Sandbox, on: str = "x") -> list[Post]:
    """What the platform has of ours, shown or not yet."""
    return [p for p in sandbox.world.posts.values() if p.platform == on and p.by == "brand"]


def shots(sandbox: Sandbox) -> int:
    """How many POSTs of replies came in, by the platforms' own log. Asking the server lets it finish its line first."""
    with suppress(httpx.ConnectError):  # it has stopped: its log is complete
        httpx.get(f"{sandbox.url}/sandbox/state")
    paths = ("/2/tweets", "/api/comment", "/api/comment/")
    return sum(1 for seen in sandbox.log.seen if seen.method == "POST" and seen.path in paths)


def conversation_row(house: House, external_id: str) -> Conversation:
    with house.database.reading() as session:
        found = session.get_one(Conversation, house.conversation(external_id))
        session.refresh(found)
        session.expunge(found)
        return found


def heard(house: House, sandbox: Sandbox, on: str = "x", by: str = "marta") -> str:
    """Somebody complains and we have heard it: its id."""
    found = as_found(sandbox, complaint(sandbox, on, by))
    house.hear(found)
    return found.external_id


def pass_time(house: House, sandbox: Sandbox, seconds: float) -> None:
    """The house's and the platforms' clock go on."""
    house.later(seconds=seconds)
    sandbox.clock.advance(timedelta(seconds=seconds))


def send_due(house: House) -> int:
    """One turn of the job that sends; another where this machine was too slow for the second the intent is good for."""
    while True:
        done = respond_due(house.hand())
        with house.database.writing() as session:
            slow = select(Response).where(
                Response.status == ResponseStatus.LATER, col(Response.said).contains("too slow")
            )
            rows = session.exec(slow).all()
            for row in rows:
                row.due_at = house.now()
        if not rows:
            return done
