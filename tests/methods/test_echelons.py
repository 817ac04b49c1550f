"""A depot and its sites: exact against enumeration and published costs, VARI-METRIC beyond."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods import stocking
from wellkept.methods.echelons import indentured, levels, network, tree_levels
from wellkept.methods.echelons.indentures import How

steady = settings(deadline=None, max_examples=30, derandomize=True)
DAY = 1 / 365
UTILITY: dict[str, Any] = {
    "depot_lead": 60 * DAY,
    "transit": 10 * DAY,
    "repair_share": 0.3,
    "repair_time": 30 * DAY,
}


def poisson(mean: float, upto: int) -> list[float]:
    """Give P(X = 0 … upto), term by term."""
    return [math.exp(-mean) * mean**k / math.factorial(k) for k in range(upto + 1)]


def enumerated(
    hub: float, own: float, f: float, s0: int, s: int, upto: int = 90
) -> tuple[float, float, float]:
    """Give E[B], E[B²] and P(X ≥ s) of a site by listing every depot backlog and its division."""
    waiting = [0.0] * (upto + max(-s0, 0) + 1)
    for x, p in enumerate(poisson(hub, upto)):
        backlog = max(x - s0, 0)
        for n in range(backlog + 1):
            waiting[n] += p * math.comb(backlog, n) * f**n * (1 - f) ** (backlog - n)
    missing = squares = out = 0.0
    for n, p in enumerate(waiting):
        for k, q in enumerate(poisson(own, upto)):
            short = max(n + k - s, 0)
            missing += p * q * short
            squares += p * q * short**2
            out += p * q * (n + k >= s)
    return missing, squares, out


# --- the exact law ----------------------------------------------------------------------------


@settings(deadline=None, max_examples=25, derandomize=True)
@given(
    rates=st.lists(st.floats(0.0, 3.0), min_size=1, max_size=4),
    lead=st.floats(0.0, 2.0),
    transit=st.floats(0.0, 1.0),
    share=st.floats(0.0, 1.0),
    repair=st.floats(0.0, 1.0),
    stock=st.lists(st.integers(0, 6), min_size=5, max_size=5),
)
def test_every_site_equals_the_enumeration_of_every_backlog(
    rates: list[float],
    lead: float,
    transit: float,
    share: float,
    repair: float,
    stock: list[int],
) -> None:
    net = network([rates], depot_lead=lead, transit=transit, repair_share=share, repair_time=repair)
    held = stock[: len(rates) + 1]
    found = levels(net, [held])
    onward = sum(rates) * (1 - share)
    hub = stocking.base_stock(held[0], onward * lead)
    assert found.backorders[0, 0] == pytest.approx(float(hub.backorders), abs=1e-9)
    assert found.backorders_variance[0, 0] == pytest.approx(
        float(hub.backorders_variance), abs=1e-9
    )
    assert found.ready[0, 0] == pytest.approx(float(hub.ready), abs=1e-9)
    for j, rate in enumerate(rates):
        own = rate * (share * repair + (1 - share) * transit)
        f = rate * (1 - share) / onward if onward > 0 else 0.0
        missing, squares, out = enumerated(onward * lead, own, f, held[0], held[j + 1], 60)
        assert found.backorders[0, j + 1] == pytest.approx(missing, abs=1e-9)
        assert found.backorders_variance[0, j + 1] == pytest.approx(squares - missing**2, abs=1e-9)
        assert found.fill[0, j + 1] == pytest.approx(1 - out, abs=1e-9)


AXSATER = [
    # problem, stores, rate, shortage cost, hub lot, (hub R, store R, cost) twice
    (1, 4, 0.1, 20, 1, (-1, 1, 7.30), (-1, 0, 4.77)),
    (2, 4, 0.1, 20, 4, (-2, 1, 7.85), (-1, 0, 5.45)),
    (5, 4, 0.1, 5, 1, (0, 0, 4.37), (0, -1, 3.02)),
    (6, 4, 0.1, 5, 4, (-1, 0, 4.91), (-1, -1, 3.82)),
    (9, 32, 0.1, 20, 1, (-1, 1, 58.41), (3, 0, 33.80)),
    (10, 32, 0.1, 20, 4, (-4, 1, 57.57), (1, 0, 34.10)),
    (13, 32, 0.1, 5, 1, (4, 0, 31.65), (4, -1, 18.85)),
    (14, 32, 0.1, 5, 4, (3, 0, 32.14), (3, -1, 19.30)),
    (17, 4, 1.0, 20, 1, (3, 3, 13.01), (4, 2, 12.02)),
    (18, 4, 1.0, 20, 4, (1, 3, 12.97), (2, 2, 12.38)),
    (21, 4, 1.0, 5, 1, (3, 2, 9.17), (3, 1, 8.13)),
    (22, 4, 1.0, 5, 4, (1, 2, 9.07), (2, 1, 8.44)),
    (25, 32, 1.0, 20, 1, (34, 2, 84.90), (31, 2, 84.42)),
    (26, 32, 1.0, 20, 4, (33, 2, 85.19), (30, 2, 84.51)),
    (29, 32, 1.0, 5, 1, (27, 2, 67.51), (30, 1, 55.95)),
    (30, 32, 1.0, 5, 4, (25, 2, 67.32), (29, 1, 56.03)),
]


Policy = tuple[int, int, float]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("problem", AXSATER, ids=lambda problem: str(problem[0]))
def test_the_two_level_costs_of_axsater_to_the_printed_cent(
    problem: tuple[int, int, float, float, int, Policy, Policy], which: int
) -> None:
    """Axsäter 1993, Operations Research 41:777, tables I–III: the problems with store batch 1.

    Lead times 1, holding 1 at both levels; a hub of (R, Q) stands at R + 1 … R + Q.
    """
    _, stores, rate, shortage, lot, *policies = problem
    hub_r, store_r, printed = policies[which]
    net = network([[rate] * stores], depot_lead=1.0, transit=1.0)
    found = levels(net, [[hub_r + lot] + [store_r + 1] * stores], lot)
    cost = found.on_hand.sum() + shortage * found.backorders[:, 1:].sum()
    assert cost == pytest.approx(printed, abs=0.00501)


def test_a_depot_that_orders_in_lots_is_the_average_over_its_positions() -> None:
    net = network([[1.2, 0.4]], depot_lead=2.0, transit=0.5)
    lots = levels(net, [[1, 2, 1]], 4)
    for j, (rate, own) in enumerate(((1.2, 0.6), (0.4, 0.2))):
        each = [enumerated(3.2, own, rate / 1.6, y, (2, 1)[j], 60) for y in (-2, -1, 0, 1)]
        short = enumerated_below_zero(3.2, own, rate / 1.6, (2, 1)[j])
        missing = [*short, each[2][0], each[3][0]]
        assert lots.backorders[0, j + 1] == pytest.approx(np.mean(missing), abs=1e-9)
    position, pipeline = 1 - 3 / 2, 3.2
    assert lots.on_hand[0, 0] == pytest.approx(position - pipeline + lots.backorders[0, 0])


def enumerated_below_zero(hub: float, own: float, f: float, s: int) -> list[float]:
    """Give E[B] at depot positions −2 and −1: the earlier orders that still wait are extra."""
    found = []
    for ahead in (2, 1):
        missing = 0.0
        for x, p in enumerate(poisson(hub, 60)):
            backlog = x + ahead
            for n in range(backlog + 1):
                part = math.comb(backlog, n) * f**n * (1 - f) ** (backlog - n)
                for k, q in enumerate(poisson(own, 40)):
                    missing += p * part * q * max(n + k - s, 0)
        found.append(missing)
    return found


def test_the_utilitys_depot_and_what_the_approximations_make_of_its_storerooms() -> None:
    """Rossetti, Inventory Management, ch. 9: exm-metric-, exm-varimetric-, exm-worksheet-."""
    tree: dict[str, Any] = {"repair_share": [0, *[0.3] * 4], "repair_time": 30 * DAY}
    given = ([-1, 0, 0, 0, 0], [16, 4, 4, 4, 4], [0, *[45.0] * 4], [60 * DAY, *[10 * DAY] * 4])
    vari = tree_levels(*given, **tree)
    assert round(float(vari.pipeline[0]), 4) == 20.7123
    assert round(float(vari.backorders[0]), 4) == 5.0201
    assert round(float(vari.pipeline[1]), 4) == 3.2276
    assert round(float(vari.pipeline_variance[1]), 4) == 3.9527
    assert round(float(vari.backorders[1]), 4) == 0.4815
    assert round(float(vari.backorders[1:].sum()), 4) == 1.9259
    assert round(float(vari.on_hand[1]), 4) == 1.2539
    metric = tree_levels(*given, **tree, poisson=True)
    assert round(float(metric.backorders[1]), 4) == 0.4055
    assert round(float(metric.backorders[1:].sum()), 4) == 1.6218
    exact = levels(network([[45.0] * 4], **UTILITY), [[16, 4, 4, 4, 4]])
    assert metric.backorders[1] < vari.backorders[1] < exact.backorders[0, 1] < 0.4831


@pytest.mark.parametrize(
    ("repair_days", "depot", "depot_missing", "sites_missing"),
    [(45, 16, 1.3500, 0.6091), (60, 22, None, 0.6005)],
)
def test_the_repair_contract_of_the_book(
    repair_days: int, depot: int, depot_missing: float | None, sites_missing: float
) -> None:
    """Rossetti, Inventory Management, ch. 9, exm-worksheet-contract (VARI-METRIC)."""
    found = tree_levels(
        [-1, 0, 0, 0, 0],
        [depot, 4, 4, 4, 4],
        [0, *[45.0] * 4],
        [repair_days * DAY, *[10 * DAY] * 4],
        repair_share=[0, *[0.3] * 4],
        repair_time=30 * DAY,
    )
    assert round(float(found.backorders[1:].sum()), 4) == sites_missing
    if depot_missing is not None:
        assert round(float(found.backorders[0]), 4) == depot_missing
        assert round(float(found.wait[0]) * 365, 2) == 3.91


# --- what must hold ---------------------------------------------------------------------------

tables = st.integers(1, 3).flatmap(
    lambda m: st.tuples(
        st.lists(st.floats(0.05, 4.0), min_size=m, max_size=m),
        st.lists(st.integers(0, 8), min_size=m + 1, max_size=m + 1),
    )
)


@steady
@given(table=tables, lead=st.floats(0.05, 3.0), transit=st.floats(0.0, 0.8))
def test_units_are_neither_made_nor_lost(
    table: tuple[list[float], list[int]], lead: float, transit: float
) -> None:
    rates, stock = table
    found = levels(network([rates], depot_lead=lead, transit=transit), [stock])
    out = sum(rates) * (lead + transit)
    balance = found.on_hand.sum() - found.backorders[0, 1:].sum() + out
    assert balance == pytest.approx(sum(stock), abs=1e-9)
    assert_allclose(found.wait[0, 1:] * rates, found.backorders[0, 1:], rtol=1e-12)
    assert (found.on_hand >= -1e-9).all()
    assert ((found.fill >= -1e-12) & (found.fill <= 1 + 1e-12)).all()


@steady
@given(table=tables, lead=st.floats(0.05, 3.0), more=st.integers(0, 3))
def test_one_more_unit_anywhere_never_makes_anybody_wait_longer(
    table: tuple[list[float], list[int]], lead: float, more: int
) -> None:
    rates, stock = table
    net = network([rates], depot_lead=lead, transit=0.2)
    richer = list(stock)
    richer[more % len(stock)] += 1
    before, after = levels(net, [stock]), levels(net, [richer])
    assert (after.backorders <= before.backorders + 1e-12).all()


def test_a_site_alone_behind_a_full_depot_is_one_shelf_and_behind_an_empty_one_too() -> None:
    net = network([[2.0]], depot_lead=1.5, transit=0.5)
    near, far = levels(net, [[60, 3]]), levels(net, [[0, 3]])
    assert near.backorders[0, 1] == pytest.approx(float(stocking.expected_backorders(3, 1.0)))
    assert far.backorders[0, 1] == pytest.approx(float(stocking.expected_backorders(3, 4.0)))


def test_items_do_not_touch_each_other() -> None:
    rates = np.array([[0.4, 0.0, 2.0], [5.0, 1.0, 0.1], [0.0, 0.0, 0.0]])
    stock = np.array([[1, 1, 0, 2], [6, 3, 1, 0], [0, 1, 0, 0]])
    together = levels(network(rates, depot_lead=[0.3, 1.0, 2.0], transit=0.1), stock)
    for i, lead in enumerate((0.3, 1.0, 2.0)):
        alone = levels(network(rates[i : i + 1], depot_lead=lead, transit=0.1), stock[i : i + 1])
        assert_allclose(together.backorders[i], alone.backorders[0], rtol=0, atol=0)


def test_a_site_that_asks_for_nothing_has_no_wait_and_keeps_its_stock() -> None:
    found = levels(network([[1.0, 0.0]], depot_lead=1.0, transit=0.2), [[1, 1, 2]])
    assert found.backorders[0, 2] == 0.0
    assert found.on_hand[0, 2] == 2.0
    assert np.isnan(found.wait[0, 2])


def test_huge_pipelines_and_no_lead_at_all_are_reckoned_too() -> None:
    big = levels(network([[4000.0, 6000.0]], depot_lead=1.0, transit=0.01), [[10100, 60, 80]])
    hub = stocking.base_stock(10100, 10000.0)
    assert big.backorders[0, 0] == pytest.approx(float(hub.backorders), rel=1e-9)
    now = levels(network([[3.0]], depot_lead=0.0, transit=0.0), [[0, 0]])
    assert now.backorders.tolist() == [[0.0, 0.0]]


# --- uncertain rates --------------------------------------------------------------------------


@pytest.mark.parametrize(("shape", "close"), [(1.0, 5e-4), (4.0, 1e-6), (20.0, 1e-9)])
@pytest.mark.parametrize("stock", [0, 1, 3, 6])
def test_an_uncertain_rate_at_one_site_is_the_negative_binomial(
    shape: float, close: float, stock: int
) -> None:
    net = network([[4.0]], depot_lead=0.0, transit=0.5, uncertainty=[shape])
    found = levels(net, [[0, stock]])
    exact = stocking.predictive(stock, shape, shape / 4.0, 0.5)
    assert found.backorders[0, 1] == pytest.approx(float(exact.backorders), rel=close)
    assert found.fill[0, 1] == pytest.approx(float(exact.fill), abs=close)
    assert found.ready[0, 1] == pytest.approx(float(exact.ready), abs=close)


def test_doubt_about_the_rate_costs_backorders_and_none_costs_none() -> None:
    given: dict[str, Any] = {"depot_lead": 0.4, "transit": 0.1}
    rates, stock = [[2.0, 3.0]], [[2, 1, 1]]
    known = levels(network(rates, **given), stock)
    sure = levels(network(rates, uncertainty=np.inf, **given), stock)
    doubtful = levels(network(rates, uncertainty=2.0, **given), stock)
    assert_allclose(sure.backorders, known.backorders)
    assert (doubtful.backorders > known.backorders).all()
    assert (doubtful.fill[0, 1:] < doubtful.ready[0, 1:]).all()


# --- trees and indentures ---------------------------------------------------------------------


def test_three_levels_in_a_row_are_close_to_the_truth_and_two_are_the_formula() -> None:
    """One location each: the middle one waits for the top as a site does, which is exact here."""
    top, middle, end = 2, 1, 1
    found = tree_levels([-1, 0, 1], [top, middle, end], [0, 0, 2.0], [1.0, 0.4, 0.3])
    two = levels(network([[2.0]], depot_lead=1.0, transit=0.4), [[top, middle]])
    assert found.backorders[0] == pytest.approx(two.backorders[0, 0])
    assert found.backorders[1] == pytest.approx(two.backorders[0, 1], rel=0.02)
    assert found.flow.tolist() == [2.0, 2.0, 2.0]


def test_a_tree_of_one_level_is_a_shelf_and_own_customers_of_a_parent_count() -> None:
    alone = tree_levels([-1], [2], [3.0], [0.5])
    assert alone.backorders[0] == pytest.approx(float(stocking.expected_backorders(2, 1.5)))
    found = tree_levels([-1, 0], [2, 1], [1.0, 3.0], [0.5, 0.1])
    assert found.flow.tolist() == [4.0, 3.0]
    f, b, v = 0.75, found.backorders[0], found.backorders_variance[0]
    assert found.pipeline[1] == pytest.approx(0.3 + f * b)
    assert found.pipeline_variance[1] == pytest.approx(0.3 + f * (1 - f) * b + f * f * v)


def test_a_unit_waits_for_its_parts_as_the_enumeration_says() -> None:
    rate, base, loads, held = 10.0, 1.0, (1.0, 0.6), (0, 1)
    missing = 0.0
    for x, p in enumerate(poisson(base, 40)):
        for a, q in enumerate(poisson(loads[0], 40)):
            for b, r in enumerate(poisson(loads[1], 40)):
                total = x + max(a - held[0], 0) + max(b - held[1], 0)
                missing += p * q * r * max(total - 1, 0)
    found = indentured(1, rate, 0.1, [0, 1], [0.5, 0.3], [0.2, 0.2])
    assert found.backorders == pytest.approx(missing, abs=1e-12)
    assert found.wait == pytest.approx(missing / rate)


def test_the_older_laws_promise_less_waiting_than_the_exact_one() -> None:
    laws: tuple[How, ...] = ("exact", "vari-metric", "mod-metric")
    exact, vari, mod = (
        indentured(4, 10.0, 0.1, [1, 1], [0.5, 0.5], [0.4, 0.4], how=how) for how in laws
    )
    assert vari.pipeline == mod.pipeline == exact.pipeline
    assert vari.backorders == pytest.approx(exact.backorders, rel=0.02)
    assert mod.backorders < 0.95 * exact.backorders


# --- what cannot be used ----------------------------------------------------------------------

NET = network([[1.0, 2.0]], depot_lead=1.0)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: network([1.0, 2.0], depot_lead=1.0), "table of items × sites"),
        (lambda: network([[1.0]], depot_lead=-1.0), "depot_lead cannot be used"),
        (lambda: network([[1.0]], depot_lead=1.0, repair_share=1.2), "share between 0 and 1"),
        (lambda: network([[1.0]], depot_lead=1.0, transit=[[1.0, 2.0]]), "stretch to the rates"),
        (lambda: network([[1.0]], depot_lead=1.0, uncertainty=[0.0]), "use inf for a rate"),
        (lambda: levels(NET, [[1, 2]]), r"here \(1, 3\); this one is \(1, 2\)"),
        (lambda: levels(NET, [[1, 2, -1]]), "stock cannot be used"),
        (lambda: levels(NET, [[1, 2, 1]], 0), "depot_lot cannot be used"),
        (lambda: tree_levels([-1, 2, 0], [1, 1, 1], 1.0, 1.0), "does not come before it"),
        (lambda: indentured(1, 1.0, 1.0, [0], [1.4], [1.0]), "share between 0 and 1"),
        (lambda: indentured(1, 1.0, 1.0, [0, 0], [0.8, 0.4], [1.0, 1.0]), r"add up to 1\.2"),
        (lambda: indentured(1, 1.0, 1.0, [0], [0.8], [1.0], how="guess"), "none of them"),  # type: ignore[arg-type]  # that is the point
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says):
        call()


@pytest.mark.parametrize(
    ("rate", "lead", "way", "depot", "held"),
    [(3.0, 0.1, 0.05, 0, 1), (6.0, 0.3, 0.02, 2, 1), (5.0, 0.2, 0.1, 1, 2)],
)
def test_the_square_of_a_wait_is_that_of_its_tail(
    rate: float, lead: float, way: float, depot: int, held: int
) -> None:
    """P(W > t) is that no piece is left of those that come within t (Kruse 1981)."""
    steps = 400
    times = (np.arange(steps) + 0.5) * (lead + way) / steps
    late = []
    for t in times:
        rest = network(
            [[rate, rate / 2]], depot_lead=min(lead, lead + way - t), transit=max(way - t, 0.0)
        )
        late.append(1 - float(levels(rest, [[depot, held, 0]]).ready[0, 1]))
    square = 2 * float((np.array(late) * times).sum()) * (lead + way) / steps
    found = levels(network([[rate, rate / 2]], depot_lead=lead, transit=way), [[depot, held, 0]])
    assert found.wait_square[0, 1] == pytest.approx(square, rel=2e-4)
