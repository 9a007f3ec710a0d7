"""TESTS: a house with conversations for the queue's screen: a complaint that waits again, a question, one on Reddit."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlmodel import col, select

from listeners.post import Post, Writer
from listeners.saving import Sighting
from models import Author, Conversation
from models.database import Database
from models.values import Platform
from settings import Settings
from tests.house import make_brand, make_cast
from worker.intake import take_in

HOSTILE = (
    "<script>window.hacked = 1</script> <img src=x onerror='window.hacked = 1'> ![see](https://evil.example/pixel.png) "
    "[click](javascript:window.hacked=1) \u202eright to left\u202c **bold** $x^2$ :material/bolt: <b>b</b>"
)
LONG = "Kettle! " * 5_000
"""40,000 characters."""


def ago(minutes: float) -> datetime:
    """So many minutes before the machine's present time."""
    return datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=minutes)


def said(
    external_id: str,
    author: str,
    minutes: float,
    text: str,
    *,
    name: str = "",
    to: str | None = None,
    thread: str | None = None,
    platform: Platform = Platform.X,
    mentioned: tuple[str, ...] = ("acme",),
    url: str = "",
) -> Post:
    """A post made so many minutes before now; on X it names us."""
    return Post(
        platform=platform,
        external_id=external_id,
        author=Writer(handle=author, name=name, followers=2_100),
        text=text,
        posted_at=ago(minutes),
        parent_id=to,
        thread_id=thread,
        mentioned=mentioned if platform == Platform.X else (),
        url=url or f"https://{platform.value}.example/{author}/status/{external_id}",
    )


def fill(database: Database, posts: Iterable[Post] | None = None) -> dict[str, int]:
    """The cast, the brand Acme, and the posts; name → user id."""
    cast = make_cast(database)
    brand_id = make_brand(database)
    sighting = Sighting(brand_id=brand_id, via="source:1", at=ago(5))
    with database.writing() as session:
        take_in(session, story() if posts is None else posts, sighting, settings=Settings())
    return cast


def story() -> list[Post]:
    """Marcus waits for the second time, Jo asks, Kim writes on Reddit."""
    return [
        said("1", "marcusbell", 600, "@acme second kettle from you, same leak. What now?", name="Marcus Bell"),
        said("2", "acme", 562, "Hi Marcus, a new base is on its way.", to="1", thread="1", mentioned=("marcusbell",)),
        said("3", "marcusbell", 230, "@acme it leaks again.", name="Marcus Bell", to="2", thread="1"),
        said("4", "jo", 100, "@acme is the 1.7 safe to descale?", name="Jo"),
        said(
            "5",
            "kim",
            20,
            "Which filter fits?",
            platform=Platform.REDDIT,
            url="https://reddit.example/r/tea/comments/5/",
        ),
    ]


def hostile(database: Database) -> dict[str, int]:
    """Somebody whose name and words would do harm if they were anything but text, and somebody endless."""
    evil = said(
        "6", "evil", 50, "@acme " + HOSTILE, name="<img src=x onerror=alert(1)>![n](https://evil.example/n.png)"
    )
    return fill(database, [*story(), evil, said("7", "endless", 40, LONG.strip(), name="Endless")])


def id_of(database: Database, handle: str) -> int:
    """The conversation of an author."""
    with database.reading() as session:
        query = (
            select(Conversation.id)
            .join(Author, col(Author.id) == Conversation.author_id)
            .where(Author.handle_key == handle, Conversation.mentions > 0)
        )
        found = session.exec(query).one()
        assert found is not None
        return found


def conversation(database: Database, handle: str) -> Conversation:
    """The same, as it stands."""
    with database.reading() as session:
        found = session.get_one(Conversation, id_of(database, handle))
        session.expunge(found)
        return found
