"""A file of labelled texts, row by row."""

import csv
import os
from pathlib import Path

import pytest

from triage.reading.files import FileRefused
from triage.reading.labelled_files import LabelledFile


def write(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def pairs(file: LabelledFile) -> list[tuple[str, str]]:
    return [(row.text, row.label) for row in file.rows()]


def test_rows_come_in_order_as_often_as_asked(tmp_path: Path) -> None:
    file = LabelledFile(write(tmp_path / "in.csv", "id,text,label\n1,hi, 0 \n2,ho,1\n"), "text", "label")
    assert pairs(file) == pairs(file) == [("hi", "0"), ("ho", "1")]


def test_newlines_quotes_and_commas_in_cells_survive(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    cell = 'first\nsecond "line", 很好\r\nthird 😀'
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["text", "label"], [cell, "0"], ["", "1"]])
    assert pairs(LabelledFile(path, "text", "label")) == [(cell, "0"), ("", "1")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "in.csv", "text,label\nçà,0\n", encoding)
    file = LabelledFile(path, "text", "label")
    assert pairs(file) == [("çà", "0")]
    assert file.survey().lost_letters == 0


def test_latin_1_is_read_and_counted(tmp_path: Path) -> None:
    file = LabelledFile(write(tmp_path / "in.csv", "text,label\ncafé,0\ntea,0\n", "latin-1"), "text", "label")
    assert file.survey().lost_letters == 1
    assert file.survey().labels == {"0": 2}


def test_nul_bytes_and_huge_cells_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", f"text,label\na\0b,0\n{'long ' * 200_000},1\n")
    assert [(len(text), label) for text, label in pairs(LabelledFile(path, "text", "label"))] == [
        (3, "0"),
        (1_000_000, "1"),
    ]


def test_rows_that_cannot_be_used_are_counted_once_each(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", "text,label\nhi,0\n,0\nhi,\n,\nshort\n\nhi,1,more\n  \t,1\n")
    survey = LabelledFile(path, "text", "label").survey()
    assert (survey.rows, survey.missing_labels, survey.empty_texts, survey.misshapen) == (7, 3, 2, 2)
    assert survey.labels == {"0": 1, "1": 1}


@pytest.mark.parametrize(
    ("name", "delimiter", "content"),
    [
        ("in.tsv", None, "text\tlabel\nhi, you\t0\n"),
        ("in.TAB", None, "text\tlabel\nhi, you\t0\n"),
        ("in.txt", "tab", "text\tlabel\nhi, you\t0\n"),
        ("in.txt", "\\t", "text\tlabel\nhi, you\t0\n"),
        ("in.csv", ";", "text;label\nhi, you;0\n"),
        ("in.tsv", ",", 'text,label\n"hi, you",0\n'),
    ],
)
def test_columns_are_parted_as_the_name_or_the_caller_says(
    tmp_path: Path, name: str, delimiter: str | None, content: str
) -> None:
    file = LabelledFile(write(tmp_path / name, content), "text", "label", delimiter=delimiter)
    assert pairs(file) == [("hi, you", "0")]


def test_tabs_with_quoted_cells_and_tabs_without_are_told_apart(tmp_path: Path) -> None:
    with (tmp_path / "quoted.tsv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerows([["text", "label"], ["a\tb", "0"], ['"so"\nsaid', "1"]])
    quoted = LabelledFile(tmp_path / "quoted.tsv", "text", "label")
    assert pairs(quoted) == [("a\tb", "0"), ('"so"\nsaid', "1")]
    bare = write(tmp_path / "bare.tsv", 'label\ttext\n0\t"a\n1\tb"\n1\t"c" d\n')
    assert pairs(LabelledFile(bare, "text", "label")) == [('"a', "0"), ('b"', "1"), ('"c" d', "1")]


def test_without_a_header_columns_are_numbers(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", "7,hi,0\n8,ho,1\n")
    assert pairs(LabelledFile(path, "2", "3", has_header=False)) == [("hi", "0"), ("ho", "1")]
    for column in ("0", "4", "text", "-1", "²"):
        with pytest.raises(FileRefused, match="from 1 to 3"):
            LabelledFile(path, column, "3", has_header=False)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ("id,words,label\n1,hi,0\n", "no column 'text'.*id, words, label.*--no-header"),
        ("id;text;label\n1;hi;0\n", "--delimiter ';'"),
        ("text,text,label\nhi,ho,0\n", "more than once"),
        ('text,label\n"hi,0\n', "Line 2 .*never closed"),
        ('text,label\n"hi"!,0\n', "Line 2"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_change(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        LabelledFile(write(tmp_path / "in.csv", content), "text", "label").survey()


@pytest.mark.parametrize("delimiter", ["", ";;", '"', "\n", " "])
def test_a_delimiter_is_one_sign(tmp_path: Path, delimiter: str) -> None:
    with pytest.raises(FileRefused, match="one sign"):
        LabelledFile(write(tmp_path / "in.csv", "text,label\n"), "text", "label", delimiter=delimiter)


def test_a_column_of_names_is_no_column_of_labels(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", "text,label\n" + "".join(f"hi,{n}\n" for n in range(1_001)))
    with pytest.raises(FileRefused, match="right column"):
        LabelledFile(path, "text", "label").survey()


def test_what_can_be_read_once_only_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(FileRefused, match="ordinary file"):
            LabelledFile(path, "text", "label")
    with pytest.raises(FileNotFoundError):
        LabelledFile(tmp_path / "none.csv", "text", "label")
