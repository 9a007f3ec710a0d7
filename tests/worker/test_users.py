"""People who work here."""

import pytest
from argon2 import PasswordHasher

from models.database import Database
from models.values import Role
from worker.house import SetupError
from worker.users import add_user, disable_user, list_users


def test_a_user_is_added_disabled_and_welcome_back(database: Database) -> None:
    with database.writing() as session:
        ana = add_user(session, " Ana@Example.org ", Role.AMBASSADOR, name="Ana")
        assert (ana.email, ana.password_hash) == ("ana@example.org", None)
        with pytest.raises(SetupError, match="is here already, as ambassador"):
            add_user(session, "ANA@example.org", Role.ADMIN)
        assert disable_user(session, "ana@EXAMPLE.org").disabled_at
        with pytest.raises(SetupError, match="no active user"):
            disable_user(session, "ana@example.org")
        back = add_user(session, "ana@example.org", Role.MANAGER)
        assert (back.id, back.role, back.name, back.disabled_at) == (ana.id, Role.MANAGER, "Ana", None)
        assert [u.email for u in list_users(session)] == ["ana@example.org"]


def test_a_password_is_kept_as_a_hash_only(database: Database) -> None:
    with database.writing() as session:
        ben = add_user(session, "ben@example.org", Role.ADMIN, password="long enough words")
        assert ben.password_hash
        assert "long enough" not in ben.password_hash
        assert PasswordHasher().verify(ben.password_hash, "long enough words")


@pytest.mark.parametrize("email", ["", "ana", "@example.org", "ana@", "ana b@example.org"])
def test_what_is_no_email_address_is_refused(email: str, database: Database) -> None:
    with database.writing() as session, pytest.raises(SetupError, match="no email"):
        add_user(session, email, Role.AMBASSADOR)


def test_a_short_password_is_refused(database: Database) -> None:
    with database.writing() as session, pytest.raises(SetupError, match="at least 12"):
        add_user(session, "ana@example.org", Role.AMBASSADOR, password="short")
