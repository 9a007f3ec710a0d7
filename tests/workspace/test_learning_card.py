"""The card of what was learned says what really reads."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from models.database import Database
from tests.house import make_brand, make_cast
from tests.triage.learning.test_store import RULE, head
from tests.workspace.test_team import open_team, rows
from triage.learning import store


def test_a_version_made_for_another_model_is_left_aside_and_offered_to_nobody(
    run_as: Callable[..., AppTest], database: Database
) -> None:
    make_brand(database)
    make_cast(database)
    with database.writing() as session:
        for each in (head(0.1, base="an older release"), head(refused="it forgets", base="a newer one")):
            store.add(session, each, by=RULE)
    test = open_team(run_as, "mia")
    assert [(row["version"], row["state"]) for row in rows(test, 2)] == [
        (2, "refused: it forgets"), (1, "left aside: made for another model"),
    ]  # fmt: skip
    assert "use-learned" not in {button.key for button in test.button}
    with database.writing() as session:
        store.add(session, head(0.2, base="a newer one"), by=RULE)
    again = rows(open_team(run_as, "mia"), 2)
    assert [row["state"] for row in again] == ["in use", "refused: it forgets", "left aside: made for another model"]
