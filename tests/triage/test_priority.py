from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values import Band, Intent
from tests.conftest import NOON
from triage.priority import (
    ADDRESSED,
    INTENT,
    INTENT_POINTS,
    REACH,
    SEVERITY,
    WAITING,
    Priority,
    band,
    priority,
    reach_points,
    severity,
    waiting_points,
)

MAXIMA = {"severity": SEVERITY, "intent": INTENT, "waiting": WAITING, "addressed": ADDRESSED, "reach": REACH}


@dataclass(frozen=True)
class Said:
    """A reading made by hand."""

    intent: str
    p_negative: float
    intents: dict[str, float]


def said(intent: str, p_negative: float, p: float = 0.9, **others: float) -> Said:
    return Said(intent, p_negative, {i.value: 0.02 for i in Intent} | others | {intent: p})


IN_ORDER = [
    ("it burned my child's hand", said("crisis", 0.9, 0.95), Band.URGENT),
    ("I am leaving for the others", said("churn", 0.8, 0.9), Band.HIGH),
    ("third broken one, disgraceful", said("complaint", 0.97, 0.97), Band.HIGH),
    ("it drips a little", said("complaint", 0.5, 0.7), Band.NORMAL),
    ("how do I descale it", said("question", 0.1, 0.9), Band.NORMAL),
    ("where can I buy one", said("purchase", 0.05, 0.9), Band.NORMAL),
    ("a timer would be nice", said("suggestion", 0.1, 0.8), Band.LOW),
    ("love my kettle", said("praise", 0.02, 0.95), Band.LOW),
    ("20 % off kettles", said("promo", 0.02, 0.9), Band.LOW),
    ("kettle weather", said("chatter", 0.02, 0.9), Band.LOW),
]


def points(reading: Said | None, minutes: float = 0) -> Priority:
    return priority(
        [reading],
        waiting_since=NOON,
        target_seconds=3600,
        now=NOON + timedelta(minutes=minutes),
        addressed=False,
        followers=None,
    )


@pytest.mark.parametrize(("text", "reading", "expected"), IN_ORDER, ids=[t for t, *_ in IN_ORDER])
def test_the_band_follows_severity_and_intent(text: str, reading: Said, expected: Band) -> None:
    assert band(reading) == expected


def test_a_safety_scare_stands_above_churn_above_anger_above_questions_above_the_rest() -> None:
    earned = [points(reading).points for _, reading, _ in IN_ORDER]
    assert earned == sorted(earned, reverse=True)
    strictly = [earned[n] for n in (0, 1, 3, 4, 6, 7, 8)]
    assert len(set(strictly)) == len(strictly)


def test_what_nobody_has_read_stands_above_what_is_known_to_be_harmless_and_below_danger() -> None:
    unread = points(None).points
    above = {t for t, r, _ in IN_ORDER if points(r).points > unread}
    assert {"it burned my child's hand", "I am leaving for the others", "third broken one, disgraceful"} <= above
    assert not above & {"a timer would be nice", "love my kettle", "20 % off kettles", "kettle weather"}


def test_a_wait_is_as_severe_as_the_worst_of_its_mentions() -> None:
    joke, scare = said("chatter", 0.0), said("crisis", 0.9, 0.9)
    both = priority([joke, scare], waiting_since=None, target_seconds=60, now=NOON, addressed=False, followers=None)
    alone = priority([scare], waiting_since=None, target_seconds=60, now=NOON, addressed=False, followers=None)
    assert both == alone


def test_doubt_about_a_danger_lowers_nothing_below_its_floor() -> None:
    assert severity(said("crisis", 0.0, 0.1)) == 34
    assert severity(said("churn", 0.0, 0.1)) == 24


READINGS = st.one_of(
    st.none(),
    st.builds(
        Said,
        intent=st.sampled_from([i.value for i in Intent]),
        p_negative=st.floats(0, 1),
        intents=st.dictionaries(st.sampled_from([i.value for i in Intent]), st.floats(0, 1)),
    ),
)


@given(
    readings=st.lists(READINGS, max_size=4),
    waited=st.one_of(st.none(), st.integers(-(10**9), 10**9)),
    target=st.integers(1, 10**7),
    addressed=st.booleans(),
    followers=st.one_of(st.none(), st.integers(-5, 10**18)),
)
def test_every_part_keeps_within_its_maximum_and_the_reasons_add_up(
    readings: list[Said | None], waited: int | None, target: int, addressed: bool, followers: int | None
) -> None:
    since = None if waited is None else NOON - timedelta(seconds=waited)
    weighed = priority(
        readings, waiting_since=since, target_seconds=target, now=NOON, addressed=addressed, followers=followers
    )
    assert set(weighed.reasons) == set(MAXIMA)
    assert all(isinstance(p, int) and 0 <= p <= MAXIMA[n] for n, p in weighed.reasons.items())
    assert weighed.points == sum(weighed.reasons.values()) <= 100


def test_the_maxima_add_up_to_a_hundred_and_can_all_be_reached() -> None:
    assert sum(MAXIMA.values()) == 100
    most = priority(
        [said("crisis", 1.0, 1.0)],
        waiting_since=NOON - timedelta(hours=1),
        target_seconds=3600,
        now=NOON,
        addressed=True,
        followers=10**9,
    )
    assert most.reasons == MAXIMA
    assert set(INTENT_POINTS) == set(Intent)


# ---------------------------------------------------------------- waiting and reach


@pytest.mark.parametrize(
    ("minutes", "earned"), [(-10, 0), (0, 0), (2.99, 0), (3, 1), (30, 10), (59.9, 19), (60, 20), (9999, 20)]
)
def test_waiting_earns_a_point_for_each_twentieth_of_the_target(minutes: float, earned: int) -> None:
    assert waiting_points(NOON, 3600, NOON + timedelta(minutes=minutes))[0] == earned


def test_the_same_wait_earns_more_under_a_shorter_target() -> None:
    now = NOON + timedelta(minutes=15)
    assert waiting_points(NOON, 1800, now)[0] == 10
    assert waiting_points(NOON, 3600, now)[0] == 5


def test_nobody_waiting_earns_nothing_and_needs_no_second_look() -> None:
    assert waiting_points(None, 3600, NOON) == (0, None)


@given(target=st.floats(1, 10**7), waited=st.floats(-(10**6), 10**8))
def test_looking_again_when_told_finds_exactly_one_point_more_until_there_are_no_more(
    target: float, waited: float
) -> None:
    now = NOON + timedelta(seconds=waited)
    earned, again = waiting_points(NOON, target, now)
    if again is None:
        assert earned == WAITING
        return
    assert again > now
    assert waiting_points(NOON, target, again)[0] == earned + 1
    assert waiting_points(NOON, target, again - timedelta(microseconds=1))[0] == earned


@pytest.mark.parametrize(
    ("followers", "earned"),
    [(None, 0), (-3, 0), (0, 0), (9, 0), (10, 1), (999, 2), (1000, 3), (10**5, 5), (10**12, 5)],
)
def test_reach_is_a_power_of_ten_and_bounded(followers: int | None, earned: int) -> None:
    assert reach_points(followers) == earned
