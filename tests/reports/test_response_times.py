from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values import Band, Platform, WaitEnd
from reports.cohorts import Share
from reports.incidence import Estimate
from reports.response_times import MeanParts, mean_parts, response_times
from reports.waits import WaitRow
from tests.reports.conftest import MakeWait, minute

BERLIN = ZoneInfo("Europe/Berlin")
U = minute(600)


def test_no_waits_give_zeros_and_no_figures(wait: MakeWait) -> None:
    report = response_times([], U, BERLIN)
    assert (report.waits, report.answered, report.waiting, report.ended_unanswered) == (0, 0, 0, 0)
    assert (report.median, report.p90, report.answered_median) == (Estimate(None), Estimate(None), None)
    assert (report.parts, report.longest_waiting, report.days) == (None, None, ())
    assert report.service_level.share is None


def test_when_nobody_was_answered_the_median_is_not_reached(wait: MakeWait) -> None:
    report = response_times([wait(at=a) for a in range(10)], U, BERLIN)
    assert report.waiting == report.waits == 10
    assert report.median.value is None
    assert report.p90.value is None
    assert report.longest_waiting == 600 * 60
    assert report.response_rates[0].share == Share(met=0, due=10, not_yet_due=0)
    assert report.response_rates[0].probability.value == 0


def test_those_who_still_wait_move_the_median_that_the_answered_alone_would_flatter(wait: MakeWait) -> None:
    quick = [wait(answered=m) for m in (5, 10, 15)]
    report = response_times([*quick, wait(answered=300), *(wait() for _ in range(3))], U, BERLIN)
    assert report.answered_median == 10 * 60
    assert report.median.value == 300 * 60
    assert report.p90.value is None


def test_with_everybody_answered_both_medians_agree(wait: MakeWait) -> None:
    report = response_times([wait(answered=m) for m in (50, 10, 30, 20)], U, BERLIN)
    assert report.median.value == report.answered_median == 20 * 60
    assert report.p90.value == 50 * 60


def test_ends_without_an_answer_compete_and_are_not_censored(wait: MakeWait) -> None:
    rows = [wait(ended=(WaitEnd.DELETED, 5)), wait(ended=(WaitEnd.LOCKED, 6)), wait(answered=10), wait(answered=20)]
    report = response_times(rows, U, BERLIN)
    assert (report.ended_unanswered, report.answered) == (2, 2)
    assert report.median.value == 20 * 60  # as censored it would be 10 min
    assert report.response_rates[1].probability.value == pytest.approx(0.5)


def test_an_answer_elsewhere_is_answered_at_the_time_that_was_given(wait: MakeWait) -> None:
    report = response_times([wait(ended=(WaitEnd.ANSWERED_ELSEWHERE, 7))], U, BERLIN)
    assert (report.answered, report.median.value) == (1, 7 * 60)


def test_resolving_without_an_answer_ends_no_wait_and_is_counted_beside(wait: MakeWait) -> None:
    rows = [wait(resolved_unanswered=True), wait(), wait(answered=5, resolved_unanswered=True)]
    report = response_times(rows, U, BERLIN)
    assert (report.waits, report.waiting, report.resolved_unanswered) == (3, 2, 1)


def test_dismissed_as_needing_no_answer_is_beside_the_waits_unless_all_are_asked_for(wait: MakeWait) -> None:
    correction = wait(ended=(WaitEnd.DISMISSED, 5), dismissed_as_no_answer=True, needs_answer=False)
    rows = [correction, wait(ended=(WaitEnd.DISMISSED, 5)), wait(answered=5), wait(needs_answer=False)]
    report = response_times(rows, U, BERLIN)
    assert (report.waits, report.ended_unanswered, report.dismissed) == (2, 1, 1)
    everything = response_times(rows, U, BERLIN, needs_answer_only=False)
    assert (everything.waits, everything.ended_unanswered, everything.waiting, everything.dismissed) == (4, 2, 1, 1)


def test_a_report_about_an_earlier_moment_knows_nothing_of_what_came_later(wait: MakeWait) -> None:
    rows = [wait(answered=30), wait(answered=90), wait(at=70)]
    then = response_times(rows, minute(60), BERLIN)
    assert (then.waits, then.answered, then.waiting) == (2, 1, 1)


def test_a_negative_response_time_is_kept_and_counted(wait: MakeWait) -> None:
    report = response_times([wait(answered=-2), wait(answered=3)], U, BERLIN)
    assert report.negative == 1
    assert report.median.value == -120
    assert report.response_rates[0].share.met == 2


def test_unread_waits_are_counted_and_have_no_target(wait: MakeWait) -> None:
    report = response_times([wait(not_read=True, band=None, target_seconds=None), wait(answered=1)], U, BERLIN)
    assert (report.not_read, report.without_target, report.service_level.due) == (1, 1, 1)


# ---------------------------------------------------------------- parts


def test_parts_are_means_of_the_middle_half_and_add_up(wait: MakeWait) -> None:
    rows = [wait(stored=1, claimed=2, answered=m) for m in (10, 20, 30, 40, 5000)]
    found = mean_parts(rows, minute(6000))
    assert found == MeanParts(waits=3, claimed=3, lag=60, queue=60, handling=1680, total=1800)


def test_one_or_two_answers_are_their_own_middle_half(wait: MakeWait) -> None:
    rows = [wait(stored=1, answered=10), wait(stored=1, claimed=5, answered=20)]
    one, two = mean_parts(rows[:1], U), mean_parts(rows, U)
    assert one == MeanParts(waits=1, claimed=0, lag=60, queue=540, handling=0, total=600)
    assert two is not None
    assert (two.waits, two.claimed, two.total) == (2, 1, 900)


def test_history_takes_no_part_in_the_parts(wait: MakeWait) -> None:
    assert mean_parts([wait(stored_at=None, answered=5, history=True)], U) is None
    both = [wait(stored_at=None, answered=500, history=True), wait(answered=5)]
    assert mean_parts(both, U) == MeanParts(waits=1, claimed=0, lag=0, queue=300, handling=0, total=300)


# ---------------------------------------------------------------- laws

ENDS = st.none() | st.tuples(st.sampled_from(list(WaitEnd)), st.integers(-30, 900))


@st.composite
def some_waits(draw: st.DrawFn) -> list[WaitRow]:
    rows = []
    for number in range(draw(st.integers(0, 25))):
        start, end = draw(st.integers(-60, 700)), draw(ENDS)
        rows.append(
            WaitRow(
                wait_id=number,
                conversation_id=number,
                brand_id=1,
                brand="Tarnbrook",
                platform=Platform.X,
                external_id=str(number),
                band=Band.HIGH,
                started_at=minute(start),
                stored_at=draw(st.none() | st.integers(-90, 900).map(minute)),
                claimed_at=draw(st.none() | st.integers(-90, 900).map(minute)),
                end=end[0] if end else None,
                ended_at=minute(start + end[1]) if end else None,
                target_seconds=draw(st.sampled_from([None, 1800, 3600])),
                needs_answer=draw(st.booleans()),
                resolved_unanswered=draw(st.booleans()),
            )
        )
    return rows


@given(some_waits(), st.integers(-60, 900), st.booleans())
def test_every_wait_is_answered_waiting_or_ended_and_the_parts_add_up(
    rows: list[WaitRow], at: int, needing: bool
) -> None:
    report = response_times(rows, minute(at), BERLIN, needs_answer_only=needing)
    assert report.waits == report.answered + report.waiting + report.ended_unanswered
    assert report.resolved_unanswered <= report.waiting
    assert report.waits == sum(d.waits for d in report.days)
    assert report.waits == report.service_level.due + report.service_level.not_yet_due + report.without_target
    for rate in report.response_rates:
        assert report.waits == rate.share.due + rate.share.not_yet_due
        assert rate.share.met <= rate.share.due
    if report.parts:
        together = report.parts.lag + report.parts.queue + report.parts.handling
        assert together == pytest.approx(report.parts.total, abs=1e-6)


@given(some_waits(), st.randoms())
def test_the_order_of_the_rows_does_not_matter(rows: list[WaitRow], chance: Random) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert response_times(rows, U, BERLIN) == response_times(shuffled, U, BERLIN)
