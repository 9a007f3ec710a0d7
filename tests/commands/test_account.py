import pytest

from models.database import Database
from tests.commands.conftest import Shell
from tests.house import arrive, post, waits_of


def test_accounts_are_added_shown_and_removed(shell: Shell) -> None:
    shell("brand", "add", "Tarnbrook")
    shell("account", "add", "x", "@Acme", "--id", "77", "--name", "Acme Kettles")
    shell("account", "add", "Reddit", "u/acme_team", "--automatic", "--brand", "tarnbrook")
    both = shell.json("account", "list")
    assert both == [
        {"platform": "x", "handle": "Acme", "external_id": "77", "name": "Acme Kettles", "automatic": False,
         "from_settings": False, "brand": "Acme"},
        {"platform": "reddit", "handle": "acme_team", "external_id": None, "name": "", "automatic": True,
         "from_settings": False, "brand": "Tarnbrook"},
    ]  # fmt: skip
    assert shell.json("account", "list", "--brand", "Tarnbrook") == both[1:]
    assert "Acme Kettles" in shell("account", "list").stdout
    shell("account", "remove", "x", "acme")
    assert shell.json("account", "list") == both[1:]


def test_an_account_nobody_knows_or_of_no_platform_is_refused(shell: Shell) -> None:
    assert "account list" in shell("account", "remove", "x", "nobody", exit_code=2).stderr
    assert "'x', 'reddit', 'blog'" in shell("account", "add", "telegram", "acme", exit_code=2).stderr
    assert "handle" in shell("account", "add", "x", "@", exit_code=2).stderr


def test_posts_stored_before_count_as_ours_once_the_account_is_added(shell: Shell, stored: Database) -> None:
    arrive(stored, 1, [post("1", "marta", 0), post("2", "helpdesk", 30, to="1", thread="1")], 31)
    with stored.reading() as session:
        assert waits_of(session, "marta") == [(0.0, None, None)]
    shell("account", "add", "x", "helpdesk")
    with stored.reading() as session:
        assert waits_of(session, "marta") == [(0.0, 30.0, "answered")]
    shell("account", "remove", "x", "helpdesk")
    with stored.reading() as session:
        assert waits_of(session, "marta") == [(0.0, None, None)]


def test_accounts_that_keys_name_are_there_by_themselves(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTERDECK_REDDIT_USERNAME", "acme_team")
    monkeypatch.setenv("QUARTERDECK_X_ACCESS_TOKEN", "77-secret")
    found = shell.json("account", "list")
    assert {(a["platform"], a["external_id"], a["from_settings"]) for a in found} == {
        ("x", "77", True), ("reddit", None, True),
    }  # fmt: skip
