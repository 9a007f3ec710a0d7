"""Which head is in use: managers choose, each choice is an event, and new ones follow only while nobody chose."""

from collections.abc import Callable

import numpy as np
import pytest
from sqlmodel import Session, select

from models import Event, LearnedHead, Learning
from models.database import Database
from models.values import LearningMode
from tests.house import at, by, make_cast
from tests.triage.learning.stage import WIDTH
from triage.history import By, Refused
from triage.learning import Learned, load_active, store
from triage.reading.head import OUTPUTS

RULE = By(at=at(1), rule="learning")


def head(bias: float = 0.0, *, refused: str = "", base: str = "reading-2") -> LearnedHead:
    weights = np.zeros((WIDTH, len(OUTPUTS)), np.float32)
    learned = Learned("x", weights, weights[0] + np.float32(bias), base)
    return LearnedHead(
        base_version=base, weights=None if refused else learned.to_bytes(), refused=refused, lessons=40,
        newest_correction_id=60, held_out=13, held_out_before=0.5, held_out_after=0.6, anchors=900,
        anchors_before=0.74, anchors_after=0.74, seconds=1.5,
    )  # fmt: skip


def added(database: Database, *heads: LearnedHead) -> list[int]:
    with database.writing() as session:
        return [store.add(session, h, by=RULE).id or 0 for h in heads]


def in_use(database: Database) -> tuple[LearningMode, str | None]:
    with database.reading() as session:
        active = load_active(session)
        return store.state(session)[0], active.version if active else None


def events(database: Database) -> list[tuple[str, object, str]]:
    with database.reading() as session:
        return [(e.verb, e.after["head"], e.by_rule) for e in session.exec(select(Event).order_by("id"))]


def test_nothing_is_in_use_before_anything_was_learned(database: Database) -> None:
    assert in_use(database) == (LearningMode.AUTO, None)


def test_what_passed_is_used_at_once_and_what_was_refused_is_only_kept(database: Database) -> None:
    first, refused = added(database, head(0.5), head(refused="it forgets"))
    assert in_use(database) == (LearningMode.AUTO, f"learned-{first}")
    with database.reading() as session:
        active = load_active(session)
        assert active is not None
        assert (active.bias == 0.5).all()
        assert active.base_version == "reading-2"
        assert [(h.id, h.refused) for h in store.heads(session)] == [(refused, "it forgets"), (first, "")]
    assert events(database) == [("learned_used", first, "learning")]


def test_a_manager_goes_back_and_new_heads_wait_to_be_chosen(database: Database) -> None:
    cast = make_cast(database)
    first, _ = added(database, head(0.1), head(0.2))
    with database.writing() as session:
        store.use(session, first, by=by(cast, "mia"))
    added(database, head(0.3))
    assert in_use(database) == (LearningMode.PINNED, f"learned-{first}")
    with database.writing() as session:
        store.use_none(session, by=by(cast, "mia"))
    third = added(database, head(0.4))[0]
    assert in_use(database) == (LearningMode.OFF, None)
    with database.writing() as session:
        store.follow(session, by=by(cast, "ada"))
    assert in_use(database) == (LearningMode.AUTO, f"learned-{third}")
    assert events(database)[-3:] == [
        ("learned_used", first, ""), ("learning_stopped", None, ""), ("learning_resumed", third, ""),
    ]  # fmt: skip
    with database.reading() as session:
        assert len(session.exec(select(Learning)).all()) == 1


Change = Callable[[Session, By], object]


@pytest.mark.parametrize("change", [
    lambda s, b: store.use(s, 1, by=b), lambda s, b: store.use_none(s, by=b), lambda s, b: store.follow(s, by=b),
])  # fmt: skip
def test_an_ambassador_is_refused(database: Database, change: Change) -> None:
    cast = make_cast(database)
    added(database, head())
    with pytest.raises(Refused, match="Only a manager"), database.writing() as session:
        change(session, by(cast, "ana"))


def test_a_head_that_did_not_pass_or_is_not_there_cannot_be_used(database: Database) -> None:
    cast = make_cast(database)
    refused = added(database, head(refused="it forgets"))[0]
    for number in (refused, 99):
        with pytest.raises(Refused, match=f"no version {number} that passed"), database.writing() as session:
            store.use(session, number, by=by(cast, "mia"))
