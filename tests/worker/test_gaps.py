"""What is known to be missing is kept as rows: opened, followed, closed when filled, and told once when lost."""

from sqlmodel import select

from listeners.post import OpenGap
from models import Gap, Source
from models.database import Database
from models.values import SourceKind
from tests.conftest import NOON
from tests.house import make_brand
from worker.gaps import keep_gaps


def told(key: str, until: str = "9", lost: bool = False) -> OpenGap:
    return OpenGap(key=key, since="1", until=until, reason="more than 5 pages", lost=lost)


def kept(database: Database, *batches: list[OpenGap]) -> list[tuple[str, str, bool, bool]]:
    """Key, until, lost and closed of every row after these batches."""
    with database.writing() as session:
        source = Source(brand_id=1, kind=SourceKind.X_SEARCH, target="t",
                        every_seconds=60)  # fmt: skip
        session.add(source)
        session.flush()
        for batch in batches:
            keep_gaps(session, source.id or 0, batch, NOON)
            session.flush()
        rows = session.exec(select(Gap).order_by("id")).all()
        return [(g.key, g.until, g.lost, g.closed_at is not None) for g in rows]


def test_a_gap_is_opened_followed_and_closed_when_it_is_not_told_any_more(database: Database) -> None:
    make_brand(database)
    assert kept(database, [told("a"), told("b")], [told("a", "5")], []) == [
        ("a", "5", False, True),
        ("b", "9", False, True),
    ]


def test_a_lost_gap_is_closed_at_once_and_repeating_it_adds_no_row(database: Database) -> None:
    make_brand(database)
    assert kept(database, [told("a")], [told("a", lost=True)], [told("a", lost=True)]) == [("a", "9", True, True)]


def test_the_same_gap_told_twice_in_one_batch_is_one_gap(database: Database) -> None:
    make_brand(database)
    assert kept(database, [told("a", "9"), told("a", "7")]) == [("a", "7", False, False)]
