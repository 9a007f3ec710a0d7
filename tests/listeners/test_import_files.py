import json
import tracemalloc
from pathlib import Path

import pytest

from listeners.import_files import COLUMNS, LONGEST_FIELD, ImportFile, ImportFileError, Line

HEADER = "platform,external_id,author,text,posted_at,parent_id,conversation_id,url,followers,own"
TIME = "2026-03-01T10:00:00Z"


def row(external_id: str, text: str = "it leaks") -> str:
    return f"x,{external_id},marta,{text},{TIME},,,,,"


def lines_of(path: Path, content: str | bytes) -> list[Line]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with ImportFile(path) as file:
        return list(file.rows())


def texts(lines: list[Line]) -> list[str]:
    return [line.cells["text"] for line in lines if not line.fault]


def faults(lines: list[Line]) -> list[tuple[int, str]]:
    return [(line.number, line.fault) for line in lines if line.fault]


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    return tmp_path / "posts.csv"


@pytest.fixture
def jsonl(tmp_path: Path) -> Path:
    return tmp_path / "posts.jsonl"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_byte_order_mark_and_either_line_end_change_nothing(csv: Path, mark: bytes, end: str) -> None:
    found = lines_of(csv, mark + end.join([HEADER, row("1"), "", row("2", '"two, and ""more"""')]).encode())
    assert [(line.number, line.cells["external_id"], line.cells["own"]) for line in found] == [
        (2, "1", ""),
        (4, "2", ""),
    ]
    assert texts(found) == ["it leaks", 'two, and "more"']


def test_line_ends_and_carriage_returns_inside_quotes_are_text(csv: Path) -> None:
    quoted = row("1", '"a\nb\r\nc\rd"')
    found = lines_of(csv, f"{HEADER}\n{quoted}\n{row('2')}\n")
    assert texts(found) == ["a\nb\r\nc\rd", "it leaks"]
    assert [line.number for line in found] == [2, 5]


def test_columns_may_stand_in_any_order_and_case_and_unknown_ones_are_told(csv: Path) -> None:
    csv.write_text("Own,mood," + ",".join(c for c in reversed(COLUMNS) if c != "own").upper() + "\n")
    with ImportFile(csv) as file:
        assert file.ignored == ("mood",)


def test_url_and_followers_need_no_column(csv: Path) -> None:
    header = HEADER.replace(",url,followers", "")
    assert texts(lines_of(csv, f"{header}\nx,1,marta,hello,{TIME},,,\n")) == ["hello"]


@pytest.mark.parametrize("missing", HEADER.replace("url,followers,", "").split(","))
def test_a_missing_column_is_named_before_anything_is_read(csv: Path, missing: str) -> None:
    csv.write_text(",".join(c for c in HEADER.split(",") if c != missing) + "\n")
    with pytest.raises(ImportFileError, match=f"lacks the column {missing};"), ImportFile(csv):
        pass


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "lacks the columns platform, external_id"),
        (HEADER.replace(",", ";").encode(), "parted by commas"),
        ((HEADER + ",Text").encode(), "column text more than once"),
        (HEADER.encode("utf-16"), "UTF-16"),
        (b'"platform', "header"),
        (HEADER.replace(",", ",\r").encode(), "header"),
    ],
)
def test_a_header_that_cannot_be_used_says_what_is_wrong(csv: Path, content: bytes, said: str) -> None:
    csv.write_bytes(content)
    with pytest.raises(ImportFileError, match=said), ImportFile(csv):
        pass


def test_files_that_are_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for name, said in (("posts.xlsx", "must end in"), ("absent.csv", "No such file"), ("folder.csv", "cannot read")):
        with pytest.raises(ImportFileError, match=said), ImportFile(tmp_path / name):
            pass


def test_ragged_rows_are_faults_of_their_own(csv: Path) -> None:
    found = lines_of(csv, "\n".join([HEADER, row("1") + ",more", row("2"), "x,3", row("4")]))
    assert faults(found) == [(2, "11 cells where the header has 10"), (4, "2 cells where the header has 10")]
    assert [line.cells["external_id"] for line in found if not line.fault] == ["2", "4"]
    assert list(found[2].raw) == ["x", "3"]


def test_a_quote_that_is_never_closed_costs_one_line_and_no_more(csv: Path) -> None:
    found = lines_of(csv, "\n".join([HEADER, row("1"), row("2", '"oh no'), row("3"), row("4", '"fine"'), row("5")]))
    assert [number for number, _ in faults(found)] == [3]
    assert [line.cells["external_id"] for line in found if not line.fault] == ["1", "3", "4", "5"]
    assert [line.number for line in found] == [2, 3, 4, 5, 6]


def test_a_quote_open_until_the_end_costs_one_line_and_no_more(csv: Path) -> None:
    found = lines_of(csv, "\n".join([HEADER, row("1", '"oh no'), *(row(str(i)) for i in range(2, 50))]))
    assert faults(found) == [(2, "a quote is opened and never closed")]
    assert len(texts(found)) == 48


def test_a_lone_carriage_return_outside_quotes_is_a_fault(csv: Path) -> None:
    found = lines_of(csv, f"{HEADER}\n{row('1', 'a' + chr(13) + 'b')}\n{row('2')}\n")
    assert faults(found) == [(2, "a lone carriage return outside quotes")]
    assert texts(found) == ["it leaks"]


def test_bytes_that_are_not_utf8_cost_their_line_only(csv: Path, jsonl: Path) -> None:
    found = lines_of(
        csv, f"{HEADER}\n{row('1')}\n".encode() + row("2", "caf\xe9").encode("latin-1") + b"\n" + row("3").encode()
    )
    assert faults(found) == [(3, "holds bytes that are not UTF-8")]
    assert len(texts(found)) == 2
    found = lines_of(jsonl, b'{"text": "one"}\n{"text": "caf\xe9"}\n{"text": "\xf0\x9f\xab\x96"}\n')
    assert faults(found) == [(2, "holds bytes that are not UTF-8")]
    assert texts(found) == ["one", "🫖"]


def test_long_fields_and_nul_are_read(csv: Path) -> None:
    found = lines_of(csv, f"{HEADER}\n{row('1', 'x' * 1_000_000)}\n{row('2', 'a' + chr(0) + 'b')}\n")
    assert [len(t) for t in texts(found)] == [1_000_000, 3]


def test_a_field_longer_than_any_post_is_a_fault(csv: Path) -> None:
    found = lines_of(csv, f"{HEADER}\n{row('1', 'x' * (LONGEST_FIELD + 1))}\n{row('2')}\n")
    assert [number for number, _ in faults(found)] == [2]
    assert texts(found) == ["it leaks"]


def test_numbers_nulls_and_booleans_of_json_become_text(jsonl: Path) -> None:
    content = {
        "external_id": 12345678901234567890,
        "own": True,
        "url": None,
        "Followers": 12,
        "text": "é\n",
        "mood": [1],
    }
    (line,) = lines_of(jsonl, "\ufeff" + json.dumps(content) + "\n\n")
    assert line.cells == {
        "external_id": "12345678901234567890",
        "own": "true",
        "url": "",
        "followers": "12",
        "text": "é\n",
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[1]", "is not a JSON object"),
        ('"text"', "is not a JSON object"),
        ("null", "is not a JSON object"),
        ('{"text": ', "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ('{"text": {"a": 1}}', "text is no plain value"),
        ('{"external_id": [1]}', "external_id is no plain value"),
    ],
)
def test_a_line_that_is_no_object_of_plain_values_is_a_fault(jsonl: Path, content: str, said: str) -> None:
    found = lines_of(jsonl, f'{content}\n{{"text": "fine"}}\n')
    assert faults(found) == [(1, said)]
    assert texts(found) == ["fine"]


def test_reading_says_how_far_it_has_come(csv: Path) -> None:
    csv.write_text("\ufeff" + "\n".join([HEADER, row("1"), row("2")]), encoding="utf-8")
    with ImportFile(csv) as file:
        begun = file.bytes_read
        assert 0 < begun < csv.stat().st_size
        assert len(list(file.rows())) == 2
        assert file.bytes_read == csv.stat().st_size


def test_however_long_a_jsonl_file_is_one_line_of_it_is_held(jsonl: Path) -> None:
    with jsonl.open("w") as file:
        file.writelines(json.dumps({"platform": "x", "text": "y" * 1000}) + "\n" for _ in range(5000))
    tracemalloc.start()
    try:
        with ImportFile(jsonl) as opened:
            numbers = [line.number for line in opened.rows()]
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert numbers == list(range(1, 5001))
    assert most < 1_000_000, "of five million bytes"
