"""Which model reads is told by what it left behind last."""

from sqlmodel import select

from models import Reading
from models.database import Database
from tests.house import arrive, at, make_brand, post
from tests.triage.by_hand import read
from tests.triage.learning.test_store import RULE, head
from triage.learning import store
from triage.present_model import present_model


def present(database: Database) -> str | None:
    with database.reading() as session:
        return present_model(session)


def test_the_newest_reading_or_attempt_to_learn_tells_which_model_reads(database: Database) -> None:
    assert present(database) is None
    acme = make_brand(database)
    arrive(database, acme, [post("1", "marta", 0)], 1)
    read(database, acme, {"1": ("question", 0.1, 0.9)}, 2)
    assert present(database) == "by hand"
    for minutes, refused, base in ((1, "", "an older one"), (3, "it forgets", "a newer one")):
        with database.writing() as session:
            made = head(refused=refused, base=base)
            made.fitted_at = at(minutes)
            store.add(session, made, by=RULE)
        assert present(database) == ("by hand" if minutes < 2 else base)


def test_what_was_learned_is_no_part_of_the_model(database: Database) -> None:
    acme = make_brand(database)
    arrive(database, acme, [post("1", "marta", 0)], 1)
    read(database, acme, {"1": ("question", 0.1, 0.9)}, 2)
    with database.writing() as session:
        session.exec(select(Reading)).one().model_version = "reading-2-1a2b3c4d+learned-7"
    assert present(database) == "reading-2-1a2b3c4d"
