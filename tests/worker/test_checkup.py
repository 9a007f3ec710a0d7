"""What is configured, reachable and wrong, told without a secret."""

import socket
import sqlite3
from pathlib import Path

import pytest

from models.database import Database
from models.values import SourceKind, SourceState
from sandbox.server import Sandbox
from settings import Settings, settings
from tests.triage.reading.other_stage import make_model
from tests.worker.stage import environment, listen_to, poll, told
from worker.checkup import Finding, check_up
from worker.sources import get_source

SECRETS = ("ck-secret", "bearer-secret", "pw-secret", "db-secret")


def looked(monkeypatch: pytest.MonkeyPatch, *, offline: bool = True, **said: str) -> dict[str, Finding]:
    """The findings by what was looked at, with these settings in the environment."""
    for name, value in said.items():
        monkeypatch.setenv(name if name == "DATABASE_URL" else f"QUARTERDECK_{name}", value)
    settings.cache_clear()
    return {f.what: f for f in check_up(offline=offline)}


def from_shell(monkeypatch: pytest.MonkeyPatch, told_so: Settings, database: Database, folder: Path) -> None:
    for name, value in environment(told_so, database.url, folder).items():
        if name.startswith(("QUARTERDECK_", "DATABASE_URL")):
            monkeypatch.setenv(name, value)


def test_a_bare_machine_is_well_and_hears_what_to_do_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = looked(monkeypatch)
    assert not [f for f in found.values() if f.state == "wrong"]
    assert "quarterdeck source add" in found["sources"].mend
    assert found["X keys"].state == found["Reddit keys"].state == "note"
    assert found["data folder"].found == str(tmp_path / "data")
    assert found["model"].state == "good"


@pytest.mark.parametrize(
    ("said", "what", "mends"),
    [
        ({"X_CONSUMER_KEY": "ck-secret"}, "X keys", "_X_ACCESS_TOKEN_SECRET"),
        ({"REDDIT_CLIENT_ID": "id", "REDDIT_USERNAME": "acme"}, "Reddit keys", "QUARTERDECK_REDDIT_PASSWORD"),
        ({"REDDIT_PASSWORD": "pw-secret"}, "Reddit keys", "QUARTERDECK_REDDIT_CLIENT_ID"),
    ],
)
def test_half_set_keys_are_wrong_and_the_missing_ones_are_named(
    said: dict[str, str], what: str, mends: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = looked(monkeypatch, offline=True, **said)[what]
    assert finding.state == "wrong"
    assert mends in finding.mend


def test_a_reddit_user_name_alone_is_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    assert looked(monkeypatch, REDDIT_USERNAME="acme")["Reddit keys"].state == "note"


def test_another_model_is_told_with_its_labels_and_read_with(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "mood", ("bad", "neutral", "good"))
    found = looked(monkeypatch, MODEL=str(folder), MODEL_LABELS="bad=negative,good=positive")
    assert (found["other model"].state, found["model"].state) == ("good", "good")
    assert "bad=negative,neutral=neutral,good=positive" in found["other model"].found
    assert found["model"].found.startswith("mood-")


@pytest.mark.parametrize(
    ("labels", "says"), [("", '"bad=?,good=?,other=?"'), ("bad=negativ", "'negativ' is no word of ours")]
)
def test_labels_nobody_mapped_are_wrong_and_the_line_to_write_is_told(
    labels: str, says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = make_model(tmp_path / "mood", ("bad", "good", "other"))
    found = looked(monkeypatch, MODEL=str(folder), MODEL_LABELS=labels)
    assert found["other model"].state == "wrong"
    assert says in found["other model"].found
    assert "docs/other-models.md" in found["other model"].mend
    assert "model" not in found


def test_a_damaged_model_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "mood")
    (folder / "model.onnx").write_bytes(b"damaged")
    finding = looked(monkeypatch, MODEL=str(folder))["model"]
    assert finding.state == "wrong"
    assert "QUARTERDECK_MODEL" in finding.found


def test_a_model_that_knows_no_neutral_works_and_is_noted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "mood", ("negative", "other", "positive"))
    found = looked(monkeypatch, MODEL=str(folder), MODEL_LABELS="other=-")
    assert (found["other model"].state, found["model"].state) == ("note", "good")
    assert "no neutral" in found["other model"].mend


def test_a_hubs_model_is_not_fetched_when_nobody_should_look(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = looked(monkeypatch, offline=True, MODEL="acme/never-fetched-mood")
    assert found["other model"].state == "note"
    assert "not on this machine yet" in found["other model"].found
    assert "model" not in found


def test_labels_without_a_model_are_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    found = looked(monkeypatch, MODEL_LABELS="LABEL_0=negative")
    assert (found["other model"].state, found["model"].state) == ("note", "good")


def test_no_secret_is_ever_told(monkeypatch: pytest.MonkeyPatch) -> None:
    said = looked(
        monkeypatch, X_BEARER_TOKEN="bearer-secret", X_CONSUMER_KEY="ck-secret", REDDIT_PASSWORD="pw-secret",
        DATABASE_URL="postgresql://me:db-secret@127.0.0.1:1/none",
    )  # fmt: skip
    assert said["database"].state == "wrong"
    assert not [s for s in SECRETS if s in repr(said)]


def test_a_wrong_setting_is_named_and_how_to_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = looked(monkeypatch, X_URL="ftp://somewhere")
    assert "QUARTERDECK_X_URL" in found["settings"].found
    assert "docs/settings.md" in found["settings"].mend
    assert found["settings"].state == "wrong"


def test_a_database_newer_than_the_program_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    looked(monkeypatch)
    with sqlite3.connect(tmp_path / "data" / "quarterdeck.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    finding = looked(monkeypatch)["database"]
    assert finding.state == "wrong"
    assert "newer Quarterdeck" in finding.found


def test_a_platform_that_cannot_be_reached_is_wrong_unless_nobody_should_look(
    database: Database, sandbox: Sandbox, house: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
    listen_to(database, house.model_copy(update={"x_url": nowhere}), SourceKind.X_SEARCH, "kettle")
    listen_to(database, house, SourceKind.REDDIT_NEW, "kettles", "*")
    from_shell(monkeypatch, told(sandbox, x_url=nowhere), database, tmp_path)
    found = looked(monkeypatch, offline=False)
    assert found[f"x at {nowhere}"].state == "wrong"
    assert found[f"reddit at {sandbox.url}"].state == "good"
    assert f"x at {nowhere}" not in looked(monkeypatch, offline=True)


def test_each_sources_health_is_told(
    database: Database, sandbox: Sandbox, house: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    feed = f"{sandbox.url}/blog/slow-kitchen/feed.xml"
    well = listen_to(database, house, SourceKind.FEED, feed, "*", name="well")
    listen_to(database, house, SourceKind.FEED, f"{feed}?2", "*", name="young")
    sick = listen_to(database, house, SourceKind.FEED, f"{sandbox.url}/blog/none/feed.xml", "*", name="sick")
    rests = listen_to(database, house, SourceKind.FEED, f"{feed}?3", "*", name="resting")
    moved = listen_to(database, house, SourceKind.X_SEARCH, "kettle", name="moved")
    poll(database, house, well)
    poll(database, house, sick)
    with database.writing() as session:
        get_source(session, rests).state = SourceState.PAUSED
        get_source(session, moved).origin = "http://elsewhere.example"
    from_shell(monkeypatch, house, database, tmp_path)
    found = {f.what.split("(")[1].split()[1].rstrip(")"): f for w, f in looked(monkeypatch).items() if "source " in w}
    assert {n: f.state for n, f in found.items()} == {
        "well": "good", "young": "note", "sick": "wrong", "resting": "note", "moved": "wrong",
    }  # fmt: skip
    assert "failed 1 times" in found["sick"].found
    assert f"source resume {rests}" in found["resting"].mend
    assert "elsewhere.example" in found["moved"].found
