"""`quarterdeck learning`: versions with their figures, and going back."""

from models.database import Database
from tests.commands.conftest import Shell
from tests.triage.learning.test_store import RULE, head
from triage.learning import store


def test_versions_are_listed_and_chosen(shell: Shell, stored: Database) -> None:
    assert shell.json("learning", "list") == []
    assert "Nothing was learned yet." in shell("learning", "list").stderr
    with stored.writing() as session:
        for each in (head(0.1), head(0.2), head(refused="it forgets what the model knew")):
            store.add(session, each, by=RULE)
    listed = shell.json("learning", "list")
    assert [(h["id"], h["active"], h["refused"]) for h in listed] == [
        (3, False, "it forgets what the model knew"), (2, True, ""), (1, False, ""),
    ]  # fmt: skip
    assert set(listed[0]) == {
        "id", "base_version", "refused", "lessons", "held_out", "held_out_before", "held_out_after", "anchors",
        "anchors_before", "anchors_after", "seconds", "fitted_at", "active",
    }  # fmt: skip
    shell("learning", "use", "1")
    assert [h["id"] for h in shell.json("learning", "list") if h["active"]] == [1]
    assert "A chosen version is used" in shell("learning", "list").stderr
    shell("learning", "off")
    assert [h for h in shell.json("learning", "list") if h["active"]] == []
    shell("learning", "on")
    assert [h["id"] for h in shell.json("learning", "list") if h["active"]] == [2]
    assert "never from x, whose terms forbid it" in shell("learning", "list").stderr


def test_a_version_that_was_made_for_another_model_is_not_said_to_be_in_use(shell: Shell, stored: Database) -> None:
    with stored.writing() as session:
        store.add(session, head(0.1, base="an older release"), by=RULE)
        store.add(session, head(refused="it forgets", base="a newer one"), by=RULE)
    assert [(h["id"], h["active"]) for h in shell.json("learning", "list")] == [(2, False), (1, False)]
    told = shell("learning", "list").stdout
    assert "left aside" in told
    assert "in use" not in told


def test_a_version_that_did_not_pass_or_is_not_there_is_refused(shell: Shell) -> None:
    assert "no version 9 that passed" in shell("learning", "use", "9", exit_code=2).stderr
