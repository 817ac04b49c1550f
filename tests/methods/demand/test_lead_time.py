"""Tables of lead-time demand: against closed forms, SciPy's distributions, and themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from wellkept.methods.demand import LeadTimeDemand, negative_binomial, poisson
from wellkept.methods.demand.lead_time import from_tables

steady = settings(deadline=None, max_examples=40, derandomize=True)
tables = st.lists(
    st.lists(st.integers(0, 9), min_size=1, max_size=9).filter(any), min_size=1, max_size=4
)


def of(rows: list[list[int]], step: float = 1.0) -> LeadTimeDemand:
    pieces = [np.array(row, float) / sum(row) for row in rows]
    return from_tables(pieces, np.full(len(rows), step))


@pytest.mark.parametrize("mean", [0.02, 0.7, 6.0, 40.0, 900.0])
def test_poisson_demand_is_poisson(mean: float) -> None:
    ours, theirs = poisson(mean), stats.poisson(mean)
    assert_allclose([ours.mean, ours.variance], [mean, mean], rtol=1e-9)
    for p in (0.1, 0.5, 0.9, 0.95, 0.99, 0.999):
        assert ours.quantile(p) == theirs.ppf(p)
    stock = theirs.ppf(0.9)
    assert_allclose(ours.at_most(stock), theirs.cdf(stock), rtol=1e-12)
    short = mean * theirs.sf(stock - 1) - stock * theirs.sf(stock)  # EBO, Sherbrooke 1968
    assert_allclose(ours.short(stock), short, rtol=1e-9, atol=1e-13)


@pytest.mark.parametrize(("mean", "variance"), [(0.3, 0.9), (2.0, 2.5), (10.0, 100.0), (5.0, 5.0)])
def test_negative_binomial_demand_has_its_mean_variance_and_quantiles(
    mean: float, variance: float
) -> None:
    ours = negative_binomial(mean, variance)
    assert_allclose([ours.mean, ours.variance], [mean, variance], rtol=1e-7)
    if variance > mean:
        theirs = stats.nbinom(mean**2 / (variance - mean), mean / variance)
        assert [ours.quantile(p) for p in (0.5, 0.95, 0.99)] == [
            theirs.ppf(p) for p in (0.5, 0.95, 0.99)
        ]


def test_a_variance_below_the_mean_is_taken_as_poisson() -> None:
    assert_allclose(negative_binomial(3.0, 1.0).variance, 3.0, rtol=1e-9)


def test_a_fast_mover_is_kept_in_steps_of_several_units() -> None:
    fast = poisson(1e6)
    assert fast.step[0] > 1
    assert_allclose(fast.quantile(0.95), stats.poisson(1e6).ppf(0.95), rtol=1e-3)
    assert_allclose(fast.mean, 1e6, rtol=1e-3)


@steady
@given(tables)
def test_probabilities_sum_to_one(rows: list[list[int]]) -> None:
    demand = of(rows)
    sums = np.add.reduceat(demand.mass, demand.begin[:-1])
    assert_allclose(sums, 1)
    assert_allclose(demand.at_most(100), 1)
    assert_allclose(demand.at_most(-1), 0)


@steady
@given(tables, st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_more_cover_never_needs_less_stock(rows: list[list[int]], p: float, q: float) -> None:
    demand = of(rows)
    low, high = sorted((p, q))
    assert (demand.quantile(low) <= demand.quantile(high)).all()
    assert (demand.at_most(demand.quantile(p)) >= p - 1e-9).all()
    assert (demand.at_most(demand.quantile(p) - 1) < p + 1e-9).all()


@steady
@given(tables, st.integers(0, 12))
def test_what_is_short_and_what_is_left_differ_by_stock_and_mean(
    rows: list[list[int]], stock: int
) -> None:
    demand = of(rows)
    for part, row in enumerate(rows):
        units, mass = demand.table(part)
        left = float((np.maximum(stock - units, 0) * mass).sum())
        assert_allclose(demand.short(stock)[part] - left, demand.mean[part] - stock, atol=1e-9)
        assert_allclose(mass.sum(), 1)
        assert len(mass) <= len(row)


@steady
@given(tables, st.floats(0.05, 0.99))
def test_the_stock_for_a_fill_is_the_least_that_promises_it(
    rows: list[list[int]], fill: float
) -> None:
    demand = of(rows)
    stock = demand.stock_for_fill(fill)
    assert (demand.fill(stock) >= fill - 1e-9).all()
    enough = demand.fill(np.maximum(stock - 1, 0)) < fill + 1e-9
    assert (enough | (stock == 0)).all()


@steady
@given(tables, st.integers(0, 12))
def test_the_ranked_score_is_the_sum_of_squares_it_is_defined_as(
    rows: list[list[int]], seen: int
) -> None:
    demand = of(rows)
    for part, row in enumerate(rows):
        cumulative = np.append(np.cumsum(row) / sum(row), np.ones(20))
        became = np.arange(cumulative.size) >= seen
        assert_allclose(demand.crps(seen)[part], ((cumulative - became) ** 2).sum(), atol=1e-9)


@steady
@given(tables, st.integers(2, 30))
def test_steps_scale_every_answer(rows: list[list[int]], step: int) -> None:
    one, many = of(rows), of(rows, step)
    assert_allclose(many.mean, step * one.mean)
    assert_allclose(many.quantile(0.9), step * one.quantile(0.9))
    assert_allclose(many.crps(2 * step), step * one.crps(2))
    assert_allclose(many.short(3 * step), step * one.short(3), atol=1e-12)


def test_one_part_answers_in_numbers_and_equals_a_table_of_one() -> None:
    one, table = poisson(2.5), poisson([2.5])
    assert np.ndim(one.mean) == 0
    assert table.mean.shape == (1,)
    assert one.quantile(0.95) == table.quantile(0.95)[0]
    assert one.fill(3) == table.fill(3)[0]


def test_parts_keep_their_place_in_any_order() -> None:
    means = np.array([0.3, 800.0, 4.0, 0.0])
    turned = poisson(means[::-1])
    assert_allclose(poisson(means).quantile(0.99), turned.quantile(0.99)[::-1])


def test_a_part_without_demand_needs_no_stock_and_keeps_every_promise() -> None:
    dead = poisson(0.0)
    assert (dead.quantile(0.99), dead.fill(0), dead.stock_for_fill(0.99)) == (0, 1, 0)


def test_whole_units_cover_more_than_asked_part_by_part_but_not_over_all_parts() -> None:
    many = poisson(np.linspace(0.02, 2.0, 400))
    each = many.at_most(many.quantile(0.9)).mean()
    together = many.at_most(many.stock_for_average_cover(0.9)).mean()
    assert each > 0.93
    assert 0.9 <= together < 0.91


def test_a_score_of_an_unknown_demand_is_unknown() -> None:
    assert np.isnan(poisson([1.0, 2.0]).crps([np.nan, 2])).tolist() == [True, False]


@pytest.mark.parametrize("p", [0, 1, 1.2])
def test_a_quantile_lies_inside(p: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        poisson(1.0).quantile(p)


def test_a_negative_mean_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0 up"):
        poisson([1.0, -2.0])
