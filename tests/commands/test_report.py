import csv
import io

import pytest

from models.database import Database
from tests.commands.conftest import Shell
from tests.house import arrive, post

FIELDS = {
    "waits", "answered", "waiting", "ended_unanswered", "resolved_unanswered", "dismissed", "not_read",
    "median_seconds", "p90_seconds", "answered_median_seconds", "timezone", "until",
}  # fmt: skip


@pytest.fixture
def asked(shell: Shell, stored: Database) -> Shell:
    """Marta was answered after half an hour, on 4 March; Pavel asked a day later and waits."""
    shell("account", "add", "x", "acme")
    arrive(stored, 1, [
        post("1", "marta", 0), post("2", "acme", 30, to="1", thread="1"), post("3", "pavel", 24 * 60),
    ], 24 * 60 + 5)  # fmt: skip
    return shell


def test_the_report_holds_every_figure_of_the_contract(asked: Shell) -> None:
    report = asked.json("report", "response-times")
    assert report.keys() >= FIELDS
    assert (report["waits"], report["answered"], report["waiting"], report["ended_unanswered"]) == (2, 1, 1, 0)
    assert (report["answered_median_seconds"], report["p90_seconds"]) == (1800.0, None)
    assert report["timezone"] == "UTC"
    assert report["until"].endswith("Z")


def test_days_are_inclusive(asked: Shell) -> None:
    counts = {
        words: asked.json("report", "response-times", *words.split())["waits"]
        for words in (
            "--from 2026-03-04 --to 2026-03-04",
            "--from 2026-03-05",
            "--to 2026-03-03",
            "--to 2026-03-05 --all",
        )
    }
    assert list(counts.values()) == [1, 1, 0, 2]


def test_csv_is_a_line_a_wait(asked: Shell) -> None:
    told = asked("report", "response-times", "--csv")
    assert len(list(csv.DictReader(io.StringIO(told.stdout)))) == 2


def test_people_get_a_table(asked: Shell) -> None:
    assert "median response time" in asked("report", "response-times").stdout


def test_the_report_by_reach_is_for_programs_and_for_people(asked: Shell) -> None:
    report = asked.json("report", "response-times", "--all")
    assert [(g["followers"], g["waits"], g["answered"], g["median_seconds"]) for g in report["by_reach"]] == [
        ("unknown", 2, 1, 1800.0)
    ]
    told = " ".join(asked("report", "response-times").stdout.split())
    assert "0 and 0 waits; each side needs 20. Waits of unknown reach, on neither side: 2." in told


def test_a_brand_may_be_named(asked: Shell) -> None:
    asked("brand", "add", "Tarnbrook", "--timezone", "Europe/Berlin")
    report = asked.json("report", "response-times", "--brand", "tarnbrook")
    assert (report["waits"], report["timezone"]) == (0, "Europe/Berlin")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--from yesterday", "--from"),
        ("--from 2026-03-05 --to 2026-03-04", "lies after"),
        ("--json --csv", "not both"),
    ],
)
def test_a_wrong_question_is_refused(shell: Shell, words: str, says: str) -> None:
    result = shell("report", "response-times", *words.split(), exit_code=2)
    assert result.stdout == ""
    assert says in result.stderr
