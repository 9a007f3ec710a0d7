import csv
from pathlib import Path

import pytest

from commands.classify import names_somebody, urgency
from settings import settings
from tests.commands.conftest import Shell
from triage.reading import classify

ADDED = [
    "sentiment", "p_negative", "p_neutral", "p_positive", "intent", "intent_confidence", "needs_reply", "language",
    "band", "priority",
]  # fmt: skip
TEXTS = [
    "@acme my kettle caught fire and burned my hand",
    "What a lovely day",
    "Is the large kettle back in stock?",
    "",
]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    path = tmp_path / "texts.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["n", "text", "intent"], *([n, t, "mine"] for n, t in enumerate(TEXTS))])
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_priority_is_of_the_weights_that_are_set(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = classify(["@acme my kettle caught fire and burned my hand"])
    (plain,) = urgency(reading, ["@acme ouch"])
    for name, most in (("ADDRESSED", 60), ("SEVERITY", 0), ("INTENT", 15)):
        monkeypatch.setenv(f"QUARTERDECK_PRIORITY_{name}", str(most))
    settings.cache_clear()
    (other,) = urgency(reading, ["@acme ouch"])
    (silent,) = urgency(reading, ["ouch"])
    assert plain["band"] == other["band"]
    assert isinstance(other["priority"], int)
    assert silent["priority"] == other["priority"] - 60


def test_every_row_and_column_stays_and_the_readings_stand_beside_them(
    lone_shell: Shell, texts: Path, tmp_path: Path
) -> None:
    out = tmp_path / "read.csv"
    told = lone_shell("classify", texts, "--column", "text", "--out", out)
    assert told.stdout == ""
    assert "4 texts read" in told.stderr
    found = rows(out)
    assert [(r["n"], r["text"], r["intent"]) for r in found] == [(str(n), t, "mine") for n, t in enumerate(TEXTS)]
    assert list(found[0]) == ["n", "text", "intent", *(f"qd_{c}" if c == "intent" else c for c in ADDED)]
    assert all(0 <= float(r["needs_reply"]) <= 1 and 0 <= int(r["priority"]) <= 100 for r in found)
    assert int(found[0]["priority"]) > int(found[2]["priority"]) > int(found[1]["priority"])
    assert found[0]["band"] == "urgent"


def test_classifying_needs_no_database(
    lone_shell: Shell, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    lone_shell("classify", texts, "--column", "text", "--out", tmp_path / "read.csv")
    assert not (tmp_path / "data").exists()


def test_what_names_somebody_is_addressed() -> None:
    assert [names_somebody(t) for t in ("@acme hi", "hi @acme", "a@b.org", "@ home", "@@", "é@x")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip


def test_a_wrong_call_says_what_to_do(lone_shell: Shell, texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "read.csv"
    assert "n, text, intent" in lone_shell("classify", texts, "--column", "body", "--out", out, exit_code=2).stderr
    assert "--column" in lone_shell("classify", texts, exit_code=2).stderr
    assert "no folder" in lone_shell("classify", "--accuracy", tmp_path / "none", exit_code=2).stderr
    assert "No such file" in lone_shell("classify", out, "--column", "text", "--out", out, exit_code=1).stderr
    assert not out.exists()


@pytest.mark.corpus
def test_accuracy_is_printed(lone_shell: Shell, corpus: Path) -> None:
    told = lone_shell("classify", "--accuracy", corpus).stdout
    assert "sentiment" in told
    assert "F1" in told
