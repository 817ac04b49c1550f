"""A depot and sites that both order in lots: published costs, enumeration, and the simpler laws."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods import stocking
from wellkept.methods.echelons import levels, lot_levels, network

AXSATER = [
    # problem, stores, rate, shortage cost, hub lot, (hub R, store R, cost) twice
    (3, 4, 0.1, 20, 1, (0, 0, 13.32), (-1, 0, 9.62)),
    (4, 4, 0.1, 20, 4, (-2, 1, 17.07), (-1, -1, 14.03)),
    (7, 4, 0.1, 5, 1, (-1, 0, 9.32), (-1, -1, 6.52)),
    (8, 4, 0.1, 5, 4, (-3, 1, 13.52), (-2, -1, 11.03)),
    (11, 32, 0.1, 20, 1, (1, 0, 82.59), (1, -1, 68.53)),
    (12, 32, 0.1, 20, 4, (-1, 0, 81.29), (0, -1, 71.08)),
    (15, 32, 0.1, 5, 1, (-1, 0, 74.56), (-1, -1, 52.16)),
    (16, 32, 0.1, 5, 4, (-3, 0, 74.05), (-2, -1, 53.89)),
    (19, 4, 1.0, 20, 1, (0, 2, 16.11), (0, 2, 16.11)),
    (20, 4, 1.0, 20, 4, (-2, 3, 20.04), (-1, 2, 18.57)),
    (23, 4, 1.0, 5, 1, (0, 1, 11.96), (-1, 1, 11.14)),
    (24, 4, 1.0, 5, 4, (-2, 2, 14.69), (-1, 0, 13.95)),
    (27, 32, 1.0, 20, 1, (6, 2, 118.12), (8, 1, 111.70)),
    (28, 32, 1.0, 20, 4, (5, 2, 119.44), (6, 1, 112.74)),
    (31, 32, 1.0, 5, 1, (6, 1, 86.93), (7, 0, 78.72)),
    (32, 32, 1.0, 5, 4, (4, 1, 86.48), (5, 0, 79.45)),
]

Policy = tuple[int, int, float]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("problem", AXSATER, ids=lambda problem: str(problem[0]))
def test_stores_that_order_four_at_a_time_cost_what_axsater_printed(
    problem: tuple[int, int, float, float, int, Policy, Policy], which: int
) -> None:
    """Axsäter 1993, Operations Research 41:777, tables I–III: the problems with store batch 4.

    Lead times 1, holding 1 at both levels; hub R and Q count store batches.
    """
    _, stores, rate, shortage, hub_lot, *policies = problem
    hub_r, store_r, printed = policies[which]
    stock = [hub_r + hub_lot, *[store_r + 4] * stores]
    found = lot_levels(
        [rate] * stores, stock, depot_lead=1.0, transit=1.0, site_lot=4, depot_lot=hub_lot
    )
    cost = found.on_hand.sum() + shortage * found.backorders[1:].sum()
    assert round(float(cost), 2) == printed


# --- against enumeration ----------------------------------------------------------------------

State = tuple[tuple[int, ...], tuple[int, ...]]  # demands since each site's last order; the orders


def after_one_more(law: dict[State, float], share: list[float], lot: int) -> dict[State, float]:
    """Let one more customer come, to any of the sites."""
    found: dict[State, float] = {}
    for (since, orders), chance in law.items():
        for j, f in enumerate(share):
            now = list(since)
            now[j] = (now[j] + 1) % lot
            key = (tuple(now), (*orders, j) if now[j] == 0 else orders)
            found[key] = found.get(key, 0.0) + chance * f
    return found


def enumerated(
    rates: list[float], stock: list[int], lead: float, way: float, lot: int
) -> list[float]:
    """Give E[B] of the depot and of each site by listing every order of customers and phases."""
    m, total, position = len(rates), sum(rates), stock[0]
    share = [rate / total for rate in rates]
    law: dict[State, float] = {(since, ()): lot**-m for since in product(range(lot), repeat=m)}
    ahead = max(-position, 0)
    for _ in range(ahead * lot + m * (lot - 1) if ahead else 0):  # so many hold `ahead` orders
        law = after_one_more(law, share, lot)
    start: dict[State, float] = {}
    for (since, orders), chance in law.items():
        key = (since, orders[len(orders) - ahead :])
        start[key] = start.get(key, 0.0) + chance
    missing, law = [0.0] * (m + 1), start
    short = [
        {s: float(stocking.expected_backorders(s, rate * way)) for s in range(-60, held + 1)}
        for rate, held in zip(rates, stock[1:], strict=True)
    ]
    for come in range(13):
        weight = math.exp(-total * lead) * (total * lead) ** come / math.factorial(come)
        for (since, orders), chance in law.items():
            wait = orders[max(position, 0) :]
            missing[0] += weight * chance * lot * len(wait)
            for j in range(m):
                net = stock[j + 1] - since[j] - lot * wait.count(j)
                missing[j + 1] += weight * chance * short[j][net]
        law = after_one_more(law, share, lot)
    return missing


@pytest.mark.parametrize(
    ("lot", "rates", "stock", "depot_lot"),
    [
        (2, [0.5, 0.2], [1, 2, 3], 4),  # the depot's positions are -2, -1, 0 and 1
        (2, [0.3, 0.3], [2, 1, 2], 1),
        (3, [0.4, 0.3], [0, 3, 4], 2),
        (3, [0.4], [1, 2], 3),
    ],
)
def test_every_site_equals_the_enumeration_of_every_order(
    lot: int, rates: list[float], stock: list[int], depot_lot: int
) -> None:
    found = lot_levels(rates, stock, depot_lead=0.8, transit=0.3, site_lot=lot, depot_lot=depot_lot)
    positions = range(stock[0] - depot_lot + 1, stock[0] + 1)
    each = [enumerated(rates, [y, *stock[1:]], 0.8, 0.3, lot) for y in positions]
    assert_allclose(found.backorders, np.mean(each, axis=0), rtol=0, atol=1e-9)


# --- what must hold ---------------------------------------------------------------------------

networks = st.integers(1, 3).flatmap(
    lambda m: st.tuples(
        st.lists(st.floats(0.0, 4.0), min_size=m, max_size=m),
        st.lists(st.integers(0, 7), min_size=m + 1, max_size=m + 1),
    )
)


@settings(deadline=None, max_examples=25, derandomize=True)
@given(
    table=networks,
    lead=st.floats(0.0, 2.0),
    transit=st.floats(0.0, 0.8),
    depot_lot=st.integers(1, 5),
)
def test_sites_that_order_one_at_a_time_are_those_of_the_one_for_one_law(
    table: tuple[list[float], list[int]], lead: float, transit: float, depot_lot: int
) -> None:
    rates, stock = table
    known = levels(network([rates], depot_lead=lead, transit=transit), [stock], depot_lot)
    found = lot_levels(
        rates, stock, depot_lead=lead, transit=transit, site_lot=1, depot_lot=depot_lot
    )
    assert_allclose(found.backorders[1:], known.backorders[0, 1:], rtol=0, atol=1e-9)
    assert_allclose(found.on_hand[1:], known.on_hand[0, 1:], rtol=0, atol=1e-9)
    if sum(rates) > 0:
        assert_allclose(found.backorders[0], known.backorders[0, 0], rtol=0, atol=1e-9)


@settings(deadline=None, max_examples=20, derandomize=True)
@given(
    table=networks, lead=st.floats(0.05, 2.0), lot=st.integers(1, 5), depot_lot=st.integers(1, 4)
)
def test_the_shelves_are_never_below_nothing_and_a_unit_more_never_lengthens_a_wait(
    table: tuple[list[float], list[int]], lead: float, lot: int, depot_lot: int
) -> None:
    rates, stock = table
    given = {"depot_lead": lead, "transit": 0.2, "site_lot": lot, "depot_lot": depot_lot}
    found = lot_levels(rates, stock, **given)  # type: ignore[arg-type]  # names from the table
    richer = lot_levels(rates, [stock[0] + 1, *stock[1:]], **given)  # type: ignore[arg-type]  # as above
    assert (found.on_hand >= -1e-9).all()
    assert (richer.backorders <= found.backorders + 1e-9).all()


def test_one_site_behind_a_depot_that_is_never_empty_is_one_shelf_with_lots() -> None:
    near = lot_levels([2.0], [40, 7], depot_lead=1.0, transit=0.6, site_lot=4)
    shelf = stocking.order_in_lots(3, 4, 1.2)
    assert near.backorders[1] == pytest.approx(float(shelf.backorders), abs=1e-12)
    assert near.on_hand[1] == pytest.approx(float(shelf.on_hand), abs=1e-12)


def test_a_site_that_asks_for_nothing_keeps_its_stock() -> None:
    found = lot_levels([1.0, 0.0], [1, 4, 3], depot_lead=1.0, transit=0.1, site_lot=4)
    alone = lot_levels([1.0], [1, 4], depot_lead=1.0, transit=0.1, site_lot=4)
    assert (found.backorders[2], found.on_hand[2]) == (0.0, 3.0)
    assert_allclose(found.backorders[:2], alone.backorders)


@pytest.mark.parametrize(
    ("rates", "stock", "lot", "says"),
    [
        ([1.0], [1, 2, 3], 2, r"shapes \(1,\) and \(3,\)"),
        ([1.0], [1, -2], 2, "stock cannot be used"),
        ([1.0], [1, 2], 0, "site_lot cannot be used"),
        ([-1.0], [1, 2], 1, "rate cannot be used"),
        ([9000.0], [2000, 8], 4, "2000 lots of 4 with 9000 units .* play it"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(
    rates: list[float], stock: list[int], lot: int, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        lot_levels(rates, stock, depot_lead=1.0, site_lot=lot)
