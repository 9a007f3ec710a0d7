import csv
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import Session, func, select

from benchmarks.storm import write_storm
from models import Author, Conversation, Mention, Placement, Wait
from models.database import Database
from tests.house import make_brand
from tests.worker.import_stage import bring_in, counted, whole
from tests.worker.storm_import import CHUNK

ROOT = Path(__file__).parents[2]


@pytest.fixture
def acme(database: Database) -> int:
    return make_brand(database)


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten thousand rows, a tenth of what `make bench` imports."""
    path = tmp_path_factory.mktemp("storm") / "storm.csv"
    write_storm(path, 10_000)
    return path


def ids_in(path: Path) -> set[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {r["external_id"] for r in csv.DictReader(file)}


def ids_stored(session: Session) -> set[str]:
    found = list(session.exec(select(Mention.external_id)))
    assert len(found) == len(set(found))
    return set(found)


def test_ten_thousand_rows_twice_are_ten_thousand_mentions(database: Database, acme: int, storm: Path) -> None:
    assert counted(bring_in(database, storm)) == (10_000, 10_000, 0, 0, 0)
    with database.reading() as session:
        before = [session.exec(select(func.count()).select_from(t)).one() for t in (Conversation, Wait, Author)]
    assert counted(bring_in(database, storm)) == (10_000, 0, 10_000, 0, 0)
    with database.reading() as session:
        assert ids_stored(session) == ids_in(storm)
        after = [session.exec(select(func.count()).select_from(t)).one() for t in (Conversation, Wait, Author)]
    assert after == before


@pytest.mark.parametrize(
    ("point", "kept"),
    [
        ("import.chunk.1.after_statement.9", 0),
        ("import.chunk.3.before_commit", 2 * CHUNK),
        ("import.chunk.3.after_statement.40", 2 * CHUNK),
    ],
)
def test_an_import_killed_inside_a_transaction_and_run_again_ends_with_exactly_the_set(
    database: Database, acme: int, tmp_path: Path, point: str, kept: int
) -> None:
    path = tmp_path / "storm.csv"
    write_storm(path, 3000)
    command = [sys.executable, "-m", "tests.worker.storm_import", database.url, str(path), point]
    killed = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()[-2000:]
    with database.reading() as session:
        assert len(ids_stored(session)) == kept
    result = bring_in(database, path, chunk=CHUNK)
    assert counted(result) == (3000, 3000 - kept, kept, 0, 0)
    with database.reading() as session:
        assert ids_stored(session) == ids_in(path)
        assert session.exec(select(func.count()).select_from(Placement)).one() == 3000
    killed_and_run_again = whole(database)
    bring_in(database, path, chunk=CHUNK)
    assert whole(database) == killed_and_run_again


def test_two_imports_of_one_file_at_once_end_with_exactly_the_set(
    database: Database, acme: int, tmp_path: Path
) -> None:
    path = tmp_path / "storm.csv"
    write_storm(path, 1500)
    command = [sys.executable, "-m", "tests.worker.storm_import", database.url, str(path)]
    both = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(2)]
    for process in both:
        _, error = process.communicate(timeout=120)
        assert process.returncode == 0, error.decode()[-2000:]
    with database.reading() as session:
        assert ids_stored(session) == ids_in(path)
    before = whole(database)
    assert counted(bring_in(database, path, chunk=CHUNK)) == (1500, 0, 1500, 0, 0)
    assert whole(database) == before
