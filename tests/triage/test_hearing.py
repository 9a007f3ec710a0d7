"""What people said of earlier words does not hold for new ones, however these come in."""

import pytest
from sqlmodel import col, select

from models import Conversation, Event
from models.database import Database
from models.values import Dismissal, Resolution, Status
from reports.query import report_response_times
from tests.house import arrive, at, by, conversation_of, make_brand, make_cast, post, waits_of
from tests.triage.verb_stage import PAIRS, do, events, queued
from triage.verbs import dismiss, mute_author, resolve, set_needs_answer, unmute_author


@pytest.fixture
def acme(database: Database) -> int:
    return make_brand(database)


@pytest.fixture
def cast(database: Database) -> dict[str, int]:
    return make_cast(database)


def marta(database: Database, thread: str | None = None) -> int:
    with database.reading() as session:
        return conversation_of(session, "marta", thread).id or 0


def apart(database: Database, acme: int) -> tuple[int, int]:
    """Two conversations of Marta's that a post of Jo's will show to be one: the older, the younger."""
    arrive(database, acme, [post("3", "marta", 5, to="2")], 6)
    arrive(database, acme, [post("1", "marta", 0, thread="1")], 7)
    return marta(database, "2"), marta(database, "1")


def join(database: Database, acme: int) -> None:
    arrive(database, acme, [post("2", "jo", 2, to="1")], 20)


@pytest.mark.parametrize(
    ("verb", "which"),
    [(v, n) for v in ("dismiss", "dismiss as needing none") for n in (0, 1)] + [("resolve elsewhere", 1)],
)
def test_what_was_closed_of_one_hides_nothing_of_the_other_it_is_merged_with(
    database: Database, acme: int, cast: dict[str, int], verb: str, which: int
) -> None:
    both = apart(database, acme)
    do(database, PAIRS[verb][0], both[which], by(cast, "ana", 10))
    join(database, acme)
    assert set(queued(database)) == {"marta", "jo"}
    with database.reading() as session:
        assert conversation_of(session, "marta").waiting_since == at(0)


def test_what_was_closed_of_both_stays_closed_when_they_are_merged(
    database: Database, acme: int, cast: dict[str, int]
) -> None:
    for number in apart(database, acme):
        do(database, PAIRS["dismiss"][0], number, by(cast, "ana", 10))
    join(database, acme)
    with database.reading() as session:
        conversation = conversation_of(session, "marta")
        assert (conversation.status, conversation.waiting_since) == (Status.DISMISSED, None)


@pytest.mark.parametrize("which", [0, 1])
def test_that_one_needs_no_answer_silences_nothing_of_the_other_it_is_merged_with(
    database: Database, acme: int, cast: dict[str, int], which: int
) -> None:
    number = apart(database, acme)[which]
    do(database, lambda s, i, b: set_needs_answer(s, i, False, by=b), number, by(cast, "ana", 10))
    join(database, acme)
    assert set(queued(database)) == {"marta", "jo"}


def test_history_tells_which_status_a_merged_conversation_took(
    database: Database, acme: int, cast: dict[str, int]
) -> None:
    older, younger = apart(database, acme)
    do(database, PAIRS["dismiss"][0], older, by(cast, "ana", 10))
    do(database, PAIRS["claim"][0], younger, by(cast, "ben", 11))
    join(database, acme)
    with database.reading() as session:
        merged = session.exec(select(Event).where(Event.verb == "merged")).one()
        assert (merged.before["conversation"], merged.before["status"]) == (younger, "dismissed")
        assert (merged.after["status"], merged.after["assignee_id"]) == ("new", cast["ben"])
        assert session.exec(select(Conversation.status).where(col(Conversation.id) == older)).one() == Status.NEW


def test_a_new_mention_leaves_the_dismissal_of_the_old_ones_counted(
    database: Database, acme: int, cast: dict[str, int]
) -> None:
    arrive(database, acme, [post("1", "marta", 0, thread="t")], 1)
    do(database, PAIRS["dismiss as needing none"][0], marta(database), by(cast, "ana", 5))
    arrive(database, acme, [post("2", "marta", 6, thread="t")], 7)
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, 5, "dismissed"), (6, None, None)]
        times = report_response_times(session, until=at(60)).times
    assert (times.waits, times.dismissed) == (1, 1)


def test_what_a_muted_person_adds_to_a_silenced_wait_is_seen_when_they_are_unmuted(
    database: Database, acme: int, cast: dict[str, int]
) -> None:
    arrive(database, acme, [post("1", "marta", 0, thread="t")], 1)
    number = marta(database)
    do(database, lambda s, i, b: set_needs_answer(s, i, False, by=b), number, by(cast, "ana", 2))
    do(database, lambda s, i, b: mute_author(s, i, by=b), number, by(cast, "ana", 3))
    arrive(database, acme, [post("2", "marta", 4, "it burns", thread="t")], 5)
    assert queued(database) == []
    do(database, lambda s, i, b: unmute_author(s, i, by=b), number, by(cast, "ana", 6))
    assert queued(database) == ["marta"]


def test_an_edit_speaks_for_everything_that_was_dismissed_as_needing_none(
    database: Database, acme: int, cast: dict[str, int]
) -> None:
    arrive(database, acme, [post("5", "marta", 5, thread="t")], 6)
    with database.writing() as session:
        dismiss(session, 1, Dismissal.NO_ANSWER_NEEDED, by=by(cast, "ana", 7))
    arrive(database, acme, [post("3", "marta", 3, thread="t")], 8)  # an earlier one, found later
    arrive(database, acme, [post("3", "marta", 3, "it burns", thread="t")], 9)
    with database.reading() as session:
        assert waits_of(session, "marta") == [(3, None, None)]
    assert queued(database) == ["marta"]


def test_an_edit_of_what_we_answered_brings_nothing_back(database: Database, acme: int, cast: dict[str, int]) -> None:
    arrive(database, acme, [post("1", "marta", 0, thread="t"), post("2", "acme", 3, to="1", thread="t")], 4)
    arrive(database, acme, [post("5", "marta", 5, thread="t")], 6)
    do(database, PAIRS["dismiss"][0], marta(database), by(cast, "ana", 7))
    arrive(database, acme, [post("1", "marta", 0, "never mind", thread="t")], 9)
    assert queued(database) == []


def test_an_edit_is_seen_though_the_mention_was_known_from_an_import_until_then(
    database: Database, acme: int, cast: dict[str, int]
) -> None:
    arrive(database, acme, [post("1", "marta", 0, thread="t")], 1, imported=True)
    do(database, PAIRS["snooze"][0], marta(database), by(cast, "ana", 2))
    arrive(database, acme, [post("1", "marta", 0, "it burns", thread="t")], 3)
    assert queued(database) == ["marta"]


@pytest.mark.parametrize("pair", ["snooze", "resolve", "dismiss"])
@pytest.mark.parametrize("edited", [False, True])
def test_what_a_muted_person_said_is_seen_whatever_hid_it_and_even_if_it_was_an_edit(
    database: Database, acme: int, cast: dict[str, int], pair: str, edited: bool
) -> None:
    arrive(database, acme, [post("1", "marta", 0, thread="t")], 1)
    number = marta(database)
    do(database, PAIRS[pair][0], number, by(cast, "ana", 2))
    do(database, lambda s, i, b: mute_author(s, i, by=b), number, by(cast, "ana", 3))
    arrive(database, acme, [post("1" if edited else "2", "marta", 0 if edited else 4, "it burns", thread="t")], 5)
    assert queued(database) == []
    do(database, lambda s, i, b: unmute_author(s, i, by=b), number, by(cast, "ana", 6))
    assert queued(database) == ["marta"]


def test_history_that_was_found_live_while_its_author_was_muted_is_seen_when_they_are_unmuted(
    database: Database, acme: int, cast: dict[str, int]
) -> None:
    arrive(database, acme, [post("1", "marta", -5000, thread="t")], 1, imported=True)
    number = marta(database)
    do(database, lambda s, i, b: mute_author(s, i, by=b), number, by(cast, "ana", 3))
    arrive(database, acme, [post("1", "marta", -5000, thread="t")], 4)
    do(database, lambda s, i, b: unmute_author(s, i, by=b), number, by(cast, "ana", 6))
    assert queued(database) == ["marta"]


def test_an_edit_lifts_a_silence_under_an_answer_elsewhere(database: Database, acme: int, cast: dict[str, int]) -> None:
    arrive(database, acme, [post("1", "marta", 0, thread="t")], 1)
    do(database, lambda s, i, b: set_needs_answer(s, i, False, by=b), marta(database), by(cast, "ana", 2))
    do(database, PAIRS["resolve elsewhere"][0], marta(database), by(cast, "ana", 3))
    arrive(database, acme, [post("1", "marta", 0, "it burns", thread="t")], 5)
    assert queued(database) == ["marta"]


CLOSED = {"resolve elsewhere": "answered_elsewhere", "dismiss": "dismissed", "dismiss as needing none": "dismissed"}
LATER = 40_000


def closed_long_ago(database: Database, acme: int, cast: dict[str, int], pair: str) -> tuple[float, float, str]:
    """Marta's first wait, ended by a word of Ana's; then she writes about something else. The wait."""
    arrive(database, acme, [post("1", "marta", 0, thread="t")], 1)
    do(database, PAIRS[pair][0], marta(database), by(cast, "ana", 5))
    arrive(database, acme, [post("2", "marta", LATER, "my lid broke", thread="t")], LATER + 1)
    return (0, 2 if pair == "resolve elsewhere" else 5, CLOSED[pair])


def told(database: Database, until: float) -> tuple[int, int, int]:
    with database.reading() as session:
        times = report_response_times(session, until=at(until)).times
        return times.waits, times.dismissed, times.ended_unanswered


@pytest.mark.parametrize("pair", sorted(CLOSED))
def test_an_edit_undoes_nothing_that_was_said_before_the_edited_words_were_there(
    database: Database, acme: int, cast: dict[str, int], pair: str
) -> None:
    first = closed_long_ago(database, acme, cast, pair)
    before = told(database, LATER + 2)
    arrive(database, acme, [post("2", "marta", LATER, "my lid is broken", thread="t")], LATER + 3)
    with database.reading() as session:
        assert waits_of(session, "marta") == [first, (LATER, None, None)]
    assert told(database, LATER + 2) == before
    assert queued(database, LATER + 10) == ["marta"]


@pytest.mark.parametrize("pair", sorted(CLOSED))
def test_an_edit_of_what_we_answered_leaves_what_was_closed_before_it_and_brings_nothing_back(
    database: Database, acme: int, cast: dict[str, int], pair: str
) -> None:
    first = closed_long_ago(database, acme, cast, pair)
    arrive(database, acme, [post("3", "acme", LATER + 10, "a new lid is coming", to="2", thread="t")], LATER + 11)
    do(database, lambda s, i, b: resolve(s, i, Resolution.ANSWERED, by=b), marta(database), by(cast, "ana", LATER + 12))
    before = events(database, marta(database))
    arrive(database, acme, [post("2", "marta", LATER, "my lid is broken", thread="t")], LATER + 13)
    with database.reading() as session:
        assert waits_of(session, "marta") == [first, (LATER, LATER + 10, "answered")]
    assert events(database, marta(database)) == before


def test_an_edit_takes_back_the_word_on_the_wait_it_stands_in_and_no_other(
    database: Database, acme: int, cast: dict[str, int]
) -> None:
    closed_long_ago(database, acme, cast, "dismiss as needing none")
    do(database, PAIRS["dismiss as needing none"][0], marta(database), by(cast, "ana", LATER + 5))
    assert told(database, LATER + 6)[1] == 2
    arrive(database, acme, [post("2", "marta", LATER, "it burns", thread="t")], LATER + 7)
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, 5, "dismissed"), (LATER, None, None)]
    assert (told(database, LATER + 8)[1], queued(database, LATER + 10)) == (1, ["marta"])
