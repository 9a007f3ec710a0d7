from models.values import WaitEnd
from reports.waits import Outcome, Parts, duration, in_time, outcome, parts, population
from tests.reports.conftest import MakeWait, minute

U = minute(600)


def test_an_answer_elsewhere_counts_as_an_answer_and_every_other_end_does_not(wait: MakeWait) -> None:
    ends = {end: outcome(wait(ended=(end, 10)), U) for end in WaitEnd}
    assert ends == {
        WaitEnd.ANSWERED: Outcome.ANSWERED,
        WaitEnd.ANSWERED_ELSEWHERE: Outcome.ANSWERED,
        WaitEnd.DELETED: Outcome.ENDED_UNANSWERED,
        WaitEnd.LOCKED: Outcome.ENDED_UNANSWERED,
        WaitEnd.DISMISSED: Outcome.ENDED_UNANSWERED,
    }


def test_an_end_after_the_end_of_observation_has_not_happened(wait: MakeWait) -> None:
    row = wait(answered=90)
    assert outcome(row, minute(89)) is Outcome.WAITING
    assert duration(row, minute(89)) == 89 * 60
    assert outcome(row, minute(90)) is Outcome.ANSWERED


def test_the_parts_of_a_claimed_wait_add_up_to_the_response_time(wait: MakeWait) -> None:
    row = wait(stored=5, claimed=25, answered=32)
    assert parts(row, U) == Parts(lag=300, queue=1200, handling=420)
    assert duration(row, U) == 300 + 1200 + 420


def test_answered_without_a_claim_is_all_queue(wait: MakeWait) -> None:
    assert parts(wait(stored=5, answered=32), U) == Parts(lag=300, queue=1620, handling=None)


def test_a_claim_from_before_we_had_the_mention_counts_from_when_we_had_it(wait: MakeWait) -> None:
    assert parts(wait(stored=5, claimed=-60, answered=32), U) == Parts(lag=300, queue=0, handling=1620)


def test_history_has_no_parts(wait: MakeWait) -> None:
    assert parts(wait(answered=32, stored_at=None, history=True), U) is None


def test_what_runs_or_ended_otherwise_has_no_parts(wait: MakeWait) -> None:
    assert parts(wait(), U) is None
    assert parts(wait(ended=(WaitEnd.DELETED, 4)), U) is None


def test_a_platform_clock_ahead_of_ours_gives_a_negative_lag_that_is_kept(wait: MakeWait) -> None:
    assert parts(wait(stored=-187, answered=10), U) == Parts(lag=-187 * 60, queue=197 * 60, handling=None)


def test_an_answer_noticed_late_gives_a_negative_queue_that_still_adds_up(wait: MakeWait) -> None:
    row = wait(stored=15, answered=5)
    assert parts(row, U) == Parts(lag=900, queue=-600, handling=None)
    assert duration(row, U) == 300


def test_a_wait_dismissed_as_needing_no_answer_is_in_no_default_population(wait: MakeWait) -> None:
    gone = wait(ended=(WaitEnd.DISMISSED, 5), dismissed_as_no_answer=True)
    assert population([gone], U) == []
    assert population([gone], minute(1)) == []
    assert population([gone], U, needs_answer_only=False) == [gone]


def test_a_wait_that_begins_after_the_end_of_observation_is_outside(wait: MakeWait) -> None:
    assert population([wait(at=601)], U, needs_answer_only=False) == []
    assert len(population([wait(at=600)], U)) == 1


def test_in_time_knows_yes_no_and_not_yet_due(wait: MakeWait) -> None:
    assert in_time(wait(answered=60), 3600, U) is True
    assert in_time(wait(answered=61), 3600, U) is False
    assert in_time(wait(), 3600, minute(60)) is False
    assert in_time(wait(answered=10), 3600, minute(59)) is None
