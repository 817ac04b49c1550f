"""Scores against their definitions and against the published closed form."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from wellkept.methods.demand import (
    coverage,
    lead_windows,
    pinball,
    poisson,
    poisson_score,
    rank_share,
    replayed_fill,
)

steady = settings(deadline=None, max_examples=60, derandomize=True)

# Poisson forecasts: mean, demand that came, ranked probability score (closed form of Wei & Held
# 2014, TEST 23:787, and by summation), pinball losses of its own quantiles at .5, .9, .95, .99.
SCORED = [
    (0.3, 0, 0.06855251321357515, (0.0, 0.1, 0.05, 0.02)),
    (0.3, 1, 0.5501889545770111, (0.5, 0.0, 0.0, 0.01)),
    (2.0, 5, 2.2734704631158564, (1.5, 0.9, 0.0, 0.01)),
    (10.0, 3, 5.2337630490641756, (3.5, 1.1, 0.6, 0.15)),
]


@pytest.mark.parametrize(("mean", "seen", "score", "losses"), SCORED)
def test_the_scores_of_poisson_forecasts_are_the_published_ones(
    mean: float, seen: int, score: float, losses: tuple[float, ...]
) -> None:
    assert_allclose(poisson_score(mean, seen), score, rtol=1e-13)
    assert_allclose(poisson(mean).crps(seen), score, rtol=1e-12)
    levels = (0.5, 0.9, 0.95, 0.99)
    ours = [pinball(poisson(mean).quantile(p), seen, p) for p in levels]
    assert_allclose(ours, losses, atol=1e-12)


@steady
@given(st.floats(0.01, 60), st.integers(0, 90))
def test_the_closed_form_is_the_sum(mean: float, seen: int) -> None:
    assert_allclose(poisson_score(mean, seen), poisson(mean).crps(seen), rtol=1e-8, atol=1e-10)


def test_the_pinball_loss_is_least_at_the_quantile_and_the_mean_error_at_zero() -> None:
    demand = np.array([0] * 8 + [5, 9])
    stocks = np.arange(12)
    losses = [pinball(stock, demand, 0.95).mean() for stock in stocks]
    errors = [np.abs(demand - stock).mean() for stock in stocks]
    assert stocks[int(np.argmin(losses))] == 9
    assert stocks[int(np.argmin(errors))] == 0


def test_a_true_forecast_scores_better_than_a_wrong_one() -> None:
    demand = np.random.default_rng(4).poisson(3.0, 4000)
    true = poisson(np.full(demand.size, 3.0)).crps(demand).mean()
    for wrong in (2.0, 4.5):
        assert true < poisson(np.full(demand.size, wrong)).crps(demand).mean()


def test_whole_units_spread_evenly_make_a_true_forecast_rank_as_it_should() -> None:
    chance = np.random.default_rng(11)
    means = chance.gamma(1.0, 0.8, 20_000)
    demand = chance.poisson(means)
    foretold = poisson(means)
    for p in (0.5, 0.9, 0.99):
        assert abs(rank_share(foretold, demand, p) - p) < 0.006
    assert coverage(foretold.quantile(0.9), demand).value > 0.93


def test_coverage_counts_what_is_known_and_bounds_it() -> None:
    seen = np.array([[1, 5, np.nan], [0, 2, 2]])
    covered = coverage(np.array([3.0, 2.0]), seen)
    assert covered.value == 4 / 5
    assert covered.low < 0.8 < covered.high


def test_windows_run_over_every_start_and_keep_what_is_unknown() -> None:
    assert lead_windows([1, 2, 3, 4], 2).tolist() == [[3, 5, 7]]
    assert np.isnan(lead_windows([1, np.nan, 3, 4], 2)).tolist() == [[True, True, False]]
    with pytest.raises(ValueError, match="does not fit"):
        lead_windows([1, 2], 3)


def test_a_replay_counts_the_units_that_were_there() -> None:
    filled = replayed_fill([3, 1], np.array([[2, 2, 0], [0, 4, np.nan]]), 2)
    # Part 0 is asked for 4 and 2 against 3; part 1 for 4 against 1, then nobody knows.
    assert (filled.asked, filled.met, filled.windows, filled.covered) == (10, 6, 3, 1)
    assert filled.share == 0.6


def test_a_replay_without_demand_has_no_share() -> None:
    assert np.isnan(replayed_fill([1], [[0, 0]], 1).share)


@steady
@given(
    st.lists(st.lists(st.integers(0, 9), min_size=6, max_size=6), min_size=1, max_size=4),
    st.integers(0, 9),
    st.integers(1, 6),
)
def test_more_stock_never_fills_less(rows: list[list[int]], stock: int, lead: int) -> None:
    less = replayed_fill([stock] * len(rows), rows, lead)
    more = replayed_fill([stock + 1] * len(rows), rows, lead)
    assert more.met >= less.met
    assert 0 <= less.met <= less.asked


def test_a_true_promise_is_kept_in_the_replay() -> None:
    demand = np.random.default_rng(8).poisson(1.5, (300, 60))
    foretold = poisson(np.full(300, 4.5))
    stock = foretold.stock_for_fill(0.95)
    promised = 1 - foretold.short(stock).sum() / foretold.mean.sum()
    assert abs(replayed_fill(stock, demand, 3).share - promised) < 0.01


def test_the_median_of_a_symmetric_forecast_has_the_least_absolute_loss() -> None:
    normal = stats.norm(50, 5).rvs(size=4000, random_state=3)
    assert pinball(50, normal, 0.5).mean() < pinball(52, normal, 0.5).mean()
