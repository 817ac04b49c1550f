"""The exchange curve: published sequences, every corner against all other stocks, constraints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods.allocation import Exchange, exchange, optimum
from wellkept.methods.allocation.merging import steepest_first
from wellkept.methods.echelons import Network, levels, network, tree_levels

steady = settings(deadline=None, max_examples=20, derandomize=True)
DAY = 1 / 365

PIPELINES = [
    0.4073056025501411,
    0.3870886565918289,
    0.8001551974875238,
    1.5956250204921532,
    0.33677029627037075,
    1.1507129918390198,
    2.45315060210713,
    0.3446565218702461,
    0.23656966494491127,
]
PRICES = [13, 17, 23, 21, 11, 53, 76, 32, 23]


def nine_units() -> Exchange:
    """Give the nine units of the aircraft, each on one shelf of its own."""
    shelf = network(np.array(PIPELINES)[:, None], depot_lead=0.0, transit=1.0)
    return exchange(shelf, 1.0, PRICES, most=[0, 1000])


# --- published sequences ----------------------------------------------------------------------

KTH = [
    ("000000000", 7.7120, 0),
    ("000100000", 6.9148, 21),
    ("000110000", 6.6289, 32),
    ("100110000", 6.2943, 45),
    ("101110000", 5.7436, 68),
    ("101210000", 5.2699, 89),
    ("111210000", 4.9490, 106),
    ("111211000", 4.2654, 159),
    ("111211100", 3.3514, 235),
    ("111311100", 3.1359, 256),
    ("111311200", 2.4329, 332),
    ("111311201", 2.2223, 355),
    ("111311211", 1.9307, 387),
    ("112311211", 1.7395, 410),
    ("112312211", 1.4200, 463),
]


def test_the_nine_units_are_bought_in_the_order_that_was_published() -> None:
    """KTH SF2863 Systems Engineering 2024, home assignment 2, table 1 (nine LRUs, one site).

    Pipelines were not printed; these are recovered from the printed backorders of both tables, such
    that all twenty come out: the fifteen of table 1 to four places, the five of table 2 to twelve.
    """
    curve = nine_units()
    for step, (stock, missing, cost) in enumerate(KTH):
        assert "".join(str(x) for x in curve.stock(step)[:, 1]) == stock
        assert curve.spent[step] == cost
        assert curve.left[step] == pytest.approx(missing, abs=5e-5)


@pytest.mark.parametrize(
    ("budget", "stock", "missing", "cost"),
    [
        (0, "000000000", 7.7120, 0),
        (100, "101220000", 5.224485924409, 100),
        (150, "111310001", 4.52278482166815, 150),
        (350, "111211210", 2.35690972347718, 343),
        (500, "212311311", 1.23182977648002, 499),
    ],
)
def test_between_two_corners_dynamic_programming_finds_the_published_optimum(
    budget: int, stock: str, missing: float, cost: int
) -> None:
    """KTH SF2863 2024, home assignment 2, table 2."""
    curve = nine_units()
    found = optimum(curve, budget)
    assert "".join(str(x) for x in found.stock[:, 1]) == stock
    assert found.left == pytest.approx(missing, abs=5e-5 if not budget else 1e-12)
    assert found.spent == cost
    choice = curve.at(budget)
    assert choice.bound - 1e-9 <= found.left <= choice.left + 1e-9
    assert choice.spent <= budget


def best_by_vari_metric(totals: range) -> dict[int, tuple[float, int]]:
    """Give the least backorders of the utility's four storerooms, and the depot stock, by total."""
    best: dict[int, tuple[float, int]] = {}
    for depot in range(27):
        each = [
            tree_levels(
                [-1, 0, 0, 0, 0],
                [depot, *[stock] * 4],
                [0, *[45.0] * 4],
                [60 * DAY, *[10 * DAY] * 4],
                repair_share=[0, *[0.3] * 4],
                repair_time=30 * DAY,
            ).backorders[1]
            for stock in range(8)
        ]
        for total in totals:
            rest, more = divmod(total - depot, 4)
            if 0 <= rest < 7:
                left = float((4 - more) * each[rest] + more * each[rest + 1])
                best[total] = min(best.get(total, (np.inf, 0)), (left, depot))
    return best


def test_vari_metric_lays_the_utilitys_units_out_as_the_book_does() -> None:
    """Rossetti, Inventory Management, ch. 9, tbl-allocation-transformer."""
    best = best_by_vari_metric(range(11, 22))
    assert round(best[12][0], 4) == 16.6303
    assert round(best[13][0], 4) == 15.6433
    assert [best[total][1] for total in (11, 12, 13, 19, 20)] == [11, 12, 9, 15, 12]
    assert round(best[11][0] - best[12][0], 4) == 0.9850
    assert round(best[12][0] - best[13][0], 4) == 0.9870  # not convex: 12 is no corner


def test_the_exact_law_pulls_stock_from_the_depot_too_and_leaves_out_one_total() -> None:
    """By the exact law total 12 is a corner after all (0.9851 then 0.9842); 20 is not, as there."""
    four = network(
        [[45.0] * 4],
        depot_lead=60 * DAY,
        transit=10 * DAY,
        repair_share=0.3,
        repair_time=30 * DAY,
    )
    curve = exchange(four, 1.0, [3800.0], most=[26, 40, 40, 40, 40])
    depots = dict(zip(curve.total.tolist(), curve.depot.tolist(), strict=True))
    assert [depots[total] for total in (11, 12, 13, 19, 21)] == [11, 12, 9, 15, 13]
    assert 20 not in depots
    jump = int(np.flatnonzero(curve.total == 21)[0])
    assert (curve.units[jump], curve.location[jump], curve.money[jump]) == (2, -1, 7600.0)
    at_12 = curve.left[int(np.flatnonzero(curve.total == 12)[0]) + 1]
    assert at_12 == pytest.approx(best_by_vari_metric(range(12, 13))[12][0], abs=5e-5)


# --- every corner is the best that its money buys ---------------------------------------------


def all_stocks(net: Network, value: np.ndarray, most: int) -> dict[tuple[int, ...], float]:
    """Give the weighted backorders of every stock of one item up to `most` at each location."""
    every = np.array(list(product(range(most + 1), repeat=net.sites + 1)))
    repeated = net.take(np.zeros(len(every), np.int64))
    left = levels(repeated, every).backorders[:, 1:] @ value
    return {tuple(stock): float(x) for stock, x in zip(every.tolist(), left, strict=True)}


@dataclass(frozen=True)
class Item:
    rates: list[float]
    lead: float
    transit: float
    value: list[float]
    price: int
    shape: float

    def network(self) -> Network:
        return network(
            [self.rates],
            depot_lead=self.lead,
            transit=self.transit,
            uncertainty=self.shape,
            nodes=4,
        )


items = st.builds(
    Item,
    rates=st.lists(st.floats(0.05, 1.2), min_size=2, max_size=2),
    lead=st.floats(0.0, 1.5),
    transit=st.floats(0.0, 0.5),
    value=st.lists(st.floats(0.2, 5.0), min_size=2, max_size=2),
    price=st.integers(1, 9),
    shape=st.just(np.inf) | st.floats(0.7, 6.0),
)


@steady
@given(item=items)
def test_the_corners_of_an_item_are_the_hull_of_all_its_stocks(item: Item) -> None:
    net, value = item.network(), np.array(item.value)
    curve = exchange(net, value, [item.price], most=4)
    every = all_stocks(net, value, 4)
    best = [min(x for s, x in every.items() if sum(s) == u) for u in range(13)]
    corners = [0, *curve.total.tolist()]
    assert_allclose(curve.left, [best[u] for u in corners], atol=1e-9)
    slightest = 1e-6 * value.max()
    for a, b in pairwise(corners):
        slope = (best[a] - best[b]) / (b - a)
        for u in range(13):
            assert best[u] >= best[a] - slope * (u - a) - 1e-9 - 12 * slightest
    for step in range(curve.item.size + 1):
        stock = curve.stock(step)
        assert every[tuple(stock[0].tolist())] == pytest.approx(curve.left[step], abs=1e-9)


def test_steps_that_are_alike_but_for_a_rounding_stay_in_turn() -> None:
    """Of two equal sites the second unit seemed worth a rounding more, and was bought first."""
    net = network([[0.71875, 0.71875]], depot_lead=1e-14, transit=0.228515625)
    curve = exchange(net, [[3.25, 3.25]], [1])
    assert [int(curve.stock(step).sum()) for step in range(4)] == [0, 1, 2, 3]
    rising = steepest_first(np.array([1.0, 1.0 + 2e-16, 1.0 + 4e-16, 2.0]), np.array([0, 0, 0, 1]))
    assert rising.tolist() == [3, 0, 1, 2]


@settings(deadline=None, max_examples=8, derandomize=True)
@given(first=items, second=items)
def test_no_stock_of_two_items_that_costs_no_more_leaves_less(first: Item, second: Item) -> None:
    pair = [replace(item, lead=0.8, transit=0.2, shape=np.inf) for item in (first, second)]
    net = network([item.rates for item in pair], depot_lead=0.8, transit=0.2)
    value = np.array([item.value for item in pair])
    price = np.array([float(item.price) for item in pair])
    curve = exchange(net, value, price, most=3)
    tables = [all_stocks(item.network(), np.array(item.value), 3) for item in pair]
    cheapest = [
        {u: min(x for s, x in table.items() if sum(s) == u) for u in range(10)} for table in tables
    ]
    for spent, left in zip(curve.spent, curve.left, strict=True):
        for a, b in product(range(10), repeat=2):
            if a * price[0] + b * price[1] <= spent + 1e-9:
                assert cheapest[0][a] + cheapest[1][b] >= left - 1e-4 * value.max()


@steady
@given(item=items, budget=st.integers(0, 60))
def test_the_stated_gap_holds_and_dynamic_programming_closes_it(item: Item, budget: int) -> None:
    net, price = item.network(), item.price
    curve = exchange(net, [item.value], [price])
    choice, best = curve.at(budget), optimum(curve, budget)
    assert choice.spent <= budget and best.spent <= budget
    assert choice.bound - 1e-9 <= best.left <= choice.left + 1e-9
    assert choice.gap >= -1e-9
    stock = curve.stock(choice)
    assert float(stock.sum() * price) == pytest.approx(choice.spent)
    left = levels(net, stock).backorders[0, 1:] @ np.array(item.value)
    assert left == pytest.approx(choice.left, abs=1e-9)
    again = levels(net, best.stock).backorders[0, 1:] @ np.array(item.value)
    assert again == pytest.approx(best.left, abs=1e-9)
