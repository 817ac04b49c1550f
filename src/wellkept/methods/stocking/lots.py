"""Ordering in lots: when the position falls to r, order Q (continuous review, exact)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.stocking import pipelines
from wellkept.methods.stocking.columns import amounts, counts, together


@dataclass(frozen=True, slots=True, eq=False)
class Cycle:
    """Hold what ordering in lots gives: missing and on hand on average, share of demand met."""

    backorders: Floats
    on_hand: Floats
    fill: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Lots:
    """Hold the cheapest reorder point and lot of each item, and its cost per unit of time."""

    reorder_point: Whole
    lot: Whole
    cost: Floats


def order_in_lots(
    reorder_point: ArrayLike, lot: ArrayLike, mean: ArrayLike, variance: ArrayLike | None = None
) -> Cycle:
    """Give what is missing, on hand and met at once under (r, Q).

    `mean` (and `variance`, where above it) is that of the demand during the lead time. The
    position is uniform on r + 1 … r + Q, so everything is an average over those base stocks, in
    closed form: Σ E[(X − y)⁺] is a difference of second losses, Σ P(X ≥ y) one of first losses.
    On hand = (Q + 1)/2 + r − mean + backorders; the half unit is there because units are whole.
    Raises ValueError for a lot that is not a whole number from 1 up.
    Source: Hadley & Whitin 1963, Analysis of Inventory Systems, chapter 4; Zipkin 2000, 6.2.

    >>> found = order_in_lots(9, 5, 7.5)
    >>> [round(float(x), 4) for x in (found.backorders, found.on_hand, found.fill)]
    [0.1202, 4.6202, 0.899]
    """
    r, q = counts(reorder_point, "reorder_point", least=None), counts(lot, "lot", least=1)
    loss, second = pipelines.expected_backorders, pipelines.second_loss
    missing = (second(r, mean, variance) - second(r + q, mean, variance)) / q
    short = (loss(r, mean, variance) - loss(r + q, mean, variance)) / q
    on_hand = (q + 1) / 2 + r - amounts(mean, "mean") + missing
    return Cycle(np.maximum(missing, 0.0), np.asarray(on_hand), np.asarray(1 - short))


def lot_cost(
    reorder_point: ArrayLike,
    lot: ArrayLike,
    rate: ArrayLike,
    lead: ArrayLike,
    *,
    order_cost: ArrayLike,
    holding: ArrayLike,
    backorder: ArrayLike,
) -> Floats:
    """Give the cost per unit of time of (r, Q) with Poisson demand.

    `holding` and `backorder` are money per unit and unit of time, `order_cost` money per order;
    `lead` is a fixed time. Cost = order_cost × rate ÷ Q + holding × on hand + backorder × missing.
    """
    demand = amounts(rate, "rate")
    found = order_in_lots(reorder_point, lot, demand * amounts(lead, "lead"))
    ordering = amounts(order_cost, "order_cost") * demand / np.asarray(lot)
    return np.asarray(
        ordering
        + amounts(holding, "holding") * found.on_hand
        + amounts(backorder, "backorder") * found.backorders
    )


def cheapest_lots(
    rate: ArrayLike,
    lead: ArrayLike,
    *,
    order_cost: ArrayLike,
    holding: ArrayLike,
    backorder: ArrayLike,
) -> Lots:
    """Give the reorder point and lot with the lowest cost, exactly, for each item.

    From the best base stock the cheaper neighbour is added to the lot while it costs less than
    the average so far: the cost of a position is unimodal, so no other lot can be cheaper.
    Raises ValueError where a cost of holding or of a missing unit is not above 0.
    Source: Federgruen & Zheng 1992, Operations Research 40:808.

    >>> found = cheapest_lots(1.5, 2.0, order_cost=100.0, holding=20.0, backorder=150.0)
    >>> int(found.reorder_point), int(found.lot), round(float(found.cost), 4)
    (3, 5, 107.9236)
    """
    from wellkept.methods.stocking import lot_kernels  # Numba loads when first needed

    demand, h = amounts(rate, "rate"), amounts(holding, "holding", above=True)
    b = amounts(backorder, "backorder", above=True)
    ordering = amounts(order_cost, "order_cost") * demand
    mean, ordering, h, b = together(
        mean=demand * amounts(lead, "lead"), order_cost=ordering, holding=h, backorder=b
    )
    r, q = np.empty(mean.size, np.int64), np.empty(mean.size, np.int64)
    cost = np.empty(mean.size)
    mean_flat, ordering, h, b = (np.ascontiguousarray(x).ravel() for x in (mean, ordering, h, b))
    lot_kernels.cheapest_lots(mean_flat, ordering, h, b, r, q, cost)
    return Lots(r.reshape(mean.shape), q.reshape(mean.shape), cost.reshape(mean.shape))
