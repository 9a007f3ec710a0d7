"""A whole CSV file read at once."""

import csv
import tracemalloc
from pathlib import Path

import pytest

from triage.reading import ReadingResult
from triage.reading.files import READING_COLUMNS, FileRefused, classify_file


def band(readings: list[ReadingResult], texts: list[str]) -> list[dict[str, object]]:
    return [{"band": "high" if "fire" in text else "low", "priority": len(text)} for text in texts]


def write(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_every_row_and_column_is_kept_in_order_and_the_readings_are_added(tmp_path: Path) -> None:
    rows = [["id", "text"], *([str(number), f"number {number}, love it"] for number in range(600))]
    out = tmp_path / "out.csv"
    assert classify_file(write(tmp_path / "in.csv", rows), "text", out, extra=band) == 600
    found = read(out)
    assert found[0] == ["id", "text", *READING_COLUMNS, "band", "priority"]
    assert [row[:2] for row in found] == rows
    assert {row[2] for row in found[1:]} == {"positive"}
    assert sum(float(found[1][position]) for position in (3, 4, 5)) == pytest.approx(1, abs=1e-5)
    assert found[1][-2:] == ["low", str(len(rows[1][1]))]


def test_a_taken_name_gets_a_prefix_and_the_input_stays(tmp_path: Path) -> None:
    rows = [["text", "sentiment", "qd_sentiment", "band"], ["fire", "mine", "also mine", "rubber"]]
    classify_file(write(tmp_path / "in.csv", rows), "text", tmp_path / "out.csv", extra=band)
    header, row = read(tmp_path / "out.csv")
    assert header[:5] == ["text", "sentiment", "qd_sentiment", "band", "qd_qd_sentiment"]
    assert row[:4] == rows[1]
    assert row[header.index("qd_band")] == "high"


def test_newlines_quotes_and_other_alphabets_survive(tmp_path: Path) -> None:
    cell = 'first line\nsecond "line", 很好\r\nthird 😀'
    classify_file(write(tmp_path / "in.csv", [["text"], [cell]]), "text", tmp_path / "out.csv")
    assert read(tmp_path / "out.csv")[1][0] == cell


def test_a_lone_carriage_return_breaks_no_row(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(b'id,text\n1,"line one\r=line two"\n2,ok\n')
    assert classify_file(tmp_path / "in.csv", "text", tmp_path / "out.csv") == 2
    assert [row[:2] for row in read(tmp_path / "out.csv")[1:]] == [["1", "line one\r=line two"], ["2", "ok"]]
    assert b"2,ok," in (tmp_path / "out.csv").read_bytes().split(b"\n")[2]


def test_an_empty_text_stays_a_row_where_there_is_one_column(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(b"\ntext\na\n\nb\n")
    assert classify_file(tmp_path / "in.csv", "text", tmp_path / "out.csv") == 3
    assert [row[0] for row in read(tmp_path / "out.csv")] == ["text", "a", "", "b"]


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    classify_file(write(tmp_path / "in.csv", [["text"], ["hi"]], "utf-8-sig"), "text", tmp_path / "out.csv")
    assert read(tmp_path / "out.csv")[0][0] == "text"


def test_bytes_that_are_no_utf_8_pass_through(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(b"text\nna\xefve caf\xe9\n")
    classify_file(tmp_path / "in.csv", "text", tmp_path / "out.csv")
    assert b"na\xefve caf\xe9" in (tmp_path / "out.csv").read_bytes()


def test_short_and_long_rows_keep_their_cells(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("a,text,c\n1\n2,hello,x,more,cells\n\n3,,\n", encoding="utf-8")
    assert classify_file(tmp_path / "in.csv", "text", tmp_path / "out.csv") == 3
    header, first, second, third = read(tmp_path / "out.csv")
    assert first[:3] == ["1", "", ""]
    assert second[:3] == ["2", "hello", "x"]
    assert second[len(header) :] == ["more", "cells"]
    assert third[:3] == ["3", "", ""]


def test_a_very_long_cell_is_read(tmp_path: Path) -> None:
    classify_file(write(tmp_path / "in.csv", [["text"], ["long " * 100_000]]), "text", tmp_path / "out.csv")
    assert len(read(tmp_path / "out.csv")) == 2


def test_a_file_may_replace_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", [["text"], ["hi"]])
    classify_file(path, "text", path)
    assert read(path)[0] == ["text", *READING_COLUMNS]


def test_a_missing_column_is_named_with_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"no column 'body'. The file has: id, text"):
        classify_file(write(tmp_path / "in.csv", [["id", "text"]]), "body", tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        ("text\nhi\n".encode("utf-16"), "UTF-16"),
        (b'id,text\n1,"two\nlines"\n2,"oh no\n3,fine\n4,my kettle burns\n', "Line 4 .* never closed"),
        (b'id,text\n1,"Great" he said\n2,ok\n', "Line 2 .* written twice"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_change(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "in.csv").write_bytes(content)
    with pytest.raises(FileRefused, match=words):
        classify_file(tmp_path / "in.csv", "text", tmp_path / "out.csv")
    assert [file.name for file in tmp_path.iterdir()] == ["in.csv"]


def test_a_failure_half_way_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", [["text"], *(["hi"] for _ in range(600))])
    out = write(tmp_path / "out.csv", [["old"]])

    def fail(rows: int, share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        classify_file(path, "text", out, on_progress=fail)
    assert read(out) == [["old"]]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_progress_grows_to_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, float]] = []
    path = write(tmp_path / "in.csv", [["text"], *([f"hi {number}"] for number in range(600))])
    classify_file(path, "text", tmp_path / "out.csv", on_progress=lambda rows, share: seen.append((rows, share)))
    assert [rows for rows, _ in seen] == [256, 512, 600]
    assert seen == sorted(seen)
    assert seen[-1][1] == 1


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = write(tmp_path / "in.csv", [["text"], *(["some words, " * 20] for _ in range(rows))])
        tracemalloc.start()
        classify_file(path, "text", tmp_path / "out.csv")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)  # loads what the first such text needs, language detection too, which short texts do without
    assert peak(1_500) < peak(375) * 1.5


def test_a_header_alone_gives_a_header_alone(tmp_path: Path) -> None:
    assert classify_file(write(tmp_path / "in.csv", [["text"]]), "text", tmp_path / "out.csv", extra=band) == 0
    assert read(tmp_path / "out.csv") == [["text", *READING_COLUMNS, "band", "priority"]]
