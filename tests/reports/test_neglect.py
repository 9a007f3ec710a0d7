"""Small accounts are said to wait longer only beyond doubt, and so many times as long only where both ends say so."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest

from reports.neglect import least_ratio, neglect_basis, neglect_finding, neglect_title
from reports.reach import SmallAndLarge, small_and_large
from reports.waits import WaitRow
from tests.reports.conftest import MakeWait, minute

U = minute(60_000)


def sides(rows: Sequence[WaitRow]) -> SmallAndLarge:
    return small_and_large(rows, U, ZoneInfo("UTC"))


def answered(wait: MakeWait, followers: int | None, first: float, many: int = 60) -> list[WaitRow]:
    """So many waits, answered after `first` minutes and a tenth more each."""
    return [wait(answered=first + n / 10, followers=followers, target_seconds=3600) for n in range(many)]


def test_small_accounts_that_wait_more_than_five_times_as_long(wait: MakeWait) -> None:
    """Medians by hand: the 30th of 60 is 100 + 2.9 min and 10 + 2.9 min. The intervals' ends are far apart."""
    found = sides([*answered(wait, 300, 100), *answered(wait, 50_000, 10), *answered(wait, None, 1, 7)])
    assert (found.small.times.median.value, found.large.times.median.value) == (102.9 * 60, 12.9 * 60)
    assert neglect_finding(found) == (
        "Small accounts (under 1,000 followers) wait more than five times as long as larger ones: half of them wait "
        "1 h 42 min or longer, half of the others 12 min or longer."
    )
    basis = neglect_basis(found)
    assert basis.startswith("95 % intervals: 1 h 4")
    assert basis.count(" (60 waits)") == 2
    assert basis.endswith("Past their target: 100 % and 0 %. Waits of unknown reach, on neither side: 7.")
    assert neglect_title(found) == "Small accounts wait longer"


@pytest.mark.parametrize(
    ("small", "words"),
    [(14, "longer than larger"), (20, "more than one and a half times as long as larger"), (30, "more than twice as"),
     (50, "more than three times as"), (200, "more than ten times as")],
)  # fmt: skip
def test_the_largest_multiple_that_holds_is_named(wait: MakeWait, small: float, words: str) -> None:
    found = sides([*answered(wait, 300, small), *answered(wait, 50_000, 10)])
    assert f"wait {words}" in neglect_finding(found)


def test_a_multiple_is_that_of_the_nearest_ends() -> None:
    assert least_ratio(40, 20) == 2.0
    assert least_ratio(None, 20) == least_ratio(40, None) == 0.0
    assert least_ratio(40, -1) == 0.0, "clocks that disagree allow no ratio"


def test_what_chance_may_have_done_is_no_finding(wait: MakeWait) -> None:
    found = sides([*answered(wait, 300, 10.5), *answered(wait, 50_000, 10)])
    assert (
        "wait no longer than larger ones, as far as this can tell: half of them wait 13 min or longer"
        in neglect_finding(found)
    )
    assert neglect_title(found) == "Response times by reach"


def test_larger_accounts_that_wait_longer_are_said_too(wait: MakeWait) -> None:
    found = sides([*answered(wait, 300, 10), *answered(wait, 50_000, 100)])
    assert neglect_finding(found) == (
        "Larger accounts wait longer than small ones (under 1,000 followers): half of them wait "
        "1 h 42 min or longer, half of the others 12 min or longer."
    )
    assert neglect_title(found) == "Larger accounts wait longer"


@pytest.mark.parametrize("ever", [0, 10])
def test_small_accounts_that_hardly_anybody_answers_are_the_worst_case_and_not_a_gap(wait: MakeWait, ever: int) -> None:
    """No median, and of the answered alone they would be the quicker side. Fifty have waited 200 to 249 min."""
    waiting = [wait(at=60_000 - 200 - n, followers=300, target_seconds=3600) for n in range(50)]
    found = sides([*answered(wait, 300, 1, ever), *waiting, *answered(wait, 50_000, 10)])
    assert (found.small.times.median.value, found.small.least) == (None, (249 - 19) * 60)
    assert "more than ten times as long as larger ones: half of them wait 3 h 50 min or longer" in neglect_finding(
        found
    )
    assert neglect_basis(found).startswith(f"95 % intervals: 3 h 50 min or longer ({50 + ever} waits) and 1")
    assert neglect_title(found) == "Small accounts wait longer"


def test_young_waits_in_vain_say_nothing_yet(wait: MakeWait) -> None:
    """They have waited a minute or two, less than the others take."""
    waiting = [wait(at=60_000 - 1 - n / 50, followers=300) for n in range(50)]
    found = sides([*waiting, *answered(wait, 50_000, 10)])
    assert "wait no longer than larger ones" in neglect_finding(found)


@pytest.mark.parametrize(("small", "large"), [(19, 60), (60, 19), (0, 0)])
def test_of_too_few_it_says_only_how_many(wait: MakeWait, small: int, large: int) -> None:
    found = sides([*answered(wait, 300, 500, small), *answered(wait, 50_000, 1, large)])
    assert neglect_finding(found) == (
        f"Too few to compare small accounts (under 1,000 followers) with larger ones: {small} and {large} waits; each "
        "side needs 20."
    )
    assert neglect_basis(found) == ""
    assert neglect_title(found) == "Response times by reach"
