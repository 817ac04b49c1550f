"""Lots, reviews, compound demand and one-time buys, against the books' tables."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods import stocking
from wellkept.methods.stocking import compound

steady = settings(deadline=None, max_examples=25, derandomize=True)
TRANSFORMER = {"order_cost": 220.0, "holding": 950.0, "backorder": 8550.0}


def cost_of(r: int, q: int, **given: float) -> float:
    rate, lead = given.pop("rate"), given.pop("lead")
    return float(stocking.lot_cost(r, q, rate, lead, **given))


# --- (r, Q) -----------------------------------------------------------------------------------

EX_58 = {"rate": 1.5, "lead": 2.0, "order_cost": 100.0, "holding": 20.0, "backorder": 150.0}
PR_52 = {"rate": 12.0, "lead": 0.5, "order_cost": 4.0, "holding": 4.0, "backorder": 28.0}


@pytest.mark.parametrize(
    ("given", "r", "q", "printed"),
    [
        (EX_58, 3, 5, 107.9235806331498),
        (EX_58, 8, 12, 242.5281637662021),
        (PR_52, 6, 7, 28.241312842169155),
        (PR_52, 3, 9, 34.2641544694695),
    ],
)
def test_a_reorder_point_and_lot_cost_what_snyder_and_shen_say(
    given: dict[str, float], r: int, q: int, printed: float
) -> None:
    """Snyder & Shen 2019, Example 5.8 and Problem 5.2, as in the tests of stockpyl 1.0.2."""
    assert cost_of(r, q, **given) == pytest.approx(printed, rel=1e-13)


@pytest.mark.parametrize(
    ("given", "r", "q", "printed"),
    [(EX_58, 3, 5, 107.9235806331498), (PR_52, 6, 7, 28.241312842169155)],
)
def test_the_cheapest_lot_is_the_one_of_snyder_and_shen(
    given: dict[str, float], r: int, q: int, printed: float
) -> None:
    found = stocking.cheapest_lots(**given)
    assert (int(found.reorder_point), int(found.lot)) == (r, q)
    assert float(found.cost) == pytest.approx(printed, rel=1e-13)


@pytest.mark.parametrize(
    ("r", "missing", "fill", "on_hand", "cost"),
    [
        (7, 0.3854, 0.7492, 2.8854, 8016),
        (8, 0.2212, 0.8357, 3.7212, 7406),
        (9, 0.1202, 0.8990, 4.6202, 7397),
        (10, 0.0619, 0.9417, 5.5619, 7793),
        (11, 0.0302, 0.9683, 6.5302, 8442),
    ],
)
def test_the_transformers_of_the_utility_keep_what_the_book_prints(
    r: int, missing: float, fill: float, on_hand: float, cost: int
) -> None:
    """Rossetti, Inventory Management, ch. 8, tbl-rq-transformer (Q = 5)."""
    found = stocking.order_in_lots(r, 5, 7.5)
    assert round(float(found.backorders), 4) == missing
    assert round(float(found.fill), 4) == fill
    assert round(float(found.on_hand), 4) == on_hand
    assert round(cost_of(r, 5, rate=45.0, lead=1 / 6, **TRANSFORMER)) == cost


def test_the_cost_of_each_position_and_the_best_lot_are_the_books() -> None:
    """Rossetti ch. 8, tbl-optimize-cs and tbl-optimize-trace."""
    y = np.arange(8, 17)
    shelf = stocking.base_stock(y, 7.5)
    printed = [8654.01, 6392.69, 5218.57, 4859.83, 5057.03, 5601.71, 6346.84, 7199.37, 8105.59]
    costs = 950 * shelf.on_hand + 8550 * shelf.backorders
    assert costs.round(2).tolist() == printed
    found = stocking.cheapest_lots(45.0, 1 / 6, **TRANSFORMER)
    assert (int(found.reorder_point), int(found.lot)) == (8, 7)
    assert round(float(found.cost), 2) == 7225.15


@steady
@given(
    rate=st.floats(0.1, 8),
    lead=st.floats(0.0, 1.5),
    order_cost=st.floats(0, 40),
    holding=st.floats(0.5, 5),
    backorder=st.floats(1, 200),
)
def test_no_other_reorder_point_and_lot_is_cheaper(
    rate: float, lead: float, order_cost: float, holding: float, backorder: float
) -> None:
    costs = {"order_cost": order_cost, "holding": holding, "backorder": backorder}
    found = stocking.cheapest_lots(rate, lead, **costs)
    r, q = (x.ravel() for x in np.meshgrid(np.arange(-12, 30), np.arange(1, 45)))
    every = stocking.lot_cost(r, q, rate, lead, **costs)
    assert float(found.cost) <= float(every.min()) * (1 + 1e-9) + 1e-9
    mine = cost_of(int(found.reorder_point), int(found.lot), rate=rate, lead=lead, **costs)
    assert float(found.cost) == pytest.approx(mine, rel=1e-8, abs=1e-8)


def test_a_lot_of_one_is_a_base_stock() -> None:
    for stock in range(6):
        lot, shelf = stocking.order_in_lots(stock - 1, 1, 2.2), stocking.base_stock(stock, 2.2)
        assert float(lot.backorders) == pytest.approx(float(shelf.backorders), abs=1e-12)
        assert float(lot.fill) == pytest.approx(float(shelf.fill), abs=1e-12)
        assert float(lot.on_hand) == pytest.approx(float(shelf.on_hand), abs=1e-12)


def test_a_column_of_items_is_searched_as_each_alone() -> None:
    rates, leads = np.array([[0.0, 0.3], [700.0, 40.0]]), np.array([[1.0, 0.0], [1.0, 0.2]])
    many = stocking.cheapest_lots(rates, leads, order_cost=9.0, holding=1.0, backorder=30.0)
    for place in np.ndindex(2, 2):
        one = stocking.cheapest_lots(
            rates[place], leads[place], order_cost=9.0, holding=1.0, backorder=30.0
        )
        assert many.reorder_point[place] == int(one.reorder_point)
        assert many.lot[place] == int(one.lot)
        assert many.cost[place] == float(one.cost)
    assert (many.reorder_point[0, 0], many.lot[0, 0], many.cost[0, 0]) == (-1, 1, 0.0)


def test_a_huge_pipeline_has_its_cheapest_lot_near_the_square_root_rule() -> None:
    found = stocking.cheapest_lots(1e6, 1.0, order_cost=50.0, holding=1.0, backorder=99.0)
    lot, least = int(found.lot), np.sqrt(2 * 50 * 1e6)
    assert least < lot < 1.2 * least
    again = cost_of(
        int(found.reorder_point), lot, rate=1e6, lead=1.0, order_cost=50, holding=1, backorder=99
    )
    assert float(found.cost) == pytest.approx(again, rel=1e-6)


# --- reviews ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stock", "missing", "on_hand", "fill", "cost"),
    [
        (12, 0.4233, 3.0483, 0.7549, 9093.07),
        (13, 0.2572, 3.8822, 0.8339, 8465.46),
        (14, 0.1501, 4.7751, 0.8928, 8397.22),
        (15, 0.0841, 5.7091, 0.9340, 8720.37),
        (16, 0.0453, 6.6703, 0.9612, 9301.76),
    ],
)
def test_a_monthly_review_keeps_what_the_book_prints(
    stock: int, missing: float, on_hand: float, fill: float, cost: float
) -> None:
    """Rossetti, Inventory Management, tbl-periodic-transformer."""
    found = stocking.review(stock, 45, 1 / 6, 1 / 12)
    assert round(float(found.backorders), 4) == missing
    assert round(float(found.on_hand), 4) == on_hand
    assert round(float(found.fill), 4) == fill
    ordering = float(stocking.order_cost_rate(220, 45, 1 / 12))
    total = ordering + 950 * float(found.on_hand) + 8550 * float(found.backorders)
    assert round(total, 2) == cost


@steady
@given(
    stock=st.integers(0, 20), rate=st.floats(0.1, 8), lead=st.floats(0, 1), span=st.floats(0.05, 2)
)
def test_a_review_is_the_average_over_the_time_it_must_cover(
    stock: int, rate: float, lead: float, span: float
) -> None:
    found = stocking.review(stock, rate, lead, span)
    nodes, weights = np.polynomial.legendre.leggauss(60)
    times = lead + span * (nodes + 1) / 2
    shelf = stocking.base_stock(stock, rate * times)
    assert float(found.backorders) == pytest.approx(float(weights @ shelf.backorders) / 2, abs=1e-9)
    assert float(found.on_hand) == pytest.approx(float(weights @ shelf.on_hand) / 2, abs=1e-9)
    assert float(found.fill) == pytest.approx(float(weights @ shelf.fill) / 2, abs=1e-9)


def test_a_review_of_a_part_that_nobody_asks_for() -> None:
    found = stocking.review(3, 0.0, 1.0, 1.0)
    assert (float(found.backorders), float(found.on_hand)) == (0.0, 3.0)
    assert np.isnan(found.fill)


ZHENG_FEDERGRUEN = [
    (10, 6, 40, 35.022),
    (15, 10, 49, 42.698),
    (20, 14, 62, 49.173),
    (25, 19, 56, 54.262),
    (30, 23, 66, 57.819),
    (35, 28, 77, 61.215),
    (40, 33, 87, 64.512),
    (45, 37, 97, 67.776),
    (50, 42, 108, 70.975),
    (51, 43, 110, 71.611),
    (52, 44, 112, 72.246),
    (55, 47, 118, 74.149),
    (60, 52, 129, 77.306),
    (61, 52, 131, 77.929),
    (64, 55, 74, 78.402),
]


@pytest.mark.parametrize(("mean", "s", "top", "cost"), ZHENG_FEDERGRUEN)
def test_the_cheapest_min_and_max_are_those_of_zheng_and_federgruen(
    mean: int, s: int, top: int, cost: float
) -> None:
    """Zheng & Federgruen 1991, Operations Research 39:654, table I (K 64, h 1, p 9, Poisson)."""
    demand = stocking.pmf(np.arange(250), mean)
    found = stocking.cheapest_min_max(demand, order_cost=64, holding=1, backorder=9)
    assert (found.s, found.order_up_to, round(found.cost, 3)) == (s, top, cost)


def test_the_min_and_max_of_snyder_and_shen() -> None:
    """Snyder & Shen 2019, Example 4.7 as in stockpyl 1.0.2: (4, 10), 8.034111561471644."""
    demand = stocking.pmf(np.arange(60), 6.0)
    found = stocking.cheapest_min_max(demand, order_cost=5, holding=1, backorder=4)
    assert (found.s, found.order_up_to) == (4, 10)
    assert found.cost == pytest.approx(8.034111561471644, rel=1e-11)


@settings(deadline=None, max_examples=10, derandomize=True)
@given(
    mean=st.floats(0.05, 4.0),
    lead=st.integers(0, 3),
    order_cost=st.floats(0, 30),
    backorder=st.floats(1, 60),
)
def test_no_other_min_and_max_is_cheaper(
    mean: float, lead: int, order_cost: float, backorder: float
) -> None:
    demand = stocking.pmf(np.arange(60), mean)
    costs = {"order_cost": order_cost, "holding": 1.0, "backorder": backorder}
    found = stocking.cheapest_min_max(demand, lead, **costs)
    for s, more in product(range(-4, 26), range(1, 30)):
        cost = stocking.min_max_cost(s, s + more, demand, lead, **costs)
        assert found.cost <= cost * (1 + 1e-10)


# --- compound demand --------------------------------------------------------------------------

CUTOUT = [0.4, 0.4, 0.0, 0.2]
FUSES = {"order_cost": 82.5, "holding": 28.75, "backorder": 287.5}


def test_the_fuse_cutout_drawn_in_job_lots_has_three_services() -> None:
    """Rossetti, Inventory Management, exm-lumpy-cutout and tbl-lumpy-compare."""
    law = compound.demand_law(400 / 26, CUTOUT)
    k = np.arange(law.size)
    assert round(float(k @ law), 4) == 30.7692
    assert float(k**2 @ law - (k @ law) ** 2) == pytest.approx(80.0, abs=1e-9)
    found = compound.cheapest_lot(400, 1 / 26, CUTOUT, **FUSES)
    assert (found.reorder_point, found.lot, round(found.cost, 2)) == (25, 75, 2010.22)
    kept = compound.services(25, 75, 400 / 26, CUTOUT)
    assert round(kept.ready, 4) == 0.9060
    assert round(kept.unit_fill, 4) == 0.8978
    assert round(kept.line_fill, 4) == 0.8957
    assert kept.at_least.round(4).tolist() == [0.9060, 0.8960, 0.8855, 0.8746]
    assert compound.best_base_stock(400 / 26, CUTOUT, holding=28.75, backorder=287.5) == 43


def test_the_same_fuses_drawn_one_at_a_time() -> None:
    """The Poisson column of tbl-lumpy-compare."""
    found = stocking.cheapest_lots(800, 1 / 26, **FUSES)
    assert (int(found.reorder_point), int(found.lot)) == (24, 73)
    assert round(float(found.cost), 2) == 1921.64
    assert round(float(stocking.order_in_lots(24, 73, 800 / 26).fill), 4) == 0.9038
    assert int(stocking.smallest_stock(287.5 / (287.5 + 28.75), 800 / 26)) == 38
    again = compound.cheapest_lot(800, 1 / 26, [1.0], **FUSES)
    assert (again.reorder_point, again.lot) == (24, 73)


@steady
@given(
    customers=st.floats(0.01, 30),
    weights=st.lists(st.floats(0.01, 1), min_size=1, max_size=6),
    r=st.integers(-3, 30),
    q=st.integers(1, 12),
)
def test_ready_is_never_below_unit_fill_nor_that_below_line_fill(
    customers: float, weights: list[float], r: int, q: int
) -> None:
    sizes = np.array(weights) / sum(weights)
    found = compound.services(r, q, customers, sizes)
    assert found.ready >= found.unit_fill - 1e-12
    assert found.unit_fill >= found.line_fill - 1e-12
    mean = customers * float(np.arange(1, sizes.size + 1) @ sizes)
    assert found.on_hand - found.backorders == pytest.approx((q + 1) / 2 + r - mean)


@pytest.mark.parametrize("customers", [0.0, 2.0, 280.0, 320.0, 5000.0])
def test_the_law_of_compound_demand_has_the_moments_of_its_parts(customers: float) -> None:
    law, k = compound.demand_law(customers, CUTOUT), np.arange(1, 5)
    values = np.arange(law.size)
    assert float(law.sum()) == pytest.approx(1.0, abs=1e-12)
    assert float(values @ law) == pytest.approx(customers * float(k @ CUTOUT), rel=1e-10)
    variance = float(values**2 @ law) - float(values @ law) ** 2
    assert variance == pytest.approx(customers * float(k**2 @ CUTOUT), rel=1e-7, abs=1e-12)


def test_recursion_and_transform_agree() -> None:
    f = np.array(CUTOUT)
    assert_allclose(
        compound._by_panjer(200.0, f, 900), compound._by_transform(200.0, f, 900), atol=1e-15
    )


# --- one-time buys ----------------------------------------------------------------------------


def test_the_newsvendor_of_snyder_and_shen() -> None:
    """Snyder & Shen 2019, Example 4.7, Problems 4.8a and 4.19, as in stockpyl 1.0.2."""
    cost = stocking.one_time_cost
    assert int(stocking.one_time_quantity(6.0, left_over=1, short=4)) == 8
    assert_allclose(
        cost([8, 5], 6.0, left_over=1, short=4), [3.570106945770946, 6.590296024616344], rtol=1e-13
    )
    printed = [786.0884409351115, 1445.751062891969]
    assert_allclose(cost([19, 13], 18.0, left_over=200, short=270), printed, rtol=1e-13)
    assert int(stocking.one_time_quantity(90.0, left_over=0.08, short=1.25)) == 105
    assert_allclose(cost(105, 90.0, left_over=0.08, short=1.25), 1.5450188691551778, rtol=1e-13)


def test_the_last_buy_before_the_part_is_no_longer_made() -> None:
    """Rossetti, tbl-newsvendor-poisson: price 9500, cost 3800, salvage 900."""
    costs = stocking.one_time_cost(np.arange(4, 9), 6.0, left_over=2900, short=5700)
    assert costs.round(0).tolist() == [13404.0, 10155.0, 8288.0, 7802.0, 8501.0]
    assert int(stocking.one_time_quantity(6.0, left_over=2900, short=5700)) == 7


# --- what cannot be used ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: stocking.order_in_lots(1, 0, 1.0), "lot cannot be used"),
        (
            lambda: stocking.cheapest_lots(1.0, 1.0, order_cost=1, holding=0, backorder=1),
            "holding cannot be used.*above 0",
        ),
        (
            lambda: stocking.cheapest_lots(1.0, -1.0, order_cost=1, holding=1, backorder=1),
            "lead cannot be used",
        ),
        (lambda: stocking.review(1, 1.0, 1.0, 0.0), "period cannot be used"),
        (
            lambda: stocking.min_max_cost(4, 4, [0.5, 0.5], order_cost=1, holding=1, backorder=1),
            "S must lie above s",
        ),
        (
            lambda: stocking.cheapest_min_max([1.0], order_cost=1, holding=1, backorder=1),
            "Nothing is ever asked for",
        ),
        (
            lambda: stocking.cheapest_min_max([0.5], order_cost=1, holding=1, backorder=1),
            r"add.* up to 0\.5",
        ),
        (lambda: compound.demand_law(1.0, [0.5, 0.4]), r"add up to 0\.9"),
        (lambda: stocking.one_time_quantity(1.0, left_over=0, short=1), "left_over cannot"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says):
        call()
