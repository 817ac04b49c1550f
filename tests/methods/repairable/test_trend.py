"""Trend tests against their formulas, their distributions and the NIST example."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from wellkept.methods.repairable import trend

steady = settings(deadline=None, max_examples=40, derandomize=True)

# NIST/SEMATECH e-Handbook 8.2.3.4 and 8.4.5.2: 10 repairs in 1,500 h, improving.
NIST = [5, 40, 43, 175, 389, 712, 747, 795, 1299, 1478]


def test_the_repairs_of_nist_come_ever_more_slowly() -> None:
    found = trend(NIST, 1500)
    # 2 Σ ln(1500 ÷ age) and √(12 × 10) × (Σ age ÷ 10 − 750) ÷ 1500, worked by hand: Σ age = 5683.
    assert_allclose(found.mil_hdbk.statistic, 37.2281, atol=5e-5)
    assert_allclose(found.laplace.statistic, np.sqrt(120) * (568.3 - 750) / 1500, rtol=1e-12)
    assert found.degrees == 20
    assert_allclose(found.mil_hdbk.p, 2 * stats.chi2(20).sf(37.228081483483166), rtol=1e-9)
    assert_allclose(found.laplace.p, 2 * stats.norm.sf(1.326949182649183), rtol=1e-9)
    assert found.mil_hdbk.p < 0.05 < found.laplace.p


def test_the_lewis_robinson_test_divides_by_the_variation_of_the_gaps() -> None:
    found = trend(NIST, 1500)
    gaps = np.diff([0, *NIST])
    variation = gaps.std(ddof=1) / gaps.mean()
    assert_allclose(found.gap_variation, variation)
    assert_allclose(found.lewis_robinson.statistic, found.laplace.statistic / variation)


def test_a_watch_that_ends_with_a_repair_does_not_count_it() -> None:
    ended, counted = trend(NIST), trend(NIST[:-1], 1478)
    assert_allclose(ended.laplace.statistic, counted.laplace.statistic)
    assert_allclose(ended.mil_hdbk, counted.mil_hdbk)
    assert (ended.degrees, ended.failures) == (18, 10)


def test_repairs_that_come_ever_faster_are_seen_by_all_three() -> None:
    worn = 100 * np.linspace(0.02, 1, 30) ** 0.4
    found = trend(worn, 101)
    for test in (found.laplace, found.mil_hdbk, found.lewis_robinson):
        assert test.p < 0.01
    assert found.laplace.statistic > 0


@pytest.mark.parametrize("seed", [1, 2])
def test_without_a_trend_they_cry_as_often_as_they_say(seed: int) -> None:
    chance = np.random.default_rng(seed)
    found = [trend(np.sort(chance.random(12)), 1.0) for _ in range(2000)]
    assert abs(np.mean([one.laplace.p < 0.1 for one in found]) - 0.1) < 0.025
    assert abs(np.mean([one.mil_hdbk.p < 0.1 for one in found]) - 0.1) < 0.025


def test_only_lewis_robinson_stands_gaps_that_vary_more_than_exponential_ones() -> None:
    chance = np.random.default_rng(3)
    found = []
    for _ in range(600):
        ages = np.cumsum(chance.gamma(0.25, 4.0, 200))
        found.append(trend(ages[ages < 60], 60.0))
    cried = [
        np.mean([getattr(one, name).p < 0.05 for one in found])
        for name in ("laplace", "lewis_robinson")
    ]
    assert cried[0] > 0.2
    assert cried[1] < 0.12


@steady
@given(st.lists(st.floats(0.01, 0.99), min_size=3, max_size=15, unique=True), st.floats(0.1, 1e4))
def test_the_unit_and_the_order_do_not_matter(ages: list[float], unit: float) -> None:
    one = trend(ages, 1.0)
    other = trend([unit * age for age in ages[::-1]], unit)
    assert_allclose(one.laplace.statistic, other.laplace.statistic, atol=1e-9)
    assert_allclose(one.mil_hdbk.statistic, other.mil_hdbk.statistic, rtol=1e-9)


@pytest.mark.parametrize(("ages", "end"), [([3.0], 5.0), ([3.0, 6.0], 5.0), ([0.0, 2.0], 5.0)])
def test_too_few_repairs_or_wrong_ages_are_refused(ages: list[float], end: float) -> None:
    with pytest.raises(ValueError, match="at least 2 repairs"):
        trend(ages, end)
