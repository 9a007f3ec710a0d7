"""What every installation has: a migrated database, the first brand, the accounts that keys name."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlmodel import Session, select

from models import Account, Brand, Conversation, Mention
from models.database import Database
from models.values import Platform
from settings import Settings
from tests.house import arrive, post
from worker.house import SetupError, brand_named, first_brand, open_house

NAMED = {"x_access_token": SecretStr("4711-secret"), "reddit_username": "u/Acme_Team"}


def accounts(session: Session) -> list[tuple[Platform, str, str | None, bool]]:
    return [(a.platform, a.handle, a.external_id, a.from_settings) for a in session.exec(select(Account))]


def test_the_first_brand_is_made_from_the_settings_and_only_once(database: Database) -> None:
    settings = Settings(database_url=database.url, brand="Acme")
    open_house(settings).close()
    open_house(settings.model_copy(update={"brand": "Other"})).close()
    with database.reading() as session:
        assert session.exec(select(Brand.name)).all() == ["Acme"]


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "not" / "yet")
    house = open_house(settings)
    assert house.version()
    house.close()
    assert (tmp_path / "not" / "yet" / "quarterdeck.sqlite").exists()


def test_accounts_named_by_keys_are_added_once(database: Database) -> None:
    settings = Settings(database_url=database.url, x_url="http://127.0.0.1:1", **NAMED)  # type: ignore[arg-type]
    for _ in range(2):
        open_house(settings).close()
    with database.reading() as session:
        assert accounts(session) == [
            (Platform.X, "4711", "4711", True),
            (Platform.REDDIT, "Acme_Team", None, True),
        ]
        assert session.exec(select(Account.origin)).all() == ["http://127.0.0.1:1", ""]


def test_posts_stored_before_the_keys_came_become_ours(database: Database) -> None:
    open_house(Settings(database_url=database.url, brand="Acme")).close()
    theirs = post("1", "marta", 0, author_id="9")
    arrive(database, 1, [theirs, post("2", "acme", 5, to="1", thread="1", author_id="4711")], 10)
    open_house(Settings(database_url=database.url, **NAMED)).close()  # type: ignore[arg-type]
    with database.reading() as session:
        assert dict(session.exec(select(Mention.external_id, Mention.own)).all()) == {"1": False, "2": True}
        waiting = session.exec(select(Conversation.waiting_since, Conversation.mentions)).all()
        assert [row for row in waiting if row[0] is not None] == []


def test_a_brand_is_known_whatever_its_case_and_a_wrong_one_lists_the_right_ones(database: Database) -> None:
    open_house(Settings(database_url=database.url, brand="Acme")).close()
    with database.reading() as session:
        assert brand_named(session, "aCME").name == "Acme"
        assert brand_named(session, None).name == first_brand(session).name == "Acme"
        with pytest.raises(SetupError, match="There are: Acme"):
            brand_named(session, "Umbrella")
