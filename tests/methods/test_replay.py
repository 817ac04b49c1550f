"""Stocks played out: against the formulas, against a plain walk, and with histories."""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods import replay, stocking
from wellkept.methods.bounds import Interval
from wellkept.methods.echelons import levels, network

steady = settings(deadline=None, max_examples=40, derandomize=True)


def holds(interval: Interval[float], value: float, slack: float = 1.5) -> bool:
    """True if a value lies in an interval, widened: many are asked, and each may miss."""
    half = slack * (interval.high - interval.low) / 2
    return abs(interval.value - value) <= half


# --- against the formulas ---------------------------------------------------------------------


def fleet(n: int = 150, m: int = 6) -> tuple[dict[str, Any], np.ndarray, np.ndarray]:
    chance = np.random.default_rng(8)
    rate = chance.lognormal(0.0, 1.0, (n, 1)) * chance.gamma(1.0, 1.0, (n, m))
    times = {
        "depot_lead": chance.uniform(0.05, 0.4, n),
        "transit": chance.uniform(0.005, 0.03, (n, m)),
        "repair_share": chance.uniform(0, 0.4, (n, m)),
        "repair_time": 0.04,
    }
    return times, rate, chance.poisson(rate.mean() * 0.1, (n, m + 1)) + 1


def test_the_exact_law_is_what_happens() -> None:
    times, rate, stock = fleet()
    exact = levels(network(rate, **times), stock)
    chain = replay.chain(rate, **times)
    value = np.linspace(1, 3, 6)
    played = replay.simulate(chain, stock, horizon=401, warm_up=1, seed=3, value=value)
    weighted = float((exact.backorders[:, 1:] * value).sum())
    assert holds(played.total(), weighted)
    assert played.total().value == pytest.approx(weighted, rel=0.01)
    filled = float((exact.fill[:, 1:] * rate).sum() / rate.sum())
    assert holds(played.fill(), filled)
    wait = float(exact.backorders[:, 1:].sum() / rate.sum())
    assert holds(played.wait(), wait)
    assert played.backorders[:, 0].sum() == pytest.approx(exact.backorders[:, 0].sum(), rel=0.02)


def test_by_palm_the_kind_of_lead_time_does_not_matter_at_one_shelf() -> None:
    """Poisson demand and independent times: only the mean time counts."""
    rate = np.full((400, 1), 2.0)
    expected = 400 * float(stocking.expected_backorders(2, 1.0))
    for cv in (0.0, 0.5, 1.0, 2.0):
        chain = replay.chain(rate, depot_lead=0.0, transit=0.5, transit_cv=cv)
        stock = np.tile([0, 2], (400, 1))
        played = replay.simulate(chain, stock, horizon=110, warm_up=10, seed=11)
        assert holds(played.total(), expected)


def test_an_uncertain_rate_leaves_what_the_negative_binomial_says() -> None:
    n, shape = 25_000, 2.0
    chain = replay.chain(np.full((n, 1), 3.0), depot_lead=0.0, transit=0.5, uncertainty=shape)
    played = replay.simulate(chain, np.tile([0, 3], (n, 1)), horizon=21, warm_up=1, seed=2)
    exact = stocking.predictive(3, shape, shape / 3.0, 0.5)
    assert float(played.backorders[:, 1].mean()) == pytest.approx(float(exact.backorders), rel=0.06)
    assert played.fill().value == pytest.approx(float(exact.fill), abs=0.01)


AXSATER = [
    # stores, rate, shortage cost, hub lot, hub R, store R, cost; the stores order four at a time
    (3, 4, 0.1, 20, 1, 0, 0, 13.32),
    (3, 4, 0.1, 20, 1, -1, 0, 9.62),
    (4, 4, 0.1, 20, 4, -2, 1, 17.07),
    (4, 4, 0.1, 20, 4, -1, -1, 14.03),
    (7, 4, 0.1, 5, 1, -1, 0, 9.32),
    (7, 4, 0.1, 5, 1, -1, -1, 6.52),
    (8, 4, 0.1, 5, 4, -3, 1, 13.52),
    (8, 4, 0.1, 5, 4, -2, -1, 11.03),
    (11, 32, 0.1, 20, 1, 1, 0, 82.59),
    (11, 32, 0.1, 20, 1, 1, -1, 68.53),
    (12, 32, 0.1, 20, 4, -1, 0, 81.29),
    (12, 32, 0.1, 20, 4, 0, -1, 71.08),
    (15, 32, 0.1, 5, 1, -1, 0, 74.56),
    (15, 32, 0.1, 5, 1, -1, -1, 52.16),
    (16, 32, 0.1, 5, 4, -3, 0, 74.05),
    (16, 32, 0.1, 5, 4, -2, -1, 53.89),
    (19, 4, 1.0, 20, 1, 0, 2, 16.11),
    (20, 4, 1.0, 20, 4, -2, 3, 20.04),
    (20, 4, 1.0, 20, 4, -1, 2, 18.57),
    (23, 4, 1.0, 5, 1, 0, 1, 11.96),
    (23, 4, 1.0, 5, 1, -1, 1, 11.14),
    (24, 4, 1.0, 5, 4, -2, 2, 14.69),
    (24, 4, 1.0, 5, 4, -1, 0, 13.95),
    (27, 32, 1.0, 20, 1, 6, 2, 118.12),
    (27, 32, 1.0, 20, 1, 8, 1, 111.70),
    (28, 32, 1.0, 20, 4, 5, 2, 119.44),
    (28, 32, 1.0, 20, 4, 6, 1, 112.74),
    (31, 32, 1.0, 5, 1, 6, 1, 86.93),
    (31, 32, 1.0, 5, 1, 7, 0, 78.72),
    (32, 32, 1.0, 5, 4, 4, 1, 86.48),
    (32, 32, 1.0, 5, 4, 5, 0, 79.45),
]


@pytest.mark.parametrize("problem", AXSATER, ids=lambda p: f"{p[0]}-{p[5]}-{p[6]}")
def test_stores_that_order_in_lots_cost_what_axsater_says(problem: tuple[float, ...]) -> None:
    """Axsäter 1993, Operations Research 41:777, tables I–III: the problems with store batch 4.

    Lead times 1, holding 1 at both levels, hub R and Q in store batches; exact costs there, played
    here (400,000 demands), so that they agree to 0.4 %.
    """
    _, stores, rate, shortage, hub_lot, hub_r, store_r, printed = problem
    m, lot, horizon = int(stores), 4, 400_000 / (stores * rate)
    chain = replay.chain(
        [[rate] * m], depot_lead=1.0, transit=1.0, site_lot=lot, depot_lot=int(hub_lot)
    )
    stock = [[hub_r + hub_lot] + [store_r + lot] * m]
    played = replay.simulate(chain, stock, horizon=horizon + 100, warm_up=100, seed=1)
    at_hub, at_stores = lot * played.backorders[0, 0], played.backorders[0, 1:].sum()
    hub = lot * (hub_r + (hub_lot + 1) / 2) - stores * rate + at_hub
    shelves = stores * (store_r + (lot + 1) / 2 - rate) - at_hub + at_stores
    assert hub + shelves + shortage * at_stores == pytest.approx(printed, rel=4e-3)


# --- against a plain walk ---------------------------------------------------------------------


def walked(
    demands: list[tuple[float, int]], stock: list[int], lead: float, transit: list[float]
) -> list[float]:
    """Give each demand's wait by an event list, as one would write it without cleverness."""
    shelf = list(stock)
    owed: list[list[int]] = [[] for _ in stock]
    events = [(t, 1, k, j + 1) for k, (t, j) in enumerate(demands)]
    heapq.heapify(events)
    waits, number = [-1.0] * len(demands), len(demands)
    while events:
        now, _, k, place = heapq.heappop(events)
        if k < len(demands):  # a demand at a site: take or wait, and send for a unit
            owed[place].append(k)
            owed[0].append(place)
            heapq.heappush(events, (now + lead, 0, number, 0))
            number += 1
        else:
            shelf[place] += 1
        while shelf[0] and owed[0]:
            shelf[0] -= 1
            goal = owed[0].pop(0)
            heapq.heappush(events, (now + transit[goal - 1], 0, number, goal))
            number += 1
        for j in range(1, len(stock)):
            while shelf[j] and owed[j]:
                shelf[j] -= 1
                demand = owed[j].pop(0)
                waits[demand] = now - demands[demand][0]
    return waits


@steady
@given(
    gaps=st.lists(st.tuples(st.integers(1, 40), st.integers(0, 2)), min_size=1, max_size=40),
    stock=st.lists(st.integers(0, 3), min_size=4, max_size=4),
    lead=st.integers(0, 60),
    transit=st.lists(st.integers(0, 20), min_size=3, max_size=3),
)
def test_a_history_is_walked_as_an_event_list_would(
    gaps: list[tuple[int, int]], stock: list[int], lead: int, transit: list[int]
) -> None:
    time = np.cumsum([gap for gap, _ in gaps]) + 0.25
    site = [j for _, j in gaps]
    # half and quarter steps keep events of different kinds from falling on one moment
    late, ways = lead + 0.5, [way + 0.125 * (j + 1) for j, way in enumerate(transit)]
    plain = walked(list(zip(time.tolist(), site, strict=True)), stock, late, ways)
    chain = replay.chain([[1.0, 1.0, 1.0]], depot_lead=late, transit=[ways])
    end = float(time[-1]) + 1000
    played = replay.relive(chain, [stock], [0] * len(site), site, time, begin=0, end=end)
    for j in range(3):
        mine = [wait for wait, s in zip(plain, site, strict=True) if s == j]
        assert played.demands[0, j + 1] == len(mine)
        assert played.waited[0, j + 1] == pytest.approx(sum(mine))
        assert played.at_once[0, j + 1] == sum(wait == 0 for wait in mine)
        assert played.longest[0, j + 1] == pytest.approx(max(mine, default=0.0))
        assert played.backorders[0, j + 1] * end == pytest.approx(sum(mine))
    assert played.total().value == pytest.approx(sum(plain) / end)


def test_waits_beyond_the_allowance_are_counted_where_they_are_felt() -> None:
    chain = replay.chain([[1.0, 1.0]], depot_lead=5.0, transit=[[1.0, 2.0]])
    played = replay.relive(
        chain, [[0, 0, 1]], [0, 0, 0], [0, 1, 1], [1.0, 2.0, 3.0],
        begin=0, end=50, allowance=[[5.5, 6.5]],
    )  # fmt: skip
    assert played.waited[0].tolist() == [15.0, 6.0, 6.0]  # at the depot, then at the sites
    assert played.beyond[0].tolist() == [0, 1, 0]
    assert played.at_once[0].tolist() == [0, 0, 1]


# --- common random numbers --------------------------------------------------------------------


def test_the_same_seed_gives_the_same_demands_whatever_the_stock() -> None:
    times, rate, stock = fleet(40)
    chain = replay.chain(rate, **times, lead_cv=0.6)
    lean = replay.simulate(chain, stock * 0, horizon=30, warm_up=2, seed=5)
    rich = replay.simulate(chain, stock, horizon=30, warm_up=2, seed=5)
    other = replay.simulate(chain, stock, horizon=30, warm_up=2, seed=6)
    assert (lean.demands[:, 1:] == rich.demands[:, 1:]).all()
    assert (rich.demands != other.demands).any()
    assert (rich.backorders <= lean.backorders + 1e-12).all()
    assert_allclose(
        rich.weighted, replay.simulate(chain, stock, horizon=30, warm_up=2, seed=5).weighted
    )


def test_an_item_keeps_its_demands_when_others_are_added() -> None:
    times, rate, stock = fleet(40)
    few: dict[str, Any] = {
        name: x[:10] if isinstance(x, np.ndarray) else x for name, x in times.items()
    }
    whole = replay.simulate(replay.chain(rate, **times), stock, horizon=9, warm_up=1, seed=5)
    part = replay.simulate(replay.chain(rate[:10], **few), stock[:10], horizon=9, warm_up=1, seed=5)
    assert (whole.demands[:10] == part.demands).all()
    assert_allclose(whole.waited[:10], part.waited)


def test_two_stocks_are_told_apart_sooner_by_their_common_noise() -> None:
    times, rate, stock = fleet(60)
    chain = replay.chain(rate, **times)
    stock = stock // 2
    better = stock.copy()
    better[:6, 1:] += 1
    first, second = (
        replay.simulate(chain, s, horizon=60, warm_up=2, seed=4) for s in (stock, better)
    )
    gain = second.better_than(first)
    exact = [levels(network(rate, **times), s).backorders[:, 1:].sum() for s in (stock, better)]
    assert gain.low > 0
    assert holds(gain, float(exact[0] - exact[1]), 2.0)
    assert gain.high - gain.low < (first.total().high - first.total().low) / 2


def test_intervals_cover_as_often_as_they_say() -> None:
    chain = replay.chain(np.full((20, 2), 1.5), depot_lead=0.5, transit=0.1)
    stock = np.tile([1, 1, 1], (20, 1))
    exact = levels(network(np.full((20, 2), 1.5), depot_lead=0.5, transit=0.1), stock)
    truth = float(exact.backorders[:, 1:].sum())
    hits = 0
    for seed in range(200):
        played = replay.simulate(chain, stock, horizon=102, warm_up=2, seed=seed)
        hits += played.total().low <= truth <= played.total().high
    assert 180 <= hits <= 199


# --- what cannot be used ----------------------------------------------------------------------

CHAIN = replay.chain([[1.0, 2.0]], depot_lead=1.0)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: replay.chain([1.0], depot_lead=1.0), "table of items × sites"),
        (lambda: replay.chain([[1.0]], depot_lead=1.0, uncertainty=0.0), "inf where known"),
        (
            lambda: replay.chain([[1.0]], depot_lead=1.0, repair_share=0.5, site_lot=2),
            "one by one",
        ),
        (lambda: replay.simulate(CHAIN, [[1, 1]], horizon=2, warm_up=1, seed=1), "table of items"),
        (lambda: replay.simulate(CHAIN, [[1, 1, 1]], horizon=1, warm_up=1, seed=1), "no time"),
        (
            lambda: replay.simulate(CHAIN, [[1, 1, 1]], horizon=2, warm_up=1, seed=1, batches=1),
            "two batches",
        ),
        (
            lambda: replay.relive(CHAIN, [[1, 1, 1]], [0], [2], [1.0], begin=0, end=2),
            "row 0 is of item 0 at site 2",
        ),
        (
            lambda: replay.relive(CHAIN, [[1, 1, 1]], [0], [1], [1.0, 2.0], begin=0, end=2),
            "one row of item, site and time",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says):
        call()
