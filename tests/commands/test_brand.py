import pytest

from tests.commands.conftest import Shell


def test_the_first_brand_is_made_by_itself_and_others_are_added(shell: Shell) -> None:
    shell("brand", "add", "Tarnbrook", "--timezone", "Europe/Berlin")
    shell("brand", "add", "Kettlemere", "--competitor")
    assert shell.json("brand", "list") == [
        {"id": 1, "name": "Acme", "timezone": "UTC", "competitor": False},
        {"id": 2, "name": "Tarnbrook", "timezone": "Europe/Berlin", "competitor": False},
        {"id": 3, "name": "Kettlemere", "timezone": "UTC", "competitor": True},
    ]
    assert [b["id"] for b in shell.json("brand", "list", "--brand", "tarnbrook")] == [2]
    assert "Kettlemere" in shell("brand", "list").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["acme"], 'There is a brand "acme" already'),
        (["  "], "needs a name"),
        (["B", "--timezone", "Moon/Base"], "IANA"),
    ],
)
def test_a_brand_that_cannot_be_is_refused_with_a_reason(shell: Shell, words: list[str], says: str) -> None:
    assert says in shell("brand", "add", *words, exit_code=2).stderr


def test_a_brand_nobody_knows_is_refused_with_those_there_are(shell: Shell) -> None:
    for words in (["brand", "list"], ["account", "list"], ["source", "list"], ["queue"], ["report", "response-times"]):
        result = shell(*words, "--brand", "Nobody", exit_code=2)
        assert result.stdout == ""
        assert "There are: Acme" in result.stderr
