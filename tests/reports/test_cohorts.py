from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.values import WaitEnd
from reports.cohorts import WITHIN, Share, day_cohorts, service_level, share_within
from tests.reports.conftest import MakeWait, minute

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_young_wait_is_counted_beside_the_share_even_if_it_was_answered(wait: MakeWait) -> None:
    rows = [wait(answered=30), wait(), wait(at=590, answered=595), wait(at=595)]
    assert share_within(rows, 3600, minute(600)) == Share(met=1, due=2, not_yet_due=2)


def test_an_unanswered_wait_past_its_target_lowers_the_service_level(wait: MakeWait) -> None:
    rows = [
        wait(answered=10, target_seconds=1800),
        wait(target_seconds=1800),
        wait(answered=31, target_seconds=1800),
        wait(ended=(WaitEnd.DELETED, 5), target_seconds=1800),
        wait(at=580, target_seconds=1800),
        wait(answered=1, target_seconds=None),
    ]
    found = service_level(rows, minute(600))
    assert found == Share(met=1, due=4, not_yet_due=1)
    assert found.share == 0.25


def test_nothing_due_is_no_share_rather_than_zero() -> None:
    assert service_level([], minute(0)).share is None


def test_a_cohort_is_the_day_of_arrival_and_never_the_day_of_the_answer(wait: MakeWait) -> None:
    rows = [wait(at=0, answered=3 * 1440), wait(at=1440, answered=1450)]
    cohorts = day_cohorts(rows, minute(10 * 1440), BERLIN)
    assert [(c.day, c.waits, c.shares[900].met) for c in cohorts] == [
        (date(2026, 3, 4), 1, 0),
        (date(2026, 3, 5), 1, 1),
    ]


def test_a_day_matures_for_a_rate_when_its_last_moment_has_had_the_time(wait: MakeWait) -> None:
    # 29 March 2026 ends at 22:00 UTC in Berlin, an hour earlier than on the day before.
    row = wait(started_at=datetime(2026, 3, 28, 23, 30, tzinfo=UTC))
    over = datetime(2026, 3, 29, 22, 0, tzinfo=UTC)
    for within in WITHIN:
        (cohort,) = day_cohorts([row], over + timedelta(seconds=within), BERLIN)
        assert cohort.mature[within]
        (cohort,) = day_cohorts([row], over + timedelta(seconds=within - 1), BERLIN)
        assert not cohort.mature[within]


def test_the_hour_that_comes_twice_belongs_to_one_day_both_times(wait: MakeWait) -> None:
    rows = [wait(started_at=datetime(2026, 10, 25, hour, 30, tzinfo=UTC)) for hour in (0, 1)]  # both 02:30 in Berlin
    (cohort,) = day_cohorts(rows, datetime(2026, 11, 1, tzinfo=UTC), BERLIN)
    assert (cohort.day, cohort.waits) == (date(2026, 10, 25), 2)
