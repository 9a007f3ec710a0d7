"""REPORT: the Aalen–Johansen estimate against published worked examples, an independent calculation, and its laws."""

from collections.abc import Sequence
from fractions import Fraction
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import CensoredData, ecdf

from reports.incidence import Incidence, Kind, Numbers, cumulative_incidence

Cases = Sequence[tuple[float, int]]
CASES = st.lists(st.tuples(st.integers(-5, 30).map(float), st.sampled_from(list(Kind))), min_size=1, max_size=60)
Z = NormalDist().inv_cdf(0.975)

# Satagopan, Ben-Porat, Berwick, Robson, Kutler, Auerbach, "A note on competing risks in survival data analysis",
# British Journal of Cancer 91 (2004) 1229–1235, Table 2: months of the first nine of 305 patients.
# 1 = death from breast cancer, 2 = from another cause, 0 = alive. The other 296 were followed longer.
SATAGOPAN: Cases = [(7, 0), (10, 1), (14, 0), (16, 1), (18, 2), (23, 1), (24, 0), (26, 2), (27, 1)] + [(28, 0)] * 296

# Scrucca, Santucci, Aversa, "Competing risk analysis using R: an easy guide for clinicians", Bone Marrow
# Transplantation 40 (2007) 381–387: months after transplantation of the 18 patients with acute myeloid leukaemia.
# 1 = died of the transplantation, 2 = relapsed, 0 = neither.
SCRUCCA_AML: Cases = [
    (67, 0), (70, 0), (4, 0), (7, 0), (68, 0), (10, 2), (7, 2), (3, 1), (4, 1),
    (4, 1), (3, 1), (3, 1), (8, 1), (2, 2), (35, 0), (2, 0), (8, 0), (32, 0),
]  # fmt: skip

# Klein and Moeschberger, Survival Analysis (1997), appendix D: days after a bone marrow transplant of the 54 patients
# with AML of low risk. 1 = relapsed, 2 = died in remission, 0 = neither.
KLEIN_LOW_RISK: Cases = [
    (t, 0) for t in (2569, 2506, 2409, 2218, 1857, 1829, 1562, 1470, 1363, 1030, 860, 1258, 2246, 1870, 1799, 1709,
                     1674, 1568, 1527, 1324, 957, 932, 847, 848, 1850, 1843, 1535, 1447, 1384)
] + [
    (t, 2) for t in (414, 2204, 1063, 481, 105, 641, 390, 288, 79, 48, 1074, 10, 53, 80, 35, 704)
] + [
    (t, 1) for t in (421, 748, 486, 272, 381, 248, 211, 219, 606)
]  # fmt: skip

# Freireich et al., Blood 21 (1963) 699–716: weeks in remission under 6-MP, 0 = still in remission.
FREIREICH: Cases = [
    (6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1), (16, 1), (17, 0), (19, 0),
    (20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0),
]  # fmt: skip


def estimate(cases: Cases, wanted: int = 1) -> Incidence:
    """Code `wanted` is the end of interest, 0 is censored, every other code competes."""
    kinds = [Kind.ANSWERED if k == wanted else Kind.CENSORED if k == 0 else Kind.OTHER for _, k in cases]
    return cumulative_incidence([t for t, _ in cases], kinds)


def values(found: Incidence, *times: float) -> Numbers:
    return np.array([found.at(t).value for t in times], dtype=np.float64)


# ---------------------------------------------------------------- worked examples with competing risks


def test_it_equals_the_breast_cancer_example_of_satagopan() -> None:
    # As printed in Table 2, in per cent; its rows were rounded before they were added.
    assert_allclose(values(estimate(SATAGOPAN), 10, 16, 23, 27), np.array([0.003, 0.006, 0.009, 0.012]), atol=0.0016)
    found = estimate(SATAGOPAN)
    assert_allclose(found.surviving, [0.997, 0.993, 0.990, 0.987, 0.983, 0.980], atol=0.0006)
    assert found.at_risk.tolist() == [304, 302, 301, 300, 298, 297]


def test_it_equals_the_same_example_by_hand_in_exact_fractions() -> None:
    s10 = Fraction(303, 304)
    s16 = s10 * Fraction(301, 302)
    s18 = s16 * Fraction(300, 301)
    s23 = s18 * Fraction(299, 300)
    s26 = s23 * Fraction(297, 298)
    by_hand = Fraction(1, 304) + s10 / 302 + s18 / 300 + s26 / 297
    assert estimate(SATAGOPAN).at(27).value == pytest.approx(float(by_hand), abs=1e-12)
    # One minus Kaplan–Meier with the other deaths as censored says more than can be.
    alone = 1 - Fraction(303, 304) * Fraction(301, 302) * Fraction(299, 300) * Fraction(296, 297)
    assert by_hand < alone


def test_it_equals_the_leukaemia_example_of_scrucca() -> None:
    # As printed for both ends by scikit-survival's documentation and tests, which took them from R.
    died, relapsed = estimate(SCRUCCA_AML, 1), estimate(SCRUCCA_AML, 2)
    printed = np.array([0, 0.17708333, 0.29513889, 0.36818576, 0.36818576])
    assert_allclose(values(died, 2, 3, 4, 8, 70), printed, atol=1e-8)
    assert_allclose(values(relapsed, 2, 7, 10), np.array([0.05555556, 0.12048611, 0.20570747]), atol=1e-8)


def test_it_equals_the_leukaemia_example_by_hand_in_exact_fractions() -> None:
    # Of 18: month 2 one relapse, one leaves; month 3 three die; month 4 two die, one leaves; month 7 one relapse, one
    # leaves; month 8 one dies, one leaves; month 10 one relapse.
    after2 = Fraction(17, 18)
    after3 = after2 * Fraction(13, 16)
    after4 = after3 * Fraction(11, 13)
    after7 = after4 * Fraction(9, 10)
    after8 = after7 * Fraction(7, 8)
    died = after2 * Fraction(3, 16) + after3 * Fraction(2, 13) + after7 * Fraction(1, 8)
    relapsed = Fraction(1, 18) + after4 * Fraction(1, 10) + after8 * Fraction(1, 6)
    assert estimate(SCRUCCA_AML, 1).at(8).value == pytest.approx(float(died), abs=1e-12)
    assert estimate(SCRUCCA_AML, 2).at(10).value == pytest.approx(float(relapsed), abs=1e-12)


def test_estimates_and_bands_equal_the_transplant_example_of_klein_and_moeschberger() -> None:
    # R's tidycmprsk on these patients, as printed by PHUSE CAMIS, "Estimating Cumulative Incidence Functions Using R".
    # year: estimate, standard error, low, high. It uses Aalen's variance, slightly larger than Greenwood's.
    assert len(KLEIN_LOW_RISK) == 54
    printed = {
        1: (0.0741, 0.0360, 0.0234, 0.1646),
        1.5: (0.1296, 0.0463, 0.0563, 0.2344),
        2: (0.1481, 0.0489, 0.0685, 0.2565),
        3: (0.1667, 0.0514, 0.0813, 0.2783),
    }
    found = estimate([(days / 365.25, k) for days, k in KLEIN_LOW_RISK])
    assert found.at(0.5).value == 0
    for year, (value, error, low, high) in printed.items():
        at = found.at(year)
        assert at.value == pytest.approx(value, abs=5e-5)
        assert at.low == pytest.approx(low, abs=2e-3)
        assert at.high == pytest.approx(high, abs=2e-3)
        mine = found.error[np.searchsorted(found.times, year, side="right") - 1]
        assert 0.97 * error < mine <= error + 5e-5


def test_without_censoring_the_variance_is_the_binomial_one_and_the_band_its_log_log() -> None:
    # Nobody of the 54 left before 2.3 years: at 1.5 years it is a plain 7 of 54.
    found = estimate([(days / 365.25, k) for days, k in KLEIN_LOW_RISK])
    share = 7 / 54
    error = (share * (1 - share) / 54) ** 0.5
    width = np.exp(Z * error / (share * np.log(share)))
    at = found.at(1.5)
    assert (at.value, at.low, at.high) == pytest.approx((share, share ** (1 / width), share**width), abs=1e-9)


@pytest.mark.parametrize("cases", [SATAGOPAN, SCRUCCA_AML, KLEIN_LOW_RISK, FREIREICH])
def test_the_variance_equals_greenwoods_matrix_recursion(cases: Cases) -> None:
    # Andersen, Borgan, Gill, Keiding, Statistical Models Based on Counting Processes (1993), (4.4.20).
    assert_allclose(estimate(cases).error ** 2, _matrix_variance(cases), atol=1e-12)


def _matrix_variance(cases: Cases) -> Numbers:
    """States: waiting, answered, ended otherwise. The covariance of the state probabilities, step by step."""
    probability, covariance, variances = np.array([1.0, 0.0, 0.0]), np.zeros((3, 3)), []
    for t in sorted({t for t, k in cases if k}):
        y = sum(u >= t for u, _ in cases)
        a, b = (sum(u == t and k == kind for u, k in cases) / y for kind in (1, 2))
        step = np.array([[1 - a - b, a, b], [0, 1, 0], [0, 0, 1]])
        noise = (np.diag(step[0]) - np.outer(step[0], step[0])) / y
        covariance = step.T @ covariance @ step + probability[0] ** 2 * noise
        probability = probability @ step
        variances.append(covariance[1, 1])
    return np.array(variances)


# ---------------------------------------------------------------- Kaplan–Meier


def test_with_one_kind_of_end_it_equals_freireichs_remission_times() -> None:
    # Survival and Greenwood's standard error as in Klein and Moeschberger (1997), section 4.2.
    found = estimate(FREIREICH)
    assert found.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert_allclose(1 - found.answered, [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], atol=5e-4)
    assert_allclose(found.error, [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346], atol=5e-5)
    assert found.quantile(0.5).value == 23
    assert found.quantile(0.9).value is None


@given(CASES)
def test_with_one_kind_of_end_it_equals_one_minus_scipys_kaplan_meier(cases: list[tuple[float, Kind]]) -> None:
    times, kinds = np.array([t for t, _ in cases]), np.array([min(k, Kind.ANSWERED) for _, k in cases])
    found = cumulative_incidence(times, kinds)
    data = CensoredData(uncensored=times[kinds == Kind.ANSWERED], right=times[kinds == Kind.CENSORED])
    theirs = ecdf(data)
    assert_allclose(found.answered, theirs.cdf.evaluate(found.times), atol=1e-9)
    assert_allclose(found.surviving, theirs.sf.evaluate(found.times), atol=1e-9)


# ---------------------------------------------------------------- laws


@given(CASES)
def test_probabilities_stay_within_their_bounds_and_add_up(cases: list[tuple[float, Kind]]) -> None:
    found = cumulative_incidence([t for t, _ in cases], [k for _, k in cases])
    for curve in (found.answered, found.ended, 1 - found.surviving):
        assert (np.diff(curve, prepend=0) >= -1e-12).all()
        assert ((curve >= -1e-12) & (curve <= 1 + 1e-12)).all()
    assert_allclose(found.answered + found.ended + found.surviving, 1, atol=1e-9)
    known = ~np.isnan(found.high)
    assert (found.low <= found.answered + 1e-12).all()
    assert (found.high[known] >= found.answered[known] - 1e-12).all()
    assert ((found.low >= 0) & (found.high[known].max(initial=0) <= 1)).all()


@given(CASES, st.randoms())
def test_the_order_of_the_cases_does_not_matter(cases: list[tuple[float, Kind]], chance: object) -> None:
    shuffled = list(cases)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, two = (cumulative_incidence([t for t, _ in c], [k for _, k in c]) for c in (cases, shuffled))
    for name in ("times", "at_risk", "answered", "ended", "surviving", "error", "low", "high"):
        assert_allclose(getattr(one, name), getattr(two, name))


@given(CASES)
def test_the_variance_equals_the_matrix_recursion_on_any_data(cases: list[tuple[float, Kind]]) -> None:
    found = cumulative_incidence([t for t, _ in cases], [k for _, k in cases])
    assert_allclose(found.error**2, _matrix_variance([(t, int(k)) for t, k in cases]), atol=1e-12)


@given(CASES, st.floats(0.05, 0.95))
def test_a_quantile_lies_in_its_interval_and_is_the_first_time_that_reaches_it(
    cases: list[tuple[float, Kind]], share: float
) -> None:
    found = cumulative_incidence([t for t, _ in cases], [k for _, k in cases])
    q = found.quantile(share)
    if q.value is None:
        assert q.high is None
        assert not (found.answered >= share).any()
        return
    assert (found.at(q.value).value or 0) >= share - 1e-8
    assert (found.answered[found.times < q.value] < share).all()
    assert q.low is None or q.low <= q.value
    assert q.high is None or q.high >= q.value


# ---------------------------------------------------------------- edges


def test_no_cases_give_no_figures_and_no_crash() -> None:
    found = cumulative_incidence([], [])
    assert found.quantile(0.5).value is None
    assert found.at(60).value is None


def test_nobody_answered_is_not_reached_and_zero_within_what_was_seen() -> None:
    found = cumulative_incidence([60, 120, 180], [Kind.CENSORED] * 3)
    assert found.quantile(0.5).value is None
    assert found.at(180).value == 0
    assert found.at(181).value is None


def test_ends_of_another_kind_keep_the_median_out_of_reach_for_ever() -> None:
    found = cumulative_incidence([10, 20, 30, 40], [Kind.OTHER, Kind.OTHER, Kind.OTHER, Kind.ANSWERED])
    assert found.quantile(0.5).value is None
    assert found.at(10_000).value == pytest.approx(0.25)


def test_a_negative_duration_is_answered_before_every_longer_one() -> None:
    found = cumulative_incidence([-30, 60, 90], [Kind.ANSWERED, Kind.ANSWERED, Kind.CENSORED])
    assert found.at(-31).value == 0
    assert found.at(-30).value == pytest.approx(1 / 3)
    assert found.quantile(0.3).value == -30


def test_everyone_answered_has_a_certain_end_but_no_certain_upper_limit() -> None:
    found = cumulative_incidence([1, 2, 3], [Kind.ANSWERED] * 3)
    assert found.at(3).value == pytest.approx(1)
    assert found.at(3).high == 1
    assert 0 < (found.at(3).low or 0) < 1
    assert found.quantile(0.9).high is None


def test_a_case_censored_at_the_time_of_an_answer_was_still_at_risk_then() -> None:
    found = cumulative_incidence([5, 5], [Kind.ANSWERED, Kind.CENSORED])
    assert found.at(5).value == 0.5


@pytest.mark.parametrize(
    ("durations", "kinds"), [([1.0, float("nan")], [1, 1]), ([1.0], [1, 2]), ([float("inf")], [1])]
)
def test_durations_that_are_no_numbers_are_refused(durations: list[float], kinds: list[int]) -> None:
    with pytest.raises(ValueError, match="finite"):
        cumulative_incidence(durations, kinds)


def test_the_interval_of_a_median_covers_it_about_95_times_in_a_hundred() -> None:
    rng, inside, runs = np.random.default_rng(20260304), 0, 400
    true = np.log(2.5) / 2  # hazards 1.2 (answered) and 0.8: F(t) = 0.6·(1 − e^(−2t)); F = 0.36 at ln(2.5)/2
    for _ in range(runs):
        t = rng.exponential(1 / 2, 120)
        kind = np.where(rng.random(120) < 0.6, Kind.ANSWERED, Kind.OTHER)
        until = rng.uniform(0.2, 3, 120)
        kind[t > until] = Kind.CENSORED
        q = cumulative_incidence(np.minimum(t, until), kind).quantile(0.36)
        inside += (q.low is not None and q.low <= true) and (q.high is None or q.high >= true)
    assert 0.92 <= inside / runs <= 0.98
