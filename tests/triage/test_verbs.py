import threading

import pytest
from sqlmodel import col, func, select

from models import Conversation, Event, User
from models.database import Database
from models.values import Dismissal, Role, Status
from tests.conftest import NOON
from tests.house import arrive, at, by, conversation_of, make_brand, make_cast, post
from tests.triage.by_hand import read
from tests.triage.verb_stage import PAIRS, Verb, do, events, facts, rule
from triage import verbs
from triage.history import By, Refused
from triage.verbs.change import change


@pytest.fixture
def acme(database: Database) -> int:
    return make_brand(database)


@pytest.fixture
def cast(database: Database) -> dict[str, int]:
    return make_cast(database)


@pytest.fixture
def marta(database: Database, acme: int, cast: dict[str, int]) -> int:
    """Marta's conversation: one mention at noon, not read."""
    arrive(database, acme, [post("1", "marta", 0, thread="t")], 1)
    with database.reading() as session:
        return conversation_of(session, "marta").id or 0


@pytest.mark.parametrize("pair", PAIRS)
def test_a_pair_of_verbs_leaves_one_event_each_and_undoing_restores_what_was(
    database: Database, cast: dict[str, int], marta: int, pair: str
) -> None:
    forth, back, went, came = PAIRS[pair]
    with database.writing() as session:
        verbs.open_unread(session, at(1), by=rule("test"))
    before, told = facts(database, marta), events(database, marta)
    do(database, forth, marta, by(cast, "ana", 5))
    assert facts(database, marta) != before
    do(database, back, marta, by(cast, "ana", 6))
    after = facts(database, marta)
    assert {k: v for k, v in after.items() if before[k] != v and k not in ("rescore_at", "reasons")} == {}
    assert events(database, marta) == [*told, went, came]


@pytest.mark.parametrize("pair", PAIRS)
def test_a_verb_that_cannot_be_done_says_so_and_leaves_no_event(
    database: Database, cast: dict[str, int], marta: int, pair: str
) -> None:
    forth, back, went, _ = PAIRS[pair]
    with pytest.raises(Refused, match=r"^[A-Z].{10,}\.$"):
        do(database, back, marta, by(cast, "mia", 2))
    do(database, forth, marta, by(cast, "ana", 3))
    with pytest.raises(Refused, match=r"^[A-Z].{10,}\.$"):
        do(database, forth, marta, by(cast, "ana", 4))
    assert events(database, marta) == [went]


@pytest.mark.parametrize("pair", PAIRS)
def test_no_verb_knows_a_conversation_that_is_not_there(
    database: Database, cast: dict[str, int], marta: int, pair: str
) -> None:
    for verb in PAIRS[pair][:2]:
        with pytest.raises(Refused, match="There is no conversation 999"):
            do(database, verb, 999, by(cast, "mia", 2))


def test_who_claims_too_late_hears_who_was_faster(database: Database, cast: dict[str, int], marta: int) -> None:
    do(database, PAIRS["claim"][0], marta, by(cast, "ben", 2))
    with pytest.raises(Refused, match=r"^Somebody was faster: Ben has it\.$"):
        do(database, PAIRS["claim"][0], marta, by(cast, "ana", 3))
    with pytest.raises(Refused, match="You have it already"):
        do(database, PAIRS["claim"][0], marta, by(cast, "ben", 3))


def test_of_eight_who_claim_at_once_exactly_one_gets_it(database: Database, acme: int, cast: dict[str, int]) -> None:
    arrive(database, acme, [post(str(n), f"p{n}", 0) for n in range(5)], 1)
    names = [*cast, *cast]
    for conversation_id in range(1, 6):
        start = threading.Barrier(8)
        won: list[str] = []
        lost: list[str] = []

        def race(name: str, start: threading.Barrier, won: list[str], lost: list[str], wanted: int) -> None:
            start.wait()
            try:
                with database.writing() as session:
                    verbs.claim(session, wanted, by=by(cast, name, 2))
                won.append(name)
            except Refused as refused:
                lost.append(str(refused))

        threads = [threading.Thread(target=race, args=(n, start, won, lost, conversation_id)) for n in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(won), len(lost)) == (1, 7)
        assert {text for text in lost if "You" not in text} == {f"Somebody was faster: {won[0].title()} has it."}
        assert facts(database, conversation_id)["assignee_id"] == cast[won[0]]
        assert events(database, conversation_id) == ["claimed"]


def test_only_its_holder_and_managers_put_back_or_pass_on_what_somebody_has(
    database: Database, cast: dict[str, int], marta: int
) -> None:
    do(database, PAIRS["claim"][0], marta, by(cast, "ben", 2))
    tries: list[Verb] = [
        lambda s, i, b: verbs.release(s, i, by=b),
        lambda s, i, b: verbs.unassign(s, i, by=b),
        lambda s, i, b: verbs.assign(s, i, cast["ana"], by=b),
    ]
    for verb in tries:
        with pytest.raises(Refused, match="Ben has it; only they or a manager"):
            do(database, verb, marta, by(cast, "ana", 3))
    assert do(database, tries[2], marta, by(cast, "mia", 4)).assignee_id == cast["ana"]
    assert do(database, tries[1], marta, by(cast, "ada", 5)).assignee_id is None


def test_nothing_is_given_to_somebody_unknown_or_disabled(database: Database, cast: dict[str, int], marta: int) -> None:
    with database.writing() as session:
        session.get_one(User, cast["ben"]).disabled_at = NOON
    for to in (cast["ben"], 999):
        with pytest.raises(Refused, match="no such colleague"):
            do(database, lambda s, i, b, to=to: verbs.assign(s, i, to, by=b), marta, by(cast, "mia", 2))  # type: ignore[misc]


def test_an_escalation_without_a_reason_is_refused(database: Database, cast: dict[str, int], marta: int) -> None:
    with pytest.raises(Refused, match="Say why"):
        do(database, lambda s, i, b: verbs.escalate(s, i, by=b, why=" "), marta, by(cast, "ana", 2))


def test_assignment_escalation_and_waiting_stand_beside_the_status(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    do(database, PAIRS["claim"][0], marta, by(cast, "ana", 2))
    do(database, PAIRS["escalate"][0], marta, by(cast, "ana", 3))
    do(database, PAIRS["snooze"][0], marta, by(cast, "ana", 4))
    arrive(database, acme, [post("2", "marta", 5, thread="t")], 6)
    woken = facts(database, marta)
    assert (woken["status"], woken["assignee_id"], woken["escalated_at"]) == (Status.OPEN, cast["ana"], at(3))
    arrive(database, acme, [post("3", "acme", 7, to="2", thread="t")], 8)
    answered = facts(database, marta)
    assert (answered["waiting_since"], answered["assignee_id"]) == (None, cast["ana"])


# ---------------------------------------------------------------- opening


def test_what_is_read_opens_and_what_is_not_opens_by_rule(database: Database, acme: int, marta: int) -> None:
    arrive(database, acme, [post("5", "jo", 0)], 1)
    read(database, acme, {"1": ("question", 0.3, 0.9)}, 1.5)
    assert facts(database, marta)["status"] == Status.OPEN
    with database.writing() as session:
        assert verbs.open_unread(session, at(0.9), by=rule("not_read")) == 0
        assert verbs.open_unread(session, at(1), by=rule("not_read")) == 1
    with database.reading() as session:
        assert (conversation_of(session, "jo").status, conversation_of(session, "jo").opened_by_rule) == (
            Status.OPEN,
            True,
        )


def test_what_holds_an_unread_mention_is_not_opened_as_read(database: Database, acme: int, marta: int) -> None:
    arrive(database, acme, [post("2", "marta", 1, thread="t")], 2)
    read(database, acme, {"1": ("question", 0.3, 0.9)}, 3)
    assert facts(database, marta)["status"] == Status.NEW


# ---------------------------------------------------------------- the shape of a verb


def test_the_guard_stands_in_the_update_and_the_row_count_decides(
    database: Database, cast: dict[str, int], marta: int
) -> None:
    with database.writing() as session:
        never = col(Conversation.id) < 0
        assert change(session, marta, "claimed", by(cast, "ana"), never, {"assignee_id": cast["ana"]}) is None
        assert session.exec(select(func.count()).select_from(Event)).one() == 0


def test_a_verb_that_fails_half_way_leaves_nothing(database: Database, cast: dict[str, int], marta: int) -> None:
    before = facts(database, marta)
    with pytest.raises(RuntimeError), database.writing() as session:
        verbs.dismiss(session, marta, Dismissal.SPAM, by=by(cast, "ana", 2))
        raise RuntimeError
    assert (facts(database, marta), events(database, marta)) == (before, [])


def test_admins_may_what_managers_may() -> None:
    assert By(at=NOON, user_id=1, role=Role.ADMIN).may(Role.MANAGER)
    assert not By(at=NOON, user_id=1, role=Role.AMBASSADOR).may(Role.MANAGER)
    assert rule("wake").may(Role.MANAGER)
