"""The exchange curve: published sequences, every corner against all other stocks, constraints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods.allocation import Exchange, exchange, optimum, reasons
from wellkept.methods.echelons import Network, levels, network, tree_levels

steady = settings(deadline=None, max_examples=20, derandomize=True)
DAY = 1 / 365

PIPELINES = [
    0.4073523397892467,
    0.3870411155833365,
    0.8000414098766142,
    1.5956900014342523,
    0.3367192475110163,
    1.1507406273348695,
    2.453182440095219,
    0.3446590707951089,
    0.23657375289446816,
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

    Pipelines were not printed; they are recovered from the printed backorders by least squares.
    """
    curve = nine_units()
    for step, (stock, missing, cost) in enumerate(KTH):
        assert "".join(str(x) for x in curve.stock(step)[:, 1]) == stock
        assert curve.spent[step] == cost
        assert curve.left[step] == pytest.approx(missing, abs=1.01e-4)


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
    assert found.left == pytest.approx(missing, abs=2e-8)
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
    row = np.zeros(len(every), np.int64)
    repeated = Network(
        rate=net.rate[row],
        own=net.own[row],
        hub=net.hub[row],
        hub_rate=net.hub_rate[row],
        split=net.split[row],
        scale=net.scale[row],
        weight=net.weight[row],
    )
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


# --- a fleet of parts -------------------------------------------------------------------------


def fleet(n: int = 60, m: int = 5, seed: int = 4) -> tuple[Network, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    rate = chance.lognormal(-1.0, 1.2, (n, 1)) * chance.gamma(1.0, 1.0, (n, m))
    net = network(
        rate,
        depot_lead=chance.uniform(20, 120, n) * DAY,
        transit=chance.uniform(2, 10, (n, m)) * DAY,
        repair_share=chance.uniform(0, 0.5, (n, m)),
        repair_time=15 * DAY,
    )
    return net, chance.uniform(0.5, 20.0, (n, m)), chance.integers(5, 900, n).astype(float)


def test_what_the_curve_says_is_what_its_stock_leaves() -> None:
    net, value, price = fleet()
    curve = exchange(net, value, price)
    for step in (0, 1, 37, 150, curve.item.size):
        stock = curve.stock(step)
        left = (levels(net, stock).backorders[:, 1:] * value).sum()
        assert left == pytest.approx(curve.left[step], rel=1e-10, abs=1e-10)
        assert (stock.sum(axis=1) * price).sum() == pytest.approx(curve.spent[step])


def test_money_buys_less_and_less() -> None:
    net, value, price = fleet()
    curve = exchange(net, value, price)
    slopes = curve.gain / curve.money
    assert (np.diff(slopes) <= 1e-12 * slopes[:-1]).all()
    assert (curve.gain > 0).all() and (curve.money > 0).all()


def test_each_step_says_where_its_units_go() -> None:
    net, value, price = fleet()
    curve = exchange(net, value, price)
    shifts = 0
    for step in range(300):
        change = curve.stock(step + 1) - curve.stock(step)
        item, place = curve.item[step], curve.location[step]
        assert change.sum() == curve.units[step] == change[item].sum()
        if place >= 0:
            assert change[item, place] == curve.units[step]
            assert np.count_nonzero(change) == 1
        else:
            shifts += 1
    assert 0 < shifts < 60


def test_items_are_added_up_not_mixed() -> None:
    net, value, price = fleet(8)
    whole = exchange(net, value, price)
    alone = []
    for i in range(8):
        row = np.array([i])
        one = Network(*(getattr(net, name)[row] for name in net.__slots__))
        alone.append(exchange(one, value[row], price[row]))
    assert whole.left[0] == pytest.approx(sum(curve.left[0] for curve in alone))
    assert whole.left[-1] == pytest.approx(sum(curve.left[-1] for curve in alone))
    assert whole.item.size == sum(curve.item.size for curve in alone)


def test_a_part_that_costs_more_than_what_it_saves_is_left_out_by_the_floor() -> None:
    net, value, price = fleet()
    every, worth = exchange(net, value, price), exchange(net, value, price, floor=0.002)
    kept = np.count_nonzero(every.gain / every.money > 0.002)
    assert worth.item.size == kept
    assert_allclose(worth.left[-1], every.left[kept])


# --- constraints ------------------------------------------------------------------------------


def test_no_location_falls_below_its_least_stock_nor_above_its_most() -> None:
    net, value, price = fleet()
    least = np.zeros((60, 6), np.int64)
    least[3, 2], least[7, 0] = 2, 3
    most = np.full((60, 6), 4)
    most[:, 5] = 0  # a site without a store room
    curve = exchange(net, value, price, least=least, most=most)
    assert curve.spent[0] == 2 * price[3] + 3 * price[7]
    for step in (0, 100, curve.item.size):
        stock = curve.stock(step)
        assert (stock >= least).all() and (stock <= most).all()
        left = (levels(net, stock).backorders[:, 1:] * value).sum()
        assert left == pytest.approx(curve.left[step], rel=1e-9)
    with pytest.raises(ValueError, match="more than the budget"):
        curve.at(curve.spent[0] - 1)


def test_units_that_are_there_cost_nothing_and_lie_where_they_do_most() -> None:
    net, value, price = fleet()
    owned = np.arange(60) % 4
    curve = exchange(net, value, price, owned=owned)
    assert curve.spent[0] == 0.0
    assert (curve.stock(0).sum(axis=1) == np.minimum(owned, curve.depths.sum(axis=1))).all()
    free = exchange(net, value, price)
    assert curve.left[0] <= free.left[0]
    assert curve.left[-1] == pytest.approx(free.left[-1], abs=1e-3)


def test_units_come_in_packs_and_the_first_order_has_its_least_size() -> None:
    net, value, price = fleet()
    curve = exchange(net, value, price, pack=3, minimum_order=5)
    bought = curve.stock(curve.item.size).sum(axis=1)
    assert (bought % 3 == 0).all()
    assert ((bought == 0) | (bought >= 5)).all()
    assert set((curve.units % 3).tolist()) == {0}


def test_a_part_that_nobody_asks_for_is_never_bought() -> None:
    net = network([[0.0, 0.0], [1.0, 0.0]], depot_lead=0.5, transit=0.1)
    curve = exchange(net, 1.0, [10.0, 10.0])
    assert set(curve.item.tolist()) == {1}
    assert (curve.stock(curve.item.size)[:, 2] == 0).all()


def test_nothing_missing_matters_then_nothing_is_bought() -> None:
    net, _, price = fleet()
    curve = exchange(net, 0.0, price)
    assert curve.item.size == 0
    assert curve.at(1e6).left == 0.0


# --- reasons ----------------------------------------------------------------------------------


def test_each_unit_has_its_reason() -> None:
    net = network([[0.7, 1.9]], depot_lead=0.5, transit=0.05)
    value = np.array([[100.0, 20.0]])
    stock = [[2, 1, 2]]
    found = reasons(net, stock, value, [0])
    assert found.location.tolist() == [0, 0, 1, 2, 2]
    assert found.unit.tolist() == [1, 2, 1, 1, 2]
    empty = levels(net, [[2, 0, 2]])
    one = levels(net, [[2, 1, 2]])
    assert found.removes[2] == pytest.approx(empty.backorders[0, 1] - one.backorders[0, 1])
    assert found.used[2] == pytest.approx(0.7 * float(one.fill[0, 1]))
    assert found.worth[2] == pytest.approx(100.0 * found.spares[2])
    fewer = levels(net, [[1, 1, 2]])
    saved = fewer.backorders[0, 1:] - one.backorders[0, 1:]
    assert found.worth[1] == pytest.approx(float(saved @ value[0]))
    assert 0 < found.spares[1] < found.removes[1]  # the sites' own stock covers for the depot
    assert (np.diff(found.worth[3:]) <= 0).all()


def test_the_reason_of_the_last_unit_bought_is_the_gain_of_its_step() -> None:
    net, value, price = fleet()
    curve = exchange(net, value, price)
    for step in np.flatnonzero((curve.location >= 0) & (curve.units == 1))[:120:10]:
        item, place = int(curve.item[step]), int(curve.location[step])
        stock = curve.stock(int(step) + 1)
        found = reasons(net, stock, value, [item])
        row = np.flatnonzero(found.location == place)[-1]
        assert found.unit[row] == stock[item, place]
        assert found.worth[row] == pytest.approx(curve.gain[step], rel=1e-7)


def test_no_units_have_no_reasons() -> None:
    net, value, _ = fleet(3)
    assert reasons(net, np.zeros((3, 6)), value, [0, 2]).unit.size == 0
    assert reasons(net, np.zeros((3, 6)), value, []).unit.size == 0


# --- what cannot be used ----------------------------------------------------------------------

NET = network([[1.0, 2.0]], depot_lead=1.0)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: exchange(NET, 1.0, [0.0]), "unit_cost cannot be used"),
        (lambda: exchange(NET, -1.0, [1.0]), "value cannot be used"),
        (lambda: exchange(NET, [[1.0] * 3], [1.0]), r"does not stretch to \(1, 2\)"),
        (lambda: exchange(NET, 1.0, [1.0], least=3, most=2), "no stock is both"),
        (lambda: exchange(NET, 1.0, [1.0], pack=0), "pack cannot be used"),
        (lambda: exchange(NET, 1.0, [1.0], rarest=0.0), "from 1e-12"),
        (lambda: exchange(NET, 1.0, [1.0]).stock(10_000), "steps"),
        (lambda: optimum(exchange(NET, 1.0, [1.5]), 9.0), "whole number of coins"),
        (lambda: optimum(exchange(NET, 1.0, [1.0]), 1e9), "too many"),
        (lambda: reasons(NET, [[1, 1, 1]], 1.0, [4]), "no item 4"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says):
        call()
