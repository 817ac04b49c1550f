"""The last order: the published examples, and the least cost by trying every quantity."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods.demand import negative_binomial, poisson
from wellkept.methods.installed_base_demand import last_time_buy

steady = settings(deadline=None, max_examples=40, derandomize=True)


def test_the_last_order_of_a_cheap_part_with_dear_shortages() -> None:
    # Poisson demand of mean 40; reckoned from the newsvendor's critical ratio in closed form.
    bought = last_time_buy(poisson(40.0), unit_cost=100, short_value=900, holding=25, salvage=10)
    assert (bought.quantity, bought.underage, bought.overage) == (47, 800, 115)
    assert_allclose(bought.critical_ratio, 0.8743169398907104, rtol=1e-14)
    assert_allclose(bought.short, 0.46438682552511423, atol=5e-14)
    assert_allclose(bought.left, 7.464386825525114, atol=5e-14)
    assert_allclose(bought.covers_all, 0.8804172907723355, rtol=1e-13)


def test_the_last_order_of_a_dear_part() -> None:
    bought = last_time_buy(poisson(6.0), unit_cost=3800, short_value=9500, salvage=900)
    assert (bought.quantity, bought.underage, bought.overage) == (7, 5700, 2900)
    assert_allclose(bought.critical_ratio, 0.6627906976744186, rtol=1e-14)
    assert_allclose(bought.short, 0.5700416287004717, atol=5e-14)
    assert_allclose(bought.left, 1.5700416287004717, atol=5e-14)
    assert_allclose(bought.covers_all, 0.743979760453717, rtol=1e-13)


@steady
@given(
    st.floats(0.2, 30), st.floats(1.0, 5), st.floats(1, 100), st.floats(1, 900), st.floats(0, 30)
)
def test_no_other_quantity_costs_less(
    mean: float, spread: float, cost: float, short_value: float, holding: float
) -> None:
    demand = negative_binomial(mean, mean * spread)
    bought = last_time_buy(demand, unit_cost=cost, short_value=short_value, holding=holding)
    tried = np.arange(0, bought.quantity + 60)
    short = np.array([float(demand.short(q)) for q in tried])
    left = tried - mean + short
    expected = cost * tried + short_value * short + holding * left
    assert expected[int(bought.quantity)] <= expected.min() + 1e-6 * (1 + expected.min())


def test_nothing_is_bought_where_a_missing_unit_costs_no_more_than_buying_it() -> None:
    bought = last_time_buy(poisson(5.0), unit_cost=100, short_value=80)
    assert bought.quantity == 0
    assert_allclose(bought.short, 5.0)


def test_left_over_units_that_earn_money_are_refused() -> None:
    with pytest.raises(ValueError, match="Check the salvage value"):
        last_time_buy(poisson(5.0), unit_cost=100, short_value=500, salvage=120)


def test_one_part_at_a_time() -> None:
    with pytest.raises(ValueError, match="2 were given"):
        last_time_buy(poisson([5.0, 6.0]), unit_cost=100, short_value=500)


def test_dearer_shortages_buy_more_and_dearer_keeping_less() -> None:
    def quantity(short_value: float, holding: float) -> float:
        return last_time_buy(
            poisson(20.0), unit_cost=10, short_value=short_value, holding=holding
        ).quantity

    assert quantity(50, 5) < quantity(500, 5)
    assert quantity(50, 25) < quantity(50, 0)
