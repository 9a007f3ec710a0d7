import pytest
from argon2 import PasswordHasher
from sqlmodel import select

from models import User
from models.database import Database
from tests.commands.conftest import Shell


def test_people_are_added_shown_and_disabled(shell: Shell, database: Database) -> None:
    shell("user", "add", "Ana@example.org", "--role", "ambassador", "--name", "Ana")
    shell("user", "add", "ada@example.org", "--role", "admin", "--password-stdin", stdin="a long passphrase\n")
    shell("user", "disable", "ana@example.org")
    assert shell.json("user", "list") == [
        {"email": "ada@example.org", "name": "", "role": "admin", "disabled": False, "password": True},
        {"email": "ana@example.org", "name": "Ana", "role": "ambassador", "disabled": True, "password": False},
    ]
    assert "ada@example.org" in shell("user", "list").stdout
    with database.reading() as session:
        kept = session.exec(select(User).where(User.email == "ada@example.org")).one().password_hash
    assert kept is not None
    assert kept.startswith("$argon2id$")
    assert PasswordHasher().verify(kept, "a long passphrase")


@pytest.mark.parametrize(
    ("words", "stdin", "says"),
    [
        (["ben"], None, "no email address"),
        (["ben@example.org", "--password-stdin"], "short\n", "at least"),
        (["ben@example.org", "--password-stdin"], "", "at least"),
    ],
)
def test_a_person_who_cannot_be_added_is_refused_with_a_reason(
    shell: Shell, words: list[str], stdin: str | None, says: str
) -> None:
    assert says in shell("user", "add", *words, "--role", "manager", stdin=stdin, exit_code=2).stderr
    assert shell.json("user", "list") == []


def test_an_unknown_role_names_those_there_are(shell: Shell) -> None:
    assert "'ambassador', 'manager', 'admin'" in shell("user", "add", "a@b.org", "--role", "boss", exit_code=2).stderr


def test_a_password_is_printed_nowhere(shell: Shell) -> None:
    result = shell("user", "add", "a@b.org", "--role", "admin", "--password-stdin", stdin="a long passphrase\n")
    assert "passphrase" not in result.stdout + result.stderr
