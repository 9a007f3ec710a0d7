"""Nobody's words act in a terminal, troubles end in one line and a code, JSON is JSON."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.common import one_line, plain, print_json, print_table, say, show_line
from tests.commands.conftest import Shell

HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07 \x9b31m [bold red]not[/] [/] \\[blink]x[/blink] :smile: "
    "\u202egnp.exe\u2066 a\rb \x00\x08\x7f\u2028 [link=file:///etc/passwd]y"
)
ACTING = [chr(n) for n in (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0))] + list("\u202e\u2066\u200e\u061c")


def test_hostile_words_are_printed_as_words(capsys: pytest.CaptureFixture[str]) -> None:
    say(HOSTILE, "red")
    show_line(HOSTILE)
    print_table("T", ("a", "b"), [(HOSTILE, 1)], "none")
    told = capsys.readouterr()
    for printed in (told.out, told.err):
        assert [c for c in ACTING if c in printed] == []
        for shown in ("[bold red]not[/]", "\\[blink]x[/blink]", ":smile:", "[link=file:///etc/passwd]y"):
            assert shown in printed


def test_letters_emoji_and_line_breaks_stay() -> None:
    text = "多谢！\u3000ありがとう\n👩\u200d🔧 می\u200cخواهم ña"
    assert plain(text) == text.replace("\u3000", " ")
    assert plain("a\r\nb\tc\u00a0d") == "a\nb c d"
    assert one_line(" a\n\n b \t c ") == "a b c"


def test_a_line_for_people_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    say("found\nERROR the house is burning " + "x" * 300)
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_json_keeps_every_character_and_prints_none_that_acts(capsys: pytest.CaptureFixture[str]) -> None:
    words = HOSTILE + "多谢\ud800"
    print_json({"text": words, "at": datetime(2026, 3, 4, 12, tzinfo=UTC)})
    printed = capsys.readouterr().out
    assert [c for c in ACTING if c in printed] == []
    assert json.loads(printed) == {"text": words, "at": "2026-03-04T12:00:00Z"}
    assert "多谢" in printed


def test_bad_settings_end_every_command_with_code_2(lone_shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTERDECK_X_DAILY_USD", "much")
    for words in (["queue", "--json"], ["worker", "--once"], ["brand", "list"], ["classify", "f", "--column", "c"]):
        result = lone_shell(*words, exit_code=2)
        assert result.stdout == ""
        assert result.stderr.startswith("QUARTERDECK_X_DAILY_USD: ")


def test_a_database_that_is_none_ends_with_code_1(
    lone_shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "q.sqlite").write_text("this is a letter, not a database " * 100)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'q.sqlite'}")
    assert "not a database" in lone_shell("queue", "--json", exit_code=1).stderr


def test_a_database_that_answers_nobody_ends_with_code_1_and_keeps_its_password(
    lone_shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:hunter2@127.0.0.1:1/d?connect_timeout=2")
    result = lone_shell("source", "list", exit_code=1)
    assert "cannot use the database postgresql+psycopg://u:***@127.0.0.1:1" in result.stderr
    assert "hunter2" not in result.stderr


def test_a_folder_that_cannot_be_made_ends_with_code_1(
    lone_shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("QUARTERDECK_DATA", str(tmp_path / "file" / "data"))
    assert "QUARTERDECK_DATA" in lone_shell("queue", exit_code=1).stderr
