import pytest

from models.values import Band
from reports.cohorts import Share
from reports.promises import promises, wilson
from tests.reports.conftest import MakeWait, minute


def test_each_band_and_target_has_its_own_share_the_most_urgent_first(wait: MakeWait) -> None:
    rows = [
        wait(answered=10, band=Band.NORMAL),
        wait(answered=300, band=Band.NORMAL),
        wait(at=590, band=Band.NORMAL),  # four hours are not over
        wait(answered=20, band=Band.URGENT, target_seconds=1800),
        wait(answered=20, band=Band.URGENT, target_seconds=600),  # the target was another one once
        wait(answered=1, band=None, target_seconds=None),
    ]
    found = promises(rows, minute(600))
    assert [(p.band, p.target_seconds, p.share) for p in found] == [
        (Band.URGENT, 600, Share(0, 1, 0)),
        (Band.URGENT, 1800, Share(1, 1, 0)),
        (Band.NORMAL, 14_400, Share(1, 2, 1)),
    ]


@pytest.mark.parametrize(
    ("met", "due", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_one_newcombe_prints(met: int, due: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3 (score, without continuity correction)."""
    found = wilson(Share(met, due, 0))
    assert found.value == met / due
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_a_share_of_nothing_has_no_interval() -> None:
    found = wilson(Share(0, 0, 3))
    assert (found.value, found.low, found.high) == (None, None, None)
