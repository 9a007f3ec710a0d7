import csv
import json
from pathlib import Path

import pytest

from tests.commands.conftest import Shell

ROWS = [
    ("I love this kettle, perfect, thank you so much!", "2"),
    ("terrible service, awful, I want my money back", "0"),
    ("the shop opens at nine on Tuesday", "1"),
    ("", "1"),
    ("hi", ""),
    ("who knows", "9"),
]
MAPPED = ("--map", "0=negative", "--map", "1=neutral", "--map", "2=positive", "--map", "9=-")
COLUMNS = ("--text", "text", "--label", "label")


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "texts.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "label"), *ROWS])
    monkeypatch.chdir(tmp_path)
    return path


def test_figures_are_printed_and_a_picture_is_drawn_beside(lone_shell: Shell, texts: Path, tmp_path: Path) -> None:
    told = lone_shell("evaluate", texts, *COLUMNS, *MAPPED)
    for words in ("accuracy", "macro recall", "macro F1", "calibration error", "Confusion", "By language", "95 %"):
        assert words in told.stdout
    assert "3 of 6 rows evaluated; 1 without a label in label, 1 without a text, 1 left out by --map." in told.stderr
    assert "3/3" in told.stderr
    assert (tmp_path / "texts-evaluation.png").read_bytes().startswith(b"\x89PNG")


def test_json_is_json_and_nothing_else(lone_shell: Shell, texts: Path, tmp_path: Path) -> None:
    told = lone_shell.json("evaluate", texts, *COLUMNS, *MAPPED, "--no-picture")
    assert told["rows"] == 3
    assert told["file"]["labels"] == {"2": 1, "0": 1, "1": 1, "9": 1}
    assert (told["file"]["left_out"], told["file"]["empty_texts"], told["file"]["missing_labels"]) == (1, 1, 1)
    assert told["labels"]["9"] == "-"
    assert told["accuracy"].keys() == {"value", "low", "high"}
    assert sum(map(sum, told["confusion"])) == 3
    assert len(told["bins"]) == 15
    assert sum(each["rows"] for each in told["languages"].values()) == 3
    assert [file.name for file in tmp_path.glob("*.png")] == []


def test_the_picture_goes_where_it_is_told(lone_shell: Shell, texts: Path, tmp_path: Path) -> None:
    told = lone_shell("evaluate", texts, *COLUMNS, *MAPPED, "--picture", tmp_path / "a.SVG")
    assert "a.SVG" in told.stderr
    assert b"<svg" in (tmp_path / "a.SVG").read_bytes()
    assert not (tmp_path / "texts-evaluation.png").exists()


def test_an_intent_is_asked_after_with_yes_or_no(lone_shell: Shell, texts: Path) -> None:
    asked = ("--field", "intent", "--map", "0=complaint", "--map", "1=not-complaint", "--map", "2=not-complaint")
    words = ("evaluate", texts, *COLUMNS, *asked, "--map", "9=-", "--no-picture")
    told = lone_shell.json(*words)
    assert told["classes"] == ["complaint", "not-complaint"]
    assert told["yes_no"]["auc"] == 1
    assert "F1 complaint" in lone_shell(*words).stdout


def test_labels_nobody_mapped_are_a_usage_error_that_says_what_to_type(lone_shell: Shell, texts: Path) -> None:
    told = lone_shell("evaluate", texts, *COLUMNS, "--json", exit_code=2)
    assert told.stdout == ""
    assert "0 (1), 1 (1), 2 (1), 9 (1)" in told.stderr
    assert "--map '0=?'" in told.stderr
    assert "reading" not in told.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--text", "body", "--label", "label"), "text, label"),
        ((*COLUMNS, *MAPPED, "--picture", "a.pdf"), ".png or .svg"),
        ((*COLUMNS, *MAPPED, "--picture", "no/where/a.png"), "there is no folder"),
        ((*COLUMNS, *MAPPED, "--delimiter", "::"), "one sign"),
        ((*COLUMNS, "--map", "0=happy"), "negative, neutral, positive"),
        ((*COLUMNS, *MAPPED, "--field", "mood"), "sentiment"),
        (("--text", "text"), "--label"),
    ],
)
def test_a_wrong_call_says_what_to_do(lone_shell: Shell, texts: Path, words: tuple[str, ...], said: str) -> None:
    told = lone_shell("evaluate", texts, *words, exit_code=2)
    assert told.stdout == ""
    assert said in told.stderr
    assert list(texts.parent.glob("*.png")) == []


def test_a_file_that_is_not_there_is_a_failure(lone_shell: Shell, texts: Path) -> None:
    assert "No such file" in lone_shell("evaluate", texts.parent / "none.csv", *COLUMNS, exit_code=1).stderr


def test_evaluating_needs_no_database(lone_shell: Shell, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    lone_shell("evaluate", texts, *COLUMNS, *MAPPED, "--no-picture")
    assert not (texts.parent / "data").exists()


def test_hostile_labels_are_shown_and_do_nothing(lone_shell: Shell, texts: Path) -> None:
    texts.write_bytes(b"text,label\nhi,\x1b[2J\x9b\nho,\xe9\n")
    told = lone_shell("evaluate", texts, *COLUMNS, exit_code=2)
    assert "\x1b" not in told.stderr
    assert "\x9b" not in told.stderr
    found = lone_shell("evaluate", texts, *COLUMNS, "--map", "\x1b[2J\udc9b=-", "--map", "\udce9=neutral", "--json")
    assert json.loads(found.stdout)["rows"] == 1
    assert "2 rows have lost letters" in found.stderr
