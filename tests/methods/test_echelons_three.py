"""Three levels: exact against listing, at its seams with two levels, and played."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods import replay
from wellkept.methods.allocation import exchange, exchanges, optimum, reasons
from wellkept.methods.allocation.exchange import Offer
from wellkept.methods.echelons import Network, levels, network, tree_levels

few = settings(deadline=None, max_examples=15, derandomize=True)
ABOVE = [-1, -1, 1, 1, -1]
"""The depot's customers, a region, its two vans, and a place that the depot refills itself."""
times = st.floats(0.0, 0.5)
rates = st.lists(st.just(0.0) | st.floats(0.01, 3.0), min_size=5, max_size=5)
shelves = st.lists(st.integers(0, 4), min_size=6, max_size=6).map(lambda s: [s[0], 0, *s[2:]])


def three(
    rate: list[float], ways: tuple[float, ...] = (0.1, 0.05, 0.08, 0.2), lead: float = 0.5,
    doubt: float | None = None,
) -> Network:  # fmt: skip
    return network(
        [rate], depot_lead=[lead], transit=[[0.0, *ways]], above=ABOVE,
        uncertainty=None if doubt is None else [doubt],
    )  # fmt: skip


def handed_down(law: list[float], stock: int, share: float, way: float) -> list[float]:
    """Give the law below a location by listing what is owed, its division, and what is on the way.

    Written without the package: binomial coefficients and factorials.
    """
    upto = len(law)
    below = [0.0] * upto
    for x, p in enumerate(law):
        owed = max(x - stock, 0)
        for n in range(owed + 1):
            below[n] += p * math.comb(owed, n) * share**n * (1 - share) ** (owed - n)
    way_law = [math.exp(-way) * way**k / math.factorial(k) for k in range(upto)]
    return [sum(below[k] * way_law[n - k] for k in range(n + 1)) for n in range(upto)]


def owed(law: list[float], stock: int) -> float:
    return sum(p * max(x - stock, 0) for x, p in enumerate(law))


# --- the exact law ----------------------------------------------------------------------------


@few
@given(rate=rates, stock=shelves, lead=st.floats(0.05, 1.0))
def test_three_levels_are_the_listing_of_every_backlog_and_its_division(
    rate: list[float], stock: list[int], lead: float
) -> None:
    ways = (0.1, 0.05, 0.08, 0.2)
    found = levels(three(rate, ways, lead), [stock])
    total, region = sum(rate), rate[1] + rate[2] + rate[3]
    hub = total * lead
    depot = [math.exp(-hub) * hub**k / math.factorial(k) for k in range(70)]
    share = region / total if total else 0.0
    middle = handed_down(depot, stock[0], share, region * ways[0])
    part = [r / region if region else 0.0 for r in rate]
    wanted = [
        owed(depot, stock[0]),
        owed(depot, stock[0]) * (rate[0] / total if total else 0.0),
        owed(middle, stock[2]) * part[1],
        *(
            owed(handed_down(middle, stock[2], part[j], rate[j] * ways[j - 1]), stock[j + 1])
            for j in (2, 3)
        ),
        owed(handed_down(depot, stock[0], rate[4] / total if total else 0.0, rate[4] * 0.2),
             stock[5]),
    ]  # fmt: skip
    assert_allclose(found.backorders[0], wanted, rtol=1e-9, atol=1e-11)
    assert_allclose(found.fill[0, 2], sum(middle[: stock[2]]), rtol=1e-9, atol=1e-11)


@few
@given(rate=rates, stock=shelves, vans=st.tuples(times, times))
def test_a_region_without_stock_and_without_a_way_is_not_there(
    rate: list[float], stock: list[int], vans: tuple[float, float]
) -> None:
    stock[2] = 0
    region = levels(three(rate, (0.0, *vans, 0.2), doubt=2.0), [stock])
    flat = network([rate], depot_lead=[0.5], transit=[[0.0, 0.0, *vans, 0.2]], uncertainty=[2.0])
    plain = levels(flat, [stock])
    assert_allclose(region.backorders, plain.backorders, rtol=1e-9, atol=1e-12)
    assert_allclose(region.wait_square, plain.wait_square, rtol=1e-8, atol=1e-12)
    assert_allclose(region.on_hand, plain.on_hand, rtol=1e-8, atol=1e-9)


@few
@given(rate=rates, stock=shelves)
def test_a_van_without_stock_and_without_a_way_is_a_customer_of_its_region(
    rate: list[float], stock: list[int]
) -> None:
    stock[3] = stock[4] = 0
    with_vans = levels(three(rate, (0.1, 0.0, 0.0, 0.2)), [stock])
    one = [rate[0], rate[1] + rate[2] + rate[3], 0.0, 0.0, rate[4]]
    flat = levels(network([one], depot_lead=[0.5], transit=[[0.0, 0.1, 0.0, 0.0, 0.2]]), [stock])
    assert_allclose(
        with_vans.backorders[0, 2:5].sum(), flat.backorders[0, 2], rtol=1e-9, atol=1e-12
    )
    assert_allclose(with_vans.fill[0, 2], flat.fill[0, 2], rtol=1e-9, atol=1e-12)


@few
@given(rate=rates, stock=shelves, place=st.sampled_from([0, 2, 3, 4, 5]))
def test_one_unit_more_anywhere_makes_nobody_wait_longer(
    rate: list[float], stock: list[int], place: int
) -> None:
    more = list(stock)
    more[place] += 1
    less, found = (levels(three(rate, doubt=3.0), [one]).backorders[0] for one in (stock, more))
    assert (found <= less + 1e-12).all()
    on_hand = levels(three(rate), [more]).on_hand[0]
    assert (on_hand[[0, 2, 3, 4, 5]] >= -1e-9).all()


def test_an_approximation_of_three_levels_is_further_off_than_the_stocks_that_it_compares() -> None:
    stock, rate = [6, 0, 4, 2, 2, 2], [1.0, 2.0, 3.0, 1.5, 2.5]
    exact = levels(three(rate), [stock]).backorders[0]
    vari = tree_levels([-1, 0, 1, 1, 0], [6, 4, 2, 2, 2], [1.0, 2.0, 3.0, 1.5, 2.5],
                       [0.5, 0.1, 0.05, 0.08, 0.2]).backorders  # fmt: skip
    assert vari[0] == pytest.approx(exact[0], rel=1e-9)  # the depot's law is Poisson in both
    assert abs(vari[2] / exact[3] - 1) > 0.02


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="three levels at most"):
        network([[1.0, 1.0, 1.0]], depot_lead=[1.0], above=[-1, 0, 1])
    with pytest.raises(ValueError, match="refilled by site 7"):
        network([[1.0, 1.0]], depot_lead=[1.0], above=[-1, 7])
    with pytest.raises(ValueError, match="two levels"):
        network([[1.0, 1.0]], depot_lead=[1.0], above=[-1, 0], repair_share=0.5)
    with pytest.raises(ValueError, match="two levels"):
        replay.chain([[1.0, 1.0]], depot_lead=[1.0], above=[-1, 0], site_lot=2)
    with pytest.raises(ValueError, match="Lots at the depot"):
        levels(three([1.0] * 5), [[2, 0, 1, 1, 1, 1]], depot_lot=2)


# --- the same, played -------------------------------------------------------------------------


def test_three_levels_and_a_repair_loop_when_played_miss_what_the_law_says() -> None:
    items = 60
    rate = np.tile([1.0, 2.0, 3.0, 1.5, 2.5], (items, 1))
    stock = np.tile([4, 0, 2, 1, 1, 1], (items, 1))
    ways = np.array([0.0, 0.1, 0.05, 0.08, 0.2])
    loop = 0.6 * 0.3 + 0.4 * 0.8
    law = levels(network(rate, depot_lead=np.full(items, loop), transit=ways, above=ABOVE), stock)
    chain = replay.chain(
        rate, depot_lead=np.full(items, 0.8), transit=ways, above=ABOVE, lead_cv=0.3,
        depot_repair_share=0.6, depot_repair_time=0.3, repair_cv=0.5,
    )  # fmt: skip
    played = replay.simulate(chain, stock, horizon=600.0, warm_up=5.0, seed=11)
    assert played.total().low < law.backorders[:, 1:].sum() < played.total().high
    assert_allclose(played.backorders.mean(axis=0), law.backorders[0], rtol=0.04)
    assert_allclose(
        played.at_once.sum(axis=0)[2:] / played.demands.sum(axis=0)[2:], law.fill[0, 2:], atol=0.01
    )


def test_a_history_is_relived_through_the_region() -> None:
    chain = replay.chain([[0.0, 0.0, 1.0, 0.0, 0.0]], depot_lead=[2.0], above=ABOVE,
                         transit=[0.0, 0.25, 0.5, 0.5, 1.0])  # fmt: skip
    played = replay.relive(chain, [[0, 0, 1, 1, 0, 0]], [0, 0, 0], [2, 2, 2], [1.0, 2.0, 3.0],
                           begin=0.0, end=20.0)  # fmt: skip
    # The first takes the van's own, the second the one that the region sent (1.0 + 0.5 was there);
    # the third waits for what the first's order brings: 1.0 + 2.0 + 0.25 + 0.5.
    assert played.waited[0, 3] == pytest.approx(0.75)
    assert played.at_once[0, 3] == 2


# --- what to hold where -----------------------------------------------------------------------


@pytest.mark.parametrize("doubt", [None, 2.0])
@pytest.mark.parametrize("above", [ABOVE, [-1, -1, 1, -1, 3]])
def test_every_corner_is_the_best_of_all_stocks_of_three_levels(
    above: list[int], doubt: float | None
) -> None:
    chance = np.random.default_rng(8)
    rate = chance.gamma(1.0, 0.6, (1, 5))
    net = network(
        rate, depot_lead=[0.5], transit=[[0.0, 0.1, 0.3, 0.05, 0.2]], above=above,
        uncertainty=None if doubt is None else [doubt],
    )  # fmt: skip
    value = chance.uniform(1.0, 10.0, (1, 5))
    curve = exchange(net, value, [1.0], most=[[3, 0, 2, 2, 2, 2]])
    every = np.array(list(product(range(4), [0], *[range(3)] * 4)))
    left = levels(net.take(np.zeros(len(every), np.int64)), every).backorders[:, 1:] @ value[0]
    for step in range(curve.item.size + 1):
        stock = curve.stock(step)
        mine = float(levels(net, stock).backorders[0, 1:] @ value[0])
        assert mine == pytest.approx(curve.left[step], rel=1e-9)
        assert mine == pytest.approx(left[every.sum(axis=1) == stock.sum()].min(), rel=1e-9)
        if step and curve.location[step - 1] >= 0:
            change = stock - curve.stock(step - 1)
            assert change[0, curve.location[step - 1]] == change.sum() == curve.units[step - 1]


def test_least_stocks_packs_and_what_is_owned_hold_on_three_levels() -> None:
    net = three([1.0, 2.0, 3.0, 1.5, 2.5])
    least = [[0, 0, 1, 2, 0, 0]]
    plain, bought = exchanges(
        net, [[5.0] * 5], [10.0], [Offer(), Offer([4], [3], [6])], least=least
    )
    assert (plain.stock(0) == least).all()
    totals = [int(bought.stock(step).sum()) for step in range(bought.item.size + 1)]
    assert totals[0] == 4 and all((one - 4) % 3 == 0 and one >= 10 for one in totals[1:])
    assert (bought.stock(bought.item.size) >= np.array(least)).all()
    with pytest.raises(ValueError, match="three"):
        optimum(plain, 500.0)


def test_a_unit_of_the_region_spares_its_vans() -> None:
    net = three([1.0, 0.0, 3.0, 1.5, 2.5])
    told = reasons(net, [[3, 0, 2, 1, 1, 1]], [[4.0] * 5], [0])
    region = np.flatnonzero(told.location == 2)
    assert (told.removes[region] == 0).all()  # it has no customers of its own
    assert (told.spares[region] > 0).all() and (told.used[region] > 0).all()
    assert_allclose(told.worth, 4 * told.spares)
