from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values import Band, Intent
from tests.conftest import NOON
from triage.priority import (
    INTENT_POINTS,
    PLAIN,
    Priority,
    Weights,
    band,
    priority,
    reach_points,
    severity,
    waiting_points,
)


@dataclass(frozen=True)
class Said:
    """A reading made by hand."""

    intent: str
    p_negative: float
    intents: dict[str, float]
    needs_reply: float = 1.0


NEEDED = {"question": 0.9, "purchase": 0.85, "suggestion": 0.6, "praise": 0.3, "promo": 0.1, "chatter": 0.05}
"""How far an answer is needed; 1 for what is graver."""


def said(intent: str, p_negative: float, p: float = 0.9, **others: float) -> Said:
    intents = {i.value: 0.02 for i in Intent} | others | {intent: p}
    return Said(intent, p_negative, intents, NEEDED.get(intent, 1.0))


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


def weigh(readings: list[Said | None] | list[Said], weights: Weights = PLAIN, **facts: Any) -> Priority:
    """Nobody waits, and nobody knows who speaks to whom, unless told."""
    told: dict[str, Any] = {
        "waiting_since": None, "target_seconds": 60, "now": NOON, "addressed": False, "followers": None,
    }  # fmt: skip
    return priority(readings, **(told | facts), weights=weights)


def points(reading: Said | None, minutes: float = 0) -> Priority:
    return priority(
        [reading],
        waiting_since=NOON,
        target_seconds=3600,
        now=NOON + timedelta(minutes=minutes),
        addressed=False,
        followers=None,
        weights=PLAIN,
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
    assert weigh([joke, scare]) == weigh([scare])


def test_anger_that_asks_nothing_of_us_stands_below_a_calm_question() -> None:
    grumble = Said("chatter", 0.95, {"chatter": 0.9}, needs_reply=0.1)
    assert weigh([grumble]).points < weigh([said("question", 0.05)]).points


def test_doubt_about_a_danger_lowers_nothing_below_its_floor() -> None:
    assert weigh([said("crisis", 0.0, 0.1)]).reasons["severity"] == 34
    assert weigh([said("churn", 0.0, 0.1)]).reasons["severity"] == 24


READINGS = st.one_of(
    st.none(),
    st.builds(
        Said,
        intent=st.sampled_from([i.value for i in Intent]),
        p_negative=st.floats(0, 1),
        intents=st.dictionaries(st.sampled_from([i.value for i in Intent]), st.floats(0, 1)),
        needs_reply=st.floats(0, 1),
    ),
)


@st.composite
def any_weights(draw: st.DrawFn) -> Weights:
    """Any five whole numbers that make 100: four cuts of a hundred."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=4, max_size=4)))
    return Weights(*(b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)))


@given(
    readings=st.lists(READINGS, max_size=4),
    waited=st.one_of(st.none(), st.integers(-(10**9), 10**9)),
    target=st.integers(1, 10**7),
    addressed=st.booleans(),
    followers=st.one_of(st.none(), st.integers(-5, 10**18)),
    weights=any_weights(),
)
def test_every_part_keeps_within_its_maximum_and_the_reasons_add_up_under_any_weights(
    readings: list[Said | None],
    waited: int | None,
    target: int,
    addressed: bool,
    followers: int | None,
    weights: Weights,
) -> None:
    since = None if waited is None else NOON - timedelta(seconds=waited)
    facts: dict[str, Any] = {"waiting_since": since, "target_seconds": target, "addressed": addressed}
    weighed = weigh(readings, weights, followers=followers, **facts)
    assert list(weighed.reasons) == list(weights.maxima)
    assert all(isinstance(p, int) and 0 <= p <= weights.maxima[n] for n, p in weighed.reasons.items())
    assert weighed.points == sum(weighed.reasons.values()) <= 100


@given(weights=any_weights())
def test_the_maxima_make_a_hundred_and_can_all_be_reached(weights: Weights) -> None:
    facts: dict[str, Any] = {"waiting_since": NOON - timedelta(hours=1), "target_seconds": 3600}
    most = weigh([said("crisis", 1.0, 1.0)], weights, addressed=True, followers=10**9, **facts)
    assert most.reasons == weights.maxima
    assert most.points == 100
    assert set(INTENT_POINTS) == set(Intent)
    assert max(INTENT_POINTS.values()) == PLAIN.intent


@given(one=READINGS, other=READINGS, weights=any_weights())
def test_no_weights_turn_the_order_of_severity_or_intent_round(
    one: Said | None, other: Said | None, weights: Weights
) -> None:
    plain = [weigh([r]).reasons for r in (one, other)]
    found = [weigh([r], weights).reasons for r in (one, other)]
    if plain[0]["intent"] >= plain[1]["intent"]:
        assert found[0]["intent"] >= found[1]["intent"]
    if severity(one) >= severity(other):
        assert found[0]["severity"] >= found[1]["severity"]


def test_points_under_other_weights_are_those_worked_out_by_hand() -> None:
    """A certain complaint, p_negative 0.9: severity 0.75 (0.35 + 0.65 · 0.9) = 0.70125, intent 18 of 25, reach 3/5."""
    facts: dict[str, Any] = {"waiting_since": NOON - timedelta(minutes=30), "target_seconds": 3600}
    reading = said("complaint", 0.9, 1.0)
    plain = weigh([reading], addressed=True, followers=2_000, **facts)
    assert plain.reasons == {"severity": 28, "intent": 18, "waiting": 10, "addressed": 10, "reach": 3}
    other = weigh([reading], Weights(50, 10, 30, 0, 10), addressed=True, followers=2_000, **facts)
    assert other.reasons == {"severity": 35, "intent": 7, "waiting": 15, "addressed": 0, "reach": 6}
    assert (plain.points, other.points) == (69, 63)
    assert plain.rescore_at == NOON + timedelta(minutes=3)
    assert other.rescore_at == NOON + timedelta(minutes=2)


def test_the_band_asks_nobody_for_the_weights() -> None:
    """A hot complaint is high also where severity gives no point at all."""
    hot = said("complaint", 0.97, 0.97)
    assert weigh([hot], Weights(0, 50, 50, 0, 0)).reasons["severity"] == 0
    assert band(hot) == Band.HIGH


# ---------------------------------------------------------------- waiting and reach


@pytest.mark.parametrize(
    ("minutes", "earned"), [(-10, 0), (0, 0), (2.99, 0), (3, 1), (30, 10), (59.9, 19), (60, 20), (9999, 20)]
)
def test_waiting_earns_a_point_for_each_twentieth_of_the_target(minutes: float, earned: int) -> None:
    assert waiting_points(NOON, 3600, NOON + timedelta(minutes=minutes), 20)[0] == earned


def test_the_same_wait_earns_more_under_a_shorter_target() -> None:
    now = NOON + timedelta(minutes=15)
    assert waiting_points(NOON, 1800, now, 20)[0] == 10
    assert waiting_points(NOON, 3600, now, 20)[0] == 5


def test_nobody_waiting_earns_nothing_and_needs_no_second_look() -> None:
    assert waiting_points(None, 3600, NOON, 20) == (0, None)


def test_where_waiting_weighs_nothing_it_needs_no_second_look() -> None:
    assert waiting_points(NOON, 3600, NOON + timedelta(minutes=30), 0) == (0, None)


@given(target=st.floats(1, 10**7), waited=st.floats(-(10**6), 10**8), most=st.integers(1, 100))
def test_looking_again_when_told_finds_exactly_one_point_more_until_there_are_no_more(
    target: float, waited: float, most: int
) -> None:
    now = NOON + timedelta(seconds=waited)
    earned, again = waiting_points(NOON, target, now, most)
    if again is None:
        assert earned == most
        return
    assert again > now
    assert waiting_points(NOON, target, again, most)[0] == earned + 1
    assert waiting_points(NOON, target, again - timedelta(microseconds=1), most)[0] == earned


@pytest.mark.parametrize(
    ("followers", "earned", "of_twelve"),
    [(None, 0, 0), (-3, 0, 0), (0, 0, 0), (9, 0, 0), (10, 1, 2), (999, 2, 5), (1000, 3, 7), (10**5, 5, 12),
     (10**12, 5, 12)],
)  # fmt: skip
def test_reach_is_a_power_of_ten_and_bounded(followers: int | None, earned: int, of_twelve: int) -> None:
    assert reach_points(followers, 5) == earned
    assert reach_points(followers, 12) == of_twelve
    assert reach_points(followers, 0) == 0
