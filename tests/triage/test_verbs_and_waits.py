import threading

import pytest

from models import Target
from models.database import Database
from models.values import Band, Dismissal, Resolution, Status
from reports.query import report_response_times
from settings import Settings
from tests.house import arrive, at, by, conversation_of, make_brand, make_cast, post, waits_of
from tests.triage.by_hand import read
from tests.triage.verb_stage import PAIRS, Verb, do, events, facts, queued
from triage import verbs
from triage.history import Refused
from triage.queue import page


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


# ---------------------------------------------------------------- resolving


@pytest.mark.parametrize("reason", [Resolution.ANSWERED_PRIVATELY, Resolution.NO_ANSWER])
def test_resolving_without_a_public_answer_ends_no_wait(
    database: Database, cast: dict[str, int], marta: int, reason: Resolution
) -> None:
    do(database, lambda s, i, b: verbs.resolve(s, i, reason, by=b), marta, by(cast, "ana", 5))
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, None, None)]
    assert queued(database) == []


def test_an_answer_elsewhere_ends_the_wait_at_its_own_time(
    database: Database, cast: dict[str, int], marta: int
) -> None:
    do(database, PAIRS["resolve elsewhere"][0], marta, by(cast, "ana", 5))
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, 2, "answered_elsewhere")]


def test_words_after_an_answer_elsewhere_wait_for_another(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    arrive(database, acme, [post("2", "marta", 3, thread="t")], 4)
    do(database, PAIRS["resolve elsewhere"][0], marta, by(cast, "ana", 5))
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, 2, "answered_elsewhere"), (3, None, None)]


@pytest.mark.parametrize(
    ("reason", "url", "minutes", "says"),
    [
        (Resolution.ANSWERED, "", None, "still wait"),
        (Resolution.ANSWERED_ELSEWHERE, "", 2, "link and the time"),
        (Resolution.ANSWERED_ELSEWHERE, "https://a.example", None, "link and the time"),
        (Resolution.ANSWERED_ELSEWHERE, "https://a.example", 9, "future"),
        (Resolution.ANSWERED_ELSEWHERE, "https://a.example", -1, "before they wrote"),
        (Resolution.HISTORY, "", None, "house itself"),
    ],
)
def test_a_resolution_that_would_flatter_a_figure_is_refused(
    database: Database,
    cast: dict[str, int],
    marta: int,
    reason: Resolution,
    url: str,
    minutes: float | None,
    says: str,
) -> None:
    answered = None if minutes is None else at(minutes)
    with pytest.raises(Refused, match=says):
        do(
            database,
            lambda s, i, b: verbs.resolve(s, i, reason, by=b, url=url, answered_at=answered),
            marta,
            by(cast, "ana", 5),
        )
    assert events(database, marta) == []


def test_what_is_answered_is_resolved_as_answered(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    arrive(database, acme, [post("2", "acme", 3, to="1", thread="t")], 4)
    do(database, lambda s, i, b: verbs.resolve(s, i, Resolution.ANSWERED, by=b), marta, by(cast, "ana", 5))
    assert facts(database, marta)["resolution"] == Resolution.ANSWERED


def test_reopening_takes_back_only_the_latest_answer_elsewhere(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    do(database, PAIRS["resolve elsewhere"][0], marta, by(cast, "ana", 5))
    arrive(database, acme, [post("2", "marta", 6, thread="t")], 7)
    do(
        database,
        lambda s, i, b: verbs.resolve(
            s, i, Resolution.ANSWERED_ELSEWHERE, by=b, url="https://a.example", answered_at=at(8)
        ),
        marta,
        by(cast, "ana", 9),
    )
    do(database, PAIRS["resolve"][1], marta, by(cast, "ana", 10))
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, 2, "answered_elsewhere"), (6, None, None)]


# ---------------------------------------------------------------- what nobody can have read


@pytest.mark.parametrize("pair", ["snooze", "resolve", "resolve elsewhere", "dismiss", "dismiss as needing none"])
def test_nobody_puts_aside_what_arrived_while_they_were_looking(
    database: Database, acme: int, cast: dict[str, int], marta: int, pair: str
) -> None:
    arrive(database, acme, [post("2", "marta", 3, "and now it burns", thread="t")], 8)
    with pytest.raises(Refused, match="They wrote again just now"):
        do(database, PAIRS[pair][0], marta, by(cast, "ana", 7))
    assert queued(database) == ["marta"]


@pytest.mark.parametrize("pair", ["snooze", "resolve", "dismiss as needing none"])
def test_nobody_puts_aside_what_was_edited_while_they_were_looking(
    database: Database, acme: int, cast: dict[str, int], marta: int, pair: str
) -> None:
    arrive(database, acme, [post("1", "marta", 0, "it burns", thread="t")], 8)
    with pytest.raises(Refused, match="They wrote again just now"):
        do(database, PAIRS[pair][0], marta, by(cast, "ana", 7))
    with pytest.raises(Refused, match="They wrote again just now"):
        do(database, lambda s, i, b: verbs.set_needs_answer(s, i, False, by=b), marta, by(cast, "ana", 7))
    do(database, PAIRS[pair][0], marta, by(cast, "ana", 8))


def test_what_was_on_its_way_when_somebody_dismissed_is_not_dismissed(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    do(database, PAIRS["dismiss"][0], marta, by(cast, "ana", 8))
    arrive(database, acme, [post("2", "marta", 3, thread="t")], 7)  # fetched before, stored after
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, 8, "dismissed"), (3, None, None)]
    assert queued(database) == ["marta"]


def test_what_was_on_its_way_is_not_silenced_either_though_it_was_written_before_all_else(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    do(database, PAIRS["dismiss as needing none"][0], marta, by(cast, "ana", 8))
    arrive(database, acme, [post("0", "marta", -5, thread="t")], 7)
    with database.reading() as session:
        assert waits_of(session, "marta") == [(-5, None, None), (0, 8, "dismissed")]
    assert queued(database) == ["marta"]


def test_an_arrival_and_a_dismissal_at_once_leave_the_mention_in_the_queue(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    """Whichever comes first: the mention is refused to the one who dismisses, or restores what they dismissed."""
    for round in range(4):
        start = threading.Barrier(2)
        outcome: list[str] = []

        def dismiss_it(start: threading.Barrier, outcome: list[str], minute: int) -> None:
            start.wait()
            try:
                do(database, PAIRS["dismiss"][0], marta, by(cast, "ana", minute))
            except Refused as refused:
                outcome.append(str(refused))

        thread = threading.Thread(target=dismiss_it, args=(start, outcome, 10 + round))
        thread.start()
        start.wait()
        arrive(database, acme, [post(f"2{round}", "marta", 5 + round, thread="t")], 10.5 + round)
        thread.join()
        assert queued(database) == ["marta"]
        assert outcome in ([], ["They wrote again just now: read that first."])


def test_needing_no_answer_is_said_of_what_was_there_and_a_new_mention_is_seen(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    do(database, lambda s, i, b: verbs.set_needs_answer(s, i, False, by=b), marta, by(cast, "ana", 5))
    assert queued(database) == []
    arrive(database, acme, [post("2", "marta", 6, "my kitchen burns", thread="t")], 7)
    assert queued(database) == ["marta"]
    assert events(database, marta) == ["needs_answer_set", "needs_answer_set"]


def test_an_edit_of_what_was_dismissed_as_needing_none_is_seen(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    do(database, PAIRS["dismiss as needing none"][0], marta, by(cast, "ana", 5))
    arrive(database, acme, [post("1", "marta", 0, "it burns", thread="t")], 7)
    assert queued(database) == ["marta"]


def test_an_edit_of_what_was_dismissed_is_seen_though_something_older_was_answered_since(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    do(database, PAIRS["dismiss"][0], marta, by(cast, "ana", 5))
    arrive(database, acme, [post("0", "marta", 2, thread="t"), post("00", "acme", 9, to="0", thread="t")], 9)
    arrive(database, acme, [post("1", "marta", 0, "it burns", thread="t")], 12)
    with database.reading() as session:
        assert conversation_of(session, "marta").status == Status.OPEN


# ---------------------------------------------------------------- snoozing, muting, dismissing


def test_snoozing_never_stops_a_wait(database: Database, acme: int, cast: dict[str, int], marta: int) -> None:
    do(database, PAIRS["snooze"][0], marta, by(cast, "ana", 5))
    assert (facts(database, marta)["waiting_since"], queued(database)) == (at(0), [])
    arrive(database, acme, [post("2", "acme", 30, to="1", thread="t")], 31)
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, 30, "answered")]


def test_no_snooze_ends_in_the_past(database: Database, cast: dict[str, int], marta: int) -> None:
    with pytest.raises(Refused, match="has passed"):
        do(database, lambda s, i, b: verbs.snooze(s, i, at(5), by=b), marta, by(cast, "ana", 5))


def test_restoring_brings_back_what_a_person_had_said_of_needing_an_answer(
    database: Database, cast: dict[str, int], marta: int
) -> None:
    for said in (True, False):
        do(database, lambda s, i, b, n=said: verbs.set_needs_answer(s, i, n, by=b), marta, by(cast, "ana", 2))  # type: ignore[misc]
        for reason in (Dismissal.NO_ANSWER_NEEDED, Dismissal.SPAM):
            do(database, lambda s, i, b, r=reason: verbs.dismiss(s, i, r, by=b), marta, by(cast, "ana", 3))  # type: ignore[misc]
            do(database, PAIRS["dismiss"][1], marta, by(cast, "ana", 4))
            assert facts(database, marta)["waits"] == [(said, None, False)]


def test_restoring_takes_back_only_the_latest_dismissal(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    for minute, reason in ((2, Dismissal.NO_ANSWER_NEEDED), (9, Dismissal.NO_ANSWER_NEEDED)):
        arrive(database, acme, [post(str(minute), "marta", minute - 1, thread="t")], minute - 1)
        do(database, lambda s, i, b, r=reason: verbs.dismiss(s, i, r, by=b), marta, by(cast, "ana", minute))  # type: ignore[misc]
    do(database, PAIRS["dismiss"][1], marta, by(cast, "ana", 10))
    with database.reading() as session:
        assert waits_of(session, "marta") == [(0, 2, "dismissed"), (8, None, None)]
    assert queued(database) == ["marta"]


def test_dismissing_as_needing_none_leaves_the_default_population(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    do(database, PAIRS["dismiss as needing none"][0], marta, by(cast, "ana", 5))
    with database.reading() as session:
        times = report_response_times(session, until=at(60)).times
        assert (times.waits, times.dismissed) == (0, 1)
        assert report_response_times(session, until=at(60), needs_answer_only=False).times.waits == 1


def test_what_a_muted_person_said_is_seen_when_they_are_unmuted(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    for mute, minutes in (("mute the author", 2), ("mute the thread", 12)):
        do(database, PAIRS[mute][0], marta, by(cast, "ana", minutes))
        do(database, PAIRS["dismiss"][0], marta, by(cast, "ana", minutes + 1))
        arrive(database, acme, [post(f"m{minutes}", "marta", minutes + 2, thread="t")], minutes + 3)
        assert queued(database) == []
        do(database, PAIRS[mute][1], marta, by(cast, "ana", minutes + 4))
        assert queued(database) == ["marta"]


def test_unmuting_reopens_nothing_they_did_not_speak_in(database: Database, cast: dict[str, int], marta: int) -> None:
    do(database, PAIRS["mute the author"][0], marta, by(cast, "ana", 2))
    do(database, PAIRS["resolve"][0], marta, by(cast, "ana", 3))
    do(database, PAIRS["mute the author"][1], marta, by(cast, "ana", 4))
    assert facts(database, marta)["status"] == Status.RESOLVED


def test_a_mute_holds_in_every_thread_of_the_brand_and_of_no_other(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    other = make_brand(database, "Zenith")
    arrive(database, acme, [post("9", "marta", 1, thread="u"), post("8", "jo", 1, to="1", thread="t")], 2)
    arrive(database, other, [post("9", "marta", 1, thread="u")], 2)
    do(database, PAIRS["mute the author"][0], marta, by(cast, "ana", 3))
    with database.reading() as session:
        rows = page(session, now=at(60), settings=Settings())
        assert sorted((r.brand, r.author) for r in rows) == [("Acme", "jo"), ("Zenith", "marta")]


# ---------------------------------------------------------------- corrections


def test_a_band_a_person_set_stays_over_readings_and_new_mentions(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    set_urgent: Verb = lambda s, i, b: verbs.set_band(s, i, Band.URGENT, by=b)  # noqa: E731
    changed = do(database, set_urgent, marta, by(cast, "ana", 2))
    assert (changed.band, changed.due_at) == (Band.URGENT, at(30))
    arrive(database, acme, [post("2", "marta", 3, thread="t")], 4)
    read(database, acme, {"1": ("praise", 0.1, 0.9), "2": ("praise", 0.1, 0.9)}, 5)
    arrive(database, acme, [post("0", "marta", -5, thread="t")], 6)  # an earlier one begins the wait now
    after = facts(database, marta)
    assert (after["band"], after["waiting_since"]) == (Band.URGENT, at(-5))


def test_a_band_follows_the_target_in_force_when_the_wait_began(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    with database.writing() as session:
        session.add(Target(brand_id=acme, band=Band.HIGH, seconds=600, valid_from=at(-10)))
        session.add(Target(brand_id=acme, band=Band.HIGH, seconds=60, valid_from=at(1)))
    assert do(database, lambda s, i, b: verbs.set_band(s, i, Band.HIGH, by=b), marta, by(cast, "ana", 2)).due_at == at(
        10
    )


def test_a_person_goes_before_the_reading(database: Database, acme: int, cast: dict[str, int], marta: int) -> None:
    read(database, acme, {"1": ("chatter", 0.1, 0.1)}, 2)
    assert queued(database) == []
    do(database, lambda s, i, b: verbs.set_needs_answer(s, i, True, by=b), marta, by(cast, "ana", 3))
    assert queued(database) == ["marta"]
    arrive(database, acme, [post("2", "marta", 4, thread="t")], 5)
    read(database, acme, {"2": ("chatter", 0.1, 0.1)}, 6)
    assert queued(database) == ["marta"]


def test_nothing_is_corrected_where_nobody_waits(
    database: Database, acme: int, cast: dict[str, int], marta: int
) -> None:
    arrive(database, acme, [post("2", "acme", 3, to="1", thread="t")], 4)
    tries: list[Verb] = [
        lambda s, i, b: verbs.set_band(s, i, Band.LOW, by=b),
        lambda s, i, b: verbs.set_needs_answer(s, i, False, by=b),
    ]
    for verb in tries:
        with pytest.raises(Refused, match="Nobody waits"):
            do(database, verb, marta, by(cast, "ana", 5))
