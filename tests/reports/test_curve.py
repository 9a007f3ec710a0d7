from reports.curve import FIRST, POINTS, curve
from tests.reports.conftest import MakeWait, minute

DAY = 86_400.0


def test_the_curve_counts_everybody_and_beside_it_the_answered_alone(wait: MakeWait) -> None:
    rows = [wait(answered=10), wait(answered=20), wait(), wait()]  # half answered, half never
    found = curve(rows, minute(24 * 60), DAY)
    last = found[-1]
    assert (len(found), found[0].seconds) == (POINTS, FIRST)
    assert abs(last.seconds - DAY) < 1e-6
    assert (last.everybody, last.answered_only) == (0.5, 1.0)
    assert last.low is not None
    assert last.high is not None
    assert last.low < 0.5 < last.high
    quarter = next(p for p in found if p.seconds >= 900)  # the first of four was answered after ten minutes
    assert (quarter.everybody, quarter.answered_only) == (0.25, 0.5)


def test_beyond_what_was_observed_nothing_is_drawn(wait: MakeWait) -> None:
    found = curve([wait(answered=10), wait()], minute(60), DAY)
    assert [p.everybody for p in found if p.seconds > 3600] == [None] * sum(p.seconds > 3600 for p in found)
    assert all(p.everybody is not None for p in found if p.seconds <= 3600)


def test_without_a_wait_there_is_no_curve_and_without_an_answer_no_second_one(wait: MakeWait) -> None:
    assert curve([], minute(0)) == []
    assert {p.answered_only for p in curve([wait()], minute(60))} == {None}


def test_the_curve_only_rises(wait: MakeWait) -> None:
    rows = [wait(answered=n * n) for n in range(1, 30)] + [wait() for _ in range(5)]
    shares = [p.everybody for p in curve(rows, minute(3000)) if p.everybody is not None]
    assert shares == sorted(shares)
    assert len(set(shares)) > 10
