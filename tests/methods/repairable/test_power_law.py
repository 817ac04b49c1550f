"""The power law of repairs against MIL-HDBK-189, NIST, Crow's tables and its own sampling."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from wellkept.methods.bounds import Interval
from wellkept.methods.repairable import (
    fleet_power_law,
    grouped_power_law,
    mtbf_factors,
    power_law,
    units,
)

steady = settings(deadline=None, max_examples=40, derandomize=True)

# MIL-HDBK-189 (1981), appendix C: 27 failures in 300 h.
APPENDIX_C = [
    2.6,
    16.5,
    16.5,
    17,
    21.4,
    29.1,
    33.3,
    56.5,
    63.1,
    70.6,
    73,
    77.7,
    93.9,
    95.5,
    98.1,
    101.1,
    132,
    142.2,
    147.7,
    149,
    167.2,
    190.7,
    193,
    198.7,
    251.9,
    282.5,
    286.1,
]
# MIL-HDBK-189 (1981), section 5.3.4, example 1: 46 failures in 3,000 h.
EXAMPLE_1 = [
    2.4,
    24.9,
    52.5,
    53.4,
    54.7,
    57.2,
    118.6,
    140.2,
    185,
    207.6,
    293.9,
    322.3,
    365.9,
    366.8,
    544.8,
    616.8,
    627.5,
    646.8,
    664,
    738.1,
    764.7,
    765.1,
    779.6,
    799.9,
    852.9,
    1116.3,
    1161.1,
    1257.1,
    1276.3,
    1308.9,
    1340.3,
    1437.3,
    1482,
    1489.9,
    1715.1,
    1828.9,
    1971.5,
    2303.4,
    2429.7,
    2457.4,
    2535.2,
    2609.9,
    2674.2,
    2704.8,
    2849.6,
    2923.5,
]
# ReliaWiki, Crow-AMSAA: 22 failures, the test ended with the last.
RELIAWIKI = [
    2.7,
    10.3,
    12.5,
    30.6,
    57,
    61.3,
    80,
    109.5,
    125,
    128.6,
    143.8,
    167.9,
    229.2,
    296.7,
    320.6,
    328.2,
    366.2,
    396.7,
    421.1,
    438.2,
    501.2,
    620,
]
# NIST/SEMATECH e-Handbook 8.4.5.2: 10 failures in 1,500 h.
NIST = [5, 40, 43, 175, 389, 712, 747, 795, 1299, 1478]
# NASA (Crow): 23 failures in 500 h.
NASA = [
    0.2,
    4.2,
    4.5,
    5,
    5.4,
    6.1,
    7.9,
    14.8,
    19.2,
    48.6,
    85.8,
    108.9,
    127.2,
    129.8,
    150.1,
    159.7,
    227.4,
    244.7,
    262.7,
    315.3,
    329.6,
    404.3,
    486.2,
]
# Documentation of the package `reliability` 0.9: 10 failures, ended by the last.
PACKAGE = [
    10400, 26900, 43400, 66400, 89400, 130400, 163400, 232000, 242000, 340700,
]  # fmt: skip


def test_appendix_c_of_the_military_handbook() -> None:
    law = power_law(APPENDIX_C, 300, level=0.9)
    assert_allclose(law.growth.value, 0.7163392624, rtol=1e-9)
    assert_allclose(law.scale, 0.4538418614, rtol=1e-9)
    assert_allclose(law.growth_unbiased, 0.689808, atol=5e-7)
    assert_allclose(law.mtbf.value, 15.510962, atol=5e-7)
    assert_allclose(1 / law.mtbf.value, 0.0644705336, rtol=1e-8)
    assert_allclose(law.misfit, 0.0910611, atol=5e-8)
    # Table of factors for n = 27 at 90 %: .6361467 and 1.6817864.
    assert_allclose(law.mtbf.low / law.mtbf.value, 0.6361467, atol=5e-8)
    assert_allclose(law.mtbf.high / law.mtbf.value, 1.6817864, atol=5e-8)
    assert (round(law.mtbf.low, 2), round(law.mtbf.high, 2)) == (9.87, 26.09)


def test_example_1_of_section_5_3_4_to_the_digits_of_its_rounded_working() -> None:
    law = power_law(EXAMPLE_1, 3000)
    assert_allclose(law.growth.value, 0.616, atol=0.0005)
    # The handbook reckons λ from β rounded to .616, which gives its .332.
    assert_allclose(law.failures / 3000**0.616, 0.332, atol=0.0005)
    assert_allclose(law.scale, 0.33055, atol=5e-6)


def test_reliawiki_counts_the_last_failure_as_the_end_of_the_test() -> None:
    law = power_law(RELIAWIKI, 620)
    assert_allclose(law.growth.value, 0.6142104, atol=5e-8)
    assert_allclose(law.scale, 0.4239422, atol=5e-8)
    assert_allclose(law.mtbf.value, 45.883, atol=5e-4)
    assert_allclose(1 / law.mtbf.value, 0.021795, atol=5e-7)


def test_reliawiki_fisher_matrix_from_its_rounded_parameters() -> None:
    rounded = replace(power_law(RELIAWIKI, 620), growth=Interval(0.6142, 0, 1), scale=0.4239)
    published = [[0.13519969, -0.046614609], [-0.046614609, 0.017105343]]
    assert_allclose(rounded.covariance(), published, rtol=2e-4)


def test_nist_modified_estimates_and_their_approximate_bounds() -> None:
    law = power_law(NIST, 1500)
    assert_allclose(law.growth.value, 0.5372288660341876, rtol=1e-13)
    assert_allclose(law.scale, 0.19665821571379197, rtol=1e-12)
    assert_allclose(law.growth_unbiased, 0.4835059794307689, rtol=1e-13)
    assert_allclose(1 - law.growth_unbiased, 0.5164940205692311, rtol=1e-13)
    assert_allclose(law.scale_unbiased, 0.29130026856638164, rtol=1e-12)
    # What the handbook prints: growth slope .5165, a .2913, MTBF 310 hours.
    assert round(1 - law.growth_unbiased, 4) == 0.5165
    assert round(law.scale_unbiased, 4) == 0.2913
    modified = law.mtbf_modified(0.8)
    assert_allclose(modified.value, 310.2340123623597, rtol=1e-13)
    assert round(modified.value) == 310
    assert_allclose([modified.low, modified.high], [157.7138, 548.5566], atol=5e-5)


def test_the_package_reliability_ends_with_the_last_failure() -> None:
    law = power_law(PACKAGE)
    assert_allclose(law.growth.value, 0.741656619656656, rtol=1e-13)
    assert_allclose(law.scale, 0.0007886414235385733, rtol=1e-11)
    assert law.ended_by_failure


def test_counts_by_stretch_of_the_military_handbook() -> None:
    beta, scale = grouped_power_law([20, 40, 60, 80, 100], [13, 16, 5, 8, 7])
    assert_allclose([beta, scale], [0.752851, 1.529306], atol=5e-7)


# Crow's factors for the present MTBF (MIL-HDBK-189, appendix C): failures, level, low, high.
BY_TIME = [
    (2, 0.80, 0.261, 18.66), (2, 0.90, 0.200, 38.66), (3, 0.80, 0.333, 6.326),
    (3, 0.90, 0.263, 9.736), (23, 0.80, 0.6762, 1.5744), (27, 0.90, 0.6361467, 1.6817864),
]  # fmt: skip
BY_FAILURE = [(2, 0.80, 0.8065, 33.76), (2, 0.90, 0.5552, 72.67), (3, 0.80, 0.6840, 8.927)]


def printed(value: float, shown: float) -> bool:
    """True if a value rounds to what is shown, in the digits that are shown."""
    digits = len(f"{shown}".partition(".")[2])
    return bool(abs(value - shown) <= 0.62 * 10**-digits)


@pytest.mark.parametrize(("n", "level", "low", "high"), BY_TIME)
def test_factors_of_tests_ended_by_time(n: int, level: float, low: float, high: float) -> None:
    ours = mtbf_factors(n, level, ended_by_failure=False)
    assert printed(ours[0], low)
    assert printed(ours[1], high)


@pytest.mark.parametrize(("n", "level", "low", "high"), BY_FAILURE)
def test_factors_of_tests_ended_by_a_failure(n: int, level: float, low: float, high: float) -> None:
    ours = mtbf_factors(n, level, ended_by_failure=True)
    assert printed(ours[0], low)
    assert printed(ours[1], high)


def test_nasa_bounds_are_its_factors_times_the_estimate() -> None:
    law = power_law(NASA, 500, level=0.8)
    assert printed(law.mtbf.low / law.mtbf.value, 0.6762)
    assert printed(law.mtbf.high / law.mtbf.value, 1.5744)


def histories(beta: float, mean: float, count: int, seed: int) -> list[np.ndarray]:
    chance = np.random.default_rng(seed)
    sizes = chance.poisson(mean, count)
    return [np.sort(chance.random(n) ** (1 / beta)) for n in sizes if n >= 3]


def test_exact_bounds_miss_on_each_side_as_often_as_they_say() -> None:
    beta, mean = 0.7, 8.0
    truth = 1 / (mean * beta)
    laws = [power_law(ages, 1.0, level=0.8) for ages in histories(beta, mean, 1500, 3)]
    for below, above in (
        (np.mean([law.growth.low > beta for law in laws]), 0.1),
        (np.mean([law.growth.high < beta for law in laws]), 0.1),
    ):
        assert abs(below - above) < 0.025
    missed = [
        np.mean([law.mtbf.low > truth for law in laws]),
        np.mean([law.mtbf.high < truth for law in laws]),
    ]
    assert max(missed) < 0.125
    assert sum(missed) > 0.1


def test_bounds_of_tests_ended_by_a_failure_cover_as_often_as_they_say() -> None:
    chance = np.random.default_rng(6)
    beta, n = 1.4, 6
    covered, inside = 0, 0
    for _ in range(800):
        ages = np.cumsum(chance.exponential(size=n)) ** (1 / beta)
        law = power_law(ages, level=0.9)
        truth = 1 / (beta * ages[-1] ** (beta - 1))
        covered += law.mtbf.low <= truth <= law.mtbf.high
        inside += law.growth.low <= beta <= law.growth.high
    assert abs(covered / 800 - 0.9) < 0.035
    assert abs(inside / 800 - 0.9) < 0.035


def test_the_bias_is_corrected() -> None:
    laws = [power_law(ages, 1.0) for ages in histories(1.0, 6.0, 4000, 9)]
    assert abs(np.mean([law.growth_unbiased for law in laws]) - 1) < 0.04
    assert np.mean([law.growth.value for law in laws]) > 1.15


ages = st.lists(st.floats(0.01, 0.99), min_size=3, max_size=20, unique=True)


@steady
@given(ages, st.floats(0.01, 1e4))
def test_the_unit_of_age_changes_the_mtbf_and_nothing_else(when: list[float], unit: float) -> None:
    one, other = power_law(when, 1.0), power_law([unit * x for x in when], unit)
    assert_allclose(other.growth.value, one.growth.value, rtol=1e-9)
    assert_allclose(other.mtbf.value, unit * one.mtbf.value, rtol=1e-9)
    assert_allclose(other.misfit, one.misfit, atol=1e-9)


@steady
@given(ages)
def test_the_order_of_the_ages_does_not_matter(when: list[float]) -> None:
    one, turned = power_law(when, 1.0), power_law(when[::-1], 1.0)
    assert one.growth.plain() == turned.growth.plain()
    assert one.mtbf.plain() == turned.mtbf.plain()


@steady
@given(ages)
def test_a_fleet_of_one_is_the_unit_and_the_expected_count_is_what_came(when: list[float]) -> None:
    alone = power_law(when, 1.0)
    fleet = fleet_power_law(units([1.0], [0] * len(when), when))
    assert_allclose(fleet.growth.value, alone.growth.value, rtol=1e-9)
    assert_allclose(fleet.mtbf.low, alone.mtbf.low, rtol=1e-9)
    assert_allclose(alone.expected(0.0, 1.0), len(when))


def test_like_units_together_give_the_law_of_their_pooled_ages() -> None:
    # Equal ends: β = N ÷ Σ ln(T ÷ age), λ = N ÷ (k T^β).
    which, when = [0, 0, 1, 1, 1, 2], [10.0, 60.0, 20.0, 45.0, 90.0, 70.0]
    fleet = fleet_power_law(units([100.0] * 3, which, when))
    beta = 6 / np.log(100 / np.array(when)).sum()
    assert_allclose([fleet.growth.value, fleet.scale], [beta, 6 / (3 * 100**beta)], rtol=1e-9)
    assert_allclose(fleet.mtbf.value, 1 / (fleet.scale * beta * 100 ** (beta - 1)), rtol=1e-9)


def test_units_seen_late_and_ended_apart_find_the_law_they_come_from() -> None:
    chance = np.random.default_rng(4)
    start, end = chance.uniform(0, 3, 400), chance.uniform(4, 9, 400)
    which, when = [], []
    for i in range(400):
        expected = 0.3 * (end[i] ** 1.6 - start[i] ** 1.6)
        share = chance.random(chance.poisson(expected))
        found = (start[i] ** 1.6 + share * (end[i] ** 1.6 - start[i] ** 1.6)) ** (1 / 1.6)
        which += [i] * found.size
        when += found.tolist()
    law = fleet_power_law(units(end, which, when, start=start))
    assert_allclose(law.growth.value, 1.6, rtol=0.06)
    assert_allclose(law.expected(2.0, 5.0), 0.3 * (7**1.6 - 2**1.6), rtol=0.05)
    assert np.isnan(law.mtbf.low)


def test_growth_bounds_are_chi_square() -> None:
    law = power_law(NIST, 1500, level=0.9)
    n, beta = 10, law.growth.value
    assert_allclose(law.growth.low, beta * stats.chi2(2 * n).ppf(0.05) / (2 * n))
    assert_allclose(law.growth.high, beta * stats.chi2(2 * n).ppf(0.95) / (2 * n))


@pytest.mark.parametrize(
    ("when", "end", "said"),
    [
        ([5.0], 10.0, "at least 2 failures here; there are 1"),
        ([5.0, 6.0], None, "at least 3 failures"),
        ([5.0, 11.0], 10.0, "up to the end of the watch"),
        ([0.0, 5.0], 10.0, "above 0"),
        ([10.0, 10.0], 10.0, "no growth can be told"),
    ],
)
def test_what_shows_no_growth_is_refused(when: list[float], end: float | None, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        power_law(when, end)


def test_one_stretch_shows_no_growth() -> None:
    with pytest.raises(ValueError, match="two stretches"):
        grouped_power_law([10, 20], [0, 5])
    with pytest.raises(ValueError, match="ascending"):
        grouped_power_law([20, 10], [1, 5])


def test_a_fleet_needs_two_failures_after_age_nought() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        fleet_power_law(units([5.0], [0], [1.0]))
    with pytest.raises(ValueError, match="age 0"):
        fleet_power_law(units([5.0], [0, 0], [0.0, 1.0]))
