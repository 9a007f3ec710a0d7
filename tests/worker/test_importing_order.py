"""TESTS: an import in any order, or half of it polled, leads to the same conversations, waits and report."""

import csv
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from sqlalchemy import text

from benchmarks.storm import write_storm
from listeners.import_files import COLUMNS, ImportFile
from listeners.import_rows import read_row
from listeners.post import Post
from models import Account
from models.database import Database
from models.values import Platform
from settings import Settings
from tests.conftest import NOON
from tests.house import arrive, at, make_brand
from tests.outcomes import outcome, report
from worker.importing import import_file

Cells = dict[str, str]
OURS = ("acme", "quarterdeck_help")
DAY = 24 * 60


def said(external_id: str, author: str, minutes: float, to: str = "", thread: str = "", platform: str = "x") -> Cells:
    values = (platform, external_id, author, f"words of {external_id}", at(minutes).isoformat(), to, thread)
    own = "yes" if author == "acme" else ""
    return dict(zip(COLUMNS, (*values, own), strict=False))


STORY = [
    said("10", "acme", -9 * DAY, thread="10"),  # our announcement, and our word below it that answers nobody
    said("11", "acme", -9 * DAY + 1, "10", "10"),
    said("12", "marta", -9 * DAY + 5, "10", "10"),  # three people under one post; the middle one is answered
    said("13", "jo", -9 * DAY + 6, "10"),
    said("14", "kim", -9 * DAY + 7, "12", "10"),
    said("15", "acme", -9 * DAY + 30, "13"),
    said("16", "acme", -9 * DAY + 31, "15"),  # on from our own answer: still to Jo
    said("17", "jo", -9 * DAY + 40, "16"),  # Jo follows up, and is answered again
    said("18", "acme", -9 * DAY + 90, "17", "10"),
    said("20", "marta", -8 * DAY),  # a thread that nobody told, found from the bottom up
    said("21", "lee", -8 * DAY + 1, "20"),
    said("22", "marta", -8 * DAY + 2, "21"),
    said("23", "acme", -8 * DAY + 300, "22"),
    said("31", "ann", -7 * DAY, "30"),  # under a parent that never comes: a bystander, and our answer
    said("32", "acme", -7 * DAY + 4, "31"),
    said("33", "bo", -7 * DAY + 5, "30"),
    said("41", "cy", -6 * DAY, "40", "40"),  # our answer to a post that is missing: one waits, so it is theirs
    said("42", "acme", -6 * DAY + 9, "49", "40"),
    said("51", "di", -5 * DAY, thread="50"),  # the same with two who wait: nobody can tell
    said("52", "ed", -5 * DAY + 1, thread="50"),
    said("53", "acme", -5 * DAY + 9, "59", "50"),
    said("61", "flo", -4 * DAY + 3, "60", "60"),  # a clock astray: the answer is dated before the question
    said("62", "acme", -4 * DAY, "61", "60"),
    said("10", "gus", -3 * DAY, platform="blog"),  # the same id elsewhere is another post
    said("11", "hal", -3 * DAY + 1, "10", platform="blog"),
]


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> list[Cells]:
    path = tmp_path_factory.mktemp("storm") / "storm.csv"
    write_storm(path, 500)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(params=["story", "storm"])
def rows(request: pytest.FixtureRequest) -> list[Cells]:
    return STORY if request.param == "story" else list(request.getfixturevalue("storm"))


@pytest.fixture
def houses(database: Database) -> Callable[[], int]:
    """Make the house new: an empty database with one brand, whose accounts are listed."""

    def make() -> int:
        with database.writing() as session:
            for table in ("wait", "closure", "event", "placement", "conversation", "thread", "mentionversion",
                          "mentionfind", "reading", "mention", "author", "account", "brand"):  # fmt: skip
                session.execute(text(f"DELETE FROM {table}"))
        brand = make_brand(database)
        listed = [(p, h) for p in Platform for h in OURS if h != "acme" or p == Platform.BLOG]
        with database.writing() as session:
            session.add_all(Account(brand_id=brand, platform=p, handle=h, handle_key=h) for p, h in listed)
        return brand

    return make


def write(path: Path, rows: Iterable[Cells]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [c for c in COLUMNS if c != "brand"], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def bring_in(database: Database, path: Path, chunk: int) -> None:
    result = import_file(database, path, settings=Settings(), chunk=chunk, now=lambda: NOON)
    assert result.rejected == 0


def as_polled(path: Path) -> list[Post]:
    """The posts as a listener would bring them: who is ours is known from the accounts alone."""
    with ImportFile(path) as file:
        return [read_row(line.cells, zone=None, now=NOON).post for line in file.rows()]


def test_an_import_shuffled_three_ways_gives_the_same(
    database: Database, houses: Callable[[], int], rows: list[Cells], tmp_path: Path
) -> None:
    houses()
    bring_in(database, write(tmp_path / "a.csv", rows), 1000)
    expected, figures = outcome(database), report(database)
    assert figures["waits"] > 10
    assert figures["answered"] > 4
    for seed in range(3):
        shuffled = random.Random(seed).sample(rows, len(rows))
        houses()
        bring_in(database, write(tmp_path / "a.csv", shuffled), 7 + 50 * seed)
        assert outcome(database) == expected
        assert report(database) == figures


@pytest.mark.parametrize("seed", range(3))
def test_an_import_split_with_polling_gives_the_same(
    database: Database, houses: Callable[[], int], rows: list[Cells], tmp_path: Path, seed: int
) -> None:
    houses()
    bring_in(database, write(tmp_path / "a.csv", rows), 1000)
    expected, figures = outcome(database), report(database)
    chance = random.Random(seed)
    shuffled = chance.sample(rows, len(rows))
    third = len(rows) // 3
    imported = write(tmp_path / "b.csv", shuffled[: 2 * third])  # the middle third comes both ways
    polled = as_polled(write(tmp_path / "c.csv", shuffled[third:]))
    brand = houses()
    begun = chance.randrange(len(polled))
    arrive(database, brand, polled[:begun], 0)
    bring_in(database, imported, 40)
    arrive(database, brand, polled[begun:], 0)
    assert outcome(database) == expected
    known = report(database)
    # Where the time went is known of what was polled only; all else is the same.
    assert known.pop("mean_parts_of_the_middle_half") != figures.pop("mean_parts_of_the_middle_half")
    assert known == figures


def test_the_story_says_what_it_is_meant_to(database: Database, houses: Callable[[], int], tmp_path: Path) -> None:
    houses()
    bring_in(database, write(tmp_path / "a.csv", STORY), 1000)
    found = outcome(database)
    open_for = {name: waiting is not None for name, (_, waiting, *_) in found["conversations"].items()}
    assert open_for == {
        "x/10/marta": True,
        "x/10/jo": False,
        "x/10/kim": True,
        "x/20/marta": False,
        "x/20/lee": True,
        "x/30/ann": False,
        "x/30/bo": True,
        "x/40/cy": False,
        "x/50/di": True,
        "x/50/ed": True,
        "x/60/flo": False,
        "blog/10/gus": True,
        "blog/10/hal": True,
    }
    assert [p for p, (where, _) in found["places"].items() if where is None] == ["x/10", "x/11", "x/53"]
    assert report(database)["negative"] == 1
