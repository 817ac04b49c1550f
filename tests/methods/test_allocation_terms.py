"""A fleet of parts: what the curve says of its steps, constraints and reasons."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods.allocation import Offer, exchange, exchanges, optimum, reasons
from wellkept.methods.echelons import Network, levels, network

DAY = 1 / 365


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
        one = net.take(row)
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


def test_a_rate_that_may_be_far_above_its_mean_ends_the_curve_all_the_same() -> None:
    """A Gauss point at some 740 units: P(X = 0) has lost its digits there, the sum must not."""
    net = network([[677.2]], depot_lead=0.0, transit=30 / 365.25, uncertainty=[0.3174])
    curve = exchange(net, 260_000.0, [100.0], most=[0, 1 << 30], rarest=1e-7, floor=0.2)
    assert 100 < curve.depths.max() < 5_000


@given(items=st.integers(1, 4), seed=st.integers(0, 10_000))
@settings(max_examples=15)
def test_two_offers_at_once_are_the_two_curves_of_their_own(items: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    net = network(rng.uniform(0.2, 5, (items, 2)), depot_lead=0.3, transit=0.1)
    value, price = rng.uniform(1, 9, (items, 2)), rng.uniform(1, 20, items)
    owned, pack = rng.integers(0, 6, items), rng.integers(1, 4, items)
    ideal, buying = exchanges(net, value, price, [Offer(), Offer(owned, pack)], floor=0.01)
    alone = exchange(net, value, price, owned=owned, pack=pack, floor=0.01)
    assert_allclose(buying.left, alone.left)
    end = ideal.laid(int(ideal.item.size))
    found = buying.laid(int(buying.item.size), end).stock
    assert found.tolist() == alone.stock(int(alone.item.size)).tolist()


@pytest.mark.parametrize("above", [[-1, -1, -1], [-1, 0, -1]])
def test_an_item_counted_in_lots_is_an_item_with_fewer_units(above: list[int]) -> None:
    """Dearer and rarer by the lot; another item beside it, counted one by one, stays as it was."""
    rate, lot = np.array([[400.0, 700.0, 300.0], [2.0, 3.0, 1.0]]), np.array([100, 1])
    large = network(rate, depot_lead=0.3, transit=0.05, above=above, lot=lot)
    small = network(rate / lot[:, None], depot_lead=0.3, transit=0.05, above=above)
    value, price = np.array([[3.0, 5.0, 4.0], [9.0, 9.0, 9.0]]), np.array([0.5, 7.0])
    one = exchange(
        large, value, price, least=[[120, 0, 0, 0], [0, 0, 0, 0]],
        owned=[250, 2], pack=[30, 2], minimum_order=[120, 0], floor=0.01,
    )  # fmt: skip
    two = exchange(
        small, value * lot[:, None], price * lot, least=[[2, 0, 0, 0], [0, 0, 0, 0]],
        owned=[2, 2], pack=[1, 2], minimum_order=[2, 0], floor=0.01,
    )  # fmt: skip
    assert_allclose(one.left, two.left)
    assert_allclose(one.spent, two.spent)
    assert (one.units == two.units * lot[two.item]).all()
    stock, same = one.stock(9), two.stock(9)
    assert (stock == same * lot[:, None]).all()
    told, wanted = levels(large, stock), levels(small, same)
    assert_allclose(told.backorders, wanted.backorders * lot[:, None])
    assert_allclose(told.on_hand, wanted.on_hand * lot[:, None])
    assert_allclose(told.wait, wanted.wait)
    with pytest.raises(ValueError, match="one by one"):
        levels(large, stock, depot_lot=2)
