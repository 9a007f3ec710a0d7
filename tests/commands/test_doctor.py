import pytest

from sandbox.server import Sandbox
from tests.commands.conftest import Shell


def test_a_fresh_house_is_well_and_its_paths_are_printed(
    lone_shell: Shell, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = lone_shell("doctor", "--offline").stdout
    assert f"{tmp_path}/data/quarterdeck.sqlite" in told
    assert f"{tmp_path}/data/.env" in told
    assert "wrong" not in told


def test_findings_are_json_for_programs(shell: Shell) -> None:
    found = shell.json("doctor", "--offline")
    assert all(f.keys() == {"state", "what", "found", "mend"} for f in found)
    assert {f["state"] for f in found} <= {"good", "note"}


def test_bad_settings_are_found_with_code_1(lone_shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTERDECK_X_DAILY_USD", "much")
    (found,) = lone_shell.json("doctor", exit_code=1)
    assert found["state"] == "wrong"
    assert found["found"].startswith("QUARTERDECK_X_DAILY_USD")
    assert "docs/settings.md" in lone_shell("doctor", exit_code=1).stdout


def test_half_a_set_of_keys_and_a_source_of_another_platform_are_wrong(
    shell: Shell, story: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("source", "add", "x-search", "kettle")
    shell("doctor")
    monkeypatch.setenv("QUARTERDECK_X_CONSUMER_KEY", "half")
    monkeypatch.delenv("QUARTERDECK_X_URL")
    wrong = [f for f in shell.json("doctor", "--offline", exit_code=1) if f["state"] == "wrong"]
    assert [f["what"].split(" (")[0] for f in wrong] == ["source 1", "X keys"]
    assert all(f["mend"] for f in wrong)


def test_a_platform_that_cannot_be_reached_is_wrong(
    shell: Shell, story: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTERDECK_X_URL", "http://127.0.0.1:1")
    shell("source", "add", "x-search", "kettle")
    assert "cannot be reached" in shell("doctor", exit_code=1).stdout


def test_a_database_that_answers_nobody_is_wrong(lone_shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:hunter2@127.0.0.1:1/d")
    told = lone_shell("doctor", "--offline", exit_code=1).stdout
    assert "wrong: database" in told
    assert "hunter2" not in told
