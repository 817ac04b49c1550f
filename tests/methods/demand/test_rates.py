"""The uncertain rate: Gamma before, Gamma after, and the lead-time demand it foretells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import integrate, stats

from wellkept.methods.demand import Rate, gamma_poisson, history, poisson, rate_after, usual_rate

steady = settings(deadline=None, max_examples=40, derandomize=True)


@pytest.mark.parametrize("lead", [0.5, 2.0, 7.0])
def test_the_predictive_demand_is_the_poisson_mixed_over_the_rate(lead: float) -> None:
    rate = Rate(2.5, 4.0)
    foretold = rate.demand(lead)
    x = np.linspace(1e-9, 15, 200_001)
    weight = stats.gamma(2.5, scale=0.25).pdf(x)
    for k in range(6):
        mixed = integrate.simpson(stats.poisson(x * lead).pmf(k) * weight, x=x)
        assert_allclose(foretold.table()[1][k], mixed, rtol=1e-6)
    assert_allclose(foretold.mean, 2.5 / 4 * lead, rtol=1e-8)
    assert_allclose(foretold.variance, 2.5 / 4 * lead * (1 + lead / 4), rtol=1e-7)


@steady
@given(st.floats(0.3, 5), st.floats(0.5, 20), st.floats(0.2, 6), st.integers(1, 5))
def test_an_uncertain_rate_is_short_more_often_than_a_sure_one(
    shape: float, per: float, lead: float, stock: int
) -> None:
    rate = Rate(shape, per)
    sure = poisson(shape / per * lead)
    assert rate.demand(lead).short(stock) >= sure.short(stock) - 1e-12


@steady
@given(st.lists(st.integers(0, 5), min_size=1, max_size=12), st.floats(0.2, 5), st.floats(0.2, 9))
def test_a_history_counts_and_its_order_does_not(
    demand: list[int], shape: float, per: float
) -> None:
    prior = Rate(shape, per)
    after = rate_after(prior, history(demand), one=True)
    turned = rate_after(prior, history(demand[::-1]), one=True)
    assert_allclose([after.shape, after.per], [shape + sum(demand), per + len(demand)])
    assert_allclose(after.mean, turned.mean)
    assert_allclose(after.mean, prior.after(sum(demand), len(demand)).mean)


def test_no_demand_in_two_years_lowers_the_rate_and_never_makes_it_nothing() -> None:
    prior = Rate(1.0, 12.0)
    quiet = rate_after(prior, history([0] * 24), one=True)
    assert 0 < quiet.mean < prior.mean
    assert gamma_poisson([0] * 24, 6, prior).at_most(0) < 0.9


def test_an_empty_shelf_raises_the_rate_above_the_sales() -> None:
    sold, empty = [2, 1, 2, 0], [True, False, True, True]
    blind = rate_after(Rate(1.0, 1.0), history(sold), one=True)
    aware = rate_after(Rate(1.0, 1.0), history(sold, empty), one=True)
    assert aware.mean > blind.mean


def test_lower_bounds_are_weighed_exactly() -> None:
    after = rate_after(Rate(2.0, 4.0), history([3, 1, 0, 2], [True, False, True, False]), one=True)

    def density(x: float) -> float:
        return float(x**4 * np.exp(-6 * x) * stats.poisson(x).sf(2))

    total, mean, square = (
        integrate.quad(lambda x, k=k: x**k * density(x), 0, 40)[0] for k in range(3)
    )
    assert_allclose(after.mean, mean / total, rtol=1e-7)
    assert_allclose(after.variance, square / total - (mean / total) ** 2, rtol=1e-6)


def test_the_usual_rate_of_many_parts_is_found_again() -> None:
    chance = np.random.default_rng(20260105)
    rates = chance.gamma(1.8, 1 / 6.0, 20_000)
    found = usual_rate(chance.poisson(rates * 9), 9.0)
    assert_allclose(found.mean, 0.3, rtol=0.03)
    assert_allclose(found.shape, 1.8, rtol=0.08)


def test_the_usual_rate_is_the_likeliest_one() -> None:
    counts, exposure = np.array([0, 0, 1, 0, 4, 2, 0, 7, 1, 0]), np.linspace(3, 12, 10)
    found = usual_rate(counts, exposure)

    def gain(shape: float, per: float) -> float:
        return float(stats.nbinom(shape, per / (per + exposure)).logpmf(counts).sum())

    best = gain(found.shape, found.per)
    for factor in (0.8, 0.95, 1.05, 1.25):
        assert gain(found.shape * factor, found.per) < best
        assert gain(found.shape * factor, found.per * factor) < best + 1e-3


def test_parts_that_are_all_alike_share_one_rate() -> None:
    alike = usual_rate([3] * 50, 10.0)
    assert_allclose(alike.mean, 0.3, rtol=1e-6)
    assert alike.per > 500


def test_without_any_demand_a_prior_has_to_be_stated() -> None:
    with pytest.raises(ValueError, match="State one"):
        usual_rate([0, 0, 0], 12.0)


def test_a_lead_time_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        Rate(1.0, 1.0).demand(0.0)


def test_a_count_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        Rate(1.0, 1.0).after(-1, 3)


def test_many_parts_are_each_as_alone() -> None:
    rows = [[0, 0, 1, 0], [3, 2, 0, 4]]
    together = gamma_poisson(rows, 3, Rate(1.0, 2.0))
    for part, row in enumerate(rows):
        alone = gamma_poisson(row, 3, Rate(1.0, 2.0))
        assert_allclose(together.mean[part], alone.mean)
        assert together.quantile(0.95)[part] == alone.quantile(0.95)
