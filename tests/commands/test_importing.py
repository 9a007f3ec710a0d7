import csv
from pathlib import Path

import pytest

from tests.commands.conftest import Shell

HEADER = "platform,external_id,author,text,posted_at,parent_id,conversation_id,url,followers,own\n"
GOOD = (
    "x,1,marta,the kettle leaks,2026-03-04T12:00:00Z,,1,,,\nTwitter,2,acme,Sorry!,2026-03-04T13:30:00+01:00,1,1,,,yes\n"
)


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    path = tmp_path / "posts.csv"
    path.write_text("\ufeff" + HEADER + GOOD, encoding="utf-8")
    return path


def test_a_file_is_imported_and_again_changes_nothing(shell: Shell, posts: Path) -> None:
    assert "2 rows: 2 new, 0 seen again, 0 other texts, 0 rejected." in shell("import", posts).stderr
    assert "2 rows: 0 new, 2 seen again, 0 other texts, 0 rejected." in shell("import", posts).stderr
    assert not posts.with_suffix(".rejects.csv").exists()
    report = shell.json("report", "response-times")
    assert (report["waits"], report["answered"], report["answered_median_seconds"]) == (1, 1, 1800.0)


def test_what_cannot_be_imported_is_kept_with_line_and_reason_and_code_3(shell: Shell, posts: Path) -> None:
    with posts.open("a", encoding="utf-8") as file:
        file.write("x,3,pavel,when?,2026-03-04T12:00:00,,3,,,\n")
        file.write("telegram,4,pavel,where?,2026-03-04T12:00:00Z,,4,,,\n")
    told = shell("import", posts, exit_code=3)
    assert told.stdout == ""
    assert "2 new" in told.stderr
    assert str(posts.with_suffix(".rejects.csv")) in told.stderr
    with posts.with_suffix(".rejects.csv").open(encoding="utf-8") as file:
        rejected = list(csv.DictReader(file))
    assert [(r["line"], r["external_id"]) for r in rejected] == [("4", "3"), ("5", "4")]
    assert "--timezone" in rejected[0]["reason"]
    assert "reddit or blog" in rejected[1]["reason"]
    shell("import", posts, "--timezone", "Europe/Berlin", exit_code=3)
    assert len(posts.with_suffix(".rejects.csv").read_text().splitlines()) == 2


def test_old_mentions_enter_the_queue_only_when_told_to(shell: Shell, posts: Path) -> None:
    posts.write_text(HEADER + GOOD.splitlines()[0] + "\n", encoding="utf-8")
    shell("import", posts)
    assert shell.json("queue") == []
    assert shell.json("show", "x:1")["status"] == "resolved"
    other = posts.with_name("other.csv")
    other.write_text(HEADER + "x,9,pavel,My kettle is broken. Where do I send it?,2026-03-04T12:00:00Z,,9,,,\n")
    shell("import", other, "--to-queue", "--read")
    (row,) = shell.json("queue")
    assert (row["status"], row["intent"] is not None) == ("open", True)


def test_rows_go_to_the_brand_that_is_told(shell: Shell, posts: Path) -> None:
    shell("brand", "add", "Tarnbrook")
    shell("import", posts, "--brand", "tarnbrook", "--to-queue")
    assert shell.json("show", "x:1")["brand"] == "Tarnbrook"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nothing.csv"], "no file"),
        (["posts.csv", "--timezone", "Moon/Base"], "Moon/Base"),
        (["posts.csv", "--brand", "Nobody"], "Nobody"),
        (["posts.txt"], ".csv or .jsonl"),
        (["headless.csv"], "platform"),
    ],
)
def test_a_file_that_cannot_be_imported_at_all_is_said_and_nothing_is_kept(
    shell: Shell, posts: Path, words: list[str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(posts.parent)
    posts.with_suffix(".txt").write_text(HEADER + GOOD)
    posts.with_name("headless.csv").write_text(GOOD)
    result = shell("import", *words, exit_code=2)
    assert says in result.stderr
    assert "no conversation" in shell("show", "x:1", exit_code=2).stderr
