import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from listeners.import_files import ImportFileError
from listeners.import_rows import NO_URL, TWICE
from models import Brand, Mention, MentionFind, MentionVersion, Placement, Thread
from models.database import Database
from models.values import Resolution, Status
from settings import Settings
from tests.conftest import NOON
from tests.house import conversation_of, make_brand, texts, waits_of
from tests.worker.import_stage import Cells, bring_in, cells, counted, whole, write
from worker.importing import import_file, rejects_path


@pytest.fixture
def acme(database: Database) -> int:
    return make_brand(database)


def rejects(path: Path) -> list[tuple[str, str]]:
    with rejects_path(path).open(encoding="utf-8", newline="") as file:
        return [(r["line"], r["reason"]) for r in csv.DictReader(file)]


@pytest.fixture
def story() -> list[Cells]:
    """Marta writes, we answer her, she comes back; Jo and Kim write under the same post and nobody answers."""
    return [
        cells("1", "marta", -50, conversation_id="1"),
        cells("2", "helpdesk", -40, "sorry", parent_id="1", conversation_id="1", own="true"),
        cells("3", "marta", -30, "thanks, and now?", parent_id="2", conversation_id="1"),
        cells("4", "jo", -25, parent_id="1", conversation_id="1"),
        cells("5", "kim", -20, parent_id="4"),
    ]


def test_a_file_becomes_conversations_and_waits(
    database: Database, acme: int, tmp_path: Path, story: list[Cells]
) -> None:
    result = bring_in(database, write(tmp_path / "posts.csv", story))
    assert counted(result) == (5, 5, 0, 0, 0)
    assert (result.rejects_path, result.notes, result.ignored_columns) == (None, {}, ())
    with database.reading() as session:
        assert waits_of(session, "marta") == [(-50, -40, "answered"), (-30, None, None)]
        assert waits_of(session, "jo") == [(-25, None, None)]
        assert waits_of(session, "kim") == [(-20, None, None)]
        assert session.exec(select(MentionFind.via).distinct()).all() == ["import"]


def test_ours_is_what_the_file_says_although_no_account_is_listed(
    database: Database, acme: int, tmp_path: Path, story: list[Cells]
) -> None:
    bring_in(database, write(tmp_path / "posts.csv", story))
    with database.reading() as session:
        ours = session.exec(select(Mention).where(col(Mention.own))).one()
        assert (ours.external_id, ours.own_told) == ("2", True)
        assert ours.read_at is not None


def test_an_id_that_is_ours_on_one_platform_is_not_ours_on_another(
    database: Database, acme: int, tmp_path: Path
) -> None:
    both = [cells("1", "helpdesk", -5, own="1"), cells("1", "marta", -4, platform="blog")]
    bring_in(database, write(tmp_path / "posts.csv", both))
    with database.reading() as session:
        assert {m.platform.value: m.own for m in session.exec(select(Mention))} == {"x": True, "blog": False}


def test_the_same_file_again_changes_nothing(database: Database, acme: int, tmp_path: Path, story: list[Cells]) -> None:
    path = write(tmp_path / "posts.csv", story)
    bring_in(database, path)
    before = whole(database)
    assert counted(bring_in(database, path)) == (5, 0, 5, 0, 0)
    assert whole(database) == before


def test_another_text_of_a_known_post_is_an_edition(database: Database, acme: int, tmp_path: Path) -> None:
    rows = [cells("1", "marta", -9, "it leaks"), cells("1", "marta", -9, "it leaks and burns")]
    path = write(tmp_path / "posts.csv", rows)
    assert counted(bring_in(database, path)) == (2, 1, 1, 1, 0)
    assert counted(bring_in(database, path)) == (2, 0, 2, 0, 0)
    with database.reading() as session:
        assert texts(session) == {"1": "it leaks and burns"}
        assert session.exec(select(MentionVersion.text)).all() == ["it leaks"]


def test_json_lines_say_the_same_as_csv(database: Database, acme: int, tmp_path: Path, story: list[Cells]) -> None:
    bring_in(database, write(tmp_path / "posts.csv", story))
    before = whole(database)
    lines = [json.dumps({k: v or None for k, v in row.items()} | {"own": row["own"] == "true"}) for row in story]
    (tmp_path / "posts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert counted(bring_in(database, tmp_path / "posts.jsonl")) == (5, 0, 5, 0, 0)
    assert whole(database) == before


def test_what_cannot_be_read_is_rejected_with_line_and_reason_and_the_rest_is_kept(
    database: Database, acme: int, tmp_path: Path
) -> None:
    rows = [
        cells("1", "marta", -5),
        cells("2", "jo", -4, platform="myspace"),
        cells("3", "kim", -3, "two\nlines", posted_at="2026-03-01T10:00:00"),
        cells("4", "lee", -2, brand="Nobody"),
        cells("5", "ann", -1, url="javascript:alert(1)"),
    ]
    path = write(tmp_path / "posts.csv", rows)
    result = bring_in(database, path)
    assert counted(result) == (5, 2, 0, 0, 3)
    assert result.rejects_path == tmp_path / "posts.rejects.csv"
    assert result.notes == {NO_URL: 1}
    assert [line for line, _ in rejects(path)] == ["3", "4", "6"]
    reasons = [reason for _, reason in rejects(path)]
    assert "myspace" in reasons[0]
    assert "--timezone" in reasons[1]
    assert reasons[2] == 'no brand "Nobody"; add it with `quarterdeck brand add`'
    with database.reading() as session:
        assert texts(session) == {"1": "it leaks", "5": "it leaks"}
        assert session.exec(select(Mention.url).where(Mention.external_id == "5")).one() == ""


def test_rejects_can_be_mended_and_imported(database: Database, acme: int, tmp_path: Path) -> None:
    path = write(tmp_path / "posts.csv", [cells("3", "kim", -3, "two\nlines", posted_at="2026-03-01T10:00:00")])
    bring_in(database, path)
    result = bring_in(database, rejects_path(path), timezone="Europe/Berlin")
    assert counted(result) == (1, 1, 0, 0, 0)
    assert result.ignored_columns == ("line", "reason")
    with database.reading() as session:
        mention = session.exec(select(Mention)).one()
        assert (mention.text, mention.posted_at) == ("two\nlines", datetime(2026, 3, 1, 9, tzinfo=UTC))


def test_old_rejects_go_when_there_are_none_any_more(database: Database, acme: int, tmp_path: Path) -> None:
    path = write(tmp_path / "posts.csv", [cells("1", "", -3)])
    assert bring_in(database, path).rejects_path
    write(path, [cells("1", "marta", -3)])
    assert bring_in(database, path).rejects_path is None
    assert [p.name for p in tmp_path.glob("posts*")] == ["posts.csv"]


def test_hostile_rows_cost_themselves_only(database: Database, acme: int, tmp_path: Path) -> None:
    path = write(tmp_path / "posts.csv", [cells("1", "marta", -5, "a\x00b"), cells("2", "jo", -4, "x" * 1_000_000)])
    with path.open("ab") as file:
        file.write(b"x,3,kim,caf\xe9,2026-03-01T10:00:00Z,,,,,\r\n")
        file.write(b'x,4,kim,"open,2026-03-01T10:00:00Z,,,,,\r\n')
        file.write(b"x,5,kim\r\n")
        file.write(b"x,6,kim," + b"\xff" * 10 + b",2026-03-01T10:00:00Z,,,,,\r\n")
        file.write(b"x,7,kim,fine,2026-03-01T10:00:00Z,,,,,\r\n")
    assert counted(bring_in(database, path)) == (7, 3, 0, 0, 4)
    assert [line for line, _ in rejects(path)] == ["4", "5", "6", "7"]
    with database.reading() as session:
        assert {k: len(v) for k, v in texts(session).items()} == {"1": 3, "2": 1_000_000, "7": 4}


def test_a_zone_says_what_naive_times_mean(database: Database, acme: int, tmp_path: Path) -> None:
    rows = [
        cells("1", "a", 0, posted_at="2025-10-26T02:30:00"),
        cells("2", "b", 0, posted_at="2025-10-26T03:30:00"),
        cells("3", "c", 0, posted_at="2025-03-30T02:30:00"),
    ]
    path = write(tmp_path / "posts.csv", rows)
    result = bring_in(database, path, timezone="Europe/Berlin")
    assert (counted(result), result.notes) == ((3, 2, 0, 0, 1), {TWICE: 1})
    assert "jumped over" in rejects(path)[0][1]
    with database.reading() as session:
        times = {m.external_id: m.posted_at for m in session.exec(select(Mention))}
        assert times == {"1": datetime(2025, 10, 26, 0, 30, tzinfo=UTC), "2": datetime(2025, 10, 26, 2, 30, tzinfo=UTC)}


def test_rows_go_to_the_brand_they_name_else_to_the_first_that_is_no_competitor(
    database: Database, tmp_path: Path
) -> None:
    make_brand(database, "Rival", competitor=True)
    make_brand(database, "Acme")
    make_brand(database, "Zenith")
    rows = [cells("1", "a", -1), cells("2", "b", -1, brand="zenith"), cells("3", "c", -1, brand="Rival")]
    path = write(tmp_path / "posts.csv", rows)
    bring_in(database, path)
    bring_in(database, write(path, [cells("4", "d", -1)]), brand="ZENITH")
    with database.reading() as session:
        query = (
            select(Mention.external_id, Brand.name)
            .join(Placement, col(Placement.mention_id) == Mention.id)
            .join(Brand, col(Brand.id) == Placement.brand_id)
        )
        assert dict(session.exec(query).all()) == {"1": "Acme", "2": "Zenith", "3": "Rival", "4": "Zenith"}


@pytest.mark.parametrize(
    ("asked", "said"), [({"brand": "Nobody"}, "no brand"), ({"timezone": "Mars/X"}, "no time zone")]
)
def test_what_was_asked_wrongly_is_said_before_anything_is_imported(
    database: Database, acme: int, tmp_path: Path, asked: dict[str, str], said: str
) -> None:
    path = write(tmp_path / "posts.csv", [cells("1", "a", -1)])
    with pytest.raises(ImportFileError, match=said):
        bring_in(database, path, **asked)  # type: ignore[arg-type]
    with database.reading() as session:
        assert texts(session) == {}


def test_without_any_brand_nothing_is_imported(database: Database, tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="there is no brand"):
        bring_in(database, write(tmp_path / "posts.csv", [cells("1", "a", -1)]))


def test_history_counts_and_rests_unless_it_is_asked_into_the_queue(
    database: Database, acme: int, tmp_path: Path
) -> None:
    old = -3 * 24 * 60
    path = write(tmp_path / "posts.csv", [cells("1", "marta", old), cells("2", "jo", -60)])
    bring_in(database, path)
    with database.reading() as session:
        marta, jo = conversation_of(session, "marta"), conversation_of(session, "jo")
        assert (marta.status, marta.resolution, jo.status) == (Status.RESOLVED, Resolution.HISTORY, Status.NEW)
        followed = session.exec(select(Thread.external_id).where(col(Thread.next_poll_at).is_not(None))).all()
        assert followed == ["2"]
    assert counted(bring_in(database, path, to_queue=True)) == (2, 0, 2, 0, 0)
    with database.reading() as session:
        assert conversation_of(session, "marta").status == Status.OPEN
        assert waits_of(session, "marta") == [(old, None, None)]


def test_progress_tells_the_bytes_that_are_safe(database: Database, acme: int, tmp_path: Path) -> None:
    path = write(tmp_path / "posts.csv", [cells(str(i), f"p{i}", -i) for i in range(10)])
    told: list[tuple[int, int]] = []

    def hear(done: int) -> None:
        with database.reading() as session:
            told.append((done, session.exec(select(func.count()).select_from(Mention)).one()))

    import_file(database, path, settings=Settings(), chunk=4, now=lambda: NOON, on_progress=hear)
    assert [stored for _, stored in told] == [4, 8, 10]
    assert told[0][0] < told[1][0] < told[2][0] == path.stat().st_size
