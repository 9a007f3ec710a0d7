"""Which posts of a followed thread are about a brand."""

import pytest

from listeners.post import Post
from models import Source
from models.database import Database
from models.values import Platform, SourceKind
from tests.house import arrive, make_brand, post
from worker.concerning import Concerning


def kept(database: Database, brand_id: int, *posts: Post) -> list[str]:
    with database.reading() as session:
        return [p.external_id for p in Concerning(session, brand_id, Platform.X).kept(posts)]


@pytest.fixture
def acme(database: Database) -> int:
    """Acme talks with Marta in thread 1, and has a source with words of its own; Rival is a competitor."""
    brand_id = make_brand(database)
    make_brand(database, "Rival", competitor=True)
    arrive(database, brand_id, [post("1", "marta", 0, author_id="77")], 10)
    with database.writing() as session:
        session.add(
            Source(brand_id=brand_id, kind=SourceKind.REDDIT_NEW, target="a", match='"blue kettle"', every_seconds=60)
        )
    return brand_id


@pytest.mark.parametrize(
    ("author", "text", "more", "concerns"),
    [
        ("acme", "hello", {}, True),
        ("Marta", "and another thing", {}, True),
        ("renamed", "and another thing", {"author_id": "77"}, True),
        ("marta", "elsewhere", {"thread": "2"}, False),
        ("pavel", "nice weather", {}, False),
        ("pavel", "hey there", {"mentioned": ("acme",)}, True),
        ("pavel", "what does ACME say?", {}, True),
        ("pavel", "my blue  kettle", {}, True),
        ("pavel", "my red kettle", {}, False),
        ("rival", "try ours", {}, False),
        ("pavel", "hey", {"mentioned": ("rival",)}, False),
    ],
)
def test_who_and_what_concerns_us(
    author: str, text: str, more: dict[str, object], concerns: bool, database: Database, acme: int
) -> None:
    said = post("9", author, 5, text, **({"to": "1", "thread": "1"} | more))  # type: ignore[arg-type]
    assert kept(database, acme, said) == (["9"] if concerns else [])


def test_a_post_another_brand_has_is_not_ours_for_that(database: Database, acme: int) -> None:
    other = make_brand(database, "Other")
    said = post("9", "pavel", 5, "nice weather", to="1", thread="1")
    arrive(database, other, [said], 10)
    assert kept(database, acme, said) == []
    assert kept(database, other, said) == ["9"]


def test_one_follows_from_another_in_whatever_order_they_come(database: Database, acme: int) -> None:
    ours = post("2", "acme", 5, "what batch?", to="1", thread="1")
    theirs = post("3", "pavel", 6, "44", to="2", thread="1")
    more = post("4", "pavel", 7, "or 45", to="3", thread="1")
    stranger = post("5", "wyn", 8, "lol", to="3", thread="1")
    assert kept(database, acme, stranger, more, theirs, ours) == ["4", "3", "2"]


def test_a_brand_of_one_letter_without_words_keeps_nobody_by_chance(database: Database) -> None:
    brand_id = make_brand(database, "X")
    assert kept(database, brand_id, post("9", "pavel", 5, "x marks the spot", thread="1")) == []
