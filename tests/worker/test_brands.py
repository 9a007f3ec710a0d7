"""Brands: names are theirs alone, zones are real."""

import pytest

from models.database import Database
from worker.brands import add_brand, list_brands
from worker.house import SetupError


def test_brands_are_added_and_listed_the_first_one_first(database: Database) -> None:
    with database.writing() as session:
        add_brand(session, "Zeta", timezone="Europe/Berlin")
        add_brand(session, " Acme ", competitor=True)
        found = [(b.name, b.timezone, b.competitor) for b in list_brands(session)]
    assert found == [("Zeta", "Europe/Berlin", False), ("Acme", "UTC", True)]


@pytest.mark.parametrize(
    ("name", "zone", "says"),
    [("", "UTC", "needs a name"), ("zETA", "UTC", "already"), ("B", "Mars/Base", "no time zone"), ("B", "/etc", "no")],
)
def test_a_wrong_brand_is_refused(name: str, zone: str, says: str, database: Database) -> None:
    with database.writing() as session:
        add_brand(session, "Zeta")
        with pytest.raises(SetupError, match=says):
            add_brand(session, name, timezone=zone)
