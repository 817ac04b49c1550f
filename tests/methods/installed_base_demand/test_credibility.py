"""How far a forecast is trusted once demands have been seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods.installed_base_demand import STATED, Trust, trust

steady = settings(deadline=None, max_examples=60, derandomize=True)


@steady
@given(st.floats(0.1, 50), st.floats(0.01, 5), st.integers(0, 30), st.floats(0.5, 60))
def test_forecast_and_history_mix_by_their_credibility(
    shape: float, forecast: float, count: int, exposure: float
) -> None:
    after = Trust(shape, 1.0).prior(forecast).after(count, exposure)
    z = exposure / (exposure + shape / forecast)
    assert_allclose(after.mean, z * count / exposure + (1 - z) * forecast, rtol=1e-9)


def test_without_a_history_the_forecast_stands_with_its_doubt() -> None:
    prior = Trust(4.0, 1.0).prior(0.5)
    assert_allclose([prior.mean, prior.variance], [0.5, 0.5**2 / 4])


def test_three_quiet_years_lower_a_forecast_but_do_not_erase_it() -> None:
    prior = STATED.prior(0.1)
    after = prior.after(0, 36)
    assert 0 < after.mean < 0.1 / 4
    assert prior.demand(6).quantile(0.9) > after.demand(6).quantile(0.9)


def test_a_fleet_of_forecasts_shows_how_good_they_are() -> None:
    chance = np.random.default_rng(3)
    expected = chance.lognormal(0, 1, 5000)
    counts = chance.poisson(0.7 * expected * chance.gamma(2.5, 1 / 2.5, 5000))
    found = trust(counts, expected)
    assert_allclose([found.factor, found.shape], [0.7, 2.5], rtol=0.12)


def test_forecasts_that_are_right_are_trusted_much() -> None:
    chance = np.random.default_rng(5)
    expected = np.full(3000, 4.0)
    assert trust(chance.poisson(expected), expected).shape > 50


def test_too_few_parts_or_no_demand_leave_the_stated_trust() -> None:
    assert trust([1, 2], [1.0, 1.0]) == STATED
    assert trust([0] * 40, [0.1] * 40) == STATED


def test_a_part_that_nothing_carries_needs_no_prior() -> None:
    with pytest.raises(ValueError, match="above 0"):
        STATED.prior([0.2, 0.0])


def test_counts_below_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        trust([-1] * 12, [1.0] * 12)


def test_many_forecasts_are_each_as_alone() -> None:
    together = Trust(2.0, 1.5).prior([0.2, 3.0])
    assert_allclose(together.mean, [Trust(2.0, 1.5).prior(f).mean for f in (0.2, 3.0)])
