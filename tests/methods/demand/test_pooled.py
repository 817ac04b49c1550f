"""Parts that lend each other what each has too little of. Real demand is in tests/real."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from wellkept.methods.demand import coverage, lead_time_demand, lead_windows, learn, rank_share

few = settings(deadline=None, max_examples=12, derandomize=True)
portfolios = st.lists(
    st.lists(st.sampled_from([0, 0, 0, 1, 2, 7]), min_size=12, max_size=12), min_size=1, max_size=6
)


def a_portfolio(
    parts: int = 400, periods: int = 40, *, tail: float = 0.5, seed: int = 5
) -> NDArray[np.float64]:
    """Give demand of parts with their own chance and size, some sizes far out."""
    chance = np.random.default_rng(seed)
    often = chance.beta(1.2, 4.0, (parts, 1))
    centre = chance.lognormal(0.7, 0.8, (parts, 1))
    sizes = np.maximum(np.rint(centre * chance.lognormal(0, tail, (parts, periods))), 1)
    return np.asarray(np.where(chance.random((parts, periods)) < often, sizes, 0.0))


@few
@given(portfolios, st.integers(1, 4))
def test_probabilities_sum_to_one_and_quantiles_rise(rows: list[list[int]], lead: int) -> None:
    foretold = lead_time_demand(rows, lead)
    assert_allclose(np.add.reduceat(foretold.mass, foretold.begin[:-1]), 1)
    assert (foretold.mass >= 0).all()
    assert (foretold.quantile(0.9) <= foretold.quantile(0.99)).all()


@few
@given(portfolios, st.integers(1, 3))
def test_the_order_of_the_parts_does_not_matter(rows: list[list[int]], lead: int) -> None:
    one, turned = lead_time_demand(rows, lead), lead_time_demand(rows[::-1], lead)
    assert_allclose(one.mean, turned.mean[::-1], rtol=1e-6)
    assert_allclose(one.short(3), turned.short(3)[::-1], rtol=1e-6, atol=1e-9)


@few
@given(st.lists(st.sampled_from([0, 0, 1, 3]), min_size=4, max_size=15))
def test_one_part_alone_equals_a_table_of_one(row: list[int]) -> None:
    alone, table = lead_time_demand(row, 2), lead_time_demand([row], 2)
    assert np.ndim(alone.mean) == 0
    assert alone.mean == table.mean[0]
    assert alone.quantile(0.95) == table.quantile(0.95)[0]


def test_a_part_never_asked_for_may_still_be_asked_for() -> None:
    demand = a_portfolio(60, 24)
    demand[0] = 0
    foretold = lead_time_demand(demand, 3)
    assert 0 < foretold.mean[0] < np.median(foretold.mean)
    assert foretold.at_most(0)[0] > 0.8


def test_parts_of_which_none_was_ever_asked_for_are_foretold_little() -> None:
    foretold = lead_time_demand(np.zeros((5, 24)), 2)
    assert (foretold.at_most(0) > 0.95).all()


def test_a_single_demand_is_not_taken_for_the_rule() -> None:
    demand = a_portfolio(200, 36)
    demand[0] = 0
    demand[0, 20] = 3
    assert 0 < lead_time_demand(demand, 1).mean[0] < 1


def test_sizes_that_are_all_equal_stay_what_they_are() -> None:
    chance = np.random.default_rng(3)
    demand = np.where(chance.random((300, 40)) < 0.3, 6.0, 0.0)
    units, mass = lead_time_demand(demand, 2).table(0)
    assert set(units[mass > 1e-9]) == {0.0, 6.0, 12.0}


def test_heavy_sizes_of_a_part_are_not_shrunk_away() -> None:
    demand = a_portfolio(300, 40, tail=0.3)
    demand[0] = 0
    demand[0, ::4] = [2, 2, 40, 2, 2, 2, 40, 2, 2, 2]
    foretold = lead_time_demand(demand, 1)
    # One month in twenty had 40 units; the usual part's sizes hardly vary.
    assert 0.01 < 1 - foretold.at_most(30)[0] < 0.12


def test_sizes_of_a_thousand_are_foretold_as_sizes_of_one() -> None:
    demand = a_portfolio(150, 30)
    one, many = lead_time_demand(demand, 3), lead_time_demand(demand * 1000, 3)
    assert_allclose(many.mean.sum() / 1000, one.mean.sum(), rtol=0.02)
    assert_allclose(many.mean / 1000, one.mean, rtol=0.25)


def test_a_shelf_that_ran_empty_hides_demand_that_is_put_back() -> None:
    chance = np.random.default_rng(12)
    true = a_portfolio(500, 40, seed=21)
    shelf = np.where(chance.random(true.shape) < 0.3, 1.0, np.inf)
    empty = true >= shelf
    seen = np.minimum(true, shelf)
    blind, aware, whole = (
        lead_time_demand(seen, 2).mean.sum(),
        lead_time_demand(seen, 2, empty).mean.sum(),
        lead_time_demand(true, 2).mean.sum(),
    )
    assert blind < 0.95 * whole
    assert abs(aware / whole - 1) < abs(blind / whole - 1) / 2


def test_an_empty_shelf_without_a_sale_is_no_month_without_demand() -> None:
    demand = a_portfolio(80, 24)
    demand[0, 12:] = 0
    empty = np.zeros(demand.shape, bool)
    empty[0, 12:] = True
    hidden, naive = lead_time_demand(demand, 2, empty), lead_time_demand(demand, 2)
    assert hidden.mean[0] > 1.3 * naive.mean[0]


@pytest.mark.parametrize("tail", [0.3, 1.1])
@pytest.mark.parametrize("lead", [1, 4])
def test_what_is_foretold_comes_true_as_often_as_said(tail: float, lead: int) -> None:
    demand = a_portfolio(1500, 60, tail=tail, seed=31)
    past, future = demand[:, :40], demand[:, 40 : 40 + lead].sum(axis=1)
    foretold = lead_time_demand(past, lead)
    assert abs(rank_share(foretold, future, 0.95) - 0.95) < 0.015
    assert abs(rank_share(foretold, future, 0.99) - 0.99) < 0.008
    assert abs(foretold.mean.sum() / future.sum() - 1) < 0.1


def test_falling_demand_is_forgotten_as_fast_as_the_past_says() -> None:
    chance = np.random.default_rng(17)
    fading = np.linspace(0.8, 0.1, 48)
    demand = np.where(chance.random((500, 48)) < fading, 2.0, 0.0)
    model = learn(demand, 2)
    assert model.occurrence.memory < 1
    assert model.foretell(demand, 2).mean.mean() < 1.4 * 2 * 2 * 0.1


def test_what_was_learnt_serves_parts_that_are_new() -> None:
    model = learn(a_portfolio(400, 36), 3)
    new = model.foretell([[0, 0, 2]], 3)
    assert 0.3 < new.mean[0] < 6
    assert model.foretell([0, 0, 2], 3).mean == new.mean[0]


def test_a_history_too_short_to_judge_says_so() -> None:
    assert "nothing is corrected" in learn([[1, 0], [0, 2]], 3).note
    assert "shorter lead times" in learn(a_portfolio(30, 8), 12).note
    assert learn(a_portfolio(30, 24), 2).note.startswith("Corrected by how")


def test_half_a_period_more_lies_between_the_whole_ones() -> None:
    demand = a_portfolio(100, 30)
    model = learn(demand, 2)
    low, middle, high = (model.foretell(demand, lead).mean.sum() for lead in (2, 2.5, 3))
    assert low < middle < high


def test_each_part_may_have_its_own_lead_time() -> None:
    demand = a_portfolio(100, 30)
    leads = np.where(np.arange(100) % 2 == 0, 1.0, 6.0)
    foretold = lead_time_demand(demand, leads)
    assert foretold.mean[1::2].sum() > 3 * foretold.mean[::2].sum()


def test_missing_months_do_not_lower_the_forecast() -> None:
    demand = a_portfolio(300, 40)
    gaps = demand.copy()
    gaps[:, 10:20] = np.nan
    whole, holed = lead_time_demand(demand, 2).mean.sum(), lead_time_demand(gaps, 2).mean.sum()
    assert abs(holed / whole - 1) < 0.15


def test_a_cover_over_all_parts_is_the_cover_that_comes() -> None:
    demand = a_portfolio(1500, 52, seed=77)
    foretold = lead_time_demand(demand[:, :40], 2)
    seen = lead_windows(demand[:, 40:], 2)
    for p in (0.9, 0.95, 0.99):
        assert abs(coverage(foretold.stock_for_average_cover(p), seen).value - p) < 0.015
